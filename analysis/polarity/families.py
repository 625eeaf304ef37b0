"""Models from elsewhere behind the one interface, by what they were made to answer.

`SentenceScorer` asks a model of sentiment for the tone of the clause around the target; it knows
nothing of the target, and its name says so in every row that it scores.  `PairScorer` asks a model
of aspect-based sentiment for the polarity of a text toward the target.  `StanceScorer` asks a model
of entailment whether the text entails that it is for the target, and that it is against it (zero-
shot classification by entailment: Yin, Hay and Roth, EMNLP 2019).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from analysis.polarity.classifier import Classifier
from analysis.polarity.scorer import BLIND, FAMILIES, LABELS, Item, ModelError, clause, softmax

HYPOTHESES = ("The text is in favour of {target}.", "The text is against {target}.")
_POLARITY = {
    "negative": 0, "neg": 0, "neutral": 1, "neu": 1, "positive": 2, "pos": 2,
}  # fmt: skip
_ENTAILMENT = {
    "entailment": 1, "entail": 1, "entails": 1,
    "neutral": 0, "contradiction": 0, "contradict": 0, "contradicts": 0,
    "not_entailment": 0, "not entailment": 0, "non-entailment": 0,
}  # fmt: skip
_PRONOUNS = {"he": "him", "his": "him", "she": "her", "hers": "her", "they": "them", "i": "me"}


def scorer_of(
    classifier: Classifier,
    labels: Sequence[str] | str | None = None,
    family: str | None = None,
    hypotheses: Sequence[str] | None = None,
):
    """The scorer of a classifier; parameters and errors as in `scorer.load_scorer`."""
    if not 2 <= len(classifier.classes) <= 3:
        raise ModelError(
            f"Model {classifier.name}: it has {len(classifier.classes)} classes "
            f"({', '.join(classifier.classes)}), and only models of two or three can be used: "
            "negative, neutral and positive, or those of entailment. Choose another model."
        )
    given = labels.split(",") if isinstance(labels, str) else labels
    names = [str(name).strip().lower() for name in given] if given else classifier.classes
    if len(names) != len(classifier.classes):
        raise ModelError(
            f"Model {classifier.name}: it has {len(classifier.classes)} classes, but {len(names)} "
            "labels are given."
        )
    if family is None:
        family = "stance" if 1 in map(_ENTAILMENT.get, names) else "sentence"
    if family not in FAMILIES:
        raise ModelError(
            f"Model {classifier.name}: family is {', '.join(FAMILIES)}, not {family!r}."
        )
    if hypotheses and family != "stance":
        raise ModelError(
            f"Model {classifier.name}: hypotheses are for models of entailment (--family stance)."
        )
    understood = (_entailed if family == "stance" else _order)(classifier.name, names)
    # What is asked is part of what is remembered of the answers, so it is part of the revision.
    asked = [*([str(understood)] if given else ()), *(hypotheses or ())]
    suffix = "+" + hashlib.sha256("\n".join(asked).encode()).hexdigest()[:6] if asked else ""
    if family == "stance":
        return StanceScorer(classifier, understood, hypotheses or HYPOTHESES, suffix)
    made = PairScorer if family == "pair" else SentenceScorer
    return made(classifier, understood, suffix)


class SentenceScorer:
    """A model of the sentiment of sentences, given the clause around the first mention.

    Parameters
    ----------
    classifier : Classifier
    order : list of int
        Column of negative, neutral, positive for each class.  Two classes are negative and
        positive; neutral is then 0.
    suffix : str
        Follows the revision.
    """

    target_aware = False

    def __init__(self, classifier: Classifier, order: list[int], suffix: str = "") -> None:
        self._classifier, self._order = classifier, order
        self.model, self.revision = f"{classifier.name}{BLIND}", classifier.revision + suffix

    def score(self, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Probabilities [n, 3] of negative, neutral, positive."""
        pairs = [
            (item.text[a:b], self._second(item))
            for item, (a, b) in zip(items, self.reads(items), strict=True)
        ]
        out = np.zeros((len(items), len(LABELS)))
        out[:, self._order] = softmax(self._classifier.logits(pairs, progress, self.model))
        return out

    def reads(self, items: Sequence[Item]) -> list[tuple[int, int]]:
        """Give the characters (start, end) of each text that the model is shown."""
        return [self._classifier.cut(item, *clause(item.text, item.spans[0])) for item in items]

    def _second(self, item: Item) -> str | None:
        return None


