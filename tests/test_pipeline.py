"""The whole way from files to frames, on a small dispute of invented people."""

import numpy as np
import pandas as pd
import pytest
from small import FIRST, WordScorer, make_corpus

from analysis import pipeline, store
from analysis.corpus import press
from analysis.corpus.corrections import append
from analysis.corpus.decisions import Decision
from analysis.corpus.fields import CastError
from analysis.corpus.formats import CorpusError, sha256
from analysis.tables import spans_from_text


@pytest.fixture
def corpus(tmp_path):
    return make_corpus(tmp_path / "corpus")


def run(corpus, **options):
    options = {"scorer": WordScorer(), "progress": False, "cache": None} | options
    return pipeline.run(corpus, **options)


def test_statements_cover_each_article(corpus):
    result = run(corpus)
    for article in result.articles.itertuples():
        own = result.statements[result.statements["article_id"] == article.article_id]
        assert "".join(own["content"]) == article.text
        for row in own.itertuples():
            assert article.text[row.start : row.end] == row.content


def test_who_says_what_of_whom(corpus):
    result = run(corpus)
    voiced = result.evidence[result.evidence["kind"] != "narration"]
    found = {(row.speaker, row.target, round(row.polarity, 2)) for row in voiced.itertuples()}
    assert found == {
        ("Ben Holt", "Ada Vane", -0.7),
        ("Ada Vane", "Ben Holt", 0.7),
        ("Ada Vane", "Ben Holt", -0.7),
        ("Unnamed union official 1", "Ada Vane", 0.7),
    }


def test_frames_count_statements_and_articles(corpus):
    result = run(corpus)
    frames = result.frames.set_index(["holder", "target"])
    of_union = frames.loc[("mayor", "union")]
    assert (of_union["n_statements"], of_union["n_articles"]) == (2, 2)
    assert of_union["polarity"] == pytest.approx(0.0)
    assert frames.loc[("narrator", "mayor"), "n_statements"] == 2


def test_an_interrupted_quotation_is_one_statement_in_two_pieces(corpus):
    rows = run(corpus).statements
    row = rows[rows["speaker"] == "Ben Holt"].iloc[0]
    pieces = [FIRST[a:b] for a, b in spans_from_text(row["spans"])]
    assert pieces == ["“The mayor has lied to us,”", "“We will not forget it.”"]


def test_a_refused_file_is_listed_and_the_rest_analysed(corpus):
    (corpus / "articles" / "empty.txt").write_text("", encoding="utf-8")
    (corpus / "articles" / "binary.txt").write_bytes(bytes(range(256)))
    (corpus / "gold").mkdir()
    (corpus / "gold" / "anna.csv").write_text("my notes\n", encoding="utf-8")
    result = run(corpus)
    assert {refusal.path.name for refusal in result.refused} == {"empty.txt", "binary.txt"}
    assert len(result.articles) == 2
    for note in ("no coder's file", "not target-aware (words)"):
        assert [note in told for told in result.notes].count(True) == 1


@pytest.mark.parametrize(
    "text",
    [
        "No quotation at all.",
        "“Never closed, said Holt.",
        '"' * 10_000,
        "<script>alert(1)</script>",
    ],
    ids=["none", "unclosed", "ten thousand", "markup"],
)
def test_odd_articles_are_analysed(corpus, text):
    (corpus / "articles" / "odd.txt").write_text(text, encoding="utf-8")
    result = run(corpus)
    own = result.statements[result.statements["article_id"] == "odd"]
    assert result.refused == []
    assert "".join(own["content"]) == text


def test_a_corpus_without_statements_about_anybody_gives_empty_frames(tmp_path):
    corpus = make_corpus(tmp_path / "corpus")
    for path in (corpus / "articles").iterdir():
        path.write_text("Rain fell.", encoding="utf-8")
    (corpus / "articles" / "2020-01-03-walk-out.md").write_text("Snow fell.", encoding="utf-8")
    result = run(corpus)
    assert result.frames.empty
    assert len(result.statements) == 2


def test_missing_corpus_and_cast_say_what_to_do(tmp_path, corpus):
    (corpus / "cast.toml").unlink()
    with pytest.raises(CastError, match=r"copy one there, such as corpus/example/cast\.toml"):
        run(corpus)
    make_corpus(tmp_path / "other")
    with pytest.raises(CorpusError, match="no such folder"):
        run(tmp_path / "nowhere", cast=tmp_path / "other" / "cast.toml")


def press_article(corpus, text):
    """Put an article into the press, with its text."""
    texts = corpus / "press" / "texts"
    texts.mkdir(parents=True)
    (texts / "wire.txt").write_text(text, encoding="utf-8")
    row = {
        "article_id": "wire", "outlet": "Wire", "author": "", "published": "2020-01-04",
        "title": "Wire", "url": "", "sha256": sha256(text), "characters": len(text),
        "words": len(text.split()),
    }  # fmt: skip
    pd.DataFrame([row]).to_csv(corpus / "press" / "manifest.csv", index=False)
    return texts / "wire.txt"


def test_without_its_text_the_press_gives_the_same_numbers(corpus):
    path = press_article(corpus, "“Holt never listens,” Vane said. The dockers are a good crew.\n")
    full = run(corpus)
    press.dehydrate(full.articles, full.statements, full.mentions, full.scores, corpus / "press")
    path.unlink()
    dry = run(corpus)
    assert dry.dehydrated == ["wire"]
    assert (dry.articles.query("article_id == 'wire'")["text"] == "").all()
    pd.testing.assert_frame_equal(full.frames, dry.frames)


