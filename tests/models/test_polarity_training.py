"""Training of the polarity model: what it learns from, and that it gives a model that loads."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from krippendorff import alpha
from marked import item
from safetensors.torch import load_file

from analysis.models.training import dse, judged, polnear
from analysis.models.training import polarity as training
from analysis.models.training.examples import Portion, Source, aims, gather
from analysis.models.training.judged import Judgement, name_of
from analysis.models.training.metrics import fit_temperature
from analysis.models.training.narration import fit_shift
from analysis.models.training.newsmtsc import Example, split
from analysis.models.training.written import COLUMNS, HELD_OUT, read_written, readings
from analysis.polarity import words
from analysis.polarity.embedded import FOLDER, WORDS, EmbeddedScorer
from analysis.polarity.scorer import polarity

NEGATIVE, NEUTRAL, POSITIVE = range(3)


@pytest.fixture
def data(tmp_path) -> Path:
    """A folder of small data sets in their own formats, of invented people."""
    main, beside, directed = [], [], []
    for i in range(26):
        sentence = f"Senator {i} " + ("was praised." if i % 2 else "is a disgrace.")
        target = {"from": 0, "to": 7, "mention": "Senator", "polarity": 6.0 if i % 2 else 2.0}
        main.append(json.dumps({"sentence_normalized": sentence, "targets": [target]}))
        place = {"target_local_from": 4, "target_local_to": 9, "label": "neutral"}
        beside.append(json.dumps({"local_context": f"The union met {i} times.", **place}))
        directed.append(f"[Vane] met [Holt] {i} times.\tVane\tHolt\t{(i % 3) * (i % 2 + 1)}")
    for i in range(42):
        lines = {"text": f"Vane met Holt {i} times.", "attributions": ""}
        for folder, content in lines.items():
            name = f"a{i:02}.txt" if folder == "text" else f"a{i:02}_x.ann"
            (tmp_path / "polnear" / "train" / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / "polnear" / "train" / folder / name).write_text(content, encoding="utf-8")
    for name, lines in {
        "newsmtsc/train.jsonl": main,
        "newsmtsc/dev_rw.jsonl": main[:2],
        "newsmtsc/dev_mt.jsonl": main[:2],
        "newstsc/train.jsonl": beside,
        "dse/train.txt": directed,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_directed_sentiment_is_read_with_its_places(tmp_path):
    file = tmp_path / "train.txt"
    line = "So [Vane] blames [the dockers] for it.\tVane\tthe dockers\t3\n"
    file.write_text(line + line, encoding="utf-8")
    (read,) = dse.read_dse(file)
    assert read.text == "So Vane blames the dockers for it."
    assert (read.text[slice(*read.p)], read.text[slice(*read.q)]) == ("Vane", "the dockers")


@pytest.mark.parametrize(
    "line", ["[Vane] met [Holt].\tVane\tHolt\t5", "[Vane] met Holt.\tVane\tHolt\t0", "[A] [B]"]
)
def test_what_is_not_directed_sentiment_is_refused_by_line(tmp_path, line):
    file = tmp_path / "train.txt"
    file.write_text("[Vane] met [Holt].\tVane\tHolt\t0\n" + line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"train\.txt, line 2"):
        dse.read_dse(file)


@pytest.mark.parametrize(
    ("label", "of", "polarity"),
    [(1, "Holt", POSITIVE), (2, "Vane", POSITIVE), (3, "Holt", NEGATIVE), (4, "Vane", NEGATIVE)],
)
def test_only_the_entity_that_somebody_is_for_or_against_is_charged(label, of, polarity):
    sentence = dse.Directed("Vane met Holt.", (0, 4), (9, 13), label)
    (example,) = dse.charged([sentence])
    assert example.item.text[slice(*example.item.spans[0])] == of
    assert example.label == polarity
    assert dse.uncharged([sentence]) == []


def test_both_entities_of_an_uncharged_sentence_are_neutral_unless_they_are_no_word():
    plain = dse.Directed("Vane met Holt.", (0, 4), (9, 13), 0)
    broken = dse.Directed("Vane’ met Holt.", (4, 5), (10, 14), 0)
    assert [e.label for e in dse.uncharged([plain, broken])] == [NEUTRAL] * 3
    assert dse.charged([plain]) == []


def test_written_statements_are_read_with_all_mentions_where_writer_and_reader_agree(tmp_path):
    file = tmp_path / "statements.tsv"
    lines = [
        "\t".join(COLUMNS),
        "ferries\t-1\t-1\t“[[The pilot]] steers by last year's chart, and [[he]] knows it.”",
        "ferries\t-1\t0\t[[The pilot]] will see",
        f"{HELD_OUT}\t1\t1\t[[Holt]] has our back",
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (kept,), (away,) = read_written(file)
    assert kept.item.text == "“The pilot steers by last year's chart, and he knows it.”"
    assert [kept.item.text[slice(*span)] for span in kept.item.spans] == ["The pilot", "he"]
    assert (kept.label, away.label) == (NEGATIVE, POSITIVE)
    assert readings(file) == [(-1, -1), (-1, 0), (1, 1)]


@pytest.mark.parametrize("line", ["ferries\t2\t2\t[[He]] left", "ferries\t0\t0\tHe left", "[[He]]"])
def test_what_is_no_written_statement_is_refused_by_line(tmp_path, line):
    file = tmp_path / "statements.tsv"
    file.write_text("\t".join(COLUMNS) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"statements\.tsv, line 2"):
        read_written(file)


def test_written_statements_of_other_columns_are_refused(tmp_path):
    file = tmp_path / "statements.tsv"
    file.write_text("label\ttext\n0\t[[He]] left\n", encoding="utf-8")
    with pytest.raises(ValueError, match="the columns are not field, written, read, text"):
        read_written(file)


def test_the_written_statements_keep_a_field_apart_and_have_every_label():
    rest, away = read_written()
    for part in (rest, away):
        assert {example.label for example in part} == {NEGATIVE, NEUTRAL, POSITIVE}
    assert not {e.sentence for e in rest} & {e.sentence for e in away}
    assert len(rest) + len(away) == sum(a == b for a, b in readings())


def test_the_sources_leave_out_what_is_held_out(data):
    sources, held = gather(data, 0.08, {"newstsc": Portion(5, 0.5), "written": Portion(0, 0.3)})
    assert list(sources) == ["newsmtsc", "newstsc"]
    assert (len(sources["newsmtsc"].examples), len(held["newsmtsc"])) == (24, 2)
    assert (len(sources["newstsc"].examples), len(held["newstsc"])) == (22, 4)
    for name, away in held.items():
        assert not {e.sentence for e in away} & {e.sentence for e in sources[name].examples}
    assert (sources["newstsc"].each_epoch, sources["newstsc"].weight) == (5, 0.5)
    sources, held = gather(data, 0.08, {"written": Portion(7, 1.0)})
    assert list(sources) == ["newsmtsc", "written"] and sources["written"].each_epoch == 7
    assert (sources["written"].examples, held["written"]) == read_written()


def test_epochs_take_the_next_examples_and_begin_again():
    source = Source([Example(item("[Vane] left."), NEUTRAL, "s")] * 5, 1.0, 3)
    order = np.array([4, 2, 0, 1, 3])
    epochs = [source.of_epoch(epoch, order).tolist() for epoch in range(3)]
    assert epochs == [[4, 2, 0], [1, 3, 4], [2, 0, 1]]


def test_judgements_are_read_of_the_texts_that_are_at_hand():
    text = "Said in full: “The pilot is a fool, and he knows it.”"
    one = Judgement("speech", name_of(text), 14, 53, ((15, 24), (40, 42)), -2)
    elsewhere = Judgement("speech", name_of("another"), 0, 4, ((0, 4),), 1)
    (example,) = judged.examples([one, elsewhere], {name_of(text): text})
    assert example.item.text == "“The pilot is a fool, and he knows it.”"
    assert [example.item.text[slice(*span)] for span in example.item.spans] == ["The pilot", "he"]
    assert (example.label, example.grade) == (NEGATIVE, -2)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "news,ab,0,9,0-4,3",
            "gossip,ab,0,9,0-4,1",
            "news,ab,0,9,,1",
            "news,ab,0,9,x,1",
            "news,ab",
        ),
        *("news,ab,0,9,0-40,1", "news,ab,2,9,0-4,1", "news,ab,0,9,4-0,1", "news,ab,9,0,0-4,1"),
    ],
)
def test_what_is_no_judgement_is_refused_by_line(tmp_path, line):
    file = tmp_path / "judgements.csv"
    head = ",".join(judged.COLUMNS) + "\nnews,ab,0,9,0-4,1\n"
    file.write_text(head + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"judgements\.csv, line 3"):
        judged.judgements(file)
    file.write_text("text,grade\nab,1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="the columns are not set, text, start, end"):
        judged.judgements(file)


def test_the_projects_judgements_are_of_every_set_and_grade_and_each_is_made_once():
    found = judged.judgements()
    assert {one.set for one in found} == set(judged.SETS)
    assert {one.grade for one in found} == set(judged.GRADES)
    places = [(one.set, one.text, one.start, one.end, one.mentions) for one in found]
    assert len(set(places)) == len(places)
    assert all(one.start <= a < b <= one.end for one in found for a, b in one.mentions)


def test_the_figures_of_the_readers_in_their_readme_are_those_of_the_files():
    text = (judged.FILE.parent / "README.md").read_text(encoding="utf-8")
    found = judged.judgements()
    for name in judged.SETS:
        own = [one.grade for one in found if one.set == name]
        shares = [f"{100 * own.count(grade) / len(own):.0f} %" for grade in judged.GRADES]
        assert f"| `{name}` | {len(own):,} | {' | '.join(shares)} |" in text
    first = {(one.set, one.text, one.start, one.end, one.mentions): one.grade for one in found}
    said = []
    for name in ("news", "speech"):
        pairs = [
            (first[one.set, one.text, one.start, one.end, one.mentions], one.grade)
            for one in judged.judgements(judged.SECOND)
            if one.set == name
        ]
        same = np.mean([np.sign(a) == np.sign(b) for a, b in pairs])
        value = alpha(np.array(pairs).T, level_of_measurement="interval")
        said.append((f"{len(pairs)}", f"{100 * same:.0f}", f"{value:.2f}"[1:]))
    (n, signs, alphas), (m, more, again) = said
    assert f"read {int(n):,} of `news` and {int(m):,} of `speech`" in text
    assert f"signs agree in {signs} and {more} of 100" in text
    assert f"(interval) {alphas} and {again}" in text


def test_a_grade_means_what_the_labels_are_beside_it():
    of_grade = [(-2, NEGATIVE)] * 7 + [(0, NEUTRAL)] * 4 + [(0, POSITIVE)] * 3 + [(None, NEGATIVE)]
    labelled = [Example(item("[Vane] left."), label, "s", grade) for grade, label in of_grade]
    means = judged.meaning(labelled)
    np.testing.assert_allclose(means[-2], [0.8, 0.1, 0.1])
    np.testing.assert_allclose(means[0], [0.1, 0.5, 0.4])
    np.testing.assert_allclose(means[2], [1 / 3] * 3)
    with pytest.raises(ValueError, match="No judgement is of these"):
        judged.meaning(labelled[-1:])


def test_judged_sources_keep_the_articles_apart_that_are_held_out(data):
    files = sorted((data / "polnear/train/text").glob("*.txt"))
    learned, away = (
        {a.name for a in part} for part in polnear.split(polnear.read(files[0].parents[1]))
    )
    twice = next(path for path in files if path.stem in away)
    twice.write_text(next(path for path in files if path.stem in learned).read_text())
    texts = sorted({path.read_text() for path in files})
    found = [Judgement("news", name_of(text), 0, len(text), ((0, 4),), 1) for text in texts]
    sentence = "Vane met Holt 3 times."
    found.append(Judgement("directed", name_of(sentence), 0, len(sentence), ((9, 13),), -1))
    sentence = "Senator 2 is a disgrace."
    found.append(Judgement("newsmtsc", name_of(sentence), 0, len(sentence), ((0, 7),), -2))
    beside = {"news": Portion(9, 1.0), "directed": Portion(9, 1.0), "speech": Portion(0, 1.0)}
    again = [replace(one, grade=0) for one in found if one.set == "news"]
    sources, held = gather(data, 0.08, beside, found, again)
    assert list(sources) == ["newsmtsc", "news", "directed"] and list(held) == ["newsmtsc", "news"]
    assert (len(sources["news"].examples), len(held["news"])) == (4, 39)
    assert [e.grade for e in sources["news"].examples] == [1, 1, 0, 0]
    assert not {e.sentence for e in held["news"]} & {e.sentence for e in sources["news"].examples}
    assert sources["news"].each_epoch == 4
    assert [e.grade for e in sources["directed"].examples] == [-1]
    assert {e.sentence for e in sources["newsmtsc"].examples if e.grade == -2} == {sentence}
    with pytest.raises(
        ValueError, match="has no examples of speech; judgements need the very texts"
    ):
        gather(data, 0.08, {"speech": Portion(9, 1.0)}, found)


def test_the_aim_is_the_label_mixed_with_what_the_readers_grade_means():
    said = [(NEGATIVE, -1)] * 5 + [(NEUTRAL, -1)] * 2 + [(NEUTRAL, None)]
    crowd = [Example(item("[Vane] left."), label, "s", grade) for label, grade in said]
    alone = [Example(item("[Vane] left."), NEGATIVE, "s", -1)]
    sources = {"newsmtsc": Source(crowd, 1.0, 8), "news": Source(alone, 1.0, 1)}
    rows = aims(sources, smoothing=0.3, by_reader=0.25)
    means = np.array([0.6, 0.3, 0.1])
    np.testing.assert_allclose(rows[0], 0.75 * np.array([0.8, 0.1, 0.1]) + 0.25 * means)
    np.testing.assert_allclose(rows[5], 0.75 * np.array([0.1, 0.8, 0.1]) + 0.25 * means)
    np.testing.assert_allclose(rows[7], [0.1, 0.8, 0.1])
    np.testing.assert_allclose(rows[8], rows[0])
    sources["newsmtsc"] = Source(crowd[-1:], 1.0, 1)
    with pytest.raises(ValueError, match="No judgement is of these"):
        aims(sources, smoothing=0.3, by_reader=0.25)
    assert aims({"newsmtsc": sources["newsmtsc"]}, 0.3, 0.25).shape == (1, 3)


def test_a_source_is_learned_as_if_its_labels_were_as_frequent_as_the_first_ones():
    aim = torch.tensor([[0.5, 0.3, 0.2]] * 2 + [[0.1, 0.8, 0.1], [0.3, 0.6, 0.1]])
    more = training.shifts(aim, [2, 2])
    torch.testing.assert_close(more[:2], torch.zeros(2, 3))
    expected = torch.tensor([0.2 / 0.5, 0.7 / 0.3, 0.1 / 0.2]).log().repeat(2, 1)
    torch.testing.assert_close(more[2:], expected)


def test_the_change_of_the_words_is_stored_to_one_part_in_a_hundred(monkeypatch):
    base = torch.randn(9, 16, generator=torch.Generator().manual_seed(0))
    trained = base.clone()
    trained[[2, 5, 7]] += torch.tensor([[0.1], [0.3], [0.2]]) * torch.linspace(-1, 1, 16)
    stored = words.pack(base, trained)
    assert stored[words.ROWS].tolist() == [2, 5, 7]
    torch.testing.assert_close(words.unpack(base, dict(stored)), trained, atol=0.002, rtol=0)
    monkeypatch.setattr(words, "MOST", 2)
    assert words.pack(base, trained)[words.ROWS].tolist() == [5, 7]  # those that changed most
    assert words.pack(base, base) == {}
    torch.testing.assert_close(words.unpack(base, {}), base)


def test_training_gives_a_model_that_can_be_loaded_gone_on_from_and_averaged(data, capsys):
    common = ["--data", str(data), "--batch", "8", "--epochs", "1", "--written", "3"]
    common += ["--newstsc", "2", "--word-rate", "1"]
    common += ["--news", "0", "--speech", "0", "--directed", "0"]
    one, two, both = (str(data / name) for name in ("a", "b", "mean"))
    training.main([*common, "--out", one, "--seed", "5"])
    training.main([*common, "--out", two, "--seed", "6", "--start", one])
    training.main([*common, "--out", both, "--average", one, two])
    assert "24 of 24 newsmtsc, 2 of 22 newstsc" in capsys.readouterr().out
    first, second, mean = (EmbeddedScorer(folder) for folder in (one, two, both))
    assert first.config["seed"] == 5 and first.config["recipe"]["batch"] == 8
    assert mean.config["seed"] == [5, 6] and len(mean.config["recipe"]) == 2
    for key, value in mean.network.state_dict().items():
        middle = (first.network.state_dict()[key] + second.network.state_dict()[key]) / 2
        torch.testing.assert_close(value, middle, atol=1e-3, rtol=1e-3)
    spoken_of = [item("[Senator] 2 is a disgrace."), item("[Senator] 3 was praised.")]
    worst, best = polarity(first.score(spoken_of, progress=False))
    assert worst < best


def test_the_average_of_equal_runs_is_that_run_and_stores_no_words(tmp_path):
    shipped = EmbeddedScorer()
    training.save(
        training.averaged([FOLDER] * 3),
        tmp_path,
        window=128,
        mask_names=True,
        temperature=1.0,
        narration=[0.0, 0.0, 0.0],
    )
    again = EmbeddedScorer(tmp_path)
    for key, value in shipped.network.state_dict().items():
        torch.testing.assert_close(again.network.state_dict()[key], value, atol=1e-4, rtol=0)
    assert WORDS in shipped.network.state_dict()
    assert not any(key.startswith("words.") for key in load_file(tmp_path / "model.safetensors"))


def test_held_out_sentences_keep_their_targets_together():
    examples = [Example(item(f"[A] met B {i // 2}."), 1, f"s{i // 2}") for i in range(40)]
    rest, away = split(examples, 0.1, seed=1)
    assert len(away) == 4 and len(rest) == 36
    assert not {e.sentence for e in rest} & {e.sentence for e in away}


def test_the_temperature_undoes_overconfidence():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 3))
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    labels = (p.cumsum(1) < rng.random((4000, 1))).sum(1)
    assert fit_temperature(3 * logits, labels) == pytest.approx(3, rel=0.1)


def test_the_shift_of_narration_restores_how_often_a_class_occurs():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(6000, 3))
    p = np.exp(logits + np.array([-2.0, 0.0, -3.0]))
    labels = ((p / p.sum(1, keepdims=True)).cumsum(1) < rng.random((6000, 1))).sum(1)
    assert fit_shift(logits, labels) == pytest.approx([-2.0, 0.0, -3.0], abs=0.2)
    with pytest.raises(ValueError, match="Every class"):
        fit_shift(logits, np.ones(6000, dtype=int))
