"""Who is for or against whom inside one sentence, from a scorer that is asked about each of two.

The data are Park, Pan and Joo's (*Who Blames or Endorses Whom?*, Findings of EMNLP 2021): two
entities p and q of a news sentence, and five classes: neither is for or against the other, p is
for q, q for p, p against q, q against p.

A scorer says how the sentence treats each entity, not who treats it so.  The rule: if the verdict
on both is neutral, so is the sentence; else the one with the stronger polarity, of those whose
verdict is not neutral, is the target, and the other is taken for the holder.  So it errs where a
third party or the narrator holds the stance, and where the two attack one another.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from analysis.models.training.dse import (
    NONE,
    P_AGAINST_Q,
    P_FOR_Q,
    Q_AGAINST_P,
    Q_FOR_P,
    Directed,
)
from analysis.polarity.scorer import Item, Scorer, polarity

CLASSES = {
    NONE: "neither",
    P_FOR_Q: "p for q",
    Q_FOR_P: "q for p",
    P_AGAINST_Q: "p against q",
    Q_AGAINST_P: "q against p",
}
_NEUTRAL = 1


def decide(toward_p: np.ndarray, toward_q: np.ndarray) -> np.ndarray:
    """Class [n] from the probabilities [n, 3] toward each entity, by the rule above."""
    strength = [
        np.where(said.argmax(axis=1) == _NEUTRAL, 0, np.abs(polarity(said)))
        for said in (toward_p, toward_q)
    ]
    to_p, to_q = (
        (polarity(toward_p) > 0) * (Q_FOR_P - Q_AGAINST_P) + Q_AGAINST_P,
        (polarity(toward_q) > 0) * (P_FOR_Q - P_AGAINST_Q) + P_AGAINST_Q,
    )
    found = np.where(strength[0] > strength[1], to_p, to_q)
    return np.where(np.maximum(*strength) == 0, NONE, found)


def measure(scorer: Scorer, sentences: Sequence[Directed], progress: bool = True) -> dict:
    """Figures of the rule on labelled sentences, each share in [0, 1].

    Returns
    -------
    dict
        ``model``, ``revision``, ``n``, ``left_out`` (an entity holds no word), ``macro_f1`` over
        the five classes, ``accuracy``, ``f1`` and ``support`` of each class; ``direction``, of the
        sentences where somebody is for or against somebody and the rule says so, the share with
        the right holder and target, and ``sign``, with the right sign; ``per_second``.
    """
    kept = [s for s in sentences if all(s.text[a:b].strip() for a, b in (s.p, s.q))]
    items = [Item(s.text, (span,)) for s in kept for span in (s.p, s.q)]
    started = time.perf_counter()
    said = scorer.score(items, progress=progress)
    seconds = time.perf_counter() - started
    labels = np.array([s.label for s in kept])
    found = decide(said[::2], said[1::2])
    f1 = {}
    for index in CLASSES:
        both = np.sum((labels == index) & (found == index))
        either = np.sum(labels == index) + np.sum(found == index)
        f1[index] = float(2 * both / either) if either else 0.0
    met = (labels != NONE) & (found != NONE)
    toward_q, positive = [P_FOR_Q, P_AGAINST_Q], [P_FOR_Q, Q_FOR_P]
    right = {
        name: float(np.mean(np.isin(labels, some)[met] == np.isin(found, some)[met]))
        for name, some in (("direction", toward_q), ("sign", positive))
        if met.any()
    }
    return {
        "model": scorer.model,
        "revision": scorer.revision,
        "n": len(kept),
        "left_out": len(sentences) - len(kept),
        "macro_f1": float(np.mean(list(f1.values()))),
        "accuracy": float(np.mean(labels == found)),
        "f1": {CLASSES[index]: value for index, value in f1.items()},
        "support": {name: int(np.sum(labels == index)) for index, name in CLASSES.items()},
        **right,
        "per_second": len(items) / seconds,
    }


def describe(figures: dict, name: str) -> str:
    """Lay the figures out as text, in per cent."""
    lines = [
        f"{figures['model']} {figures['revision'][:12]} on {name}, {figures['n']} sentences, "
        f"{figures['per_second']:.0f} items a second",
        "",
        f"five-class macro-F1 {figures['macro_f1']:6.1%}   accuracy {figures['accuracy']:6.1%}",
        "",
        f"{'':14}{'F1':>8}{'n':>7}",
    ]
    for name, f1 in figures["f1"].items():
        n = figures["support"][name]
        lines.append(f"{name:14}" + (f"{f1:8.1%}" if n else f"{'–':>8}") + f"{n:7}")
    if "direction" in figures:
        lines += [
            "",
            "where both say that somebody is for or against somebody",
            f"right holder and target {figures['direction']:6.1%}   right sign "
            f"{figures['sign']:6.1%}",
        ]
    return "\n".join(lines)
