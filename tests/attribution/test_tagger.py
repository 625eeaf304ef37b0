"""The tagger: how an article is read and covered by windows, and what the packaged model finds."""

import json

import numpy as np
import pytest
import torch
from torch import nn

from analysis import encoder
from analysis.attribution import tagger
from analysis.attribution.decode import BEGIN, INSIDE, Fragment
from analysis.attribution.network import FROZEN, SHAPES, Network
from analysis.attribution.spans import Attribution
from analysis.attribution.tagger import Scores, Tagger, TaggerError
from analysis.attribution.words import capitals, quotation_state, quoted_words, read, row, windows
from analysis.models.training import attribution as training
from analysis.models.training.attribution_average import average
from analysis.models.training.attribution_confidence import fit, right
from analysis.models.training.attribution_data import IGNORE, collate, example, hide
from analysis.models.training.polnear import Article

TEXT = "“We will not go,” said Ann Lee.\n\nOfficials said that the road was closed. It rained."


@pytest.fixture(scope="module")
def packaged():
    return Tagger.load()


def mark(content, cue, source):
    roles = (content, cue, source)
    return Attribution(*(((TEXT.index(w), TEXT.index(w) + len(w)),) for w in roles))


GOLD = (
    mark("“We will not go,”", "said", "Ann Lee"),
    Attribution(
        mark("that the road was closed", "said", "Officials").content,
        ((TEXT.index("said that"), TEXT.index(" that")),),
        mark("that", "said", "Officials").source,
    ),
)


def test_words_keep_offsets_paragraphs_and_quotation_marks():
    words = read(TEXT)
    shown = [TEXT[a:b] for a, b in words.spans]
    assert shown[:6] == ["“", "We", "will", "not", "go", ","]
    assert [shown[i] for i in np.flatnonzero(words.starts)] == ["“", "Officials"]
    quoted = words.quoted[words.first]
    inside = [word for word, state in zip(shown, quoted, strict=True) if state]
    assert inside == ["“", "We", "will", "not", "go", ",", "”"]


def test_long_words_are_several_pieces_but_one_word():
    words = read("Antidisestablishmentarianism, naïveté 🙂 end")
    assert len(words.pieces) > len(words.spans) == 5


@pytest.mark.parametrize(
    ("word", "expected"), [("mayor", 0), ("Lee", 1), ("A", 1), ("UNION", 2), ("“", 0), ("7", 0)]
)
def test_capitals(word, expected):
    assert capitals(word) == expected


def test_shape_tells_capitals_and_where_a_paragraph_begins():
    words = read("The PBA’s Lynch spoke.\n\nAntidisestablishmentarians listened.")
    shown = [words.shape[i] for i in words.first]
    assert shown[:5] == [4, 2, 0, 0, 1]
    later = slice(words.first[-3], words.first[-2])
    assert words.shape[later].tolist() == [4] * (later.stop - later.start)


def test_quotation_state_includes_the_marks():
    assert quotation_state("a “b” c").tolist() == [False, False, True, True, True, False, False]


def test_quoted_words_include_the_marks():
    text = "He said “no way” and left."
    ((a, b),) = quoted_words(text, read(text))
    assert [text[s:e] for s, e in read(text).spans[a:b]] == ["“", "no", "way", "”"]


def test_gold_tags_and_heads():
    item = example(Article("x", TEXT, GOLD))
    shown = [TEXT[a:b] for a, b in item.words.spans]
    tags = dict(zip(shown, item.tags, strict=True))
    assert (tags["Ann"], tags["Lee"]) == (BEGIN["source"], INSIDE["source"])
    assert (tags["”"], tags["rained"]) == (INSIDE["content"], 0)
    assert shown[item.heads[0, 1]] == "said"
    assert shown[item.heads[1, shown.index("said")]] == "Ann"
    assert item.heads[0, shown.index("rained")] == IGNORE


@pytest.mark.parametrize("room", [None, 12, 40])
def test_windows_are_whole_paragraphs_and_cover_all_words(room):
    words = read("\n".join(f"Paragraph {i} says a few words more." for i in range(30)))
    ranges = windows(words, 40, room)
    assert [a for a, _ in ranges[1:]] == [b for _, b in ranges[:-1]]
    assert (ranges[0][0], ranges[-1][1]) == (0, len(words.spans))
    assert all(words.starts[a] for a, _ in ranges)
    piece = [*words.first, len(words.pieces)]
    assert max(piece[b] - piece[a] for a, b in ranges) <= 40
    assert piece[ranges[0][1]] <= (room or 40)


def test_a_paragraph_longer_than_a_window_is_cut_between_words():
    words = read("word " * 25 + "antidisestablishmentarianism " * 3)
    ranges = windows(words, 10)
    piece = [*words.first, len(words.pieces)]
    assert [a for a, _ in ranges[1:]] == [b for _, b in ranges[:-1]]
    assert (ranges[0], ranges[-1][1]) == ((0, 10), len(words.spans))
    assert max(piece[b] - piece[a] for a, b in ranges) <= 10


