"""Whose words a statement, a letter, an account or a sign has."""

import re

from analysis.attribution.outside import Outside, from_reference
from analysis.attribution.sources import OWNER, TEXT
from analysis.attribution.spans import Span
from analysis.attribution.speaker import Speaker, unresolved
from analysis.corpus.references import Reference


class Documents:
    """The documents of one article that speak for somebody, in text order."""

    def __init__(self, text: str, sentences: list[Span], known: list[Reference], outside: Outside):
        self.text = text
        self.sentences = sentences
        self.known = known
        self.outside = outside
        self._issued: dict[str, Speaker] = {}  # noun -> who issued the last of that kind

    def of(
        self, noun: str, head: str, start: int, inside: list[Reference], last: Speaker | None
    ) -> Speaker:
        """Whoever issued it: named with it, where it was told of first, or who spoke last.

        A sign or a lawsuit is nobody's unless somebody is said to have written it.
        """
        loose = TEXT.search(head) is not None
        if loose:
            inside = [r for r in inside if self._wrote(r)]
        owner = None if inside else OWNER.match(head)
        named = owner and self.outside.named(owner.group(1), start + owner.start(1), [])
        if inside:
            chosen = next((r for r in reversed(inside) if r.actor), inside[-1])
            speaker = from_reference(chosen)
        elif named:
            speaker = named.again(f"whose {noun} it is")
        elif noun in self._issued:
            return self._issued[noun].again(f"the {noun} before")
        elif author := self._author(noun, start):
            speaker = from_reference(author).again(f"whose {noun} it is")
        elif last and not loose:
            speaker = last.again(f"the {noun} of who spoke before")
        else:
            return unresolved(f"nobody is named as the author of the {noun}")
        self._issued[noun] = speaker
        return speaker

    def by(self, noun: str, owner: Speaker) -> Speaker:
        """ "Her letter": hers."""
        self._issued[noun] = owner.again(f"whose {noun} it is")
        return self._issued[noun]

    def _wrote(self, ref: Reference) -> bool:
        """Whether the words around a name say that a text is theirs: "the union's sign"."""
        before = self.text[max(0, ref.start - 6) : ref.start]
        after = self.text[ref.end : ref.end + 3]
        return bool(re.search(r"\b(?:by|from|of)\s+$", before) or re.match(r"[’']s?\s", after))

    def _author(self, noun: str, start: int) -> Reference | None:
        """Whose such a document is by the last sentence before that tells of one.

        "A letter from Ms. Quill" is hers, and otherwise that of who is named first.
        """
        told = re.compile(rf"\b{re.escape(noun)}\b(?P<by>\s(?:from|by)\b)?", re.IGNORECASE)
        for a, b in reversed([span for span in self.sentences if span[1] <= start]):
            if match := told.search(self.text, a, b):
                since = match.end() if match["by"] else a
                return next((r for r in self.known if since <= r.start < b and r.actor), None)
        return None
