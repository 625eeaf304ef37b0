"""Who is believed, the rules or the tagger, with a tagger that says what the test has it say."""

import pytest

from analysis.attribution import hybrid
from analysis.attribution.spans import Attribution


@pytest.fixture
def find(monkeypatch):
    """`find(text, (source, cue, content pieces, confidence) ...)`: contents and sources found."""

    def run(text, *said):
        def span(words):
            start = text.index(words)
            return (start, start + len(words))

        class Tagger:
            def find(self, _):
                return [
                    Attribution(
                        tuple(span(piece) for piece in pieces),
                        (span(cue),) if cue else (),
                        (span(source),) if source else (),
                        "model",
                        confidence,
                    )
                    for source, cue, pieces, confidence in said
                ]

        monkeypatch.setattr(hybrid, "_tagger", Tagger)
        return [
            (
                "".join(text[a:b] for a, b in one.source),
                " … ".join(text[a:b] for a, b in one.content),
                one.method,
            )
            for one in hybrid.find(text)
        ]

    return run


def test_the_tagger_is_believed(find):
    text = "Mr. Poe said it rained in the port."
    tag = ("Mr. Poe", "said", ("it rained",), 0.9)
    assert find(text, tag) == [("Mr. Poe", "it rained", "tagger")]


def test_a_rule_with_the_same_source_seconds_it(find):
    text = "Ms. Oh heard that Mr. Poe said it rained in the port."
    for source, confidence in (("Mr. Poe", hybrid.SECONDED), ("Ms. Oh", 0.4)):
        tag = (source, "said", ("it rained",), 0.4)
        assert find(text, tag) == [(source, "it rained", "tagger")]
        [found] = hybrid.find(text)
        assert found.confidence == confidence


def test_unless_it_leaves_out_how_a_clause_begins_around_its_frame(find):
    text = "Ms. Oh laughed at the joke. The boats, she said, were late again."
    rest = "were late again"
    whole = [("she", f"The boats … {rest}", "parenthetical")]
    assert find(text, ("she", "said", ("the joke", rest), 0.9)) == whole
    assert find(text, ("she", "said", ("The boats", rest), 0.9))[0][2] == "tagger"


def test_unless_it_joins_what_the_rules_keep_apart(find):
    text = "“We won,” Ms. Oh said. “So did we,” Mr. Poe said."
    tag = ("Mr. Poe", "said", ("“We won,”", "“So did we,”"), 0.9)
    assert find(text, tag) == [
        ("Ms. Oh", "“We won,”", "quotation"),
        ("Mr. Poe", "“So did we,”", "quotation"),
    ]


def test_unless_it_runs_on_into_another_sentence(find):
    text = "The port was closed. It rained hard, Mr. Poe said."
    tag = ("Mr. Poe", "said", ("The port was closed. It rained hard",), 0.9)
    assert find(text, tag) == [("Mr. Poe", "It rained hard", "clause")]


def test_a_quotation_of_several_sentences_is_no_running_on(find):
    text = "“It is over. It rained,” Mr. Poe said."
    tag = ("Mr. Poe", "said", ("“It is over. It rained,”",), 0.9)
    assert find(text, tag) == [("Mr. Poe", "“It is over. It rained,”", "tagger")]


def test_unless_its_source_only_vouches_for_another(find):
    text = "Mr. Poe said that it rained, a source said."
    tag = ("a source", "said", ("that it rained",), 0.9)
    assert find(text, tag) == [("Mr. Poe", "that it rained", "clause")]


def test_unless_it_knows_no_source(find):
    text = "“It rained.” — Ann Poe\n\n“It poured.” — Bo Oh"
    tag = ("", "", ("“It rained.”", "“It poured.”"), 0.9)
    assert find(text, tag) == [
        ("Ann Poe", "“It rained.”", "signed"),
        ("Bo Oh", "“It poured.”", "signed"),
    ]


def test_of_what_the_rules_alone_see_quotations_stand(find):
    assert find("Mr. Poe said it rained in the port.") == []
    assert find("The port “won,” Ms. Oh said.") == []
    assert find("“We won it all,” Ms. Oh said.") == [("Ms. Oh", "“We won it all,”", "quotation")]


def test_what_the_tagger_does_not_see_is_trusted_less(find):
    find("“We won it all,” Ms. Oh said.")
    [alone] = hybrid.find("“We won it all,” Ms. Oh said.")
    assert alone.confidence == hybrid.CONTESTED
    [signed] = hybrid.find("“We won it all.” — Ann Poe")
    assert signed.confidence > hybrid.CONTESTED


def test_what_the_tagger_alone_sees_stands(find):
    text = "It was Mr. Poe who had thought of rain."
    tag = ("Mr. Poe", "thought", ("of rain",), 0.4)
    assert find(text, tag) == [("Mr. Poe", "of rain", "tagger")]
