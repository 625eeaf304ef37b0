import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analysis import tables
from analysis.corpus import press
from analysis.corpus.articles import MANIFEST
from analysis.corpus.formats import CorpusError, sha256

NAMES = press.TABLES
WORDS = [f"zq{chr(97 + i)}{chr(97 + j)}" for i in range(10) for j in range(10)]
TEXT = " ".join(WORDS)


def articles_of(*pairs):
    return tables.build(
        "articles",
        [{"article_id": name, "text": text, "sha256": sha256(text)} for name, text in pairs],
    )


def statement(article_id="a", number=0, start=0, end=19, **more):
    """A statement whose words are all of the article's."""
    source = TEXT[start : start + 9]
    row = {
        "statement_id": f"{article_id}:{number}",
        "article_id": article_id,
        "paragraph": number,
        "start": start,
        "end": end,
        "content": TEXT[start:end],
        "kind": "indirect",
        "spans": f"{start}-{end}",
        "words": 4,
        "source": source,
        "source_start": start,
        "source_end": start + 9,
        "cue": "zqaa",
        "cue_start": 0,
        "cue_end": 4,
        "speaker": "unnamed union official 1",
        "group": "unions",
        "named": False,
        "method": "rule",
        "resolution": f"no actor is called “{source}”, nor '{source}'",
        "confidence": 1 / 3,
    }
    return row | more


def mention(statement_id="a:0", number=0, start=0):
    return {
        "mention_id": f"{statement_id}:{number}",
        "statement_id": statement_id,
        "target": "mayor",
        "target_group": "city",
        "start": start,
        "end": start + 9,
        "surface": TEXT[start : start + 9],
        "how": "office",
    }


def score(mention_id="a:0:0", low=0.1234567):
    rest = {"p_neutral": 0.5, "p_positive": 0.5 - low, "polarity": 0.5 - 2 * low}
    return {"mention_id": mention_id, "model": "m", "revision": "r", "p_negative": low, **rest}


def results(*article_ids):
    """Tables with one statement an article, one mention, and a score of each."""
    rows = [(statement(name), mention(f"{name}:0")) for name in article_ids]
    scores = [score(key) for name in article_ids for key in (f"{name}:0:0", f"{name}:0")]
    return (
        tables.build("statements", [first for first, _ in rows]),
        tables.build("mentions", [second for _, second in rows]),
        tables.build("scores", scores),
    )


@pytest.fixture
def folder(tmp_path):
    return listing(tmp_path / "press", "a", "b")


def listing(folder, *article_ids):
    folder.mkdir(exist_ok=True)
    rows = [dict.fromkeys(MANIFEST, "") | {"article_id": name} for name in article_ids]
    pd.DataFrame(rows, columns=MANIFEST).to_csv(folder / "manifest.csv", index=False)
    return folder


def written(folder):
    return {name: (folder / f"{name}.csv").read_bytes() for name in NAMES}


def test_no_word_of_the_article_is_written(folder):
    statements = tables.build(
        "statements",
        [
            statement(cue="zqbb"),
            statement(number=1, start=100, end=150, cue="zqcc zqcd", speaker="Zqdd Zqde"),
        ],
    )
    statements["notes"] = TEXT  # a column that this module does not know
    mentions = tables.build("mentions", [mention(), mention("a:1", start=100)])
    press.dehydrate(articles_of(("a", TEXT)), statements, mentions, results("a")[2], folder)
    assert press.rehydrated(folder, ["a"])["statements"]["cue"].tolist() == ["zqbb", ""]
    found = b"".join(written(folder).values()).decode()
    assert set(re.findall(r"zq\w\w", found, re.I)) == {"zqbb", "Zqdd", "Zqde"}


# Each example writes files: shrinking one that fails would take minutes.
@settings(max_examples=12, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
def test_all_but_the_words_comes_back(tmp_path_factory, data):
    folder = listing(tmp_path_factory.mktemp("press"), "a")
    number = st.integers(0, 10**6)
    maybe = st.none() | number
    reals = st.floats(0, 1) | st.just(float("nan"))
    names = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=12)
    rows, scores = [], []
    for i in range(data.draw(st.integers(1, 5))):
        places = {key: data.draw(maybe) for key in ("source_start", "source_end", "cue_start")}
        rows.append(
            statement(
                number=i,
                **places,
                speaker=data.draw(names | st.sampled_from(["NA", "None", "null", "1", ""])),
                named=data.draw(st.none() | st.booleans()),
                confidence=data.draw(reals),
                resolution="",
            )
        )
        scores.append(score(f"a:{i}", data.draw(reals)))
    statements, scores = tables.build("statements", rows), tables.build("scores", scores)
    none = tables.build("mentions", [])
    press.dehydrate(articles_of(("a", TEXT)), statements, none, scores, folder)
    back = press.rehydrated(folder)
    statements[["content", "source"]] = ""
    expected = {"statements": statements, "scores": scores, "mentions": none}
    for name, frame in expected.items():
        frame = frame.sort_values(press.ORDER[name], kind="stable", ignore_index=True)
        reals = frame.select_dtypes("float64").columns
        pd.testing.assert_frame_equal(back[name].drop(columns=reals), frame.drop(columns=reals))
        np.testing.assert_allclose(back[name][reals], frame[reals], atol=0.5e-6)


