"""Marked texts as JSON Lines: what is scored, what is refused, and where it says it stands."""

import io
import json

import numpy as np
import pytest
from small import WordScorer

from analysis.__main__ import DONE, REFUSED, USAGE, main
from analysis.lines import read, scored
from analysis.polarity.scorer import ModelError

GOOD = {"text": "The mayor spoke.", "start": 4, "end": 9}


@pytest.fixture
def told(tmp_path, capsys):
    """What `score` prints of a file's bytes, as objects, with its errors and its exit code."""

    def run(data: bytes):
        path = tmp_path / "in.jsonl"
        path.write_bytes(data)
        code = main(["score", "--input", str(path), "--model", "vader", "--quiet"])
        out, err = capsys.readouterr()
        out.encode("utf-8")  # what a terminal or a file has to do with it
        rows = [json.loads(line, parse_constant=pytest.fail) for line in out.split("\n")[:-1]]
        return rows, err, code

    return run


def lines(*rows: dict | str) -> bytes:
    return "\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows).encode()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (GOOD | {"text": "The mayor \ud83d spoke."}, "character 10 of text is half of a pair"),
        (GOOD | {"start": 4.7}, "start has to be a whole number"),
        (GOOD | {"start": "4"}, "start has to be a whole number"),
        (GOOD | {"start": True}, "start has to be a whole number"),
        (GOOD | {"end": None}, "end has to be a whole number"),
        (GOOD | {"text": ["The", "mayor"]}, "needs an object with text"),
        (GOOD | {"end": 99}, "outside the text"),
        (GOOD | {"weight": float("nan")}, "not JSON"),
        (json.dumps(GOOD)[:-1] + ', "weight": 1e999}', "not JSON"),
        ("NaN", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('"a text"', "needs an object with text"),
    ],
    ids=lambda value: str(value)[:60].encode("ascii", "replace").decode(),
)
def test_a_line_that_cannot_be_scored_stops_no_other(told, row, reason):
    rows, err, code = told(lines(GOOD, "", row, GOOD))
    assert code == REFUSED
    assert ["error" in row for row in rows] == [False, True, False]
    assert reason in rows[1]["error"]
    assert err.count("\n") == 1 and f"in.jsonl, line 3: {rows[1]['error']}" in err


def test_half_a_character_beside_the_text_comes_back_as_it_was(told):
    ((row,), _, code) = told(lines(GOOD | {"id": "\ud83d"}))
    assert code == DONE and row["id"] == "\ud83d" and "polarity" in row


def test_a_whole_number_may_be_written_with_a_point(told):
    ((row,), _, code) = told(lines(GOOD | {"start": 4.0}))
    assert code == DONE and "polarity" in row


def test_scores_take_the_place_of_earlier_ones(told):
    ((row,), _, _) = told(lines(GOOD | {"polarity": "mine", "error": "of an earlier run"}))
    assert isinstance(row["polarity"], float) and "error" not in row


def test_a_separator_inside_a_text_ends_no_line(told):
    text = "The mayor spoke.\u2028And left."
    raw = json.dumps(GOOD | {"text": text}, ensure_ascii=False).encode()
    rows, _, code = told(raw + b"\r\n" + raw)
    assert code == DONE and [row["text"] for row in rows] == [text, text]


def test_a_byte_order_mark_belongs_to_no_line(told, capsys, monkeypatch):
    marked = b"\xef\xbb\xbf" + lines(GOOD)
    assert told(marked)[2] == DONE
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(marked)))
    assert main(["score", "--input", "-", "--model", "vader", "--quiet"]) == DONE
    assert "polarity" in json.loads(capsys.readouterr().out)


def test_offsets_are_counted_in_the_text_as_it_came(told):
    apart = "Jose\u0301 met the mayor."
    start = apart.index("mayor")
    row = {"text": apart, "start": start, "end": start + 5}
    assert read_back(told, row)["text"] == apart
    assert "error" not in read_back(told, row | {"end": len(apart)})


def read_back(told, row: dict) -> dict:
    ((back,), _, _) = told(json.dumps(row, ensure_ascii=False).encode())
    return back


def test_text_of_another_encoding_is_refused_as_an_article_of_it_is(told, tmp_path, capsys):
    raw = json.dumps(GOOD | {"text": "Der Bürgermeister"}, ensure_ascii=False).encode("cp1252")
    rows, err, code = told(raw)
    assert code == USAGE and not rows
    article = tmp_path / "article.txt"
    article.write_bytes("Der Bürgermeister sprach.".encode("cp1252"))
    assert main(["statements", str(article)]) == REFUSED
    said = capsys.readouterr().err
    reason = err.split("in.jsonl: ")[1]
    assert "iconv -f WINDOWS-1252" in reason and said.split("article.txt: ")[1] == reason


def test_what_the_model_cannot_read_is_refused_alone(tmp_path):
    class Narrow(WordScorer):
        def score(self, items, progress=True):
            if any(len(item.text) > 40 for item in items):
                raise ModelError("too long")
            return super().score(items, progress)

    path = tmp_path / "in.jsonl"
    path.write_bytes(lines(*[GOOD] * 2, GOOD | {"text": "The mayor " + "spoke " * 20}, *[GOOD] * 2))
    done = scored(read(str(path)), Narrow(), progress=False)
    assert [line.error for line in done] == ["", "", "too long", "", ""]
    assert np.isfinite([line.row["polarity"] for line in done if not line.error]).all()
