"""Descriptions that mean an actor by what the article said before."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.corpus.cast import Actor
from analysis.corpus.descriptions import Descriptions
from analysis.corpus.references import References
from analysis.corpus.segments import sentences

from ..attribution.pitfalls import CAST

REFERENCES = References(CAST, date(2024, 5, 6))
HOU, FPG = "Harbor Officers' Union", "Ferry Pilots' Guild"


def found(text, references=REFERENCES):
    """The descriptions in `text` as (surface, target)."""
    known = references.find(text)
    refs = Descriptions(references).find(text, known, sentences(text))
    assert all(ref.how == "description" for ref in refs)
    return [(text[ref.start : ref.end], ref.target) for ref in refs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The HOU met. The union voted.", [("The union", HOU)]),
        ("The officers’ union met. On Monday the union voted.", [("the union", HOU)]),
        ("Reyes came, and the union voted.", [("the union", HOU)]),
        ("The HOU and the pilots’ guild met. Then the guild left.", [("the guild", FPG)]),
        ("Quill came. Her guild voted.", [("Her guild", FPG)]),
        ("Quill met Marsh. Later Reyes and his union left.", [("his union", HOU)]),
        ("Mayor Marsh came. Her union voted.", []),  # she speaks for none
        ("The union voted. The HOU met.", []),  # nothing was named before
        ("The HOU met. The union dues rose.", []),
        ("The HOU met. A union rarely shrinks.", []),
        ("The HOU met. The unions voted.", []),  # the group, which is found as such
    ],
)
def test_an_organisation_is_taken_up_by_its_noun(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("name", "aliases", "text", "expected"),
    [
        ("Ansel State Clinic", ["Ansel State"], "the pride of this state", []),
        ("Ansel State Clinic", ["Ansel State"], "the clinic shut", ["the clinic"]),
        ("Ansel Sisters", ["the nurses' order", "AS"], "this order shut", ["this order"]),
        ("Office of Public Health", ["OPH"], "the office shut", ["the office"]),
        ("Office of Public Health", ["OPH"], "the health of all", []),
        ("Nurses Against Waste", ["the league of Ansel"], "the waste of a league", []),
        ("Nurses Against Waste", ["the league of Ansel"], "his league", []),  # nobody spoke for it
        ("Nurses Against Waste", ["the league of Ansel"], "this league", ["this league"]),
    ],
)
def test_the_noun_is_what_a_name_says_that_it_is(name, aliases, text, expected):
    made = Actor("made", name, "others", kind="organisation", aliases=tuple(aliases))
    references = References(replace(CAST, actors={"made": made}), date(2024, 5, 6))
    assert found(f"{name} met. Later {text}.", references) == [(said, name) for said in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The HOU met. Its president left.", [("Its president", "Omar Reyes")]),
        (
            "The guild met. The HOU met. The union's leader left.",
            [("The union's leader", "Omar Reyes")],
        ),
        ("The town met. Its president left.", []),
        ("Reyes spoke. The union leader left.", [("The union leader", "Omar Reyes")]),
        ("Reyes spoke to Marsh. The union leader left.", [("The union leader", "Omar Reyes")]),
        ("Reyes spoke. A top union leader left. The union leader waved.", []),
        ("Marsh spoke. The union leader left.", []),
        ("Reyes spoke. The union leader Bo Finch left.", []),  # somebody else's name follows
        ("Reyes spoke. The union leaders left.", []),
    ],
)
def test_who_leads_is_whoever_speaks_for_it(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union leaders met. Then the leaders left.", [("the leaders", "Unions")]),
        ("The unions met. These leaders left.", [("These leaders", "Unions")]),
        ("Rain fell. The leaders left.", []),  # of whom, nobody said
        ("The union leaders met. The leaders of the band left.", []),
    ],
)
def test_a_group_is_taken_up_by_its_noun(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Omar Reyes", [("our members", HOU), ("My own union", HOU)]),
        ("Nora Quill", [("our members", FPG)]),
        ("Iris Bell", []),  # she speaks for a person
        ("Helen Marsh", []),
        (HOU, []),
        ("somebody", []),
    ],
)
def test_our_members_are_those_of_whom_the_speaker_speaks_for(speaker, expected):
    text = "Our members rest. But our members vote. My own union votes."
    refs = Descriptions(REFERENCES).ours(text, 18, len(text), speaker)
    assert [(text[ref.start : ref.end], ref.target) for ref in refs] == expected


def test_what_was_known_is_left_as_it_is():
    text = "The HOU met. The union voted."
    known = REFERENCES.find(text)
    before = list(known)
    Descriptions(REFERENCES).find(text, known, sentences(text))
    assert known == before