@pytest.mark.parametrize("called", [{"revision": "2"}, {"model": "others"}])
def test_stored_scores_of_another_model_are_not_mixed_in(corpus, called):
    path = press_article(corpus, "“Holt never listens,” Vane said.\n")
    full = run(corpus)
    press.dehydrate(full.articles, full.statements, full.mentions, full.scores, corpus / "press")
    path.unlink()
    other = WordScorer()
    vars(other).update(called)
    result = run(corpus, scorer=other)
    assert "wire" in set(result.statements["article_id"])
    assert "wire" not in set(result.evidence["article_id"])
    assert any(f"not of {other.model} at revision" in note for note in result.notes)


def test_a_stored_analysis_of_another_cast_is_left_out(corpus):
    path = press_article(corpus, "“Holt never listens,” Vane said.\n")
    full = run(corpus)
    press.dehydrate(full.articles, full.statements, full.mentions, full.scores, corpus / "press")
    path.unlink()
    cast = (corpus / "cast.toml").read_text(encoding="utf-8")
    (corpus / "other.toml").write_text(cast.replace('"mayor"', '"hall"'), encoding="utf-8")
    result = run(corpus, cast=corpus / "other.toml")
    assert "wire" not in set(result.statements["article_id"]) | set(result.evidence["article_id"])
    assert any("of another cast, and is left out" in note for note in result.notes)


def test_a_second_run_reads_scores_from_the_cache(corpus, tmp_path):
    first, second = WordScorer(), WordScorer()
    one = run(corpus, scorer=first, cache=tmp_path / "cache")
    two = run(corpus, scorer=second, cache=tmp_path / "cache")
    assert first.seen and not second.seen
    pd.testing.assert_frame_equal(one.scores, two.scores)


class OtherMachine(WordScorer):
    """The same model where sums come out otherwise in the seventh digit."""

    def score(self, items, progress=True):
        return np.add(super().score(items, progress), [3e-7, -1e-7, -2e-7])


def test_another_machine_gives_the_same_rows(corpus):
    one, other = run(corpus), run(corpus, scorer=OtherMachine())
    pd.testing.assert_frame_equal(one.scores, other.scores, check_exact=True)
    pd.testing.assert_frame_equal(one.frames, other.frames, check_exact=True)


def test_polarity_is_that_of_the_rounded_probabilities(corpus):
    class Fine(WordScorer):
        def score(self, items, progress=True):
            return np.add(super().score(items, progress), [0.123449, -0.246898, 0.123449])

    scores = run(corpus, scorer=Fine()).scores
    assert set(scores["p_negative"]) <= {0.2234, 0.9234}
    assert (scores["polarity"] == (scores["p_positive"] - scores["p_negative"]).round(4)).all()


def test_a_damaged_cache_is_put_aside_and_begun_anew(corpus, tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "scores.sqlite").write_bytes(b"not a database" * 100)
    first, second = WordScorer(), WordScorer()
    assert len(run(corpus, scorer=first, cache=cache).scores)
    run(corpus, scorer=second, cache=cache)
    assert first.seen and not second.seen
    assert (cache / "scores.damaged").read_bytes().startswith(b"not a database")


def test_who_stops_a_long_run_keeps_what_was_scored(corpus, tmp_path, monkeypatch):
    class Stopped(WordScorer):
        def score(self, items, progress=True):
            if self.seen:
                raise KeyboardInterrupt
            return super().score(items, progress)

    monkeypatch.setattr(store, "SLICE", 2)
    first, second = Stopped(), WordScorer()
    with pytest.raises(KeyboardInterrupt):
        run(corpus, scorer=first, cache=tmp_path / "cache")
    run(corpus, scorer=second, cache=tmp_path / "cache")
    assert len(first.seen) == 2
    assert not {(i.text, i.spans) for i in first.seen} & {(i.text, i.spans) for i in second.seen}


class Cautious(WordScorer):
    """Holds back what is narrated, as the embedded model does."""

    narration = (-1.0, 0.0, -0.5)

    def score(self, items, progress=True):
        odds = super().score(items, progress)
        narrated = [item.narrated for item in items]
        odds[narrated] *= np.exp(self.narration)
        return odds / odds.sum(axis=1, keepdims=True)


def test_what_a_model_holds_back_in_narration_is_known_and_told(corpus):
    plain, held = run(corpus), run(corpus, scorer=Cautious())
    assert held.evidence["level"].to_numpy() == pytest.approx(plain.evidence["polarity"], abs=1e-3)
    apart = (held.evidence["level"] - held.evidence["polarity"]).abs() > 0.01
    assert apart.any() and set(held.evidence.loc[apart, "kind"]) == {"narration"}
    assert any("In narration" in note for note in held.notes)
    assert not any("In narration" in note for note in plain.notes)


def test_stored_scores_were_made_under_the_kind_that_was_found(corpus):
    path = press_article(corpus, "“Holt never listens,” Vane said. The dockers are a good crew.\n")
    full = run(corpus, scorer=Cautious())
    press.dehydrate(full.articles, full.statements, full.mentions, full.scores, corpus / "press")
    path.unlink()
    wire = full.statements.query("article_id == 'wire'")
    (quoted,) = wire[wire["kind"] != "narration"].itertuples()
    place = (full.articles.set_index("article_id").at["wire", "sha256"], "wire")
    decision = Decision(*place, quoted.start, quoted.end, "kind", "narration")
    append(corpus, "anna", [decision])
    dry = run(corpus, scorer=Cautious()).evidence.set_index("statement_id")
    before = full.evidence.set_index("statement_id")
    assert dry.at[quoted.statement_id, "kind"] == "narration"
    assert dry.at[quoted.statement_id, "level"] == before.at[quoted.statement_id, "polarity"]
