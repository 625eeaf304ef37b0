"""Where a run speaks of somebody inside a gold statement, and its polarity beside the reader's."""

import pytest

from analysis import tables
from analysis.corpus.gold_polarity import located, polarity_pairs

from .test_gold import articles, gold, said


def scored(*rows):
    """Mentions and scores from (statement, start, target, polarity)."""
    keys = ["statement_id", "start", "target", "polarity"]
    made = [
        dict(zip(keys, row, strict=True)) | {"mention_id": str(i)} for i, row in enumerate(rows)
    ]
    return tables.build("mentions", made)[[*tables.COLUMNS["mentions"]]], tables.build(
        "scores", made
    )


def test_polarity_is_the_mean_over_the_matched_statement():
    truth = gold(("0-10", {}), ("20-30", {}), polarity=[(1, "Bob", 1), (1, "Cy", 0), (2, "Bob", 0)])
    mentions = scored(("a/1", 2, "Bob", 0.5), ("a/1", 5, "Bob", 0.7), ("a/40", 41, "Bob", -1))
    run = (articles(), said(("1-10", {}), ("40-50", {})), *mentions)
    pairs = polarity_pairs(*run, truth)
    assert pairs["n_mentions"].tolist() == [2, 0, 0]
    assert pairs["predicted"][0] == pytest.approx(0.6)
    assert pairs["predicted"][1:].isna().all()


def test_narration_takes_the_mentions_within_the_sentence_that_are_narration():
    narration = {"kind": "narration", "speaker": "The Gull", "group": "narrator"}
    truth = gold(("0-20", narration), polarity=[(1, "Bob", -1)])
    predicted = said(("0-10", narration), ("10-20", {}), ("20-40", narration))
    mentions = scored(("a/0", 3, "Bob", -0.8), ("a/10", 12, "Bob", 1), ("a/20", 22, "Bob", 1))
    pairs = polarity_pairs(articles(), predicted, *mentions, truth)
    assert (pairs["n_mentions"][0], pairs["predicted"][0]) == (1, -0.8)


def test_a_mention_is_located_in_the_statement_that_has_it():
    narration = {"kind": "narration", "speaker": "The Gull", "group": "narrator"}
    truth = gold(("0-20", narration), ("30-40", {}))
    predicted = said(("0-25", narration), ("30-40", {}), ("50-60", {}))
    mentions, _ = scored(
        ("a/0", 3, "Bob", 0), ("a/0", 22, "Bob", 0), ("a/30", 33, "Cy", 0), ("a/50", 55, "Cy", 0)
    )
    found = located(articles(), predicted, mentions, truth)
    assert found[["start", "statement"]].values.tolist() == [[3, 1], [33, 2]]
    assert located(articles("y" * 100), predicted, mentions, truth).empty


def test_what_is_only_thought_counts_as_narration():
    narration = {"kind": "narration", "speaker": "The Gull", "group": "narrator"}
    truth = gold(("0-20", narration), polarity=[(1, "Bob", -1)])
    mentions = scored(("a/5", 6, "Bob", -0.8))
    for act, n in (("thought", 1), ("speech", 0)):
        run = articles(), said(("5-15", {"act": act})), *mentions
        assert polarity_pairs(*run, truth)["n_mentions"].tolist() == [n]
