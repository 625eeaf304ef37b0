"""Noun phrases around a reporting verb: who its subject is, found without a parser.

A text is read with its quotations masked by `MASK`, so that a pattern never looks inside one.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from analysis.attribution.cues import VERB
from analysis.attribution.quotes import Quotation
from analysis.attribution.spans import Attribution, Span

MASK = "\x00"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WHEN = (
    rf"(?:(?:on|late|early|last|this|that)\s+)*(?:{_DAY}|yesterday|today|week|month|year|day|night)"
    r"(?:\s+(?:night|morning|afternoon|evening))?"
)
_AUXILIARY = re.compile(
    r"(?:\b(?:has|have|had|also|later|then|once|again|already|still|even|now|"
    rf"today|{WHEN}|repeatedly|\w{{3,}}ly)\s+)+$"
)
#: A verb after one of these reports nothing that was said.
UNSAID = re.compile(
    r"(?:\b(?:can|could|may|might|must|should|would|will|cannot|not|never|to|from|without|by|of|"
    r"refused to|declined to)|n['’]t)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
DATELINE = re.compile(r"[A-Z][A-Z .,'’]{2,}(?:\([^)]*\)\s*)?\s*[—–-]+\s*")
_DETERMINER = re.compile(
    r"(?:the|a|an|another|one|two|three|some|several|many|his|her|their|its|this|that|both|each|"
    r"other|most|no)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:he|she|they|we|i|who|others|another|some|many)$", re.IGNORECASE)
STOP = re.compile(
    r"(?:and|but|or|nor|as|while|when|after|before|because|since|if|though|although|that|which|where|"
    r"in|on|at|by|with|from|during|than|so|for|to|is|was|were|are|be|been|what|how|why|like)$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:s|people|men|police|they|we|i|you|who)$")
_SINGULAR = {"his", "its", "this", "us", "was", "is", "has"}
_LINK = re.compile(r"(?:of|for|from|in|at|with|on)$")
_AIDE = re.compile(r"(?:aides?|advis[eo]rs?|counsel|assistants?|deput(?:y|ies)|envoys?)$")

_FIRST = re.compile(
    r"(?:(?:the|a|an|another|one|his|her|its|their)\s+[\w’'-]+(?:\s+[\w.’'-]+){0,5}?"
    r"(?=\s+(?:\w+ed|sent|wrote|told|said|issued|was|is|has|had)\b|,|:|$)"
    r"|(?-i:(?:[A-Z][\w.’'-]*\s?)+(?:of\s(?:[A-Z][\w.’'-]*\s?)+)?)|(?:he|she|they)\b)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:After|Before|In|On|At|As|When|During|Asked|While|Besides)\b[^,]*,\s*"
    rf"|(?i:{WHEN}),?\s+"
)
_TOKEN = (
    r"(?:[^\s,.;:\x00]|(?<=\b[A-Z])\.|(?<=\b(?:Mr|Ms|Dr|Lt|St))\."
    r"|(?<=\b(?:Mrs|Sen|Gov|Rep|Sgt|Det))\.)+"
)
_FOLLOWING = re.compile(
    rf"\s*({_TOKEN}(?:\s+(?!(?:in|on|at|as|during|after|before|when|while|and|but|by|that)\b)"
    rf"(?:(?<=aide )to|(?<=adviser )to|(?<=advisor )to|(?!to\b){_TOKEN}))*)"
)
_APPOSITION = re.compile(
    r", (?:(?:the|a|an|president|head|who)\b|([A-Z]\w+ [A-Z]\w+))[^,.;:\x00]*(?=[,.])"
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do)\b")


@dataclass
class Paragraph:
    """One paragraph, with its quotations masked so that patterns see only the frame around them."""

    text: str
    masked: str
    start: int
    end: int
    quotations: list[Quotation]

    def between(self, start: int, end: int) -> list[Quotation]:
        """The quotations that begin in text[start:end]."""
        first = bisect_left(self.quotations, start, key=attrgetter("start"))
        last = bisect_left(self.quotations, end, key=attrgetter("start"))
        return self.quotations[first:last]

    def held(self, attribution: Attribution) -> list[Quotation]:
        """The quotations inside the attribution's content."""
        return [q for a, b in attribution.content for q in self.between(a, b) if q.end <= b]


def plural_before(text: str, begin: int, verb: int) -> bool:
    """Whether a base form ("officials say") has a subject that it agrees with."""
    before = re.findall(r"[\w’']+", text[begin:verb])[-1:]
    word = before[0].lower() if before else ""
    return _PLURAL.search(word) is not None and word not in _SINGULAR