def test_an_empty_article_has_no_window():
    assert windows(read(" \n ")) == []


def test_hiding_masks_words_but_no_special_piece():
    torch.manual_seed(1)
    item = example(Article("x", TEXT, GOLD))
    batch = collate([(item, 0, 20), (item, 0, 5)])
    hidden = hide(batch, 1.0)["input_ids"]
    special = encoder.tokenizer()
    kept = torch.isin(batch["input_ids"], torch.tensor(special.all_special_ids))
    assert torch.equal(hidden[kept], batch["input_ids"][kept])
    assert (hidden[~kept] == special.mask_token_id).all()
    assert torch.equal(hide(batch, 0.0)["input_ids"], batch["input_ids"])


def test_an_annotator_is_named_to_the_network_in_training_and_forgotten_after():
    torch.manual_seed(1)
    network = Network(num_hidden_layers=1)
    network.shape = training.Hands(network.shape, 2)
    item = example(Article("x", TEXT, GOLD), hand=2)
    batch = collate([(item, 0, 20)] * 2)
    assert torch.equal(training.sign(batch, 0.0)["shape"], batch["shape"])
    assert torch.equal(training.sign(batch, 1.0)["shape"], batch["shape"] + 2 * SHAPES)
    with torch.no_grad():
        network.shape.hand.weight[2] = torch.randn_like(network.shape.hand.weight[2])
    network.eval()
    assert training.loss(network, training.sign(batch, 1.0))[0] != training.loss(network, batch)[0]
    assert (
        training.bare(network).state_dict().keys()
        == Network(num_hidden_layers=1).state_dict().keys()
    )


def test_chain_loss_is_brute_force_likelihood():
    from itertools import product

    from analysis.attribution.decode import LEGAL, LEGAL_FIRST, TAGS

    torch.manual_seed(1)
    n = len(TAGS)

    class Scores:
        transitions, first = torch.randn(n, n), torch.randn(n)

    emissions = torch.randn(1, 3, n)
    tags = torch.tensor([[BEGIN["cue"], INSIDE["cue"], 0]])
    starts = torch.tensor([[True, False, True]])
    batch = {"words": torch.ones(1, 3, dtype=torch.bool), "tags": tags, "starts": starts}

    def score(path):
        first = Scores.first + torch.where(torch.from_numpy(LEGAL_FIRST), 0.0, -1e4)
        moves = Scores.transitions + torch.where(torch.from_numpy(LEGAL), 0.0, -1e4)
        a, b, c = path
        emitted = sum(emissions[0, i, tag] for i, tag in enumerate(path))
        return first[a] + moves[a, b] + first[c] + emitted

    total = torch.stack([score(path) for path in product(range(n), repeat=3)]).logsumexp(0)
    expected = (total - score(tags[0].tolist())) / 3
    got = training.chain_loss(Scores, emissions, batch)
    assert float(got) == pytest.approx(float(expected), rel=1e-4)


