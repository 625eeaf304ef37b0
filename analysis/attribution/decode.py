"""From scores to attributions: the best legal tags of each paragraph, then who belongs to whom.

Tags follow the BIO scheme (Ramshaw and Marcus, *Text Chunking*, WVLC 1995) and are scored by a
linear-chain conditional random field, one chain a paragraph (Lafferty, McCallum and Pereira, ICML
2001).  An attribution has one cue: each stretch of content points at its cue and each cue at its
source, as the words of a sentence point at their heads in a dependency parser (Dozat and Manning,
ICLR 2017).  So two cues may share a source, and one content may come in several pieces.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{position}-{role}" for role in ROLES for position in "BI"))
OUTSIDE = 0
BEGIN = {role: 1 + 2 * i for i, role in enumerate(ROLES)}
INSIDE = {role: 2 + 2 * i for i, role in enumerate(ROLES)}
FORBIDDEN = -1e4

#: Whether a tag may follow another [from, to], and whether it may stand first [to].
LEGAL = np.ones((len(TAGS), len(TAGS)), dtype=bool)
LEGAL_FIRST = np.ones(len(TAGS), dtype=bool)
for _role in ROLES:
    LEGAL[:, INSIDE[_role]] = False
    LEGAL[[BEGIN[_role], INSIDE[_role]], INSIDE[_role]] = True
    LEGAL_FIRST[INSIDE[_role]] = False


@dataclass(frozen=True)
class Fragment:
    """An unbroken run of words in one role; `first` to `last`, the latter exclusive."""

    role: str
    first: int
    last: int
    probability: float = 1.0


@dataclass(frozen=True)
class Chain:
    """Scores of the random field: transitions [7, 7] from tag to tag, and of first tags [7]."""

    transitions: np.ndarray
    first: np.ndarray

    @classmethod
    def legal(cls, transitions: np.ndarray, first: np.ndarray) -> Chain:
        """Set illegal transitions and first tags to a score that nothing outweighs."""
        return cls(np.where(LEGAL, transitions, FORBIDDEN), np.where(LEGAL_FIRST, first, FORBIDDEN))


def chains(starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lay out words [n] as paragraphs [p, longest], given where a paragraph starts.

    Returns
    -------
    (index, mask) : ndarray [p, longest]
        The word at each place (0 where there is none) and whether there is one.
    """
    begin = np.flatnonzero(starts)
    length = np.diff([*begin, len(starts)])
    place = np.arange(length.max())
    mask = place < length[:, None]
    return np.where(mask, begin[:, None] + place, 0), mask


def viterbi(emissions: np.ndarray, chain: Chain, starts: np.ndarray) -> np.ndarray:
    """Best tags [n] for emissions [n, 7]; `starts` [n] is true at a paragraph's first word."""
    if not len(emissions):
        return np.zeros(0, dtype=int)
    index, mask = chains(starts)
    scores = emissions[index]
    best = chain.first + scores[:, 0]
    back = np.zeros(scores.shape, dtype=int)
    for t in range(1, scores.shape[1]):
        reach = best[:, :, None] + chain.transitions
        back[:, t] = reach.argmax(1)
        step = reach.max(1) + scores[:, t]
        here = mask[:, t, None]
        back[:, t] = np.where(here, back[:, t], np.arange(len(TAGS)))
        best = np.where(here, step, best)
    tag = best.argmax(1)
    out = np.zeros(len(emissions), dtype=int)
    rows = np.arange(len(index))
    for t in range(scores.shape[1] - 1, -1, -1):
        out[index[mask[:, t], t]] = tag[mask[:, t]]
        tag = back[rows, t, tag]
    return out


def marginals(emissions: np.ndarray, chain: Chain, starts: np.ndarray) -> np.ndarray:
    """Probability of each tag at each word [n, 7], by the forward-backward algorithm."""
    if not len(emissions):
        return np.zeros((0, len(TAGS)))
    index, mask = chains(starts)
    scores = emissions[index]
    length = scores.shape[1]
    # A factor that all tags of a word share cancels, so each word's weights are scaled to 1.
    weights = np.exp(scores - scores.max(2, keepdims=True))
    moves = np.exp(chain.transitions)
    forward = np.empty(scores.shape)
    backward = np.ones(scores.shape)
    forward[:, 0] = np.exp(chain.first) * weights[:, 0]
    for t in range(1, length):
        step = (forward[:, t - 1] @ moves) * weights[:, t]
        forward[:, t] = step / step.sum(1, keepdims=True)
    for t in range(length - 2, -1, -1):
        step = (backward[:, t + 1] * weights[:, t + 1]) @ moves.T
        # Past the end of a paragraph there is nothing to come: its last word's weight stays 1.
        backward[:, t] = np.where(mask[:, t + 1, None], step / step.sum(1, keepdims=True), 1.0)
    both = (forward * backward)[mask]
    out = np.empty((len(emissions), len(TAGS)))
    out[index[mask]] = both / both.sum(1, keepdims=True)
    return out


