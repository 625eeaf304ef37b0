"""Attributions by rules: source, cue and content as they stand in the text, before resolution."""

from itertools import pairwise

import pytest

from analysis.attribution.cues import LEMMAS
from analysis.attribution.rules import find


def words(text, spans):
    return " … ".join(text[start:end] for start, end in spans)


def roles(text):
    """(source, cue, content) of each attribution."""
    return [(words(text, a.source), words(text, a.cue), words(text, a.content)) for a in find(text)]


@pytest.mark.parametrize("gap", ["\n\n", "\n>\n", "\n"])
@pytest.mark.parametrize("frame", ["In a letter, Ann Poe said:", "Ms. Poe's letter in full:"])
def test_a_block_goes_on_to_its_last_marked_line(frame, gap):
    lines = "We go now.", "Mr. Orr said that “we” had to. We did not.", "“It is over.”"
    marked = gap.join(f"> {line}" for line in lines)
    text = f"{frame}\n\n{marked}\n\nRain fell on the pier."
    found = find(text)
    assert [words(text, one.content) for one in found] == list(lines)
    assert {one.method for one in found} == {"block"}
    assert all("Poe" in words(text, one.source) for one in found)


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“We go now,” Mr. Poe said.", "Mr. Poe", "said"),
        ("“We go now,” Mr. Poe later said.", "Mr. Poe", "said"),
        ("“We go now,” said Mr. Poe.", "Mr. Poe", "said"),
        (
            "“We go now,” said Ann Poe, the head of the guild.",
            "Ann Poe, the head of the guild",
            "said",
        ),
        ("“We go now,” the head of the guild said.", "the head of the guild", "said"),
        ("“We go now,” one of several officials said.", "one of several officials", "said"),
        ("“We go now,” according to Ann Poe.", "Ann Poe", "according to"),
        ("“We go now,” Ann Poe told reporters on Friday.", "Ann Poe", "told"),
        ("“We go now,” Ann Poe went on.", "Ann Poe", "went on"),
        (
            "“We go now,” Ann Poe, the head of the guild, said.",
            "Ann Poe, the head of the guild",
            "said",
        ),
        ("Mr. Poe said, “We go now.”", "Mr. Poe", "said"),
        ("On Monday, Mr. Poe said, “We go now.”", "Mr. Poe", "said"),
        ("The head of the guild said: “We go now.”", "The head of the guild", "said"),
        ("The guild tweeted: “We go now.”", "The guild", "tweeted"),
        ("PORT ANSEL — Mr. Poe said, “We go now.”", "Mr. Poe", "said"),
        ("Mr. Poe left the room and said, “We go now.”", "Mr. Poe", "said"),
        ("Poe: “We go now.”", "Poe", ":"),
    ],
)
def test_frames_of_a_quotation(text, source, cue):
    content = text[text.index("“") : text.index("”") + 1]
    assert roles(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Poe said that it rained all day.", ("Mr. Poe", "said", "that it rained all day")),
        ("Mr. Poe said it rained all day.", ("Mr. Poe", "said", "it rained all day")),
        ("Mr. Poe has said that it rained again.", ("Mr. Poe", "said", "that it rained again")),
        ("It rained all day, officials said.", ("officials", "said", "It rained all day")),
        ("It rained, according to Ann Poe.", ("Ann Poe", "according to", "It rained")),
        ("According to the guild, it rained.", ("the guild", "According to", "it rained")),
        ("Mr. Poe told the guild that it had rained.", ("Mr. Poe", "told", "that it had rained")),
        ("She warned that it would rain.", ("She", "warned", "that it would rain")),
        ("Officials say it will rain soon.", ("Officials", "say", "it will rain soon")),
        (
            "A source who was briefed said that it rained again.",
            ("A source who was briefed", "said", "that it rained again"),
        ),
        ("Ms. Poe said that the “rain” was near.", ("Ms. Poe", "said", "that the “rain” was near")),
        ("Mr. Poe vowed to stay in port.", ("Mr. Poe", "vowed", "to stay in port")),
    ],
)
def test_clauses(text, expected):
    assert roles(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Poe would not say that it rained.",
        "Mr. Poe refused to say that it rained.",
        "Mr. Poe could say it rained all day.",
        "Mr. Poe said goodbye and left the room.",
        "Mr. Poe said nothing about the rain.",
        "The report that it rained was false.",
        "The “summit” was short.",
        "Mr. Poe did not hope that it would rain.",
        "Mr. Poe told a story in the rain.",
        "",
        "\n\n",
        "“",
        "said",
        "said that",
        ":",
        "“” said “”",
    ],
)
def test_nothing_is_said(text):
    assert not [a for a in find(text) if a.source]


@pytest.mark.parametrize(
    ("after", "content"),
    [
        ("“It was beneath me.”", ["he was sorry", "“It was beneath me.”"]),
        ("“It was beneath me.” Rain fell.", ["he was sorry", "“It was beneath me.”"]),
        ("“Never again.”", ["he was sorry"]),
        ("Rain fell. “It was beneath me.” Rain fell.", ["he was sorry"]),
        ("“It Was Beneath Me” is the song.", ["he was sorry"]),
    ],
)
def test_a_sentence_in_marks_goes_on_with_what_was_said(after, content):
    text = f"Mr. Poe said he was sorry. {after}"
    assert [found[2].strip() for found in roles(text)] == content
    assert {found[0] for found in roles(text)} == {"Mr. Poe"}


def test_pieces_of_one_quotation():
    text = "“We,” he said, “go. Now.” Rain fell."
    assert roles(text) == [("he", "said", "“We,” … “go. Now.”")]


def test_offsets_count_from_the_start_of_the_article():
    text = "Rain.\n\n  Rain again.\n\n“We go now,” Mr. Poe said."
    assert roles(text)[0] == ("Mr. Poe", "said", "“We go now,”")


def test_content_is_in_order_and_apart():
    text = "“A b c,” Poe said. Oh said it rained again. “D e f,” said Oh. It rained, Poe said."
    text += "\n\n“G h i.”"
    found = find(text)
    assert len(found) == 5
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_every_form_of_a_cue_has_its_lemma():
    assert LEMMAS["said"] == LEMMAS["says"] == LEMMAS["saying"] == "say"
    assert (LEMMAS["praised"], LEMMAS["claiming"]) == ("praise", "claim")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Mr. Poe hoped that it would rain.", "that it would rain"),
        ("Ms. Oh fears the rain will stay.", "the rain will stay"),
    ],
)
def test_a_thought_is_marked_as_one(text, content):
    [found] = find(text)
    assert found.method == "thought"
    assert [text[a:b] for a, b in found.content] == [content]
