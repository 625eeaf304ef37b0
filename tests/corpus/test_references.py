"""References to a cast: names, offices by date, titles, collectives, pronouns."""

from datetime import date
from itertools import pairwise

import pytest

from analysis.corpus.references import References
from analysis.corpus.segments import sentences

from ..attribution.pitfalls import CAST

DAY = date(2024, 5, 6)


def found(text, day=DAY):
    """The references in `text` as (surface, target, how)."""
    return [(text[r.start : r.end], r.target, r.how) for r in References(CAST, day).find(text)]


def meant(text, pronoun, day=DAY, exclude=""):
    """Whom the last `pronoun` in `text` means."""
    references = References(CAST, day)
    start = text.rindex(pronoun)
    ref = references.resolve(
        (start, start + len(pronoun)), text, references.find(text), sentences(text), exclude
    )
    return ref.target if ref else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Omar Reyes left.", [("Omar Reyes", "Omar Reyes", "name")]),
        ("Mr. Reyes left.", [("Mr. Reyes", "Omar Reyes", "name")]),
        ("Then Reyes’s car left.", [("Reyes", "Omar Reyes", "name")]),
        ("MR. REYES left.", [("MR. REYES", "Omar Reyes", "name")]),
        ("Omar\nReyes left.", [("Omar\nReyes", "Omar Reyes", "name")]),
        ("[Reyes] left.", [("Reyes", "Omar Reyes", "name")]),
        (
            "Kane met Quill.",
            [("Kane", "Walter Kane", "name"), ("Quill", "Nora Quill", "name")],
        ),
        ("Reyesville, Kane-Smith and Bellamy", []),
        ("The Harbor Officers’ Union left", [("Harbor Officers’ Union", "hou", "name")]),
        ("The HOU left.", [("The HOU", "hou", "name")]),
        ("", []),
    ],
)
def test_names(text, expected):
    names = {"hou": "Harbor Officers' Union"}
    assert found(text) == [(s, names.get(t, t), how) for s, t, how in expected]


@pytest.mark.parametrize("text", ["a bell rang", "the quill was sharp", "marsh and reed"])
def test_lower_case_is_a_common_noun(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the guild president left",
            [("the guild president", "Nora Quill", "title")],
        ),
        ("Guild president Nora Quill left", [("Guild president Nora Quill", "Nora Quill", "name")]),
        (
            "the commissioner, Walter Kane, left",
            [("the commissioner", "Walter Kane", "office"), ("Walter Kane", "Walter Kane", "name")],
        ),
        ("The guild president left", [("The guild president", "Nora Quill", "title")]),
        ("her press secretary left", [("press secretary", "Iris Bell", "title")]),
        ("press secretary was once a good job", []),
        (
            "the city's largest union left",
            [("city's largest union", "Harbor Officers' Union", "title")],
        ),
        (
            "the city’s largest union left",
            [("city’s largest union", "Harbor Officers' Union", "title")],
        ),
    ],
)
def test_titles(text, expected):
    got = found(text)
    assert [(t, how) for _, t, how in got] == [(t, how) for _, t, how in expected]
    assert [s.removeprefix("the ") for s, _, _ in got] == [
        s.removeprefix("the ") for s, _, _ in expected
    ]


def test_an_office_right_before_a_name_is_part_of_it():
    [ref] = References(CAST, DAY).find("the mayor Helen Marsh left")
    assert (ref.start, ref.target, ref.how) == (0, "Helen Marsh", "name")


def test_collectives_mean_the_group():
    [ref] = References(CAST, DAY).find("Both unions left.")
    assert (ref.target, ref.group, ref.actor) == ("Unions", "unions", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("their own commissioner", [("their own commissioner", "Walter Kane")]),
        ("her police commissioner", [("her police commissioner", "Walter Kane")]),
        ("a commissioner", []),
        ("that Commissioner Kane left", [("Commissioner Kane", "Walter Kane")]),
        (
            "the mayor and police commissioner",
            [("the mayor", "Helen Marsh"), ("police commissioner", "Walter Kane")],
        ),
        ("rain and commissioner", []),
        ("these unions", [("these unions", "Unions")]),
        ("all five unions", [("all five unions", "Unions")]),
        ("the city's two unions", [("city's two unions", "Unions")]),
        ("her administration", [("her administration", "Mayor")]),
        ("two unions", []),
        ("unions", []),
    ],
)
def test_another_word_may_stand_for_the(text, expected):
    assert [(surface, target) for surface, target, _ in found(text)] == expected


def test_references_are_in_order_and_apart():
    text = "The mayor, Mayor Marsh, the union leaders and the HOU president met Mr. Kane. " * 3
    refs = References(CAST, DAY).find(text)
    assert len(refs) >= 12
    assert all(a.end <= b.start for a, b in pairwise(refs))


@pytest.mark.parametrize(
    ("text", "pronoun", "target"),
    [
        ("Reyes sat. Then he left.", "he", "Omar Reyes"),
        ("Reyes met Kane. Then he left.", "he", "Omar Reyes"),
        ("Reyes met Quill. Then she left.", "she", "Nora Quill"),
        ("Quill met Reyes and took his pen.", "his", "Omar Reyes"),
        ("Quill sat. Rain fell. It was late. Then she left.", "she", "Nora Quill"),
        ("Quill sat. " + "Rain fell. " * 4 + "Then she left.", "she", None),
        ("The HOU met. Then he left.", "he", None),
        ("Rain fell. Then he left.", "he", None),
        ("He left. Then Reyes came.", "He", None),
        ("The commissioner sat. He left.", "He", "Walter Kane"),
        ("Ms. Quill met Mr. Reyes. HE left.", "HE", "Omar Reyes"),
        ("The unions met. Then they left.", "they", "Unions"),
        ("The unions lost their case.", "their", "Unions"),
        ("The unions met. Rain hit their hall.", "their", None),  # as likely somebody else's
        ("The unions met. Rain fell. Then they left.", "they", None),
        ("Quill and Reyes met. Then they left.", "they", None),
    ],
)
def test_pronouns(text, pronoun, target):
    assert meant(text, pronoun) == target


def test_the_speaker_of_a_quotation_is_not_its_he():
    assert meant("Reyes met Kane. Then “he left.”", "he", exclude="Omar Reyes") == "Walter Kane"


def test_pronouns_are_found_as_words():
    text = "He and she saw the sheriff; his hers, himself, then they."
    words = [text[a:b] for a, b in References(CAST, DAY).find_pronouns(text)]
    assert words == ["He", "she", "his", "hers", "himself", "they"]
