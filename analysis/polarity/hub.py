"""Where a model's files are: a local folder, or the hub at a pinned commit.

Nothing of a model is run but its numbers: safetensors only, no code from the repository, and a hub
model has to be pinned to a commit, so that the same command scores the same way next year.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.utils import logging as hub_logging
from transformers.utils import logging as transformers_logging

from analysis import encoder
from analysis.polarity.scorer import ModelError

_COMMIT = re.compile(r"[0-9a-f]{40}")
_HUB_ID = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")
#: All that decides a score: the weights, what their classes are called, and the tokenizer.
_FILES = ["*.json", "*.txt", "*.model", "*.codes", "*.safetensors"]
_INDEX = "model.safetensors.index.json"


@dataclass(frozen=True)
class Files:
    """A model's folder, its name, and which version of it this is."""

    folder: Path
    name: str
    revision: str


def fetch(name: str | Path, revision: str | None = None) -> Files:
    """Find a model's folder, or get it from the hub.

    When the connection drops, the download goes on where it stopped; when it fails for good, the
    unfinished file is removed and the finished ones are there for the next time.  With
    ``HF_HUB_OFFLINE=1`` only what is in the hub's cache is used, and nothing is asked for.

    Parameters
    ----------
    name : str or Path
        Local folder or hub id, the latter as ``owner/name@REVISION`` or with `revision`.
    revision : str, optional
        Full commit hash of a hub model; for a folder, the hash that it is expected to have.

    Raises
    ------
    ModelError
        When the model is not pinned, cannot be had, is not whole, or has no safetensors; one line.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return _local(folder, str(name), revision)
    hub_id, _, pinned = str(name).partition("@")
    if isinstance(name, Path) or not _HUB_ID.fullmatch(hub_id):
        raise ModelError(f"Model {name}: there is no such folder. Check the path.")
    if revision and pinned and revision != pinned:
        raise ModelError(f"Model {name}: two revisions are given, {pinned} and {revision}.")
    revision = revision or pinned
    if not _COMMIT.fullmatch(revision):
        raise ModelError(
            f"Model {hub_id}: there is no such folder, and a model from the hub has to be pinned "
            f"to a commit: {hub_id}@REVISION, with the 40 hexadecimal digits of its commit."
        )
    hub_logging.set_verbosity_error()  # its retries would drown the one line below
    try:
        got = snapshot_download(
            hub_id, revision=revision, allow_patterns=_FILES, ignore_patterns=["*/*"]
        )
    except Exception as error:  # of the connection, the hub, the repository or the cache
        raise ModelError(
            f"Model {hub_id}@{revision[:12]}: the hub did not give it ({first_line(error)}). "
            "Check name, revision and connection (HF_HUB_OFFLINE, HF_ENDPOINT), or download the "
            "model elsewhere and name its folder."
        ) from error
    _weights(Path(got), hub_id)
    return Files(Path(got), hub_id, revision)


def first_line(error: Exception) -> str:
    """An error of another package as part of one line."""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:200]}"


@contextmanager
def bars(shown: bool) -> Iterator[None]:
    """Other packages' progress bars, of downloads and of loading, as this program's own."""
    if shown or not transformers_logging.is_progress_bar_enabled():
        yield
        return
    transformers_logging.disable_progress_bar()  # the hub's, too
    try:
        yield
    finally:
        transformers_logging.enable_progress_bar()


def _local(folder: Path, name: str, revision: str | None) -> Files:
    _weights(folder, name)
    paths = sorted({path for kind in _FILES for path in folder.glob(kind) if path.is_file()})
    whole = "\n".join(f"{encoder.sha256(path)} {path.name}" for path in paths)
    found = hashlib.sha256(whole.encode()).hexdigest()
    if revision and not found.startswith(revision):
        raise ModelError(
            f"Model {name}: its files have revision {found[:12]}, not {revision}. "
            "Leave the revision out, or restore the folder."
        )
    return Files(folder, folder.resolve().name, found[:12])


def _weights(folder: Path, name: str) -> None:
    """See that the weights are there, all that the folder itself says that there should be."""
    files = {file.name for file in folder.glob("*.safetensors")}
    if (folder / _INDEX).is_file():
        try:
            wanted = {*json.loads((folder / _INDEX).read_text("utf-8"))["weight_map"].values()}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ModelError(
                f"Model {name}: its {_INDEX} cannot be read ({first_line(error)}). Restore the "
                "file, or, where all weights are in model.safetensors, delete it."
            ) from error
        if absent := sorted(wanted - files):
            raise ModelError(
                f"Model {name}: {absent[0]} is missing; its download was broken off. Run it again "
                "with a connection, or restore the folder."
            )
    if not files:
        raise ModelError(
            f"Model {name}: {folder} holds no safetensors, and other formats can run code when "
            "loaded. Convert it, choose a revision that has model.safetensors, or, where a "
            "download was broken off, run it again with a connection."
        )
