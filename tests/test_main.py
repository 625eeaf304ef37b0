"""The command line: what it prints, what it refuses, and its exit codes."""

import csv
import io
import json

import numpy as np
import pytest
from small import WordScorer, make_corpus

from analysis import pipeline
from analysis.__main__ import DONE, REFUSED, USAGE, main
from analysis.corpus.corrections import append
from analysis.corpus.decisions import Decision
from analysis.reading.walk import Walk
from analysis.tables import COLUMNS

COMMANDS = (
    "run",
    "statements",
    "score",
    "add",
    "fetch",
    "validate",
    "audit",
    "agreement",
    "dehydrate",
    "read",
    "report",
    "doctor",
)


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "corpus")


@pytest.fixture
def article(corpus):
    return corpus / "articles" / "2020-01-02-talks.md"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert "usage:" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [[], ["unheard-of"], ["statements"], ["score"]])
def test_wrong_usage_exits_with_2(argv, capsys):
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == USAGE
    assert "usage:" in capsys.readouterr().err


def test_statements_as_json_lines(corpus, article, capsys):
    assert main(["statements", str(article), "--cast", str(corpus / "cast.toml")]) == DONE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    text = article.read_text(encoding="utf-8").split("---\n\n", 1)[1]
    assert "".join(row["content"] for row in rows) == text
    assert all(list(row) == list(COLUMNS["statements"]) for row in rows)
    holt = next(row for row in rows if row["speaker"] == "Ben Holt")
    assert holt["kind"] == "direct"
    assert len(holt["spans"]) == 2
    narration = next(row for row in rows if row["kind"] == "narration")
    assert narration["speaker"] == "Harbour Post"
    assert narration["source_start"] is None


def test_statements_as_csv(corpus, article, capsys):
    argv = ["statements", str(article), "--format", "csv", "--cast", str(corpus / "cast.toml")]
    assert main(argv) == DONE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == list(COLUMNS["statements"])
    assert {row["speaker"] for row in rows} >= {"Ben Holt", "Ada Vane"}


def test_the_date_decides_who_holds_an_office(corpus, tmp_path, capsys):
    path = tmp_path / "plain.txt"
    path.write_text("“No,” the mayor said.", encoding="utf-8")
    argv = ["statements", str(path), "--cast", str(corpus / "cast.toml"), "--published"]
    main([*argv, "2020-01-01"])
    assert json.loads(capsys.readouterr().out.splitlines()[0])["speaker"] == "Ada Vane"
    main([*argv, "2001-01-01"])
    assert json.loads(capsys.readouterr().out.splitlines()[0])["speaker"] != "Ada Vane"


def test_a_bad_file_is_refused_and_the_others_printed(corpus, article, tmp_path, capsys):
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    argv = ["statements", str(empty), str(article), "--cast", str(corpus / "cast.toml")]
    assert main(argv) == REFUSED
    out, err = capsys.readouterr()
    assert "Ben Holt" in out
    assert err.count("\n") == 1 and str(empty) in err and "is empty" in err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no cast file"),
        ("title = ", "not valid TOML"),
        ('[[actor]]\nid = "a"\nname = "A"\ngroup = "x"\n', "which no [[group]] declares"),
        (
            '[[group]]\nid = "x"\nname = "X"\n'
            '[[actor]]\nid = "a"\nname = "A"\ngroup = "x"\naliases = ["Smith"]\n'
            '[[actor]]\nid = "b"\nname = "B"\ngroup = "x"\naliases = ["Smith"]\n',
            "both claim the alias 'smith'",
        ),
    ],
    ids=["missing", "malformed", "unknown group", "one alias, two actors"],
)
def test_a_bad_cast_gets_one_line(article, tmp_path, capsys, content, reason):
    cast = tmp_path / "other.toml"
    if content is not None:
        cast.write_text(content, encoding="utf-8")
    assert main(["statements", str(article), "--cast", str(cast)]) == USAGE
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and str(cast) in err and reason in err


def lines(tmp_path, *rows):
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows) + "\n")
    return path


