"""The checks of tables, and spans as text."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.tables import (
    ACTS,
    COLUMNS,
    HEADLINE,
    KINDS,
    TableError,
    build,
    check,
    counted,
    spans_from_text,
    spans_to_text,
)


@pytest.mark.parametrize("name", COLUMNS)
def test_an_empty_table_has_its_columns_and_types(name):
    frame = build(name, [])
    assert list(frame.columns) == list(COLUMNS[name])
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
        column: str(dtype) for column, dtype in build(name, [{}][:0]).dtypes.items()
    }
    assert frame.empty


def test_what_a_row_lacks_is_missing():
    frame = build("statements", [{"statement_id": "a/0", "kind": "direct", "start": 3}])
    [row] = frame.to_dict("records")
    assert (row["start"], row["source"], row["kind"]) == (3, "", "direct")
    assert pd.isna(row["source_start"]) and pd.isna(row["named"]) and pd.isna(row["confidence"])


def test_build_does_not_take_unknown_columns():
    assert "nonsense" not in build("scores", [{"nonsense": 1}])


def test_extra_columns_stay_on_the_right():
    frame = build("frames", [{"holder": "unions", "target": "mayor"}])
    frame.insert(0, "note", "x")
    assert list(check("frames", frame).columns) == [*COLUMNS["frames"], "note"]


def test_columns_are_put_in_order():
    frame = build("frames", [{"holder": "unions", "target": "mayor"}])
    assert list(check("frames", frame[frame.columns[::-1]]).columns) == list(COLUMNS["frames"])


def test_check_twice_changes_nothing():
    once = build("mentions", [{"mention_id": "a/0/5", "start": 5, "end": 9, "surface": "Kane"}])
    pd.testing.assert_frame_equal(check("mentions", once), once)


def test_check_leaves_its_argument_alone():
    frame = pd.DataFrame({column: [None] for column in COLUMNS["frames"]}, dtype="object")
    before = frame.copy()
    check("frames", frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_missing_column_is_named():
    with pytest.raises(TableError, match=r"'scores' lacks the column\(s\) model, revision"):
        check("scores", build("scores", []).drop(columns=["model", "revision"]))


@pytest.mark.parametrize("value", ["three", 2.5])
def test_a_value_of_the_wrong_type_is_refused(value):
    with pytest.raises(TableError, match="mentions"):
        build("mentions", [{"mention_id": "a", "start": value}])


def test_an_unknown_kind_is_refused():
    with pytest.raises(TableError, match=r"unknown kind\(s\) \['rumour'\]"):
        build("statements", [{"kind": "rumour"}])
    assert len(build("statements", [{"kind": kind} for kind in KINDS])) == len(KINDS)


def test_speech_and_narration_are_counted_and_nothing_else():
    rows = [{"kind": "direct", "act": act} for act in ACTS]
    rows += [{"kind": "narration", "act": act} for act in (HEADLINE, "")]
    assert list(counted(build("statements", rows))["act"]) == ["speech", ""]
    with pytest.raises(TableError, match=r"unknown act\(s\) \['rumour'\]"):
        build("statements", [{"kind": "direct", "act": "rumour"}])


def test_an_unknown_table_is_a_key_error():
    with pytest.raises(KeyError):
        build("rumours", [])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9))))
def test_spans_survive_as_text(spans):
    assert spans_from_text(spans_to_text(spans)) == spans


def test_spans_as_text():
    assert spans_to_text([(120, 211), (230, 240)]) == "120-211;230-240"
    assert spans_from_text("") == [] and spans_to_text([]) == ""
