"""The embedded model: what it is shown, what it says, and that training gives such a model."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from analysis import encoder
from analysis.models.training import polarity as training
from analysis.models.training.metrics import fit_temperature
from analysis.models.training.newsmtsc import Example, split
from analysis.polarity.embedded import FOLDER, EmbeddedScorer, encode, is_name, merge, window
from analysis.polarity.scorer import LABELS, Item, ModelError, Scorer, load_scorer, polarity


def item(text: str) -> Item:
    """Build an item from a text with its mentions in square brackets."""
    spans, plain = [], ""
    for i, piece in enumerate(text.replace("]", "[").split("[")):
        if i % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return Item(plain, tuple(spans))


def tokens(row: dict) -> list[str]:
    return encoder.tokenizer().convert_ids_to_tokens(row["input_ids"])


@pytest.fixture(scope="module")
def scorer() -> EmbeddedScorer:
    return load_scorer()


def test_every_mention_stands_between_markers():
    (row,), _ = encode([item("[Lynch]'s men said [he] was hollow")])
    assert tokens(row) == [
        "[CLS]", "[unused0]", "lynch", "[unused1]", "'", "s", "men", "said",
        "[unused0]", "he", "[unused1]", "was", "hollow", "[SEP]",
    ]  # fmt: skip
    assert row["mention"] == [0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0]


def test_overlapping_mentions_are_marked_as_one():
    assert merge([(6, 9), (0, 4), (2, 5), (5, 6)]) == [(0, 5), (5, 6), (6, 9)]
    text = "Mayor de Blasio spoke"
    (row,), _ = encode([Item(text, ((0, 15), (9, 15)))])
    assert tokens(row).count("[unused0]") == 1


def test_mentions_that_share_a_token_do_not_double_it():
    (row,), _ = encode([Item("policemen", ((0, 6), (6, 9)))])
    assert tokens(row).count("policemen") == 1
    assert len(row["input_ids"]) == len(row["mention"])


def test_what_looks_like_a_marker_in_the_text_is_text():
    (row,), _ = encode([item("[unused0] said the [mayor]")])
    assert tokens(row).count("[unused0]") == 2  # both set by us: the text's own was a bracket


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("Trump", True), ("Bill de Blasio", True), ("the Republican Party", True),
        ("Yazan al-Saadi", True), ("He", False), ("the mayor", False), ("Mayor's aides", False),
        ("39", False),
    ],
)  # fmt: skip
def test_names_are_told_from_descriptions(surface, expected):
    assert is_name(surface) is expected


def test_hidden_names_leave_no_trace_and_descriptions_stay():
    items = [item("[Smith] lied, the union said"), item("[Maria Jones] lied, the union said")]
    (smith, jones), _ = encode(items, mask_names=True)
    assert smith == jones
    (mayor,), _ = encode([item("[the mayor] lied")], mask_names=True)
    assert "mayor" in tokens(mayor)


@pytest.mark.parametrize("side", ["before", "after", "both"])
def test_a_long_text_is_read_in_whole_sentences_around_the_mention(side):
    filler = "Nothing of note was said at all on that day. "
    before = filler * 30 if side != "after" else ""
    after = filler * 30 if side != "before" else ""
    long = item(before + "At last [Lynch] spoke. " + after)
    (row,), ((low, high),) = encode([long], room=64)
    assert 40 < len(row["input_ids"]) <= 64
    shown = long.text[low:high]
    assert "At last Lynch spoke." in shown
    assert shown.startswith(("Nothing", "At last")) and shown.endswith(".")


def test_a_long_sentence_is_read_word_by_word_around_the_mention():
    long = item("so " * 200 + "said [Lynch] and " + "so " * 200)
    (row,), ((low, high),) = encode([long], room=64)
    assert len(row["input_ids"]) == 64
    start = long.spans[0][0]
    assert 60 < start - low < 120 and 60 < high - start < 120


def test_a_mention_longer_than_the_window_is_cut_to_it():
    (row,), _ = encode([item("[" + "so " * 100 + "] x")], room=32)
    assert len(row["input_ids"]) <= 32
    assert sum(row["mention"]) == len(row["input_ids"]) - 2


def test_mentions_outside_the_window_are_left_out():
    far = item("[Lynch] spoke. " + "Nothing was said by anyone there. " * 40 + "[He] left.")
    (row,), ((low, high),) = encode([far], room=64)
    assert low == 0 and high < far.spans[1][0]
    assert tokens(row).count("[unused0]") == 1


def test_the_window_is_the_whole_text_where_it_fits():
    assert window("a b", [(0, 1), (2, 3)], (0, 1), 2) == (0, 2)


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


MIXED = pytest.mark.xfail(
    strict=True, reason="with opposite words for two targets, the positive one rubs off"
)


@pytest.mark.parametrize(
    ("spoken_of", "other"),
    [
        ("The senator called [the governor] a liar.", "[The senator] called the governor a liar."),
        ("The union condemned [the mayor].", "[The union] condemned the mayor."),
        ("Smith accused [Jones] of stealing.", "[Smith] accused Jones of stealing."),
        pytest.param(
            "The union condemned [the mayor] and thanked the officers.",
            "The union condemned the mayor and thanked [the officers].",
            marks=MIXED,
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


@pytest.mark.parametrize("setting", ["temperature", "window"])
def test_other_settings_are_another_revision(tmp_path, scorer, setting):
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    config = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    config[setting] += 1
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert EmbeddedScorer(tmp_path).revision != scorer.revision


def test_a_model_that_is_not_whole_is_one_line(tmp_path):
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        EmbeddedScorer(tmp_path)
    for file in ("config.json", "model.safetensors"):
        shutil.copy(FOLDER / file, tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    config["base"]["sha256"] = "0" * 64
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="made from another base encoder"):
        EmbeddedScorer(tmp_path)


def test_training_gives_a_model_that_can_be_loaded_and_averaged(tmp_path, capsys):
    lines = []
    for i in range(26):
        sentence = f"Senator {i} " + ("was praised." if i % 2 else "is a disgrace.")
        target = {"from": 0, "to": 7, "mention": "Senator", "polarity": 6.0 if i % 2 else 2.0}
        lines.append(json.dumps({"sentence_normalized": sentence, "targets": [target]}))
    (tmp_path / "newsmtsc").mkdir()
    for name in ("train", "dev_rw", "dev_mt"):
        (tmp_path / "newsmtsc" / f"{name}.jsonl").write_text("\n".join(lines))
    common = ["--data", str(tmp_path), "--newstsc-weight", "0", "--batch", "4", "--epochs", "1"]
    training.main([*common, "--out", str(tmp_path / "a"), "--seed", "5"])
    training.main([*common, "--out", str(tmp_path / "b"), "--average", str(tmp_path / "a")])
    assert "24 + 0 examples, 2 held out" in capsys.readouterr().out
    one, mean = EmbeddedScorer(tmp_path / "a"), EmbeddedScorer(tmp_path / "b")
    assert one.config["seed"] == 5 and one.config["recipe"]["batch"] == 4
    assert mean.config["seed"] == [5] and mean.config["recipe"] == [one.config["recipe"]]
    both = [item("[Senator] 2 is a disgrace."), item("[Senator] 3 was praised.")]
    scores = one.score(both, progress=False)
    # The mean of one run is that run, temperature and all.
    np.testing.assert_array_equal(mean.score(both, progress=False), scores)
    worst, best = polarity(scores)
    assert worst < best


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
