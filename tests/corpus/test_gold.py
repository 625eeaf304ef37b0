from pathlib import Path

import pandas as pd
import pytest

from analysis import tables
from analysis.corpus import gold as golden
from analysis.corpus.articles import read_article
from analysis.corpus.cast_file import load_cast
from analysis.corpus.formats import sha256
from analysis.corpus.gold import Gold, compare, details, pair

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = "x" * 100


def articles(text=TEXT):
    row = {"article_id": "a", "text": text, "sha256": sha256(text)}
    return tables.build("articles", [row])


def said(*rows):
    """Predicted statements from (spans, more); each is Ann's, named, direct."""
    made = []
    for spans, more in rows:
        start = int(spans.split("-")[0])
        row = {"statement_id": f"a/{start}", "article_id": "a", "spans": spans, "kind": "direct"}
        row |= {"start": start, "speaker": "Ann", "group": "reds", "named": True}
        made.append(row | more)
    return tables.build("statements", made)


def gold(*rows, polarity=()):
    """Gold of the same shape; `polarity` holds (statement, target, polarity)."""
    made = []
    for number, (spans, more) in enumerate(rows, 1):
        row = {"sha256": sha256(TEXT), "article_id": "a", "statement": number, "kind": "direct"}
        row |= {"spans": spans, "speaker": "Ann", "group": "reds", "named": True}
        made.append(row | more)
    rated = [
        {"article_id": "a", "statement": n, "target": target, "polarity": value}
        for n, target, value in polarity
    ]
    return Gold(
        pd.DataFrame(made, columns=golden.STATEMENTS),
        pd.DataFrame(rated, columns=golden.POLARITY),
    )


def one(predicted, truth):
    """The row `all`."""
    return compare(articles(), predicted, truth).set_index("article_id").loc["all"].to_dict()


@pytest.mark.parametrize(
    ("predicted", "truth", "found"),
    [
        ("10-20", "10-20", True),
        ("15-40", "10-20", True),  # half of the gold's characters
        ("16-40", "10-20", False),
        ("0-99", "10-20", True),
        ("10-15", "10-14;50-56", False),  # 4 of 10, the pieces taken together
        ("10-15", "10-15;50-55", True),
        ("20-30", "10-20", False),
    ],
)
def test_found_from_half_of_the_gold_on(predicted, truth, found):
    assert bool(pair(said((predicted, {})), gold((truth, {})).statements)) == found


def test_matching_is_one_to_one_and_the_greatest_overlap_wins():
    truth = gold(("0-10", {}), ("12-40", {})).statements
    assert pair(said(("0-40", {})), truth) == {1: 0}
    assert pair(said(("0-9", {}), ("0-10", {})), truth) == {0: 1}
    assert pair(said(("0-50", {}), ("0-10", {})), truth) == {1: 0, 0: 1}
    assert pair(said(("0-50", {}), ("0-30", {}), ("0-10", {})), truth)[0] == 2  # the shortest


def test_narration_and_words_of_nobody_match_nothing():
    truth = gold(("0-10", {"kind": "narration"}), ("20-30", {"kind": "none"}))
    row = one(said(("0-10", {}), ("20-30", {}), ("40-50", {"kind": "narration"})), truth)
    assert (row["gold"], row["found"], row["invented"], row["on_none"]) == (0, 0, 2, 1)


def test_on_nobodys_words_and_part_of_a_statement_counts_once():
    truth = gold(("20-30", {"kind": "none"}), ("30-60", {}))
    row = one(said(("25-35", {}), ("50-55", {})), truth)
    assert (row["invented"], row["on_none"], row["fragments"]) == (2, 1, 1)


def test_counts():
    truth = gold(("0-10", {}), ("20-30", {}), ("40-60", {}), ("80-90", {}))
    predicted = said(
        ("0-10", {"speaker": "Bob"}),
        ("20-30", {"group": "blues", "kind": "mixed", "named": None}),
        ("40-55", {}),
        ("55-60", {}),
        ("70-75", {}),
    )
    row = one(predicted, truth)
    assert {key: row[key] for key in golden.COUNTS} == {
        "gold": 4,
        "found": 3,
        "speaker": 2,
        "group": 2,
        "kind": 2,
        "named": 2,
        "missed": 1,
        "predicted": 5,
        "invented": 2,
        "on_none": 0,
        "fragments": 1,
        "apart": 0,
    }
    assert row["f1"] == pytest.approx(2 * 40 / (50 + 45))


def unnamed(spans, label, **more):
    return spans, {"speaker": label, "named": False} | more


def right(predicted, truth):
    return details(articles(), said(*predicted), gold(*truth))["speaker"].tolist()


