"""Findings in sentences: the answer at the top of each notebook, computed from a run's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts import words as w
from analysis.charts.chart import Chart
from analysis.charts.source import source_of
from analysis.framing.agreement import READERS
from analysis.framing.coders import TENTATIVE
from analysis.framing.intervals import FEWEST_ARTICLES
from analysis.framing.shares import word_shares
from analysis.framing.timeline import change
from analysis.tables import NARRATOR, counted

TWO_READERS = ", ".join(READERS)

if TYPE_CHECKING:  # for the reader only: the pipeline stands above the charts
    from analysis.pipeline import Result


def who_says_what(result: Result, chart: Chart, *more: Chart) -> str:
    """Markdown: who gets most words, how much is narration, how much is quoted or unnamed.

    The titles of `more` charts follow.
    """
    parts = []
    shares = word_shares(result.statements, result.articles)
    for name, rows in _by_size(result, shares):
        told = rows[rows["group"] == NARRATOR]["words"].sum()
        said = rows[rows["group"] != NARRATOR]
        total, voiced = int(rows["words"].sum()), max(int(said["words"].sum()), 1)
        direct = said.loc[said["form"] == "direct", "words"].sum() / voiced
        hidden = said.loc[~said["named"], "words"].sum() / voiced
        own = said.groupby("group")["words"].sum() / voiced
        sides = sorted(result.cast.focus, key=lambda group: -own.get(group, 0.0))
        sides = [f"{result.cast.group_phrase(g)} {w.percent(own.get(g, 0.0))}" for g in sides]
        parts.append(
            f"In {w.the(name)}, {w.percent(told / total)} of {w.count(total, 'word')} are"
            f" narration, the journalist's own. Of the rest: {w.listing(sides)};"
            f" {w.percent(direct)} are quoted directly and in full, and {w.percent(hidden)} come"
            " from a source without a name."
        )
    parts += [f"{other.title}." for other in more]
    return _answer(result, chart.title, parts)


def of_one_another(result: Result, chart: Chart) -> str:
    """Markdown: how opponents speak of each other, and how many pairs can be judged at all."""
    parts = []
    lead = _lead(result)
    frames = result.frames[result.frames["collection"] == lead]
    focus = [group for group in result.cast.focus if group != NARRATOR]
    between = frames[frames["holder"].isin(focus) & frames["target"].isin(focus)]
    for row in between[between["holder"] != between["target"]].itertuples():
        if not pd.isna(row.ci_low):
            parts.append(f"{_pair(result, row)}.")
    judged = frames[frames["ci_low"].notna()]
    clear = ((judged["ci_low"] > 0) | (judged["ci_high"] < 0)).sum()
    parts.append(
        f"Of {w.count(len(frames), 'pair')} of a group that speaks and a group spoken of,"
        f" {len(judged)} rest on {FEWEST_ARTICLES} articles or more and have an interval; in"
        f" {clear} of these it leaves out zero.{w.by_chance(len(judged))}"
    )
    return _answer(result, chart.title, parts)


def how_framed(result: Result, voices: Chart, time: Chart, *more: Chart) -> str:
    """Markdown: the narrator toward each focus group, against the quoted voices and over time.

    The titles of `more` charts follow.

    The two titles pick what is clear from the differences that have an interval; how many these
    are is told.
    """
    parts = []
    frames, lead, focus = result.frames, _lead(result), result.cast.focus
    told = frames[(frames["collection"] == lead) & (frames["holder"] == NARRATOR)]
    for target in focus:
        parts += [f"{_pair(result, row)}." for row in told[told["target"] == target].itertuples()]
    here = voices.table[voices.table["collection"] == lead]
    changes = [change(result.evidence, result.cast, lead, target) for target in focus]
    apart = int(here["difference_low"].notna().sum())
    turns = sum(found is not None and not pd.isna(found.said.scored.low) for found in changes)
    tried = (
        "A difference that is called clear is so with narration scored as speech is, too; it was"
        f" picked from {w.count(apart, 'difference')} between the narrator and others and {turns}"
        f" between earlier and later articles.{w.by_chance(apart + turns)}"
    )
    titles = [f"{chart.title}." for chart in (time, *more)]
    points = [*parts, *titles, *[tried] * (apart + turns > 0)]
    return _answer(result, voices.title, points)


def how_trusted(
    found: pd.DataFrame,
    polarity: pd.DataFrame,
    readers: pd.DataFrame | None = None,
    agreed: pd.DataFrame | None = None,
    audited: pd.DataFrame | None = None,
) -> str:
    """Markdown: how much of what a reader annotated the method gets right.

    Parameters
    ----------
    found, polarity : what `framing.against_gold.report` gives
    readers : what its `compare_readers` gives, where somebody has read a second time
    agreed : what `framing.agreement.agreement` gives of two models
    audited : what `audit.kept` gives of this model
    """
    others = [*_of_models(agreed), *_of_names(audited)]
    total = found.iloc[-1]
    if not total["gold"]:
        nobody = (
            "**Nobody has annotated these articles, so it is not known how often the"
            " program is right about them.** Read some, correct what is wrong (below), and run this"
            " again."
        )
        return "\n\n".join(filter(None, [nobody, _listed(others)]))
    finding = (
        f"**Of {w.count(int(total['gold']), 'statement')} that a reader annotated,"
        f" {total['found']} are found and {total['speaker']} have the right speaker;"
        f" {total['invented']} more that the program found, the reader did not.**"
    )
    points = []
    alike = {} if readers is None else readers.set_index("voice")["agreement"].dropna().to_dict()
    rated = polarity[(polarity["voice"] != "all") & (polarity["n"] > 0)]
    for row in rated.itertuples():
        whose = "the narrator" if row.voice == "narration" else "those quoted or reported"
        parts = [
            f"Whether the words of {whose} are for, against or neutral toward somebody is told"
            f" rightly in {w.percent(row.agreement)} of {w.count(row.n, 'case')}, where answering"
            f" “neutral” every time would be right in {w.percent(row.always_neutral)}. With each of"
            f" the three weighing the same (macro-F1) it reaches {row.macro_f1:.2f}, and “neutral”"
            f" every time {row.neutral_macro_f1:.2f}."
        ]
        if not pd.isna(row.agreement_low):
            share = f"{w.percent(row.agreement_low)} to {w.percent(row.agreement_high)}"
            parts.append(
                f"With {w.count(row.articles, 'article')}, the 95% intervals run from {share}, and"
                f" of macro-F1, rather too narrow, from {row.macro_f1_low:.2f} to"
                f" {row.macro_f1_high:.2f}."
            )
        else:
            parts.append(f"An interval takes {FEWEST_ARTICLES} articles or more.")
        if row.voice in alike:
            parts.append(f"A second reader agrees with the first in {w.percent(alike[row.voice])}.")
        if row.agreement <= row.always_neutral:
            parts.append(f"Rest no finding on single polarities of {whose}.")
        points.append(" ".join(parts))
    return "\n\n".join(filter(None, [finding, _listed([*points, *others])]))


def _of_models(agreed: pd.DataFrame | None) -> list[str]:
    """How far a model's signs agree with a reader's, and with another model's, if there are any."""
    if agreed is None:
        return []
    rated = agreed[(agreed["level"] == "ordinal") & agreed["alpha"].notna()]
    alphas = dict(zip(rated["raters"], rated["alpha"], strict=True))
    read = [pair for pair in alphas if pair.startswith("gold, ") and pair != TWO_READERS]
    told = []
    for pair in read[:1]:
        two = f"; two readers with {w.signed(alphas[TWO_READERS])}" if TWO_READERS in alphas else ""
        low = alphas[pair] < TENTATIVE
        told.append(
            f"The signs that {pair.removeprefix('gold, ')} gives agree with the reader's with an"
            f" alpha of {w.signed(alphas[pair])} (1 would be always, 0 by chance{two})."
            + f" That is less than the {TENTATIVE} that even tentative conclusions ask for: read"
            " its means, best rectified, and no single polarity." * low
        )
    pairs = agreed[(agreed["level"] == "interval") & agreed["alpha"].notna()]["raters"]
    signs = agreed[(agreed["level"] == "ordinal") & agreed["raters"].isin(pairs)]
    told += [
        f"The signs that {' and '.join(row.raters.split(', '))} give agree with an alpha of"
        f" {w.signed(row.alpha)}."
        for row in signs.head(1).itertuples()
    ]
    return told


