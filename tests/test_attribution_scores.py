"""The benchmark's figures, against values computed by hand."""

import json

import pytest

from analysis.attribution.spans import Attribution
from benchmarks import attribution_speed
from benchmarks.attribution import engine, measure, show
from benchmarks.attribution_scores import Count, Figures, align, shares
from benchmarks.attribution_texts import Text

TEXT = (
    "Ann Lee said: “We go. We stay.” Voters said officials lie, but he hopes for rain. Officials?"
)


def at(*words):
    return tuple((TEXT.index(w), TEXT.index(w) + len(w)) for w in words)


QUOTE = Attribution(at("“We go. We stay.”"), at("said:"), at("Ann Lee"))
SAID = ((TEXT.index("said off"), TEXT.index(" off")),)
LIES = Attribution(at("officials lie"), SAID, at("Voters"))


def count(found, marked):
    figures = Figures()
    figures.add(TEXT, found, marked)
    return figures


def he():
    start = TEXT.index("he hopes")
    return Attribution(at("for rain"), at("hopes"), ((start, start + 2),))


def test_count():
    c = Count(2, 4, 5)
    assert (c.precision, c.recall, c.f1) == (0.5, 0.4, pytest.approx(4 / 9))
    assert Count().f1 == 0


def test_gold_against_itself_is_perfect():
    table = count([QUOTE, LIES, he()], [QUOTE, LIES, he()]).table()
    for protocol in ("fragments", "whole"):
        for row in table[protocol]["all"].values():
            assert row["exact"]["f1"] == row["overlap"]["f1"] == 1
    assert table["direct_quotations"] == {"marked": 1, "found": 1, "right": 1}


def test_fragments_are_cut_at_sentences():
    # “We go. | We stay.” are two fragments; found whole but for the last mark, one of them counts.
    start, end = QUOTE.content[0]
    found = Attribution(((start, end - 1),), QUOTE.cue, QUOTE.source)
    figures = count([found], [QUOTE])
    exact = figures["fragments", "all", "content", "exact"]
    assert (exact.hit, exact.found, exact.marked) == (1, 2, 2)
    assert figures["whole", "all", "content", "exact"].hit == 0
    # 13 characters of 14 without white space: “We go. We stay.
    overlap = figures["fragments", "all", "content", "overlap"]
    assert (overlap.hit, overlap.found, overlap.marked) == (13, 13, 14)


def test_links_need_both_ends():
    wrong = Attribution(QUOTE.content, QUOTE.cue, LIES.source)
    figures = count([wrong], [QUOTE, LIES])
    pair = figures["whole", "all", "pair", "exact"]
    assert (pair.hit, pair.found, pair.marked) == (0, 1, 2)
    short = Attribution(QUOTE.content, QUOTE.cue, at("Lee"))
    figures = count([short], [QUOTE, LIES])
    assert figures["whole", "all", "pair", "exact"].hit == 0
    near = figures["whole", "all", "pair", "overlap"]
    assert (near.hit, near.found, near.marked, near.f1) == (1, 1, 2, pytest.approx(2 / 3))
    assert figures["whole", "all", "triple", "overlap"].hit == 1


def test_what_is_found_counts_under_the_kind_of_its_mark():
    inner = Attribution(((QUOTE.start + 1, QUOTE.end + 8),), QUOTE.cue, QUOTE.source)
    assert Text(TEXT).kind(inner) == "mixed"
    figures = count([inner], [QUOTE])
    assert figures["whole", "direct", "pair", "overlap"].hit == 1
    assert figures["whole", "mixed", "pair", "overlap"].found == 0


def test_direct_quotations_need_the_right_source():
    figures = count([Attribution(QUOTE.content, QUOTE.cue, LIES.source)], [QUOTE])
    assert dict(figures.quotations) == {"marked": 1, "found": 1, "right": 0}
    half = Attribution(((QUOTE.start, QUOTE.start + 5),), QUOTE.cue, QUOTE.source)
    assert count([half], [QUOTE]).quotations["found"] == 0


@pytest.mark.parametrize(
    ("source", "kind"),
    [("Ann Lee", "named"), ("Voters", "named"), ("officials", "nominal"), ("", "none")],
)
def test_source_kinds(source, kind):
    mark = Attribution(QUOTE.content, (), at(source) if source else ())
    assert Text(TEXT).source_kind(mark) == kind


def test_a_capital_that_begins_a_sentence_is_no_name_where_the_word_is_also_written_small():
    start = TEXT.index("Officials")
    mark = Attribution(QUOTE.content, (), ((start, start + 9),))
    assert Text(TEXT).source_kind(mark) == "nominal"
    assert Text(TEXT).source_kind(he()) == "pronoun"


def test_kinds():
    text = Text(TEXT)
    assert [text.kind(m) for m in (QUOTE, LIES)] == ["direct", "indirect"]


def test_align_is_one_to_one_and_prefers_the_larger_share():
    half = Attribution(((QUOTE.start, QUOTE.start + 8),))
    assert align(Text(TEXT), [half, QUOTE, LIES], [QUOTE]) == {1: 0}


def test_shares():
    text = Text(TEXT)
    assert shares(text, at("Ann Lee"), at("Lee"))
    assert not shares(text, at("Ann"), at("Lee"))
    assert shares(text, (), ())
    assert not shares(text, (), at("Lee"))


def test_measure_and_show():
    from analysis.models.training.polnear import Article

    article = Article("x", TEXT, (QUOTE, LIES))
    result = measure(lambda text: [QUOTE] if text == TEXT else [], [article])
    assert result["speed"]["words"] == len(TEXT.split())
    assert result["whole"]["all"]["triple"]["exact"]["recall"] == 0.5
    assert "CofeNet" in show("rules", "dev", result)


def test_every_part_of_one_article_is_timed():
    result = attribution_speed.measure(runs=1)
    assert attribution_speed.WORDS <= result["words"] < attribution_speed.WORDS + 150
    parts = result["parts"]
    assert all(spent["wall"] > 0 for spent in parts.values())
    assert all(part in attribution_speed.show(result) for part in parts)


def test_what_no_text_holds_has_no_figures():
    from analysis.models.training.polnear import Article

    result = measure(lambda text: [], [Article("x", TEXT, (LIES,))])
    lines = show("rules", "dev", result).splitlines()
    at = next(i for i, line in enumerate(lines) if "(b) mixed quotation, n = 0" in line)
    assert set(lines[at + 3].split()[1:]) == {"–"}
    assert any("found –, with the right source –" in line for line in lines)


def test_the_figures_say_what_was_run_and_what_is_to_beat(monkeypatch, tmp_path):
    import benchmarks.attribution as module
    from analysis.models.training.polnear import Article

    monkeypatch.setattr(module, "engine", lambda name: lambda text: [])
    monkeypatch.setattr(module.polnear, "read", lambda folder: [Article("x", TEXT, (QUOTE,))])
    file = tmp_path / "figures.json"
    arguments = ["x", "--data", str(tmp_path), "--engine", "rules", "--json", str(file)]
    monkeypatch.setattr("sys.argv", arguments)
    module.main()
    figures = json.loads(file.read_text())
    assert (figures["engine"], figures["split"]) == ("rules", "dev")
    best = figures["published"][0]
    assert best["f1"]["source"] == pytest.approx(0.832) and "COLING" in best["origin"]
    assert "LREC" in figures["published"][-1]["origin"]


def test_absent_engine_is_a_clear_message(monkeypatch):
    import benchmarks.attribution as module

    def absent(name):
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(module, "import_module", absent)
    with pytest.raises(SystemExit, match="hybrid"):
        engine("hybrid")
