"""Speakers named otherwise than by a name of the cast."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.attribution.outside import Outside, body, former, likeliest, office
from analysis.corpus.cast import Actor
from analysis.corpus.references import References
from analysis.corpus.segments import sentences
from analysis.tables import OTHERS, UNRESOLVED

from .pitfalls import CAST

TODAY = References(CAST, date(2024, 5, 6))


def named(text, head):
    return Outside(text, CAST).named(head, text.rindex(head), [])


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("Dana Whitlock came. Whitlock said", "Whitlock", "Dana Whitlock"),
        ("Dr. Dana Whitlock came. Dr. Whitlock said", "Dr. Whitlock", "Dana Whitlock"),
        ("Jo de la Cruz came. Cruz said", "Cruz", "Jo de la Cruz"),
        ("Ms. Whitlock came. Ms. Whitlock said", "Ms. Whitlock", "Whitlock"),
        ("Whitlock said. Later Dana Whitlock came to Whitlock", "Whitlock", "Dana Whitlock"),
    ],
)
def test_a_surname_is_of_whom_the_text_has_named(text, head, name):
    speaker = named(text, head)
    assert (speaker.name, speaker.group, speaker.named) == (name, OTHERS, True)
    assert head.endswith(text[speaker.start : speaker.end].split()[-1])


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Harbor Board Chairwoman Edda Holt", "Edda Holt"),
        ("Deputy Fire Chief Jo Tamm", "Jo Tamm"),
        ("Ansel Police Department", "Ansel Police Department"),
        ("Western Growers chair Jo Tamm", "Jo Tamm"),
        ("Harbor Kings head coach Jo Tamm", "Jo Tamm"),
        ("Jo Tamm late Tuesday", "Jo Tamm"),
        ("State Sen. Ada Finch", "Ada Finch"),
    ],
)
def test_a_title_is_no_part_of_a_name(head, name):
    assert named(f"{head} said", head).name == name


def test_a_name_of_the_cast_is_in_its_group():
    cast = replace(CAST, actors={"tamm": Actor("tamm", "Jo Tamm", "unions", pronouns="he")})
    text = "Jo Tamm came. Mr. Tamm said"
    speaker = Outside(text, cast).named("Mr. Tamm", text.index("Mr."), [])
    assert (speaker.name, speaker.group) == ("Jo Tamm", "unions")


@pytest.mark.parametrize("met", ["Al Tamm met Bo Tamm.", "Bo Tamm met Al Tamm."])
def test_a_surname_of_two_of_the_cast_is_neither(met):
    actors = {name: Actor(name, name, "unions", pronouns="he") for name in ("Al Tamm", "Bo Tamm")}
    text = f"{met} Tamm said"
    speaker = Outside(text, replace(CAST, actors=actors)).named("Tamm", text.index("Tamm said"), [])
    assert speaker.group == UNRESOLVED
    assert "Al Tamm or Bo Tamm" in speaker.resolution


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Then the porter said", "the porter"),
        ("Both sides said", "Both sides"),
        ("The Ansel Growers chair said", "The Ansel Growers chair"),
        ("The drivers wait. Drivers said", "Drivers"),
    ],
)
def test_no_name_is_nobody(text, head):
    assert named(text, head) is None


def test_a_surname_that_is_a_word_is_a_name_where_the_text_gives_it_in_full():
    assert named("Ada Park sat in the park. Park said", "Park").name == "Ada Park"


@pytest.mark.parametrize(
    ("text", "pronoun", "names"),
    [
        ("Glen Tolliver has mended nets for years.", "he", ["Glen Tolliver"]),
        ("Outside, Glen Tolliver mended a net.", "he", ["Glen Tolliver"]),
        ("Across the pier, Glen Tolliver, 52, mended a net.", "he", ["Glen Tolliver"]),
        ("Vera Lindqvist, a mother of two, waited.", "he", []),
        ("Vera Lindqvist, a mother of two, waited.", "she", ["Vera Lindqvist"]),
        ("Glen Tolliver hummed. Arlo Benn whistled.", "he", ["Glen Tolliver", "Arlo Benn"]),
        ("Glen Tolliver and Arlo Benn whistled.", "he", []),
        ("Glen Tolliver was killed on Sunday.", "he", []),
        ("Ansel High School was shut.", "he", []),
        ("Omar Reyes left.", "he", []),
        ("They waited for Glen Tolliver to come.", "he", []),
    ],
)
def test_whom_narration_has_for_its_subject(text, pronoun, names):
    found = Outside(text, CAST).introduced(pronoun, sentences(text), TODAY.find(text))
    assert list(found) == names
    assert all(text[a:b] == name for name, (a, b) in found.items())


def test_of_two_who_may_be_meant_neither_is_chosen():
    one = {"Glen Tolliver": (0, 13)}
    assert likeliest("he", one, None).name == "Glen Tolliver"
    assert likeliest("he", one, None).likely
    [reyes] = TODAY.find("Mr. Reyes left.")
    for speaker in (
        likeliest("he", one, reyes),
        likeliest("he", one | {"Arlo Benn": (20, 29)}, None),
    ):
        assert speaker.group == UNRESOLVED
        assert "Glen Tolliver or " in speaker.resolution


@pytest.mark.parametrize(
    ("head", "day", "name"),
    [
        ("Commissioner", date(2024, 5, 6), "Walter Kane"),
        ("Commissioner", date(2019, 5, 6), "Ruth Adler"),
        ("Police commissioner", date(2024, 5, 6), "Walter Kane"),
        ("Commissioner Holt", date(2024, 5, 6), None),
        ("Pilot", date(2024, 5, 6), None),
        ("commissioner", date(2024, 5, 6), None),
    ],
)
def test_an_office_without_its_article(head, day, name):
    speaker = office(head, 0, [], References(CAST, day))
    assert (speaker and speaker.name) == name


@pytest.mark.parametrize(
    ("head", "day", "name"),
    [
        ("the former commissioner", date(2024, 5, 6), "Ruth Adler"),
        ("a former mayor", date(2024, 5, 6), "Victor Stroud"),
        ("The former police commissioner", date(2024, 5, 6), "Ruth Adler"),
        ("the former commissioner", date(2019, 5, 6), None),  # nobody that the cast knows of
        ("the former pilot", date(2024, 5, 6), None),
        ("the commissioner", date(2024, 5, 6), None),
    ],
)
def test_who_held_an_office_before(head, day, name):
    speaker = former(head, References(CAST, day))
    assert (speaker and speaker.name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ferry Pilots’ Guild met.", "Ferry Pilots' Guild"),
        ("Omar Reyes left.", "Harbor Officers' Union"),
        ("Omar Reyes met the FPG.", "Ferry Pilots' Guild"),
        ("Helen Marsh left.", None),
        ("", None),
    ],
)
def test_whose_union(text, name):
    speaker = body("the union", TODAY.find(text), TODAY)
    assert (speaker and speaker.name) == name
