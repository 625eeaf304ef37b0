"""An article as the tagger's network reads it: words, word pieces, and windows of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from analysis import encoder
from analysis.attribution.quotes import pair
from analysis.attribution.spans import Span
from analysis.corpus.segments import paragraphs

WINDOW = 256  # word pieces, the two special ones included


@dataclass(frozen=True)
class Words:
    """An article as the network reads it.

    Attributes
    ----------
    pieces : ndarray [p]
        Vocabulary numbers of the word pieces.
    quoted : ndarray [p]
        1 inside quotation marks, the marks included.
    shape : ndarray [p]
        What the lower-casing vocabulary loses, of each piece's word: 0 no capital, 1 a capital
        first, 2 capitals alone; 3 more in a paragraph's first word.
    first : ndarray [n]
        Each word's first piece.  A punctuation mark is a word of its own.
    spans : list of Span
        Each word's character offsets.
    starts : ndarray [n]
        Whether a word is the first of its paragraph.
    """

    pieces: np.ndarray
    quoted: np.ndarray
    shape: np.ndarray
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


def capitals(word: str) -> int:
    """0 without a capital first, 1 with one, 2 where two and more letters are all capitals."""
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def read(text: str) -> Words:
    """Cut an article into words and word pieces."""
    encoding = encoder.tokenizer()(
        text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
    )
    offsets = encoding["offset_mapping"]
    ids = encoding.word_ids()
    first = [i for i in range(len(ids)) if i == 0 or ids[i] != ids[i - 1]]
    stops = [*first[1:], len(ids)][: len(first)]
    spans = [(offsets[a][0], offsets[b - 1][1]) for a, b in zip(first, stops, strict=True)]
    state = quotation_state(text)
    begins = np.array([start for start, _ in spans], dtype=int)
    starts = np.zeros(len(spans), dtype=bool)
    cuts = np.searchsorted(begins, [start for start, _ in paragraphs(text)])
    starts[cuts[cuts < len(spans)]] = True
    starts[:1] = True
    word = np.cumsum(np.isin(np.arange(len(ids)), first)) - 1
    shape = np.array([capitals(text[a:b]) for a, b in spans], dtype=int) + 3 * starts
    return Words(
        pieces=np.array(encoding["input_ids"], dtype=int),
        quoted=np.array([int(state[start]) for start, _ in offsets], dtype=int),
        shape=shape[word],
        first=np.array(first, dtype=int),
        spans=spans,
        starts=starts,
    )


def quoted_words(text: str, words: Words) -> list[tuple[int, int]]:
    """Word ranges of the outer quotations of an article, marks included, last exclusive."""
    outer = pair(text).outer
    first = np.searchsorted([end for _, end in words.spans], [q.start for q in outer], "right")
    last = np.searchsorted(words.begins, [q.end for q in outer])
    return list(zip(first.tolist(), last.tolist(), strict=True))


def row(words: Words, low: int, high: int) -> dict[str, list[int]]:
    """Features of the pieces [low, high) as a window, with the special pieces around."""
    special = encoder.tokenizer()
    ids = [special.cls_token_id, *words.pieces[low:high].tolist(), special.sep_token_id]
    return {
        "input_ids": ids,
        "quoted": [0, *words.quoted[low:high].tolist(), 0],
        "shape": [0, *words.shape[low:high].tolist(), 0],
    }


def windows(words: Words, size: int = WINDOW - 2, room: int | None = None) -> list[tuple[int, int]]:
    """Ranges of words that cover an article, each a run of whole paragraphs.

    Parameters
    ----------
    size : int
        Word pieces that a run has at most; a paragraph longer than that is cut where it must be.
    room : int, optional
        Word pieces of the first run, to let the runs begin elsewhere.
    """
    piece = [*words.first.tolist(), len(words.pieces)]
    edges = [*np.flatnonzero(words.starts).tolist(), len(words.spans)]
    room = room or size
    out = []
    low = 0
    for a, b in pairwise(edges):
        if a > low and piece[b] - piece[low] > room:
            out.append((low, a))
            low, room = a, size
        while piece[b] - piece[low] > size:
            middle = int(np.searchsorted(words.first, piece[low] + size, side="right")) - 1
            out.append((low, middle))
            low, room = middle, size
    out.append((low, len(words.spans)))
    return [(a, b) for a, b in out if b > a]
