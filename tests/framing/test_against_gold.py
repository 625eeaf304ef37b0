"""Agreement with the gold: by voice, by what the target is, by cell; and of two readers."""

from math import nan
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.corpus.amend import group_of
from analysis.corpus.formats import CorpusError
from analysis.corpus.gold import load_gold
from analysis.corpus.second import FILE
from analysis.framing.against_gold import (
    BODIES,
    OFFICES,
    PERSONS,
    compare_means,
    compare_polarity,
    compare_readers,
    compare_targets,
    find_targets,
    is_person,
    report,
)
from analysis.tables import build

from ..attribution.pitfalls import CAST
from ..corpus.test_gold import articles, gold, said
from ..corpus.test_gold_polarity import scored

TEXT = "“Marsh lied. The mayor lied. The HOU lied. The unions won,” Mr. Reyes said."
END = TEXT.index(" Mr. Reyes")
#: target, surface, how, predicted polarity, the reader's
RATED = [
    ("Helen Marsh", "Marsh", "name", 0.4, -1),
    ("Helen Marsh", "The mayor", "office", -0.8, -1),
    ("Harbor Officers' Union", "The HOU", "name", 0.9, -1),
    ("Unions", "The unions", "collective", 0.9, 1),
]
ARTICLES = pd.DataFrame({"article_id": ["a", "b"], "sha256": ["x", "other"]})


@pytest.fixture
def run():
    article = {"article_id": "a", "collection": "gulls", "text": TEXT, "sha256": "x"}
    said = {"statement_id": "a/0", "article_id": "a", "start": 0, "end": END, "kind": "direct"}
    said |= {"spans": f"0-{END}", "speaker": "Omar Reyes", "group": "unions", "named": True}
    mentions = [
        {"mention_id": f"a/0/{i}", "statement_id": "a/0", "target": target, "how": how}
        | {
            "target_group": group_of(target, CAST),
            "start": TEXT.index(surface),
            "end": TEXT.index(surface) + len(surface),
        }
        for i, (target, surface, how, *_) in enumerate(RATED)
    ]
    scores = [{"mention_id": f"a/0/{i}", "polarity": row[3]} for i, row in enumerate(RATED)]
    rows = {"statements": [said], "mentions": mentions, "scores": scores, "articles": [article]}
    return SimpleNamespace(cast=CAST, **{name: build(name, some) for name, some in rows.items()})


@pytest.fixture
def folder(tmp_path):
    head = "sha256,article_id,statement,kind,spans,source_start,source_end,cue_start,cue_end,"
    line = f"x,a,0,direct,0-{END},,,,,Omar Reyes,unions,true,"
    (tmp_path / "statements.csv").write_text(f"{head}speaker,group,named,note\n{line}\n")
    told = {target: sign for target, *_, sign in RATED}
    lines = [f"x,a,0,{target},unions,{sign}" for target, sign in told.items()]
    head = "sha256,article_id,statement,target,target_group,polarity"
    (tmp_path / "polarity.csv").write_text("\n".join([head, *lines, ""]))
    return tmp_path


@pytest.fixture
def read_twice(tmp_path):
    """Gold of two articles, the second of another text than the one at hand."""
    said = ["sha256,article_id,statement,kind,spans,source_start,source_end,cue_start,cue_end,"]
    said[0] += "speaker,group,named,note"
    told = ["x,a,1,direct", "x,a,2,narration", "y,b,1,direct"]
    said += [f"{line},0-9,,,,,Omar Reyes,unions,true," for line in told]
    rated = ["sha256,article_id,statement,target,target_group,polarity"]
    rated += ["x,a,1,Marsh,mayor,-1", "x,a,1,Ott,others,1", "x,a,2,Marsh,mayor,0"]
    rated += ["y,b,1,Marsh,mayor,1"]
    for name, lines in (("statements", said), ("polarity", rated)):
        (tmp_path / f"{name}.csv").write_text("\n".join([*lines, ""]))
    return tmp_path


