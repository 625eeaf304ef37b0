"""Positions: shares of an article's words, and who takes the first and the last."""

import pandas as pd
import pytest
from synthetic import make_cast

from analysis.framing.frames import EVIDENCE
from analysis.framing.positions import ahead, positions, tenths, turns
from analysis.tables import build


def article(name: str, *voices: tuple[str, int]) -> list[dict]:
    """Statements of one article: (group, number of words), a group of "" being narration."""
    return [
        {
            "statement_id": f"{name}:{i}", "article_id": name, "start": i, "end": i + 1,
            "kind": "direct" if group else "narration", "group": group or "narrator",
            "words": words, "act": "speech" if group else "",
        }
        for i, (group, words) in enumerate(voices)
    ]  # fmt: skip


def placed(*said: list[dict], scored: dict | None = None) -> pd.DataFrame:
    """`positions` of articles; `scored` is (statement, target group) -> polarities."""
    names = sorted({row["article_id"] for rows in said for row in rows})
    articles = build("articles", [{"article_id": name, "collection": "c"} for name in names])
    statements = build("statements", [row for rows in said for row in rows])
    rows = [
        {"statement_id": key, "article_id": key[0], "target_group": group, "polarity": value}
        for (key, group), values in (scored or {}).items()
        for value in values
    ]
    evidence = pd.DataFrame(rows, columns=list(EVIDENCE))
    return positions(statements, articles, evidence, make_cast(3, 3))


def test_places_are_shares_of_the_words():
    table = placed(
        article("a", ("", 50), ("mayor", 30), ("", 20)), scored={("a:1", "mayor"): [-0.5]}
    )
    assert table["begin"].tolist() == pytest.approx([0, 0.5, 0.8])
    assert table["finish"].tolist() == pytest.approx([0.5, 0.8, 1])
    assert table["polarity"].isna().tolist() == [True, False, True]


def test_two_of_one_group_weigh_no_more_than_one_of_another():
    said = {("a:1", "unions"): [-1.0, -0.6], ("a:1", "mayor"): [0.4]}
    table = placed(article("a", ("", 9), ("council", 9)), scored=said)
    assert table["polarity"].iloc[1] == pytest.approx((-0.8 + 0.4) / 2)


def test_a_thought_takes_up_room_and_has_no_row():
    said = article("a", ("", 50), ("mayor", 30), ("", 20))
    said[1]["act"] = "thought"
    table = placed(said)
    assert table["begin"].tolist() == pytest.approx([0, 0.8])


def test_tenths_add_up_and_hold_each_statement_once():
    table = tenths(
        placed(article("a", ("", 37), ("mayor", 41), ("", 22)), scored={("a:1", "mayor"): [-0.5]})
    )
    assert table.groupby("tenth")["share"].sum().tolist() == pytest.approx([1] * 10)
    spoken = table[table["n_statements"] > 0]
    assert spoken[["holder", "tenth", "polarity"]].values.tolist() == [["mayor", 5, -0.5]]


def test_every_article_weighs_alike_in_a_tenth():
    table = tenths(placed(article("a", ("", 90)), article("b", ("mayor", 10))))
    assert table["share"].tolist() == pytest.approx([0.5] * 20)


def test_turns_count_articles():
    table = placed(
        article("a", ("", 9), ("mayor", 9), ("unions", 9), ("", 9)),
        article("b", ("unions", 9), ("", 9), ("unions", 9)),
        article("c", ("", 9)),
    )
    counts = turns(table).set_index("holder")
    assert counts.loc["narrator"].tolist()[1:] == [2, 0, 0, 2]
    assert counts.loc["mayor"].tolist()[1:] == [0, 1, 0, 0]
    assert counts.loc["unions"].tolist()[1:] == [1, 1, 2, 1]
    assert ahead(table, "last_voice", "unions", "mayor").estimate == 1
    assert pd.isna(ahead(table, "last_voice", "mayor", "commissioner").estimate)


@pytest.mark.parametrize(("won", "lost", "clear"), [(14, 2, True), (6, 0, True), (5, 0, False)])
def test_ahead_is_clear_only_where_chance_is_not_enough(won, lost, clear):
    said = [article(f"w{i}", ("unions", 5)) for i in range(won)]
    said += [article(f"l{i}", ("mayor", 5)) for i in range(lost)]
    assert (ahead(placed(*said), "last_voice", "unions", "mayor").low > 0.5) is clear


def test_nothing_has_no_place():
    table = placed(article("a", ("", 9))).iloc[:0]
    assert turns(table).empty and tenths(table).empty


def test_a_headline_takes_no_room():
    said = article("a", ("mayor", 30), ("", 70))
    head = {**said[1], "statement_id": "a:h", "start": -1, "words": 20, "act": "headline"}
    columns = ["statement_id", "begin", "finish"]
    assert placed([head, *said])[columns].equals(placed(said)[columns])
