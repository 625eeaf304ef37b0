"""Export: nothing that an article says may become a formula, and nothing may be lost."""

import csv as reader
import io

import pandas as pd
import pytest
from small import make_corpus

from analysis import export, tables
from analysis.pipeline import run


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text):
    frame = pd.DataFrame({"content": [text]})
    (row,) = list(reader.DictReader(io.StringIO(export.csv(frame), newline="")))
    assert row["content"] == f"'{text}"
    assert frame["content"].tolist() == [text]  # the table itself is left alone


@pytest.mark.parametrize("text", ["", "plain", "a=b", "“=1”", " =1", "'"])
def test_other_texts_stay(text):
    assert export.spreadsheet_safe(pd.DataFrame({"content": [text]}))["content"][0] == text


def test_numbers_stay_numbers():
    frame = pd.DataFrame({"polarity": [-0.25, None], "start": pd.array([-3, None], dtype="Int64")})
    assert export.csv(frame) == "polarity,start\r\n-0.25,-3\r\n,\r\n"


def test_a_column_that_mixes_text_and_numbers_is_quoted_only_where_it_is_text():
    frame = pd.DataFrame({"value": ["=1", -1]}, dtype=object)
    assert export.csv(frame) == "value\r\n'=1\r\n-1\r\n"


def test_write_tables_as_csv_and_parquet(tmp_path):
    rows = [{"statement_id": "a-1", "content": "=cmd()", "start": 0, "end": 6, "kind": "direct"}]
    frame = tables.build("statements", rows)
    written = export.write_tables({"statements": frame}, tmp_path / "new")
    assert [path.name for path in written] == ["statements.csv", "statements.parquet"]
    back = pd.read_parquet(written[1])
    assert tables.check("statements", back).equals(frame)
    assert "'=cmd()" in written[0].read_text(encoding="utf-8")


def test_every_table_of_a_run_is_written(tmp_path):
    result = run(make_corpus(tmp_path / "corpus"), cache=None, progress=False, engine="rules")
    written = export.write_tables(result.tables(), tmp_path / "out")
    assert {path.name for path in written} == {
        f"{name}.{ending}" for name in tables.COLUMNS for ending in ("csv", "parquet")
    }
    for name, columns in tables.COLUMNS.items():
        assert list(pd.read_csv(tmp_path / "out" / f"{name}.csv"))[: len(columns)] == list(columns)
