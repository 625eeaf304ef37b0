"""What the polarity model is trained on: sources of examples, and what a teacher says of them.

NewsMTSC in full, and beside it, each epoch another part: NewsTSC (institutions), directed sentiment
(news agencies' plain narration; organisations and countries) and statements written for training
(what people say in a quarrel; figures of speech).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from analysis import encoder
from analysis.models.training.dse import charged, read_dse, uncharged
from analysis.models.training.newsmtsc import Example, read_newsmtsc, read_newstsc, split
from analysis.models.training.written import read_written
from analysis.polarity.embedded import EmbeddedScorer, TargetClassifier
from analysis.polarity.marking import encode
from analysis.polarity.scorer import LABELS, softmax

SEED = 0  # one split and one choice for all runs: so they can be averaged and stay calibrated
INSTITUTIONS_AWAY = 0.15  # share of NewsTSC's sentences that is held out
#: At most so many of a source are kept, so that a teacher has not much to read.
KEPT = {"newstsc": 4400, "charged": 4000, "uncharged": 3200, "written": 8000}


@dataclass(frozen=True)
class Source:
    """Examples of one kind, what an error on one costs, and how many of them an epoch takes.

    `soft` are a teacher's probabilities [n, 3] for them, where there is a teacher.
    """

    examples: Sequence[Example]
    weight: float
    each_epoch: int
    soft: np.ndarray | None = None

    def of_epoch(self, epoch: int, order: np.ndarray) -> np.ndarray:
        """Indices of an epoch's examples: the next ones of a random order, from its start again."""
        n = self.each_epoch
        return np.take(order, np.arange(epoch * n, (epoch + 1) * n), mode="wrap")


@dataclass(frozen=True)
class Portion:
    """How much of a source an epoch takes, and its weight."""

    each_epoch: int
    weight: float


def gather(data: Path, held_out: float, beside: dict[str, Portion]):
    """Read the sources.

    Parameters
    ----------
    data : folder with newsmtsc, newstsc and dse
    held_out : share of NewsMTSC's sentences that is kept apart
    beside : portions of ``newstsc``, ``charged``, ``uncharged`` and ``written``; none where 0

    Returns
    -------
    sources : dict of Source, ``newsmtsc`` first
    held : dict of list of Example, ``newsmtsc`` and, where they are wanted, ``newstsc`` and
        ``written``: the parts that are held out
    """
    rest, away = split(read_newsmtsc(data / "newsmtsc" / "train.jsonl"), held_out, SEED)
    sources, held = {"newsmtsc": Source(rest, 1.0, len(rest))}, {"newsmtsc": away}
    kept_away, used = ({e.sentence for e in part} for part in (away, rest))
    wanted = {name: portion for name, portion in beside.items() if portion.each_epoch}
    found: dict[str, list[Example]] = {}
    if "newstsc" in wanted:
        found["newstsc"], apart = split(
            read_newstsc(data / "newstsc" / "train.jsonl"), INSTITUTIONS_AWAY, SEED
        )
        held["newstsc"] = [e for e in apart if e.sentence not in used]
    if wanted.keys() & {"charged", "uncharged"}:
        directed = read_dse(data / "dse" / "train.txt")
        found |= {"charged": charged(directed), "uncharged": uncharged(directed)}
    if "written" in wanted:
        found["written"], held["written"] = read_written()
    for name, portion in wanted.items():
        some = [e for e in found[name] if e.sentence not in kept_away]
        if len(some) > KEPT[name]:
            some = [
                some[i] for i in np.random.default_rng(SEED).permutation(len(some))[: KEPT[name]]
            ]
        sources[name] = Source(some, portion.weight, min(portion.each_epoch, len(some)))
    return sources, held


def logits_of(network: TargetClassifier, examples: Sequence[Example], room: int, hide: bool = True):
    """Logits [n, 3] and labels [n] of examples, names hidden or not."""
    rows, _ = encode([e.item for e in examples], room, hide)
    was = network.training
    out = np.array(encoder.run(network.eval(), rows)).reshape(-1, len(LABELS))
    network.train(was)
    return out, np.array([e.label for e in examples])


def teach(
    sources: dict[str, Source], teachers: Sequence[Path], room: int, temperature: float
) -> dict[str, Source]:
    """Add what the teachers say, by the mean of their logits, softened by a temperature.

    Not of the written statements: those are there because the teachers misread their like.

    Hinton, Vinyals and Dean, *Distilling the Knowledge in a Neural Network*, 2015.
    """
    networks = [EmbeddedScorer(folder).network for folder in teachers]
    return {
        name: source
        if name == "written"
        else replace(
            source,
            soft=softmax(
                np.mean([logits_of(n, source.examples, room)[0] for n in networks], axis=0)
                / temperature
            ),
        )
        for name, source in sources.items()
    }


def aims(sources: dict[str, Source], smoothing: float, taught: float) -> np.ndarray:
    """Probabilities [n, 3] to be learned, of all sources in turn.

    The label, smoothed (Szegedy et al., CVPR 2016); where there is a teacher, mixed with what it
    says, whose share is `taught`.
    """
    out = []
    for source in sources.values():
        hard = np.eye(len(LABELS))[[e.label for e in source.examples]]
        hard = (1 - smoothing) * hard + smoothing / len(LABELS)
        soft = hard if source.soft is None else source.soft
        out.append((1 - taught) * hard + taught * soft)
    return np.concatenate(out)
