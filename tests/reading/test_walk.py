"""The walk through statements, as messages and what is shown, without a widget."""

import json

import pandas as pd
import pytest
from small import SECOND, WordScorer, make_corpus

from analysis import pipeline
from analysis.corpus import corrections, sampling
from analysis.corpus.corrections import CorrectionError
from analysis.reading.walk import Walk

WALK_OUT = "2020-01-03-walk-out"


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "corpus")


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return run(make_corpus(tmp_path_factory.mktemp("module") / "corpus"))


def run(corpus):
    options = {"progress": False, "cache": None, "engine": "rules"}
    return pipeline.run(corpus, scorer=WordScorer(), **options)


@pytest.fixture
def walk(result, corpus):
    return Walk(result, "anna", corpus, order="text")


def kept(corpus, coder="anna"):
    rows = corrections.read(corpus).decisions
    own = rows[rows["coder"] == coder]
    return {(row.field, row.target): row.value for row in own.itertuples()}


def go_to(walk, words):
    """Skip to the statement with these words."""
    view = walk.take({"do": "show"})
    while words not in marked(view, "statement"):
        view = walk.take({"do": "skip"})
        assert view["said"] != {"note": "this is the last one"}
    return view


def marked(view, mark):
    return "".join(run["text"] for run in view["passage"] if mark in run["marks"])


def decide(walk, field, value, target=""):
    return walk.take({"do": "decide", "field": field, "value": value, "target": target})


def test_a_view_shows_the_whole_article_and_what_is_marked_in_it(walk):
    view = go_to(walk, "Holt never listens")
    assert "".join(run["text"] for run in view["passage"]) == SECOND
    assert marked(view, "source") == "the mayor" and marked(view, "cue") == "said"
    assert [run["text"] for run in view["passage"] if run["target"]] == ["Holt"]
    assert view["fields"]["speaker"]["value"] == "Ada Vane"
    assert view["targets"][0]["value"] == "against"
    json.dumps(view)


def test_the_least_sure_come_first_and_a_shuffle_is_the_same_each_time(result, corpus):
    unsure = Walk(result, "anna", corpus)
    order = [unsure.sheet.rows[where]["confidence"] for where in unsure.sheet.rows]
    assert order == sorted(order)
    shuffled = [list(Walk(result, "anna", corpus, order="random").sheet.rows) for _ in range(2)]
    assert shuffled[0] == shuffled[1] != list(unsure.sheet.rows)


def test_each_decision_is_in_the_file_at_once(walk, corpus):
    go_to(walk, "Holt never listens")
    view = decide(walk, "speaker", "Holt")
    assert view["said"]["saved"].startswith("saved at ")
    assert view["fields"]["speaker"] == {
        "value": "Ben Holt", "machine": "Ada Vane", "mine": True, "open": True,
    }  # fmt: skip
    assert view["fields"]["group"]["value"] == "union"
    assert kept(corpus) == {("speaker", ""): "Ben Holt"}


def test_confirming_keeps_all_that_is_shown_and_goes_on(walk, corpus):
    before = go_to(walk, "Holt never listens")
    view = walk.take({"do": "confirm"})
    assert view["statement"] != before["statement"] and view["done"] == 1
    assert kept(corpus) == {
        ("kind", ""): "direct", ("speaker", ""): "Ada Vane", ("act", ""): "speech",
        ("target", "Ben Holt"): "yes", ("polarity", "Ben Holt"): "against",
        ("confirmed", ""): "yes",
    }  # fmt: skip


def test_undo_takes_back_stroke_by_stroke_and_goes_there(walk, corpus):
    start = go_to(walk, "Holt never listens")
    decide(walk, "kind", "block")
    walk.take({"do": "confirm"})
    view = walk.take({"do": "undo"})
    assert view["statement"] == start["statement"] and view["done"] == 0
    assert kept(corpus) == {("kind", ""): "block"}
    assert walk.take({"do": "undo"})["fields"]["kind"]["value"] == "direct"
    assert kept(corpus) == {}
    assert "nothing to undo" in walk.take({"do": "undo"})["said"]["note"]


def test_a_speaker_outside_the_cast_has_a_group_of_its_own(walk, corpus):
    go_to(walk, "Holt never listens")
    assert "is given" in decide(walk, "group", "union")["said"]["error"]
    decide(walk, "speaker", "Cyd  Marsh")
    view = decide(walk, "group", "union")
    assert view["fields"]["group"]["value"] == "union"
    assert {"value": "Cyd Marsh", "label": "Cyd Marsh", "group": "union"} in view["choices"][
        "speaker"
    ]
    assert kept(corpus) == {("speaker", ""): "Cyd Marsh", ("group", ""): "union"}


def test_narration_has_no_speaker_until_it_is_speech(walk, corpus):
    go_to(walk, "walked out")
    assert "change its kind first" in decide(walk, "speaker", "Ben Holt")["said"]["error"]
    view = decide(walk, "kind", "indirect")
    assert view["fields"]["speaker"]["value"] == "Unresolved"
    assert decide(walk, "speaker", "Ben Holt")["fields"]["speaker"]["value"] == "Ben Holt"