def _of_names(audited: pd.DataFrame | None) -> list[str]:
    """How many means hang on a name, if an audit was made."""
    tested = 0 if audited is None else int(audited["fragile"].notna().sum())
    if not tested:
        return []
    fragile = int(audited["fragile"].fillna(False).astype(bool).sum())
    return [
        f"Of {w.count(tested, 'mean')} that could be tried under other names,"
        f" {fragile or 'none'} {'changes' if fragile <= 1 else 'change'} the sign."
    ]


def what_it_took(result: Result) -> str:
    """Markdown: what went into a run, and how much came out."""
    cast, said = result.cast, counted(result.statements)
    voiced = said[said["kind"] != "narration"]
    sure = result.frames["ci_low"].notna().sum()
    return (
        f"**Here, {w.count(len(result.articles), 'article')} and a cast of"
        f" {w.count(len(cast.actors), 'name')} in {w.count(len(cast.groups), 'group')} give"
        f" {w.count(len(said), 'statement')}.** {len(voiced)} of them belong to"
        f" {w.count(voiced['speaker'].nunique(), 'speaker')}, the rest to the narrator;"
        f" {w.count(len(result.scores), 'mention')} of somebody in the cast have a polarity."
        f" Of {w.count(len(result.frames), 'pair')} of a group that speaks and a group spoken of,"
        f" {sure} {'rests' if sure == 1 else 'rest'} on {FEWEST_ARTICLES} articles or more: for a"
        " finding, add more articles."
    )


