"""One interface to every polarity model: a text with a target's mentions in, three classes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

LABELS = ("negative", "neutral", "positive")
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Sgt|Capt|Col|Rev|St|[A-Z])\.\s+$")


class ModelError(ValueError):
    """A model cannot be used; the message is one line: which model, why, and what to do."""


@dataclass(frozen=True)
class Item:
    """A text and every mention of one target in it.

    Parameters
    ----------
    text : str
        A statement, or the sentences around one.
    spans : tuple of (start, end)
        Character offsets of the mentions, end exclusive.  The first is the one that is scored and
        that the model's window is laid around; the others help it to follow the target.

    Raises
    ------
    ValueError
        When there is no span, or one is empty, blank or outside the text.
    """

    text: str
    spans: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        spans = tuple((int(start), int(end)) for start, end in self.spans)
        object.__setattr__(self, "spans", spans)
        if not spans:
            raise ValueError("An item needs at least one span: the mention to be scored.")
        for start, end in spans:
            if not 0 <= start <= end <= len(self.text):
                raise ValueError(
                    f"Span ({start}, {end}) is outside the text of {len(self.text)} characters."
                )
            if not self.text[start:end].strip():
                raise ValueError(f"Span ({start}, {end}) is empty.")


def sentence_starts(text: str) -> list[int]:
    """Character offsets at which the sentences of a text begin, 0 first.

    A plain cut after final punctuation before a capital or a digit; titles and initials do not
    end a sentence.  Good enough to lay a window, not to count sentences.
    """
    ends = (match.end() for match in _SENTENCE_END.finditer(text))
    return [0, *(end for end in ends if not _TITLE.search(text, max(end - 9, 0), end))]


@runtime_checkable
class Scorer(Protocol):
    """A polarity model.

    Attributes
    ----------
    model : str
        Its name, as printed in every row of scores.
    revision : str
        Which version of it: a short hash of the weights, or the hub's commit.
    target_aware : bool
        Whether it scores toward the mention, rather than the sentence around it.
    """

    model: str
    revision: str
    target_aware: bool

    def score(self, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Probabilities [n, 3] of negative, neutral, positive; each row sums to 1."""
        ...


def polarity(probabilities: np.ndarray) -> np.ndarray:
    """Polarity in [-1, 1] of probabilities [n, 3]: p_positive - p_negative."""
    return probabilities[:, 2] - probabilities[:, 0]


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities from logits [n, classes], in double precision."""
    logits = logits.astype(np.float64)
    exp = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


def load_scorer(
    name: str | Path | None = None,
    revision: str | None = None,
    labels: Sequence[str] | str | None = None,
    family: str = "sentence",
) -> Scorer:
    """Load a polarity model.

    Parameters
    ----------
    name : str, Path or None
        None for the embedded model; otherwise a local folder, or a hub id such as
        ``owner/name@REVISION``.
    revision : str, optional
        Full commit hash of a hub model, when it is not part of `name`.
    labels : sequence of str or str, optional
        The model's classes in order (or separated by commas), each negative, neutral or positive.
    family : {"sentence", "pair"}
        How a model other than the embedded one is asked: with the sentence around the target, or
        with the pair of text and target.

    Raises
    ------
    ModelError
        When the model cannot be used.
    """
    # Imported here: both modules build on this one, and most of the program needs only one.
    if name is None:
        from analysis.polarity.embedded import EmbeddedScorer

        return EmbeddedScorer()
    from analysis.polarity.hub import HubScorer

    return HubScorer(name, revision=revision, labels=labels, family=family)
