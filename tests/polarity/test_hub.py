"""Models from a folder and from a hub imitated on loopback."""

from __future__ import annotations

import json
import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
import torch
from huggingface_hub import constants
from transformers import BertModel
from transformers.utils import logging

from analysis import encoder
from analysis.polarity.hub import fetch, first_line
from analysis.polarity.scorer import ModelError, load_scorer
from analysis.store import ScoreStore

from .tiny import MAYOR, POLARITIES, make, one_line

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_a_folder_has_a_revision_that_can_be_asked_for(random_model):
    revision = fetch(random_model).revision
    assert re.fullmatch("[0-9a-f]{12}", revision)
    assert fetch(random_model, revision).name == "random"
    with pytest.raises(ModelError, match=f"revision {revision}, not 000000000000"):
        fetch(random_model, "000000000000")


@pytest.mark.parametrize(
    "file",
    [
        *("model.safetensors", "config.json", "tokenizer.json", "tokenizer_config.json"),
        *("vocab.txt", "sentencepiece.bpe.model", "bpe.codes"),
    ],
)
def test_whatever_decides_a_score_is_part_of_the_revision(tmp_path, random_model, file):
    folder = shutil.copytree(random_model, tmp_path / "random")
    assert fetch(folder).revision == fetch(random_model).revision
    (folder / "README.md").write_text("It decides nothing.")
    assert fetch(folder).revision == fetch(random_model).revision
    with (folder / file).open("ab") as changed:
        changed.write(b" ")
    assert fetch(folder).revision != fetch(random_model).revision


def test_classes_that_change_places_are_not_scored_from_the_cache(tmp_path):
    folder, store = make(tmp_path / "m", POLARITIES), ScoreStore(tmp_path / "cache")
    before = store.score(load_scorer(folder), [MAYOR], progress=False)
    config = json.loads((folder / "config.json").read_text())
    config["id2label"] = dict(enumerate(reversed(POLARITIES)))
    (folder / "config.json").write_text(json.dumps(config))
    after = store.score(load_scorer(folder), [MAYOR], progress=False)
    np.testing.assert_allclose(after, before[:, ::-1])
    assert before[0, 0] != pytest.approx(before[0, 2], abs=1e-3)


