"""The families of models, each on tiny models: what they are shown, and what they make of it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from analysis.polarity.families import HYPOTHESES, StanceScorer
from analysis.polarity.scorer import Item, ModelError, Scorer, load_scorer

from .tiny import MAYOR, POLARITIES, TEXT, UNION, make, one_line

NLI = ["contradiction", "entailment", "neutral"]


@pytest.mark.parametrize(
    ("names", "bias", "labels", "expected"),
    [
        (POLARITIES, [2.0, 1.0, 0.0], None, [0.6652, 0.2447, 0.0900]),
        (["POS", "Neu", "NEG"], [2.0, 1.0, 0.0], None, [0.0900, 0.2447, 0.6652]),
        (["NEGATIVE", "POSITIVE"], [0.0, 1.0], None, [0.2689, 0.0, 0.7311]),
        (
            ["LABEL_0", "LABEL_1", "LABEL_2"], [2.0, 1.0, 0.0],
            "positive,neutral,negative", [0.0900, 0.2447, 0.6652],
        ),
    ],
)  # fmt: skip
def test_classes_are_put_in_their_place_by_name(tmp_path, names, bias, labels, expected):
    scorer = load_scorer(make(tmp_path / "m", names, bias), labels=labels)
    assert isinstance(scorer, Scorer)
    scores = scorer.score([MAYOR, UNION], progress=False)
    np.testing.assert_allclose(scores, [expected, expected], atol=1e-4)


@pytest.mark.parametrize(
    ("names", "labels", "message"),
    [
        (["LABEL_0", "LABEL_1", "LABEL_2"], None, "--labels negative,neutral,positive"),
        (["1 star", "2 stars"], None, "--labels"),
        (["negative", "neutral"], None, "--labels"),
        (POLARITIES, "negative,positive", "3 classes, but 2 labels"),
        (["LABEL_0", "LABEL_1"], "positive,positive", "--labels"),
        (["entailment", "neutral", "unheard of"], None, "--labels entailment,neutral,contra"),
        (["entailment", "entail"], None, "--labels"),
    ],
)
def test_classes_without_a_meaning_are_refused(tmp_path, names, labels, message):
    with pytest.raises(ModelError, match=message) as error:
        load_scorer(make(tmp_path / "m", names), labels=labels)
    one_line(error)


@pytest.mark.parametrize("labels", [None, "negative,neutral,positive"])
@pytest.mark.parametrize("names", [[f"{n} stars" for n in range(1, 6)], ["score"]])
def test_a_model_of_other_than_two_or_three_classes_is_not_asked_for_labels(
    tmp_path, names, labels
):
    with pytest.raises(ModelError, match=f"{len(names)} classes .* only models of two or") as error:
        load_scorer(make(tmp_path / "m", names), labels=labels)
    assert "--labels" not in one_line(error)


def test_a_sentence_model_sees_the_targets_clause_and_no_more(random_model):
    scorer = load_scorer(random_model)
    assert not scorer.target_aware and scorer.model == "random (not target-aware)"
    assert [TEXT[a:b].strip() for a, b in scorer.reads([MAYOR, UNION])] == [
        "The mayor praised the officers.",
        "The union called his words hollow.",
    ]
    alone = Item(TEXT[32:], ((4, 9),))
    scores = scorer.score([MAYOR, UNION, alone], progress=False)
    np.testing.assert_array_equal(scores[1], scores[2])
    assert abs(scores[0] - scores[1]).max() > 1e-3


def test_a_pair_model_is_asked_about_the_target(random_model):
    scorer = load_scorer(random_model, family="pair")
    assert scorer.target_aware
    mayor, union, again = scorer.score([MAYOR, UNION, MAYOR], progress=False)
    assert abs(mayor - union).max() > 1e-3
    np.testing.assert_array_equal(mayor, again)
    with pytest.raises(ModelError, match="sentence, pair, stance"):
        load_scorer(random_model, family="triple")


@pytest.mark.parametrize("family", ["sentence", "pair", "stance"])
def test_a_long_sentence_is_read_around_the_mention(random_model, family):
    text = "far " * 300 + "from the mayor himself and " + "so " * 300 + "on"
    start = text.index("mayor")
    labels = "entailment,neutral,contradiction" if family == "stance" else None
    scorer = load_scorer(random_model, labels=labels, family=family)
    ((low, high),) = scorer.reads([Item(text, ((start, start + 5),))])
    assert low < start < start + 5 < high
    assert 30 < len(text[low:high].split()) < 64  # 66 positions, of which 64 can be used
    scores = scorer.score([Item(text, ((start, start + 5),))], progress=False)
    assert scores.sum() == pytest.approx(1)
    assert scorer.score([], progress=False).shape == (0, 3)


@pytest.mark.parametrize("family", ["pair", "stance"])
def test_what_is_asked_takes_its_room_in_the_window(random_model, family):
    labels = "entailment,neutral,contradiction" if family == "stance" else None
    about = (HYPOTHESES[0], "against {target}") if family == "stance" else None
    scorer = load_scorer(random_model, labels=labels, family=family, hypotheses=about)
    text = "so " * 100 + "the mayor and the union and the officers " + "so " * 100
    item = Item(text, ((300, 340),))
    ((low, high),) = scorer.reads([item])
    asked = item.surface if family == "pair" else HYPOTHESES[0].format(target=item.surface)
    ids = scorer._classifier._tokenizer(text[low:high], asked)["input_ids"]
    assert 60 < len(ids) <= 64


def test_a_model_of_entailment_is_known_by_its_classes(tmp_path):
    # Each hypothesis is entailed with probability 0.6652, whatever it says.
    scorer = load_scorer(make(tmp_path / "m", NLI, [1.0, 2.0, 0.0]))
    assert isinstance(scorer, Scorer)
    assert scorer.target_aware and scorer.model == "m (stance)"
    one_only = 0.6652 * (1 - 0.6652)
    expected = [one_only, 1 - 2 * one_only, one_only]
    np.testing.assert_allclose(scorer.score([MAYOR], progress=False), [expected], atol=1e-4)
    assert scorer.score([], progress=False).shape == (0, 3)


class Believing:
    """In place of a classifier: holds of every text that whoever it names is praised in it."""

    name, revision = "believing", "1"

    def cut(self, item, low, high, second=None):
        return low, high

    def logits(self, pairs, progress=True, description=""):
        likely = [0.9 if "in favour" in hypothesis else 0.2 for _, hypothesis in pairs]
        return np.log([[1 - p, p] for p in likely])


def test_who_is_praised_is_scored_positive():
    ((against, neither, favour),) = StanceScorer(Believing(), 1).score([MAYOR])
    expected = (0.2 * (1 - 0.9), 0.9 * 0.2 + (1 - 0.9) * (1 - 0.2), 0.9 * (1 - 0.2))
    assert (against, neither, favour) == pytest.approx(expected)


def test_swapped_hypotheses_swap_for_and_against(tmp_path):
    folder = make(tmp_path / "m", NLI)
    plain, turned = load_scorer(folder), load_scorer(folder, hypotheses=HYPOTHESES[::-1])
    said, swapped = (s.score([MAYOR, UNION], progress=False) for s in (plain, turned))
    np.testing.assert_allclose(said, swapped[:, ::-1], atol=1e-6)
    assert abs(said[0] - said[1]).max() > 1e-3
    assert plain.revision != turned.revision  # a cache must not take one for the other


def test_the_target_is_called_by_its_name(tmp_path):
    scorer = load_scorer(make(tmp_path / "m", NLI))
    he = Item(TEXT, ((49, 52), (4, 9)))
    named = dataclasses.replace(he, target="the mayor")
    whole = Item(TEXT, ((0, 9),))
    said = scorer.score([named, whole, he], progress=False)
    assert abs(said[0] - said[2]).max() > 1e-4
    assert scorer._asked(named) == [text.format(target="the mayor") for text in HYPOTHESES]
    assert scorer._asked(he) == [text.format(target="him") for text in HYPOTHESES]
    she = Item("She left.", ((0, 3),))
    assert scorer._asked(she) == [text.format(target="her") for text in HYPOTHESES]


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (NLI, {"hypotheses": ("For {target}.",)}, "two hypotheses"),
        (NLI, {"hypotheses": ("For {target}.", "Against it.")}, "target"),
        (POLARITIES, {"hypotheses": HYPOTHESES}, "--family stance"),
        (["neutral", "contradiction"], {"family": "stance"}, "--labels entailment"),
    ],
)
def test_hypotheses_that_cannot_be_put_are_refused(tmp_path, names, options, message):
    with pytest.raises(ModelError, match=message) as error:
        load_scorer(make(tmp_path / "m", names), **options)
    one_line(error)


def test_what_is_said_of_the_classes_is_part_of_the_revision(random_model):
    one = load_scorer(random_model, labels="negative,neutral,positive")
    other = load_scorer(random_model, labels="positive,neutral,negative")
    assert len({one.revision, other.revision, load_scorer(random_model).revision}) == 3


@pytest.mark.parametrize("labels", ["Negative, neutral , positive", ["neg", "neu", "pos"]])
def test_classes_that_are_understood_alike_have_one_revision(random_model, labels):
    plain = load_scorer(random_model, labels="negative,neutral,positive")
    assert load_scorer(random_model, labels=labels).revision == plain.revision


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_not_the_folder_one_stands_in(random_model, monkeypatch, name):
    monkeypatch.chdir(random_model)
    with pytest.raises(ModelError, match="name is empty") as error:
        load_scorer(name)
    one_line(error)
    assert load_scorer(".").model == "random (not target-aware)"


def test_the_lexicon_is_found_in_capitals_as_it_names_itself():
    assert load_scorer("VADER").model == load_scorer("vader").model


@pytest.mark.parametrize("name", [None, "vader"])
def test_settings_of_another_model_are_refused(name):
    with pytest.raises(ModelError, match="for a model of transformers, from a folder") as error:
        load_scorer(name, labels="negative,positive")
    one_line(error)
