"""The command line; only parses and calls."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

DONE, REFUSED, USAGE, STOPPED = 0, 1, 2, 130
METADATA = ("outlet", "author", "published", "title", "url")


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    args = _parser().parse_args(argv)
    try:
        return args.run(args)
    except (ValueError, OSError) as error:  # each error of the package is one of these
        _say(f"error: {error}")
        return USAGE
    except KeyboardInterrupt:
        _say("stopped; scores made so far are kept in the cache")
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Who says what of whom in the news, and in whose voice.",
        epilog="Exit codes: 0 done; 1 some articles or lines were refused and are listed; 2 wrong"
        " usage, or nothing could be done.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run, short: str, more: str = "") -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=short, description=f"{short[:1].upper()}{short[1:]}. {more}"
        )
        made.set_defaults(run=run)
        return made

    run = command(
        "run",
        _run,
        "analyse a corpus and draw its figures",
        "Writes the tables into OUT/tables/*.csv, and each figure as PNG and SVG with the CSV that"
        " it draws and its alt text.",
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
    _add_model(run)
    _add_quiet(run)

    statements = command(
        "statements",
        _statements,
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
        _score,
        "score texts toward a target",
        'Reads objects {"text", "start", "end"}, one a line; start and end are the characters of'
        " the target's mention in text. Prints each with p_negative, p_neutral, p_positive and"
        " polarity, in the order given; a line that cannot be scored comes back with its error.",
    )
    score.add_argument(
        "--input", required=True, metavar="FILE", help="JSON Lines; - is standard input"
    )
    _add_model(score)
    _add_quiet(score)

    add = command(
        "add",
        _add,
        "add articles to the corpus",
        "Takes plain text, Markdown, saved HTML or an http(s) address. The text goes into"
        " press/texts/, which git ignores; its metadata and SHA-256 into press/manifest.csv.",
    )
    add.add_argument("sources", nargs="+", metavar="FILE_OR_URL")
    _add_corpus(add)
    for field in METADATA:
        add.add_argument(
            f"--{field}", default="", help=f"its {field}, where the source does not tell"
        )

    fetch = command(
        "fetch",
        _fetch,
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
        _validate,
        "compare a run with the corpus's gold annotation",
        "Prints, by article, how many statements of gold/ were found, with how many of them the"
        " speaker, group and kind are right, what was missed and what invented; then how far"
        " polarity agrees.",
    )
    _add_corpus(validate)
    _add_cast(validate)
    _add_engine(validate)
    _add_model(validate)
    _add_quiet(validate)

    dehydrate = command(
        "dehydrate",
        _dehydrate,
        "store the press's analysis without its words",
        "Writes the tables of press/: offsets, labels and numbers of the articles whose text is"
        " at hand.",
    )
    _add_corpus(dehydrate)
    _add_cast(dehydrate)
    _add_quiet(dehydrate)
    return parser


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


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model",
        metavar="ID_OR_FOLDER",
        help="a sequence-classification model: a local folder, or a hub id pinned to a revision,"
        " OWNER/NAME@COMMIT (default: the embedded one)",
    )
    parser.add_argument(
        "--labels",
        metavar="A,B,C",
        help="the model's classes in its own order, such as negative,neutral,positive, where its"
        " configuration does not name them",
    )


def _add_quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="no progress bars")


# Imports stand inside the commands, so that --help and a typing error answer at once.


def _run(args: argparse.Namespace) -> int:
    from tqdm.auto import tqdm

    from analysis.charts import draw_all
    from analysis.charts.save import save
    from analysis.pipeline import run, write_tables
    from analysis.polarity.scorer import load_scorer

    scorer = load_scorer(args.model, labels=args.labels)
    result = run(args.corpus, args.cast, engine=args.engine, scorer=scorer, progress=not args.quiet)
    write_tables(result, args.out / "tables")
    charts = draw_all(result)
    for chart in tqdm(charts, "figures", disable=args.quiet, leave=False, delay=1):
        save(chart, args.out)
    voiced = (result.statements["kind"] != "narration").sum()
    print(
        f"{len(result.articles)} articles, {len(result.statements)} statements ({voiced} of them"
        f" quoted or reported), {len(result.scores)} mentions scored by {scorer.model}"
        f" {scorer.revision}; {len(charts)} figures and the tables are in {args.out}/"
    )
    for note in result.notes:
        _say(f"note: {note}")
    return _list(result.refused)


def _statements(args: argparse.Namespace) -> int:
    from analysis import tables
    from analysis.attribution.engine import ENGINES, split
    from analysis.corpus.articles import Refusal, read_article
    from analysis.corpus.cast import load_cast
    from analysis.corpus.formats import CorpusError, iso_date

    cast = load_cast(args.cast or "corpus/cast.toml")
    given = iso_date(args.published) if args.published else ""
    refused, rows = [], []
    for path in args.files:
        try:
            article = asdict(read_article(path))
        except CorpusError as error:
            refused.append(Refusal(path, str(error).removeprefix(f"{path}: ")))
            continue
        dated = article | {"published": article["published"] or given}
        rows += split(dated, cast, ENGINES[args.engine])
    frame = tables.build("statements", rows)
    if args.format == "csv":
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
            spans = tables.spans_from_text(row["spans"])
            print(json.dumps(row | {"spans": spans}, ensure_ascii=False))
    return _list(refused)


def _score(args: argparse.Namespace) -> int:
    from analysis.polarity.scorer import load_scorer, polarity

    with sys.stdin if args.input == "-" else open(args.input, encoding="utf-8") as source:
        lines = [line for line in source if line.strip()]
    scorer = load_scorer(args.model, labels=args.labels)
    rows, items = zip(*map(_scorable, lines), strict=True) if lines else ((), ())
    wanted = [item for item in items if item]
    said = iter(scorer.score(wanted, progress=not args.quiet) if wanted else ())
    for row, item in zip(rows, items, strict=True):
        if item:
            p = next(said)
            names = ("p_negative", "p_neutral", "p_positive")
            row.update({name: round(float(value), 6) for name, value in zip(names, p, strict=True)})
            row["polarity"] = round(float(polarity(p[None])[0]), 6)
        print(json.dumps(row, ensure_ascii=False))
    wrong = [f"line {n}: {row['error']}" for n, row in enumerate(rows, 1) if "error" in row]
    for reason in wrong:
        _say(f"refused: {args.input}, {reason}")
    return REFUSED if wrong else DONE


def _scorable(line: str):
    """The row of one input line and its Item, or the row with its `error` and None."""
    from analysis.polarity.scorer import Item

    try:
        row = json.loads(line)
    except ValueError as error:
        return {"line": line.rstrip("\n"), "error": f"not JSON: {error}"}, None
    try:
        return row, Item(row["text"], ((row["start"], row["end"]),))
    except (KeyError, TypeError):
        reason = "needs an object with text, start and end (characters of the mention in text)"
    except ValueError as error:
        reason = str(error)
    return {**row, "error": reason} if isinstance(row, dict) else {
        "line": row,
        "error": reason,
    }, None


def _add(args: argparse.Namespace) -> int:
    from analysis.corpus.intake import add

    about = {field: getattr(args, field) for field in METADATA}
    return _report(add(args.sources, args.corpus, **about))


def _fetch(args: argparse.Namespace) -> int:
    from analysis.corpus.intake import fetch

    return _report(fetch(args.corpus, update=args.update, progress=not args.quiet))


def _validate(args: argparse.Namespace) -> int:
    from analysis.corpus.gold import report
    from analysis.pipeline import run
    from analysis.polarity.scorer import load_scorer

    scorer = load_scorer(args.model, labels=args.labels)
    result = run(args.corpus, args.cast, engine=args.engine, scorer=scorer, progress=not args.quiet)
    for table in report(result, args.corpus / "gold"):
        print(table.to_string(index=False, float_format=lambda value: f"{value:.3f}"), end="\n\n")
    return _list(result.refused)


def _dehydrate(args: argparse.Namespace) -> int:
    from analysis.corpus.press import dehydrate
    from analysis.pipeline import run

    result = run(args.corpus, args.cast, progress=not args.quiet)
    folder = args.corpus / "press"
    dehydrate(result.articles, result.statements, result.mentions, result.scores, folder)
    print(f"the analysis of the press articles whose text is at hand is in {folder}/")
    return _list(result.refused)


def _report(outcomes: list) -> int:
    for outcome in outcomes:
        print(outcome) if outcome.ok else _say(f"refused: {outcome}")
    return DONE if all(outcome.ok for outcome in outcomes) else REFUSED


def _list(refused: list) -> int:
    for refusal in refused:
        _say(f"refused: {refusal}")
    return REFUSED if refused else DONE


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
