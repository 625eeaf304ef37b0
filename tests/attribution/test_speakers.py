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


def resolver(text, day=DAY, cast=CAST):
    blocks = paragraphs(text)
    clauses = [span for block in blocks for span in sentences(text, *block)]
    return Speakers(text, References(cast, day), blocks, clauses)


def speakers(text, day=DAY, cast=CAST):
    """The speaker of each attribution of `text`, in order."""
    known = resolver(text, day, cast)
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
        ("Mr. Reyes, like Ms. Quill,", "Omar Reyes", "unions", True),
        ("the HOU, with the FPG,", "Harbor Officers' Union", "unions", True),
        ("the commissioner", "Walter Kane", "commissioner", True),
        ("the union president", "Omar Reyes", "unions", True),
        ("the guild president", "Nora Quill", "unions", True),
        ("Iris Bell, a spokeswoman for the mayor", "Iris Bell", "mayor", True),
        ("the mayor’s spokeswoman", "Iris Bell", "mayor", True),
        ("the HOU", "Harbor Officers' Union", "unions", True),
        ("the unions", "Unions", "unions", False),
        ("the officers", "Others", OTHERS, False),
        ("the mayor’s office", "Helen Marsh", "mayor", True),
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
        ("two union leaders", "unions"),
        ("the tired officers", OTHERS),
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
        (
            "“Mr. Kane is a fine man,” Mr. Reyes said. “We like him,” he said.",
            ["Omar Reyes", "Omar Reyes"],
        ),
        ("Mr. Reyes came. “Mr. Kane is a fine man,” he said.", ["Omar Reyes"]),
        (
            "“It is over,” Mr. Kane said. Mr. Reyes left. “It is late,” he said.",
            ["Walter Kane", "Omar Reyes"],
        ),
        (
            "“It is over,” Mr. Kane said.\n\nGlen Tolliver sat. “It is late,” he said.",
            ["Walter Kane", "Unresolved"],
        ),
        ("Glen Tolliver sat.\n\n“It is late,” he said.", ["Glen Tolliver"]),
        (
            "“It is over,” Mr. Kane said. Mr. Reyes nodded.\n\n“It is late,” he said.",
            ["Walter Kane", "Walter Kane"],
        ),
        (
            "“It is over,” Mr. Kane said.\n\nMr. Reyes left.\n\n“It is late,” he said.",
            ["Walter Kane", "Omar Reyes"],
        ),
        (
            "As Mr. Reyes left, Mr. Kane said it was over. “It is late,” he said.",
            ["Walter Kane", "Walter Kane"],
        ),
        (
            "“It is over,” Ms. Quill said. Ms. Marsh left. “It is late,” she added.",
            ["Nora Quill", "Nora Quill"],
        ),
        (
            "“It is over,” Ms. Quill said. Ms. Marsh left. “It is late,” she went on.",
            ["Nora Quill", "Nora Quill"],
        ),
        (
            "Glen Tolliver sat. “It is over,” Mr. Kane said. “It is late,” he said.",
            ["Walter Kane", "Walter Kane"],
        ),
        (
            "“It is not the moon,” said Walter Kane. “But it is off the ground.”\n\n“Ask me in"
            " August,” Omar Reyes said.\n\n“It is not the moon. But it is off the ground.”\n\n“Or"
            " ask me never,” he said.",
            ["Omar Reyes", "Walter Kane", "Omar Reyes"],
        ),
        ("Glen Tolliver sat.\n\nRain fell.\n\n“It is late,” he said.", ["Unresolved"]),
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
        ("His lawyer said it was over.", [("Unnamed lawyer 1", OTHERS)]),
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
        ("The FPG met. Rain fell. “Go home,” it said.", "Ferry Pilots' Guild"),
        ("The FPG met. Rain fell. Wind blew. “Go home,” it said.", "Unresolved"),
        ("The HOU met. The FPG met. “Go home,” it said.", "Ferry Pilots' Guild"),
        ("The unions said it was over. “Go home,” it said.", "Unresolved"),
        ("The administration said it was over. “Go home,” it said.", "Mayor"),
        ("The administration said it was over. “Go home,” he said.", "Unresolved"),
        ("Officials said it was over. “Go home,” he said.", "Unresolved"),
        ("Police said it was over. “Go home,” he said.", "Unresolved"),
        ("Five people said it was over. “Go home,” she said.", "Unresolved"),
        ("“It is over,” the boss said. “Go home,” she said.", "Unnamed boss"),
        ("Ada Finch and Tom Orr said it was over. “Go home,” she said.", "Unresolved"),
        ("Jo Mills said it was over. “Go home,” she said.", "Jo Mills"),
        ("Jo Mills said it was over. “Go home,” I said.", "Unresolved"),
        (
            "The Rope and Tar Guild said it was over. “Go home,” it said.",
            "Rope and Tar Guild",
        ),
        ("Ms. Quill issued a statement. “Go home,” they said.", "Unresolved"),
        (
            "Ms. Quill sent a letter. Mr. Kane issued a statement. “Go home,” it said.",
            "Walter Kane",
        ),
        ("Mr. Reyes and Ms. Quill said it was over. “Go home,” it said.", "Unresolved"),
        (
            "Mr. Reyes said it was over. Mr. Kane and Ms. Quill said that it was not. “Go home,”"
            " they said.",
            "Unresolved",
        ),
        ("Ms. Quill was asked. Her answer: “Not today.”", "Nora Quill"),
        ("Mr. Kane praised the unions. “Go home,” it said.", "Unresolved"),
        ("Mr. Kane praised the unions. “Go home,” they said.", "Unions"),
        (
            "Mr. Kane and Ms. Quill said it was over. “We thank the unions,” they said.",
            "Unresolved",
        ),
        (
            "Mr. Kane and Ms. Quill said it was over. Mr. Kane said that it was late. The FPG met."
            " “Go home,” they said.",
            "Ferry Pilots' Guild",
        ),
    ],
)
def test_whom_a_pronoun_can_mean(text, name):
    assert speakers(text)[-1].name == name


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("Mr. Kane, who said it was over, left.", "Walter Kane", "commissioner"),
        ("The porter, who said it was over, left.", "Unnamed porter", OTHERS),
        (
            "A former tobacco farmer who said it was over left.",
            "Unnamed former tobacco farmer",
            OTHERS,
        ),
        ("A union official, who said it was over, left.", "Unnamed union official 1", "unions"),
        ("The mayor’s aide, who said it was over, left.", "Unnamed aide 1", "mayor"),
        ("The former commissioner, who said it was over, left.", "Ruth Adler", OTHERS),
        ("The chairman Jo Tamm, who said it was over, left.", "Jo Tamm", OTHERS),
        ("One sent a note to the farmer who said it was over.", "Unnamed farmer", OTHERS),
        ("They who said it was over left.", "Unresolved", UNRESOLVED),
    ],
)
def test_whom_who_means(text, name, group):
    (speaker,) = speakers(text)
    assert (speaker.name, speaker.group) == (name, group)


