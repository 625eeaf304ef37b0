"""How long one article takes to be split into statements, and which part of the engine takes it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from analysis.attribution import engine, rules
from analysis.attribution.tagger import Tagger
from analysis.attribution.words import read
from analysis.corpus.articles import article_files, read_article
from analysis.corpus.cast_file import load_cast

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
WORDS = 800  # about a long report of a newspaper
RUNS = 15


def text_of(folder: Path = CORPUS, words: int = WORDS) -> str:
    """As many whole paragraphs of the corpus's reports, in order, as have `words` words."""
    text = ""
    for path in article_files(folder):
        for paragraph in read_article(path).text.split("\n\n"):
            text += paragraph + "\n\n"
            if len(text.split()) >= words:
                return text
    raise SystemExit(f"The articles in {folder} have fewer than {words} words.")


def measure(runs: int = RUNS) -> dict:
    """Milliseconds of each part and of the whole, the best of `runs`; models are loaded before.

    Returns
    -------
    dict
        ``words``, ``threads``, ``runs``, and ``parts``: of each its ``wall`` and ``cpu`` time, the
        latter summed over threads, which says more where other programs are running.
    """
    tagger, cast, text = Tagger.load(), load_cast(CORPUS / "cast.toml"), text_of()
    parts: dict[str, dict[str, float]] = {}

    def timed(part: str, call: Callable, *given: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        result = call(*given)
        spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        best = parts.setdefault(part, dict.fromkeys(spent, math.inf))
        parts[part] = {kind: min(best[kind], 1000 * spent[kind]) for kind in spent}
        return result

    found = engine.ENGINES["hybrid"](text)
    for run in range(runs):
        # No run finds what another has left in a cache.
        one = text + "\n" * (2 * run)
        article = {"article_id": "speed", "text": one, "outlet": "", "published": "2015-01-10"}
        words = timed("reading", read, one)
        scores = timed("network", tagger.score, words)
        timed("decoding", tagger.assemble, one, words, scores)
        timed("rules", rules.find, one)
        timed("speakers and narration", engine.split, article, cast, lambda _: found)
        article["text"] += "\n"
        timed("the whole", engine.split, article, cast)
    return {
        "words": len(text.split()),
        "threads": torch.get_num_threads(),
        "runs": runs,
        "parts": parts,
    }


def show(result: dict) -> str:
    """The times as plain text."""
    head = "{words} words, best of {runs}, threads: {threads}".format(**result)
    lines = [f"{head:<48}{'ms':>8}{'CPU ms':>8}"]
    lines += [
        f"  {part:<46}{spent['wall']:>8.1f}{spent['cpu']:>8.1f}"
        for part, spent in result["parts"].items()
    ]
    return "\n".join(lines)
