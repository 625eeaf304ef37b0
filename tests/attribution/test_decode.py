"""Decoding, against brute force over all legal taggings and on fragments drawn by hand."""

from itertools import product

import numpy as np
import pytest

from analysis.attribution.decode import (
    BEGIN,
    INSIDE,
    LEGAL,
    LEGAL_FIRST,
    TAGS,
    Chain,
    Fragment,
    best_head,
    fragments,
    link,
    marginals,
    snap,
    viterbi,
)

S, C, T = (BEGIN[role] for role in ("source", "cue", "content"))
IS, IC, IT = (INSIDE[role] for role in ("source", "cue", "content"))
STARTS = np.array([True, False, False, True, False])


@pytest.fixture
def scores():
    rng = np.random.default_rng(3)
    n = len(TAGS)
    chain = Chain.legal(rng.normal(size=(n, n)), rng.normal(size=n))
    return rng.normal(size=(len(STARTS), n)) * 2, chain


def brute(emissions, chain):
    """All taggings of one paragraph with their scores."""
    out = {}
    for tags in product(range(len(TAGS)), repeat=len(emissions)):
        legal = LEGAL_FIRST[tags[0]] and all(LEGAL[a, b] for a, b in zip(tags, tags[1:]))  # noqa: B905, RUF007
        if legal:
            score = chain.first[tags[0]] + sum(emissions[i, t] for i, t in enumerate(tags))
            out[tags] = score + sum(chain.transitions[a, b] for a, b in zip(tags, tags[1:]))  # noqa: B905, RUF007
    return out


def test_viterbi_is_the_best_of_all_legal_taggings(scores):
    emissions, chain = scores
    got = viterbi(emissions, chain, STARTS)
    for a, b in ((0, 3), (3, 5)):
        every = brute(emissions[a:b], chain)
        assert tuple(got[a:b]) == max(every, key=every.get)


def test_marginals_are_sums_over_all_legal_taggings(scores):
    emissions, chain = scores
    got = marginals(emissions, chain, STARTS)
    assert got.sum(1) == pytest.approx(1)
    for a, b in ((0, 3), (3, 5)):
        every = brute(emissions[a:b], chain)
        total = np.exp(list(every.values())).sum()
        for i, tag in product(range(b - a), range(len(TAGS))):
            mass = sum(np.exp(score) for tags, score in every.items() if tags[i] == tag)
            assert got[a + i, tag] == pytest.approx(mass / total, abs=1e-9)


def test_a_paragraph_beside_a_longer_one_is_tagged_as_if_alone():
    no_tag_twice = Chain.legal(-9.0 * np.eye(len(TAGS)), np.zeros(len(TAGS)))
    emissions = np.eye(len(TAGS))[[C, S, T]]
    assert viterbi(emissions, no_tag_twice, np.array([True, True, False])).tolist() == [C, S, T]


def test_what_all_tags_of_a_word_share_is_nothing_to_its_marginals(scores):
    emissions, chain = scores
    shared = np.array([[800.0], [0.0], [-800.0], [800.0], [5.0]])
    apart = marginals(emissions, chain, STARTS)
    assert marginals(emissions + shared, chain, STARTS) == pytest.approx(apart)


def test_marginals_of_a_long_paragraph(scores):
    _, chain = scores
    emissions = np.random.default_rng(4).normal(size=(2000, len(TAGS)))
    assert marginals(emissions, chain, np.arange(2000) == 0).sum(1) == pytest.approx(1)


def test_inside_never_opens_a_paragraph():
    emissions = np.zeros((3, len(TAGS)))
    emissions[:, IT] = 9
    chain = Chain.legal(np.zeros((len(TAGS), len(TAGS))), np.zeros(len(TAGS)))
    assert viterbi(emissions, chain, np.array([True, False, False])).tolist() == [T, IT, IT]
    assert IT not in viterbi(emissions, chain, np.array([True, True, True]))


def test_no_words():
    chain = Chain.legal(np.zeros((len(TAGS), len(TAGS))), np.zeros(len(TAGS)))
    none = np.zeros((0, len(TAGS)))
    assert viterbi(none, chain, np.zeros(0, bool)).shape == (0,)
    assert marginals(none, chain, np.zeros(0, bool)).shape == (0, len(TAGS))
    assert fragments([]) == []


def test_fragments_split_at_begin_and_at_outside():
    tags = [S, IS, C, T, IT, T, 0, T]
    assert fragments(tags) == [
        Fragment("source", 0, 2),
        Fragment("cue", 2, 3),
        Fragment("content", 3, 5),
        Fragment("content", 5, 6),
        Fragment("content", 7, 8),
    ]


def test_fragment_probability_is_the_mean_of_its_role():
    p = np.zeros((2, len(TAGS)))
    p[0, [T, IT]] = 0.5, 0.25
    p[1, IT] = 0.25
    (fragment,) = fragments([T, IT], p)
    assert fragment.probability == pytest.approx(0.5)


def pointers(rows):
    """Each fragment's words point with certainty at one word, or at none (-1)."""

    def give(fragment):
        out = np.zeros((fragment.last - fragment.first, 13))
        out[:, rows[fragment.first]] = 1.0
        return out

    return give