def test_a_folder_that_lacks_a_part_of_its_weights_is_refused(tmp_path):
    folder = make(tmp_path / "m", POLARITIES)
    index = {"weight_map": {"a": "model.safetensors", "b": "model-00002-of-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(ModelError, match=r"model-00002-of-00002.* is missing") as error:
        fetch(folder)
    one_line(error)


@pytest.mark.parametrize("index", ["{", "[]", "{}", '{"weight_map": []}'])
def test_an_index_that_cannot_be_read_is_named_with_its_model(tmp_path, random_model, index):
    folder = shutil.copytree(random_model, tmp_path / "m")
    (folder / "model.safetensors.index.json").write_text(index)
    with pytest.raises(
        ModelError, match=r"/m: its model\.safetensors\.index\.json cannot"
    ) as error:
        fetch(folder)
    one_line(error)


def test_a_model_without_its_tokenizer_is_refused(tmp_path, random_model):
    folder = shutil.copytree(random_model, tmp_path / "m")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(
        ModelError, match=r"m: its tokenizer is missing.* no vocab\.txt or"
    ) as error:
        load_scorer(folder)
    one_line(error)


def test_a_model_that_was_not_trained_to_classify_is_refused(tmp_path, random_model, capfd):
    folder = shutil.copytree(random_model, tmp_path / "m")
    BertModel.from_pretrained(folder).save_pretrained(folder)
    capfd.readouterr()
    with pytest.raises(ModelError, match=r"lack 2 of the weights.*classifier\.bias") as error:
        load_scorer(folder, progress=False)
    one_line(error)
    assert "REPORT" not in "".join(capfd.readouterr())


def test_weights_of_another_size_are_refused(tmp_path):
    folder = make(tmp_path / "m", POLARITIES)
    config = json.loads((folder / "config.json").read_text())
    config["id2label"] = {0: "negative", 1: "positive"}
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match=r"in another size, such as classifier\.") as error:
        load_scorer(folder)
    one_line(error)


@pytest.mark.parametrize("enabled", [True, False])
def test_bars_are_kept_quiet_and_then_as_they_were(random_model, capfd, enabled):
    change = {True: logging.enable_progress_bar, False: logging.disable_progress_bar}
    verbosity = logging.get_verbosity()
    change[enabled]()
    try:
        load_scorer(random_model, progress=False)
        assert "Loading" not in capfd.readouterr().err
        assert logging.is_progress_bar_enabled() is enabled
        assert logging.get_verbosity() == verbosity
        load_scorer(random_model)
        assert ("Loading" in capfd.readouterr().err) is enabled
    finally:
        change[True]()


def test_weights_that_could_run_code_are_refused(tmp_path, random_model):
    folder = make(tmp_path / "m", POLARITIES)
    weights = folder / "model.safetensors"
    torch.save({}, folder / "pytorch_model.bin")
    weights.unlink()
    with pytest.raises(ModelError, match="no safetensors") as error:
        fetch(folder)
    one_line(error)


def test_code_from_the_repository_is_not_run(tmp_path):
    folder = make(tmp_path / "m", POLARITIES)
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.Config"}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(ModelError, match="cannot be loaded") as error:
        load_scorer(folder)
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
    """A hub on loopback with one repository.

    It lists its `requests`, each with the byte that it starts at, and gives of the weights no more
    than `limit` bytes at a time before it hangs up, while there are `breaks` left. It has all files
    of a model but the one that it `lacks`.
    """
    state = SimpleNamespace(requests=[], breaks=0, limit=0, lacks="")

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.do_GET()

        def do_GET(self):
            path = unquote(urlsplit(self.path).path)
            begin = int((re.match(r"bytes=(\d+)-", self.headers["Range"] or "") or [0, 0])[1])
            state.requests.append((self.command, path, begin))
            headers, body, status = {}, b"", 404
            if path == f"/api/models/owner/tiny/tree/{COMMIT}":
                status, headers = 200, {"Content-Type": "application/json"}
                body = json.dumps(
                    [
                        {"type": "file", "path": f.name, "size": f.stat().st_size, "oid": f.name}
                        for f in random_model.iterdir()
                        if f.name != state.lacks
                    ]
                    + [
                        {"type": "file", "path": name, "size": 3, "oid": name}
                        for name in ("run.py", "onnx/model.safetensors")
                    ]
                ).encode()
            elif path.startswith(f"/owner/tiny/resolve/{COMMIT}/"):
                whole = (random_model / path.rsplit("/", 1)[1]).read_bytes()
                status, body = 206 if begin else 200, whole[begin:]
                headers = {"ETag": f'"{path.rsplit("/", 1)[1]}"', "X-Repo-Commit": COMMIT}
                if begin:
                    headers["Content-Range"] = f"bytes {begin}-{len(whole) - 1}/{len(whole)}"
            else:
                headers = {"X-Error-Code": "RepoNotFound"}
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                if path.endswith(".safetensors") and state.breaks:
                    state.breaks -= 1
                    body = body[: state.limit]
                    self.close_connection = True
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    point_to(monkeypatch, server.server_port)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda seconds: None)
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def weights_asked_for(hub) -> list[int]:
    """The byte that each download of the weights started at."""
    return [
        at for verb, path, at in hub.requests if verb == "GET" and path.endswith(".safetensors")
    ]


