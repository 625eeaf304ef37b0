"""Two sentences made into one, so that what is said of another target stays with that one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.models.training.newsmtsc import Example
from analysis.polarity.scorer import Item

LINKS = (", and ", ", while ", "; ", ". ", ", but ")
LONGEST = 400  # characters of the two together; the window is 128 tokens


def joined(examples: Sequence[Example], n: int, seed: int) -> list[Example]:
    """Link `n` pairs of examples with unlike labels; each text has the target of one of the two.

    Raises
    ------
    ValueError
        When no two examples have unlike labels.
    """
    if len({example.label for example in examples}) < 2:
        raise ValueError("Nothing to join: all examples have one label.")
    rng = np.random.default_rng(seed)
    out: list[Example] = []
    while len(out) < n:
        one, two = (examples[i] for i in rng.integers(len(examples), size=2))
        length = len(one.sentence) + len(two.sentence)
        if one.label == two.label or one.sentence == two.sentence or length > LONGEST:
            continue
        first = one.item.text.rstrip(" .")
        link = LINKS[rng.integers(len(LINKS))]
        if rng.random() < 0.5:
            chosen, spans = one, [s for s in one.item.spans if s[1] <= len(first)]
            if not spans or spans[0] != one.item.spans[0]:
                continue
        else:
            by = len(first) + len(link)
            chosen, spans = two, [(a + by, b + by) for a, b in two.item.spans]
        text = first + link + two.item.text
        out.append(Example(Item(text, tuple(spans)), chosen.label, text))
    return out
