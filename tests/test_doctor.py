"""The doctor finds what is wrong, and is never stopped by it."""

import http.server
import threading

import pytest
from small import make_corpus

from analysis import doctor, encoder
from analysis.__main__ import DONE, REFUSED, main


@pytest.fixture(autouse=True)
def no_hub(monkeypatch):
    """A hub that nobody answers for: a port that was free a moment ago."""
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(doctor.constants, "ENDPOINT", address)
    monkeypatch.setattr(doctor.constants, "HF_HUB_OFFLINE", False)


def found(corpus, cast=None):
    return {finding.what: finding for finding in doctor.examine(corpus, cast)}


def test_all_is_well_with_what_ships(tmp_path, capsys):
    corpus = make_corpus(tmp_path)
    findings = found(corpus)
    assert all(finding.ok is not False for finding in findings.values())
    assert {"Python", "torch", "attribution model", "polarity model", "corpus"} <= set(findings)
    assert findings["model hub"].ok is None  # it is not needed, so it is not missing
    assert main(["doctor", "--corpus", str(corpus)]) == DONE
    assert "polarity model: polarity-minilm" in capsys.readouterr().out


class Refusing(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_error(403)

    def log_message(self, *about):
        pass


def test_a_hub_that_refuses_has_been_reached(monkeypatch):
    with http.server.HTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr(doctor.constants, "ENDPOINT", address)
        finding = doctor._hub()
    assert finding.ok and address in finding.state


def test_no_hub_is_asked_for_offline(monkeypatch):
    monkeypatch.setattr(doctor.constants, "HF_HUB_OFFLINE", True)
    assert "HF_HUB_OFFLINE" in doctor._hub().state


def test_what_is_missing_is_said_with_its_remedy(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "PACKAGES", ("no-such-package",))
    monkeypatch.setattr(doctor.tagger, "FOLDER", tmp_path / "nowhere")
    monkeypatch.setattr(encoder, "folder", lambda: (_ for _ in ()).throw(encoder.EncoderError("x")))
    findings = found(tmp_path)
    wrong = {what for what, finding in findings.items() if finding.ok is False}
    assert {"no-such-package", "base encoder", "attribution model", "cast", "corpus"} <= wrong
    assert "pip install" in findings["no-such-package"].state
    assert "nowhere" in findings["attribution model"].state
    assert main(["doctor", "--corpus", str(tmp_path)]) == REFUSED
    assert "MISSING  no-such-package" in capsys.readouterr().out


def test_an_article_that_cannot_be_read_is_named(tmp_path):
    corpus = make_corpus(tmp_path)
    (corpus / "articles" / "bad.md").write_bytes(b"\xff\xfe\x00")
    assert found(corpus)["article"].ok is False
