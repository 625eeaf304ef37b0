"""Phrases of a cast: names, offices by date, collectives, and their spellings."""

from datetime import date

import pytest

from analysis.corpus.cast import Actor, Cast, Group
from analysis.corpus.phrases import Phrases, plain

from ..attribution.pitfalls import CAST

DAY = date(2024, 5, 6)


def cast_of(group, *actors):
    return Cast("", (), {group.id: group}, {actor.id: actor for actor in actors})


def found(text, cast=CAST, day=DAY):
    """The phrases in `text` as (surface, actor's name or whole group's id, how)."""
    stretches = [(one, one.meanings[0]) for one in Phrases(cast, day).find(plain(text))]
    return [
        (text[one.start : one.end], first.actor.name if first.actor else first.group, first.how)
        for one, first in stretches
    ]


def test_a_cast_without_names_is_found_nowhere():
    assert found("Rain fell.", Cast("", (), {}, {})) == []


def test_the_beginning_of_a_title_is_no_group():
    group = Group("others", "Others", collective=("the press",))
    cast = cast_of(group, Actor("bell", "Iris Bell", "others", titles=("press secretary",)))
    assert found("his press secretary and the press", cast) == [
        ("press secretary", "Iris Bell", "title"),
        ("the press", "others", "collective"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jürgen Weiß left.", [("Jürgen Weiß", "name")]),
        ("The Teachers’ League agreed.", [("The Teachers’ League", "name")]),
        ("The teachers agreed.", [("The teachers", "collective")]),
        ("All of it, the examiner of mines said.", [("the examiner of mines", "name")]),
    ],
)
def test_a_name_of_any_spelling_is_found_whole(text, expected):
    cast = cast_of(
        Group("league", "The league", collective=("the teachers",)),
        Actor("weiss", "Jürgen Weiß", "league", aliases=("the examiner of mines",)),
        Actor("league", "Teachers' League", "league", aliases=("the Teachers' League",)),
    )
    assert [(surface, how) for surface, _, how in found(text, cast)] == expected


@pytest.mark.parametrize(
    ("day", "target"),
    [
        (date(2011, 12, 31), None),
        (date(2012, 1, 1), "Ruth Adler"),
        (date(2021, 2, 28), "Ruth Adler"),
        (date(2021, 3, 1), "Walter Kane"),
        (None, "Walter Kane"),
    ],
)
def test_an_office_means_who_held_it_that_day(day, target):
    for phrase in ("The commissioner", "The police commissioner"):
        expected = [(phrase, target, "office")] if target else []
        assert found(f"{phrase} left.", day=day) == expected


def test_a_name_is_known_on_every_day():
    assert found("Adler left.") == [("Adler", "Ruth Adler", "name")]


def test_the_longest_alias_wins():
    assert found("the union president left") == [("the union president", "Omar Reyes", "office")]
    assert found("the union leaders left") == [("the union leaders", "unions", "collective")]


def test_a_title_may_be_several_peoples():
    titles = ("harbour pilot",)
    pilots = [Actor(name, name, "port", titles=titles) for name in ("Al Dace", "Jo Tamm")]
    [pilot] = Phrases(cast_of(Group("port", "Port"), *pilots), DAY).find("a harbour pilot")
    assert [meaning.actor for meaning in pilot.meanings] == pilots


def test_only_an_office_that_follows_another_goes_without_the_article():
    mayor, commissioner = Phrases(CAST, DAY).find("the mayor and commissioner")
    assert (mayor.shortened, commissioner.shortened) == (False, True)
    assert found("a commissioner or commissioner") == []


def test_what_the_cast_writes_without_a_capital_is_told():
    whole, name = Phrases(CAST, DAY).find("the unions and marsh")
    assert (whole.small, name.small) == (True, False)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Binali Yıldırım", ("Binali Yıldırım", "Yildirim", "YILDIRIM")),
        ("Ekrem İmamoğlu", ("Ekrem İmamoğlu", "İmamoğlu", "Imamoğlu")),
    ],
)
def test_letters_that_share_their_lower_case_are_one(name, printed):
    cast = cast_of(Group("g", "G"), Actor("one", name, "g", aliases=(name.split()[-1],)))
    for surface in printed:
        assert found(f"Then {surface} left.", cast) == [(surface, name, "name")]


def test_the_name_of_a_body_wins_over_the_alias_that_begins_it():
    league = Actor("league", "League of Judges", "judges", aliases=("the league",))
    text = "The League of Judges met. The league left."
    surfaces = [surface for surface, *_ in found(text, cast_of(Group("judges", "Judges"), league))]
    assert surfaces == ["League of Judges", "The league"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Mr. Dace left.", "Harold Dace"),
        ("Mr Dace left.", "Harold Dace"),
        ("Mrs. Dace left.", "Lorraine Dace"),
        ("Ms. Dace left.", "Lorraine Dace"),
        ("Lorraine Dace left.", "Lorraine Dace"),
        ("Dr. Dace left.", None),
        ("Mr. Tamm left.", None),  # of one Tamm alone, the cast says what he is called
    ],
)
def test_mr_tells_two_of_one_surname_apart(text, target):
    people = {"Harold Dace": "he", "Lorraine Dace": "she", "Jo Tamm": "he"}
    actors = [Actor(name, name, "board", pronouns=p) for name, p in people.items()]
    targets = [name for _, name, _ in found(text, cast_of(Group("board", "Board"), *actors))]
    assert targets == ([target] if target else [])


def test_mr_tells_nobody_apart_from_another_man_of_his_surname():
    actors = [Actor(name, name, "b", pronouns="he") for name in ("Al Dace", "Bo Dace")]
    assert found("Mr. Dace left.", cast_of(Group("b", "B"), *actors)) == []
