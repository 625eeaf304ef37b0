"""The widget's Python side: what it sends for what it is sent."""

import pytest
from small import make_corpus

from analysis.reading.review import review


@pytest.fixture
def widget(small, tmp_path, monkeypatch):
    made = review(small, "anna", make_corpus(tmp_path / "corpus"))
    sent = []
    monkeypatch.setattr(made, "send", sent.append)
    return made, sent


def test_a_message_is_answered_with_its_number(widget):
    made, sent = widget
    made._answer(made, {"do": "skip", "ask": 7}, [])
    assert (sent[0]["answer"], sent[0]["place"]) == (7, 2)


def test_a_failure_is_told_and_not_swallowed(widget):
    made, sent = widget
    made._answer(made, {"do": "decide", "ask": 8}, [])
    assert sent == [{"said": {"error": "KeyError: 'field'"}, "answer": 8}]


def test_the_articles_words_are_in_no_state_that_a_notebook_saves(widget):
    made, _ = widget
    assert "patient man" not in str(made.get_state())
