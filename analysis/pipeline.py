"""article → statements → mentions → scores → frames, and nothing else."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis import store, tables
from analysis.attribution.engine import ENGINES, statements
from analysis.audit import mark
from analysis.corpus import account, amend, press
from analysis.corpus.articles import Refusal, corpus_folder, load_corpus
from analysis.corpus.cast import Cast
from analysis.corpus.cast_file import load_cast
from analysis.corpus.corrections import read
from analysis.corpus.verdicts import settle
from analysis.framing.frames import evidence, frames
from analysis.framing.shares import uncounted
from analysis.polarity import mentions as mentioning
from analysis.polarity.scorer import Scorer, cautions, load_scorer, narration, polarity, rounded

CORPUS = Path("corpus")
CAST = "cast.toml"


@dataclass(frozen=True)
class Result:
    """What a run gives: the cast, the tables from articles to frames, and what was refused."""

    cast: Cast
    articles: pd.DataFrame
    statements: pd.DataFrame
    mentions: pd.DataFrame
    scores: pd.DataFrame
    evidence: pd.DataFrame
    frames: pd.DataFrame
    refused: list[Refusal]
    notes: list[str]  # what a reader of the charts should know about this run
    #: What became of every correction.
    corrections: pd.DataFrame = field(default_factory=lambda: tables.build("corrections", []))
    #: Statements, mentions and scores as the method alone has them, before any correction.
    machine: dict[str, pd.DataFrame] = field(default_factory=dict)
    corpus: Path | None = None  # the folder, from which it was read
    engine: str = "hybrid"  # what found the statements

    @property
    def dehydrated(self) -> list[str]:
        """Ids of the articles that stand here without their text, by their stored analysis."""
        return self.articles.loc[self.articles["text"] == "", "article_id"].tolist()

    def tables(self) -> dict[str, pd.DataFrame]:
        return {name: getattr(self, name) for name in tables.COLUMNS}


def run(
    corpus: str | Path = CORPUS,
    cast: str | Path | None = None,
    model: str | None = None,
    *,
    engine: str = "hybrid",
    scorer: Scorer | None = None,
    progress: bool = True,
    cache: str | Path | None = store.FOLDER,
    corrections: bool = True,
    articles: pd.DataFrame | None = None,
) -> Result:
    """Analyse a corpus folder.

    Parameters
    ----------
    corpus : folder with `articles/` and `press/`, or with article files right in it
    cast : cast file; by default `cast.toml` in the corpus folder
    model : folder or pinned hub id of a polarity model; by default the embedded one
    engine : what finds the statements, a key of `attribution.engine.ENGINES`
    scorer : a loaded model, instead of `model`
    progress : whether to show progress bars
    cache : folder of the score cache, or None for no cache
    corrections : whether to apply what people decided, `gold/<coder>.csv` of the corpus
    articles : the table of those to analyse; by default all of the folder

    Raises
    ------
    CorpusError, CastError, ModelError
        When the corpus, the cast or the model cannot be used at all. Single articles that cannot
        be read are listed in `Result.refused` instead.
    """
    who = load_cast(cast or corpus_folder(corpus) / CAST)
    articles, refused = load_corpus(corpus) if articles is None else (articles, [])
    scorer = scorer or load_scorer(model, progress=progress)
    coded = read(corpus)
    stored, notes = _stored(Path(corpus) / "press", articles, who, scorer)
    found = _with("statements", statements(articles, who, ENGINES[engine], progress), stored)
    told = account.account(articles, found, settle(amend.in_cast(coded.decisions, who)))
    stated, told = amend.voices(articles, found, told, who)
    cached = store.ScoreStore(cache)

    def heard(said: pd.DataFrame) -> dict[str, pd.DataFrame]:
        mentioned = mentioning.mentions(articles, said, who)
        scored = score_mentions(articles, said, mentioned, scorer, cached, progress)
        fresh = {"mentions": mentioned, "scores": scored}
        return {"statements": said} | {name: _with(name, fresh[name], stored) for name in fresh}

    machine = own = heard(found)
    if corrections and stated is not found:  # who speaks decides who is spoken of
        own = heard(stated)
    done = amend.Amended(**own, account=told)
    done = amend.stances(done, machine, who, scorer.model, scorer.revision)
    told = done.account
    if not corrections:
        told = told.assign(status=told["status"].replace(account.APPLIED, account.ASIDE))
        done = amend.Amended(**machine, account=told)
    tabled = (done.statements, done.mentions, done.scores)
    rows = evidence(
        articles, *tabled, narration(scorer), _narrated(articles, found, done.statements)
    )
    notes += [*uncounted(done.statements), *cautions(scorer), *account.notes(told)]
    notes += [*account.by_hand(done.scores), *coded.problems]
    rest = (rows, mark(frames(rows), corpus, scorer), refused, notes)
    return Result(who, articles, *tabled, *rest, told, machine, Path(corpus).resolve(), engine)


def _narrated(articles: pd.DataFrame, found: pd.DataFrame, stated: pd.DataFrame) -> set[str]:
    """Statements that were scored as narration: of stored scores, what was found to be so."""
    absent = set(articles.loc[articles["text"] == "", "article_id"])
    stored = found["article_id"].isin(absent)
    fresh = ~stated["article_id"].isin(absent)
    scored = pd.concat([found[stored], stated[fresh]])
    return set(scored.loc[scored["kind"] == "narration", "statement_id"])


def _with(name: str, fresh: pd.DataFrame, stored: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of this run and those that are stored, as table `name`."""
    return tables.check(name, pd.concat([fresh, stored[name]], ignore_index=True))


def _stored(
    folder: Path, articles: pd.DataFrame, cast: Cast, scorer: Scorer
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """The dehydrated tables of articles without text, so far as they fit this cast and model."""
    absent = articles.loc[articles["text"] == "", "article_id"].tolist()
    if not absent:
        return {name: tables.build(name, []) for name in press.TABLES}, []
    stored = press.rehydrated(folder, absent)
    known = {*cast.groups, tables.NARRATOR, tables.OTHERS, tables.UNRESOLVED}
    if not set(stored["statements"]["group"]) <= known:
        note = f"{folder}: the stored analysis of the press is of another cast, and is left out"
        return {name: tables.build(name, []) for name in press.TABLES}, [note]
    scores = stored["scores"].query("model == @scorer.model and revision == @scorer.revision")
    scored = stored["mentions"]["mention_id"].isin(scores["mention_id"])
    stored |= {"mentions": stored["mentions"][scored], "scores": scores}
    if not scored.all():
        note = (
            f"{folder}: the text of {len(absent)} article(s) is not here and their stored scores"
            f" are not of {scorer.model} at revision {scorer.revision}; they count in who speaks,"
            " not in polarity. Add the texts with `python -m analysis add` or `fetch`"
        )
        return stored, [note]
    return stored, []


def score_mentions(
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    scorer: Scorer,
    cache: store.ScoreStore,
    progress: bool,
) -> pd.DataFrame:
    """Table `scores`: what a scorer says of every mention whose text is at hand."""
    items = mentioning.items(articles, statements, mentions)
    said = rounded(cache.score(scorer, list(items.values()), progress))
    rows = pd.DataFrame(said, columns=["p_negative", "p_neutral", "p_positive"])
    rows.insert(0, "mention_id", list(items))
    rows["model"], rows["revision"] = scorer.model, scorer.revision
    rows["polarity"] = rounded(polarity(said))
    rows["corrected"] = ""
    return tables.check("scores", rows)
