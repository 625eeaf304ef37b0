from datetime import date

import pytest

from analysis.corpus.cast import Actor, Cast, Group, Office

TERM = Office("mayor", start=date(2014, 1, 1), end=date(2014, 12, 31))
ONWARDS = Office("mayor", start=date(2015, 1, 1))
CAST = Cast(
    title="A quarrel",
    focus=("city",),
    groups={
        "city": Group("city", "City Hall", phrase="the city"),
        "others": Group("others", "Others"),
    },
    actors={
        "mayor": Actor("mayor", "Ada Quill", "city", aliases=("Mayor Quill",), offices=(TERM,)),
        "next": Actor("next", "Ben Poe", "city", offices=(ONWARDS,)),
    },
)


def test_names():
    assert CAST.actor_named("Ben Poe").id == "next"
    assert CAST.actor_named("Nobody") is None
    assert [CAST.group_name(g) for g in ("city", "others", "narrator", "unresolved", "x")] == [
        *("City Hall", "Others", "Narrator", "Unresolved", "x")
    ]


def test_a_group_inside_a_sentence_goes_by_its_phrase_or_name():
    assert [CAST.group_phrase(g) for g in ("city", "others", "x")] == ["the city", "Others", "x"]


@pytest.mark.parametrize(
    ("words", "actor"),
    [("mayor  QUILL", "mayor"), ("ben poe", "next"), ("mayor", None), ("Quill", None)],
)
def test_an_actor_is_called_by_name_or_alias_in_whatever_case(words, actor):
    called = CAST.actor_called(words)
    assert (called.id if called else None) == actor


@pytest.mark.parametrize(
    ("day", "holder"),
    [
        (date(2013, 12, 31), []),
        (date(2014, 1, 1), ["mayor"]),
        (date(2014, 12, 31), ["mayor"]),
        (date(2015, 1, 1), ["next"]),
        (None, ["next"]),
    ],
)
def test_office_is_held_by_one_at_a_time(day, holder):
    actors = CAST.actors.values()
    assert [a.id for a in actors for office in a.offices if office.held_on(day)] == holder
