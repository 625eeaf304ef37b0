"""Read PolNeAR: news articles in which every attribution is marked by hand, in brat's standoff.

Newell, Margolin and Ruths, *An Attribution Relations Corpus for Political News*, LREC 2018.  A
folder holds ``text/X.txt`` and ``attributions/X_ANNOTATOR.ann``; where several annotators have
marked an article, the first by name counts, unless all are asked for.

Not read: the marks `Discuss` and `Discard` and the notes, which say nothing of who said what.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.attribution.spans import Attribution, Span

_RECORD = re.compile(r"\n(?=[A-Z#]\d+\t)")  # the text of a T record may itself hold line breaks
_NUMBER = re.compile(r"\d+$")
HELD_OUT = 40  # articles of the training folder
_ROLES = ("Source", "Cue", "Content")


@dataclass(frozen=True)
class Article:
    """A text with the attributions that its annotator found, in order of their content."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]
    annotator: str = ""


def read(folder: str | Path, every: bool = False) -> list[Article]:
    """Read the articles of a folder, by name.

    Parameters
    ----------
    every : bool
        Give an article once for each annotator who has marked it, not once alone.

    Raises
    ------
    FileNotFoundError
        When the folder has no texts, or a text has no attributions.
    ValueError
        When a file is not in PolNeAR's format; names the file.
    """
    folder = Path(folder)
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise FileNotFoundError(f"{folder / 'text'} holds no articles (*.txt).")
    out = []
    for path in texts:
        files = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if not files:
            raise FileNotFoundError(f"{path} has no attributions in {folder / 'attributions'}.")
        # Offsets count a line break as the characters it has in the file, so none is translated.
        text = path.read_bytes().decode("utf-8")
        for file in files if every else files[:1]:
            try:
                marks = parse(file.read_bytes().decode("utf-8"), text)
            except ValueError as error:
                raise ValueError(f"{file}: {error}") from error
            annotator = file.stem.removeprefix(f"{path.stem}_")
            out.append(Article(path.stem, text, marks, annotator))
    return out


def split(articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """Articles to train on, and `HELD_OUT` ones to tune on; always the same ones."""
    order = sorted(articles, key=lambda article: article.name)
    random.Random(0).shuffle(order)
    return order[HELD_OUT:], order[:HELD_OUT]


def parse(annotation: str, text: str) -> tuple[Attribution, ...]:
    """Attributions of one standoff file; those without content are left out.

    Parameters
    ----------
    annotation : str
        The .ann file.  E records may come before the T records that they name.
    text : str
        The article, to trim white space from the spans by.

    Raises
    ------
    ValueError
        When a record cannot be read or a span lies outside the text.
    """
    spans: dict[str, list[Span]] = {}
    events: list[list[str]] = []
    for record in _RECORD.split(annotation.strip("\n")):
        key, _, rest = record.partition("\t")
        if key.startswith("T"):
            spans[key] = _offsets(rest.partition("\t")[0], len(text))
        elif key.startswith("E"):
            events.append(rest.split())
    out = []
    for event in events:
        roles: dict[str, list[Span]] = {role: [] for role in _ROLES}
        for argument in event:
            role, _, target = argument.partition(":")
            role = _NUMBER.sub("", role)  # Content2, where an attribution has two
            if role in roles:
                roles[role] += spans.get(target, [])
        source, cue, content = (tidy(roles[role], text) for role in _ROLES)
        if content:
            out.append(Attribution(content, cue, source, method="gold"))
    return tuple(sorted(out, key=lambda mark: (mark.content, mark.cue, mark.source)))


def _offsets(field: str, length: int) -> list[Span]:
    """Spans of ``Content 120 211;215 230``."""
    _, _, numbers = field.partition(" ")
    out = []
    for pair in numbers.split(";"):
        try:
            start, end = map(int, pair.split())
        except ValueError:
            raise ValueError(f"not offsets: {field!r}") from None
        if not 0 <= start <= end <= length:
            raise ValueError(f"outside the text of {length} characters: {field!r}")
        out.append((start, end))
    return out


def tidy(spans: list[Span] | tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Trim white space off spans, sort them, and join those that only white space lies between."""
    out: list[Span] = []
    for start, end in sorted(spans):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if start == end:
            continue
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