def fragments(tags: Sequence[int], probabilities: np.ndarray | None = None) -> list[Fragment]:
    """Runs of one role, in text order, each with the mean probability of its words' role."""
    out = []
    first = 0
    for i in range(1, len(tags) + 1):
        if i < len(tags) and tags[i] and tags[i] % 2 == 0:
            continue  # an inside tag carries on
        if tags[first]:
            role = ROLES[(tags[first] - 1) // 2]
            p = 1.0
            if probabilities is not None:
                both = probabilities[first:i, [BEGIN[role], INSIDE[role]]]
                p = float(both.sum(1).mean())
            out.append(Fragment(role, first, i, p))
        first = i
    return out


def snap(
    found: Sequence[Fragment], quotations: Sequence[tuple[int, int]], share: float = 0.5
) -> list[Fragment]:
    """Let content that holds the better part of a quotation hold all of it, its marks included.

    Content broken within a quotation is joined.  A quotation with a cue or a source inside is left
    as it is: then it is not one voice's.

    Parameters
    ----------
    quotations : sequence of (first, last)
        Word ranges in quotation marks, marks included, last exclusive; none overlaps another.
    share : float
        Part of a quotation's words that must be content already.
    """
    others = [f for f in found if f.role != "content"]
    contents = [f for f in found if f.role == "content"]
    for a, b in quotations:
        if any(f.first < b and f.last > a for f in others):
            continue
        touching = [f for f in contents if f.first < b and f.last > a]
        held = sum(min(f.last, b) - max(f.first, a) for f in touching)
        if not touching or held < share * (b - a):
            continue
        first = min(a, *(f.first for f in touching))
        last = max(b, *(f.last for f in touching))
        weight = [f.last - f.first for f in touching]
        p = np.average([f.probability for f in touching], weights=weight)
        contents = [f for f in contents if f not in touching]
        contents.append(Fragment("content", first, last, float(p)))
    return sorted([*others, *contents], key=lambda f: f.first)


@dataclass(frozen=True)
class Linked:
    """One attribution in words: its cue, its source if it has one, its content's pieces."""

    cue: Fragment | None
    source: Fragment | None
    content: tuple[Fragment, ...]
    probability: float


#: Probability [words, words + 1] that each of a fragment's words points at each word of the
#: article, the last column for none of them.
Pointers = Callable[[Fragment], np.ndarray]


def best_head(fragment: Fragment, heads: Sequence[Fragment], pointers: Pointers):
    """Head that a fragment most probably points at, and how probably; None where there is none."""
    p = pointers(fragment).mean(0)
    total = np.concatenate([[0.0], np.cumsum(p)])
    scores = [total[head.last] - total[head.first] for head in heads]
    if not scores or max(scores) < p[-1]:
        return None, float(p[-1])
    best = int(np.argmax(scores))
    return heads[best], float(scores[best])


def link(
    found: Sequence[Fragment], pointers: Pointers, starts: np.ndarray | None = None
) -> list[Linked]:
    """Join fragments into attributions, in order of their content.

    A cue that no content points at is dropped, and so is a source that no cue points at: neither
    says anything of who said what.

    Parameters
    ----------
    starts : ndarray [n], optional
        Whether a word is the first of its paragraph; then nothing is joined across paragraphs. Of
        971 pieces that annotators marked in the held-out articles, 3 stand in another paragraph
        than their cue; of those that pointers alone would put there, one in seventeen was right.
    """
    edges = [] if starts is None else np.flatnonzero(starts).tolist()

    def near(heads: list[Fragment], fragment: Fragment) -> list[Fragment]:
        place = bisect_right(edges, fragment.first)
        return [h for h in heads if bisect_right(edges, h.first) == place]

    sources, cues, contents = ([f for f in found if f.role == role] for role in ROLES)
    pieces: dict[Fragment | None, list[tuple[Fragment, float]]] = {}
    out = []
    for content in contents:
        cue, p = best_head(content, near(cues, content), pointers)
        if cue is None:
            out.append(Linked(None, None, (content,), content.probability))
        else:
            pieces.setdefault(cue, []).append((content, p))
    for cue, held in pieces.items():
        source, p = best_head(cue, near(sources, cue), pointers)
        parts = [cue.probability, p, *(c.probability for c, _ in held), *(q for _, q in held)]
        if source is not None:
            parts.append(source.probability)
        out.append(Linked(cue, source, tuple(c for c, _ in held), float(np.mean(parts))))
    return sorted(out, key=lambda linked: linked.content[0].first)
