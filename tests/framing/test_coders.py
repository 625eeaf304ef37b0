"""Agreement of coders with one another, and of the machine with them."""

import numpy as np
import pandas as pd
import pytest

from analysis.corpus.account import AGREED, APPLIED, ASIDE, CONTRADICTED
from analysis.corpus.decisions import COLUMNS
from analysis.framing.coders import FEWEST, LEVELS, against_machine, agreement, units
from analysis.tables import build


def decisions(*rows):
    """Each row is (coder, field, start, value) or (coder, field, start, value, target)."""
    made = []
    for coder, field, start, value, *target in rows:
        at = {"sha256": "a" * 64, "article_id": "talks", "statement_start": start}
        at |= {"statement_end": start + 1, "time": "2020-01-02T00:00:00.000000Z"}
        what = {"coder": coder, "field": field, "value": value, "target": "".join(target)}
        made.append(at | what)
    return pd.DataFrame(made, columns=COLUMNS)


def found(table, field):
    return table.set_index("field").loc[field]


def test_nobody_has_coded():
    table = agreement(decisions())
    assert table["field"].tolist() == list(LEVELS)
    assert (table["n"] == 0).all() and table["alpha"].isna().all()
    assert set(table["reading"]) == {"no unit has two coders"}


def test_alpha_of_a_known_table():
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example B.
    one, two = "aabbdcccedda", "babbbccceddd"
    rows = [("anna", "speaker", i, v) for i, v in enumerate(one)]
    rows += [("ben", "speaker", i, v) for i, v in enumerate(two)]
    row = found(agreement(decisions(*rows)), "speaker")
    assert (row["coders"], row["units"], row["n"]) == (2, 12, 12)
    assert row["same"] == pytest.approx(9 / 12)
    assert row["alpha"] == pytest.approx(0.692, abs=5e-4)
    assert row["reading"] == f"too few units to tell (under {FEWEST})"


def rated(*pairs):
    rows = []
    for i, pair in enumerate(pairs):
        both = zip(("anna", "ben"), pair, strict=True)
        rows += [(coder, "polarity", i, value, "Vane") for coder, value in both if value]
    return agreement(decisions(*rows))


def test_polarity_is_ordinal_so_that_a_near_miss_costs_less():
    rest = [("against", "against"), ("neutral", "neutral"), ("favour", "favour")] * 10
    near = found(rated(*rest, ("against", "neutral")), "polarity")
    far = found(rated(*rest, ("against", "favour")), "polarity")
    assert near["level"] == "ordinal"
    assert near["same"] == far["same"]
    assert near["alpha"] > far["alpha"]
    assert near["reading"] == "reliable"


def test_chance_is_not_reliable():
    pairs = [(a, b) for a in ("against", "favour") for b in ("against", "favour")] * 6
    row = found(rated(*pairs), "polarity")
    assert row["alpha"] == pytest.approx(0, abs=0.05)
    assert row["reading"] == "not reliable"


def test_one_value_everywhere_has_no_alpha():
    row = found(rated(*[("neutral", "neutral")] * 30), "polarity")
    assert np.isnan(row["alpha"]) and row["reading"].startswith("undefined")


def test_what_one_coder_alone_gave_is_no_agreement():
    row = found(rated(("neutral", "neutral"), ("against", ""), ("", "favour")), "polarity")
    assert (row["units"], row["n"]) == (3, 1)


def test_who_confirmed_without_a_target_holds_that_it_is_not_meant():
    table = decisions(
        ("anna", "target", 0, "yes", "Vane"),
        ("ben", "confirmed", 0, "yes"),
    )
    assert units(table, "target").iloc[0].to_dict() == {"anna": "yes", "ben": "no"}


def test_three_coders_of_whom_one_has_a_gap():
    rows = [("anna", "kind", i, v) for i, v in enumerate(["direct", "block", "direct"])]
    rows += [("ben", "kind", i, v) for i, v in enumerate(["direct", "block", "mixed"])]
    rows += [("cyd", "kind", 0, "direct")]
    row = found(agreement(decisions(*rows)), "kind")
    assert (row["coders"], row["n"]) == (3, 3)
    assert row["same"] == pytest.approx(2 / 3)
    assert 0 < row["alpha"] < 1


def account(*rows):
    names = ("article_id", "field", "machine", "value", "status")
    return build("corrections", [dict(zip(names, row, strict=True)) for row in rows])


def test_the_machine_against_people():
    table = against_machine(
        account(
            *[(f"a{i // 4}", "speaker", "Vane", "Vane", AGREED) for i in range(15)],
            *[(f"a{i}", "speaker", "Vane", "Holt", APPLIED) for i in range(5)],
            ("a1", "speaker", "Vane", "anna: Holt; ben: Vane", CONTRADICTED),
            ("a1", "polarity", "", "favour", APPLIED),  # a target that only people saw
            ("a1", "kind", "block", "block", AGREED),
            ("a2", "act", "speech", "thought", ASIDE),  # of a run without corrections
        )
    )
    row = found(table, "speaker")
    assert (row["n"], row["n_articles"], row["same"]) == (20, 5, 0.75)
    assert row["ci_low"] <= 0.75 <= row["ci_high"]
    assert (row["contradicted"], row["reading"]) == (1, "")
    assert found(table, "polarity")["reading"] == "nobody has coded it"
    assert found(table, "kind")["reading"].startswith("too few units")
    assert tuple(found(table, "act")[["n", "same"]]) == (1, 0)
