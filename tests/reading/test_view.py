"""The view: whose voices, in which order, and statements that are not of this text."""

import pytest

from analysis.reading.view import ReadingError, anchor, ordered, view


def viewed(result, number=0, **changes):
    article = result.articles.iloc[number].to_dict() | changes
    return view(article, result.statements, result.mentions, result.scores, result.cast)


def test_the_narrator_comes_first_and_each_voice_is_counted(small):
    made = viewed(small)
    assert made.voices[0].group == "narrator"
    own = small.statements[small.statements["article_id"] == small.articles["article_id"][0]]
    assert sum(voice.count for voice in made.voices) == len(own)
    assert {v.speaker for v in made.voices} == set(own["speaker"])


def test_a_statement_has_its_scores(small):
    said = next(s for s in viewed(small).statements if s.speaker == "Ben Holt")
    assert [(score.target, score.polarity) for score in said.scores] == [
        ("Ada Vane", pytest.approx(-0.7))
    ]
    assert said.form == "direct quotation" and said.told


@pytest.mark.parametrize("act", ["thought", "finding"])
def test_what_nobody_said_is_not_called_speech(small, act):
    statements = small.statements.assign(
        act=small.statements["act"].where(small.statements["kind"] == "narration", act)
    )
    made = view(
        small.articles.iloc[0].to_dict(), statements, small.mentions, small.scores, small.cast
    )
    assert {s.form for s in made.statements if not s.narrated} == {f"reported {act}"}


def test_a_headline_is_called_one(small):
    told = small.statements["kind"] == "narration"
    statements = small.statements.assign(act=small.statements["act"].mask(told, "headline"))
    made = view(
        small.articles.iloc[0].to_dict(), statements, small.mentions, small.scores, small.cast
    )
    assert {s.form for s in made.statements if s.narrated} == {"headline"}


def test_another_text_is_refused(small):
    changed = small.articles["text"][0].replace("Monday", "Sunday")
    with pytest.raises(ReadingError, match="run the analysis again"):
        viewed(small, text=changed)


def test_ids_stay_apart_and_hold_no_white_space():
    names = ["a/1", "a 1", "a~201", "a\n1", "a~1", "a%201", 'a"1']
    made = [anchor(name) for name in names]
    assert len(set(made)) == len(names)
    assert not any(c.isspace() or c in "\"'%#&<" for name in made for c in name)


def test_groups_stand_as_on_the_charts(small):
    groups = ["unresolved", "others", "union", "news", "mayor", "narrator"]
    assert ordered(groups, small.cast) == [
        *("narrator", "mayor", "union", "news", "others", "unresolved")
    ]
