"""The name audit, with models whose prejudice is known."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from analysis.framing import audit
from analysis.framing.audit import NEUTRAL, by_actor, by_kind, findings, renamed, rescore
from analysis.tables import build


@dataclass(frozen=True)
class Text:
    """As much of an item as the audit asks for."""

    text: str
    spans: tuple
    target: str = ""


def marked(text):
    """An item from a text with its mentions in brackets, the one that is scored first in it."""
    plain, spans = "", []
    for piece in text.replace("]", "[").split("["):
        spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return Text(plain, tuple(spans[1::2]), "Marsh")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Now [Marsh] left.", "Kim Larsen", "Now [Kim Larsen] left."),
        ("[Marsh] said [she] left.", "the mayor", "[The mayor] said [she] left."),
        ("“[Marsh] left,” he said of [Ms. Marsh].", "the mayor",
         "“[The mayor] left,” he said of [the mayor]."),
        ("It rained. [Marsh] left.", "the mayor", "It rained. [The mayor] left."),
        ("Now [Marsh's] car left.", "Kim Larsen", "Now [Kim Larsen's] car left."),
        ("Now [Marsh]'s car left.", "the mayor", "Now [the mayor]'s car left."),
        ("Then [she] left.", "Kim Larsen", None),
    ],
)  # fmt: skip
def test_a_target_is_renamed(text, name, expected):
    item = renamed(marked(text), name)
    assert item == (None if expected is None else dataclass_with(marked(expected), name))


def dataclass_with(item, name):
    return Text(item.text, item.spans, name)


def test_the_mention_that_is_scored_stays_first():
    item = renamed(Text("Marsh said she left.", ((11, 14), (0, 5))), "Kim Larsen")
    assert [item.text[a:b] for a, b in item.spans] == ["she", "Kim Larsen"]
    assert item.target == ""


def biased(against):
    """A model that is against everybody whose mention holds one of these words."""

    def score(items):
        bad = [any(w in i.text[slice(*i.spans[0])] for w in against) for i in items]
        return np.array([(0.8, 0.1, 0.1) if b else (0.1, 0.2, 0.7) for b in bad]).reshape(-1, 3)

    return score


ITEMS = {"m2": marked("Now [Kane] left."), "m1": marked("Now [Marsh] left.")}
ACTORS = {"m1": "Helen Marsh", "m2": "Walter Kane"}


def test_a_fair_model_never_moves():
    said = rescore(ITEMS, ["Walter Kane"], biased([]), ACTORS)
    assert len(said) == 2 * (1 + len(audit.names(["Walter Kane"])))
    kinds = by_kind(said)
    assert list(kinds["kind"]) == ["neutral", "office", "cast"]
    assert not kinds[["shift", "size", "flips", "between"]].any().any()
    np.testing.assert_allclose(by_actor(said)[["shift", "flips"]], 0, atol=1e-9)


def test_a_model_against_a_name_is_found_out():
    said = rescore(ITEMS, ["Walter Kane"], biased(["Kane"]), ACTORS)
    actors = by_actor(said).set_index("actor")
    assert actors.loc["Walter Kane", ["shift", "flips"]].tolist() == pytest.approx([-1.3, 1])
    assert actors.loc["Helen Marsh", ["shift", "flips"]].tolist() == pytest.approx([0, 0])
    kinds = by_kind(said).set_index("kind")
    assert kinds.loc["neutral", "shift"] == pytest.approx(0.65)  # Kane gains 1.3, Marsh nothing
    assert kinds.loc["neutral", "flips"] == 0.5
    assert kinds.loc["cast", "shift"] == pytest.approx(-0.65)


def test_flips_between_neutral_names_are_counted():
    said = rescore(ITEMS, [], biased([NEUTRAL[0], NEUTRAL[1]]), ACTORS)
    between = by_kind(said).set_index("kind")["between"]
    assert between["neutral"] == pytest.approx(2 / len(NEUTRAL)) and between["office"] == 0


def test_items_without_a_name_are_left_out():
    said = rescore({"m": marked("Then [he] left.")}, [], biased([]))
    assert said.empty and by_kind(said).empty and by_actor(said).empty


def tables():
    """Two statements of the unions: one on Marsh, one on Kane."""
    articles = build("articles", [{"article_id": "a", "collection": "c", "outlet": "Post"}])
    said = [
        {"statement_id": f"s{i}", "article_id": "a", "start": i, "end": i + 1, "kind": "direct",
         "speaker": "Omar Reyes", "group": "unions", "named": True, "act": "speech"}
        for i in (1, 2)
    ]  # fmt: skip
    mentions = [
        {"mention_id": f"m{i}", "statement_id": f"s{i}", "target": t, "target_group": g}
        for i, t, g in ((1, "Helen Marsh", "mayor"), (2, "Walter Kane", "commissioner"))
    ]
    scores = [
        {"mention_id": f"m{i}", "model": "x", "revision": "1", "p_negative": 0.1,
         "p_neutral": 0.2, "p_positive": 0.7, "polarity": 0.6}
        for i in (1, 2)
    ]  # fmt: skip
    made = {"articles": [], "statements": said, "mentions": mentions, "scores": scores}
    return articles, *(build(name, rows) for name, rows in list(made.items())[1:])


def test_a_finding_that_hangs_on_a_name_is_fragile():
    only = {"m1": ITEMS["m1"]}
    said = rescore(only, ["Ann Stroud"], biased(["Stroud", "senator"]), ACTORS)
    found = findings(*tables(), said).set_index("target")
    assert found.loc["mayor", ["low", "high"]].tolist() == pytest.approx([-0.7, 0.6])
    assert found.loc["mayor", "flips"] == 2 and found.loc["mayor", "fragile"]
    assert found.loc["mayor", "moved"] == pytest.approx(1.3)
    assert list(found["n_statements"]) == [1, 1]


TESTED = ["low", "high", "moved", "flips", "fragile"]


def test_what_was_not_renamed_was_not_tested():
    said = rescore({"m1": ITEMS["m1"]}, [], biased([]), ACTORS)
    found = findings(*tables(), said).set_index("target")
    assert found["renamed"].to_dict() == {"mayor": 1, "commissioner": 0}
    assert found.loc["commissioner", TESTED].isna().all()
    assert found.loc["mayor", "flips"] == 0 and not found.loc["mayor", "fragile"]


def test_what_somebody_says_of_themselves_is_no_mention_renamed():
    said = rescore(ITEMS, [], biased([]), ACTORS)
    articles, statements, mentions, scores = tables()
    mentions.loc[1, "target"] = "Omar Reyes"
    found = findings(articles, statements, mentions, scores, said)
    assert found[["target", "renamed"]].values.tolist() == [["mayor", 1]]


def test_what_a_person_has_judged_hangs_on_no_name():
    said = rescore({"m1": ITEMS["m1"]}, ["Ann Stroud"], biased(["Stroud", "senator"]), ACTORS)
    *rest, scores = tables()
    found = findings(*rest, scores.assign(corrected=["polarity", ""]), said).set_index("target")
    assert found.loc["mayor", "renamed"] == 0 and pd.isna(found.loc["mayor", "fragile"])


def test_without_renamings_nothing_is_tested():
    found = findings(*tables(), rescore({}, [], biased([])))
    assert (found["polarity"] == 0.6).all() and found[TESTED].isna().all(axis=None)
    assert isinstance(found, pd.DataFrame) and {"collection", "holder", "target"} <= set(found)
