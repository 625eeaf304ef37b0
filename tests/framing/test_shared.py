"""Shared quotations: what is the same, what is not, and what stands around it."""

import numpy as np
import pytest
from told import told

from analysis.framing.shared import COLUMNS, CUT, shared_quotations

LONG = "the harbour will be open again before the winter"
NO_MEANING = {"alike": 2.0}


def find(*articles, embed=None, **options):
    made, statements, _, rows = told(*articles)
    return shared_quotations(
        statements, made, rows, embed, **({} if embed else NO_MEANING) | options
    )


def ann(words, **more):
    return ("Ann Bo", "red", words, more)


def vectors(meanings):
    """An encoder that knows which of a few texts mean the same: equal numbers, equal vectors."""

    def embed(texts):
        return np.eye(9)[[next(n for key, n in meanings.items() if key in text) for text in texts]]

    return embed


def test_words_in_a_row_are_found_across_marks_and_case():
    table = find([ann(f"“{LONG}.”")], [ann(f"She knows: “{LONG.upper()}”, or so she hopes")])
    assert list(table["method"]) == ["text", "text"] and table["quotation"].nunique() == 1
    assert table["words"].iloc[0].casefold() == f"“{LONG}”"
    assert list(table["article_id"]) == ["a0", "a1"]


@pytest.mark.parametrize(
    "other",
    [
        "the harbour will be closed",  # four words
        "it is not at all what we",
        "a boat",
    ],
)
def test_shorter_runs_are_not_shared(other):
    assert find([ann(LONG)], [ann(other)]).empty


@pytest.mark.parametrize(("words", "found"), [(5, 0), (9, 2)])
def test_reported_speech_needs_a_longer_run(words, found):
    run = " ".join(LONG.split()[:words])
    assert len(find([ann(run, kind="indirect")], [ann(f"so {run}, yes")])) == found


def test_function_words_alone_are_no_quotation():
    assert find([ann("it is not for us to be there")], [ann("so it is not for us to be")]).empty


@pytest.mark.parametrize(
    ("speaker", "options"),
    [
        ("Cy Dee", {}),
        ("Ann Bo", {"named": False}),
        ("Ann Bo", {"group": "unresolved"}),
        ("Ann Bo", {"act": "thought"}),
    ],
)
def test_only_one_named_and_resolved_speaker_is_joined(speaker, options):
    other = (speaker, "red", LONG, options)
    assert find([ann(LONG)], [other], embed=vectors({LONG: 1})).empty


def test_one_article_shares_nothing_with_itself():
    assert find([ann(LONG), ann(LONG)]).empty


def test_cuts_of_one_sentence_meet_in_the_whole():
    head, tail = " ".join(LONG.split()[:6]), " ".join(LONG.split()[3:])
    table = find([ann(head)], [ann(LONG)], [ann(tail)])
    assert table["quotation"].nunique() == 1 and set(table["article_id"]) == {"a0", "a1", "a2"}


def test_two_quotations_in_one_statement_stay_two():
    other = "nobody has asked the fishermen about it"
    table = find([ann(f"{LONG}. Why then? {other}")], [ann(LONG)], [ann(other)])
    assert table["quotation"].nunique() == 2 and len(table) == 4


def test_quotations_are_numbered_as_they_first_appear():
    other = "nobody has asked the fishermen about it"
    table = find([ann(other), ann(LONG)], [ann(LONG), ann(other)])
    assert table.groupby("quotation")["content"].first().tolist() == [other, LONG]


def test_on_one_day_the_article_decides_which_quotation_is_first():
    other = "nobody has asked the fishermen about it"
    lines = [[ann(other)], [ann("so be it"), ann(LONG), ann(other)], [ann(LONG)]]
    made, statements, _, rows = told(*lines)
    made["published"] = ["2015-01-02", "2015-01-01", "2015-01-02"]
    table = shared_quotations(statements, made, rows, **NO_MEANING)
    assert table.groupby("quotation")["content"].first().tolist() == [LONG, other]


