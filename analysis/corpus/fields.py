"""Fields: the typed values of a TOML file, each taken as it has to be or refused with the remedy.

Nothing here knows what a cast is; `cast_file` reads one with these functions.
"""

import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

#: What people type, or a word processor makes of it, where TOML wants something else.
_SLIPS = {
    r"[“”„‟«»]": 'write straight quotation marks, ", around values',
    r"=\s*\d{1,2}[./]\d{1,2}[./]\d{2,4}": "write dates as 2015-01-31",
    r"^\s*\[(group|actor|event)\]": "write two brackets, as in [[actor]]",
}


class CastError(ValueError):
    """The cast file is missing or cannot be used; the message says what to change."""


def read_toml(path: Path) -> dict:
    """What a TOML file holds, with accents and letters as one character (Unicode's NFC).

    Raises
    ------
    CastError
        When there is no such file, or it cannot be read; of a wrong line, with the line.
    """
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CastError(
            "there is no cast file; copy one there, such as corpus/example/cast.toml of this"
            " project, and edit it, or name another with --cast"
        ) from None
    except (IsADirectoryError, NotADirectoryError):
        raise CastError("is no file; name the cast file itself") from None
    except UnicodeDecodeError as error:
        raise CastError(f"cannot be read ({error}); save it as UTF-8 text") from None
    except OSError as error:
        raise CastError(f"cannot be read ({error.strerror}); check its permissions") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CastError(f"not valid TOML: {error}{_slip(text, str(error))}") from None


def _slip(text: str, error: str) -> str:
    """The line that a TOML error is about, and what to write in it, where that can be said."""
    found = re.search(r"at line (\d+)", error)
    if not found:
        return ""
    line = text.splitlines()[int(found.group(1)) - 1]
    remedy = next((f"; {slip}" for form, slip in _SLIPS.items() if re.search(form, line)), "")
    return f": {line.strip()}{remedy}"


def known(entry: dict, keys: set[str], where: str) -> None:
    """Refuse fields that nobody reads, which are as a rule misspelt."""
    if unknown := sorted(set(entry) - keys):
        raise CastError(
            f"{where}: unknown field(s) {', '.join(unknown)}; known: {', '.join(sorted(keys))}"
        )


def tables(entry: dict, key: str) -> list[dict]:
    """The tables under [[key]]."""
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise CastError(f"{key!r} must be written as [[{key}]] tables")
    return value


def string(entry: dict, key: str, where: str, default: str | None = None) -> str:
    """A text, its white space made plain; it may be missing or empty only with a `default`."""
    value = entry.get(key, default)
    if value is None:
        raise CastError(f"{where}: {key} is missing")
    if not isinstance(value, str) or (not value.strip() and default is None):
        raise CastError(f"{where}: {key} must be text in quotation marks, not {value!r}")
    return " ".join(value.split())


def strings(entry: dict, key: str, where: str) -> tuple[str, ...]:
    """A list of phrases, without those that are empty."""
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CastError(f'{where}: {key} must be a list of texts, such as ["one", "two"]')
    phrases = tuple(" ".join(item.split()) for item in value if item.strip())
    for phrase in phrases:
        if not any(letter.isalnum() for letter in phrase):
            raise CastError(f"{where}: {key} holds {phrase!r}, which has no letter; take it out")
    return phrases


def day(entry: dict, key: str, where: str) -> date | None:
    """A date, or None where there is none."""
    value = entry.get(key)
    if value is None or type(value) is date:
        return value
    raise CastError(f"{where}: {key} must be a date without quotation marks, such as 2014-01-01")