def again(folder, *lines):
    head = "sha256,article_id,statement,target,polarity"
    (folder / FILE).write_text("\n".join([head, *lines, ""]))


def test_only_what_was_predicted_is_measured_and_by_voice():
    narration = {"kind": "narration", "speaker": "The Gull", "group": "narrator"}
    rated = [(1, "Bob", 1), (1, "Cy", 0), (2, "Bob", 0), (3, "Bob", -1)]
    truth = gold(("0-10", {}), ("20-30", {}), ("50-60", narration), polarity=rated)
    mentions = scored(("a/1", 2, "Bob", 0.6), ("a/50", 51, "Bob", -0.8))
    predicted = said(("1-10", {}), ("40-50", {}), ("50-60", narration))
    table = compare_polarity(articles(), predicted, *mentions, truth).set_index("voice")
    assert table["n"].to_dict() == {"speakers": 1, "narration": 1, "all": 2}
    row = table.loc["speakers"]
    assert (row["gold"], row["agreement"]) == (3, 1.0)
    assert row["mean_absolute_error"] == pytest.approx(0.4)
    other = compare_polarity(articles("y" * 100), predicted, *mentions, truth)
    assert other["gold"].tolist() == [0] * 3


def test_signs_and_their_threshold():
    spans = [f"{n}-{n + 5}" for n in range(0, 40, 10)]
    values = [1, 0, 0, -1]
    rated = [(n, "Bob", value) for n, value in enumerate(values, 1)]
    truth = gold(*[(span, {}) for span in spans], polarity=rated)
    given = [0.4, 0.2, 1 / 3, -0.2]
    mentions = scored(*[(f"a/{n * 10}", n * 10, "Bob", value) for n, value in enumerate(given)])
    run = (articles(), said(*[(span, {}) for span in spans]), *mentions)
    table = compare_polarity(*run, truth).set_index("voice").loc["all"]
    assert table["agreement"] == 0.75
    assert table["macro_f1"] == pytest.approx((1 + 4 / 5 + 0) / 3)
    assert compare_polarity(*run, truth, neutral=0.1)["agreement"][2] == 0.5


def test_report_reads_the_folder(tmp_path):
    truth = gold(("0-10", {}), polarity=[(1, "Bob", 1)])
    folder = tmp_path / "gold"
    folder.mkdir()
    lower = truth.statements.assign(named="true")
    lower.to_csv(folder / "statements.csv", index=False)
    truth.polarity.to_csv(folder / "polarity.csv", index=False)
    mentions, scores = scored(("a/0", 2, "Bob", 0.9))
    run = SimpleNamespace(
        articles=articles(), statements=said(("0-10", {})), mentions=mentions, scores=scores
    )
    who, stance = report(run, folder)
    assert (who["found"].iloc[-1], who["named"].iloc[-1], stance["n"].iloc[-1]) == (1, 1, 1)
    (folder / "polarity.csv").write_text("article_id\na\n")
    with pytest.raises(CorpusError, match="lacks the column"):
        load_gold(folder)


def test_compare_targets(run, folder):
    table = compare_targets(run, folder).set_index("target")
    assert table["n"].to_dict() == {PERSONS: 1, OFFICES: 1, BODIES: 2}
    # Of the mayor, name and office together are near nought; by her office alone the sign is right.
    assert table["agreement"].to_dict() == {PERSONS: 0.0, OFFICES: 1.0, BODIES: 0.5}
    assert table.loc[OFFICES, "mean_absolute_error"] == pytest.approx(0.2)
    assert table.loc[PERSONS, "mean_absolute_error"] == pytest.approx(0.8)


def test_compare_means(run, folder):
    (row,) = compare_means(run, folder, fewest=1).to_dict("records")
    assert (row["collection"], row["holder"], row["target"]) == ("gulls", "unions", "unions")
    assert (row["n"], row["articles"]) == (1, 1)  # a statement, whomever of the group it names
    assert row["by_hand"] == pytest.approx((-1 - 1 + 1) / 3)
    # The mayor's two mentions count as one target.
    assert row["polarity"] == pytest.approx(((0.4 - 0.8) / 2 + 0.9 + 0.9) / 3)
    assert compare_means(run, folder, fewest=2).empty


