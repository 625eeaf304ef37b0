"""Models from a folder and from a hub imitated on loopback; each is made here, tiny."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
import torch
from huggingface_hub import constants
from transformers import BertConfig, BertForSequenceClassification

from analysis import encoder
from analysis.polarity.hub import HubScorer
from analysis.polarity.scorer import Item, ModelError, Scorer, load_scorer

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TEXT = "The mayor praised the officers. The union called his words hollow."
MAYOR = Item(TEXT, ((4, 9), (49, 52)))
UNION = Item(TEXT, ((36, 41),))


def make(folder: Path, names: list[str], bias: list[float] | None = None, **config) -> Path:
    """A classifier with random weights, or one that always gives the softmax of `bias`."""
    torch.manual_seed(0)
    tokenizer = encoder.tokenizer()
    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
            intermediate_size=16, initializer_range=0.3, id2label=dict(enumerate(names)), **config,
        )
    )  # fmt: skip
    if bias is not None:
        torch.nn.init.zeros_(model.classifier.weight)
        model.classifier.bias.data = torch.tensor(bias)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def random_model(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "random"
    return make(folder, ["negative", "neutral", "positive"], max_position_embeddings=66)


def one_line(error: pytest.ExceptionInfo) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("names", "bias", "labels", "expected"),
    [
        (["negative", "neutral", "positive"], [2.0, 1.0, 0.0], None, [0.6652, 0.2447, 0.0900]),
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
        (["negative", "neutral", "positive"], "negative,positive", "3 classes, but 2 labels"),
        (["LABEL_0", "LABEL_1"], "positive,positive", "--labels"),
    ],
)
def test_classes_without_a_meaning_are_refused(tmp_path, names, labels, message):
    with pytest.raises(ModelError, match=message) as error:
        load_scorer(make(tmp_path / "m", names), labels=labels)
    one_line(error)


def test_a_sentence_model_sees_the_targets_sentence_and_no_more(random_model):
    scorer = HubScorer(random_model)
    assert not scorer.target_aware
    assert [TEXT[a:b].strip() for a, b in scorer.reads([MAYOR, UNION])] == [
        "The mayor praised the officers.",
        "The union called his words hollow.",
    ]
    alone = Item(TEXT[32:], ((4, 9),))
    scores = scorer.score([MAYOR, UNION, alone], progress=False)
    np.testing.assert_array_equal(scores[1], scores[2])
    assert abs(scores[0] - scores[1]).max() > 1e-3


def test_a_pair_model_is_asked_about_the_target(random_model):
    scorer = HubScorer(random_model, family="pair")
    assert scorer.target_aware
    mayor, union, again = scorer.score([MAYOR, UNION, MAYOR], progress=False)
    assert abs(mayor - union).max() > 1e-3
    np.testing.assert_array_equal(mayor, again)
    with pytest.raises(ModelError, match="sentence or pair"):
        HubScorer(random_model, family="triple")


@pytest.mark.parametrize("family", ["sentence", "pair"])
def test_a_long_sentence_is_read_around_the_mention(random_model, family):
    text = "far " * 300 + "from the mayor himself and " + "so " * 300 + "on"
    start = text.index("mayor")
    scorer = HubScorer(random_model, family=family)
    ((low, high),) = scorer.reads([Item(text, ((start, start + 5),))])
    assert low < start < start + 5 < high
    assert 30 < len(text[low:high].split()) < 64  # 66 positions, of which 64 can be used
    scores = scorer.score([Item(text, ((start, start + 5),))], progress=False)
    assert scores.sum() == pytest.approx(1)


def test_the_revision_of_a_folder_is_its_weights_hash(random_model):
    revision = encoder.sha256(random_model / "model.safetensors")[:12]
    assert HubScorer(random_model).revision == revision
    assert HubScorer(random_model, revision=revision).model == "random"
    with pytest.raises(ModelError, match=f"revision {revision}, not 000000000000"):
        HubScorer(random_model, revision="000000000000")


def test_weights_that_could_run_code_are_refused(tmp_path, random_model):
    folder = make(tmp_path / "m", ["negative", "neutral", "positive"])
    weights = folder / "model.safetensors"
    torch.save({}, folder / "pytorch_model.bin")
    weights.unlink()
    with pytest.raises(ModelError, match="no safetensors") as error:
        HubScorer(folder)
    one_line(error)


def test_code_from_the_repository_is_not_run(tmp_path):
    folder = make(tmp_path / "m", ["negative", "neutral", "positive"])
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.Config"}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(ModelError, match="cannot be loaded") as error:
        HubScorer(folder)
    one_line(error)
    assert not (tmp_path / "ran").exists()


def point_to(monkeypatch, port: int) -> None:
    """Do what HF_ENDPOINT does, which is read once, on import."""
    endpoint = f"http://127.0.0.1:{port}"
    template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, endpoint)
    monkeypatch.setattr(constants, "ENDPOINT", endpoint)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)


@pytest.fixture
def hub(tmp_path, random_model, monkeypatch):
    """A hub on loopback with one repository; gives the list of the requests that it got."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.do_GET()

        def do_GET(self):
            path = unquote(urlsplit(self.path).path)
            requests.append(f"{self.command} {path}")
            headers, body, status = {}, b"", 404
            if path == f"/api/models/owner/tiny/tree/{COMMIT}":
                status, headers = 200, {"Content-Type": "application/json"}
                body = json.dumps(
                    [
                        {"type": "file", "path": f.name, "size": f.stat().st_size, "oid": f.name}
                        for f in random_model.iterdir()
                    ]
                    + [{"type": "file", "path": "run.py", "size": 3, "oid": "x"}]
                ).encode()
            elif path.startswith(f"/owner/tiny/resolve/{COMMIT}/"):
                status, body = 200, (random_model / path.rsplit("/", 1)[1]).read_bytes()
                headers = {"ETag": f'"{path.rsplit("/", 1)[1]}"', "X-Repo-Commit": COMMIT}
            else:
                headers = {"X-Error-Code": "RepoNotFound"}
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    point_to(monkeypatch, server.server_port)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    yield requests
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_pinned_model_comes_from_the_hub_once(hub, random_model, monkeypatch):
    scorer = load_scorer(f"owner/tiny@{COMMIT}")
    assert (scorer.model, scorer.revision) == ("owner/tiny", COMMIT)
    expected = HubScorer(random_model).score([MAYOR], progress=False)
    np.testing.assert_array_equal(scorer.score([MAYOR], progress=False), expected)
    assert hub and not any("run.py" in request for request in hub)
    hub.clear()
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    offline = load_scorer("owner/tiny", revision=COMMIT)
    np.testing.assert_array_equal(offline.score([MAYOR], progress=False), expected)
    assert not hub


@pytest.mark.parametrize("name", ["owner/tiny", "owner/tiny@main", "owner/tiny@0123456"])
def test_a_hub_model_has_to_be_pinned(hub, name):
    with pytest.raises(ModelError, match=r"pinned to a commit: owner/tiny@REVISION") as error:
        load_scorer(name)
    one_line(error)
    assert not hub


def test_a_model_that_the_hub_lacks_is_one_line(hub):
    with pytest.raises(ModelError, match=r"owner/none@0123.*did not give it.*Check name") as error:
        load_scorer(f"owner/none@{COMMIT}")
    one_line(error)


def test_offline_nothing_is_asked_for(hub, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE") as error:
        load_scorer(f"owner/tiny@{COMMIT}")
    one_line(error)
    assert not hub


def test_an_unreachable_hub_is_one_line(hub, monkeypatch):
    point_to(monkeypatch, 9)  # where nobody listens
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)
    with pytest.raises(ModelError, match="did not give it") as error:
        load_scorer(f"owner/tiny@{COMMIT}")
    one_line(error)
