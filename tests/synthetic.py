"""Made-up tables of any size, shaped as the pipeline's, to test framing and charts on."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analysis.corpus.cast import Actor, Cast, Event, Group
from analysis.framing.frames import evidence, frames
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
LEANING = {("mayor", "unions"): -0.2, ("unions", "mayor"): -0.6, ("unions", "unions"): 0.4}


@dataclass(frozen=True)
class Result:
    """What the pipeline returns."""

    cast: Cast
    articles: pd.DataFrame
    statements: pd.DataFrame
    mentions: pd.DataFrame
    scores: pd.DataFrame
    evidence: pd.DataFrame
    frames: pd.DataFrame
    refused: tuple = ()
    notes: tuple = ()


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
    rng = np.random.default_rng(seed)
    tables: dict[str, list[dict]] = {"articles": [], "statements": [], "mentions": [], "scores": []}
    for collection, size in sizes.items():
        for i in range(size):
            _article(tables, collection, i, cast, statements, days, rng)
    articles, said, mentions, scores = (build(name, rows) for name, rows in tables.items())
    rows = evidence(articles, said, mentions, scores)
    return Result(cast, articles, said, mentions, scores, rows, frames(rows))


def _article(tables, collection, i, cast, statements, days, rng) -> None:
    article = f"{collection}-{i:03}"
    outlet = f"The {collection.title()} Post" if i % 3 else f"{collection.title()} Daily"
    day = date(2014, 12, 2) + timedelta(int(rng.integers(0, days)))
    tables["articles"].append(
        {
            "article_id": article, "collection": collection, "outlet": outlet, "author": "A. B.",
            "published": day.isoformat(), "title": f"Report {i}", "url": "", "text": "",
            "sha256": "",
        }
    )  # fmt: skip
    mood = rng.normal(0, 0.15)
    count = max(1, int(rng.poisson(statements)))
    place = 0
    for j in range(count):
        speaker, group, kind, named = _voice(cast, outlet, rng)
        key = f"{article}:{j}"
        words = int(rng.integers(4, 40))
        tables["statements"].append(
            {
                "statement_id": key, "article_id": article, "paragraph": j // 2, "start": place,
                "end": place + words * 6, "content": "", "kind": kind, "spans": "",
                "words": words, "speaker": speaker, "group": group, "named": named,
                "method": "test", "confidence": 0.9,
            }
        )  # fmt: skip
        place += words * 6
        people = list(cast.actors.values())
        for k in rng.choice(len(people), size=min(len(people), int(rng.integers(0, 3))), replace=0):
            _mentions(tables, key, group, people[k], mood, rng)


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