def test_a_pinned_model_comes_from_the_hub_once(hub, random_model, monkeypatch):
    scorer = load_scorer(f"owner/tiny@{COMMIT}")
    assert (scorer.model, scorer.revision) == ("owner/tiny (not target-aware)", COMMIT)
    expected = load_scorer(random_model).score([MAYOR], progress=False)
    np.testing.assert_array_equal(scorer.score([MAYOR], progress=False), expected)
    assert weights_asked_for(hub) == [0]
    assert not any("run.py" in path for _, path, _ in hub.requests)
    hub.requests.clear()
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    offline = load_scorer("owner/tiny", revision=COMMIT)
    np.testing.assert_array_equal(offline.score([MAYOR], progress=False), expected)
    assert not hub.requests


def test_a_dropped_connection_is_taken_up_where_it_stopped(hub, random_model, monkeypatch):
    monkeypatch.setattr(
        constants, "DOWNLOAD_CHUNK_SIZE", 1000
    )  # what is kept at a time; otherwise 10 MB
    hub.breaks, hub.limit = 2, 1000
    got = fetch(f"owner/tiny@{COMMIT}")
    assert weights_asked_for(hub) == [0, 1000, 2000]
    assert encoder.sha256(got.folder / "model.safetensors") == encoder.sha256(
        random_model / "model.safetensors"
    )


def test_a_broken_download_leaves_nothing_that_passes_for_a_model(hub, tmp_path, monkeypatch):
    hub.breaks, hub.limit = 100, 0
    with pytest.raises(ModelError, match="did not give it") as error:
        fetch(f"owner/tiny@{COMMIT}")
    one_line(error)
    assert not list((tmp_path / "cache").rglob("*.incomplete"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="did not give it") as error:
        fetch(f"owner/tiny@{COMMIT}")
    one_line(error)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    hub.breaks = 0
    assert (fetch(f"owner/tiny@{COMMIT}").folder / "model.safetensors").is_file()


def test_a_hub_model_without_safetensors_is_refused(hub):
    hub.lacks = "model.safetensors"
    with pytest.raises(ModelError, match=r"owner/tiny: .* holds no safetensors") as error:
        fetch(f"owner/tiny@{COMMIT}")
    one_line(error)


def test_one_commit_is_asked_for_and_never_for_a_path(hub):
    with pytest.raises(ModelError, match="two revisions are given") as error:
        fetch(f"owner/tiny@{COMMIT}", COMMIT[::-1])
    one_line(error)
    with pytest.raises(ModelError, match="there is no such folder") as error:
        fetch(Path("owner/tiny"), COMMIT)
    one_line(error)
    assert not hub.requests


@pytest.mark.parametrize(
    ("said", "line"), [("", ""), ("\n one \ntwo", "one "), ("x" * 300, "x" * 200)]
)
def test_of_another_packages_error_one_line_is_told(said, line):
    assert first_line(OSError(said)) == f"OSError: {line}"


@pytest.mark.parametrize(
    "name", ["owner/tiny", "owner/tiny@main", "owner/tiny@0123456", f"owner/tiny@{COMMIT}0"]
)
def test_a_hub_model_has_to_be_pinned(hub, name):
    with pytest.raises(ModelError, match=r"pinned to a commit: owner/tiny@REVISION") as error:
        load_scorer(name)
    one_line(error)
    assert not hub.requests


def test_a_model_that_the_hub_lacks_is_one_line(hub):
    with pytest.raises(ModelError, match=r"owner/none@0123.*did not give it.*Check name") as error:
        load_scorer(f"owner/none@{COMMIT}")
    one_line(error)


def test_offline_nothing_is_asked_for(hub, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE") as error:
        load_scorer(f"owner/tiny@{COMMIT}")
    one_line(error)
    assert not hub.requests


def test_an_unreachable_hub_is_one_line(hub, monkeypatch):
    point_to(monkeypatch, 9)  # where nobody listens
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)
    with pytest.raises(ModelError, match="did not give it") as error:
        load_scorer(f"owner/tiny@{COMMIT}")
    one_line(error)