def test_a_paraphrase_is_joined_by_meaning_and_says_so():
    embed = vectors({"harbour": 1, "port": 1, "weather": 2})
    lines = [ann("a word about the weather today")]
    table = find(
        [ann(LONG)], [ann(LONG)], [ann("ships can use the port by then")], lines, embed=embed
    )
    assert list(table["method"]) == ["text", "text", "meaning"]
    assert table["words"].nunique() == 1 and table["words"].iloc[0] == LONG


def test_paraphrases_of_two_speakers_are_not_joined():
    embed = vectors({"harbour": 1, "port": 1, "weather": 2, "fish": 3})
    first = [ann(LONG), ("Cy Dee", "red", "there is no fish to be had", {})]
    second = [ann("the weather is fine, is it"), ("Cy Dee", "red", "ships can use the port", {})]
    assert find(first, second, embed=embed).empty
    assert len(find([first[0]], [ann("ships can use the port")], embed=embed)) == 2


def test_small_steps_of_meaning_do_not_make_a_chain():
    steps = {"first": 0.0, "second": 0.55, "third": 1.1}

    def embed(texts):
        angle = [next(a for key, a in steps.items() if key in text) for text in texts]
        return np.column_stack([np.cos(angle), np.sin(angle)])

    lines = [[ann(f"what came {word} of all things")] for word in steps]
    table = find(*lines, embed=embed)  # neighbours have a cosine of 0.85, the ends of 0.45
    assert table.groupby("quotation").size().tolist() == [2]


def test_what_stands_around_is_the_narration_beside_it():
    table = find(
        [
            ("", "", "It rained. ", {"about": {"red": 0.9}}),
            ("", "", "Ann Bo, who has failed, said ", {"about": {"red": -0.6}}),
            ("", "", "Bo speaks", {"act": "headline"}),
            ann(LONG, cue="insisted"),
            ("", "", " to nobody.", {"about": {"blue": 0.8, "red": -0.2}}),
        ],
        [ann(LONG), ("Cy Dee", "blue", "Hear, hear.", {"about": {"red": 0.5}})],
    )
    first, second = table.to_dict("records")
    assert first["around"] == f"Ann Bo, who has failed, said {CUT} to nobody."
    assert first["narrator"] == pytest.approx(-0.4)
    assert (first["verb"], first["charge"], first["leaning"]) == ("insist", 0.5, -1)
    assert second["around"] == "" and np.isnan(second["narrator"])


def test_the_words_of_an_absent_text_are_passed_over():
    made, statements, _, rows = told([ann(LONG)], [ann(LONG)])
    table = shared_quotations(statements.assign(content=""), made, rows, alike=2)
    assert table.empty and list(table.columns) == list(COLUMNS)


def test_no_speech_at_all_is_an_empty_table():
    assert find([("", "", "It rained.")]).empty and find().empty


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the harbour will be “open again before the winter”",
         "the harbour will be “open again before the winter”"),
        ("“We know: the harbour will be open” again before the winter",
         "“the harbour will be open” again before the winter"),
        ('"the harbour will be open again" before the winter',
         "“the harbour will be open again” before the winter"),
        (LONG, LONG),
    ],
)  # fmt: skip
def test_only_what_an_article_quotes_is_in_quotation_marks(text, shown):
    table = find([ann(text, kind="mixed")], [ann(LONG, kind="indirect")])
    assert set(table["words"]) == {shown}


def test_a_block_quotation_is_quoted_throughout():
    table = find([ann(LONG, kind="block")], [ann(LONG, kind="indirect")])
    assert set(table["words"]) == {f"“{LONG}”"}


def test_where_only_text_is_matched_no_encoder_is_asked():
    def embed(texts):
        raise AssertionError("asked")

    assert len(find([ann(f"“{LONG}.”")], [ann(f"“{LONG}.”")], embed=embed, alike=2.0)) == 2


def test_who_is_not_known_to_be_named_is_not_joined():
    assert find([ann(LONG, named=None)], [ann(LONG, named=None)]).empty
