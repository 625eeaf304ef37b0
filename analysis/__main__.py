"""The command line; only parses and calls."""

import argparse
import json
import sys
from dataclasses import asdict
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryFile

from analysis.arguments import METADATA, model_of, parser

DONE, REFUSED, USAGE, STOPPED = 0, 1, 2, 130


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    args = parser().parse_args(argv)
    try:
        return _COMMANDS[args.command](args)
    except ValueError as error:  # each error of the package is one
        _say(f"error: {error}")
        return USAGE
    except OSError as error:
        _say(f"error: {error.filename}: {error.strerror}" if error.filename else f"error: {error}")
        return USAGE
    except KeyboardInterrupt:
        _say("stopped; scores made so far are kept in the cache")
        return STOPPED


# Imports stand inside the commands, so that --help and a typing error answer at once.


def _analysed(args: argparse.Namespace, into: Path | None = None, **more):
    """The run that a command asks for, and the model that it was scored with.

    What can be seen to be wrong before the work is said before it: the cast, the corpus, and the
    folder that something is to be written `into`.
    """
    from analysis.corpus.articles import corpus_folder
    from analysis.corpus.cast import load_cast

    load_cast(args.cast or corpus_folder(args.corpus) / "cast.toml")
    if into is not None:
        _ready(into)

    from analysis.pipeline import run
    from analysis.polarity.scorer import load_scorer

    scorer = load_scorer(**model_of(args))
    made = {"engine": args.engine, "scorer": scorer, "progress": not args.quiet}
    return run(args.corpus, args.cast, **made, **more), scorer


def _folder(page: Path) -> Path:
    """Where a page goes."""
    if page.is_dir():
        raise IsADirectoryError(EISDIR, "is a folder; name the page itself", str(page))
    return page.parent


