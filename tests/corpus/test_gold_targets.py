"""Agreement with the gold by what the target is."""

from types import SimpleNamespace

import pytest

from analysis.corpus.gold_targets import (
    BODIES,
    OFFICES,
    PERSONS,
    compare_means,
    compare_targets,
    is_person,
)
from analysis.tables import build

from ..attribution.pitfalls import CAST

TEXT = "“Marsh lied. The mayor lied. The HOU lied. The unions won,” Mr. Reyes said."
END = TEXT.index(" Mr. Reyes")
#: target, surface, how, predicted polarity, the reader's
RATED = [
    ("Helen Marsh", "Marsh", "name", 0.4, -1),
    ("Helen Marsh", "The mayor", "office", -0.8, -1),
    ("Harbor Officers' Union", "The HOU", "name", 0.9, -1),
    ("Unions", "The unions", "collective", 0.9, 1),
]


@pytest.fixture
def run():
    article = {"article_id": "a", "published": "2024-05-06", "text": TEXT, "sha256": "x"}
    said = {"statement_id": "a/0", "article_id": "a", "start": 0, "end": END, "kind": "direct"}
    said |= {"spans": f"0-{END}", "speaker": "Omar Reyes", "group": "unions", "named": True}
    mentions = [
        {"mention_id": f"a/0/{i}", "statement_id": "a/0", "target": target, "how": how}
        | {"start": TEXT.index(surface), "end": TEXT.index(surface) + len(surface)}
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


def test_compare_targets(run, folder):
    table = compare_targets(run, folder).set_index("target")
    assert table["n"].to_dict() == {PERSONS: 1, OFFICES: 1, BODIES: 2}
    # Of the mayor, name and office together are near nought; by her office alone the sign is right.
    assert table["agreement"].to_dict() == {PERSONS: 0.0, OFFICES: 1.0, BODIES: 0.5}
    assert table.loc[OFFICES, "mean_absolute_error"] == pytest.approx(0.2)
    assert table.loc[PERSONS, "mean_absolute_error"] == pytest.approx(0.8)


def test_compare_means(run, folder):
    (row,) = compare_means(run, folder, fewest=1).to_dict("records")
    assert (row["holder"], row["target"], row["n"], row["articles"]) == ("unions", "unions", 3, 1)
    assert row["by_hand"] == pytest.approx((-1 - 1 + 1) / 3)
    # The mayor's two mentions count as one target.
    assert row["polarity"] == pytest.approx(((0.4 - 0.8) / 2 + 0.9 + 0.9) / 3)
    assert compare_means(run, folder, fewest=4).empty


@pytest.mark.parametrize(
    ("target", "person"),
    [("Helen Marsh", True), ("Harbor Officers' Union", False), ("Unions", False), ("Ott", True)],
)
def test_is_person(target, person):
    assert is_person(target, CAST) is person
