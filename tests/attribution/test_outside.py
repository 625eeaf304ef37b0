"""Speakers named otherwise than by a name of the cast."""

from datetime import date

import pytest

from analysis.attribution.outside import Outside, body, former
from analysis.corpus.references import References
from analysis.tables import OTHERS

from .pitfalls import CAST

TODAY = References(CAST, date(2024, 5, 6))


def named(text, head):
    return Outside(text).named(head, text.rindex(head), [])


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


def test_no_name_is_nobody():
    assert named("Then the porter said", "the porter") is None


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
