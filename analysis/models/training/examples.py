"""What the polarity model is trained on: sources of examples, and what else is known of them.

NewsMTSC in full, and beside it, each epoch another part: sentences and statements of real news that
a reader has judged (PolNeAR's articles; sentences of directed sentiment, which have organisations
and countries), NewsTSC (institutions) and statements written for training (what people say in a
quarrel; figures of speech).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis import encoder
from analysis.models.training import polnear
from analysis.models.training.dse import read_dse
from analysis.models.training.judged import (
    SECOND,
    SETS,
    Judgement,
    examples,
    graded,
    judgements,
    meaning,
    name_of,
)
from analysis.models.training.newsmtsc import Example, read_newsmtsc, read_newstsc, split
from analysis.models.training.written import read_written
from analysis.polarity.embedded import TargetClassifier
from analysis.polarity.marking import encode
from analysis.polarity.scorer import LABELS

SEED = 0  # one split and one choice for all runs: so they can be averaged and stay calibrated
INSTITUTIONS_AWAY = 0.15  # share of NewsTSC's sentences that is held out


@dataclass(frozen=True)
class Source:
    """Examples of one kind, what an error on one costs, and how many of them an epoch takes."""

    examples: Sequence[Example]
    weight: float
    each_epoch: int

    def of_epoch(self, epoch: int, order: np.ndarray) -> np.ndarray:
        """Indices of an epoch's examples: the next ones of a random order, from its start again."""
        n = self.each_epoch
        return np.take(order, np.arange(epoch * n, (epoch + 1) * n), mode="wrap")


@dataclass(frozen=True)
class Portion:
    """How much of a source an epoch takes, and its weight."""

    each_epoch: int
    weight: float


def gather(
    data: Path,
    held_out: float,
    beside: dict[str, Portion],
    found: Sequence[Judgement] | None = None,
    again: Sequence[Judgement] | None = None,
):
    """Read the sources.

    Parameters
    ----------
    data : folder with newsmtsc, newstsc, dse and polnear
    held_out : share of NewsMTSC's sentences that is kept apart
    beside : portions of ``news``, ``speech``, ``directed`` (all three judged), ``newstsc`` and
        ``written``; none where 0
    found : the judgements; by default those of the project
    again : a second reader's on some of the same places, each an example of its own to train on;
        by default those of the project

    Returns
    -------
    sources : dict of Source, ``newsmtsc`` first
    held : dict of list of Example, the parts that are held out: of ``newsmtsc`` and, where they are
        wanted, of ``news``, ``speech``, ``newstsc`` and ``written``

    Raises
    ------
    ValueError
        When a source has no examples: of a judged one, when other texts are at hand.
    """
    found = judgements() if found is None else found
    again = judgements(SECOND) if again is None else again
    of_set = {name: [one for one in found if one.set == name] for name in SETS}
    rest, away = split(read_newsmtsc(data / "newsmtsc" / "train.jsonl"), held_out, SEED)
    wanted = {name for name, portion in beside.items() if portion.each_epoch}
    pool, held = {"newsmtsc": graded(rest, of_set["newsmtsc"])}, {"newsmtsc": away}
    if wanted & {"news", "speech"}:
        parts = polnear.split(polnear.read(data / "polnear" / "train"))
        texts, apart = ({name_of(one.text): one.text for one in part} for part in parts)
        # An article that two files hold may stand in both parts; then it is trained on.
        texts_away = {name: text for name, text in apart.items() if name not in texts}
        for name in ("news", "speech"):
            more = [one for one in again if one.set == name]
            pool[name] = examples([*of_set[name], *more], texts)
            held[name] = examples(of_set[name], texts_away)
    if "newstsc" in wanted:
        institutions = read_newstsc(data / "newstsc" / "train.jsonl")
        pool["newstsc"], apart = split(institutions, INSTITUTIONS_AWAY, SEED)
        used = {example.sentence for example in rest}
        held["newstsc"] = [example for example in apart if example.sentence not in used]
    if "directed" in wanted:
        sentences = read_dse(data / "dse" / "train.txt")
        texts = {name_of(one.text): one.text for one in sentences}
        pool["directed"] = examples(of_set["directed"], texts)
    if "written" in wanted:
        pool["written"], held["written"] = read_written()
    kept_away = {example.sentence for example in away}
    sources = {"newsmtsc": Source(pool["newsmtsc"], 1.0, len(rest))}
    for name, portion in beside.items():
        if name in wanted:
            if not pool[name]:
                why = f"{data} has no examples of {name}; judgements need the very texts"
                raise ValueError(f"{why} that were judged.")
            some = [example for example in pool[name] if example.sentence not in kept_away]
            sources[name] = Source(some, portion.weight, min(portion.each_epoch, len(some)))
    return sources, {name: part for name, part in held.items() if name in {"newsmtsc", *wanted}}


def logits_of(network: TargetClassifier, examples: Sequence[Example], room: int, hide: bool = True):
    """Logits [n, 3] and labels [n] of examples, names hidden or not."""
    rows, _ = encode([e.item for e in examples], room, hide)
    was = network.training
    out = np.array(encoder.run(network.eval(), rows)).reshape(-1, len(LABELS))
    network.train(was)
    return out, np.array([e.label for e in examples])


def aims(sources: dict[str, Source], smoothing: float, by_reader: float) -> np.ndarray:
    """Probabilities [n, 3] to be learned, of all sources in turn.

    The label, smoothed (Szegedy et al., CVPR 2016); where a reader has graded the example, mixed
    with what the grade means, whose share is `by_reader`.  Where there is no label but the grade,
    that is the grade's sign.
    """
    grades = {example.grade for source in sources.values() for example in source.examples}
    means = meaning(sources["newsmtsc"].examples) if grades - {None} else {}
    out = []
    for source in sources.values():
        for example in source.examples:
            aim = np.full(len(LABELS), smoothing / len(LABELS))
            aim[example.label] += 1 - smoothing
            if example.grade is not None:
                aim = (1 - by_reader) * aim + by_reader * means[example.grade]
            out.append(aim)
    return np.array(out)
