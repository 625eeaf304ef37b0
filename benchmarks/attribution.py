"""How well an engine finds who said what, against PolNeAR's marks, and how fast.

    python -m benchmarks.attribution --data DIR --split dev [--engine rules|model|hybrid]
    python -m benchmarks.attribution --speed     one article of 800 words, part by part

``DIR/dev/text/X.txt`` and ``DIR/dev/attributions/X_ANNOTATOR.ann``; of several annotators the first
by name counts.  The protocols are explained in `attribution_scores`; the engine that ships is
`hybrid`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from analysis.attribution.spans import Attribution
from analysis.models.training import polnear
from benchmarks import attribution_speed
from benchmarks.attribution_scores import MIN_WORDS, ROLES, Figures
from benchmarks.attribution_texts import KINDS, SOURCES

Find = Callable[[str], list[Attribution]]
ENGINES = ("rules", "model", "hybrid")
#: Rows to beat: system, what it was measured on, exact F1 of source, cue, content, whole triple.
RIVALS = (
    ("CofeNet with BERT-base", "PolNeAR test, fragments", 83.2, 75.3, 72.9, None),
    ("BERT-base", "PolNeAR test, fragments", 81.1, 74.0, 68.9, None),
    ("BiLSTM-CRF", "PolNeAR test, fragments", 69.6, 66.7, 59.0, None),
    ("CoreNLP", "PolNeAR test, fragments", 13.9, None, 17.5, None),
    ("annotators among themselves", "whole spans, exact", 77, 70, 66, 56),
    ("annotators among themselves", "by characters", 81, 69, 91, None),
)
SYSTEMS = "Wang et al., COLING 2022"
ANNOTATORS = "Newell, Margolin and Ruths, LREC 2018"
ORIGIN = f"CofeNet, BERT, BiLSTM-CRF and CoreNLP: {SYSTEMS}.\nAnnotators: {ANNOTATORS}."


def engine(name: str) -> Find:
    """Look up an engine's `find`, with a clear message where it is absent.

    Raises
    ------
    SystemExit
        When the engine's module, or its model, is not there.
    """
    try:
        if name == "model":
            return import_module("analysis.attribution.tagger").Tagger.load().find
        return import_module(f"analysis.attribution.{name}").find
    except (ImportError, AttributeError, RuntimeError) as error:
        raise SystemExit(f"The engine {name!r} cannot be used: {error}") from error


def measure(find: Find, articles: list[polnear.Article]) -> dict:
    """Run an engine over articles and give its figures, its time and its speed."""
    figures = Figures()
    words, seconds = 0, 0.0
    find("“It works,” she said.")  # what is loaded at the first call is not its speed
    for article in articles:
        begun = time.perf_counter()
        found = find(article.text)
        seconds += time.perf_counter() - begun
        words += len(article.text.split())
        figures.add(article.text, found, article.attributions)
    speed = {
        "articles": len(articles),
        "words": words,
        "seconds": seconds,
        "words_per_second": words / seconds if seconds else 0.0,
    }
    return {**figures.table(), "speed": speed}


def show(name: str, split: str, result: dict) -> str:
    """The figures as plain text, in per cent."""
    lines = [f"engine {name}, PolNeAR {split}", ""]

    def block(title: str, table: dict, rows: tuple[str, ...]) -> None:
        heads = f"{'exact P':>8}{'R':>7}{'F1':>7}{'overlap P':>12}{'R':>7}{'F1':>7}"
        lines.append(f"{title:<34}{heads}")
        for row in rows:
            if row in table:
                parts = [table[row][how] for how in ("exact", "overlap")]
                counted = parts[0]["marked"]
                values = [100 * p[k] for p in parts for k in ("precision", "recall", "f1")]
                lines.append(
                    f"  {row:<32}"
                    + "".join(
                        f"{v:>{w}.1f}" if counted else f"{'–':>{w}}"
                        for v, w in zip(values, (8, 7, 7, 12, 7, 7), strict=True)
                    )
                )
        lines.append("")

    block("(a) CofeNet's: fragments", result["fragments"]["all"], ROLES)
    everything = (*ROLES, "pair", "triple")
    block("(b) own, stricter: whole", result["whole"]["all"], everything)
    for group in (*KINDS, *SOURCES):
        n = int(result["whole"][group]["content"]["exact"]["marked"])
        what = "source" if group in SOURCES else "quotation"
        block(f"(b) {group} {what}, n = {n}", result["whole"][group], everything)
    quotations = result["direct_quotations"]

    def share(name: str) -> str:
        return f"{100 * quotations[name]:.1f}" if quotations["marked"] else "–"

    lines.append(
        f"direct quotations of {MIN_WORDS}+ words: {quotations['marked']}, "
        f"found {share('found')}, with the right source {share('right')}"
    )
    speed = result["speed"]
    lines.append(
        f"{speed['words']} words in {speed['seconds']:.1f} s: "
        f"{speed['words_per_second']:.0f} words per second"
    )
    lines += [
        "",
        f"{'to beat (exact F1 unless said)':<58}{'source':>7}{'cue':>7}{'content':>8}{'triple':>8}",
    ]
    for system, where, *values in RIVALS:
        cells = [f"{v:.1f}" if v is not None else "–" for v in values]
        row = "".join(f"{c:>{w}}" for c, w in zip(cells, (7, 7, 8, 8), strict=True))
        lines.append(f"  {system + ', ' + where:<56}{row}")
    return "\n".join([*lines, ORIGIN])


def published() -> list[dict]:
    """The rows to beat: system, measured on what, exact F1 in [0, 1] of each role, source."""
    names = ("source", "cue", "content", "triple")
    return [
        {
            "system": system,
            "measured_on": where,
            "f1": {n: None if v is None else v / 100 for n, v in zip(names, values, strict=True)},
            "origin": ANNOTATORS if system == RIVALS[-1][0] else SYSTEMS,
        }
        for system, where, *values in RIVALS
    ]


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with PolNeAR's splits")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--engine", choices=ENGINES, default="hybrid")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--speed", action="store_true", help="time one article; needs no data")
    options = parser.parse_args()
    if options.speed:
        result = attribution_speed.measure()
        print(attribution_speed.show(result))
    elif options.data:
        result = measure(engine(options.engine), polnear.read(options.data / options.split))
        run = {"engine": options.engine, "split": options.split}
        result = {**run, **result, "published": published()}
        print(show(options.engine, options.split, result))
    else:
        parser.error("name PolNeAR's folder with --data, or time one article with --speed")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
