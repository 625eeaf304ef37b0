"""What the command line takes: its commands and their arguments."""

import argparse
from pathlib import Path

#: What can be said of an article that is added.
METADATA = ("outlet", "author", "published", "title", "url")


def parser() -> argparse.ArgumentParser:
    """The parser of `python -m analysis`; `command` in its result is the command's name."""
    made = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Who says what of whom in the news, and in whose voice.",
        epilog="Exit codes: 0 done; 1 some articles or lines were refused and are listed; 2 wrong"
        " usage, or nothing could be done.",
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, short: str, more: str) -> argparse.ArgumentParser:
        about = f"{short[:1].upper()}{short[1:]}. {more}"
        return commands.add_parser(name, help=short, description=about)

    run = command(
        "run",
        "analyse a corpus and draw its figures",
        "Writes the tables into OUT/tables/ as CSV and Parquet, and each figure as PNG and SVG,"
        " light and dark, with the CSV that it draws and its alt text.",
    )
    _add_corpus(run)
    _add_cast(run)
    _add_engine(run)
    run.add_argument(
        "--out",
        type=Path,
        default=Path("figures"),
        metavar="DIR",
        help="where figures and tables go (default: figures)",
    )
    add_model(run)
    run.add_argument(
        "--no-corrections",
        action="store_true",
        help="set aside what people have corrected, and show the method's own reading",
    )
    _add_quiet(run)

    statements = command(
        "statements",
        "print the statements of articles",
        "One row for each statement, narration too, with the columns that the README lists.",
    )
    statements.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="plain text, Markdown or saved HTML"
    )
    statements.add_argument("--format", choices=("jsonl", "csv"), default="jsonl")
    statements.add_argument(
        "--published",
        metavar="DATE",
        help="date of articles that do not tell theirs, such as 2015-01-08; it decides who holds"
        " an office",
    )
    _add_cast(statements)
    _add_engine(statements)

    score = command(
        "score",
        "score texts toward a target",
        'Reads objects {"text", "start", "end"}, one a line; start and end are the characters of'
        " the target's mention in text. Prints each with p_negative, p_neutral, p_positive,"
        " polarity, model and revision, in the order given, in place of what it had under these"
        " names; a line that cannot be scored comes back with its error.",
    )
    score.add_argument(
        "--input", required=True, metavar="FILE", help="JSON Lines; - is standard input"
    )
    add_model(score)
    _add_quiet(score)

    add = command(
        "add",
        "add articles to the corpus",
        "Takes plain text, Markdown, saved HTML or an http(s) address. The text goes into"
        " press/texts/, which git ignores; its metadata and SHA-256 into press/manifest.csv.",
    )
    add.add_argument("sources", nargs="+", metavar="FILE_OR_URL")
    _add_corpus(add)
    for field in METADATA:
        add.add_argument(
            f"--{field}", default="", help=f"its {field}, in place of what the source tells"
        )

    fetch = command(
        "fetch",
        "fetch the articles that sources.csv lists",
        "What the corpus has already stays as it is.",
    )
    _add_corpus(fetch)
    fetch.add_argument(
        "--update",
        action="store_true",
        help="take a page's new text where it has changed since it was analysed",
    )
    _add_quiet(fetch)

    validate = command(
        "validate",
        "compare a run with the corpus's gold annotation",
        "Prints, by article, how many statements of gold/ were found, with how many of them the"
        " speaker, group and kind are right, what was missed and what invented; then how far"
        " polarity agrees. Corrections are set aside; where there are any, how far the method"
        " agrees with them is printed last.",
    )
    _add_corpus(validate)
    _add_cast(validate)
    _add_engine(validate)
    add_model(validate)
    _add_quiet(validate)

    agreement = command(
        "agreement",
        "say how far the coders agree",
        "Reads the files gold/CODER.csv that reviewing the statements has made, and prints"
        " Krippendorff's alpha by field.",
    )
    _add_corpus(agreement)
    _add_cast(agreement)

    audit = command(
        "audit",
        "see which findings hang on a name",
        "Scores each mention of a person again under other names, prints how far that moves the"
        " scores, and keeps in CORPUS/audit.csv which findings change their sign; run marks them.",
    )
    _add_corpus(audit)
    _add_cast(audit)
    _add_engine(audit)
    add_model(audit)
    _add_quiet(audit)

    dehydrate = command(
        "dehydrate",
        "store the press's analysis without its words",
        "Writes the tables of press/: offsets, labels and numbers of the articles whose text is"
        " at hand.",
    )
    _add_corpus(dehydrate)
    _add_cast(dehydrate)
    _add_quiet(dehydrate)

    read = command(
        "read",
        "make the reading view of one article",
        "Writes one page that needs nothing beside itself: the article as it was written, with its"
        " statements, sources, mentions and scores marked in it.",
    )
    read.add_argument(
        "article",
        metavar="ARTICLE",
        help="an article's id in the corpus (its file's name without the ending), or a file",
    )
    read.add_argument(
        "-o", "--out", type=Path, required=True, metavar="FILE.html", help="the page to write"
    )
    _add_corpus(read)
    _add_cast(read)
    _add_engine(read)
    add_model(read)
    _add_quiet(read)

    report = command(
        "report",
        "bind charts, tables and reading views into one page",
        "Writes one page that needs nothing beside itself. It holds the articles' words: of press"
        " articles whose text is at hand, too.",
    )
    report.add_argument(
        "-o",
        "--out",
        type=Path,
        default=Path("figures") / "report.html",
        metavar="FILE.html",
        help="the page to write (default: figures/report.html)",
    )
    _add_corpus(report)
    _add_cast(report)
    _add_engine(report)
    add_model(report)
    _add_quiet(report)

    doctor = command(
        "doctor",
        "say what is installed and what is missing",
        "Prints versions, where the models are, whether the model hub can be reached, and what a"
        " run would stumble over. Exit code 1 where something is missing.",
    )
    _add_corpus(doctor)
    _add_cast(doctor)
    return made


