"""A made-up dispute of any size, and all its charts: ``python -m benchmarks.synthetic FOLDER``.

The tables are shaped as the pipeline's and drawn at random from a fixed seed; the words are drawn
from a short list and mean nothing. By default 300 articles and 20 actors in eight groups, with a
small collection beside them, so that a chart can be looked at where it is fullest. Prints the
seconds that all take, on light and dark paper.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from analysis.corpus.cast import Actor, Cast, Event, Group
from analysis.framing.frames import evidence, frames
from analysis.pipeline import Result
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED, build

COLOURS = ("#0072B2", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#E69F00", "#8C564B", "#999933")
MARKERS = "o^sDvP*X"
GROUPS = (
    ("mayor", "Mayor de Blasio and City Hall"),
    ("commissioner", "Commissioner Bratton"),
    ("unions", "Union leaders"),
    ("leadership", "Police leadership below the commissioner"),
    ("council", "City Council"),
    ("state", "Governor and state officials"),
    ("families", "Families of the officers"),
    ("activists", "Protesters and activists"),
)
FIRST = ("Patrick", "James", "Michael", "Edward")
FAMILY = ("Lynch", "Mullins", "Palladino-Featherstonehaugh", "Richter", "Turco", "Adams", "Walzak")
CUES = (
    "said",
    "said",
    "said",
    "told reporters",
    "added",
    "argued",
    "claimed",
    "insisted",
    "warned",
)
WORDS = (
    "the a of to and in for with budget contract patrol street hearing council overtime vote plan"
    " honest reckless fair broken proud angry trust blame repair promise delay agreement statement"
    " safety morale leadership betrayal patience respect question answer winter ferry library"
).split()
#: What several articles quote alike.
STOCK = (
    "the ferry will run on Sunday whatever the council says",
    "nobody asked the library before the budget was cut",
    "this contract is a promise and we keep our promises",
    "there is no plan and there never was a plan",
)
LEANING = {("mayor", "unions"): -0.2, ("unions", "mayor"): -0.6, ("unions", "unions"): 0.4}


def make_cast(actors: int = 10, groups: int = 4) -> Cast:
    """A cast of `actors` people in up to eight groups; the first three are the focus."""
    groups = min(groups, actors, len(GROUPS))
    made = {}
    for i, (key, name) in enumerate(GROUPS[:groups]):
        opposes = {"mayor": ("unions",), "unions": ("mayor",)}.get(key, ())
        made[key] = Group(key, name, colour=COLOURS[i], marker=MARKERS[i], opposes=opposes)
    made[OTHERS] = Group(OTHERS, "Others")
    people = {}
    for i in range(actors):
        key = GROUPS[i % groups][0]
        name = f"{FIRST[i % 4]} {FAMILY[i % 7]} {'I' * (i // 7)}"
        people[f"a{i}"] = Actor(f"a{i}", name.strip(), key)
    events = [
        Event(date(2014, 12, 3), "Grand jury does not indict"),
        Event(date(2014, 12, 20), "Two officers shot dead"),
        Event(date(2014, 12, 22), "Unions stand down until the funerals"),
        Event(date(2014, 12, 27), "First funeral"),
        Event(date(2014, 12, 30), "First meeting"),
        Event(date(2015, 1, 4), "Second funeral"),
        Event(date(2015, 1, 5), "News conference"),
        Event(date(2015, 1, 7), "Second meeting"),
        Event(date(2015, 1, 12), "“The slowdown is over”"),
    ]
    focus = tuple(key for key, _ in GROUPS[: min(3, groups)])
    return Cast("A dispute", focus, made, people, tuple(events))


def make(
    sizes: dict[str, int] | None = None,
    cast: Cast | None = None,
    statements: int = 24,
    days: int = 40,
    seed: int = 0,
) -> Result:
    """Tables of `sizes` articles by collection with about `statements` statements each."""
    cast = make_cast() if cast is None else cast
    sizes = {"chronicle": 16, "press": 2} if sizes is None else sizes
    rng, words = np.random.default_rng(seed), np.random.default_rng(seed + 1)
    tables: dict[str, list[dict]] = {"articles": [], "statements": [], "mentions": [], "scores": []}
    for collection, size in sizes.items():
        for i in range(size):
            _article(tables, collection, i, cast, statements, days, rng, words)
    articles, said, mentions, scores = (build(name, rows) for name, rows in tables.items())
    rows = evidence(articles, said, mentions, scores)
    return Result(cast, articles, said, mentions, scores, rows, frames(rows), [], [])


def _article(tables, collection, i, cast, statements, days, rng, letters) -> None:
    article = f"{collection}-{i:03}"
    outlet = f"The {collection.title()} Post" if i % 3 else f"{collection.title()} Daily"
    day = date(2014, 12, 2) + timedelta(int(rng.integers(0, days)))
    mood = rng.normal(0, 0.15)
    count = max(1, int(rng.poisson(statements)))
    text = ""
    for j in range(count):
        speaker, group, kind, named = _voice(cast, outlet, rng)
        key = f"{article}:{j}"
        words = int(rng.integers(4, 40))
        said = _said(speaker, kind, words, len(text), letters)
        tables["statements"].append(
            {
                "statement_id": key, "article_id": article, "paragraph": j // 2,
                "start": len(text), "end": len(text) + len(said["content"]), "kind": kind,
                "words": words, "speaker": speaker, "group": group, "named": named,
                "method": "test", "confidence": 0.9, **said,
            }
        )  # fmt: skip
        text += said["content"]
        people = list(cast.actors.values())
        for k in rng.choice(len(people), size=min(len(people), int(rng.integers(0, 3))), replace=0):
            _mentions(tables, key, group, people[k], mood, rng)
    tables["articles"].append(
        {
            "article_id": article, "collection": collection, "outlet": outlet, "author": "A. B.",
            "published": day.isoformat(), "title": f"Report {i}", "url": "", "text": text,
            "sha256": "",
        }
    )  # fmt: skip


def _said(speaker: str, kind: str, words: int, start: int, letters) -> dict:
    """What a statement says, and where its speaker and its verb stand in the article."""
    said = " ".join(letters.choice(WORDS, words))
    if kind == "narration":
        content = f"{said.capitalize()}. "
        return {"content": content, "spans": f"{start}-{start + len(content)}"}
    if kind == "direct" and letters.random() < 0.2:
        said = str(letters.choice(STOCK))
    cue, source = str(letters.choice(CUES)), speaker or "An official"
    quoted = f"“{said.capitalize()},”" if kind != "indirect" else f"that {said}"
    content = f"{source} {cue} {quoted}. "
    first = start + len(source) + 1
    inside = first + len(cue) + 1
    return {
        "content": content, "spans": f"{inside}-{inside + len(quoted)}",
        "source": source, "source_start": start, "source_end": start + len(source),
        "cue": cue, "cue_start": first, "cue_end": first + len(cue), "act": "speech",
    }  # fmt: skip


def _voice(cast, outlet, rng):
    chance = rng.random()
    if chance < 0.5:
        return outlet, NARRATOR, "narration", True
    kind = str(rng.choice(["direct", "indirect", "mixed", "block"], p=[0.4, 0.35, 0.2, 0.05]))
    if chance < 0.54:
        return "", UNRESOLVED, kind, False
    if chance < 0.58:
        return "Jane Outsider", OTHERS, kind, True
    person = list(cast.actors.values())[int(rng.integers(len(cast.actors)))]
    if chance < 0.66:
        return f"unnamed: {person.group}", person.group, kind, False
    return person.name, person.group, kind, True


def _mentions(tables, statement, holder, person, mood, rng) -> None:
    lean = LEANING.get((holder, person.group), 0.1 if holder == person.group else -0.05)
    for m in range(int(rng.integers(1, 3))):
        logits = np.array([-lean * 3, 1.0, lean * 3]) + rng.normal(0, 1, 3)
        logits += mood * np.array([-3, 0, 3])
        p = np.exp(logits) / np.exp(logits).sum()
        mention = f"{statement}:{person.id}:{m}"
        tables["mentions"].append(
            {
                "mention_id": mention, "statement_id": statement, "target": person.name,
                "target_group": person.group, "start": 0, "end": 5, "surface": "", "how": "name",
            }
        )  # fmt: skip
        tables["scores"].append(
            {
                "mention_id": mention, "model": "made-up", "revision": "0", "p_negative": p[0],
                "p_neutral": p[1], "p_positive": p[2], "polarity": p[2] - p[0],
            }
        )  # fmt: skip


def main(argv: Sequence[str] | None = None) -> None:
    from analysis.charts import draw_all
    from analysis.charts.save import save

    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path, help="where the charts go")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--actors", type=int, default=20)
    args = parser.parse_args(argv)
    cast = make_cast(args.actors, len(GROUPS))
    sizes = {"many": args.articles} | ({"few": 3} if args.articles > 3 else {})
    result = make(sizes, cast)
    start = time.perf_counter()
    charts = draw_all(result)
    drawn = time.perf_counter()
    for chart in charts:
        save(chart, args.folder)
    saved = time.perf_counter()
    print(
        f"{len(charts)} charts of {sum(sizes.values())} articles, {len(result.statements):,}"
        f" statements and {args.actors} actors: drawn in {drawn - start:.1f} s, saved in"
        f" {saved - drawn:.1f} s, in {args.folder}/"
    )


if __name__ == "__main__":
    main()
