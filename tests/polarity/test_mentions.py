"""Mentions: of whom statements speak, and the sentence that each is scored on."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution import rules
from analysis.attribution.engine import statements
from analysis.polarity.mentions import items, mentions
from analysis.tables import COLUMNS, build

from ..attribution.pitfalls import CAST


def tables(*texts, published="2024-05-06"):
    articles = build(
        "articles",
        [
            {
                "article_id": f"a{i}",
                "outlet": "The Ansel Courier",
                "published": published,
                "text": text,
            }
            for i, text in enumerate(texts)
        ],
    )
    said = statements(articles, CAST, rules.find)
    return articles, said, mentions(articles, said, CAST)


def spoken_of(text, **keys):
    """(holder, surface, target, how) of each mention, in order."""
    _, said, found = tables(text, **keys)
    holder = said.set_index("statement_id")["speaker"]
    return [
        (holder[row.statement_id], row.surface, row.target, row.how) for row in found.itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“Mayor Marsh is late,” Mr. Reyes said.",
            [("Omar Reyes", "Mayor Marsh", "Helen Marsh", "name")],
        ),
        (
            "“The commissioner is late,” Mr. Reyes said.",
            [("Omar Reyes", "The commissioner", "Walter Kane", "office")],
        ),
        (
            "“The unions are late,” the mayor said.",
            [("Helen Marsh", "The unions", "Unions", "collective")],
        ),
        (
            "“The HOU is late,” the mayor said.",
            [("Helen Marsh", "The HOU", "Harbor Officers' Union", "name")],
        ),
        (
            "“[Reyes] is late,” the mayor said.",
            [("Helen Marsh", "Reyes", "Omar Reyes", "name")],
        ),
        ("“Rain is late,” Mr. Reyes said.", []),
        (
            "The mayor was late.",
            [("The Ansel Courier", "The mayor", "Helen Marsh", "office")],
        ),
        (
            "Mr. Reyes called the mayor “a liar.”",
            [("Omar Reyes", "the mayor", "Helen Marsh", "office")],
        ),
    ],
)
def test_mentions(text, expected):
    assert spoken_of(text) == expected


def test_nobody_is_their_own_target():
    assert spoken_of("“Mr. Reyes speaks for Mr. Reyes,” Mr. Reyes said.") == []
    assert spoken_of("Mr. Reyes said that he, Omar Reyes, would march.") == []


def test_the_first_person_is_the_speaker_and_no_mention():
    assert spoken_of("“I trust my own eyes, and we will march,” Mr. Reyes said.") == []
    assert spoken_of("“Our members will march,” said the HOU.") == []


def test_our_members_are_a_mention_of_their_organisation():
    assert spoken_of("“Our members will march,” Mr. Reyes said.") == [
        ("Omar Reyes", "Our members", "Harbor Officers' Union", "first person")
    ]


def test_descriptions_are_mentions():
    found = spoken_of("The HOU met. “The union is late, and its president lies,” the mayor said.")
    assert found[1:] == [
        ("Helen Marsh", "The union", "Harbor Officers' Union", "description"),
        ("Helen Marsh", "its president", "Omar Reyes", "description"),
    ]


def test_a_possessive_is_part_of_its_description():
    found = spoken_of("Mr. Reyes came. “His union is late,” the mayor said.")
    assert [row for row in found if row[0] == "Helen Marsh"] == [
        ("Helen Marsh", "His union", "Harbor Officers' Union", "description")
    ]


@pytest.mark.parametrize("text", ["Mr. Reyes", "The HOU", "The unions"])
def test_who_speaks_of_a_member_speaks_of_the_group(text):
    _, _, found = tables(f"“{text} will march,” the mayor said.")
    assert list(found["target_group"]) == ["unions"]


def test_the_words_of_a_source_are_no_mention():
    text = "“It rained,” said Mr. Reyes. According to the mayor, it did not rain at all."
    assert spoken_of(text) == []


def test_a_frame_may_speak_of_others():
    found = spoken_of("“It rained,” Mr. Reyes said of the mayor.")
    assert [(surface, target) for _, surface, target, _ in found] == [("the mayor", "Helen Marsh")]


def test_he_in_the_reported_words_of_a_stranger_is_the_stranger():
    found = spoken_of("Mr. Reyes came late. A police source said that he was tired.")
    assert [row for row in found if row[2] == "Omar Reyes" and row[3] == "pronoun"] == []
    found = spoken_of("A police source said that Mr. Reyes came late and that he was tired.")
    assert [how for *_, target, how in found if target == "Omar Reyes"] == ["name", "pronoun"]


def test_pronouns_are_mentions():
    found = spoken_of("Mayor Marsh came at noon. “She is late,” Mr. Reyes said.")
    assert ("Omar Reyes", "She", "Helen Marsh", "pronoun") in found


def test_a_pronoun_in_a_quotation_is_not_its_speaker():
    found = spoken_of("Mr. Reyes met Mr. Kane. “He is late,” Mr. Reyes said.")
    assert ("Omar Reyes", "He", "Walter Kane", "pronoun") in found
    assert not [row for row in found if row[0] == row[2]]


def test_a_pronoun_that_means_nobody_is_no_mention():
    assert spoken_of("“She is late,” Mr. Reyes said.") == []


def test_the_date_decides():
    found = spoken_of("“The mayor is late,” Mr. Reyes said.", published="2015-01-01")
    assert [target for _, _, target, _ in found] == ["Victor Stroud"]


def test_the_outlet_may_speak_of_everybody():
    _, said, found = tables("Mr. Reyes met the mayor. “I am late,” Mr. Reyes said.")
    narrator = said[said["kind"] == "narration"]["statement_id"]
    assert list(found[found["statement_id"].isin(narrator)]["target"])[:2] == [
        "Omar Reyes",
        "Helen Marsh",
    ]


def test_the_frame_between_two_pieces_is_nobodys_words():
    text = "“The mayor,” said Mr. Reyes, an old foe of Mr. Kane, “is late.”"
    _, _, found = tables(text)
    assert "Walter Kane" not in set(found["target"]) | set()
    assert list(found["target"]) == ["Helen Marsh"]


def test_the_table():
    text = "Rain. “Mayor Marsh is late,” Mr. Reyes said.\n\n“Marsh is never on time.”"
    articles, said, found = tables(text, "“Mr. Kane is late,” the mayor said.")
    assert list(found.columns) == list(COLUMNS["mentions"])
    assert found["mention_id"].is_unique
    assert set(found["statement_id"]) <= set(said["statement_id"])
    joined = found.merge(said, on="statement_id", suffixes=("", "_statement"))
    assert len(joined) == len(found) == 3
    text_of = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in joined.itertuples():
        assert text_of[row.article_id][row.start : row.end] == row.surface
        assert row.start_statement <= row.start < row.end <= row.end_statement


def test_without_texts_there_are_no_mentions():
    articles, said, _ = tables("“Mr. Kane is late,” the mayor said.")
    dehydrated = articles.assign(text="")
    found = mentions(dehydrated, said, CAST)
    assert list(found.columns) == list(COLUMNS["mentions"]) and found.empty
    assert items(dehydrated, said, found) == {}


def test_an_item_is_the_sentence_within_the_speakers_words():
    text = "“It rained. Mayor Marsh was late, and Marsh knew it. It rained,” Mr. Reyes said."
    made = items(*tables(text))
    assert [(item.text, [item.text[a:b] for a, b in item.spans]) for item in made.values()] == [
        ("Mayor Marsh was late, and Marsh knew it.", ["Mayor Marsh", "Marsh"]),
        ("Mayor Marsh was late, and Marsh knew it.", ["Marsh", "Mayor Marsh"]),
    ]


def test_an_item_holds_nothing_of_the_frame():
    text = "“The mayor,” said Mr. Reyes, an old foe of Mr. Kane, “is late.”"
    for item in items(*tables(text)).values():
        assert "Reyes" not in item.text and item.target == "Helen Marsh"


def test_other_targets_are_not_in_an_items_spans():
    made = items(*tables("“Mayor Marsh met Mr. Kane,” Mr. Reyes said."))
    assert [[item.text[a:b] for a, b in item.spans] for item in made.values()] == [
        ["Mayor Marsh"],
        ["Mr. Kane"],
    ]


def test_an_item_knows_whether_it_is_narrated():
    made = items(*tables("“Mayor Marsh was late,” Mr. Reyes said.", "Mayor Marsh came at nine."))
    assert [item.narrated for item in made.values()] == [False, True]


def test_items_are_in_the_order_of_the_table():
    articles, said, found = tables(
        "“Mayor Marsh met Mr. Kane.” “Mr. Kane met Marsh,” Mr. Reyes said.", "Mr. Kane was late."
    )
    assert list(items(articles, said, found)) == list(found["mention_id"])
    turned = found.iloc[::-1]
    assert list(items(articles, said, turned)) == list(turned["mention_id"])


PARTS = st.sampled_from(
    [
        "Mr. Reyes", "Reyes", "the mayor", "she", "his", "“", "”", '"', "said", "that", "late",
        ".", ",", "\n\n", "According to", "the unions", "’s", "The commissioner", "[Kane]", "St.",
        "his union", "the HOU", "their own commissioner", "its president", "our members",
    ]
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=30).map(" ".join))
def test_any_text_has_sound_mentions_and_items(text):
    articles, said, found = tables(text)
    assert found["mention_id"].is_unique
    made = items(articles, said, found)
    assert list(made) == list(found["mention_id"])
    for row in found.itertuples():
        assert text[row.start : row.end] == row.surface
        item = made[row.mention_id]
        start, end = item.spans[0]
        assert item.text[start:end] == row.surface and item.text in text


def test_empty_tables():
    empty = build("articles", []), build("statements", [])
    found = mentions(*empty, CAST)
    assert found.empty and items(*empty, found) == {}
    assert isinstance(found, pd.DataFrame)


@pytest.mark.parametrize(
    ("line", "found"),
    [("Mayor Marsh left the old town.", 1), ("Mayor Marsh left the town.", 2)],
    ids=["six words", "five words"],
)
def test_a_line_that_stands_twice_counts_once_from_six_words_on(line, found):
    _, _, rows = tables(f"{line}\n\nRain fell.\n\n{line}")
    assert len(rows) == found


def test_a_standfirst_that_repeats_the_headline_speaks_of_people():
    title = "Reyes walks out of ferry talks again"
    text = f"{title}\n\n{title}\n\nRain fell.\n\n{title}"
    articles, _, _ = tables(text)
    articles["title"] = title
    found = mentions(articles, statements(articles, CAST, rules.find), CAST)
    assert found["start"].tolist() == [0, len(title) + 2]  # and the second copy of it does not
