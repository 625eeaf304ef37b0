"""From the words that name a source to a speaker: an actor of the cast, or somebody else.

A source is resolved by the first of these that applies: a name, office or title of the cast; a
name outside it; a collective ("the unions"); an unnamed role ("a top union official"); a pronoun;
a document ("the statement") that speaks for who issued it. What cannot be resolved stays
`unresolved`, with the reason.
"""

import re
from bisect import bisect_right

from analysis.attribution.cues import LEMMAS
from analysis.attribution.documents import Documents
from analysis.attribution.outside import Outside, body, former, from_reference, likeliest, office
from analysis.attribution.sides import Sides
from analysis.attribution.sources import (
    BARE,
    CLOSE,
    DOCUMENT,
    LAW,
    NEW,
    NO_SPEAKER,
    POSSESSOR,
    PRONOUN,
    RELATIVE,
    REPLY,
    REPORT,
    STAFF,
    TEXT,
    is_plural,
    qualifies,
    role_of,
)
from analysis.attribution.spans import Attribution, Span
from analysis.attribution.speaker import Speaker, unresolved
from analysis.attribution.together import as_one, named_together
from analysis.attribution.unnamed import Unnamed, nobody
from analysis.corpus.references import References
from analysis.tables import FINDING, OTHERS, UNRESOLVED

#: How attributions were found whose speaker is that of the quotation before.
CARRIED = ("carried over", "continued")
_PHRASE_END = re.compile(
    r"\b(?:the|a|an|one|another)\s+(?:(?!(?:to|of|for|in)\b)[\w’'-]+\s+){0,3}[\w’'-]+$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:(?<!s)s|people|police|men|women)$")


