"""An article as the benchmark counts it: tokens, sentences, quotation marks, kinds of marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from analysis.attribution.quotes import pair
from analysis.attribution.spans import Attribution, Span
from analysis.corpus.segments import paragraphs, sentences

KINDS = ("direct", "indirect", "mixed")
SOURCES = ("pronoun", "nominal", "named")
PRONOUNS = frozenset(
    (
        "i you he she it we they me him her us them who which that this these those one someone "
        "somebody anyone anybody everyone everybody others some many most nobody none himself "
        "herself themselves myself ourselves itself both all few several another each neither "
        "either "
    ).split()
)
WORD = re.compile(r"\w+(?:['’]\w+)*")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_FUNCTION = frozenset("the a an my your of and in at for on to from".split())


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
        words = [m.span() for a, b in mark.source for m in WORD.finditer(self.text, a, b)]
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
