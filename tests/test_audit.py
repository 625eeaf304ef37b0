"""The audit of a corpus, and what a later run makes of it."""

import pandas as pd
import pytest

from analysis import trust
from analysis.audit import FILE, audit, keep, kept, mark, own_names
from analysis.framing.audit import OWN
from analysis.pipeline import run

from .small import WordScorer, make_corpus


class Grudge(WordScorer):
    """The same, but against everybody who is called by an office."""

    model = "grudge"

    def score(self, items, progress=True):
        said = super().score(items, progress)
        office = [item.text[slice(*item.spans[0])].lower().startswith("the ") for item in items]
        said[office] = (0.9, 0.05, 0.05)
        return said


@pytest.fixture
def made(tmp_path):
    scorer = Grudge()
    corpus = make_corpus(tmp_path / "corpus")
    result = run(corpus, scorer=scorer, progress=False, cache=None)
    return corpus, scorer, result, *audit(result, scorer, cache=None, progress=False)


def test_people_are_renamed_and_groups_are_not(made):
    _, _, result, said, _ = made
    assert set(said["actor"]) == {"Ada Vane", "Ben Holt"}
    assert own_names(result.cast) == ["Ada Vane", "Ben Holt"]
    own = said[said["kind"] == OWN].set_index("item")["polarity"]
    scores = result.scores.set_index("mention_id")["polarity"]
    pd.testing.assert_series_equal(own, scores[own.index], check_names=False)


def test_findings_are_the_runs_and_some_hang_on_an_office(made):
    _, _, result, _, findings = made
    frames = result.frames.set_index(["collection", "holder", "target"])
    found = findings.set_index(["collection", "holder", "target"])
    assert set(found.index) == set(frames.index)
    pd.testing.assert_series_equal(
        found["polarity"], frames["polarity"][found.index], check_dtype=False
    )
    praised = found.xs(("mayor", "union"), level=("holder", "target"))
    assert (praised["low"] < 0).all()
    assert praised["fragile"].tolist() == (praised["polarity"] > 0).tolist()


def test_a_later_run_marks_what_the_audit_found(made):
    corpus, scorer, result, _, findings = made
    assert result.frames["fragile"].isna().all()
    assert keep(findings, scorer, corpus) == corpus / FILE
    again = run(corpus, scorer=scorer, progress=False, cache=None).frames
    keys = ["collection", "holder", "target"]
    expected = findings.set_index(keys)["fragile"]
    assert again.set_index(keys)["fragile"].to_dict() == expected.to_dict()
    assert expected.isna().any()  # a group bears nobody's name
    other = run(corpus, scorer=WordScorer(), progress=False, cache=None).frames
    assert other["fragile"].isna().all()  # of another model the audit says nothing
    grown = mark(again.assign(n_statements=again["n_statements"] + 1), corpus, scorer)
    assert grown["fragile"].isna().all()
    moved = mark(again.assign(polarity=again["polarity"] + 2e-4), corpus, scorer)
    assert moved["fragile"].isna().all()


def test_what_is_kept_is_read_as_it_was_and_so_is_an_older_file(made):
    corpus, scorer, _, _, findings = made
    path = keep(findings, scorer, corpus)
    table = kept(corpus)
    for column in ("renamed", "flips", "fragile"):
        assert table[column].tolist() == findings[column].tolist()
    assert table["moved"].tolist() == pytest.approx(
        findings["moved"].tolist(), abs=1e-4, nan_ok=True
    )
    older = pd.read_csv(path).drop(columns=["renamed", "moved"]).dropna()
    older.to_csv(path, index=False)
    again = kept(corpus)
    assert list(again) == list(table) and again["renamed"].isna().all()
    assert again["fragile"].tolist() == table["fragile"].dropna().tolist()


def test_models_are_set_side_by_side(made):
    _, _, result, _, _ = made
    said = trust.opinions(result, [WordScorer()], cache=None, progress=False)
    assert list(said) == ["grudge", "words"]
    own, other = (said[model].set_index("mention_id")["polarity"] for model in said)
    assert set(own.index) == set(other.index) == set(result.mentions["mention_id"])
    assert (own <= other[own.index]).all() and (own < other[own.index]).any()
