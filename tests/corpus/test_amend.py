"""What people decided, on the tables of a run over the small dispute."""

import pandas as pd
import pytest
from small import FIRST, WordScorer, make_corpus

from analysis import pipeline
from analysis.corpus import press
from analysis.corpus.account import (
    ABSENT,
    AGREED,
    APPLIED,
    ASIDE,
    CHANGED,
    CONTRADICTED,
    CUT,
    KNOWN,
    OUTSIDE,
    OWN,
    UNRATED,
    VOICELESS,
)
from analysis.corpus.corrections import append
from analysis.corpus.decisions import Decision
from analysis.corpus.formats import sha256
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED, TableError

TALKS = "2020-01-02-talks"
HOLT, VANE_SAID, OFFICIAL, NARRATED = "The mayor has lied", "that Holt was", "a good start", "Talks"


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "corpus")


@pytest.fixture
def before(corpus):
    return run(corpus)


def run(corpus, **options):
    settings = {"scorer": WordScorer(), "progress": False, "cache": None, "engine": "rules"}
    return pipeline.run(corpus, **settings | options)


def statement(result, words, article=TALKS):
    rows = result.statements
    own = rows[(rows["article_id"] == article) & rows["content"].str.contains(words, regex=False)]
    return own.iloc[0]


def correct(corpus, row, *fields, coder="anna", sha=None, **changes):
    """Each of `fields` is (field, value) or (field, value, target)."""
    about = {"article_id": row["article_id"], "start": row["start"], "end": row["end"]} | changes
    sha = sha or sha256(FIRST)
    names = ("field", "value", "target")
    append(
        corpus,
        coder,
        [Decision(sha, **about, **dict(zip(names, one, strict=False))) for one in fields],
    )


def states(result):
    return {(row.field, row.target): row.status for row in result.corrections.itertuples()}


@pytest.mark.parametrize(
    ("fields", "speaker", "group", "named"),
    [
        ([("speaker", "Ada Vane")], "Ada Vane", "mayor", True),
        ([("speaker", "Dockers")], "Dockers", "union", False),
        ([("speaker", "Unresolved")], "Unresolved", UNRESOLVED, False),
        ([("speaker", "Cyd Marsh")], "Cyd Marsh", OTHERS, True),
        ([("speaker", "Cyd Marsh"), ("group", "union")], "Cyd Marsh", "union", True),
        ([("speaker", "Unnamed aide"), ("group", "mayor")], "Unnamed aide", "mayor", False),
    ],
)
def test_a_corrected_speaker(corpus, before, fields, speaker, group, named):
    correct(corpus, statement(before, HOLT), *fields)
    result = run(corpus)
    row = statement(result, HOLT)
    assert (row["speaker"], row["group"], row["named"]) == (speaker, group, named)
    assert row["resolution"] == "corrected by anna"
    assert row["corrected"].split(";")[0] == "speaker"
    others = result.statements[result.statements["statement_id"] != row["statement_id"]]
    assert (others["corrected"] == "").all()
    assert statement(before, HOLT)["speaker"] == "Ben Holt"


def test_a_corrected_speaker_is_no_target_of_their_own(corpus, before):
    row = statement(before, HOLT)
    assert "Ada Vane" in set(before.evidence.query("statement_id == @row.statement_id")["target"])
    correct(corpus, row, ("speaker", "Ada Vane"), ("target", "no", "Ada Vane"))
    result = run(corpus)
    assert row["statement_id"] not in set(result.evidence["statement_id"])
    assert any("2 values are corrected by hand, by anna" in note for note in result.notes)
    # The program alone took her for spoken of, and so it stays in what it alone has.
    told = result.corrections.set_index("field")
    assert tuple(told.loc["target", ["machine", "value", "status"]]) == ("yes", "no", APPLIED)
    for name in ("statements", "mentions", "scores"):
        pd.testing.assert_frame_equal(result.machine[name], getattr(before, name))


def test_narration_that_is_speech_and_speech_that_is_narration(corpus, before):
    correct(corpus, statement(before, NARRATED), ("kind", "indirect"), ("speaker", "Ben Holt"))
    correct(corpus, statement(before, OFFICIAL), ("kind", "narration"))
    result = run(corpus)
    told, said = statement(result, OFFICIAL), statement(result, NARRATED)
    assert (told["speaker"], told["group"], told["act"]) == ("Harbour Post", NARRATOR, "")
    assert pd.isna(told["source_start"])
    assert (said["speaker"], said["kind"], said["act"]) == ("Ben Holt", "indirect", "speech")
    assert said["corrected"] == "speaker;kind"