def _is_several(speaker: Speaker) -> bool:
    return speaker.several or (not speaker.named and _PLURAL.search(speaker.name) is not None)


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
        self._joint: Speaker | None = None  # those who have just spoken as one
        self._meant: dict[tuple[Span, ...], Speaker] = {}  # source -> whom it names
        self._unnamed = Unnamed(text, sentences, references.cast)
        self._outside = Outside(text, references.cast)
        self._sides = Sides(text, self.known, references.cast, self._outside)
        self._documents = Documents(text, sentences, self.known, self._outside)

    def resolve(self, attribution: Attribution) -> Speaker:
        """The speaker behind an attribution's source."""
        if attribution.act == FINDING:
            return self._finding(attribution)
        if attribution.source in self._meant:  # one frame of several quotations
            speaker = self._meant[attribution.source]
        elif self._last and self._carries(attribution):
            speaker = self._last.again("carried over")
        elif not attribution.source:
            speaker = unresolved("no source is named")
        else:
            cue = attribution.cue
            verb = self.text[cue[0][0] : cue[-1][1]].lower() if cue else ""
            start, end = attribution.source[0][0], attribution.source[-1][1]
            speaker = self._source(start, end, verb, attribution.content)
        self._joint = speaker if speaker.several else None
        if speaker.group != UNRESOLVED and attribution.method != "repeated":
            self._last, self._last_end = speaker, attribution.end
        if attribution.source:
            self._meant[attribution.source] = speaker
        return speaker

    def _finding(self, attribution: Attribution) -> Speaker:
        """A poll or study goes by its noun; it is nobody, and changes nothing in who spoke last."""
        start, end = attribution.source[0][0], attribution.source[-1][1]
        nouns = (kind.search(self.text, start, end) for kind in (NO_SPEAKER, REPORT, LAW))
        noun = next(filter(None, nouns))
        return Speaker(noun.group().capitalize(), OTHERS, False, "a finding, nobody's speech")

    def _carries(self, attribution: Attribution) -> bool:
        """Whether the quotation goes on with the last speaker, its own frame naming nobody new."""
        if attribution.method == "continued" and attribution.source:
            (start, _), (_, end) = attribution.source[0], attribution.source[-1]
            return PRONOUN.match(self.text[start:end]) is not None or start < self._last_end
        return attribution.method in CARRIED

    def _source(self, start: int, end: int, verb: str, content: tuple[Span, ...]) -> Speaker:
        if close := CLOSE.search(self.text, max(0, start - 60), start):
            start = close.start("head")
        words = self.text[start:end].strip()
        if words in ("Q", "A"):
            return unresolved(f"the label “{words}” names nobody")
        if words.lower() == "who":
            return self._relative(start)
        if PRONOUN.match(words):
            return self._pronoun(start, end, words.lower(), verb, content)
        if reply := REPLY.match(words):
            return self._whose(start, reply["whose"], verb, content)
        cut = RELATIVE.search(words)
        head_end = start + (cut.start() if cut and cut.start() else len(words))
        head = self.text[start:head_end]
        inside = [r for r in self.known if r.start < head_end and r.end > start]
        free = [r for r in inside if not qualifies(r, self.text, start, head_end)]
        fresh = bool(NEW.match(head))
        role = role_of(head, self.references.cast)
        mine = POSSESSOR.match(head.strip())
        if mine and not any(r.is_person for r in free):
            role = role_of(mine["what"], self.references.cast)
            if role or STAFF.match(mine["what"]):
                owner = self._whose(start, mine["whose"], verb, content)
                if not role:
                    return owner
                near = [] if owner.group == UNRESOLVED else [owner]
                if named := self._sides.named_after(start, head_end, fewest=1):
                    return self._sides.of(named, role, near)  # "his wife, Ida, said"
                return self._unnamed.of(head, role, near, fresh, (start, end))
        held = former(head, self.references) or office(head, start, inside, self.references)
        if held or (held := self._together(start, head_end)):
            return held
        role = role or self._unnamed.role(head)
        people = [r for r in free if r.is_person]
        if fresh and role:  # "a spokeswoman for the mayor" is one of many, unless she has a name
            people = [r for r in people if r.how == "name"]
        if people:
            return from_reference(people[0])
        whole = [r for r in free if r.how == "collective" and r.start <= start + 4]
        if whole and not fresh:
            return from_reference(whole[0])
        document = DOCUMENT.search(head) or TEXT.search(head)
        if document:
            if mine and not inside:
                owner = self._whose(start, mine["whose"], verb, content)
                if owner.group != UNRESOLVED:
                    return self._documents.by(document.group(1).lower(), owner)
            last = None if mine else self._last
            return self._documents.of(document.group(1).lower(), head, start, inside, last)
        if BARE.match(head.strip()):
            return self._unnamed.another(head, (start, end))
        outside = self._outside.named(head, start, inside)
        if outside and not (role and fresh):
            return self._sides.of(outside)
        if role and (named := self._sides.named_after(start, head_end)):
            return self._sides.of(named, role, inside)
        if role:
            return self._unnamed.of(head, role, inside, fresh, (start, end))
        if free:
            return from_reference(free[0])
        if inside:
            return from_reference(inside[-1])
        before = [r for r in self.known if r.end <= start]
        return body(head, before, self.references) or nobody(head)

    def _whose(self, start: int, word: str, verb: str, content: tuple[Span, ...]) -> Speaker:
        """Whom "his" or "her" means, of "his answer" or "her office"."""
        pronoun = "he" if word.lower() == "his" else "she"
        return self._pronoun(start, start + len(word), pronoun, verb, content)

    def _together(self, start: int, end: int) -> Speaker | None:
        """Those who speak as one, where a source names several."""
        voices = named_together(self.text, start, end, self.known, self._outside)
        return as_one(voices, self.references.cast) if len(voices) > 1 else None

    def _relative(self, start: int) -> Speaker:
        """Whom "who" means: the noun right before it."""
        ref = next((r for r in reversed(self.known) if r.end <= start), None)
        if ref and not self.text[ref.end : start].strip(" \n,"):
            return from_reference(ref)
        reach = max(0, start - 60)
        noun = _PHRASE_END.search(self.text[reach:start].rstrip(" ,"))
        if noun:
            return self._source(reach + noun.start(), reach + noun.end(), "", ())
        return unresolved("“who” follows nobody in the cast")

    def _pronoun(
        self, start: int, end: int, lower: str, verb: str, content: tuple[Span, ...]
    ) -> Speaker:
        last = self._last
        # Whom a quotation speaks of is as a rule not who speaks it.
        known = [r for r in self.known if not any(a <= r.start < b for a, b in content)]
        if lower in ("he", "she"):
            fits = last and self._can_be(lower, last)
            ref = self.references.resolve((start, end), self.text, known, self.sentences)
            # Who spoke last goes on, unless this paragraph has since brought in somebody else.
            here = self._paragraph(start)
            since = max(self._edges[here], self._last_end)
            brought = ref and any(
                r.target == ref.target and since <= r.start < start for r in known
            )
            going_on = LEMMAS.get(verb) in ("add", "continue") or verb in ("went on", "goes on")
            near = self._paragraph(self._last_end - 1) >= here - 1
            others = self._introduced(start, lower)
            if fits and (going_on or (near and not brought and not others)):
                return last.again(f"pronoun “{lower}”: who spoke before")
            antecedent = ref and next(
                r for r in reversed(known) if r.target == ref.target and r.start < start
            )
            if others:
                return likeliest(lower, others, antecedent)
            if antecedent:
                return Speaker(
                    ref.target,
                    ref.group,
                    True,
                    f"pronoun “{lower}”",
                    antecedent.start,
                    antecedent.end,
                )
        elif lower in ("they", "we", "it"):
            if self._joint and lower != "it":
                return self._joint.again(f"pronoun “{lower}”: who spoke before")
            here = next((i for i, (a, b) in enumerate(self.sentences) if a <= start < b), 0)
            reach = self.sentences[max(0, here - 2)][0] if self.sentences else 0
            near = [r for r in known if reach <= r.start and r.end <= start and not r.is_person]
            near = [r for r in near if lower != "it" or not is_plural(r, self.text)]
            if near:
                return from_reference(near[-1]).again(f"pronoun “{lower}”")
            told = list(DOCUMENT.finditer(self.text, reach, start)) if lower == "it" else []
            if told:
                noun = told[-1].group(1).lower()
                return self._documents.of(noun, lower, start, [], None)
        if last and lower != "i" and self._can_be(lower, last):
            return last.again(f"pronoun “{lower}”: who spoke before")
        return unresolved(f"the pronoun “{lower}” has no antecedent in reach")

    def _can_be(self, pronoun: str, speaker: Speaker) -> bool:
        """Whether a pronoun can mean a speaker; of people outside the cast no gender is known."""
        cast = self.references.cast
        actor = cast.actor_named(speaker.name)
        if actor and actor.kind == "person":
            return pronoun in ("they", "we", actor.pronouns)
        if pronoun in ("he", "she"):
            whole = speaker.name == cast.group_name(speaker.group)
            return not (actor or whole or _is_several(speaker))
        # What looks like two names may be one body's: "the Central and Eastern Guild".
        return pronoun != "it" or speaker.named or not _is_several(speaker)

    def _introduced(self, start: int, pronoun: str) -> dict[str, Span]:
        """People outside the cast whom narration has brought in since somebody last spoke."""
        here = self._paragraph(start)
        since = max(self._edges[max(0, here - 1)], self._last_end)
        before = [(a, min(b, start)) for a, b in self.sentences if since <= a < start]
        return self._outside.introduced(pronoun, before, self.known)

    def _paragraph(self, place: int) -> int:
        return max(0, bisect_right(self._edges, place) - 1)
