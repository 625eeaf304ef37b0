"""The trained engine of attribution: source, cue and content of every statement in an article.

all-MiniLM-L6-v2, fine-tuned on PolNeAR, gives each word the scores of its role and of the words it
may belong to; `decode` makes attributions of them.  Whether a word piece stands inside quotation
marks goes in as its token type.

Only what was trained is stored.  The word embeddings, half of the encoder, were frozen and are
taken from the base encoder's package.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from analysis import encoder
from analysis.attribution import decode
from analysis.attribution.decode import TAGS, Chain, Fragment
from analysis.attribution.quotes import pair
from analysis.attribution.spans import Attribution, Span
from analysis.corpus.segments import paragraphs

FOLDER = Path(__file__).resolve().parents[1] / "models" / "attribution"
FROZEN = "bert.embeddings.word_embeddings.weight"
WINDOW, STRIDE = 256, 192  # word pieces, the two special ones included


class TaggerError(RuntimeError):
    """The tagger's files are missing or do not fit this code; one line, with the remedy."""


class Network(nn.Module):
    """Encoder and heads: word pieces to scores of tags and to queries and keys of pointers."""

    def __init__(self, width: int = 128, **config: object) -> None:
        super().__init__()
        self.bert = encoder.base_model(**config)
        hidden = self.bert.config.hidden_size
        self.width = width
        self.dropout = nn.Dropout(self.bert.config.hidden_dropout_prob)
        self.emit = nn.Linear(hidden, len(TAGS))
        self.query = nn.Linear(hidden, 2 * width)  # content in search of its cue, cue of its source
        self.key = nn.Linear(hidden, 2 * width)
        self.none = nn.Parameter(torch.zeros(2, width))  # the key of "not in this window"
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.first = nn.Parameter(torch.zeros(len(TAGS)))

    def forward(
        self, input_ids: torch.Tensor, quoted: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        """Emissions, queries and keys [batch, pieces, 7 + 4 width], from three [batch, pieces]."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=quoted
        ).last_hidden_state
        hidden = self.dropout(hidden)
        gelu = nn.functional.gelu
        parts = [self.emit(hidden), gelu(self.query(hidden)), gelu(self.key(hidden))]
        return torch.cat(parts, dim=-1)

    def point(self, outputs: torch.Tensor, relation: int) -> torch.Tensor:
        """Scores [..., words, words + 1] of the pointers of one relation, the last for none.

        Parameters
        ----------
        outputs : Tensor [..., words, 7 + 4 width]
            What `forward` gave for the words' first pieces.
        relation : int
            0 from content to cue, 1 from cue to source.
        """
        queries, keys = outputs[..., len(TAGS) :].split(2 * self.width, dim=-1)
        query = queries[..., relation * self.width : (relation + 1) * self.width]
        key = keys[..., relation * self.width : (relation + 1) * self.width]
        scores = torch.cat(
            [query @ key.transpose(-1, -2), (query @ self.none[relation]).unsqueeze(-1)], dim=-1
        )
        return scores / self.width**0.5


@dataclass(frozen=True)
class Words:
    """An article as the network reads it.

    Attributes
    ----------
    pieces : ndarray [p]
        Vocabulary numbers of the word pieces.
    quoted : ndarray [p]
        1 inside quotation marks, the marks included.
    first : ndarray [n]
        Each word's first piece.  A punctuation mark is a word of its own.
    spans : list of Span
        Each word's character offsets.
    starts : ndarray [n]
        Whether a word is the first of its paragraph.
    """

    pieces: np.ndarray
    quoted: np.ndarray
    first: np.ndarray
    spans: list[Span]
    starts: np.ndarray

    @cached_property
    def begins(self) -> np.ndarray:
        """Character at which each word begins."""
        return np.array([start for start, _ in self.spans], dtype=int)


def quotation_state(text: str) -> np.ndarray:
    """Whether each character of `text` stands inside quotation marks, the marks included."""
    state = np.zeros(len(text), dtype=bool)
    for quotation in pair(text).outer:
        state[quotation.start : quotation.end] = True
    return state


def read(text: str) -> Words:
    """Cut an article into words and word pieces."""
    encoding = encoder.tokenizer()(
        text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
    )
    offsets = encoding["offset_mapping"]
    ids = encoding.word_ids()
    first = [i for i in range(len(ids)) if i == 0 or ids[i] != ids[i - 1]]
    stops = [*first[1:], len(ids)]
    spans = [(offsets[a][0], offsets[b - 1][1]) for a, b in zip(first, stops, strict=True)]
    state = quotation_state(text)
    begins = np.array([start for start, _ in spans], dtype=int)
    starts = np.zeros(len(spans), dtype=bool)
    cuts = np.searchsorted(begins, [start for start, _ in paragraphs(text)])
    starts[cuts[cuts < len(spans)]] = True
    starts[:1] = True
    return Words(
        pieces=np.array(encoding["input_ids"], dtype=int),
        quoted=np.array([int(state[start]) for start, _ in offsets], dtype=int),
        first=np.array(first, dtype=int),
        spans=spans,
        starts=starts,
    )


def row(words: Words, low: int, high: int) -> dict[str, list[int]]:
    """Features of the pieces [low, high) as a window, with the special pieces around."""
    special = encoder.tokenizer()
    ids = [special.cls_token_id, *words.pieces[low:high].tolist(), special.sep_token_id]
    return {"input_ids": ids, "quoted": [0, *words.quoted[low:high].tolist(), 0]}


def windows(n: int, size: int = WINDOW - 2, stride: int = STRIDE) -> list[tuple[int, int]]:
    """Overlapping ranges that cover `n` pieces; the last is moved back to be full."""
    if n <= size:
        return [(0, n)] if n else []
    lows = [*range(0, n - size, stride), n - size]
    return [(low, low + size) for low in lows]


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
        for i, word in enumerate(range(fragment.first, fragment.last)):
            width = min(self.pointers.shape[2] - 1, n - self.origin[word])
            a = self.origin[word]
            out[i, a : a + width] = self.pointers[relation, word, :width]
            out[i, -1] = self.pointers[relation, word, -1]
        return out


class Tagger:
    """The engine: `Tagger.load().find(text)`."""

    def __init__(self, network: Network, settings: dict | None = None) -> None:
        self.network = network.eval()
        self.settings = settings or {}
        with torch.no_grad():
            self.chain = Chain.legal(
                network.transitions.double().numpy(), network.first.double().numpy()
            )

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

    def score(self, words: Words) -> Scores:
        """Scores of an article's words, each word's from the window in which it is most central."""
        n = len(words.first)
        emissions = np.zeros((n, len(TAGS)))
        pointers = np.zeros((2, n, WINDOW - 1), dtype=np.float32)
        origin = np.zeros(n, dtype=int)
        ranges = windows(len(words.pieces))
        if not ranges:
            return Scores(emissions, pointers, origin)
        middle = np.array([(low + high - 1) / 2 for low, high in ranges])
        owner = np.abs(words.first[:, None] - middle).argmin(1)
        # One window a batch: a window's figures never depend on how many there are.
        outputs = encoder.run(
            self.network, [row(words, low, high) for low, high in ranges], size=1, step=1
        )
        for number, (low, high) in enumerate(ranges):
            a, b = np.searchsorted(words.first, [low, high])
            inside = torch.from_numpy(outputs[number][words.first[a:b] - low + 1])
            mine = np.flatnonzero(owner[a:b] == number)
            emissions[a + mine] = inside[mine, : len(TAGS)].numpy()
            origin[a + mine] = a
            for relation in range(2):
                with torch.inference_mode():
                    p = self.network.point(inside, relation)[mine].softmax(-1).numpy()
                pointers[relation, a + mine, : b - a] = p[:, :-1]
                pointers[relation, a + mine, -1] = p[:, -1]
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

        def span(fragment: Fragment) -> Span:
            return words.spans[fragment.first][0], words.spans[fragment.last - 1][1]

        return [
            Attribution(
                content=tuple(span(piece) for piece in linked.content),
                cue=(span(linked.cue),) if linked.cue else (),
                source=(span(linked.source),) if linked.source else (),
                method="model",
                confidence=linked.probability,
            )
            for linked in decode.link(found, scores.heads)
        ]