def test_what_only_confirms_the_machine_changes_nothing(corpus, before):
    row = statement(before, HOLT)
    correct(
        corpus,
        row,
        ("speaker", "Ben Holt"),
        ("kind", row["kind"]),
        ("target", "yes", "Ada Vane"),
        ("confirmed", "yes"),
    )
    result = run(corpus)
    assert set(result.corrections["status"]) == {AGREED}
    for name in ("statements", "mentions", "scores", "frames"):
        pd.testing.assert_frame_equal(getattr(before, name), getattr(result, name))


def test_who_was_coded_before_the_cast_knew_them_is_theirs_in_the_cast(corpus, before):
    row = statement(before, OFFICIAL)
    correct(corpus, row, ("speaker", "ben teller"), ("polarity", "against", "Teller"))
    cast = corpus / "cast.toml"
    entry = '[[actor]]\nid = "teller"\nname = "Benjamin Teller"\ngroup = "mayor"\n'
    told = entry + 'aliases = ["Ben Teller", "Teller"]\n'
    cast.write_text(cast.read_text(encoding="utf-8") + told, encoding="utf-8")
    result = run(corpus)
    said = statement(result, OFFICIAL)
    assert (said["speaker"], said["group"]) == ("Benjamin Teller", "mayor")
    assert set(result.corrections["status"]) == {APPLIED, OWN}


def test_two_who_differ_on_an_added_target_are_not_told_that_one_forgot(corpus, before):
    row = statement(before, NARRATED)
    correct(corpus, row, ("polarity", "favour", "Ben Holt"))
    correct(corpus, row, ("polarity", "against", "Ben Holt"), coder="ben")
    result = run(corpus)
    added = result.corrections[result.corrections["target"] == "Ben Holt"]
    assert set(added["status"]) == {CONTRADICTED}


def test_a_polarity_that_is_confirmed_is_the_persons_from_then_on(corpus, before):
    row = statement(before, HOLT)
    correct(corpus, row, ("polarity", "against", "Ada Vane"))
    result = run(corpus)
    assert set(result.corrections["status"]) == {AGREED}
    moved = before.scores["polarity"].ne(result.scores["polarity"])
    assert before.scores.loc[moved, "polarity"].tolist() == pytest.approx([-0.7])
    assert result.scores.loc[moved, "polarity"].tolist() == [-1.0]
    assert result.scores.loc[moved, "corrected"].tolist() == ["polarity"]
    assert any(note.startswith("1 of 7 polarities are as people gave") for note in result.notes)
    alone = run(corpus, corrections=False)
    pd.testing.assert_frame_equal(alone.scores, before.scores)
    assert not any("as people gave" in note for note in alone.notes)


def test_a_corrected_polarity_stands_beside_the_models(corpus, before):
    row = statement(before, HOLT)
    correct(corpus, row, ("polarity", "favour", "Ada Vane"))
    result = run(corpus)
    mine = result.evidence.query("statement_id == @row.statement_id")
    assert mine["polarity"].tolist() == [1.0]
    assert mine["p_negative"].tolist() == [0.8]
    assert result.scores.query("corrected == 'polarity'").shape[0] == mine["n_mentions"].sum()
    assert result.machine["scores"].equals(before.scores)


def test_targets_are_added_and_removed(corpus, before):
    correct(corpus, statement(before, HOLT), ("target", "no", "Ada Vane"))
    correct(corpus, statement(before, OFFICIAL), ("polarity", "against", "Dockers"))
    result = run(corpus)
    held = result.evidence.set_index(["statement_id", "target"])["polarity"]
    assert (statement(before, HOLT)["statement_id"], "Ada Vane") not in held.index
    assert held[statement(before, OFFICIAL)["statement_id"], "Dockers"] == -1.0
    assert statement(result, HOLT)["corrected"] == "target"
    assert statement(result, OFFICIAL)["corrected"] == "target"
    assert set(states(result).values()) == {APPLIED}