def test_a_network_learns_one_article_by_heart():
    torch.manual_seed(0)
    item = example(Article("x", TEXT, GOLD))
    network = Network(
        num_hidden_layers=1, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    optimiser = torch.optim.AdamW(training.parameters(network, 2e-3, 0.9))
    batch = collate([(item, 0, len(item.words.spans))])
    for _ in range(30):
        optimiser.zero_grad()
        sum(training.loss(network, batch)).backward()
        optimiser.step()
    found = Tagger(network).find(TEXT)
    assert [(m.content, m.cue, m.source) for m in found] == [
        (m.content, m.cue, m.source) for m in GOLD
    ]


def test_windows_end_to_end_score_as_the_padded_batch_of_training():
    torch.manual_seed(0)
    network = Network(num_hidden_layers=2).eval()
    nn.init.normal_(network.shape.weight)
    item = example(Article("x", TEXT, GOLD))
    ranges = [(0, 9), (9, len(item.words.spans))]
    batch = collate([(item, *one) for one in ranges])
    edges = [*item.words.first, len(item.words.pieces)]
    rows = [row(item.words, edges[a], edges[b]) for a, b in ranges]
    with torch.inference_mode():
        padded = network(*(batch[k] for k in ("input_ids", "quoted", "shape", "attention_mask")))
        for one, other in zip(network.windows(rows), padded, strict=True):
            assert torch.allclose(one, other[: len(one)], atol=1e-4)


def test_pointers_of_a_fragment_over_two_windows():
    pointers = np.arange(2 * 4 * 4, dtype=np.float32).reshape(2, 4, 4)  # windows of three words
    scores = Scores(np.zeros((4, 7)), pointers, np.array([0, 0, 0, 3]))
    assert scores.heads(Fragment("content", 2, 4)).tolist() == [
        [8, 9, 10, 0, 11],
        [0, 0, 0, 12, 15],
    ]
    assert scores.heads(Fragment("cue", 0, 1)).tolist() == [[16, 17, 18, 0, 19]]


def test_saving_keeps_scores_to_half_precision(tmp_path):
    torch.manual_seed(0)
    network = Network()
    training.save(network, tmp_path, {"pointer_width": network.width})
    words = read(TEXT)
    a, b = Tagger(network).score(words), Tagger.load(tmp_path).score(words)
    assert np.allclose(a.emissions, b.emissions, atol=0.02)
    assert np.allclose(a.pointers, b.pointers, atol=0.02)


@pytest.mark.parametrize("text", ["", " \n ", "🙂", "No one speaks.", '"', "“Unclosed, he said"])
def test_odd_texts_do_not_fail(packaged, text):
    for found in packaged.find(text):
        assert found.content


def test_packaged_model_finds_a_direct_and_an_indirect_quotation(packaged):
    direct, indirect = packaged.find(TEXT)
    roles = (direct.source, direct.cue, indirect.source, indirect.cue)
    slices = [[TEXT[a:b] for a, b in role] for role in roles]
    assert slices == [["Ann Lee"], ["said"], ["Officials"], ["said"]]
    assert TEXT[direct.start : direct.end] == "“We will not go,”"
    assert TEXT[indirect.start : indirect.end].endswith("the road was closed")
    assert all(0 < m.confidence <= 1 and m.method == "model" for m in (direct, indirect))


def test_long_articles_agree_with_short_ones(packaged):
    filler = "\n\nIt rained all day and the streets were empty until the evening came." * 40
    found = packaged.find(TEXT + filler + "\n\n" + TEXT)
    offset = len(TEXT + filler) + 2
    begun = {start for mark in found for start, _ in mark.content}
    short = {start for mark in packaged.find(TEXT) for start, _ in mark.content}
    assert short | {start + offset for start in short} <= begun


def test_the_average_of_two_taggers_is_the_mean_of_their_weights(tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for seed, folder in enumerate(folders):
        torch.manual_seed(seed)
        network = Network()
        training.save(network, folder, {"pointer_width": network.width, "bias": {}, "seed": seed})
    average(folders, tmp_path / "mean")
    one, two, mean = (
        Tagger.load(folder).network.emit.weight for folder in (*folders, tmp_path / "mean")
    )
    assert not torch.allclose(one, two)
    assert torch.allclose(mean, (one + two) / 2, atol=1e-4)
    recipes = json.loads((tmp_path / "mean" / "config.json").read_text())["averaged"]
    assert [recipe["seed"] for recipe in recipes] == [0, 1]


def test_absent_or_foreign_files_are_clear_errors(tmp_path):
    with pytest.raises(TaggerError, match="cannot be read"):
        Tagger.load(tmp_path)
    network = Network()
    training.save(network, tmp_path, {"pointer_width": network.width})
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config))
    from safetensors.torch import load_file, save_file

    weights = load_file(tmp_path / "model.safetensors")
    del weights["first"]
    save_file(weights, tmp_path / "model.safetensors")
    with pytest.raises(TaggerError, match="first"):
        Tagger.load(tmp_path)


def test_only_what_was_trained_is_stored():
    from safetensors import safe_open

    path = tagger.FOLDER / "model.safetensors"
    assert path.stat().st_size < 25_000_000
    with safe_open(path, "pt") as weights:
        assert FROZEN not in weights.keys()  # noqa: SIM118


def test_right_needs_half_the_content_and_a_word_of_the_source():
    marked = [Attribution(((10, 20),), (), ((0, 8),))]
    assert right(Attribution(((10, 15),), (), ((4, 8),)), marked)
    assert not right(Attribution(((10, 14),), (), ((4, 8),)), marked)
    assert not right(Attribution(((10, 20),), (), ()), marked)
    assert not right(Attribution(((10, 20),), (), ((8, 9),)), marked)


def test_confidence_is_fitted_to_the_share_that_is_right():
    p = np.repeat([0.6, 0.9], 500)
    correct = np.concatenate([np.arange(500) < 200, np.arange(500) < 450]).astype(float)
    fitted = tagger.confidence(np.array([0.6, 0.9]), *fit(p, correct))
    assert fitted == pytest.approx([0.4, 0.9], abs=0.01)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.74])
def test_confidence_is_fitted_from_afar(share):
    rng = np.random.default_rng(2)
    p = 1 - rng.uniform(0, 0.01, 800) ** 2  # all but certain, and as often wrong
    correct = (rng.random(800) < share).astype(float)
    fitted = tagger.confidence(p, *fit(p, correct))
    assert fitted.mean() == pytest.approx(correct.mean(), abs=0.01)
