"""Intervals: right against a slow version, honest at few articles, the same every time."""

import numpy as np
import pytest

from analysis.framing.intervals import (
    FEWEST_ARTICLES,
    RESAMPLES,
    SEED,
    Interval,
    difference_interval,
    mean_interval,
    ratio_interval,
)

SHAPES = {"normal": None, "mixed": (0.45, 0.35, 0.20), "mostly neutral": (0.12, 0.83, 0.05)}
VALUES = np.array([-0.8, 0.0, 0.7])  # of a statement against, neutral, in favour


def corpus(shape: str, size: int, rng: np.random.Generator):
    """Polarities and articles of one simulated corpus, and the true mean.

    1 to 8 statements an article, intra-article correlation 0.3.
    """
    articles = np.repeat(np.arange(size), rng.integers(1, 9, size))
    base = SHAPES[shape]
    if base is None:
        shared, own = rng.standard_normal(size), rng.standard_normal(len(articles))
        return 0.1 + 0.35 * (np.sqrt(0.3) * shared[articles] + np.sqrt(0.7) * own), articles, 0.1
    # A Dirichlet with concentration c gives a correlation of 1 / (1 + c) within an article.
    chances = rng.dirichlet(np.array(base) * (1 / 0.3 - 1), size).cumsum(axis=1)
    drawn = (rng.random(len(articles))[:, None] > chances[articles]).sum(axis=1).clip(0, 2)
    noise = rng.uniform(-0.15, 0.15, len(articles))
    return VALUES[drawn] + noise, articles, float(np.array(base) @ VALUES)


@pytest.mark.parametrize("size", [5, 8, 20])
@pytest.mark.parametrize("shape", SHAPES)
def test_about_95_of_100_intervals_hold_the_true_mean(shape, size):
    rng = np.random.default_rng(7)
    runs, held = 300, 0
    for _ in range(runs):
        values, articles, truth = corpus(shape, size, rng)
        interval = mean_interval(values, articles)
        held += interval.low <= truth <= interval.high
    # Three standard errors of a share of 0.95 over 300 runs are 0.04.
    assert 0.91 <= held / runs <= 0.99


def test_resampling_single_statements_would_be_too_narrow():
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(200):
        values, _, truth = corpus("mixed", 20, rng)
        interval = mean_interval(values[:60], np.arange(len(values[:60])))  # each its own article
        held += interval.low <= truth <= interval.high
    assert held / 200 < 0.88


def slow(sums, counts, weights):
    """The interval by the book: one draw at a time, standard error from residuals."""
    size = len(sums)
    rng = np.random.default_rng(SEED)
    draws = rng.multinomial(size, np.full(size, 1 / size), size=RESAMPLES)

    def estimate(rows):
        total = counts[rows].sum(axis=0)
        means = sums[rows].sum(axis=0) / total
        influence = ((sums[rows] - means * counts[rows]) / total) @ weights
        return means @ weights, np.sqrt(size / (size - 1) * np.sum(influence**2))

    middle, error = estimate(np.arange(size))
    t = []
    for draw in draws:
        drawn = np.repeat(np.arange(size), draw)
        if (counts[drawn].sum(axis=0) == 0).any():
            continue
        mean, own = estimate(drawn)
        away = abs(mean - middle)
        t.append(0 if away < 1e-12 else np.inf if own < 1e-7 else away / own)
    reach = np.sort(t)[int(np.ceil(0.95 * (len(t) + 1))) - 1] * error
    return middle, middle - reach, middle + reach


@pytest.mark.parametrize("size", [6, 9])
def test_it_agrees_with_the_slow_way(size):
    rng = np.random.default_rng(3)
    counts = rng.integers(1, 6, (size, 2)).astype(float)
    counts[0, 1] = 0  # an article that only one side speaks in
    sums = counts * rng.normal(0, 0.2, (size, 2))
    weights = np.array([1.0, -1.0])
    fast = ratio_interval(sums, counts, weights, bounds=(-9, 9))
    assert (fast.estimate, fast.low, fast.high) == pytest.approx(slow(sums, counts, weights))


def test_the_estimate_is_the_mean_over_statements_not_over_articles():
    interval = mean_interval([1, 0, 0, 0, 0.5, 0.5], ["a", "b", "b", "b", "c", "d"])
    assert interval.estimate == pytest.approx(2 / 6)


def test_order_changes_nothing_and_every_run_is_the_same():
    rng = np.random.default_rng(0)
    values, articles, _ = corpus("mixed", 10, rng)
    first = mean_interval(values, articles)
    mixed = rng.permutation(len(values))
    again = mean_interval(values[mixed], articles[mixed])
    assert (again.low, again.high) == pytest.approx((first.low, first.high))
    assert mean_interval(values, articles) == first


@pytest.mark.parametrize("size", range(FEWEST_ARTICLES))
def test_too_few_articles_have_a_mean_but_no_interval(size):
    interval = mean_interval(np.linspace(-0.5, 0.5, 3 * size), np.repeat(np.arange(size), 3))
    assert np.isnan(interval.low) and np.isnan(interval.high) and interval.sign == 0
    assert np.isnan(interval.estimate) == (size == 0)


def test_articles_that_all_agree_have_no_interval():
    assert np.isnan(mean_interval([0.3] * 6, list("aabcde")).low)


def test_an_interval_stays_on_the_scale():
    interval = mean_interval([-0.9, 0.9, -0.9, 0.9, -0.9], list("abcde"))
    assert -1 <= interval.low < interval.high <= 1


def test_a_difference_within_articles_is_seen_through_what_they_share():
    rng = np.random.default_rng(5)
    articles = np.arange(12)
    mood = rng.normal(0, 0.4, 12)
    one, two = mood + 0.1 + rng.normal(0, 0.02, 12), mood + rng.normal(0, 0.02, 12)
    paired = difference_interval((one, articles), (two, articles))
    apart = difference_interval((one, articles), (two, articles + 100))
    assert paired.estimate == pytest.approx(0.1, abs=0.03) and paired.sign == 1
    assert apart.sign == 0 and apart.high - apart.low > 5 * (paired.high - paired.low)


def test_a_difference_needs_enough_articles_on_both_sides():
    many = (np.linspace(-1, 1, 10), np.arange(10))
    assert np.isnan(difference_interval(many, ([0.1, 0.2, 0.3], [0, 1, 2])).low)


@pytest.mark.parametrize(("low", "high", "sign"), [(-0.2, -0.1, -1), (0.1, 0.2, 1), (-0.1, 0.1, 0)])
def test_the_sign_is_what_the_whole_interval_shows(low, high, sign):
    assert Interval(0.0, low, high).sign == sign


def test_a_level_outside_0_and_1_is_refused():
    with pytest.raises(ValueError, match="level"):
        mean_interval([0.1, 0.2], ["a", "b"], level=95)