def test_a_target_is_kept_once_it_has_a_polarity(walk, corpus):
    go_to(walk, "Holt never listens")
    view = walk.take({"do": "target", "target": "Dockers"})
    assert [(one["name"], one["state"]) for one in view["targets"]] == [
        ("Ben Holt", "meant"), ("Dockers", "pending"),
    ]  # fmt: skip
    assert "how does it speak of Dockers" in walk.take({"do": "confirm"})["said"]["error"]
    assert kept(corpus) == {}
    decide(walk, "polarity", "favour", "Dockers")
    assert kept(corpus) == {("target", "Dockers"): "yes", ("polarity", "Dockers"): "favour"}


def test_undo_takes_a_waiting_target_before_what_was_decided_elsewhere(walk, corpus):
    go_to(walk, "Holt never listens")
    walk.take({"do": "confirm"})
    before = kept(corpus)
    here = walk.take({"do": "target", "target": "Dockers"})["statement"]
    view = walk.take({"do": "undo"})
    assert view["statement"] == here and "Dockers is taken away" in view["said"]["note"]
    assert "Dockers" not in [one["name"] for one in view["targets"]]
    assert kept(corpus) == before
    assert walk.take({"do": "undo"})["done"] == 0 and kept(corpus) == {}


@pytest.mark.parametrize(
    "message",
    [
        {"do": "confirm"},
        {"do": "decide", "field": "polarity", "value": "neutral", "target": "Ben Holt"},
        {"do": "drop", "target": "Ben Holt"},
    ],
)
def test_what_was_decided_in_another_notebook_is_shown_before_anything_is_kept(
    result, corpus, message
):
    one, other = (Walk(result, "anna", corpus, order="text") for _ in range(2))
    for walk in (one, other):
        here = go_to(walk, "Holt never listens")["statement"]
    decide(one, "polarity", "favour", "Ben Holt")
    before = kept(corpus)
    view = other.take(message)
    assert view["said"] == {"error": "changed in another notebook; look again"}
    assert view["statement"] == here and view["targets"][0]["value"] == "favour"
    assert kept(corpus) == before
    assert "error" not in other.take(message)["said"]  # it has been seen by now


def test_another_coders_decision_stops_nobody(walk, result, corpus):
    go_to(walk, "Holt never listens")
    ben = Walk(result, "ben", corpus, order="text")
    go_to(ben, "Holt never listens")
    decide(ben, "kind", "block")
    assert "saved" in decide(walk, "kind", "mixed")["said"]


def test_the_place_in_random_order_is_how_far_the_sample_goes(result, corpus):
    walk = Walk(result, "anna", corpus, order="random")
    rows = sampling.in_random_order(result.statements, result.articles)["statement_id"]
    for n, where in enumerate(rows[:4], 1):
        view = walk.take({"do": "show"})
        assert (view["statement"], view["place"], view["total"]) == (where, n, len(rows))
        walk.take({"do": "confirm"})
        read = sampling.readers(
            result.articles, result.statements, corrections.read(corpus).decisions
        )
        sample, total = sampling.drawn(result.articles, result.statements, read)
        assert (len(sample), total) == (n, view["total"])


def test_a_blind_coder_sees_nothing_of_the_machines_reading(result, corpus):
    walk = Walk(result, "anna", corpus, order="text", blind=True)
    for _ in walk.sheet.rows:
        view = walk.take({"do": "skip"})
        assert {field["value"] for field in view["fields"].values()} == {""}
        assert (view["targets"], view["confidence"], view["resolution"]) == ([], None, "")
        assert not any(run["target"] for run in view["passage"])
        assert {mark for run in view["passage"] for mark in run["marks"]} == {"statement"}
        assert "" not in [one["value"] for one in view["choices"]["speaker"]]
        json.dumps(view, allow_nan=False)


def test_a_blind_coder_is_asked_for_what_is_missing(result, corpus):
    walk = Walk(result, "anna", corpus, order="text", blind=True)
    here = go_to(walk, "Holt never listens")["statement"]
    assert "of which kind" in walk.take({"do": "confirm"})["said"]["error"]
    decide(walk, "kind", "direct")
    assert "error" in decide(walk, "group", "union")["said"]  # of nobody yet
    assert "who speaks" in walk.take({"do": "confirm"})["said"]["error"]
    decide(walk, "speaker", "Ada Vane")
    walk.take({"do": "target", "target": "Dockers"})
    assert "how does it speak" in walk.take({"do": "confirm"})["said"]["error"]
    decide(walk, "polarity", "against", "Dockers")
    assert walk.take({"do": "confirm"})["statement"] != here
    assert kept(corpus) == {
        ("kind", ""): "direct", ("speaker", ""): "Ada Vane", ("confirmed", ""): "yes",
        ("target", "Dockers"): "yes", ("polarity", "Dockers"): "against",
        ("target", "Ben Holt"): "no",  # whom the machine found, and they did not
    }  # fmt: skip