def _ready(folder: Path) -> None:
    """Make a folder, and see that files can be put into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        reason = f"cannot be written to ({error.strerror}); name another folder"
        raise OSError(error.errno, reason, str(folder)) from None


def _run(args: argparse.Namespace) -> int:
    from tqdm.auto import tqdm

    from analysis.charts import draw_all
    from analysis.charts.save import save
    from analysis.export import write_tables
    from analysis.tables import counted

    result, scorer = _analysed(args, args.out, corrections=not args.no_corrections)
    write_tables(result.tables(), args.out / "tables")
    charts = draw_all(result)
    for chart in tqdm(charts, "figures", disable=args.quiet, leave=False, delay=1):
        save(chart, args.out)
    voiced = (counted(result.statements)["kind"] != "narration").sum()
    print(
        f"{len(result.articles)} articles, {len(result.statements)} statements ({voiced} of them"
        f" quoted or reported), {len(result.scores)} mentions scored by {scorer.model}"
        f" {scorer.revision}; {len(charts)} figures and the tables are in {args.out}/"
    )
    for note in result.notes:
        _say(f"note: {note}")
    return _list(result.refused)


def _statements(args: argparse.Namespace) -> int:
    from analysis import export, tables
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
        print(export.csv(frame), end="")
    else:
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
            spans = tables.spans_from_text(row["spans"])
            print(json.dumps(row | {"spans": spans}, ensure_ascii=False))
    return _list(refused)


def _score(args: argparse.Namespace) -> int:
    from analysis.polarity.scorer import load_scorer, polarity, rounded

    with sys.stdin if args.input == "-" else open(args.input, encoding="utf-8") as source:
        lines = [line for line in source if line.strip()]
    scorer = load_scorer(**model_of(args))
    rows, items = zip(*map(_scorable, lines), strict=True) if lines else ((), ())
    wanted = [item for item in items if item]
    said = iter(rounded(scorer.score(wanted, progress=not args.quiet)) if wanted else ())
    for row, item in zip(rows, items, strict=True):
        if item:
            p = next(said)
            names = ("p_negative", "p_neutral", "p_positive")
            row.update({name: float(value) for name, value in zip(names, p, strict=True)})
            row["polarity"] = float(rounded(polarity(p[None]))[0])
            row |= {"model": scorer.model, "revision": scorer.revision}
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
    from analysis.corpus.gold_targets import compare_means, compare_targets
    from analysis.corpus.second import compare_readers
    from analysis.framing.coders import against_machine

    result, _ = _analysed(args, corrections=False)
    found, polarity = report(result, args.corpus / "gold")
    if found["gold"].iloc[-1]:
        _table(found)
        _table(polarity)
        _table(compare_targets(result, args.corpus / "gold"))
        _table(compare_means(result, args.corpus / "gold"))
        _table(compare_readers(result.articles, args.corpus / "gold"))
    else:
        _table(found[:-1])  # annotated, but in another text
        _say(f"note: nobody has annotated these articles; {args.corpus}/gold holds none of them")
    if len(result.corrections):
        _table(against_machine(result.corrections))
    return _list(result.refused)


def _agreement(args: argparse.Namespace) -> int:
    from analysis.corpus.articles import corpus_folder
    from analysis.corpus.corrections import read
    from analysis.framing.coders import agreement

    coded = read(corpus_folder(args.corpus))
    if len(coded.decisions):
        _table(agreement(coded.decisions))
    else:
        file = f"{args.corpus}/gold/NAME.csv"
        _say(f"note: nobody has coded these articles; review(…) in notebook 5 begins {file}")
    for problem in coded.problems:
        _say(f"refused: {problem}")
    return REFUSED if coded.problems else DONE


def _table(table) -> None:
    if table.empty:
        return
    print(table.to_string(index=False, float_format=lambda value: f"{value:.3f}"), end="\n\n")


def _audit(args: argparse.Namespace) -> int:
    from analysis.audit import audit, keep
    from analysis.corpus.articles import corpus_folder
    from analysis.framing.audit import by_actor, by_kind

    result, scorer = _analysed(args, corpus_folder(args.corpus))
    said, found = audit(result, scorer, progress=not args.quiet)
    fragile = found[found["fragile"]]
    for table in (by_kind(said), by_actor(said), fragile):
        _table(table)
    path = keep(found, scorer, args.corpus)
    print(f"{len(fragile)} of {len(found)} findings change their sign under some name: {path}")
    return _list(result.refused)


def _dehydrate(args: argparse.Namespace) -> int:
    from analysis.corpus.articles import corpus_folder, read_press
    from analysis.corpus.formats import CorpusError
    from analysis.corpus.press import dehydrate

    listed, _ = read_press(corpus_folder(args.corpus) / "press")
    if not any(article.text for article, _ in listed):
        raise CorpusError(
            f"{args.corpus}: has no press article whose text is at hand; take one in with"
            " `python -m analysis add`"
        )

    from analysis.pipeline import run

    result = run(args.corpus, args.cast, progress=not args.quiet, corrections=False)
    folder = args.corpus / "press"
    dehydrate(result.articles, result.statements, result.mentions, result.scores, folder)
    print(f"the analysis of the press articles whose text is at hand is in {folder}/")
    return _list(result.refused)


def _read(args: argparse.Namespace) -> int:
    from analysis.corpus.account import ABSENT
    from analysis.corpus.articles import load_article
    from analysis.reading.page import show

    articles = load_article(args.article, args.corpus)
    result, _ = _analysed(args, _folder(args.out), articles=articles)
    reading = show(result, articles["article_id"].iloc[0])
    print(f"{reading.save(args.out)}: {reading}")
    for note in result.notes:
        if not note.endswith(ABSENT):  # corrections of the corpus's other articles
            _say(f"note: {note}")
    return DONE


def _bind(args: argparse.Namespace) -> int:
    from analysis.charts import draw_all
    from analysis.reading.report import report

    result, _ = _analysed(args, _folder(args.out))
    page = report(result, draw_all(result))
    args.out.write_text(page, encoding="utf-8", newline="")
    print(f"{args.out}: {len(result.articles)} articles, {len(page.encode()) / 1e6:.1f} MB")
    for note in result.notes:
        _say(f"note: {note}")
    return _list(result.refused)


def _doctor(args: argparse.Namespace) -> int:
    from analysis.doctor import examine

    well = True
    for finding in examine(args.corpus, args.cast):
        print(finding, flush=True)
        well &= finding.ok is not False
    return DONE if well else REFUSED


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


_COMMANDS = {
    "run": _run,
    "statements": _statements,
    "score": _score,
    "add": _add,
    "fetch": _fetch,
    "validate": _validate,
    "audit": _audit,
    "agreement": _agreement,
    "dehydrate": _dehydrate,
    "read": _read,
    "report": _bind,
    "doctor": _doctor,
}

if __name__ == "__main__":
    sys.exit(main())