def test_link_shares_sources_and_joins_pieces():
    source = Fragment("source", 0, 1)
    said, added = Fragment("cue", 1, 2), Fragment("cue", 5, 6)
    a, b, c = (Fragment("content", i, i + 2) for i in (2, 6, 9))
    first, second = link([source, said, a, added, b, c], pointers({1: 0, 5: 0, 2: 1, 6: 5, 9: 1}))
    assert (first.cue, first.source, first.content) == (said, source, (a, c))
    assert (second.cue, second.source, second.content) == (added, source, (b,))


def test_link_drops_what_says_nothing_and_keeps_bare_content():
    source, cue = Fragment("source", 0, 1), Fragment("cue", 1, 2)
    content = Fragment("content", 2, 4)
    (bare,) = link([source, cue, content], pointers({1: 0, 2: -1}))
    assert (bare.cue, bare.source, bare.content) == (None, None, (content,))
    (lone,) = link([source, cue, content], pointers({1: -1, 2: 1}))
    assert (lone.cue, lone.source) == (cue, None)
    assert link([source, cue], pointers({1: 0})) == []


@pytest.mark.parametrize(("of_cue", "p"), [([0.6, 0, 0.4], 0.71), ([0.1, 0, 0.9], 0.7375)])
def test_link_is_as_probable_as_its_parts_and_keeps_the_order_of_content(of_cue, p):
    rows = {1: of_cue, 2: [0, 0.55, 0.45], 6: [0, 0.1, 0.9]}
    found = [
        Fragment("source", 0, 1, 0.9),
        Fragment("cue", 1, 2, 0.8),
        Fragment("content", 2, 4, 0.7),
        Fragment("content", 6, 8, 0.4),
    ]
    linked, bare = link(found, lambda fragment: np.array([rows[fragment.first]]))
    assert (linked.content, bare.content) == ((found[2],), (found[3],))
    assert linked.probability == pytest.approx(p)
    assert bare.probability == 0.4


def test_link_joins_nothing_across_paragraphs():
    far, near = Fragment("cue", 1, 2), Fragment("cue", 5, 6)
    source, content = Fragment("source", 0, 1), Fragment("content", 6, 8)
    starts = np.isin(np.arange(9), (0, 4))
    found = [source, far, near, content]

    def give(fragment):
        column = {"content": [0, 0.6, 0, 0, 0, 0.3], "cue": [0.9, 0, 0, 0, 0, 0]}[fragment.role]
        return np.array([[*column, 0.1]])

    (anywhere,) = link(found, give)
    assert (anywhere.cue, anywhere.source) == (far, source)
    (within,) = link(found, give, starts)
    assert (within.cue, within.source) == (near, None)
    (bare,) = link([source, far, content], give, starts)
    assert (bare.cue, bare.source, bare.content) == (None, None, (content,))


@pytest.mark.parametrize("order", [("source", "cue", "content"), ("content", "cue", "source")])
def test_link_joins_what_opens_a_paragraph(order):
    source, cue, content = (
        Fragment(role, 4 + order.index(role), 5 + order.index(role))
        for role in ("source", "cue", "content")
    )
    give = pointers({content.first: cue.first, cue.first: source.first})
    (got,) = link([source, cue, content], give, np.isin(np.arange(9), (0, 4)))
    assert (got.cue, got.source, got.content) == (cue, source, (content,))


def test_a_head_gathers_the_mass_of_its_words_from_all_words():
    content = Fragment("content", 4, 6)
    heads = [Fragment("cue", 0, 1), Fragment("cue", 1, 3)]

    def give(_):
        return np.array([[0.8, 0.2, 0, 0, 0, 0], [0, 0.4, 0.5, 0, 0, 0.1]])

    head, p = best_head(content, heads, give)
    assert head == heads[1]
    assert p == pytest.approx(0.55)


def test_snap_completes_and_joins_content_within_a_quotation():
    cue = Fragment("cue", 0, 1)
    a, b = Fragment("content", 3, 6, 0.9), Fragment("content", 7, 8, 0.5)
    assert snap([cue, a, b], [(2, 9)]) == [cue, Fragment("content", 2, 9, pytest.approx(0.8))]


def test_snap_keeps_what_stands_outside_the_quotation():
    (got,) = snap([Fragment("content", 0, 5)], [(3, 6)])
    assert (got.first, got.last) == (0, 6)
    (got,) = snap([Fragment("content", 4, 9)], [(3, 6)])
    assert (got.first, got.last) == (3, 9)


@pytest.mark.parametrize("role", ["cue", "content"])
def test_snap_leaves_what_touches_the_quotation_apart(role):
    before, after = Fragment(role, 0, 2), Fragment(role, 6, 8)
    got = snap([before, Fragment("content", 2, 5), after], [(2, 6)])
    assert got == [before, Fragment("content", 2, 6), after]


def test_snap_joins_over_two_quotations():
    pieces = [Fragment("content", a, b) for a, b in ((1, 4), (5, 8), (8, 9))]
    assert snap(pieces, [(0, 6), (7, 10)]) == [Fragment("content", 0, 10)]


@pytest.mark.parametrize(("words", "last"), [(4, 6), (5, 12)])
def test_snap_asks_for_half_of_the_quotation(words, last):
    (got,) = snap([Fragment("content", 2, 2 + words)], [(2, 12)])
    assert got.last == last


def test_snap_leaves_a_small_share_and_other_voices_alone():
    little = [Fragment("content", 2, 4)]
    assert snap(little, [(2, 9)]) == little
    two = [Fragment("content", 2, 6), Fragment("cue", 6, 7)]
    assert snap(two, [(2, 9)]) == two
    assert snap([], [(2, 9)]) == []