def _pair(result: Result, row) -> str:
    told = f"The narrator of {w.the(row.collection)}"
    holder = told if row.holder == NARRATOR else w.capital(result.cast.group_phrase(row.holder))
    return (
        f"{holder} on {result.cast.group_phrase(row.target)}: {w.signed(row.polarity)}"
        f" ({w.bounds(row.ci_low, row.ci_high)}; {w.count(row.n_statements, 'statement')} in"
        f" {w.count(row.n_articles, 'article')}), {w.lean(row.polarity, row.ci_low, row.ci_high)}"
    )


def _answer(result: Result, finding: str, points: list[str]) -> str:
    """The finding, its points, then what small or made-up collections must not be taken for."""
    parts = []
    if "chronicle" in set(result.articles["collection"]):
        parts.append(
            "The chronicle's reports were written for this project: these are findings about them,"
            " and about no newspaper."
        )
    few = result.articles.groupby("collection").size()
    small = [name for name in few.index if few[name] < FEWEST_ARTICLES]
    for name in small:
        parts.append(
            f"{w.capital(w.the(name))} is {w.count(int(few[name]), 'article')}: too few for an"
            " interval, and so for any finding."
        )
    remarks = source_of(result.articles, result.scores, result.notes).remarks
    parts += [f"{remark}." for remark in remarks]
    return "\n\n".join(filter(None, [f"**{finding}.**", _listed(points), " ".join(parts)]))


def _listed(points: list[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def _lead(result: Result) -> str:
    return source_of(result.articles, result.scores).lead


def _by_size(result: Result, table: pd.DataFrame):
    for name in source_of(result.articles, result.scores).collections:
        yield name, table[table["collection"] == name]
