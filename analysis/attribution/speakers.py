"""From the words that name a source to a speaker: an actor of the cast, or somebody else.

A source is resolved by the first of these that applies: a name, office or title of the cast; a
name outside it; a collective ("the unions"); an unnamed role ("a top union official"); a pronoun;
a document ("the statement") that speaks for who issued it. What cannot be resolved stays
`unresolved`, with the reason.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from analysis.attribution.cues import LEMMAS
from analysis.attribution.sources import (
    BARE,
    BODIES,
    DOCUMENT,
    NEW,
    NO_SPEAKER,
    PRONOUN,
    RELATIVE,
    REPORT,
    group_of,
    proper_names,
    qualifies,
    role_of,
)
from analysis.attribution.spans import Attribution, Span
from analysis.corpus.references import Reference, References
from analysis.tables import FINDING, OTHERS, UNRESOLVED

#: How attributions were found whose speaker is that of the quotation before.
CARRIED = ("carried over", "continued")
_PHRASE_END = re.compile(
    r"\b(?:the|a|an|one|another)\s+(?:(?!to|of|for|in)[\w’'-]+\s+){0,3}[\w’'-]+$", re.IGNORECASE
)


@dataclass(frozen=True)
class Speaker:
    """Who speaks: the name that tables show, the group, and how that was found."""

    name: str
    group: str
    named: bool
    resolution: str
    start: int | None = None  # the antecedent that resolved it
    end: int | None = None


def _is_single(speaker: Speaker) -> bool:
    """Whether "he" or "she" can mean a speaker that is not in the cast."""
    return speaker.named or not speaker.name.endswith("s")


def unresolved(reason: str) -> Speaker:
    return Speaker("Unresolved", UNRESOLVED, False, reason)


class Speakers:
    """Resolves the sources of one article in text order, remembering who spoke before.

    Parameters
    ----------
    text : str
        The whole article.
    references : References
        The cast, as of the article's date.
    paragraphs, sentences : list of (start, end)
    """

    def __init__(
        self, text: str, references: References, paragraphs: list[Span], sentences: list[Span]
    ):
        self.text = text
        self.references = references
        self.sentences = sentences
        self._edges = [start for start, _ in paragraphs]
        self.known = references.find(text)
        self._last: Speaker | None = None
        self._last_end = 0  # where the last speaker's statement stood
        self._unnamed: list[tuple[str, Speaker, str]] = []  # role noun, speaker, the sentence
        self._outside: dict[str, str] = {}  # surname -> full name of a speaker not in the cast
        self._documents: dict[str, Speaker] = {}

    def resolve(self, attribution: Attribution) -> Speaker:
        """The speaker behind an attribution's source."""
        if attribution.act == FINDING:
            return self._finding(attribution)
        if self._last and self._carries(attribution):
            speaker = self._again(self._last, "carried over")
        elif not attribution.source:
            speaker = unresolved("no source is named")
        else:
            cue = attribution.cue
            verb = self.text[cue[0][0] : cue[-1][1]].lower() if cue else ""
            start, end = attribution.source[0][0], attribution.source[-1][1]
            speaker = self._source(start, end, verb, attribution.content)
        if speaker.group != UNRESOLVED:
            self._last, self._last_end = speaker, attribution.end
        return speaker

    def _finding(self, attribution: Attribution) -> Speaker:
        """A poll or study goes by its noun; it is nobody, and changes nothing in who spoke last."""
        start, end = attribution.source[0][0], attribution.source[-1][1]
        noun = NO_SPEAKER.search(self.text, start, end) or REPORT.search(self.text, start, end)
        return Speaker(noun.group().capitalize(), OTHERS, False, "a finding, nobody's speech")

    def _carries(self, attribution: Attribution) -> bool:
        """Whether the quotation goes on with the last speaker, its own frame naming nobody new."""
        if attribution.method == "continued" and attribution.source:
            (start, _), (_, end) = attribution.source[0], attribution.source[-1]
            return PRONOUN.match(self.text[start:end]) is not None or start < self._last_end
        return attribution.method in CARRIED

    @staticmethod
    def _again(speaker: Speaker, how: str) -> Speaker:
        return Speaker(speaker.name, speaker.group, speaker.named, how, speaker.start, speaker.end)

    def _source(self, start: int, end: int, verb: str, content: tuple[Span, ...]) -> Speaker:
        words = self.text[start:end].strip()
        if words.lower() == "who":
            return self._relative(start)
        if PRONOUN.match(words):
            return self._pronoun(start, end, words.lower(), verb, content)
        cut = RELATIVE.search(words)
        head_end = start + (cut.start() if cut and cut.start() else len(words))
        head = self.text[start:head_end]
        inside = [r for r in self.known if r.start < head_end and r.end > start]
        free = [r for r in inside if not qualifies(r, self.text, start, head_end)]
        fresh = bool(NEW.match(head))
        role = role_of(head, self.references.cast)
        people = [r for r in free if r.is_person]
        if fresh and role:  # "a spokeswoman for the mayor" is one of many, unless she has a name
            people = [r for r in people if r.how == "name"]
        if people:
            return self._from(people[0])
        whole = [r for r in free if r.how == "collective" and r.start <= start + 4]
        if whole and not fresh:
            return self._from(whole[0])
        document = DOCUMENT.search(head)
        if document:
            return self._document(document.group(1).lower(), inside)
        if BARE.match(head.strip()):
            return self._another(head, (start, end))
        outside = self._outside_cast(head, start, inside)
        if outside and not (role and fresh):
            return outside
        if role:
            return self._unnamed_source(head, role, inside, fresh, (start, end))
        if free:
            return self._from(free[0])
        if inside:
            return self._from(inside[-1])
        if outside:
            return outside
        return self._organisation(head, start) or self._nobody(head)

    def _from(self, ref: Reference) -> Speaker:
        named = ref.actor is not None
        return Speaker(ref.target, ref.group, named, ref.how, ref.start, ref.end)

    def _unnamed_source(
        self, head: str, role: str, inside: list[Reference], fresh: bool, source: Span
    ) -> Speaker:
        before = None if fresh else self._same_unnamed(head, role, source)
        if before:
            return self._again(before, "the same unnamed source")
        several = re.search(r"(?:s|people)$", head.split(",")[0].strip()) is not None
        several = several and not head.lower().startswith("one of ")
        return self._introduce(role, group_of(role, inside, self.references.cast), source, several)

    def _introduce(self, role: str, group: str, source: Span, several: bool = False) -> Speaker:
        count = 1 + sum(known == role for known, _, _ in self._unnamed)
        label = f"Unnamed {role}s" if several else f"Unnamed {role} {count}"
        speaker = Speaker(label, group, False, "unnamed role", *source)
        self._unnamed.append((role, speaker, self._sentence_at(source[0])))
        return speaker

    def _same_unnamed(self, head: str, role: str, source: Span) -> Speaker | None:
        """Whom "the official" means: the last of that role, or the one whom its clause describes.

        "the official who spoke to the Post" is the one whose own sentence names the Post.
        """
        if not re.match(r"(?:the|that|this)\b", head, re.IGNORECASE):
            return None
        noun = role.split()[-1]
        same = [
            (speaker, where) for known, speaker, where in self._unnamed if known.split()[-1] == noun
        ]
        clause = self.text[source[0] + len(head) : source[1]]
        details = {word.casefold() for word in re.findall(r"\b[A-Z]\w{2,}", clause)}
        if details:
            same = [
                pair for pair in same if details <= set(re.findall(r"\w+", pair[1].casefold()))
            ] or same
        return same[-1][0] if same else None

    def _sentence_at(self, place: int) -> str:
        return next((self.text[a:b] for a, b in self.sentences if a <= place < b), "")

    def _another(self, head: str, source: Span) -> Speaker:
        """Bare "another": one more of the kind that spoke last."""
        if not self._unnamed:
            cast = self.references.cast
            one = re.search(r"\b(?:one|some|a)\s+([\w ]{3,40})", self._sentence_at(source[0]), re.I)
            words = one.group(1).split() if one else []
            role = next((r for n in (3, 2, 1) if (r := role_of(" ".join(words[:n]), cast))), "")
            if role:
                return self._introduce(role, group_of(role, [], cast), source)
            return unresolved(f"“{head.strip()}” follows no unnamed source")
        role, last, _ = self._unnamed[-1]
        return self._again(self._introduce(role, last.group, source), "another of the same role")

    def _document(self, noun: str, inside: list[Reference]) -> Speaker:
        if inside:
            chosen = next((r for r in reversed(inside) if r.actor), inside[-1])
            speaker = self._from(chosen)
        elif noun in self._documents:
            return self._again(self._documents[noun], f"the {noun} before")
        elif self._last:
            speaker = self._again(self._last, f"the {noun} of who spoke before")
        else:
            return unresolved(f"nobody is named as the author of the {noun}")
        self._documents[noun] = speaker
        return speaker

    def _outside_cast(self, head: str, start: int, inside: list[Reference]) -> Speaker | None:
        """A proper name that is not in the cast; a surname alone means the full name before it."""
        for words, (first, last) in proper_names(head):
            name = " ".join(words)
            if any(name in self.text[r.start : r.end] for r in inside):
                continue
            if len(words) > 1:
                self._outside.setdefault(words[-1], name)
            full = self._outside.get(name, name)
            place = (start + first, start + last)
            return Speaker(full, OTHERS, True, "name outside the cast", *place)
        return None

    def _relative(self, start: int) -> Speaker:
        """Whom "who" means: the noun right before it."""
        gap = re.compile(r"[\s,]*")
        for ref in reversed([r for r in self.known if r.end <= start]):
            if gap.fullmatch(self.text, ref.end, start):
                return self._from(ref)
            break
        noun = _PHRASE_END.search(self.text[max(0, start - 60) : start].rstrip(" ,"))
        if noun:
            return self._nobody(noun.group())
        return unresolved("“who” follows nobody in the cast")

    def _pronoun(
        self, start: int, end: int, lower: str, verb: str, content: tuple[Span, ...]
    ) -> Speaker:
        last = self._last
        # Whom a quotation speaks of is as a rule not who speaks it.
        known = [r for r in self.known if not any(a <= r.start < b for a, b in content)]
        if lower in ("he", "she"):
            actor = self.references.cast.actor_named(last.name) if last else None
            fits = last and (actor.pronouns == lower if actor else _is_single(last))
            ref = self.references.resolve((start, end), self.text, known, self.sentences)
            # Who spoke last goes on, unless this paragraph has since brought in somebody else.
            here = self._paragraph(start)
            since = max(self._edges[here], self._last_end)
            brought = ref and any(
                r.target == ref.target and since <= r.start < start for r in known
            )
            going_on = LEMMAS.get(verb) in ("add", "continue") or verb in ("went on", "goes on")
            near = self._paragraph(self._last_end - 1) >= here - 1
            if fits and (going_on or (near and not brought)):
                return self._again(last, f"pronoun “{lower}”: who spoke before")
            if ref:
                antecedent = next(
                    r for r in reversed(known) if r.target == ref.target and r.start < start
                )
                return Speaker(
                    ref.target,
                    ref.group,
                    True,
                    f"pronoun “{lower}”",
                    antecedent.start,
                    antecedent.end,
                )
        elif lower in ("they", "we", "it"):
            before = [r for r in self.known if r.end <= start and not r.is_person]
            here = next((i for i, (a, b) in enumerate(self.sentences) if a <= start < b), 0)
            reach = self.sentences[max(0, here - 2)][0] if self.sentences else 0
            if before and before[-1].start >= reach:
                return self._again(self._from(before[-1]), f"pronoun “{lower}”")
        if last and lower != "i":
            return self._again(last, f"pronoun “{lower}”: who spoke before")
        return unresolved(f"the pronoun “{lower}” has no antecedent in reach")

    def _paragraph(self, place: int) -> int:
        return max(0, bisect_right(self._edges, place) - 1)

    def _organisation(self, head: str, start: int) -> Speaker | None:
        """ "The union" is the organisation named last, where its name does not say otherwise."""
        if not re.fullmatch(
            r"(?:the|his|her|their|its|our)\s+(?:\w+\s+)?" + BODIES, head.strip(), re.I
        ):
            return None
        for ref in reversed([r for r in self.known if r.end <= start]):
            if ref.actor and ref.actor.kind == "organisation":
                return self._again(self._from(ref), "the organisation named before")
        return None

    def _nobody(self, head: str) -> Speaker:
        noun = re.sub(r"[^\w’' -]", "", head).strip().lower()
        noun = re.sub(r"^(?:the|a|an|some|many|several)\s+", "", noun)
        if not noun or len(noun.split()) > 4:
            return unresolved(f"“{head.strip()[:60]}” matches nobody in the cast")
        return Speaker(f"Unnamed {noun}", OTHERS, False, "not in the cast")
