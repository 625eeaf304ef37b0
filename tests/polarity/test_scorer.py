"""Items, the way to a model, and the measures that models are judged by."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from analysis.models.training.metrics import calibration_error, coverage, per_class, summary
from analysis.models.training.newsmtsc import Example, read_newsmtsc, read_newstsc
from analysis.polarity.scorer import (
    Item,
    ModelError,
    clause,
    load_scorer,
    polarity,
    sentence_starts,
)
from benchmarks.polarity import describe, main, measure, published

TEXT = "The mayor spoke. Officers turned away."


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ((), "at least one span"),
        (((4, 4),), "empty"),
        (((3, 4),), "empty"),  # a blank
        (((30, 99),), "outside the text of 38"),
        (((-3, 4),), "outside"),
        (((9, 4),), "outside"),
        (((4, 9), (40, 41)), "outside"),
    ],
)
def test_an_item_refuses_spans_that_name_nothing(spans, message):
    with pytest.raises(ValueError, match=message):
        Item(TEXT, spans)


def test_an_item_is_a_value():
    assert Item(TEXT, ((4, 9),)) == Item(TEXT, [[np.int64(4), np.int64(9)]])


def test_polarity_is_positive_less_negative():
    np.testing.assert_allclose(polarity(np.array([[0.7, 0.2, 0.1], [0.0, 0.5, 0.5]])), [-0.6, 0.5])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two? “Three!” Four", ["One. ", "Two? ", "“Three!” ", "Four"]),
        ("Mr. Lynch and P. J. Lynch met.", ["Mr. Lynch and P. J. Lynch met."]),
        ("At 3.5 per cent, e.g. here.", ["At 3.5 per cent, e.g. here."]),
        ("", [""]),
    ],
)
def test_sentences_are_cut_after_their_end(text, pieces):
    starts = sentence_starts(text)
    ends = [*starts[1:], len(text)]
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. [Marsh] spoke at some length. He left.", "[Marsh] spoke at some length. "),
        ("Rain fell; then [Marsh] spoke at length; it went on.", "then [Marsh] spoke at length"),
        ("They praised the crew, but [Marsh] was booed loudly.", "[Marsh] was booed loudly."),
        ("The man whom [Marsh] praised, although late, left.", "The man whom [Marsh] praised"),
        ("They clapped, and [Marsh] left.", "They clapped, and [Marsh] left."),  # too short alone
        ("They — Kane and [Marsh] among them — went home.", "Kane and [Marsh] among them"),
        ("The well-known [Marsh] and Kane met.", "The well-known [Marsh] and Kane met."),
    ],
)
def test_a_clause_is_cut_around_the_target(text, expected):
    plain = text.replace("[", "").replace("]", "")
    start = text.index("[")
    low, high = clause(plain, (start, start + len("Marsh")))
    assert plain[low:high] == expected.replace("[", "").replace("]", "")


def test_a_name_that_is_no_folder_and_no_hub_id_is_one_line():
    with pytest.raises(ModelError, match=r"^Model ./nowhere: there is no such folder") as error:
        load_scorer("./nowhere")
    assert "\n" not in str(error.value)


# Six items, worked by hand in the tests below.
LABELS = np.array([0, 0, 1, 1, 1, 2])
PROBABILITIES = np.array(
    [
        [0.9, 0.1, 0.0],
        [0.6, 0.3, 0.1],
        [0.8, 0.1, 0.1],
        [0.1, 0.7, 0.2],
        [0.2, 0.3, 0.5],
        [0.0, 0.05, 0.95],
    ]
)


def test_macro_f1_and_recall_as_worked_by_hand():
    # negative: 2 of 3 predicted are right and 2 of 2 found, F1 = 4/5.  neutral: 1 of 1 and 1 of
    # 3, F1 = 1/2.  positive: 1 of 2 and 1 of 1, F1 = 2/3.
    figures = summary(LABELS, PROBABILITIES)
    assert figures["accuracy"] == pytest.approx(4 / 6)
    assert figures["macro_f1"] == pytest.approx((4 / 5 + 2 / 4 + 2 / 3) / 3)
    assert figures["macro_recall"] == pytest.approx((1 + 1 / 3 + 1) / 3)
    classes = per_class(LABELS, PROBABILITIES.argmax(1))
    assert classes["negative"]["precision"] == pytest.approx(2 / 3)
    assert classes["neutral"] == pytest.approx(
        {"precision": 1.0, "recall": 1 / 3, "f1": 0.5, "support": 3}
    )


def test_a_class_never_predicted_counts_as_zero():
    figures = summary(np.array([0, 1]), np.array([[0.8, 0.1, 0.1], [0.8, 0.1, 0.1]]))
    assert figures["macro_f1"] == pytest.approx((2 / 3) / 3)


def test_calibration_error_as_worked_by_hand():
    # Bins: [.5,.6) one wrong at .5; [.6,.7) right at .6; [.7,.8) right at .7; [.8,.9) wrong at
    # .8; [.9,1] right at .9 and .95.
    expected = (0.5 + 0.4 + 0.3 + 0.8 + 0.15) / 6
    assert calibration_error(LABELS, PROBABILITIES) == pytest.approx(expected)


def test_coverage_drops_the_least_confident_first():
    shares = coverage(LABELS, PROBABILITIES, (100, 50))
    assert shares[100] == pytest.approx(4 / 6)
    assert shares[50] == pytest.approx(2 / 3)  # .95 and .9 right, .8 wrong


class Fixed:
    """A scorer that gives the six rows above, in order, whatever it is asked."""

    model, revision, target_aware = "fixed", "0" * 40, False

    def score(self, items, progress=True):
        return PROBABILITIES[: len(items)]


def test_the_benchmark_measures_and_prints_the_same_figures():
    examples = [Example(Item(TEXT, ((4, 9),)), int(label), TEXT) for label in LABELS]
    figures = measure(Fixed(), examples, progress=False)
    assert figures["accuracy"] == pytest.approx(4 / 6)
    assert figures["classes"]["neutral"]["recall"] == pytest.approx(1 / 3)
    text = describe(figures, "six items")
    assert "macro-F1  65.6%   accuracy  66.7%   macro recall  77.8%" in text
    assert "GRU-TSC" not in text  # of another set of sentences
    text = describe(figures | {"published": published()}, "six items")
    assert re.search(r"^GRU-TSC.* 83\.1% +82\.5%  Hamborg and Donnay, EACL 2021$", text, re.M)


def test_a_class_without_examples_has_no_figures():
    examples = [Example(Item(TEXT, ((4, 9),)), 1, TEXT)] * 6
    lines = describe(measure(Fixed(), examples, progress=False), "six items").splitlines()
    assert next(line for line in lines if line.startswith("negative")).split()[1:] == [*"–––", "0"]


RECORD = {
    "sentence_normalized": TEXT,
    "targets": [{"from": 4, "to": 9, "mention": "mayor", "polarity": 4.0}],
}


@pytest.mark.parametrize("folder", [".", "newsmtsc"])
def test_the_data_may_be_the_folder_or_the_one_around_it(tmp_path, monkeypatch, folder):
    import benchmarks.polarity as module

    monkeypatch.setattr(module, "load_scorer", lambda **options: Fixed())
    (tmp_path / "newsmtsc").mkdir()
    (tmp_path / "newsmtsc" / "dev_rw.jsonl").write_text(json.dumps(RECORD))
    file = tmp_path / "figures.json"
    data = ["--data", str(tmp_path / folder), "--split", "dev_rw", "--json", str(file)]
    assert main([*data, "--no-progress"]) == 0
    figures = json.loads(file.read_text())
    assert figures["split"] == "dev_rw" and figures["n"] == 1
    assert {"model", "test_rw", "test_mt", "source"} == set(figures["published"][0])


@pytest.mark.parametrize("split", ["dev_rw", "dse_dev", "newstsc_held"])
def test_another_folder_is_told_what_is_wanted(tmp_path, capsys, split):
    assert main(["--data", str(tmp_path), "--split", split]) == 1
    assert "is the folder that has newsmtsc/" in capsys.readouterr().err


def test_the_benchmark_says_in_a_line_what_is_wrong(tmp_path, capsys):
    assert main(["--split", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err
    (tmp_path / "empty.jsonl").write_text("")
    assert main(["--split", str(tmp_path / "empty.jsonl"), "--model", "./none"]) == 1
    assert capsys.readouterr().err == (
        "error: Model ./none: there is no such folder. Check the path.\n"
    )


def test_newsmtsc_is_read_target_by_target(tmp_path):
    record = {
        "sentence_normalized": "Trump said he liked Obama.",
        "targets": [
            {"from": 0, "to": 5, "mention": "Trump", "polarity": 4.0,
             "further_mentions": [{"from": 11, "to": 13, "mention": "he"}]},
            {"from": 20, "to": 25, "mention": "Obama", "polarity": 6.0},
        ],
    }  # fmt: skip
    path = tmp_path / "train.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    trump, obama = read_newsmtsc(path)
    assert (trump.item.spans, trump.label) == (((0, 5), (11, 13)), 1)
    assert (obama.item.spans, obama.label) == (((20, 25),), 2)
    path.write_text(json.dumps(record).replace("6.0", "5.0"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"train\.jsonl, line 1: not NewsMTSC's format"):
        read_newsmtsc(path)


def test_newstsc_is_read_line_by_line(tmp_path):
    path = tmp_path / "train.jsonl"
    line = {"local_context": "The Senate waits.", "target_local_from": 4, "target_local_to": 10,
            "target_mention": "Senate", "label": "neutral"}  # fmt: skip
    path.write_text(json.dumps(line), encoding="utf-8")
    (example,) = read_newstsc(path)
    assert (example.item, example.label) == (Item("The Senate waits.", ((4, 10),)), 1)
