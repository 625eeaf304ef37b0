"""Matching: which statements of one speaker hold the same words, or mean the same.

- ``text``: at least `SHORTEST` words in a row are the same, in lower case and without marks
  (`REPORTED` in indirect speech). Runs that overlap are one quotation, so that articles which cut
  one sentence differently meet.
- ``meaning``: the sentence embeddings of two statements have a cosine of at least `ALIKE`, which
  finds a quotation in one article as a paraphrase in another. The embedding is the mean of the base
  encoder's token vectors (Reimers and Gurevych, *Sentence-BERT*, EMNLP 2019). A quotation's
  embedding is the mean of its statements'; quotations are merged while the least alike of their
  parts are alike enough (complete linkage), so that no chain of small steps joins strangers.

The threshold is a judgement, made on PolNeAR's training articles: of 158,431 pairs of statements by
sources of one surname in different articles that share no five words in a row, 11 have a cosine of
0.8 or more, and most of these are one thing said twice; the 23 between 0.75 and 0.8 are as often
two things. Of the 74 pairs that do share words, 70% reach 0.8.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from analysis.framing.wordshift import STOP

SHORTEST = 5  # words in a row
REPORTED = 8  # in indirect speech, whose words are the narrator's: five are soon a mere name
TELLING = 2  # of them, at least so many that are no function words
ALIKE = 0.8
LONGEST = 256  # word pieces that are embedded; the encoder was trained on no longer ones
Embed = Callable[[Sequence[str]], np.ndarray]
Members = dict[int, tuple[int, int] | None]  # statement -> its run of shared words, if it has one


def same_text(words: list[list[str]], articles: list[str], least: list[int]) -> list[Members]:
    """Statements that share runs of words, by run.

    `least` is the length of run that ties each statement; all three lists are in one order.
    """
    spots: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for i, said in enumerate(words):
        for at in range(len(said) - SHORTEST + 1):
            spots[tuple(said[at : at + SHORTEST])].append((i, at))
    kept = {gram: at for gram, at in spots.items() if len({articles[i] for i, _ in at}) > 1}
    shared = {spot: gram for gram, at in kept.items() for spot in at}
    root = {gram: gram for gram in kept}

    def find(gram):
        while root[gram] != gram:
            root[gram] = gram = root[root[gram]]
        return gram

    ordered = sorted(shared.items())
    for ((i, at), gram), ((j, after), other) in pairwise(ordered):
        if i == j and after < at + SHORTEST:  # runs of one statement that overlap are one
            root[find(gram)] = find(other)
    runs: dict[tuple, Members] = defaultdict(dict)
    for (i, at), gram in ordered:
        members = runs[find(gram)]
        start, end = members.get(i, (at, at + SHORTEST))
        if at < end:
            members[i] = (start, at + SHORTEST)
    found = []
    for members in runs.values():
        kept = {i: (start, end) for i, (start, end) in members.items() if end - start >= least[i]}
        telling = any(
            sum(word not in STOP for word in words[i][start:end]) >= TELLING
            for i, (start, end) in kept.items()
        )
        if telling and len({articles[i] for i in kept}) > 1:
            found.append(kept)
    return found


def same_meaning(
    quotations: list[Members], words: list[list[str]], vectors: np.ndarray, alike: float
) -> list[Members]:
    """Quotations, and statements that belong to none, merged where their embeddings are alike."""
    taken = {i for members in quotations for i in members}
    single = [{i: None} for i, said in enumerate(words) if i not in taken and len(said) >= SHORTEST]
    units = [*quotations, *single]
    if len(units) < 2:
        return quotations
    centres = np.array([vectors[list(members)].mean(axis=0) for members in units])
    merged = fcluster(linkage(centres, "complete", metric="cosine"), 1 - alike, "distance")
    clusters: dict[int, Members] = defaultdict(dict)
    for cluster, members in zip(merged, units, strict=True):
        for i, run in members.items():
            clusters[cluster][i] = clusters[cluster].get(i) or run
    return [members for members in clusters.values() if len(members) > 1]


def embedded(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors [n, 384] of texts: the mean of the base encoder's token vectors."""
    from analysis import encoder  # here, since it loads torch, which charts do without

    model, tokenizer = encoder.base_model(), encoder.tokenizer()

    def pooled(input_ids, attention_mask):
        hidden = model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask[..., None].to(hidden.dtype)
        return (hidden * mask).sum(1) / mask.sum(1)

    rows = [{"input_ids": ids[:LONGEST]} for ids in tokenizer(list(texts))["input_ids"]]
    vectors = np.array(encoder.run(pooled, rows))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
