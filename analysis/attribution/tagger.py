"""The trained engine of attribution: source, cue and content of every statement in an article.

all-MiniLM-L6-v2, fine-tuned on PolNeAR, gives each word the scores of its role and of the words it
may belong to; `decode` makes attributions of them.  Whether a word piece stands inside quotation
marks goes in as its token type, its capitals and the beginnings of paragraphs as its shape.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from analysis.attribution import decode
from analysis.attribution.decode import TAGS, Chain, Fragment
from analysis.attribution.network import FROZEN, Network
from analysis.attribution.spans import Attribution, Span
from analysis.attribution.words import WINDOW, Words, quoted_words, read, row, windows

FOLDER = Path(__file__).resolve().parents[1] / "models" / "attribution"
#: Windows that go through the network at once: enough to be quick, few enough for any memory.  They
#: are of one article, so that its figures depend on no other.
TOGETHER = 8


class TaggerError(ValueError):
    """The tagger's files are missing or do not fit this code; one line, with the remedy."""


def logit(p: np.ndarray | float) -> np.ndarray:
    """Log-odds, of probabilities kept off 0 and 1."""
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p) - np.log1p(-p)


def confidence(p: np.ndarray | float, slope: float = 1.0, intercept: float = 0.0) -> np.ndarray:
    """Probability of being right, from the mean of an attribution's probabilities."""
    return 1 / (1 + np.exp(-slope * logit(p) - intercept))


@dataclass(frozen=True)
class Scores:
    """What the network says of an article's words.

    Attributes
    ----------
    emissions : ndarray [n, 7]
        Scores of the tags.
    pointers : ndarray [2, n, window + 1]
        Probabilities of the words of its window that a content's word may have as its cue, and a
        cue's word as its source; the last column is for none of them.
    origin : ndarray [n]
        The first word of that window.
    """

    emissions: np.ndarray
    pointers: np.ndarray
    origin: np.ndarray

    def heads(self, fragment: Fragment) -> np.ndarray:
        """Probabilities [words, n + 1] that a fragment's words point at each word or at none."""
        n = len(self.emissions)
        relation = 1 if fragment.role == "cue" else 0
        out = np.zeros((fragment.last - fragment.first, n + 1))
        words = slice(fragment.first, fragment.last)
        pointers, origin = self.pointers[relation, words], self.origin[words]
        for a in np.unique(origin):  # a window, as a rule the only one
            here = origin == a
            width = min(pointers.shape[1] - 1, n - a)
            out[here, a : a + width] = pointers[here, :width]
        out[:, -1] = pointers[:, -1]
        return out


class Tagger:
    """The engine: `Tagger.load().find(text)`."""

    def __init__(self, network: Network, settings: dict | None = None) -> None:
        self.network = network.eval()
        self.settings = settings or {}
        self.calibration = tuple(self.settings.get("confidence", (1.0, 0.0)))
        with torch.no_grad():
            transitions = network.transitions.double().numpy().copy()
            first = network.first.double().numpy().copy()
        # How readily a role begins, tuned for whole spans; training counts words, so that long
        # content weighs most in it and short sources least.
        for role, bias in self.settings.get("bias", {}).items():
            transitions[:, decode.BEGIN[role]] += bias
            first[decode.BEGIN[role]] += bias
        self.chain = Chain.legal(transitions, first)

    @classmethod
    def load(cls, folder: str | Path | None = None) -> Tagger:
        """Load the tagger from its folder, the packaged one by default.

        Raises
        ------
        TaggerError
            When the files are missing or do not fit this code.
        EncoderError
            When the base encoder is missing or another.
        """
        folder = Path(folder or FOLDER)
        try:
            settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            weights = load_file(folder / "model.safetensors")
        except (OSError, ValueError) as error:
            raise TaggerError(f"The tagger cannot be read from {folder}: {error}") from error
        network = Network(settings["pointer_width"])
        stored = {name: weight.float() for name, weight in weights.items()}
        missing, unexpected = network.load_state_dict(stored, strict=False)
        if unexpected or set(missing) != {FROZEN}:
            raise TaggerError(
                f"The weights in {folder} do not fit this code: missing {missing}, "
                f"unexpected {unexpected}. Train anew with analysis.models.training.attribution."
            )
        return cls(network, settings)

    @torch.inference_mode()
    def score(self, words: Words) -> Scores:
        """Scores of an article's words, read in runs of whole paragraphs as in training."""
        n = len(words.first)
        emissions = np.zeros((n, len(TAGS)))
        pointers = np.zeros((2, n, WINDOW - 1), dtype=np.float32)
        origin = np.zeros(n, dtype=int)
        ranges = windows(words)
        edges = [*words.first.tolist(), len(words.pieces)]
        rows = [row(words, edges[a], edges[b]) for a, b in ranges]
        outputs = [
            output
            for i in range(0, len(rows), TOGETHER)
            for output in self.network.windows(rows[i : i + TOGETHER])
        ]
        for (a, b), output in zip(ranges, outputs, strict=True):
            inside = output[words.first[a:b] - edges[a] + 1]
            emissions[a:b] = inside[:, : len(TAGS)].numpy()
            origin[a:b] = a
            for relation in range(2):
                p = self.network.point(inside, relation).softmax(-1).numpy()
                pointers[relation, a:b, : b - a] = p[:, :-1]
                pointers[relation, a:b, -1] = p[:, -1]
        return Scores(emissions, pointers, origin)

    def find(self, text: str) -> list[Attribution]:
        """Attributions of an article, in order of their content; offsets into `text` as it is."""
        words = read(text)
        return self.assemble(text, words, self.score(words))

    def assemble(self, text: str, words: Words, scores: Scores) -> list[Attribution]:
        """Attributions from scores; apart from `find`, to tune decoding without the network."""
        if not words.spans:
            return []
        tags = decode.viterbi(scores.emissions, self.chain, words.starts)
        probabilities = decode.marginals(scores.emissions, self.chain, words.starts)
        found = decode.fragments(tags, probabilities)
        found = decode.snap(found, quoted_words(text, words))

        def span(fragment: Fragment) -> Span:
            return words.spans[fragment.first][0], words.spans[fragment.last - 1][1]

        return [
            Attribution(
                content=tuple(span(piece) for piece in linked.content),
                cue=(span(linked.cue),) if linked.cue else (),
                source=(span(linked.source),) if linked.source else (),
                method="model",
                confidence=float(confidence(linked.probability, *self.calibration)),
            )
            for linked in decode.link(found, scores.heads, words.starts)
        ]
