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

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.attribution.quotes import pair
from analysis.attribution.spans import Attribution, Span
from analysis.corpus.segments import paragraphs, sentences

ROLES = ("source", "cue", "content")
KINDS = ("direct", "indirect", "mixed")
SOURCES = ("pronoun", "nominal", "named")
MIN_WORDS = 4  # of a direct quotation; shorter ones are mostly terms at arm's length
PRONOUNS = frozenset(
    (
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "him",
        "her",
        "us",
        "them",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "others",
        "some",
        "many",
        "most",
        "nobody",
        "none",
        "himself",
        "herself",
        "themselves",
        "myself",
        "ourselves",
        "itself",
        "both",
        "all",
        "few",
        "several",
        "another",
        "each",
        "neither",
        "either",
    )
)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FUNCTION = frozenset(
    ("the", "a", "an", "my", "your", "of", "and", "in", "at", "for", "on", "to", "from")
)


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


class Text:
    """An article's tokens, sentences and quotation marks, as the figures need them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [match.span() for match in _TOKEN.finditer(text)]
        self.at = {c: i for i, (a, b) in enumerate(self.tokens) for c in range(a, b)}
        cuts = {s for p in paragraphs(text) for s, _ in sentences(text, *p)}
        self.sentence: list[int] = []
        number = 0
        for start, _ in self.tokens:
            number += start in cuts
            self.sentence.append(number)
        self.quotations = pair(text).outer
        self.quoted = {c for q in self.quotations for c in range(q.start, q.end)}

    def touched(self, spans: Iterable[Span]) -> list[int]:
        """Tokens that the spans touch, in order, each once."""
        return sorted({self.at[c] for a, b in spans for c in range(a, b) if c in self.at})

    def fragments(self, spans: Iterable[Span]) -> set[Span]:
        """Token ranges of the spans, cut at the seams of sentences."""
        out = set()
        for span in spans:
            tokens = self.touched([span])
            cuts = [
                i
                for i in range(1, len(tokens))
                if self.sentence[tokens[i]] != self.sentence[tokens[i - 1]]
            ]
            edges = [0, *cuts, len(tokens)]
            out |= {(tokens[a], tokens[b - 1]) for a, b in pairwise(edges) if b > a}
        return out

    def characters(self, spans: Iterable[Span]) -> set[int]:
        """Characters of the spans that are no white space."""
        return {c for a, b in spans for c in range(a, b) if c in self.at}

    def kind(self, mark: Attribution) -> str:
        """Direct when every word of the content stands in quotation marks, indirect when none."""
        words = [
            start
            for start, end in (self.tokens[i] for i in self.touched(mark.content))
            if self.text[start].isalnum()
        ]
        inside = sum(start in self.quoted for start in words)
        if words and inside == len(words):
            return "direct"
        return "mixed" if inside else "indirect"

    def source_kind(self, mark: Attribution) -> str:
        """Pronoun, named (it holds a name), nominal, or none.

        A capital that begins a sentence makes a name only of a word that the article never writes
        small.
        """
        words = [m.span() for a, b in mark.source for m in _WORD.finditer(self.text, a, b)]
        if not words:
            return "none"
        shown = [self.text[a:b] for a, b in words]
        if all(word.casefold() in PRONOUNS for word in shown):
            return "pronoun"
        for (start, _), word in zip(words, shown, strict=True):
            if not word[0].isupper() or word.casefold() in PRONOUNS | _FUNCTION:
                continue
            token = self.at[start]
            initial = token == 0 or self.sentence[token] != self.sentence[token - 1]
            opened = token and self.text[self.tokens[token - 1][0]] in '"“'
            if not (initial or opened):
                return "named"
            if not re.search(rf"\b{re.escape(word[0].lower() + word[1:])}\b", self.text):
                return "named"
        return "nominal"


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
                words = _WORD.findall(text.text, quotation.start, quotation.end)
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
