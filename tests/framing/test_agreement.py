"""Krippendorff's alpha, against the worked example of the literature and by hand."""

import krippendorff
import numpy as np
import pandas as pd
import pytest

from analysis.framing.agreement import agreement, alpha, ratings, signs
from analysis.tables import NEUTRAL

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers.
NAN = np.nan
EXAMPLE = pd.DataFrame(
    {
        "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        "c": [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    }
)


@pytest.mark.parametrize(
    ("level", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_is_that_of_the_literature(level, expected):
    found = alpha(EXAMPLE, level, cluster=None)
    assert found["alpha"] == pytest.approx(expected, abs=5e-4)
    assert found["n"] == 11  # the last unit has one rating only
    assert np.isnan(found["ci_low"])


def table(n=60, noise=0.1, seed=0):
    rng = np.random.default_rng(seed)
    true = rng.uniform(-1, 1, n)
    return pd.DataFrame(
        {
            "article_id": [f"a{i % 6}" for i in range(n)],
            "gold": np.sign(true) * (abs(true) > 1 / 3),
            "one": np.clip(true + rng.normal(0, noise, n), -1, 1),
            "other": rng.uniform(-1, 1, n),
        }
    )


def test_the_interval_holds_the_estimate_and_is_repeatable():
    found = alpha(table()[["article_id", "one", "other"]], resamples=100)
    assert found["ci_low"] < found["alpha"] < found["ci_high"]
    assert found == alpha(table()[["article_id", "one", "other"]], resamples=100)


def test_the_interval_is_wider_where_articles_hold_more_of_one_kind():
    rows = table(120, noise=0.3)
    rows["other"] = np.where(rows["article_id"].isin(["a0", "a1"]), -rows["one"], rows["one"])
    alone = rows.assign(article_id=range(len(rows)))
    wide, narrow = (alpha(t[["article_id", "one", "other"]]) for t in (rows, alone))
    assert wide["alpha"] == narrow["alpha"]
    assert wide["ci_high"] - wide["ci_low"] > 1.5 * (narrow["ci_high"] - narrow["ci_low"])


def test_one_article_gives_no_interval():
    found = alpha(table().assign(article_id="a")[["article_id", "one", "other"]], resamples=10)
    assert np.isfinite(found["alpha"]) and np.isnan(found["ci_low"])


def test_the_interval_goes_from_one_articles_alpha_to_the_others():
    # Of two articles every fourth draw is one alone, twice.
    one = pd.DataFrame({"article_id": "a", "x": [-1.0, 0.0, 1.0], "y": [-1.0, 0.0, 0.5]})
    other = pd.DataFrame({"article_id": "b", "x": [-1.0, 0.0, 1.0], "y": [1.0, 0.0, -0.5]})
    found = alpha(pd.concat([one, other]))
    ends = [alpha(pd.concat([alone, alone]))["alpha"] for alone in (other, one)]
    assert [found["ci_low"], found["ci_high"]] == pytest.approx(ends)
    # Where one alone says nothing, it is of the other draws.
    found = alpha(pd.concat([one, other.assign(x=0.0, y=0.0)]))
    assert np.isfinite([found["ci_low"], found["ci_high"]]).all()


@pytest.mark.parametrize("values", [[0.0, 0.0], [NAN, NAN]])
def test_where_nothing_varies_there_is_no_alpha(values):
    rows = pd.DataFrame({"article_id": ["a", "b"], "x": [0.0, 0.0], "y": values})
    assert np.isnan(alpha(rows)["alpha"])


@pytest.mark.parametrize("size", [1.0, 0.03])
def test_alpha_of_polarities_is_that_of_the_package(size):
    rows = table(20, noise=0.3)[["one", "other"]] * size
    rows.loc[3, "other"] = NAN
    rows["third"] = rows["one"].where(rows.index % 3 > 0)
    package = krippendorff.alpha(rows.to_numpy().T, level_of_measurement="interval")
    assert alpha(rows, cluster=None)["alpha"] == pytest.approx(package)


def test_agreement_tells_a_good_model_from_chance():
    found = agreement(table(), resamples=50).set_index(["raters", "level"])
    assert found.loc[("gold, one", "ordinal"), "alpha"] > 0.8
    assert abs(found.loc[("gold, other", "ordinal"), "alpha"]) < 0.3
    # Against the gold, which has only signs, no other level is told.
    assert list(found.index) == [
        ("gold, one", "ordinal"),
        ("gold, other", "ordinal"),
        ("one, other", "ordinal"),
        ("one, other", "interval"),
    ]


def test_a_second_reader_is_compared_by_signs_alone_and_is_no_model():
    rows = table().assign(**{"second reader": lambda t: t["gold"]})
    found = agreement(rows, resamples=10).set_index(["raters", "level"])
    assert found.loc[("gold, second reader", "ordinal"), "alpha"] == 1
    assert [r for r, level in found.index if level == "interval"] == ["one, other"]
    assert not any(r.count(",") > 1 for r, _ in found.index)


def test_three_models_are_compared_all_together_too():
    rows = table().assign(third=lambda t: t["one"])
    assert "one, other, third" in set(agreement(rows, resamples=10)["raters"])


def test_signs_leave_what_is_missing():
    rows = pd.DataFrame({"article_id": "a", "x": [-0.5, -NEUTRAL, 0.2, NEUTRAL, 0.5, NAN]})
    found = signs(rows)
    assert found["x"].tolist()[:5] == [-1, 0, 0, 0, 1] and np.isnan(found["x"][5])
    assert found["article_id"].equals(rows["article_id"])


def pairs(predicted):
    return pd.DataFrame(
        {
            "article_id": ["a", "a"], "statement": [1, 2], "target": ["x", "y"],
            "voice": ["speakers", "narration"], "polarity": [-1, 0], "predicted": predicted,
        }
    )  # fmt: skip


def test_ratings_stand_side_by_side():
    made = ratings({"one": pairs([-0.5, NAN]), "other": pairs([0.1, 0.2])})
    assert list(made.columns) == ["article_id", "voice", "gold", "one", "other"]
    assert made["gold"].tolist() == [-1, 0] and made["other"].tolist() == [0.1, 0.2]
    renumbered = pairs([0.1, 0.2]).set_axis([7, 3])
    assert ratings({"one": renumbered, "other": pairs([0, 0])})["one"].tolist() == [0.1, 0.2]
    for key, value in (("article_id", "b"), ("statement", 3), ("target", "z")):
        with pytest.raises(ValueError, match="other was compared with other gold rows"):
            ratings({"one": pairs([0, 0]), "other": pairs([0, 0]).assign(**{key: value})})
    with pytest.raises(ValueError, match="no model"):
        ratings({})


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="nominal, ordinal, interval"):
        alpha(table(), "ratio of sorts")