def test_writing_again_changes_no_byte(folder):
    articles, (statements, mentions, scores) = (
        articles_of(("a", TEXT), ("b", TEXT)),
        results("a", "b"),
    )
    press.dehydrate(articles, statements, mentions, scores, folder)
    before = written(folder)
    shuffled = (frame.sample(frac=1, random_state=1) for frame in (statements, mentions, scores))
    press.dehydrate(articles, *shuffled, folder)
    assert written(folder) == before
    press.dehydrate(articles_of(("a", TEXT), ("b", "")), *results("a"), folder)
    assert written(folder) == before
    press.dehydrate(articles_of(("a", TEXT), ("b", TEXT)), *results("b"), folder)  # none of a
    assert written(folder) == before


def test_rounding(folder):
    statements, mentions, scores = results("a")
    scores["p_negative"], scores["polarity"] = 0.12345678, -1e-9
    press.dehydrate(articles_of(("a", TEXT)), statements, mentions, scores, folder)
    assert (folder / "scores.csv").read_text().splitlines()[1].split(",")[3:] == [
        *("0.123457", "0.5", "0.376543", "0.0")
    ]


def test_only_listed_articles_are_written(folder):
    press.dehydrate(
        articles_of(("a", TEXT), ("own-report", TEXT)), *results("a", "own-report"), folder
    )
    assert set(press.rehydrated(folder, ["a", "own-report"])["statements"]["article_id"]) == {"a"}


def test_rows_of_articles_that_left_the_manifest_go(folder):
    press.dehydrate(articles_of(("a", TEXT), ("b", TEXT)), *results("a", "b"), folder)
    listing(folder, "b")
    press.dehydrate(articles_of(), *results(), folder)
    assert press.rehydrated(folder, ["a", "b"])["statements"]["article_id"].tolist() == ["b"]


def test_only_what_is_asked_for_comes_back(folder):
    press.dehydrate(articles_of(("a", TEXT), ("b", TEXT)), *results("a", "b"), folder)
    back = press.rehydrated(folder, ["b"])
    assert back["statements"]["article_id"].tolist() == ["b"]
    assert back["mentions"]["mention_id"].tolist() == ["b:0:0"]
    assert sorted(back["scores"]["mention_id"]) == ["b:0", "b:0:0"]


def test_articles_with_their_text_are_not_rehydrated(folder):
    rows = [dict.fromkeys(MANIFEST, "") | {"article_id": n, "sha256": sha256(TEXT)} for n in "ab"]
    pd.DataFrame(rows).to_csv(folder / "manifest.csv", index=False)
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text(TEXT)
    press.dehydrate(articles_of(("a", TEXT), ("b", TEXT)), *results("a", "b"), folder)
    assert press.rehydrated(folder)["statements"]["article_id"].tolist() == ["b"]


def test_drop(folder):
    press.dehydrate(articles_of(("a", TEXT), ("b", TEXT)), *results("a", "b"), folder)
    press.drop(folder, "a")
    back = press.rehydrated(folder, ["a", "b"])
    assert back["statements"]["article_id"].tolist() == ["b"]
    assert sorted(back["scores"]["mention_id"]) == ["b:0", "b:0:0"]


def test_missing_files_are_empty_tables(folder):
    for name, frame in press.rehydrated(folder).items():
        assert list(frame.columns) == list(tables.COLUMNS[name]) and frame.empty


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind", "sort", "lacks the column"),
        ("indirect", "gossip", "unknown kind"),
        ("False", "perhaps", "neither True nor False"),
        ("0.333333", "high", "high"),
    ],
)
def test_damaged_tables(folder, old, new, says):
    press.dehydrate(articles_of(("a", TEXT)), *results("a"), folder)
    path = folder / "statements.csv"
    path.write_text(path.read_text().replace(old, new))
    before = written(folder)
    with pytest.raises(CorpusError, match=rf"statements\.csv: .*{says}"):
        press.rehydrated(folder, ["a"])
    with pytest.raises(CorpusError):
        press.dehydrate(articles_of(("b", TEXT)), *results("b"), folder)
    assert written(folder) == before


def test_a_table_that_lacks_a_column(folder):
    statements, mentions, scores = results("a")
    with pytest.raises(tables.TableError, match="lacks"):
        press.dehydrate(
            articles_of(("a", TEXT)), statements.drop(columns="cue"), mentions, scores, folder
        )


def test_writing_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    press.write_atomic(path, b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(press.os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        press.write_atomic(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]
