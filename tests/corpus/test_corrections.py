"""Coders' files: appended, withdrawn, torn, locked, and never rewritten."""

import csv
import multiprocessing
import os

import pytest
from filelock import FileLock

from analysis.corpus import corrections
from analysis.corpus.corrections import CorrectionError, append, read, undo
from analysis.corpus.decisions import COLUMNS, Decision

SHA = "a" * 64


def decide(field="speaker", value="Ada Vane", start=0, end=9, **more):
    return Decision(SHA, "talks", start, end, field, value, **more)


def values(corpus):
    rows = read(corpus).decisions
    return list(rows[["coder", "field", "value"]].itertuples(index=False, name=None))


def lines(corpus, coder="anna"):
    return (corpus / "gold" / f"{coder}.csv").read_text(encoding="utf-8").splitlines()


def test_a_decision_is_one_line_and_is_read_again(tmp_path):
    append(tmp_path, "anna", [decide()])
    assert lines(tmp_path)[0] == ",".join(COLUMNS)
    assert len(lines(tmp_path)) == 2
    row = read(tmp_path).decisions.iloc[0]
    assert (row["statement_start"], row["statement_end"], row["value"]) == (0, 9, "Ada Vane")


def test_the_latest_decision_of_a_coder_wins(tmp_path):
    for coder, value in (("anna", "direct"), ("ben", "mixed"), ("anna", "block")):
        append(tmp_path, coder, [decide("kind", value)])
    assert sorted(values(tmp_path)) == [("anna", "kind", "block"), ("ben", "kind", "mixed")]


def test_undo_is_one_more_line_and_brings_back_what_was_before(tmp_path):
    append(tmp_path, "anna", [decide("kind", "direct")])
    stroke = [decide("kind", "block"), decide("polarity", "against", target="Ben Holt")]
    before = lines(tmp_path)
    time = append(tmp_path, "anna", stroke)
    undo(tmp_path, "anna", stroke[0], time)
    assert lines(tmp_path)[: len(before)] == before
    assert len(lines(tmp_path)) == len(before) + 3
    assert values(tmp_path) == [("anna", "kind", "direct")]


def test_no_two_strokes_share_a_time_even_where_the_clock_stands_still(tmp_path, monkeypatch):
    class Clock(corrections.datetime):
        @classmethod
        def now(cls, zone):
            return cls(2020, 1, 2, tzinfo=zone)

    monkeypatch.setattr(corrections, "datetime", Clock)
    times = [append(tmp_path, "anna", [decide("kind", "direct")]) for _ in range(3)]
    assert len(set(times)) == 3 and times == sorted(times)


@pytest.mark.parametrize("torn", [b'aaa,"tal', b"aaa,talks,0,9,,kind,direct,anna,2020-01-0"])
def test_a_torn_line_is_reported_and_the_next_starts_afresh(tmp_path, torn):
    append(tmp_path, "anna", [decide("kind", "direct")])
    with (tmp_path / "gold" / "anna.csv").open("ab") as file:
        file.write(torn)
    assert values(tmp_path) == [("anna", "kind", "direct")]
    append(tmp_path, "anna", [decide("act", "speech")])
    coded = read(tmp_path)
    assert set(coded.decisions["field"]) == {"kind", "act"}
    assert len(coded.problems) == 1 and "line 3 is passed over" in coded.problems[0]


def test_a_header_torn_in_the_first_write_costs_only_itself(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "anna.csv").write_bytes(b"sha256,arti")
    append(tmp_path, "anna", [decide()])
    assert values(tmp_path) == [("anna", "speaker", "Ada Vane")]


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (decide("mood", "bad"), "'mood' is none of the fields"),
        (decide("kind", "sung"), "kind cannot be 'sung', only direct"),
        (decide("speaker", "  "), "speaker cannot be ''"),
        (decide("polarity", "against"), "polarity needs target"),
        (decide("kind", "direct", target="Ada Vane"), "kind has no target"),
        (decide(start=9, end=9), "before it starts"),
        (Decision("abc", "talks", 0, 9, "kind", "direct"), "no SHA-256"),
    ],
)
def test_what_is_not_allowed_is_not_written(tmp_path, decision, reason):
    with pytest.raises(CorrectionError, match=reason):
        append(tmp_path, "anna", [decide(), decision])
    assert not (tmp_path / "gold" / "anna.csv").exists()


@pytest.mark.parametrize(
    "name",
    ["statements", "polarity", "readme", "../anna", "a/b", "Anna", "", ".anna", "con", "a b"],
)
def test_names_that_cannot_be_a_coders(tmp_path, name):
    with pytest.raises(CorrectionError, match="cannot be a coder's name"):
        append(tmp_path, name, [decide()])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["=1+1", "@dockers", "-x", "+x", "'quoted", 'A, “B” and "C"'])