@pytest.mark.parametrize(
    ("words", "fields", "field", "status"),
    [
        (NARRATED, [("speaker", "Ben Holt")], "speaker", VOICELESS),
        (HOLT, [("speaker", "Cyd Marsh"), ("group", "cooks")], "group", OUTSIDE),
        (HOLT, [("group", "mayor")], "group", KNOWN),
        (HOLT, [("polarity", "against", "Cyd Marsh")], "polarity", OUTSIDE),
        (HOLT, [("target", "yes", "Dockers")], "target", UNRATED),
        (HOLT, [("polarity", "against", "Ben Holt")], "polarity", OWN),
    ],
)
def test_what_cannot_be_applied_is_told(corpus, before, words, fields, field, status):
    correct(corpus, statement(before, words), *fields)
    result = run(corpus)
    rows = result.corrections
    assert rows.loc[rows["field"] == field, "status"].tolist() == [status]
    assert any(status in note for note in result.notes)
    pd.testing.assert_frame_equal(before.scores, result.scores)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"sha": "b" * 64}, CHANGED),
        ({"sha": "b" * 64, "article_id": "gone"}, ABSENT),
        ({"start": 1}, CUT),
        ({"article_id": "renamed"}, APPLIED),
    ],
)
def test_only_the_same_text_cut_alike_is_corrected(corpus, before, change, status):
    correct(corpus, statement(before, HOLT), ("speaker", "Ada Vane"), **change)
    result = run(corpus)
    assert states(result) == {("speaker", ""): status}
    applied = statement(result, HOLT)["speaker"] == "Ada Vane"
    assert applied == (status == APPLIED)
    assert any(status in note for note in result.notes) != applied


def test_what_coders_contradict_stays_as_the_machine_has_it(corpus, before):
    row = statement(before, HOLT)
    correct(corpus, row, ("speaker", "Ada Vane"), ("kind", "block"))
    correct(corpus, row, ("speaker", "Cyd Marsh"), ("kind", "block"), coder="ben")
    result = run(corpus)
    assert states(result) == {("speaker", ""): CONTRADICTED, ("kind", ""): APPLIED}
    told = result.corrections.set_index("field").loc["speaker"]
    assert (told["value"], told["machine"]) == ("anna: Ada Vane; ben: Cyd Marsh", "Ben Holt")
    new = statement(result, HOLT)
    assert (new["speaker"], new["kind"], new["corrected"]) == ("Ben Holt", "block", "kind")


def test_corrections_can_be_set_aside(corpus, before):
    row = statement(before, HOLT)
    correct(corpus, row, ("speaker", "Ada Vane"), ("polarity", "favour", "Ada Vane"))
    result = run(corpus, corrections=False)
    assert states(result)["speaker", ""] == ASIDE
    for name in ("statements", "mentions", "scores", "frames"):
        pd.testing.assert_frame_equal(getattr(before, name), getattr(result, name))


def test_an_article_without_its_text_is_corrected_too(corpus):
    path = corpus / "press" / "texts" / "wire.txt"
    path.parent.mkdir(parents=True)
    text = "“Holt never listens,” Vane said.\n"
    path.write_text(text, encoding="utf-8")
    row = dict.fromkeys(["author", "url", "characters", "words"], "")
    row |= {"article_id": "wire", "outlet": "Wire", "published": "2020-01-04", "title": "Wire"}
    manifest = corpus / "press" / "manifest.csv"
    pd.DataFrame([row | {"sha256": sha256(text)}]).to_csv(manifest, index=False)
    full = run(corpus)
    stored = (full.articles, full.statements, full.mentions, full.scores)
    press.dehydrate(*stored, corpus / "press")
    path.unlink()
    said = full.statements.query("article_id == 'wire'").iloc[0]
    about = [("speaker", "Cyd Marsh"), ("polarity", "favour", "Ben Holt")]
    correct(corpus, said, *about, sha=sha256(text))
    dry = run(corpus)
    assert dry.dehydrated == ["wire"]
    assert dry.evidence.query("article_id == 'wire'")["polarity"].tolist() == [1.0]
    assert set(states(dry).values()) == {APPLIED, AGREED}
    tabled = (dry.articles, dry.statements, dry.mentions, dry.scores)
    with pytest.raises(TableError, match="hold corrections"):
        press.dehydrate(*tabled, corpus / "press")
