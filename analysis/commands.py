"""What the commands do that make something: tables, figures, pages, the corpus itself.

Imports stand inside the commands, so that --help and a typing error answer at once.
"""

import argparse
import json
import sys
from dataclasses import asdict
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryFile

from analysis.arguments import METADATA, model_of

DONE, REFUSED = 0, 1


def run(args: argparse.Namespace) -> int:
    """Analyse a corpus: the tables, and every chart."""
    from tqdm.auto import tqdm

    from analysis.charts import draw_all
    from analysis.charts.save import save
    from analysis.export import write_tables
    from analysis.tables import counted

    result, scorer = analysed(args, args.out, corrections=not args.no_corrections)
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
        say(f"note: {note}")
    return refusals(result.refused)


def statements(args: argparse.Namespace) -> int:
    """Print the statements of some article files."""
    from analysis import export, tables
    from analysis.attribution.engine import ENGINES, split
    from analysis.corpus.articles import Refusal, read_article
    from analysis.corpus.cast_file import load_cast
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
    return refusals(refused)


def score(args: argparse.Namespace) -> int:
    """Score the marked texts of a file, a JSON object a line; give each back with its scores."""
    from analysis import lines
    from analysis.polarity.scorer import load_scorer

    read = lines.read(args.input)
    done = lines.scored(read, load_scorer(**model_of(args)), progress=not args.quiet)
    for line in done:
        print(line.json())
    wrong = [f"{args.input}, line {line.number}: {line.error}" for line in done if line.error]
    return refusals(wrong)


def add(args: argparse.Namespace) -> int:
    """Take articles into a corpus."""
    from analysis.corpus import intake

    about = {field: getattr(args, field) for field in METADATA}
    return _report(intake.add(args.sources, args.corpus, **about))


def fetch(args: argparse.Namespace) -> int:
    """Bring the texts of the press articles that a corpus lists."""
    from analysis.corpus import intake

    return _report(intake.fetch(args.corpus, update=args.update, progress=not args.quiet))


def dehydrate(args: argparse.Namespace) -> int:
    """Keep the press articles' analysis without their words."""
    from analysis.corpus import press
    from analysis.corpus.articles import corpus_folder, read_press
    from analysis.corpus.formats import CorpusError

    listed, _ = read_press(corpus_folder(args.corpus) / "press")
    if not any(article.text for article, _ in listed):
        raise CorpusError(
            f"{args.corpus}: has no press article whose text is at hand; take one in with"
            " `python -m analysis add`"
        )

    from analysis import pipeline

    result = pipeline.run(args.corpus, args.cast, progress=not args.quiet, corrections=False)
    folder = args.corpus / "press"
    press.dehydrate(result.articles, result.statements, result.mentions, result.scores, folder)
    print(f"the analysis of the press articles whose text is at hand is in {folder}/")
    return refusals(result.refused)


def read(args: argparse.Namespace) -> int:
    """Write the page on which one article is read."""
    from analysis.corpus.account import ABSENT
    from analysis.corpus.articles import load_article
    from analysis.reading.page import show

    articles = load_article(args.article, args.corpus)
    result, _ = analysed(args, _folder(args.out), articles=articles)
    reading = show(result, articles["article_id"].iloc[0])
    print(f"{reading.save(args.out)}: {reading}")
    for note in result.notes:
        if not note.endswith(ABSENT):  # corrections of the corpus's other articles
            say(f"note: {note}")
    return DONE


def bind(args: argparse.Namespace) -> int:
    """Write the report: every chart and every article on one page."""
    from analysis.charts import draw_all
    from analysis.reading.report import report

    result, _ = analysed(args, _folder(args.out))
    page = report(result, draw_all(result))
    args.out.write_text(page, encoding="utf-8", newline="")
    print(f"{args.out}: {len(result.articles)} articles, {len(page.encode()) / 1e6:.1f} MB")
    for note in result.notes:
        say(f"note: {note}")
    return refusals(result.refused)


def analysed(args: argparse.Namespace, into: Path | None = None, **more):
    """The run that a command asks for, and the model that it was scored with.

    What can be seen to be wrong before the work is said before it: the cast, the corpus, and the
    folder that something is to be written `into`.
    """
    from analysis.corpus.articles import corpus_folder
    from analysis.corpus.cast_file import load_cast

    load_cast(args.cast or corpus_folder(args.corpus) / "cast.toml")
    if into is not None:
        _ready(into)

    from analysis import pipeline
    from analysis.polarity.scorer import load_scorer

    scorer = load_scorer(**model_of(args))
    made = {"engine": args.engine, "scorer": scorer, "progress": not args.quiet}
    return pipeline.run(args.corpus, args.cast, **made, **more), scorer


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


def _report(outcomes: list) -> int:
    for outcome in outcomes:
        print(outcome) if outcome.ok else say(f"refused: {outcome}")
    return DONE if all(outcome.ok for outcome in outcomes) else REFUSED


def refusals(refused: list) -> int:
    """Say what was refused; the exit code that this gives."""
    for refusal in refused:
        say(f"refused: {refusal}")
    return REFUSED if refused else DONE


def say(line: str) -> None:
    """A line for a person, beside the results."""
    print(line, file=sys.stderr)
