"""Matching: runs of the same words, and what is near enough in meaning."""

import numpy as np
import pytest

from analysis.framing.matching import SHORTEST, embedded, same_meaning, same_text

LONG = "the harbour will be open again before the winter"


def runs(*texts, least=SHORTEST, articles=None):
    words = [text.split() for text in texts]
    return same_text(words, articles or list(range(len(words))), [least] * len(words))


def test_a_run_is_where_the_shared_words_stand():
    assert runs(LONG, f"so {LONG} comes") == [{0: (0, 9), 1: (1, 10)}]


def test_a_run_must_be_as_long_as_each_statement_asks():
    assert runs(LONG, LONG, least=9) == [{0: (0, 9), 1: (0, 9)}]
    assert runs(LONG, LONG, least=10) == []
    words = [LONG.split()[:6], LONG.split(), LONG.split()]
    assert same_text(words, [0, 1, 2], [7, 5, 5]) == [{1: (0, 9), 2: (0, 9)}]


def test_one_article_shares_nothing_with_itself():
    assert runs(LONG, LONG, articles=["a", "a"]) == []


def test_runs_that_overlap_in_one_statement_are_one():
    head, tail = LONG.split()[:6], LONG.split()[3:]
    assert len(runs(" ".join(head), LONG, " ".join(tail))) == 1
    apart = f"{LONG} and nobody has asked the fishermen"
    assert len(runs(LONG, apart, "nobody has asked the fishermen")) == 2


@pytest.mark.parametrize(("angle", "quotations"), [(0.6, 1), (0.7, 0)])
def test_meaning_is_shared_from_the_least_cosine(angle, quotations):
    vectors = np.array([[1, 0], [np.cos(angle), np.sin(angle)]])  # cosines of 0.83 and 0.76
    words = [LONG.split(), "ships can use the port".split()]
    assert len(same_meaning([], words, vectors, 0.8)) == quotations


def test_few_words_have_no_meaning_of_their_own():
    assert same_meaning([], [["yes"], LONG.split()], np.ones((2, 2)) / np.sqrt(2), 0.8) == []


def test_the_encoder_puts_a_paraphrase_nearer_than_another_topic():
    texts = [LONG, "the port reopens before winter comes", "my cat likes fish"]
    first, *rest = embedded(texts)
    near, far = (float(first @ other) for other in rest)
    assert near > 0.6 > 0.3 > far and np.linalg.norm(first) == pytest.approx(1)


def test_a_run_that_is_too_short_for_one_of_two_articles_is_shared_by_none():
    words = [LONG.split()[:6], LONG.split()]
    assert same_text(words, [0, 1], [7, 5]) == []