def test_no_cell_can_become_a_formula_and_every_name_comes_back(tmp_path, name):
    append(tmp_path, "anna", [decide(value=name)])
    with (tmp_path / "gold" / "anna.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert values(tmp_path) == [("anna", "speaker", name)]


def test_a_line_break_in_a_name_stays_one_line(tmp_path):
    append(tmp_path, "anna", [decide(value="Ada\nVane")])
    assert len(lines(tmp_path)) == 2
    assert values(tmp_path) == [("anna", "speaker", "Ada Vane")]


def test_other_files_of_the_folder_are_no_coders(tmp_path):
    append(tmp_path, "anna", [decide()])
    gold = tmp_path / "gold"
    (gold / "statements.csv").write_text("sha256,article_id,statement\n", encoding="utf-8")
    (gold / "notes.csv").write_text("something,else\n1,2\n", encoding="utf-8")
    coded = read(tmp_path)
    assert len(coded.decisions) == 1
    assert len(coded.problems) == 1 and "notes.csv: is no coder's file" in coded.problems[0]
    with pytest.raises(CorrectionError, match="no coder's file"):
        append(tmp_path, "notes", [decide()])


def test_a_line_in_another_coders_file_is_reported(tmp_path):
    append(tmp_path, "anna", [decide()])
    os.rename(tmp_path / "gold" / "anna.csv", tmp_path / "gold" / "ben.csv")
    coded = read(tmp_path)
    assert coded.decisions.empty and "by 'anna', in the file of 'ben'" in coded.problems[0]


def test_a_spreadsheets_byte_order_mark_and_line_ends_are_read(tmp_path):
    append(tmp_path, "anna", [decide()])
    path = tmp_path / "gold" / "anna.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    append(tmp_path, "anna", [decide("kind", "direct")])
    assert len(values(tmp_path)) == 2 and read(tmp_path).problems == []


def test_a_locked_file_is_waited_for_and_then_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(corrections, "PATIENCE", 0.05)
    (tmp_path / "gold").mkdir()
    with (
        FileLock(tmp_path / "gold" / ".anna.lock"),
        pytest.raises(CorrectionError, match="another program has locked"),
    ):
        append(tmp_path, "anna", [decide()])
    append(tmp_path, "anna", [decide()])


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    append(tmp_path, "anna", [decide()])
    before = lines(tmp_path)

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(corrections.os, "fsync", full)
    with pytest.raises(CorrectionError, match=r"cannot be written .*No space left"):
        append(tmp_path, "anna", [decide("kind", "direct")])
    assert lines(tmp_path) == before


def write_some(corpus, value, n):
    for _ in range(n):
        append(corpus, "anna", [decide("kind", value), decide("act", "speech")])


def test_two_notebooks_do_not_overwrite_one_another(tmp_path):
    context = multiprocessing.get_context("fork" if os.name == "posix" else "spawn")
    jobs = [
        context.Process(target=write_some, args=(tmp_path, kind, 25))
        for kind in ("direct", "mixed")
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert [job.exitcode for job in jobs] == [0, 0]
    rows = list(csv.DictReader(lines(tmp_path)))
    kinds = [row["value"] for row in rows if row["field"] == "kind"]
    assert sorted(kinds) == ["direct"] * 25 + ["mixed"] * 25
    assert [row["field"] for row in rows] == ["kind", "act"] * 50  # no stroke is interleaved
    assert len({row["time"] for row in rows}) == 50
    assert read(tmp_path).problems == []


def test_a_day_that_no_calendar_has_is_passed_over_and_stops_nobody_from_saving(tmp_path):
    append(tmp_path, "anna", [decide("kind", "direct")])
    path = tmp_path / "gold" / "anna.csv"
    *_, last = lines(tmp_path)
    torn = last.replace(last[last.rindex(",") + 1 :][:10], "2026-02-30")
    path.write_text(path.read_text(encoding="utf-8") + torn + "\n", encoding="utf-8")
    append(tmp_path, "anna", [decide("kind", "block")])
    assert values(tmp_path) == [("anna", "kind", "block")]
    (problem,) = read(tmp_path).problems
    assert "line 3" in problem and "is no time such as" in problem


def test_the_gold_annotation_is_passed_over_without_a_word(tmp_path):
    append(tmp_path, "anna", [decide()])
    for name in ("statements", "polarity", "polarity_second"):
        file = tmp_path / "gold" / f"{name}.csv"
        file.write_text("sha256,article_id,statement,kind\n", encoding="utf-8")
    assert read(tmp_path).problems == []
