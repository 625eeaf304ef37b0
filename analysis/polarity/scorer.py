"""One interface to every polarity model: a text with a target's mentions in, three classes out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

LABELS = ("negative", "neutral", "positive")
FAMILIES = ("sentence", "pair", "stance")
VADER = "vader"
DIGITS = 4  # decimals of what is kept of a score
#: Follows the name of a model that does not see the target, so that every row and chart says so.
BLIND = " (not target-aware)"
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Sgt|Capt|Col|Rev|St|[A-Z])\.\s+$")


#: What parts two clauses; a conjunction stays with neither.
_JOINT = re.compile(
    r"[;:]\s+|\s*—\s*|\s[–-]\s"
    r"|,\s+(?:and|but|or|so|yet|while|although|though|because|whereas|when|after|before|who|which)\s"
    r"|\s(?:but|while|although|though|because|whereas)\s"
)
_CLAUSE = 4


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
    target : str
        What the target is called, where that is known: it tells more than "he" to a model that is
        asked about the target in words.
    narrated : bool
        Whether these are the journalist's own words, in which most is told and little judged.

    Raises
    ------
    ValueError
        When there is no span, or one is empty, blank or outside the text.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    target: str = ""
    narrated: bool = False

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

    @property
    def surface(self) -> str:
        """The words of the mention that is scored."""
        return self.text[slice(*self.spans[0])]


def sentence_starts(text: str) -> list[int]:
    """Character offsets at which the sentences of a text begin, 0 first.

    A plain cut after final punctuation before a capital or a digit; titles and initials do not
    end a sentence.  Good enough to lay a window, not to count sentences.
    """
    ends = (match.end() for match in _SENTENCE_END.finditer(text))
    return [0, *(end for end in ends if not _TITLE.search(text, max(end - 9, 0), end))]


def clause(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Characters (start, end) of the clause around a mention, for models that see no target.

    The mention's sentence, cut at semicolons, colons, dashes and at conjunctions that join clauses.
    A piece of fewer than `_CLAUSE` words says too little alone; then it is the whole sentence.
    """
    starts = sentence_starts(text)
    low = max(start for start in starts if start <= span[0])
    high = min((start for start in starts if start >= span[1]), default=len(text))
    joints = [match.span() for match in _JOINT.finditer(text, low, high)]
    start = max((end for _, end in joints if end <= span[0]), default=low)
    stop = min((begin for begin, _ in joints if begin >= span[1]), default=high)
    return (start, stop) if len(text[start:stop].split()) >= _CLAUSE else (low, high)


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


def narration(scorer: Scorer) -> tuple[float, ...]:
    """What a scorer adds to the logits of negative, neutral and positive in what is narrated."""
    return tuple(getattr(scorer, "narration", (0.0, 0.0, 0.0)))


def cautions(scorer: Scorer) -> list[str]:
    """What a reader of a chart of this model's scores has to be told; a list of sentences."""
    told = []
    if any(narration(scorer)):
        told.append(
            "In narration, little of which judges anybody, the model finds judgement less readily"
            " than in speech: a narrator's polarity is not to be compared in size with a speaker's"
        )
    if scorer.target_aware:
        return told
    return [
        *told,
        "Polarity here is the tone of the clause around whoever is spoken of, and no stance toward"
        f" them, since the model is not target-aware ({scorer.model.removesuffix(BLIND)})",
    ]


def rounded(values: np.ndarray) -> np.ndarray:
    """Probabilities or polarities to `DIGITS` decimals, as every row of scores has them.

    The rest hangs on the machine and the number of its threads, and says nothing of the text.
    Polarity is taken of rounded probabilities; three of these sum to 1 within 0.00015.
    """
    return np.round(values, DIGITS)


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
    family: str | None = None,
    hypotheses: Sequence[str] | None = None,
    progress: bool = True,
) -> Scorer:
    """Load a polarity model.

    Parameters
    ----------
    name : str, Path or None
        None for the embedded model; "vader" for the lexicon; otherwise a local folder, of a
        model that this project trained too, or a hub id such as ``owner/name@REVISION``.
    revision : str, optional
        Full commit hash of a hub model, when it is not part of `name`.
    labels : sequence of str or str, optional
        The model's classes in order (or separated by commas): negative, neutral or positive; of a
        model of entailment, entailment, neutral and contradiction.
    family : {"sentence", "pair", "stance"}, optional
        How a model of the hub is asked: with the clause around the target, which knows nothing of
        it; with the pair of text and target; or whether the text entails that it is for, and that
        it is against the target.  By default "stance" for a model whose classes are those of
        entailment, else "sentence".
    hypotheses : (in favour, against), optional
        The two sentences that the family "stance" puts, each with ``{target}`` in it.
    progress : bool
        Whether to show progress bars of a download and of loading.

    Raises
    ------
    ModelError
        When the model cannot be used.
    """
    if name is not None and not str(name).strip():
        raise ModelError(
            "The model's name is empty. Leave it out for the embedded model, or give a folder, a "
            f"hub id or {VADER}; the folder that you are in is called '.'."
        )
    lexicon = isinstance(name, str) and name.lower() == VADER
    # Imported here: these modules build on this one, and most of the program needs only one.
    own: type | None = None
    if lexicon:
        from analysis.polarity.lexicon import LexiconScorer as own
    elif name is None or _trained_here(Path(name)):
        from analysis.polarity.embedded import EmbeddedScorer as own
    if own:
        if revision or labels or family or hypotheses:
            raise ModelError(
                f"Model {name or 'embedded'}: revision, labels, family and hypotheses are for a "
                "model of transformers, from a folder or the hub. Leave them out, or name one."
            )
        return own() if lexicon or name is None else own(name)
    from analysis.polarity.classifier import Classifier
    from analysis.polarity.families import scorer_of
    from analysis.polarity.hub import bars, fetch

    with bars(progress):
        classifier = Classifier(fetch(name, revision))
    return scorer_of(classifier, labels, family, hypotheses)


def _trained_here(folder: Path) -> bool:
    """Whether a folder holds a model made by this project's own training."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    base = config.get("base") if isinstance(config, dict) else None
    return isinstance(base, dict) and "sha256" in base
