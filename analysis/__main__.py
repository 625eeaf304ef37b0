"""The command line; only parses and calls."""

import argparse
import json
import sys
from pathlib import Path

from tqdm.auto import tqdm

DONE, REFUSED, USAGE = 0, 1, 2


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 some articles refused, 2 wrong usage."""
    args = _parser().parse_args(argv)
    try:
        return args.command(args)
    except (ValueError, OSError) as error:  # each of the package's errors is one of these
        _say(f"error: {error}")
        return USAGE
    except KeyboardInterrupt:
        _say("stopped; what was done so far is kept in the cache")
        return 130
    except BrokenPipeError:
        return DONE


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Who says what of whom in the news, and in whose voice.",
        epilog="Exit codes: 0 done; 1 some articles were refused and listed; 2 wrong usage.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="analyse a corpus: tables, figures", description=(
        "Analyse every article of a corpus and write the tables (OUT/tables/*.csv) and the figures"
        " (OUT/*.png, .svg, .csv, .alt.txt)."))  # fmt: skip
    _corpus(run)
    _cast(run)
    run.add_argument("--out", type=Path, default=Path("figures"), metavar="DIR", help="where figures and tables go (default: figures)")  # fmt: skip
    _model(run)
    _quiet(run)
    run.set_defaults(command=_run)

    statements = commands.add_parser("statements", help="print the statements of articles", description=(
        "Split articles into statements and print one row each, narration rows too."))  # fmt: skip
    statements.add_argument("files", nargs="+", type=Path, metavar="FILE", help="plain text, Markdown or saved HTML")  # fmt: skip
    statements.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="default: jsonl")  # fmt: skip
    statements.add_argument("--published", metavar="DATE", help="date of articles that do not tell it themselves, as 2015-01-08; decides who holds an office")  # fmt: skip
    _cast(statements)
    statements.set_defaults(command=_statements)

    score = commands.add_parser("score", help="score texts toward a target", description=(
        "Read objects {\"text\", \"start\", \"end\"}, one a line; start and end are the characters of"
        " the target's mention in text. Print each with p_negative, p_neutral, p_positive and"
        " polarity, in the order given. A line that cannot be scored comes back with its error."))  # fmt: skip
    score.add_argument("--input", type=Path, required=True, metavar="FILE", help="JSON Lines; - for standard input")  # fmt: skip
    _model(score)
    _quiet(score)
    score.set_defaults(command=_score)

    add = commands.add_parser("add", help="add articles to the corpus", description=(
        "Add articles to a corpus: plain text, Markdown, saved HTML, or an http(s) address. The"
        " text goes to press/texts/, which git ignores, and its metadata and SHA-256 to"
        " press/manifest.csv."))  # fmt: skip
    add.add_argument("sources", nargs="+", metavar="FILE_OR_URL")
    _corpus(add)
    for field in ("outlet", "author", "published", "title", "url"):
        add.add_argument(f"--{field}", default="", help=f"{field} of the article, where the file does not tell")  # fmt: skip
    _quiet(add)
    add.set_defaults(command=_add)

    fetch = commands.add_parser("fetch", help="fetch the articles listed in sources.csv", description=(
        "Fetch the press coverage that the corpus's sources.csv lists. What is there stays."))  # fmt: skip
    _corpus(fetch)
    fetch.add_argument("--update", action="store_true", help="take a page's new text where it has changed since it was analysed")  # fmt: skip
    _quiet(fetch)
    fetch.set_defaults(command=_fetch)

    dehydrate = commands.add_parser("dehydrate", help="store the press's analysis without its words", description=(
        "Analyse the press articles whose text is at hand and write the dehydrated tables of"
        " press/: offsets, labels and numbers without the words."))  # fmt: skip
    _corpus(dehydrate)
    _cast(dehydrate)
    _quiet(dehydrate)
    dehydrate.set_defaults(command=_dehydrate)
    return parser


def _corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="default: corpus")  # fmt: skip


def _cast(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cast", type=Path, metavar="FILE", help="default: cast.toml of the corpus")  # fmt: skip


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="ID_OR_FOLDER", help="sequence-classification model: a local folder, or a hub id pinned as OWNER/NAME@COMMIT (default: the embedded one)")  # fmt: skip
    parser.add_argument("--labels", metavar="A,B,C", help="the model's classes in its own order, such as negative,neutral,positive, where its configuration does not name them")  # fmt: skip


def _quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="no progress bars")


def _run(args: argparse.Namespace) -> int:
    from analysis.charts import draw_all
    from analysis.charts.save import save
    from analysis.pipeline import run, write_tables
    from analysis.polarity.scorer import load_scorer

    scorer = load_scorer(args.model, labels=args.labels)
    result = run(args.corpus, args.cast, scorer=scorer, progress=not args.quiet)
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


def _list(refused: list) -> int:
    for refusal in refused:
        _say(f"refused: {refusal}")
    return REFUSED if refused else DONE


def _statements(args: argparse.Namespace) -> int:
    from analysis import tables
    from analysis.attribution.engine import split
    from analysis.corpus.articles import Refusal, article_row, read_article
    from analysis.corpus.cast import load_cast
    from analysis.corpus.formats import CorpusError, iso_date

    cast = load_cast(args.cast or Path("corpus/cast.toml"))
    given = iso_date(args.published) if args.published else ""
    refused, rows = [], []
    for path in args.files:
        try:
            article = article_row(read_article(path))
        except CorpusError as error:
            refused.append(Refusal(path, str(error).removeprefix(f"{path}: ")))
            continue
        article["published"] = article["published"] or given
        rows += split(article, cast)
    frame = tables.build("statements", rows)
    if args.format == "csv":
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        frame.to_json(sys.stdout, orient="records", lines=True, force_ascii=False)
    return _list(refused)


def _score(args: argparse.Namespace) -> int:
    from analysis.polarity.scorer import Item, load_scorer, polarity

    name = str(args.input)
    source = sys.stdin if name == "-" else args.input.open(encoding="utf-8")
    with source:
        lines = [line for line in source if line.strip()]
    scorer = load_scorer(args.model, labels=args.labels)
    rows, items, places = [], [], []
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            item = Item(row["text"], ((row["start"], row["end"]),))
        except (ValueError, KeyError, TypeError) as error:
            reason = f"{type(error).__name__}: {error}"
            row = row if isinstance(locals().get("row"), dict) else {"line": line.rstrip("\n")}
            rows.append(row | {"error": f"{name}, line {number}: {reason}"})
            continue
        places.append(len(rows))
        rows.append(row)
        items.append(item)
    said = scorer.score(items, progress=not args.quiet) if items else []
    for place, p, value in zip(places, said, polarity(said) if items else [], strict=True):
        numbers = (*p, value)
        for key, number in zip(("p_negative", "p_neutral", "p_positive", "polarity"), numbers, strict=True):  # fmt: skip
            rows[place][key] = round(float(number), 6)
    bad = [row["error"] for row in rows if "error" in row]
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    for reason in bad:
        _say(f"refused: {reason}; each line needs text, start and end")
    return REFUSED if bad else DONE


def _add(args: argparse.Namespace) -> int:
    from analysis.corpus.intake import add

    fields = ("outlet", "author", "published", "title", "url")
    about = {field: getattr(args, field) for field in fields}
    return _report(add(args.sources, args.corpus, **about))


def _fetch(args: argparse.Namespace) -> int:
    from analysis.corpus.intake import fetch

    return _report(fetch(args.corpus, update=args.update, progress=not args.quiet))


def _report(outcomes: list) -> int:
    for outcome in outcomes:
        print(outcome) if outcome.ok else _say(f"refused: {outcome}")
    return DONE if all(outcome.ok for outcome in outcomes) else REFUSED


def _dehydrate(args: argparse.Namespace) -> int:
    from analysis.corpus import press
    from analysis.pipeline import run

    result = run(args.corpus, args.cast, progress=not args.quiet)
    folder = args.corpus / "press"
    press.dehydrate(result.articles, result.statements, result.mentions, result.scores, folder)
    print(f"the analysis of the press articles at hand is in {folder}/")
    return _list(result.refused)


if __name__ == "__main__":
    sys.exit(main())