def test_a_blind_coder_needs_no_speaker_for_narration(result, corpus):
    walk = Walk(result, "anna", corpus, order="text", blind=True)
    go_to(walk, "walked out")
    decide(walk, "kind", "narration")
    assert walk.take({"do": "confirm"})["done"] == 1
    assert kept(corpus).items() >= {("kind", ""): "narration", ("confirmed", ""): "yes"}.items()


def test_a_target_is_taken_away_and_brought_back(walk, corpus):
    go_to(walk, "Holt never listens")
    view = walk.take({"do": "drop", "target": "Ben Holt"})
    assert view["targets"][0]["state"] == "dropped"
    assert kept(corpus) == {("target", "Ben Holt"): "no"}
    view = walk.take({"do": "drop", "target": "Ben Holt"})
    assert (view["targets"][0]["state"], view["targets"][0]["value"]) == ("meant", "against")


def test_skip_and_back_keep_nothing(walk, corpus):
    first = walk.take({"do": "show"})["statement"]
    second = walk.take({"do": "skip"})["statement"]
    assert walk.take({"do": "back"})["statement"] == first != second
    assert walk.take({"do": "back"})["said"] == {"note": "this is the first one"}
    assert kept(corpus) == {}


def test_one_article_alone_and_a_session_that_goes_on(result, corpus):
    walk = Walk(result, "anna", corpus, article=WALK_OUT, order="text")
    n = int((result.statements["article_id"] == WALK_OUT).sum())
    assert walk.take({"do": "show"})["total"] == n
    walk.take({"do": "confirm"})
    again = Walk(result, "anna", corpus, article=WALK_OUT, order="text")
    view = again.take({"do": "show"})
    assert (view["place"], view["done"]) == (2, 1)
    for _ in range(n - 1):
        view = again.take({"do": "confirm"})
    assert view["said"]["note"] == "every statement here is confirmed"
    view = again.take({"do": "article", "article": ""})
    assert view["total"] == len(result.statements) and view["done"] == n


def test_what_was_pressed_for_another_statement_is_not_kept(walk, corpus):
    message = {"do": "decide", "field": "kind", "value": "block", "statement": "elsewhere"}
    assert "another statement" in walk.take(message)["said"]["error"]
    assert kept(corpus) == {}


def test_a_failure_to_write_is_told_and_nothing_is_shown_as_kept(walk, corpus, monkeypatch):
    go_to(walk, "Holt never listens")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(corrections.os, "fsync", full)
    view = decide(walk, "kind", "block")
    assert "No space left" in view["said"]["error"]
    assert view["fields"]["kind"] == {
        "value": "direct", "machine": "direct", "mine": False, "open": True,
    }  # fmt: skip


def test_a_coder_sees_the_machine_and_not_another_coder(result, corpus):
    ben = Walk(result, "ben", corpus, order="text")
    go_to(ben, "Holt never listens")
    decide(ben, "speaker", "Ben Holt")
    corrected = run(corpus)
    said = corrected.statements.set_index("statement_id")
    assert said.loc[ben.here, "speaker"] == "Ben Holt"
    view = go_to(Walk(corrected, "anna", corpus, order="text"), "Holt never listens")
    assert view["fields"]["speaker"]["value"] == "Ada Vane"
    assert [one["name"] for one in view["targets"]] == ["Ben Holt"]
    assert view["choices"]["speaker"][-1]["value"] == "Unresolved"


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"coder": "statements"}, CorrectionError, "cannot be a coder's name"),
        ({"order": "backwards"}, ValueError, "order is one of"),
        ({"corpus": "no-such-folder"}, ValueError, "there is no such folder"),
        ({"article": "nowhere"}, ValueError, "there is no article 'nowhere'"),
    ],
)
def test_what_a_walk_refuses(result, corpus, options, error, says):
    with pytest.raises(error, match=says):
        Walk(result, **{"coder": "anna", "corpus": corpus} | options)


def test_decisions_go_to_the_corpus_that_the_run_was_of(corpus):
    walk = Walk(run(corpus), "anna")
    decide(walk, "kind", "block")
    assert kept(corpus) == {("kind", ""): "block"}


def test_a_corpus_without_texts_has_nothing_to_review(result, corpus):
    import dataclasses

    bare = dataclasses.replace(result, articles=result.articles.assign(text=""))
    with pytest.raises(ValueError, match="no article has its text here"):
        Walk(bare, "anna", corpus)


def test_an_article_with_a_missing_source_is_shown(result, corpus):
    rows = result.machine["statements"]
    assert pd.isna(rows["source_start"]).any()
    walk = Walk(result, "anna", corpus)
    for _ in walk.sheet.rows:
        json.dumps(walk.take({"do": "skip"}))