def test_scores_come_in_the_order_given(tmp_path, capsys):
    texts = ["The mayor is a liar and a coward.", "Everyone praised the mayor warmly."]
    rows = [{"text": t, "start": t.index("mayor"), "end": t.index("mayor") + 5} for t in texts]
    assert main(["score", "--input", str(lines(tmp_path, *rows)), "--quiet"]) == DONE
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["text"] for row in said] == texts
    for row in said:
        p = [row[f"p_{name}"] for name in ("negative", "neutral", "positive")]
        assert sum(p) == pytest.approx(1, abs=2e-4)  # each has four decimals
        assert row["polarity"] == pytest.approx(p[2] - p[0], abs=2e-6)
    assert said[0]["polarity"] < -0.3 < 0.3 < said[1]["polarity"]


def test_a_line_that_cannot_be_scored_keeps_its_place(tmp_path, capsys):
    good = {"text": "The mayor spoke.", "start": 4, "end": 9}
    path = lines(tmp_path, "not json", good, {"text": "x"}, {"text": "x", "start": 0, "end": 9})
    assert main(["score", "--input", str(path), "--quiet"]) == REFUSED
    out, err = capsys.readouterr()
    said = [json.loads(line) for line in out.splitlines()]
    assert ["error" in row for row in said] == [True, False, True, True]
    assert np.isfinite(said[1]["polarity"])
    assert err.count("refused:") == 3 and "line 1" in err


def test_a_missing_model_folder_gets_one_line(tmp_path, capsys):
    path = lines(tmp_path, {"text": "The mayor spoke.", "start": 4, "end": 9})
    model = tmp_path / "no-such-model"
    assert main(["score", "--input", str(path), "--model", str(model)]) == USAGE
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "no-such-model" in err


def test_run_writes_tables_and_figures(corpus, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["run", "--corpus", str(corpus), "--out", str(out), "--quiet"]) == DONE
    names = {path.name for path in out.iterdir()}
    stems = {name.split(".")[0] for name in names if name.endswith(".alt.txt")}
    endings = (".png", ".svg", "-dark.png", "-dark.svg", ".csv", ".alt.txt")
    assert names == {f"{stem}{end}" for stem in stems for end in endings} | {"tables"}
    assert (out / "tables" / "statements.csv").exists()
    printed = capsys.readouterr().out
    assert "2 articles" in printed and f"{len(stems)} figures" in printed


def test_an_audit_that_could_not_be_kept_is_refused_before_it_is_made(corpus, capsys, monkeypatch):
    def refuse(dir):
        raise PermissionError(13, "Permission denied", str(dir))

    monkeypatch.setattr("analysis.commands.TemporaryFile", refuse)
    monkeypatch.setattr("analysis.pipeline.run", lambda *_, **__: pytest.fail("it was made"))
    assert main(["audit", "--corpus", str(corpus), "--quiet"]) == USAGE
    assert f"{corpus}: cannot be written to (Permission denied)" in capsys.readouterr().err


def test_without_annotations_validate_says_so_and_prints_no_empty_table(corpus, capsys):
    assert main(["validate", "--corpus", str(corpus), "--quiet"]) == DONE
    told = capsys.readouterr()
    assert "nobody has annotated these articles" in told.err
    assert told.out == ""


def test_validate_rectifies_the_means_by_a_random_sample_alone(corpus, capsys):
    options = {"scorer": WordScorer(), "progress": False, "cache": None}
    result = pipeline.run(corpus, **options)
    Walk(result, "anna", corpus, order="random").take({"do": "confirm"})
    Walk(result, "ben", corpus, order="random").take({"do": "skip"})
    assert main(["validate", "--corpus", str(corpus), "--quiet"]) == DONE
    assert "rectified" in capsys.readouterr().out
    (corpus / "gold/anna.csv").unlink()
    last = Walk(result, "ben", corpus, order="random")
    last.here = list(last.sheet.rows)[-1]
    last.take({"do": "confirm"})
    assert main(["validate", "--corpus", str(corpus), "--quiet"]) == DONE
    told = capsys.readouterr()
    assert "rectified" not in told.out and "no random sample has been read" in told.err


def test_add_then_run_with_the_new_article(corpus, tmp_path, capsys):
    mine = tmp_path / "mine.txt"
    mine.write_text("“Vane is a thief,” Holt said.", encoding="utf-8")
    argv = ["add", str(mine), "--corpus", str(corpus), "--outlet", "Gull"]
    assert main([*argv, "--published", "2020-02-03"]) == DONE
    assert main(["run", "--corpus", str(corpus), "--out", str(tmp_path / "o"), "--quiet"]) == DONE
    assert "3 articles" in capsys.readouterr().out


