"""References to a cast: names, offices by date, titles, collectives, pronouns."""

from datetime import date
from itertools import pairwise

import pytest

from analysis.corpus.cast import Actor, Cast, Group
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


def test_the_beginning_of_a_title_is_no_group():
    groups = {"others": Group("others", "Others", collective=("the press",))}
    bell = Actor("bell", "Iris Bell", "others", titles=("press secretary",))
    references = References(Cast("", (), groups, {"bell": bell}), DAY)
    assert [r.target for r in references.find("his press secretary and the press")] == [
        "Iris Bell",
        "Others",
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
    groups = {"league": Group("league", "The league", collective=("the teachers",))}
    cast = {
        "weiss": Actor("weiss", "Jürgen Weiß", "league", aliases=("the examiner of mines",)),
        "league": Actor("league", "Teachers' League", "league", aliases=("the Teachers' League",)),
    }
    found = References(Cast("", (), groups, cast), DAY).find(text)
    assert [(text[r.start : r.end], r.how) for r in found] == expected


@pytest.mark.parametrize("text", ["a bell rang", "the quill was sharp", "marsh and reed"])
def test_lower_case_is_a_common_noun(text):
    assert found(text) == []


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
        assert found(f"{phrase} left.", day) == expected


def test_a_name_is_known_on_every_day():
    assert found("Adler left.", DAY) == [("Adler", "Ruth Adler", "name")]


def test_the_longest_alias_wins():
    assert found("the union president left") == [("the union president", "Omar Reyes", "office")]
    assert found("the union leaders left") == [("the union leaders", "Unions", "collective")]


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


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Binali Yıldırım", ("Binali Yıldırım", "Yildirim", "YILDIRIM")),
        ("Ekrem İmamoğlu", ("Ekrem İmamoğlu", "İmamoğlu", "Imamoğlu")),
    ],
)
def test_letters_that_share_their_lower_case_are_one(name, printed):
    aliases = (name.split()[-1],)
    actor = Actor("one", name, "g", aliases=aliases)
    cast = Cast("", ("g",), {"g": Group("g", "G")}, {"one": actor})
    for surface in printed:
        text = f"Then {surface} left."
        (reference,) = References(cast, DAY).find(text)
        assert (text[reference.start : reference.end], reference.target) == (surface, name)


def test_the_name_of_a_body_wins_over_the_alias_that_begins_it():
    league = Actor("league", "League of Judges", "judges", aliases=("the league",))
    cast = Cast("", (), {"judges": Group("judges", "Judges")}, {"league": league})
    text = "The League of Judges met. The league left."
    found = References(cast, DAY).find(text)
    assert [text[r.start : r.end] for r in found] == ["League of Judges", "The league"]


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
    actors = {name: Actor(name, name, "board", pronouns=p) for name, p in people.items()}
    cast = Cast("", (), {"board": Group("board", "Board")}, actors)
    assert [r.target for r in References(cast, DAY).find(text)] == ([target] if target else [])


def test_mr_tells_nobody_apart_from_another_man_of_his_surname():
    actors = {name: Actor(name, name, "b", pronouns="he") for name in ("Al Dace", "Bo Dace")}
    references = References(Cast("", (), {"b": Group("b", "B")}, actors), DAY)
    assert references.find("Mr. Dace left.") == []
