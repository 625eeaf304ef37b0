"""The embedded model: what it says, and that its files are whole."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from marked import item
from safetensors.torch import save

from analysis import encoder
from analysis.polarity.embedded import FOLDER, EmbeddedScorer
from analysis.polarity.scorer import LABELS, ModelError, Scorer, load_scorer


@pytest.fixture(scope="module")
def scorer() -> EmbeddedScorer:
    return load_scorer()


def test_scores_are_probabilities_in_the_items_order(scorer):
    assert isinstance(scorer, Scorer) and scorer.target_aware
    assert scorer.score([], progress=False).shape == (0, 3)
    items = [item("[He] was praised by all."), item("They despise [him]."), item("[He] left.")]
    scores = scorer.score(items, progress=False)
    assert scores.shape == (3, 3)
    np.testing.assert_allclose(scores.sum(1), 1)
    np.testing.assert_array_equal(scorer.score(items[::-1], progress=False)[::-1], scores)
    np.testing.assert_array_equal(scorer.score(items[1:2], progress=False), scores[1:2])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[The mayor]'s words seem hollow.", "negative"),
        ("The mayor praised [the officers].", "positive"),
        ("[He] is a liar and a disgrace to the city, the union leader said.", "negative"),
        ("“[She] has done a remarkable job,” the senator said.", "positive"),
        ("We support [the police] completely.", "positive"),
        ("[Lynch] met reporters on Tuesday.", "neutral"),
        ("[Lynch] said that the mayor had blood on his hands.", "neutral"),
    ],
)
def test_plain_cases(scorer, text, label):
    (row,) = scorer.score([item(text)], progress=False)
    assert LABELS[row.argmax()] == label


@pytest.mark.parametrize(
    ("spoken_of", "other"),
    [
        ("The senator called [the governor] a liar.", "[The senator] called the governor a liar."),
        ("The union condemned [the mayor].", "[The union] condemned the mayor."),
        ("Smith accused [Jones] of stealing.", "[Smith] accused Jones of stealing."),
        (
            "The union condemned [the mayor] and thanked the officers.",
            "The union condemned the mayor and thanked [the officers].",
        ),
    ],
)
def test_the_target_decides_not_the_sentence(scorer, spoken_of, other):
    rows = scorer.score([item(spoken_of), item(other)], progress=False)
    first, second = rows.argmax(1)
    assert LABELS[first] == "negative"
    assert LABELS[second] != "negative"


def test_the_shipped_model_does_not_know_a_targets_name(scorer):
    names = ["Bill de Blasio", "Patrick Lynch", "Donald Trump", "Mary Walker"]
    rows = scorer.score([item(f"[{name}] lied, they said.") for name in names], progress=False)
    np.testing.assert_array_equal(rows, rows[[0] * len(names)])


def test_the_shipped_files_are_small_and_say_where_they_come_from(scorer):
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 30e6
    assert scorer.config["base"]["sha256"] == encoder.SHA256
    assert scorer.revision in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_in_narration_more_is_needed_to_be_for_or_against(scorer):
    said = item("[The mayor] was booed by the crowd.")
    told = replace(said, narrated=True)
    plain, shifted = scorer.score([said, told], progress=False)
    assert shifted[1] > plain[1]
    expected = np.log(plain) + scorer.config["narration"]
    np.testing.assert_allclose(shifted, np.exp(expected) / np.exp(expected).sum(), rtol=1e-4)


def test_a_higher_temperature_is_less_sure(scorer, monkeypatch):
    items = [item("They despise [him]."), item("[He] left.")]
    sure = np.log(scorer.score(items, progress=False))
    monkeypatch.setitem(scorer.config, "temperature", 2 * scorer.config["temperature"])
    less = np.log(scorer.score(items, progress=False))
    np.testing.assert_allclose(np.diff(less), np.diff(sure) / 2, rtol=1e-4)


@pytest.mark.parametrize("setting", ["temperature", "window"])
def test_other_settings_are_another_revision(tmp_path, scorer, setting):
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    config = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    config[setting] += 1
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert EmbeddedScorer(tmp_path).revision != scorer.revision


def test_a_model_of_ones_own_training_is_named_by_its_folder(tmp_path):
    own = tmp_path / "my-model"
    shutil.copytree(FOLDER, own)
    scorer = load_scorer(str(own))
    assert scorer.model == "my-model" and scorer.target_aware
    with pytest.raises(ModelError, match="revision, labels"):
        load_scorer(own, labels="negative,positive")


def test_a_model_that_is_not_whole_is_one_line(tmp_path):
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        EmbeddedScorer(tmp_path)
    shutil.copy(FOLDER / "config.json", tmp_path)
    with pytest.raises(ModelError, match=r"model\.safetensors is missing"):
        EmbeddedScorer(tmp_path)
    weights = tmp_path / "model.safetensors"
    for wrong in ((FOLDER / weights.name).read_bytes()[:5000], save({"other": torch.zeros(1)})):
        weights.write_bytes(wrong)
        with pytest.raises(ModelError, match="does not hold this network's weights"):
            EmbeddedScorer(tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    config["base"]["sha256"] = "0" * 64
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="made from another base encoder"):
        EmbeddedScorer(tmp_path)


@pytest.mark.parametrize("base", [None, "bert-base", {}])
def test_another_makers_configuration_is_not_taken_for_ones_own(tmp_path, base):
    (tmp_path / "config.json").write_text(json.dumps({"base": base}), encoding="utf-8")
    with pytest.raises(ModelError, match="holds no safetensors"):  # asked as one of transformers
        load_scorer(tmp_path)