def test_means_of_two_collections_are_never_one(run, folder):
    for name in ("articles", "statements", "mentions", "scores"):
        table = getattr(run, name)
        again = table.assign(collection="terns") if name == "articles" else table
        ids = [column for column in table if column.endswith("_id")]
        again = again.assign(**{column: again[column].str.replace("a", "b", 1) for column in ids})
        setattr(run, name, pd.concat([table, again], ignore_index=True))
    for file in folder.glob("*.csv"):
        lines = file.read_text().splitlines()
        more = [line.replace("x,a,", "x,b,") for line in lines[1:]]
        file.write_text("\n".join([*lines, *more, ""]))
    table = compare_means(run, folder, fewest=1)
    assert table[["collection", "n"]].values.tolist() == [["gulls", 1], ["terns", 1]]


@pytest.mark.parametrize(
    ("reread", "mean"),
    [
        ({}, None),
        ({"Helen Marsh": -1, "Unions": 1}, None),  # not all of the cell
        ({"Helen Marsh": -1, "Unions": 1, "Harbor Officers' Union": 0}, 0.0),
    ],
)
def test_the_second_reader_stands_beside_the_means(run, folder, reread, mean):
    again(folder, *[f"x,a,0,{target},{sign}" for target, sign in reread.items()])
    found = compare_means(run, folder, fewest=1)["second_reader"].tolist()
    assert found == (
        [pytest.approx(mean)] if mean is not None else [pytest.approx(nan, nan_ok=True)]
    )


def test_targets_that_either_side_has_alone_are_counted(run, folder):
    rated = ["Helen Marsh,mayor,-1", "Iris Bell,mayor,0", "Victor Stroud,others,1"]
    head = "sha256,article_id,statement,target,target_group,polarity"
    lines = [head, *[f"x,a,0,{row}" for row in rated], ""]
    (folder / "polarity.csv").write_text("\n".join(lines))
    table = find_targets(run, folder).set_index("voice")
    # Bell is missed; union and unions are the run's alone; Stroud is of no group in focus.
    wanted = {"gold": 2, "found": 1, "missed": 1, "predicted": 3, "invented": 2}
    assert table.loc["speakers"].to_dict() == table.loc["all"].to_dict() == wanted
    assert not table.loc["narration"].any()
    run.mentions.loc[run.mentions["target"] == "Unions", "target_group"] = "others"
    assert find_targets(run, folder)["invented"].tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("target", "person"),
    [("Helen Marsh", True), ("Harbor Officers' Union", False), ("Unions", False), ("Ott", True)],
)
def test_is_person(target, person):
    assert is_person(target, CAST) is person


def test_the_readers_are_compared_where_both_have_read(read_twice):
    again(read_twice, "x,a,1,Marsh,-1", "x,a,1,Ott,-1", "x,a,2,Marsh,0", "y,b,1,Marsh,1")
    table = compare_readers(ARTICLES, read_twice).set_index("voice")
    assert table["agreement"].to_dict() == {"speakers": 0.5, "narration": 1.0, "all": 2 / 3}
    assert table["n"].to_dict() == {"speakers": 2, "narration": 1, "all": 3}


def test_what_the_second_reader_left_out_is_counted_and_not_compared(read_twice):
    again(read_twice, "x,a,1,Marsh,-1")
    table = compare_readers(ARTICLES, read_twice).set_index("voice")
    assert table.loc["speakers", ["gold", "n", "agreement"]].tolist() == [2, 1, 1.0]
    assert table.loc["narration", "n"] == 0


def test_without_a_second_reader_there_is_nothing_to_compare(read_twice):
    assert compare_readers(ARTICLES, read_twice).empty
