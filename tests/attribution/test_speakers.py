"""From the words of a source to a speaker."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.attribution.rules import find
from analysis.attribution.sources import group_of, role_of
from analysis.attribution.spans import Attribution
from analysis.attribution.speakers import Speakers
from analysis.corpus.references import References
from analysis.corpus.segments import paragraphs, sentences
from analysis.tables import OTHERS, UNRESOLVED

from .pitfalls import CAST

DAY = date(2024, 5, 6)


def resolver(text, day=DAY):
    blocks = paragraphs(text)
    clauses = [span for block in blocks for span in sentences(text, *block)]
    return Speakers(text, References(CAST, day), blocks, clauses)


def speakers(text, day=DAY):
    """The speaker of each attribution of `text`, in order."""
    known = resolver(text, day)
    return [known.resolve(attribution) for attribution in find(text)]


def source(words, before="", day=DAY):
    """The speaker behind a source that reads `words`, in `“Go now,” WORDS said.`"""
    text = f"{before}“Go now,” {words} said."
    start = len(before) + len("“Go now,” ")
    end = start + len(words)
    return resolver(text, day).resolve(
        Attribution(((len(before), start - 1),), ((end + 1, end + 5),), ((start, end),))
    )


@pytest.mark.parametrize(
    ("words", "name", "group", "named"),
    [
        ("Mr. Reyes", "Omar Reyes", "unions", True),
        ("Omar Reyes, the head of the union,", "Omar Reyes", "unions", True),
        ("Mr. Reyes of the HOU", "Omar Reyes", "unions", True),
        ("the commissioner", "Walter Kane", "commissioner", True),
        ("the union president", "Omar Reyes", "unions", True),
        ("the guild president", "Nora Quill", "unions", True),
        ("Iris Bell, a spokeswoman for the mayor", "Iris Bell", "mayor", True),
        ("the mayor’s spokeswoman", "Iris Bell", "mayor", True),
        ("the HOU", "Harbor Officers' Union", "unions", True),
        ("the unions", "Unions", "unions", False),
        ("Dana Whitlock", "Dana Whitlock", OTHERS, True),
        ("Dr. Dana Whitlock, a nurse,", "Dana Whitlock", OTHERS, True),
        pytest.param(
            "Councilman Jo de la Cruz",
            "Jo de la Cruz",
            OTHERS,
            True,
        ),
    ],
)
def test_named_sources(words, name, group, named):
    speaker = source(words)
    assert (speaker.name, speaker.group, speaker.named) == (name, group, named)
    assert speaker.resolution


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("a union official", "unions"),
        ("a top union official", "unions"),
        ("one of several union officials", "unions"),
        ("a source", OTHERS),
        ("a person who was briefed on the talks", OTHERS),
        ("a city hall official", "mayor"),
        ("a city hall official who had met Mr. Reyes", "mayor"),
        ("an aide to the mayor", "mayor"),
        ("a spokesman for the commissioner", "commissioner"),
        ("the commissioner’s spokesman", "commissioner"),
        ("a spokesman for the HOU", "unions"),
        ("an HOU spokesman", "unions"),
        ("a police spokesman", "commissioner"),
        ("one fan of the ferries", OTHERS),
    ],
)
def test_unnamed_sources(words, group):
    speaker = source(words)
    assert (speaker.group, speaker.named) == (group, False)
    assert speaker.name.startswith("Unnamed ")


def test_offices_follow_the_date():
    assert source("the commissioner", day=date(2015, 1, 1)).name == "Ruth Adler"
    assert source("the mayor", day=date(2015, 1, 1)).name == "Victor Stroud"


def test_an_office_that_nobody_holds_is_nobody():
    speaker = source("the commissioner", day=date(2001, 1, 1))
    assert speaker.group in (OTHERS, UNRESOLVED) and not speaker.named


def test_the_antecedent_is_kept():
    text = "Ms. Quill sat. "
    speaker = source("she", text)
    assert (speaker.name, text[speaker.start : speaker.end]) == ("Nora Quill", "Ms. Quill")


def test_a_pronoun_without_antecedent_says_why():
    speaker = source("she")
    assert (speaker.name, speaker.group, speaker.named) == ("Unresolved", UNRESOLVED, False)
    assert "she" in speaker.resolution


def test_no_source_says_why():
    speaker = resolver("“Go.”").resolve(Attribution(((0, 5),)))
    assert (speaker.group, speaker.resolution) == (UNRESOLVED, "no source is named")


def test_an_unresolved_speaker_carries_over_to_nobody():
    text = "“Go,” Ms. Quill said. “Go,” it would seem. “Go.”"
    known = resolver(text)
    assert known.resolve(Attribution(((0, 5),), source=((6, 15),))).name == "Nora Quill"
    assert known.resolve(Attribution(((22, 27),))).group == UNRESOLVED
    after = known.resolve(Attribution(((43, 48),), method="carried over"))
    assert (after.name, after.resolution) == ("Nora Quill", "carried over")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "“It is over,” Ms. Quill said. “It is late,” she added.",
            ["Nora Quill", "Nora Quill"],
        ),
        (
            "“It is over,” said Dana Whitlock. “It is late,” she said.",
            ["Dana Whitlock", "Dana Whitlock"],
        ),
        (
            "“It is over,” said Dana Whitlock. “It is late,” Ms. Whitlock said.",
            ["Dana Whitlock", "Dana Whitlock"],
        ),
        (
            "“It is over,” Ms. Quill said. Mr. Kane left. “It is late,” he said.",
            ["Nora Quill", "Walter Kane"],
        ),
        (
            "“It is over,” Ms. Quill said.\n\n“It is late,” she said. “Go home,” Mr. Kane said.",
            ["Nora Quill", "Nora Quill", "Walter Kane"],
        ),
        (
            "“It is over,” Ms. Quill said. “One.\n\n“It is late,” he said.",
            ["Nora Quill", "Nora Quill"],
        ),
    ],
)
def test_who_speaks_on(text, names):
    assert [speaker.name for speaker in speakers(text)][-len(names) :] == names


def test_unnamed_sources_are_told_apart():
    text = (
        "“One day,” a union official said. “Two days,” another said. “Three days,” said a third."
        " “Four days,” the official said. “Five days,” a mayoral aide said."
    )
    first, second, third, again, aide = speakers(text)
    assert len({first.name, second.name, third.name, aide.name}) == 4
    assert again.name == third.name
    assert {first.group, second.group, third.group} == {"unions"} and aide.group == "mayor"


def test_the_official_whom_a_clause_describes():
    text = (
        "“One day,” a union official who spoke to the Courier said. “Two days,” another said."
        " “Three days,” the union official who spoke to the Courier said."
    )
    first, second, third = speakers(text)
    assert first.name == third.name != second.name


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("A person close to the mayor said it was over.", [("Unnamed person 1", OTHERS)]),
        ("Officials close to the mayor said it was over.", [("Unnamed officials", OTHERS)]),
        ("A friend of Mr. Kane said it was over.", [("Unnamed friend 1", OTHERS)]),
        ("A critic of the mayor said it was over.", [("Unnamed critic 1", OTHERS)]),
        ("A resident at the mayor’s office said it was over.", [("Unnamed resident 1", OTHERS)]),
        ("A lawyer in Ansel, New York, said it was over.", [("Unnamed lawyer 1", OTHERS)]),
        ("The mayor left. Her office said it was over.", [("Helen Marsh", "mayor")]),
        ("Mr. Kane left. His lawyer said it was over.", [("Unnamed lawyer 1", "commissioner")]),
        ("Mr. Kane left. His lawyer, Jo Tamm, said it was over.", [("Jo Tamm", "commissioner")]),
        ("Mr. Kane left. His rival, Nora Quill, said it was over.", [("Nora Quill", "unions")]),
        (
            "“One day,” a top union official said. “Two days,” the top official said.",
            [("Unnamed union official 1", "unions")] * 2,
        ),
        (
            "“Two days,” a lawyer for Mr. Kane said. “Three days,” the lawyer said.",
            [("Unnamed lawyer 1", "commissioner")] * 2,
        ),
        (
            "“One day,” a union official said. “Two days,” another official said.",
            [("Unnamed union official 1", "unions"), ("Unnamed union official 2", "unions")],
        ),
        (
            "“One day,” a union official said. “Two days,” another official of the mayor said.",
            [("Unnamed union official 1", "unions"), ("Unnamed official 1", "mayor")],
        ),
        (
            "“One day,” two union officials said. “Two days,” one of them said.",
            [("Unnamed union officials", "unions"), ("Unnamed union official 2", "unions")],
        ),
    ],
)
def test_who_is_near_somebody_is_not_that_somebody(text, spoken):
    assert [(speaker.name, speaker.group) for speaker in speakers(text)] == spoken


@pytest.mark.parametrize(
    "text",
    [
        "A spokeswoman for the FPG, Jo Tamm, said it was over. “Go home,” Ms. Tamm said.",
        "Jo Tamm, a spokeswoman for the FPG, said it was over. “Go home,” Ms. Tamm said.",
        "Jo Tamm left. Jo Tamm, a spokeswoman for the FPG, nodded. “Go home,” Ms. Tamm said.",
    ],
)
def test_who_is_described_stays_on_that_side(text):
    assert {(s.name, s.group, s.named) for s in speakers(text)} == {("Jo Tamm", "unions", True)}


def test_a_name_after_a_description_that_is_the_casts_is_that_of_the_cast():
    (speaker,) = speakers("A spokeswoman for the mayor, Iris Bell, said it was over.")
    assert speaker.name == "Iris Bell"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr. Kane said it was over. The FPG met. “Go home,” it said.", "Ferry Pilots' Guild"),
        (
            "Mr. Kane said it was over.\n\nMs. Quill issued a statement. “Go home,” it said.",
            "Nora Quill",
        ),
        ("Mr. Kane said it was over. “Go home,” it said.", "Unresolved"),
        ("Mr. Kane said it was over. “Go home,” she said.", "Unresolved"),
        ("The FPG said it was over. “Go home,” he said.", "Unresolved"),
        ("Her lawyer said it was over.", "Unnamed lawyer 1"),
        ("Mr. Kane praised the unions. “Go home,” it said.", "Unresolved"),
        ("Mr. Kane praised the unions. “Go home,” they said.", "Unions"),
        (
            "Mr. Kane and Ms. Quill said it was over. “We thank the unions,” they said.",
            "Unresolved",
        ),
    ],
)
def test_whom_it_and_they_can_mean(text, name):
    assert speakers(text)[-1].name == name


def test_another_follows_nobody():
    assert source("another").group == UNRESOLVED


def test_documents_speak_for_who_issued_them():
    before = "In a statement, Ms. Quill said that it was over. "
    assert [s.name for s in speakers(before + "The statement added that the boats were old.")] == [
        "Nora Quill",
        "Nora Quill",
    ]
    assert source("a memo from the commissioner").name == "Walter Kane"
    assert source("the letter").group == UNRESOLVED
    assert source("a statement from the mayor’s press secretary").name == "Iris Bell"


def test_the_union_is_the_organisation_named_last():
    assert source("the union", "The Ferry Pilots’ Guild met. ").name == "Ferry Pilots' Guild"
    assert source("the union").name != "Ferry Pilots' Guild"


def test_every_speaker_has_a_group_of_the_cast_or_a_built_in_one():
    for words in ("“", "—", "the the the", "a", "of the", "X", "12", "said", "their"):
        speaker = source(words)
        assert speaker.group in {*CAST.groups, OTHERS, UNRESOLVED}
        assert speaker.name and speaker.resolution


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("a ministry of docks spokesman", "mayor"),
        ("a ministry of docks spokesman in Ansel", "mayor"),
        ("a critic of the ministry of docks spokesman", OTHERS),
    ],
)
def test_a_role_of_the_cast_may_hold_a_preposition(words, group):
    mayor = replace(CAST.groups["mayor"], roles=("ministry of docks spokesman",))
    cast = replace(CAST, groups=CAST.groups | {"mayor": mayor})
    assert group_of(role_of(words, cast), [], cast) == group


def test_her_letter_is_hers():
    [_, speaker] = speakers(
        "The HOU said that it was done. Nora Quill wrote home. Her letter said: “It is not done.”"
    )
    assert speaker.name == "Nora Quill"


@pytest.mark.parametrize("words", ["his wife, Ida,", "his late wife, Ida, who had a boat,"])
def test_one_name_is_enough_for_a_wife(words):
    speaker = source(words, "Mr. Reyes left. ")
    assert (speaker.name, speaker.group, speaker.named) == ("Ida", OTHERS, True)


@pytest.mark.parametrize("words", ["Last", "Your leading article", "the note, February 14,"])
def test_a_time_or_my_is_no_name(words):
    assert not source(words).named


def test_a_time_that_opens_a_sentence_is_no_speaker():
    [said] = find("Last month Mr. Poe took my wrist and said, “We are done.”")
    assert said.source == ((11, 18),)


def test_a_councillor_is_who_has_been_named():
    assert source("Cllr Tidy", "Maureen Tidy left. ").name == "Maureen Tidy"
