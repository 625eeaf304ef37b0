"""Read NewsMTSC and NewsTSC: news sentences with the sentiment toward a marked target.

NewsMTSC: Hamborg and Donnay, EACL 2021.  NewsTSC: Hamborg, Donnay and Gipp, iConference 2021.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.polarity.scorer import LABELS, Item

_POLARITY = {2.0: 0, 4.0: 1, 6.0: 2}


@dataclass(frozen=True)
class Example:
    """An item with its label (index into `LABELS`) and the sentence that it stands in.

    `grade`, -2 to 2, is what one reader more says of it (`judged`), where one has read it.
    """

    item: Item
    label: int
    sentence: str
    grade: int | None = None


def _records(path: Path) -> Iterator[tuple[int, dict]]:
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, json.loads(line)


def read_newsmtsc(path: str | Path) -> list[Example]:
    """Read a NewsMTSC file; one example a target, its annotated mention first.

    Raises
    ------
    ValueError
        When a line lacks a field or holds an unknown polarity; names file and line.
    """
    out = []
    for number, record in _records(Path(path)):
        try:
            text = record["sentence_normalized"]
            for target in record["targets"]:
                mentions = [target, *target.get("further_mentions", ())]
                spans = tuple((mention["from"], mention["to"]) for mention in mentions)
                out.append(Example(Item(text, spans), _POLARITY[target["polarity"]], text))
        except (KeyError, ValueError) as error:
            why = f"{path}, line {number}: not NewsMTSC's format ({error!r})."
            raise ValueError(why) from error
    return out


def read_newstsc(path: str | Path) -> list[Example]:
    """Read a NewsTSC file; one example a line.

    Raises
    ------
    ValueError
        When a line lacks a field or holds an unknown label; names file and line.
    """
    out = []
    for number, record in _records(Path(path)):
        try:
            text = record["local_context"]
            span = (record["target_local_from"], record["target_local_to"])
            out.append(Example(Item(text, (span,)), LABELS.index(record["label"]), text))
        except (KeyError, ValueError) as error:
            why = f"{path}, line {number}: not NewsTSC's format ({error!r})."
            raise ValueError(why) from error
    return out


def split(examples: Sequence[Example], share: float, seed: int):
    """Hold out a share of the sentences; every target of a sentence falls on one side.

    Returns
    -------
    rest, held_out : list of Example
    """
    sentences = sorted({example.sentence for example in examples})
    chosen = np.random.default_rng(seed).permutation(len(sentences))
    away = {sentences[i] for i in chosen[: round(share * len(sentences))]}
    return (
        [e for e in examples if e.sentence not in away],
        [e for e in examples if e.sentence in away],
    )