def test_the_noun_of_a_role_is_enough_for_who_was_met_in_it():
    unions = replace(CAST.groups["unions"], roles=("dock porter",))
    cast = replace(CAST, groups=CAST.groups | {"unions": unions})
    first, again = speakers("“One,” a dock porter said. “Two,” the porter said.", cast=cast)
    assert (first.group, again.name) == ("unions", first.name)


@pytest.mark.parametrize("words", ["another", "Q", "A"])
def test_what_names_nobody_is_unresolved(words):
    assert source(words).group == UNRESOLVED


@pytest.mark.parametrize(("rest", "method"), [("", ""), (", worn out", "continued")])
def test_one_source_of_two_quotations_is_one_speaker(rest, method):
    text = "A union official, worn out, said: “One.\n\n“Two.”"
    one, two = text.index("“One"), text.index("“Two")
    end = len("A union official")
    known = resolver(text)
    first = known.resolve(Attribution(((one, one + 5),), source=((0, end),)))
    again = Attribution(((two, two + 6),), source=((0, end + len(rest)),), method=method)
    assert known.resolve(again).name == first.name


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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The HOU said that it was done. Nora Quill wrote home. Her letter said: “No.”",
            "Nora Quill",
        ),
        ("Nora Quill said that it was done. His letter said: “No.”", "Unresolved"),
        (
            "Jo Tamm’s letter said it was done. The HOU said that it was. Her letter said: “No.”",
            "Jo Tamm",
        ),
    ],
)
def test_her_letter_is_hers(text, name):
    assert speakers(text)[-1].name == name


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
