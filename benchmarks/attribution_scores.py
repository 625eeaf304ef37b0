"""Figures of an engine of attribution against marks made by hand.

Two protocols stand side by side.

``fragments``
    CofeNet's (Wang et al., *CofeNet: Context and Former-Label Enhanced Net for Complicated
    Quotation Extraction*, COLING 2022): a role's spans, cut at the seams of sentences, each
    fragment counted on its own.
``whole``
    Stricter: a role of an attribution counts with all its pieces, discontinuous content included.

In both, `exact` asks for the same words and `overlap` counts characters other than white space.
Links are counted on whole attributions only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.attribution.spans import Attribution, Span
from benchmarks.attribution_texts import KINDS, SOURCES, WORD, Text

ROLES = ("source", "cue", "content")
MIN_WORDS = 4  # of a direct quotation; shorter ones are mostly terms at arm's length


@dataclass
class Count:
    """Hits among what was found and what was marked; precision, recall and F1 follow."""

    hit: float = 0
    found: float = 0
    marked: float = 0

    def add(self, hit: float, found: float, marked: float) -> None:
        self.hit += hit
        self.found += found
        self.marked += marked

    @property
    def precision(self) -> float:
        return self.hit / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        both = self.found + self.marked
        return 2 * self.hit / both if both else 0.0

    def row(self) -> dict[str, float]:
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "found": self.found,
            "marked": self.marked,
        }


def align(
    text: Text, found: Sequence[Attribution], marked: Sequence[Attribution]
) -> dict[int, int]:
    """Which marked attribution each found one answers to, one to one, by shared content first.

    Cues decide between equals.  A found attribution that shares no content with any is left out.
    """
    theirs = [text.characters(mark.content) for mark in marked]
    cues = [text.characters(mark.cue) for mark in marked]
    offers = []
    for i, mark in enumerate(found):
        content, cue = text.characters(mark.content), text.characters(mark.cue)
        for j, gold in enumerate(theirs):
            shared = len(content & gold)
            if shared:
                offers.append((shared / len(content | gold), len(cue & cues[j]), -i, -j))
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(offers, reverse=True):
        if -i not in out and -j not in taken:
            out[-i] = -j
            taken.add(-j)
    return out


def shares(text: Text, a: Iterable[Span], b: Iterable[Span]) -> bool:
    """Whether two roles share a word, or are both empty."""
    a, b = set(text.touched(a)), set(text.touched(b))
    return bool(a & b) or not (a or b)


@dataclass
class Figures:
    """Sums over articles; `table` gives the figures."""

    counts: dict[tuple[str, ...], Count] = field(default_factory=dict)
    quotations: Counter = field(default_factory=Counter)

    def __getitem__(self, key: tuple[str, ...]) -> Count:
        return self.counts.setdefault(key, Count())

    def add(
        self, article: str, found: Sequence[Attribution], marked: Sequence[Attribution]
    ) -> None:
        """Count one article."""
        text = Text(article)
        for role in ROLES:
            mine = [span for mark in found for span in getattr(mark, role)]
            gold = [span for mark in marked for span in getattr(mark, role)]
            for how, cut in (("exact", text.fragments), ("overlap", text.characters)):
                a, b = cut(mine), cut(gold)
                self["fragments", "all", role, how].add(len(a & b), len(a), len(b))
        pairs = align(text, found, marked)
        groups = [{"all", text.kind(m), text.source_kind(m)} for m in marked]
        # What was found counts under the kind of what it answers to, else under its own.
        mine = [
            groups[pairs[i]] if i in pairs else {"all", text.kind(m), text.source_kind(m)}
            for i, m in enumerate(found)
        ]
        for group in {"all", *KINDS, *SOURCES}:
            self._whole(
                text,
                group,
                found,
                marked,
                pairs,
                [i for i, names in enumerate(mine) if group in names],
                [j for j, names in enumerate(groups) if group in names],
            )
        self._quotations(text, found, marked)

    def _whole(self, text, group, found, marked, pairs, mine, gold) -> None:
        matched = [(found[i], marked[pairs[i]]) for i in mine if i in pairs]
        for role in ROLES:
            a = {tuple(text.touched(getattr(found[i], role))) for i in mine} - {()}
            b = {tuple(text.touched(getattr(marked[j], role))) for j in gold} - {()}
            self["whole", group, role, "exact"].add(len(a & b), len(a), len(b))
            chars = [
                sum(len(text.characters(getattr(marks[k], role))) for k in chosen)
                for marks, chosen in ((found, mine), (marked, gold))
            ]
            hit = sum(
                len(text.characters(getattr(m, role)) & text.characters(getattr(g, role)))
                for m, g in matched
            )
            self["whole", group, role, "overlap"].add(hit, *chars)
        for name, roles in (("pair", ("source", "content")), ("triple", ROLES)):
            counted = [
                sum(all(getattr(marks[k], role) for role in roles) for k in chosen)
                for marks, chosen in ((found, mine), (marked, gold))
            ]
            full = [
                (m, g)
                for m, g in matched
                if all(getattr(m, role) and getattr(g, role) for role in roles)
            ]
            same = sum(
                all(text.touched(getattr(m, r)) == text.touched(getattr(g, r)) for r in roles)
                for m, g in full
            )
            near = sum(
                all(shares(text, getattr(m, r), getattr(g, r)) for r in roles) for m, g in full
            )
            self["whole", group, name, "exact"].add(same, *counted)
            self["whole", group, name, "overlap"].add(near, *counted)

    def _quotations(self, text, found, marked) -> None:
        """Direct quotations of `MIN_WORDS` and more: found, and with a source sharing a word."""
        for mark in marked:
            if not mark.source or text.kind(mark) != "direct":
                continue
            held = text.characters(mark.content)
            for quotation in text.quotations:
                own = text.characters([(quotation.start, quotation.end)])
                words = WORD.findall(text.text, quotation.start, quotation.end)
                if len(words) < MIN_WORDS or 2 * len(own & held) < len(own):
                    continue
                near = [m for m in found if 2 * len(text.characters(m.content) & own) >= len(own)]
                self.quotations["marked"] += 1
                self.quotations["found"] += bool(near)
                self.quotations["right"] += any(shares(text, m.source, mark.source) for m in near)

    def table(self) -> dict:
        """Everything as nested plain values, fit for JSON."""
        out: dict = {}
        for key, count in sorted(self.counts.items()):
            place = out
            for part in key[:-1]:
                place = place.setdefault(part, {})
            place[key[-1]] = count.row()
        total = self.quotations["marked"]
        out["direct_quotations"] = {
            "marked": total,
            **{k: self.quotations[k] / total if total else 0.0 for k in ("found", "right")},
        }
        return out