def _add_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="default: corpus"
    )


def _add_cast(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cast", type=Path, metavar="FILE", help="default: cast.toml of the corpus"
    )


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine",
        choices=("hybrid", "rules"),
        default="hybrid",
        help="what finds the statements: rules and the trained tagger together, or rules alone"
        " (default: hybrid)",
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """What says which polarity model to use, and how to ask it."""
    parser.add_argument(
        "--model",
        metavar="ID_OR_FOLDER",
        help="a sequence-classification model: a local folder, or a hub id pinned to a revision,"
        " OWNER/NAME@COMMIT; or vader, the lexicon (default: the embedded one)",
    )
    parser.add_argument(
        "--labels",
        metavar="A,B,C",
        help="the model's classes in its own order, such as negative,neutral,positive or"
        " entailment,neutral,contradiction, where its configuration does not name them",
    )
    parser.add_argument(
        "--family",
        choices=("sentence", "pair", "stance"),
        help="how the model is asked: with the clause around the target, whoever it is about; with"
        " the pair of text and target; or whether the text entails that it is for or against the"
        " target (default: stance where its classes are those of entailment, else sentence)",
    )
    parser.add_argument(
        "--hypotheses",
        nargs=2,
        metavar=("FOR", "AGAINST"),
        help="the two sentences of --family stance, with {target} in each (default: 'The text is in"
        " favour of {target}.' 'The text is against {target}.')",
    )


def model_of(args: argparse.Namespace) -> dict:
    """What `add_model` took, as the arguments of `load_scorer`."""
    taken = {key: getattr(args, key) for key in ("labels", "family", "hypotheses")}
    return {"name": args.model, "progress": not getattr(args, "quiet", False)} | taken


def _add_quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="no progress bars")
