"""Evidence and frames: joins that lose and double nothing, means by hand, clear errors."""

import math

import pandas as pd
import pytest
from synthetic import make

from analysis.framing.frames import EVIDENCE, evidence, frames, means
from analysis.tables import COLUMNS, TableError, build


def tables(rows: list[dict]):
    """Tables of articles with one mention a row: article, statement, speaker, group, target ..."""
    articles = {row["article"]: row.get("collection", "mine") for row in rows}
    statements = {row["statement"]: row for row in rows}
    return (
        build(
            "articles",
            [
                {"article_id": a, "collection": c, "outlet": "Post", "published": "2015-01-01"}
                for a, c in articles.items()
            ],
        ),
        build(
            "statements",
            [
                {
                    "statement_id": s,
                    "article_id": row["article"],
                    "kind": row.get("kind", "direct"),
                    "speaker": row["speaker"],
                    "group": row["group"],
                    "named": row.get("named", True),
                    "start": i,
                    "words": 5,
                }
                for i, (s, row) in enumerate(statements.items())
            ],
        ),
        build(
            "mentions",
            [
                {
                    "mention_id": i,
                    "statement_id": row["statement"],
                    "target": row["target"],
                    "target_group": row["about"],
                }
                for i, row in enumerate(rows)
            ],
        ),
        build(
            "scores",
            [
                {"mention_id": i, "model": "m", "p_negative": 0.2, "polarity": row["polarity"]}
                for i, row in enumerate(rows)
            ],
        ),
    )


def row(statement, polarity, target="Ann", about="a", speaker="Bob", group="b", **more):
    named = {"article": "1", "statement": statement, "polarity": polarity, "target": target}
    return named | {"about": about, "speaker": speaker, "group": group} | more


def test_mentions_of_one_target_in_one_statement_are_one_row():
    rows = evidence(*tables([row("s", 0.2), row("s", 0.6), row("s", -1.0, target="Abe")]))
    assert list(rows["target"]) == ["Abe", "Ann"]
    assert list(rows["n_mentions"]) == [1, 2]
    assert list(rows["polarity"]) == pytest.approx([-1.0, 0.4])
    assert list(rows.columns) == list(EVIDENCE)


def test_nobody_is_counted_on_himself():
    rows = evidence(*tables([row("s", 0.2, speaker="Ann", group="a"), row("s2", 0.5)]))
    assert list(rows["statement_id"]) == ["s2"]


def test_a_statement_about_two_of_a_group_counts_once_for_the_group():
    rows = evidence(*tables([row("s", 1.0), row("s", 0.0, target="Abe"), row("t", 0.5)]))
    by_group, by_actor = frames(rows), frames(rows, by="actor")
    assert list(by_group["n_statements"]) == [2] and by_group["polarity"].iloc[0] == 0.5
    assert list(by_actor["n_statements"]) == [1, 2]


def test_narration_is_held_by_the_narrator_or_by_its_outlet():
    told = row("s", -0.5, speaker="Post", group="narrator", kind="narration")
    rows = evidence(*tables([told]))
    assert list(frames(rows)["holder"]) == ["narrator"]
    assert list(frames(rows, by="actor")["holder"]) == ["Post"]


def test_sources_without_a_name_are_not_taken_for_one_person():
    said = [
        row("s", -0.5, speaker="Unnamed official 1", named=False),
        row("t", 0.5, speaker="Unnamed official 1", named=False, article="2"),
        row("u", 0.1, speaker="Who?", group="unresolved"),
    ]
    table = frames(evidence(*tables(said)), by="actor")
    assert list(table["holder"]) == ["b (unnamed)", "unresolved"]


def test_a_source_that_is_named_nowhere_is_nobody_in_particular():
    table = frames(evidence(*tables([row("s", 0.5, speaker="")])), by="actor")
    assert list(table["holder"]) == ["b (unnamed)"]


def test_collections_are_never_mixed():
    table = frames(evidence(*tables([row("s", 1.0), row("t", -1.0, article="2", collection="z")])))
    assert list(table["collection"]) == ["mine", "z"]
    assert list(table["polarity"]) == [1.0, -1.0]


def test_one_article_has_no_interval_and_several_have():
    table = frames(evidence(*tables([row(f"s{i}", i / 10) for i in range(6)])))
    assert math.isnan(table["ci_low"].iloc[0])
    several = [row(f"s{i}", i / 10, article=f"{i}") for i in range(6)]
    table = frames(evidence(*tables(several)))
    assert table["ci_low"].iloc[0] < 0.25 < table["ci_high"].iloc[0]


def test_an_empty_run_gives_empty_tables_of_the_right_types():
    rows = make({}).evidence
    assert rows.empty and list(rows.columns) == list(EVIDENCE)
    assert frames(rows).dtypes.astype(str).to_dict() == COLUMNS["frames"]
    assert frames(rows, by="actor").empty


def broken(change):
    parts = dict(
        zip(("articles", "statements", "mentions", "scores"), tables([row("s", 1.0)]), strict=True)
    )
    change(parts)
    return list(parts.values())


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("scores", lambda t: t.update(scores=t["scores"].iloc[:0])),
        ("scores", lambda t: t.update(scores=t["scores"].assign(polarity=math.nan))),
        ("statements", lambda t: t.update(statements=t["statements"].iloc[:0])),
        ("articles", lambda t: t.update(articles=t["articles"].iloc[:0])),
        ("scores", lambda t: t.update(scores=pd.concat([t["scores"]] * 2))),
        ("statements", lambda t: t.update(statements=pd.concat([t["statements"]] * 2))),
    ],
)
def test_a_join_that_would_lose_or_double_rows_is_refused(name, change):
    with pytest.raises(TableError, match=name):
        evidence(*broken(change))


def test_scores_of_two_models_are_refused():
    def other(parts):
        parts["scores"] = pd.concat([parts["scores"], parts["scores"].assign(model="n")])

    with pytest.raises(TableError, match="several models"):
        evidence(*broken(other))


def test_by_must_be_known():
    with pytest.raises(ValueError, match="by is"):
        frames(make({}).evidence, by="outlet")


def test_means_take_any_keys():
    result = make({"a": 6})
    table = means(result.evidence, ["outlet"])
    assert table["n_articles"].sum() == 6
    assert table["n_statements"].sum() == result.evidence["statement_id"].nunique()


def test_a_thought_is_nobodys_stance():
    said, thought = row("said", 1.0), row("thought", -1.0)
    articles, statements, mentions, scores = tables([said, thought])
    statements["act"] = ["speech", "thought"]
    found = evidence(articles, statements, mentions, scores)
    assert found["statement_id"].tolist() == ["said"]


def test_a_source_of_whom_it_is_not_known_whether_they_are_named_is_not():
    said = row("s", 0.5, speaker="Unnamed official 1", named=None)
    table = frames(evidence(*tables([said])), by="actor")
    assert list(table["holder"]) == ["b (unnamed)"]


def test_a_single_statement_has_a_mean():
    table = frames(evidence(*tables([row("s", 0.5)])))
    assert table["polarity"].iloc[0] == 0.5