def subject(text: str, begin: int, verb: int, form: str) -> Span | None:
    """The noun phrase that the verb at `verb` has for its subject, looking back to `begin`."""
    dateline = DATELINE.match(text, begin, verb)
    begin = dateline.end() if dateline else begin
    if UNSAID.search(text[begin:verb]):
        return None
    be = re.search(r"\b(?:is|are|was|were|been|being|be)\s+$", text[begin:verb])
    if be and not form.lower().endswith("ing"):
        return None  # "was asked": whoever stands before it did not report
    if be:
        verb = begin + be.start()
    elif form.lower().endswith("ing"):
        return leading_phrase(text, begin, verb)
    slice_ = text[begin:verb]
    auxiliary = _AUXILIARY.search(slice_)
    stop = begin + (auxiliary.start() if auxiliary else len(slice_))
    stop = begin + len(text[begin:stop].rstrip())
    if re.search(r"(?:^|[,;]\s|\s)(?:and|but)$", text[begin:stop]):
        return leading_phrase(text, begin, stop)
    who = text.rfind(" who ", begin, stop)
    if who > 0 and text[who - 1] != "," and "," not in text[who:stop]:
        head = phrase_before(text, begin, who)
        return (head[0], stop) if head else None
    if text[stop - 1 : stop] in ("—", "–"):  # "Mr. Reyes — the head of the union — said"
        opening = max(text.rfind("—", begin, stop - 1), text.rfind("–", begin, stop - 1))
        head = phrase_before(text, begin, begin + len(text[begin:opening].rstrip()))
        return (head[0], stop - 1) if opening > begin and head else None
    if text[stop - 1 : stop] == ",":
        opening = text.rfind(",", begin, stop - 1)
        while opening > begin:
            head = phrase_before(text, begin, opening)
            if head and re.search(r"[A-Z]", text[head[0] : head[1]]):
                return (head[0], stop - 1)
            opening = text.rfind(",", begin, opening)
        return None
    return phrase_before(text, begin, stop)


def phrase_before(text: str, begin: int, stop: int) -> Span | None:
    """The noun phrase that ends at `stop`: tokens leftward to a determiner or a clause's edge."""
    tokens = list(re.finditer(r"[^\s]+", text[begin:stop]))
    first = len(tokens)
    for i in range(len(tokens) - 1, -1, -1):
        word = tokens[i].group()
        last = i == len(tokens) - 1
        if (word[-1] in ",;:" and not last) or MASK in word:
            break
        if last and _PRONOUN.match(word.lower()):
            first = i
            break
        governed = i >= 1 and _governs(tokens, i - 1)
        if _DETERMINER.match(word):
            first = i
            if governed:
                continue
            break
        if i + 1 == first and _governs(tokens, i):
            continue  # "the head of the union": the phrase before the preposition belongs to it
        if STOP.match(word) or word in "—–-":
            break
        first = i
    for i in range(len(tokens) - 2, first - 1, -1):
        word = tokens[i].group()
        if VERB.fullmatch(word) or re.fullmatch(rf"{_DAY}|night|morning|afternoon|evening", word):
            first = i + 1
            break
    if first >= len(tokens):
        return None
    words = [token.group() for token in tokens[first:]]
    if _DETERMINER.match(words[-1]) and not _PRONOUN.match(words[-1]):
        return None  # "his promise that", "the demands": a noun stands where the verb seems to
    if not (
        _PRONOUN.match(words[-1])
        or any(_DETERMINER.match(w) or w[0].isupper() or w[0] == "[" for w in words)
        or len(words) <= 3
    ):
        return None
    return (begin + tokens[first].start(), begin + tokens[-1].end())


def _governs(tokens: list[re.Match], i: int) -> bool:
    """Whether the token at `i` is a preposition that ties what follows to the noun before it."""
    word, noun = tokens[i].group(), tokens[i - 1].group() if i else ""
    if not noun or STOP.match(noun) or not re.match(r"[\w’'-]+$", noun):
        return False
    if word == "to":
        return _AIDE.match(noun) is not None
    return word == "of" or (_LINK.match(word) is not None and noun.islower())


def leading_phrase(text: str, begin: int, stop: int) -> Span | None:
    """The subject of a sentence whose participle or colon reports: its first noun phrase."""
    slice_ = text[begin:stop]
    opening = _OPENING.match(slice_)
    start = opening.end() if opening else 0
    match = _FIRST.match(slice_, start)
    if not match or _DETERMINER.match(match.group().strip()):
        return None
    return (begin + match.start(), begin + match.start() + len(match.group().rstrip()))


def phrase_after(text: str, begin: int, end: int) -> Span | None:
    """The noun phrase that follows an inverted verb or `according to`, with its apposition."""
    match = _FOLLOWING.match(text, begin, end)
    if not match:
        return None
    start, stop = match.span(1)
    who = re.search(r"\s(?:who|whom)\s", match.group(1))
    if who:  # what is told about the source belongs to it
        stop = start + len(re.match(r"[^,.;:\x00]*", text[start:end]).group().rstrip())
    apposition = _APPOSITION.match(text, stop, end)
    named = apposition and (text[start:stop] != text[start:stop].lower() or apposition.group(1))
    if named and not _FINITE.search(apposition.group()):
        stop = apposition.end()
    return (start, stop)


def trimmed(text: str, start: int, stop: int) -> Span | None:
    auxiliary = _AUXILIARY.search(text[start:stop])
    if auxiliary:
        stop = start + auxiliary.start()
    stop = start + len(text[start:stop].rstrip(" ,"))
    return (start, stop) if stop > start else None
