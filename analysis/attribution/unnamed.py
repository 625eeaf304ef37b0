"""Speakers without a name: numbered in order, kept apart where the text tells them apart."""

import re

from analysis.attribution.sources import SIDES, group_of, role_of
from analysis.attribution.spans import Span
from analysis.attribution.speaker import Speaker, unresolved
from analysis.corpus.cast import Cast
from analysis.corpus.references import Reference
from analysis.tables import OTHERS

_MORE = re.compile(r"(?:another|a (?:second|third)|the other)\b", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth")
_NUMBERED = re.compile(rf"the ({'|'.join(_ORDINALS)})\b", re.IGNORECASE)


def _alike(role: str, other: str) -> bool:
    """Whether two roles have one noun: "union official" and "official"."""
    return role.split()[-1] == other.split()[-1]


class Unnamed:
    """The unnamed sources of one article, in text order."""

    def __init__(self, text: str, sentences: list[Span], cast: Cast):
        self.text = text
        self.sentences = sentences
        self.cast = cast
        self._met: list[tuple[str, Speaker, str]] = []  # role, speaker, the sentence

    def of(
        self, head: str, role: str, inside: list[Reference], fresh: bool, source: Span
    ) -> Speaker:
        """ "A union official" is somebody new, "the official" the one of that role before."""
        before = None if fresh else self._same(head, role, source)
        if before:
            return before.again("the same unnamed source")
        several = re.search(r"(?:s|people)$", head.split(",")[0].strip()) is not None
        several = several and not head.lower().startswith("one of ")
        group = group_of(role, inside, self.cast)
        if not inside and _MORE.match(head):
            like = [(known, met.group) for known, met, _ in self._met if _alike(known, role)]
            role, group = like[-1] if like else (role, group)
        return self._introduce(role, group, source, several)

    def role(self, head: str) -> str:
        """The role that a source has by its noun alone, where one of that role was met before.

        "The manager" is the "hospital manager" of the sentence before.
        """
        words = re.findall(r"[\w’'-]+", head.casefold())
        return next((r for r, _, _ in reversed(self._met) if words[-1:] == r.split()[-1:]), "")

    def another(self, head: str, source: Span) -> Speaker:
        """Bare "another": one more of the kind that spoke last."""
        if self._met:
            role, last, _ = self._met[-1]
            return self._introduce(role, last.group, source).again("another of the same role")
        one = re.search(r"\b(?:one|some|a)\s+([\w ]{3,40})", self._sentence(source[0]), re.I)
        words = one.group(1).split() if one else []
        role = next((r for n in (3, 2, 1) if (r := role_of(" ".join(words[:n]), self.cast))), "")
        if role:
            return self._introduce(role, group_of(role, [], self.cast), source)
        return unresolved(f"“{head.strip()}” follows no unnamed source")

    def _introduce(self, role: str, group: str, source: Span, several: bool = False) -> Speaker:
        count = 1 + sum(known == role for known, _, _ in self._met)
        plural = role if role == "people" else f"{role}s"
        label = f"Unnamed {plural}" if several else f"Unnamed {role} {count}"
        speaker = Speaker(label, group, False, "unnamed role", *source)
        self._met.append((role, speaker, self._sentence(source[0])))
        return speaker

    def _same(self, head: str, role: str, source: Span) -> Speaker | None:
        """Whom "the official" means: the last of that role, or the one whom its clause describes.

        "the official who spoke to the Post" is the one whose own sentence names the Post, "the
        second official" the second that was met. Of a transcript's "HOST:" there is but one.
        """
        if not re.match(r"(?:(?:the|that|this)\b|(?:host|moderator)$)", head, re.IGNORECASE):
            return None
        same = [(speaker, where) for known, speaker, where in self._met if _alike(known, role)]
        if number := _NUMBERED.match(head):
            place = _ORDINALS.index(number[1].lower())
            return same[place][0] if place < len(same) else None
        clause = self.text[source[0] + len(head) : source[1]]
        details = {word.casefold() for word in re.findall(r"\b[A-Z]\w{2,}", clause)}
        if details:
            same = [
                pair for pair in same if details <= set(re.findall(r"\w+", pair[1].casefold()))
            ] or same
        return same[-1][0] if same else None

    def _sentence(self, place: int) -> str:
        return next((self.text[a:b] for a, b in self.sentences if a <= place < b), "")


def nobody(head: str) -> Speaker:
    """A source of whom there is no more to know than what it is called."""
    if SIDES.match(head.strip()):
        return unresolved(f"“{head.strip()}” are several, and none of them is named")
    noun = re.sub(r"[^\w’' -]", "", head).strip().lower()
    noun = re.sub(r"^(?:the|a|an|one|some|many|several|his|her|their)\s+(?=\w)", "", noun)
    noun = re.split(r"\s(?:of|from|in|at|for|with|on)\b", noun)[0]
    if not noun or len(noun.split()) > 4:
        return unresolved(f"“{head.strip()[:60]}” matches nobody in the cast")
    return Speaker(f"Unnamed {noun}", OTHERS, False, "not in the cast")