class PairScorer(SentenceScorer):
    """A model of aspect-based sentiment, given the text and the mention as it stands there."""

    target_aware = True

    def __init__(self, classifier: Classifier, order: list[int], suffix: str = "") -> None:
        super().__init__(classifier, order, suffix)
        self.model = f"{classifier.name} (pair)"

    def reads(self, items: Sequence[Item]) -> list[tuple[int, int]]:
        """Give the characters (start, end) of each text that the model is shown."""
        return [self._classifier.cut(item, 0, len(item.text), self._second(item)) for item in items]

    def _second(self, item: Item) -> str:
        return item.surface


class StanceScorer:
    """A model of entailment, asked whether the text is for the target and whether it is against.

    With f and a the probabilities that the text entails either hypothesis, positive is f(1 - a),
    negative a(1 - f), and neutral the rest: neither is entailed, or both.

    Parameters
    ----------
    classifier : Classifier
    entailed : int
        Index of the class of entailment.
    hypotheses : (in favour, against)
        Each with ``{target}``; the target is called by its name where the item has it, else as in
        the text.
    suffix : str
        Follows the revision.

    Raises
    ------
    ModelError
        When the hypotheses are not two, or one does not name the target.
    """

    target_aware = True

    def __init__(
        self,
        classifier: Classifier,
        entailed: int,
        hypotheses: Sequence[str] = HYPOTHESES,
        suffix: str = "",
    ) -> None:
        if len(hypotheses) != 2 or not all("{target}" in text for text in hypotheses):
            raise ModelError(
                f"Model {classifier.name}: there have to be two hypotheses, in favour and against, "
                f"each with {{target}} in it, such as {HYPOTHESES[0]!r} and {HYPOTHESES[1]!r}."
            )
        self._classifier, self._entailed = classifier, entailed
        self._hypotheses = tuple(hypotheses)
        self.model, self.revision = f"{classifier.name} (stance)", classifier.revision + suffix

    def score(self, items: Sequence[Item], progress: bool = True) -> np.ndarray:
        """Probabilities [n, 3] of negative, neutral, positive."""
        pairs = [
            (item.text[a:b], hypothesis)
            for item, (a, b) in zip(items, self.reads(items), strict=True)
            for hypothesis in self._asked(item)
        ]
        said = softmax(self._classifier.logits(pairs, progress, self.model))[:, self._entailed]
        favour, against = said[::2], said[1::2]
        for_it, against_it = favour * (1 - against), against * (1 - favour)
        return np.stack([against_it, 1 - for_it - against_it, for_it], axis=1)

    def reads(self, items: Sequence[Item]) -> list[tuple[int, int]]:
        """Give the characters (start, end) of each text that the model is shown."""
        return [
            self._classifier.cut(item, 0, len(item.text), max(self._asked(item), key=len))
            for item in items
        ]

    def _asked(self, item: Item) -> list[str]:
        called = item.target or _PRONOUNS.get(item.surface.lower(), item.surface)
        return [text.replace("{target}", called) for text in self._hypotheses]


def _order(model: str, names: list[str]) -> list[int]:
    """Column of negative, neutral, positive for each of the model's classes."""
    order = [_POLARITY.get(name) for name in names]
    if None in order or len(set(order)) < len(order) or not {0, 2} <= set(order):
        raise ModelError(
            f"Model {model}: its classes are {', '.join(names)}. Say which is which, in the "
            "model's order: --labels negative,neutral,positive (or negative,positive; of a model "
            "of entailment, entailment,neutral,contradiction)."
        )
    return order


def _entailed(model: str, names: list[str]) -> int:
    """Index of the class of entailment."""
    known = [_ENTAILMENT.get(name) for name in names]
    if None in known or known.count(1) != 1:
        raise ModelError(
            f"Model {model}: its classes are {', '.join(names)}. Say which is which, in the "
            "model's order: --labels entailment,neutral,contradiction (or entailment,"
            "not_entailment)."
        )
    return known.index(1)
