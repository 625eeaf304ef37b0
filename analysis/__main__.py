"""The command line; only parses and calls."""

import io
import os
import sys

from analysis import checks, commands
from analysis.arguments import parser
from analysis.commands import DONE, REFUSED, say

USAGE, STOPPED = 2, 130  # beside DONE and REFUSED, the exit codes
__all__ = ["DONE", "REFUSED", "STOPPED", "USAGE", "main"]


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    args = parser().parse_args(argv)
    # Windows would have them speak its own encoding, and end each line of a CSV twice.
    for stream, ends in ((sys.stdin, None), (sys.stdout, "\n")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline=ends)
    try:
        return COMMANDS[args.command](args)
    except ValueError as error:  # each error of the package is one
        say(f"error: {error}")
        return USAGE
    except BrokenPipeError:  # whoever read along has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains later
        return STOPPED
    except OSError as error:
        say(f"error: {error.filename}: {error.strerror}" if error.filename else f"error: {error}")
        return USAGE
    except KeyboardInterrupt:
        say("stopped; scores made so far are kept in the cache")
        return STOPPED


COMMANDS = {
    "run": commands.run,
    "statements": commands.statements,
    "score": commands.score,
    "add": commands.add,
    "fetch": commands.fetch,
    "dehydrate": commands.dehydrate,
    "read": commands.read,
    "report": commands.bind,
    "validate": checks.validate,
    "audit": checks.audit,
    "agreement": checks.agreement,
    "doctor": checks.doctor,
}

if __name__ == "__main__":
    sys.exit(main())
