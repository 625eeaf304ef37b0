"""What a methods section has to say of a run, computed, for a publication to take over."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

import pandas as pd

from analysis import __version__, encoder
from analysis.attribution import tagger
from analysis.charts import words as w
from analysis.corpus.account import AGREED, APPLIED
from analysis.framing.intervals import FEWEST_ARTICLES
from analysis.polarity.scorer import BLIND
from analysis.tables import UNRESOLVED, counted

if TYPE_CHECKING:
    from analysis.pipeline import Result

KINDS = {"direct": "quoted", "indirect": "reported", "mixed": "both at once", "block": "set apart"}
PACKAGES = ("torch", "transformers", "pandas")


def methods(result: Result, found: pd.DataFrame, polarity: pd.DataFrame) -> str:
    """Markdown: how the numbers of a run came about, a paragraph for each thing to be told.

    What only the author can know stands in square brackets.

    Parameters
    ----------
    result : a run
    found, polarity : how far it agrees with the gold, as `framing.against_gold.report` gives it
    """
    told = {
        "Articles": _articles(result),
        "Statements": _statements(result),
        "Polarity": _polarity(result),
        "Means": _means(result),
        "Corrections": _corrections(result),
        "Accuracy": _accuracy(found, polarity),
        "Software": _software(),
    }
    return "\n\n".join(f"**{what}.** {text}" for what, text in told.items())


def _articles(result: Result) -> str:
    parts = []
    for collection, own in result.articles.groupby("collection"):
        dates = sorted(own.loc[own["published"] != "", "published"].str[:10])
        outlets = own.loc[own["outlet"] != "", "outlet"].nunique()
        more = [
            w.count(outlets, "outlet") if outlets else "",
            " to ".join(dict.fromkeys([*dates[:1], *dates[-1:]])),
        ]
        within = f" ({', '.join(filter(None, more))})" if any(more) else ""
        parts.append(f"{w.heading(str(collection), len(own))}{within}")
    text = f"{w.capital('; '.join(parts)) or 'None'}."
    if absent := len(result.dehydrated):
        text += f" Of {absent} only the stored analysis was at hand, not the text."
    if refused := len(result.refused):
        text += f" Left out: {w.count(refused, 'file')} that could not be read."
    return f"{text} [How they were searched for and chosen, and what was left out.]"


def _statements(result: Result) -> str:
    all_, used = result.statements, counted(result.statements)
    voiced = used[used["kind"] != "narration"]
    kinds = voiced["kind"].value_counts()
    shares = [f"{kinds.get(kind, 0)} {word}" for kind, word in KINDS.items() if kind in kinds]
    found_by = f" together with a tagger trained on PolNeAR (SHA-256 {_digest()}…)"
    trained = found_by if result.engine == "hybrid" else ""
    text = (
        f"The unit is the statement, a stretch of text by one voice, found by rules{trained}:"
        f" {w.count(len(voiced), 'statement')} of somebody quoted or reported"
        f" ({w.listing(shares) or 'none'}) and {len(used) - len(voiced)} of the journalists' own"
        " narration."
    )
    if nobody := int((voiced["group"] == UNRESOLVED).sum()):
        text += f" For {nobody} of the former it could not be told who speaks."
    if left := len(all_) - len(used):
        text += f" Left out were {left} more (reported thought, findings of polls, headlines)."
    return (
        f"{text} Speakers and people spoken of were assigned to"
        f" {w.count(len(result.cast.actors), 'actor')} in"
        f" {w.count(len(result.cast.groups), 'group')}"
        " that were named beforehand. [Who named them, and by what rule.]"
    )


def _polarity(result: Result) -> str:
    models = result.scores[["model", "revision"]].drop_duplicates()
    named = [f"{row.model}, revision {row.revision}" for row in models.itertuples()]
    blind = any(BLIND in model for model in models["model"])
    shifted = bool((result.evidence["level"] != result.evidence["polarity"]).any())
    return (
        f"Each statement was scored toward every one of these whom it mentions"
        f" ({w.count(len(result.mentions), 'mention')}) by {w.listing(named) or 'no model'}."
        " Polarity is the probability of favourable less that of unfavourable, from −1 to +1, and"
        " a statement's polarity toward somebody the mean over its mentions of them."
        + " The model sees no target: it gives the tone of the clause around the mention."
        * blind
        + " In narration, little of which judges anybody, the model finds judgement less readily"
        " than in speech, so that a narrator's polarity is not to be compared in size with a"
        " speaker's; a difference between earlier and later statements, or between the narrator and"
        " others, is called clear only where it is so with narration scored as speech, too."
        * shifted
    )


def _means(result: Result) -> str:
    tried = int(result.frames["ci_low"].notna().sum())
    return (
        "Means are over statements. Intervals are 95%, by a symmetric bootstrap-t that resamples"
        f" whole articles; where fewer than {FEWEST_ARTICLES} articles speak there is none."
        f" {tried} of {w.count(len(result.frames), 'mean')} of a group on a group have one; they"
        " are not adjusted for their number. They cover chance in the choice of articles, and no"
        " errors of the program."
    )


def _corrections(result: Result) -> str:
    kept = result.corrections[result.corrections["status"].isin([APPLIED, AGREED])]
    if kept.empty:
        return "No reading of the program was corrected by hand."
    coders = {name for names in kept["coders"] for name in names.split("; ")}
    changed = int((kept["status"] == APPLIED).sum())
    return (
        f"{w.capital(w.count(len(coders), 'coder'))} decided"
        f" {w.count(len(kept), 'point')} on {w.count(kept['statement_id'].nunique(), 'statement')};"
        f" {changed} of them changed the program's reading. [Who they are, and how these statements"
        " were chosen.]"
    )


def _accuracy(found: pd.DataFrame, polarity: pd.DataFrame) -> str:
    total = found.iloc[-1]
    if not total["gold"]:
        return (
            "Nobody has annotated these articles: how often the program is right about them is not"
            " known. [Have a random sample read, and give what it shows.]"
        )
    text = (
        f"Of {w.count(int(total['gold']), 'statement')} that a reader annotated without the program"
        f" [who or what the reader was], {total['found']} were found, {total['speaker']} with the"
        f" right speaker; {total['invented']} more were none."
    )
    rated = polarity[(polarity["voice"] != "all") & (polarity["n"] > 0)]
    for row in rated.itertuples():
        whose = "narration" if row.voice == "narration" else "what speakers say"
        text += (
            f" The sign of {whose} toward somebody was right in {w.percent(row.agreement)} of"
            f" {w.count(row.n, 'case')}; “neutral” every time would be in"
            f" {w.percent(row.always_neutral)}."
        )
    return f"{text} [Under which rules, and how far a second reader agreed.]"


def _software() -> str:
    # Without a build's own mark, such as +cpu, the same on every machine.
    packages = ", ".join(f"{name} {version(name).partition('+')[0]}" for name in PACKAGES)
    python = ".".join(platform.python_version_tuple()[:2])
    return (
        f"*Whose words, whose side*, version {__version__}, with Python {python},"
        f" {packages}. How to cite it is in `CITATION.cff`."
    )


def _digest() -> str:
    return encoder.sha256(tagger.FOLDER / "model.safetensors")[:12]