def test_what_is_said_of_a_new_article_wins_and_the_help_says_so(capsys):
    with pytest.raises(SystemExit):
        main(["add", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "its outlet, in place of what the source tells" in told


def test_fetch_without_a_list_says_what_to_write(corpus, capsys):
    assert main(["fetch", "--corpus", str(corpus), "--quiet"]) == USAGE
    assert "sources.csv" in capsys.readouterr().err


def test_a_missing_corpus_gets_one_line(tmp_path, corpus, capsys):
    argv = ["run", "--corpus", str(tmp_path / "nowhere"), "--cast", str(corpus / "cast.toml")]
    assert main([*argv, "--quiet"]) == USAGE
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "nowhere" in err


@pytest.mark.parametrize(
    "argv",
    [
        ["run", "--corpus", "{nowhere}"],
        ["agreement", "--corpus", "{nowhere}"],
        ["dehydrate", "--corpus", "{nowhere}"],
        ["read", "2020-01-02-talks", "--corpus", "{corpus}", "-o", "{corpus}"],
        ["report", "--corpus", "{corpus}", "-o", "{corpus}"],
        ["run", "--corpus", "{corpus}", "--out", "{corpus}/cast.toml"],
        ["run", "--corpus", "{corpus}", "--out", "{corpus}/cast.toml/figures"],
        ["score", "--input", "{nowhere}"],
        ["dehydrate", "--corpus", "{corpus}"],  # it has no press articles
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_before_any_work(tmp_path, corpus, capsys, monkeypatch, argv):
    def work(*_, **__):
        raise AssertionError("a model was loaded first")

    monkeypatch.setattr("analysis.polarity.scorer.load_scorer", work)
    monkeypatch.setattr("analysis.pipeline.load_scorer", work)
    places = {"corpus": corpus, "nowhere": tmp_path / "nowhere"}
    assert main([part.format(**places) for part in argv]) == USAGE
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and str(tmp_path) in err and "Errno" not in err
    assert not (tmp_path / "nowhere").exists()


def test_agreement_of_coders_is_printed(corpus, capsys):
    assert main(["agreement", "--corpus", str(corpus)]) == DONE
    out, err = capsys.readouterr()
    assert not out and "nobody has coded these articles" in err
    about = ("a" * 64, "talks", 0, 9)
    # The cast took up Holt only after one of them had named him.
    anna, ben = (
        (("kind", "direct"), ("speaker", "Holt")),
        (("kind", "block"), ("speaker", "Ben Holt")),
    )
    append(corpus, "anna", [Decision(*about, *said) for said in anna])
    append(corpus, "ben", [Decision(*about, *said) for said in ben])
    assert main(["agreement", "--corpus", str(corpus)]) == DONE
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line]
    assert lines[0][-2:] == ["alpha", "reading"]
    told = {line[0]: line[1:6] for line in lines}
    assert told["kind"] == ["nominal", "2", "1", "1", "0.000"]
    assert told["speaker"] == ["nominal", "2", "1", "1", "1.000"]
    with (corpus / "gold" / "anna.csv").open("a") as file:
        file.write("torn")
    assert main(["agreement", "--corpus", str(corpus)]) == REFUSED
    assert "line 4 is passed over" in capsys.readouterr().err


def test_what_is_printed_is_utf_8_with_one_line_end_whatever_the_system(tmp_path, monkeypatch):
    printed = io.BytesIO()
    windows = io.TextIOWrapper(printed, encoding="cp1252", newline="\r\n")
    monkeypatch.setattr("sys.stdout", windows)
    article = tmp_path / "a.txt"
    article.write_text("“Хорошо,” said Lena Kova.", encoding="utf-8")
    cast = make_corpus(tmp_path / "corpus") / "cast.toml"
    assert main(["statements", str(article), "--cast", str(cast), "--format", "csv"]) == DONE
    windows.flush()
    said = printed.getvalue()
    assert "Хорошо".encode() in said and b"\r\r" not in said