def test_unnamed_speakers_agree_up_to_renumbering():
    truth = [unnamed(f"{n}-{n + 9}", f"Unnamed union official {n // 30}") for n in (0, 20, 40, 60)]
    spans = [row[0] for row in truth]  # labels 0, 0, 1, 2
    swapped = ["unnamed source 7", "unnamed source 7", "unnamed source 3", "unnamed source 1"]
    assert right([unnamed(*row) for row in zip(spans, swapped, strict=True)], truth) == [True] * 4
    merged = [unnamed(span, "unnamed source 1") for span in spans]
    assert right(merged, truth) == [True, True, False, False]
    split = [unnamed(span, f"unnamed source {i}") for i, span in enumerate(spans)]
    assert right(split, truth) == [True, False, True, True]


def test_unnamed_speakers_never_agree_with_named_or_unresolved_ones():
    truth = [unnamed("0-10", "Unnamed official 1")]
    assert right([("0-10", {"speaker": "Unnamed official 1"})], truth) == [False]
    assert right([unnamed("0-10", "Unresolved", group=tables.UNRESOLVED)], truth) == [False]
    assert right([unnamed("0-10", "Unnamed official 1")], [("0-10", {})]) == [False]


def test_other_texts_are_reported_not_measured():
    truth = gold(("0-10", {}), polarity=[(1, "Bob", 1)])
    other = articles("y" * 100)
    table = compare(other, said(("0-10", {})), truth).set_index("article_id")
    assert table.at["a", "status"] == golden.DIFFERS
    assert pd.isna(table.at["a", "gold"])
    assert table.at["all", "gold"] == 0
    assert compare(other.iloc[:0], said(), truth)["status"][0] == golden.ABSENT


def test_the_gold_agrees_with_itself():
    truth = golden.load_gold(CORPUS / "gold")
    text = [read_article(path) for path in sorted((CORPUS / "articles").glob("*.md"))]
    table = pd.DataFrame([vars(article) for article in text])
    spoken = truth.statements[truth.statements["kind"] != "none"]
    row = compare(table, spoken, truth).set_index("article_id").loc["all"]
    assert row["gold"] == row["found"] == row["speaker"] == row["kind"] == row["named"] > 100
    assert row["invented"] == 0
    assert row["f1"] == 1


def test_the_gold_fits_the_reports_and_the_cast():
    truth, cast = golden.load_gold(CORPUS / "gold"), load_cast(CORPUS / "cast.toml")
    said_by = truth.statements[truth.statements["kind"] != "none"]
    assert set(truth.statements["kind"]) == {*tables.KINDS, "none"}
    assert set(said_by["group"]) <= {*cast.groups, tables.NARRATOR}
    actors = {actor.name: actor.group for actor in cast.actors.values()}
    known = actors | {group.name: key for key, group in cast.groups.items()}
    for row in truth.polarity.itertuples():
        assert known[row.target] == row.target_group
        assert row.polarity in (-1, 0, 1)
    key = ["article_id", "statement"]
    both = truth.polarity.merge(truth.statements, on=key, how="left", validate="many_to_one")
    assert (both["sha256_x"] == both["sha256_y"]).all()
    assert not (both["speaker"] == both["target"]).any()
    assert not truth.polarity.duplicated([*key, "target"]).any()
    unnamed_ones = said_by.loc[~said_by["named"], "speaker"]
    assert unnamed_ones.str.fullmatch(r"Unnamed [a-z ]+ \d+").all()
    for path in (CORPUS / "articles").glob("*.md"):
        article = read_article(path)
        here = truth.statements[truth.statements["article_id"] == article.article_id]
        assert set(here["sha256"]) == {article.sha256}
        assert here["statement"].tolist() == list(range(1, len(here) + 1))
        taken: set[int] = set()
        for row in here[here["kind"] != "none"].itertuples():
            pieces = [article.text[a:b] for a, b in tables.spans_from_text(row.spans)]
            assert all(piece and piece == piece.strip() for piece in pieces)
            inside = golden.characters(row.spans)
            assert not inside & taken
            taken |= inside
            marks = any(mark in piece for piece in pieces for mark in '"“')
            if row.kind != "narration":
                assert marks == (row.kind in ("direct", "mixed"))
            if row.kind == "direct":
                assert all(piece[0] in '"“' for piece in pieces)


def test_a_thought_is_neither_found_nor_invented():
    predicted = said(("10-20", {"act": "thought"}), ("30-40", {"act": "speech"}))
    row = one(predicted, gold(("10-20", {}), ("30-40", {})))
    assert (row["found"], row["missed"], row["invented"], row["apart"]) == (1, 1, 0, 1)


def test_where_nobody_has_annotated_the_gold_is_empty(tmp_path):
    gold = golden.load_gold(tmp_path / "gold")
    assert gold.statements.empty and gold.polarity.empty
