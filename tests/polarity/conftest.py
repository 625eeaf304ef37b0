"""What the tests of models share."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tiny import POLARITIES, make


@pytest.fixture(scope="session")
def random_model(tmp_path_factory) -> Path:
    """A model with random weights and a window of 64 tokens."""
    folder = tmp_path_factory.mktemp("models") / "random"
    return make(folder, POLARITIES, max_position_embeddings=66)
