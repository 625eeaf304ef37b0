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
        ("cyd", "kind", 0, "direct"),  # who may not have come to the targets yet
    )
    assert units(table, "target").iloc[0].to_dict() == {"anna": "yes", "ben": "no"}
    row = found(agreement(table), "target")
    assert (row["units"], row["n"], row["same"]) == (1, 1, 0)


def blind(*pairs):
    """Two who have confirmed every statement; each pair is whom either names, "v" or "h"."""
    rows = []
    for i, pair in enumerate(pairs):
        for coder, names in zip(("anna", "ben"), pair, strict=True):
            rows += [(coder, "target", i, "yes", name) for name in names]
            rows.append((coder, "confirmed", i, "yes"))
    return found(agreement(decisions(*rows)), "target")


def test_alpha_of_targets_tends_to_the_share_that_both_name():
    named = [("v", "v")] * 30 + [("v", "")] * 5 + [("", "v")] * 5
    alone, among = blind(*named), blind(*named, *[("", "")] * 960)
    for row in (alone, among):
        assert (row["units"], row["n"], row["same"]) == (40, 40, 0.75)
    assert alone["alpha"] < 0  # where every statement names him, nothing else can be told
    share = 2 * 30 / (2 * 30 + 5 + 5)
    assert among["alpha"] == pytest.approx(share, abs=0.01)
    assert among["reading"] == "reliable"
    assert blind(*named, *[("", "")] * 60)["reading"] == "tentative"


def test_who_agree_on_every_target_agree():
    row = blind(*[("v", "v"), ("h", "h")] * 10)
    assert (row["n"], row["same"], row["alpha"]) == (FEWEST, 1, 1)
    assert row["reading"] == "reliable"


def test_of_whom_nobody_knows_whether_they_read_on_alpha_takes_what_they_gave():
    rows = [
        (c, "target", i, v, "Vane") for c in ("anna", "ben") for i, v in ((0, "yes"), (1, "no"))
    ]
    assert found(agreement(decisions(*rows)), "target")["alpha"] == 1


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


def test_a_share_is_from_none_to_all():
    rows = [(f"a{i // 4}", "group", "union", "union" if i < 2 else "mayor", "") for i in range(20)]
    rows = [(*row[:4], AGREED if row[2] == row[3] else APPLIED) for row in rows]
    row = found(against_machine(account(*rows)), "group")
    assert row["same"] == pytest.approx(0.1)
    assert 0 <= row["ci_low"] <= row["ci_high"] <= 1


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
