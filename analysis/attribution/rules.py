"""Attributions from quotation marks and reporting verbs alone, without a model.

`find` reads a paragraph at a time. Around each quotation it looks for the frame that names the
source: after it ("…," Lynch said), before it (Lynch said, "…"; Lynch told reporters: "…"), or
nowhere, when the speaker carries over from the quotation before. Clauses that a reporting verb
introduces are indirect speech; quotations inside them make them mixed. Other words in quotation
marks (titles, scare quotes) are left alone.

Not handled: attitudes ("hopes", "believes"), and sources that stand in another sentence than
their cue.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter

from analysis.attribution.cues import (
    ACCORDING,
    BARE,
    CLAUSE_VERBS,
    INFINITIVE_VERBS,
    LEMMAS,
    VERB,
)
from analysis.attribution.quotes import Quotation, pair
from analysis.attribution.spans import Attribution, Span
from analysis.corpus.segments import paragraphs, sentences

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WHEN = (
    rf"(?:(?:on|late|early|last|this|that)\s+)*(?:{_DAY}|yesterday|today|week|month|year|day|night)"
    r"(?:\s+(?:night|morning|afternoon|evening))?"
)
_AUXILIARY = re.compile(
    r"(?:\b(?:has|have|had|is|are|was|were|been|also|later|then|once|again|already|still|even|now|"
    rf"today|{_WHEN}|repeatedly|\w{{3,}}ly)\s+)+$"
)
#: A verb after one of these reports nothing that was said.
_UNSAID = re.compile(
    r"\b(?:can|could|may|might|must|should|would|will|cannot|not|never|to|from|without|by|of|"
    r"refused to|declined to|n['’]t)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-Z][A-Z .,'’]{2,}(?:\([^)]*\)\s*)?\s*[—–-]+\s*")
_DETERMINER = re.compile(
    r"(?:the|a|an|another|one|two|three|some|several|many|his|her|their|its|this|that|both|each|"
    r"other|most|no)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:he|she|they|we|i|who|others|another|some|many)$", re.IGNORECASE)
_STOP = re.compile(
    r"(?:and|but|or|nor|as|while|when|after|before|because|since|if|though|although|that|which|where|"
    r"in|on|at|by|with|from|during|than|so|for|to|is|was|were|are|be|been|what|how|why|like)$",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:of|for|from|in|at|with|on)$")
_NOT_CLAUSE = re.compile(
    r"(?:in|on|at|of|by|for|from|with|after|before|during|as|about|when|while|nothing|no|yes|so|"
    r"and|but|or|goodbye|hello)\b",
    re.IGNORECASE,
)
_CLAUSE_TAIL = re.compile(r"[.!?][\"'”’»)]*$")
_MASK = "\x00"
#: No frame reaches further than this many characters; bounds the work on endless sentences.
_LONGEST = 600


@dataclass
class _Paragraph:
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


def find(text: str) -> list[Attribution]:
    """The attributions of an article, in text order, none overlapping another's content."""
    pairing = pair(text)
    by_paragraph: dict[int, list[Quotation]] = {}
    for quotation in pairing.outer:
        by_paragraph.setdefault(quotation.paragraph, []).append(quotation)
    masked = list(text)
    for quotation in pairing.outer:
        masked[quotation.start : quotation.end] = _MASK * (quotation.end - quotation.start)
    frame = "".join(masked)
    found: list[Attribution] = []
    block: Attribution | None = None  # a colon's frame whose content is the next paragraph
    for number, (start, end) in enumerate(paragraphs(text)):
        paragraph = _Paragraph(text, frame, start, end, by_paragraph.get(number, []))
        here = _in_paragraph(paragraph)
        if block and not here and not paragraph.quotations and block.method != "colon":
            here = [Attribution(((start, end),), block.cue, block.source, "block", 0.8)]
        elif block and not here and paragraph.quotations:
            here = [_framed(paragraph.quotations[0], block)]
        here = [_continued(paragraph, attribution) for attribution in here]
        carried = _carried(paragraph, here, found[-1] if found else None)
        here = sorted([*here, *carried], key=lambda a: a.start)
        block = _opens_block(paragraph)
        found += here
    return found


def _in_paragraph(p: _Paragraph) -> list[Attribution]:
    found: list[Attribution] = []
    taken: set[int] = set()
    for begin, end in _frame_sentences(p):
        quotes = p.between(begin, end)
        for attribution in _sentence(p, begin, end, quotes):
            inside = {q.start for q in p.held(attribution)}
            if taken.isdisjoint(inside):
                taken |= inside
                found.append(attribution)
        # `"One," he said. "Two."`: what follows a framed quotation goes on in the same voice.
        loose = [q for q in quotes if q.start not in taken]
        for q in loose:
            if found and q.start == begin and q.end >= _bare_end(p, end):
                last = found[-1]
                if last.cue and p.held(last):
                    between = p.masked[last.end : q.start]
                    if _MASK not in between and len(_sentence_ends(between)) <= 1:
                        taken.add(q.start)
                        found[-1] = _extended(last, q)
    return found


def _sentence_ends(text: str) -> list[str]:
    return re.findall(r"[.!?](?=\s)", text)


def _bare_end(p: _Paragraph, end: int) -> int:
    while end > p.start and p.text[end - 1] in " .!?":
        end -= 1
    return end


def _frame_sentences(p: _Paragraph) -> list[Span]:
    """Sentences of the paragraph; one that ends inside a quotation goes on to the next.

    A quotation that ends in a comma belongs to the frame that follows it.
    """
    merged: list[Span] = []
    for start, end in sentences(p.text, p.start, p.end):
        if merged and (
            any(q.end > start for q in p.between(*merged[-1]))
            or (
                re.search(r"[,?!…—–-][\"'”’»]$", p.text[merged[-1][1] - 2 : merged[-1][1]])
                and re.match(r"[a-z]|\w+ (?:said|says|told|asked|added)", p.text[start:end])
            )
        ):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _sentence(p: _Paragraph, begin: int, end: int, quotes: list[Quotation]) -> list[Attribution]:
    according = _according(p, begin, end, quotes)
    if not quotes:
        indirect = _indirect(p, begin, end) or _trailing_clause(p, begin, end)
        return [indirect] if indirect else [according] if according else []
    indirect = _indirect(p, begin, end)
    if indirect and p.held(indirect):
        return [indirect]
    found: list[Attribution] = []
    for q in quotes:
        attribution = _after(p, q, begin, end) or _before(p, q, begin)
        if found and (
            _same_frame(found[-1], attribution) or _resumes(p, found[-1], q, attribution)
        ):
            found[-1] = _extended(found[-1], q)  # "One," he said, "and two."
        elif attribution:
            found.append(attribution)
    if found:
        return found
    whole = _trailing_clause(p, begin, end) or according
    return [whole] if whole else []


def _same_frame(last: Attribution, new: Attribution | None) -> bool:
    return new is not None and new.cue == last.cue


def _resumes(
    p: _Paragraph, last: Attribution, q: Quotation, attribution: Attribution | None
) -> bool:
    gap = p.masked[last.end : q.start].rstrip()
    return attribution is None and gap.endswith(",") and last.cue[0][0] >= last.end


def _extended(last: Attribution, q: Quotation) -> Attribution:
    return replace(last, content=(*last.content, (q.start, q.end)))


def _after(p: _Paragraph, q: Quotation, begin: int, end: int) -> Attribution | None:
    """`"…," the official said` and `"…," said the official`."""
    following = p.between(q.end, end)
    tail = p.masked[q.end : following[0].start if following else end]
    inner_end = p.text[q.end - 2 : q.end - 1]
    if not (inner_end in ",?!…—–-" or re.match(r"\s*[,—–-]", tail)):
        return None
    lead = re.match(r"[\s,—–-]*", tail).end()
    for verb in VERB.finditer(tail):
        words = tail[lead : verb.start()]
        if len(words.split()) > 16 or re.search(r"[.;:]\s", re.sub(r"\b[A-Z]\w?\.", "", words)):
            return None
        cue = (q.end + verb.start(), q.end + verb.end())
        if not words.strip():
            source = _noun_after(p.masked, cue[1], q.end + len(tail))
        elif _UNSAID.search(words) or _STOP.match(words.split()[0]):
            return None
        elif verb.group().lower().endswith("ing"):
            continue
        else:
            source = _tidy_source(p.masked, q.end + lead, cue[0])
        if source:
            return Attribution((_content(p, q, begin),), (cue,), (source,), "quotation", 0.95)
    according = ACCORDING.search(tail)
    if according and not tail[lead : according.start()].strip():
        cue = (q.end + according.start(), q.end + according.end())
        source = _noun_after(p.masked, cue[1], q.end + len(tail))
        if source:
            content = _content(p, q, begin)
            return Attribution((content,), (cue,), (source,), "quotation", 0.9)
    return None


def _content(p: _Paragraph, q: Quotation, begin: int) -> Span:
    """The quotation, with the clause that it completes when it begins in mid-sentence (mixed)."""
    lead = p.masked[max(begin, q.start - _LONGEST) : q.start]
    if _MASK in lead or not lead.strip() or not lead.endswith(" ") or VERB.search(lead):
        return (q.start, q.end)
    that = list(re.finditer(r"\bthat\s+", lead))
    return (q.start - len(lead) + (that[-1].end() if that else 0), q.end)


def _before(p: _Paragraph, q: Quotation, begin: int) -> Attribution | None:
    """`Lynch said, "…"`, `the union tweeted: "…"`, `issued a statement saying "…"`."""
    begin = max(begin, q.start - _LONGEST)
    head = p.masked[begin : q.start]
    verbs = [v for v in VERB.finditer(head) if _MASK not in head[v.end() :]]
    words_of = re.search(r"\bin ((?:[A-Z][\w.]+ ?)+)['’]s (?:own )?words,?\s*$", head)
    if words_of:
        start, end = (begin + at for at in words_of.span(1))
        cue = (begin + words_of.start(), begin + len(head.rstrip(" ,")))
        return Attribution(((q.start, q.end),), (cue,), ((start, end),), "quotation", 0.9)
    for verb in reversed(verbs):
        gap = head[verb.end() :]
        if not gap.strip() and LEMMAS.get(verb.group().lower()) == "tell":
            return None  # `told "On the Air"`: whom, not what
        if LEMMAS.get(verb.group().lower()) == "speak" and not gap.startswith(" of"):
            continue
        if len(gap.split()) > 14 and not gap.rstrip().endswith(":"):
            return None
        source = _subject(p.masked, begin, begin + verb.start(), verb.group())
        if source:
            cue = (begin + verb.start(), begin + verb.end())
            naming = LEMMAS.get(verb.group().lower()) in ("call", "describe")
            start = cue[1] + 1 if naming and gap.strip() and "," not in gap else q.start
            return Attribution(((start, q.end),), (cue,), (source,), "quotation", 0.9)
    colon = re.search(r":\s*$", head)
    if colon and _MASK not in head:
        source = _leading_noun(p.masked, begin, begin + colon.start())
        if source:
            cue = (begin + colon.start(), begin + colon.start() + 1)
            return Attribution(((q.start, q.end),), (cue,), (source,), "colon", 0.75)
    according = ACCORDING.search(head)
    if according:
        cue = (begin + according.start(), begin + according.end())
        source = _noun_after(p.masked, cue[1], q.start)
        if source and source[1] < q.start:
            return Attribution(((q.start, q.end),), (cue,), (source,), "quotation", 0.85)
    return None


def _indirect(p: _Paragraph, begin: int, end: int) -> Attribution | None:
    """`Lynch said (that) …`: the clause after the verb, quotations inside it included."""
    for verb in VERB.finditer(p.masked, begin, end):
        form = verb.group().lower()
        rest = p.masked[verb.end() : end]
        if form in BARE and not _plural_subject(p.masked, begin, verb.start()):
            continue
        that = re.match(
            r"(?:\s+[\w.'’-]+){0,6}?\s+that\s+(?!(?:day|night|week|month|year|time)\b)", rest
        )
        if that and re.search(r"[,;:]", that.group()):
            that = None
        if that:
            clause = verb.end() + that.end()
        elif form in CLAUSE_VERBS and (form not in BARE or LEMMAS[form] == "say"):
            addressee = re.match(
                r"\s+(?:reporters|members|officers|them|him|her|the \w+|a \w+|[A-Z]\w+)(?=\s)"
                if LEMMAS[form] == "tell"
                else r"(?=\s)",
                rest,
            )
            if not addressee:
                continue
            following = rest[addressee.end() :].lstrip()
            if not re.match(r"[\w$]", following) or _NOT_CLAUSE.match(following):
                continue
            if following.startswith("to ") and form not in INFINITIVE_VERBS:
                continue
            clause = end - len(following)
        else:
            continue
        source = _subject(p.masked, begin, verb.start(), form)
        stop = _clause_end(p, clause, end)
        if source and len(p.text[clause:stop].split()) >= 3 and p.masked[clause] != _MASK:
            confidence = 0.85 if that else 0.7
            return Attribution(((clause, stop),), (verb.span(),), (source,), "clause", confidence)
    return None


def _plural_subject(text: str, begin: int, verb: int) -> bool:
    """Whether a base form ("officials say") has a subject that it agrees with."""
    before = re.findall(r"[\w’']+", text[begin:verb])[-1:]
    return bool(before) and re.search(r"(?:s|people|they|we|i|you)$", before[0].lower()) is not None


def _trailing_clause(p: _Paragraph, begin: int, end: int) -> Attribution | None:
    """`The talks had failed, the officials said.`"""
    comma = p.masked.rfind(", ", begin, end)
    tail = p.masked[comma + 2 : end]
    verb = VERB.search(tail)
    if comma < 0 or not verb or verb.group().lower() not in CLAUSE_VERBS:
        return None
    if p.masked[end - 1] == ":":
        return None
    if len(tail[verb.end() :].split()) > 3 or not tail[: verb.start()].strip():
        return None
    source = _subject(p.masked, comma + 2, comma + 2 + verb.start(), verb.group())
    if not source or source[0] != comma + 2:
        return None
    cue = (comma + 2 + verb.start(), comma + 2 + verb.end())
    return Attribution(((begin, comma),), (cue,), (source,), "clause", 0.75)


def _according(p: _Paragraph, begin: int, end: int, quotes: list[Quotation]) -> Attribution | None:
    """`According to the source, …` and `…, according to the source`."""
    match = ACCORDING.search(p.masked, begin, end)
    if not match:
        return None
    if match.start() == begin:
        source = _noun_after(p.masked, match.end(), end)
        comma = p.masked.find(",", source[1] if source else begin, end)
        if not source or comma < 0:
            return None
        content = (comma + 2, _clause_end(p, comma + 2, end))
    else:
        source = _noun_after(p.masked, match.end(), end)
        stop = match.start()
        while stop > begin and p.text[stop - 1] in " ,":
            stop -= 1
        content = (begin, stop)
    if not source or content[1] <= content[0]:
        return None
    return Attribution((content,), (match.span(),), (source,), "according to", 0.8)


def _clause_end(p: _Paragraph, start: int, end: int) -> int:
    """Where a reported clause ends: the sentence's end, or before `, according to`."""
    match = ACCORDING.search(p.masked, start, end)
    stop = match.start() if match else end
    aside = re.search(r"(?:,|\x00)\s(?:[\w’'-]+\s){1,4}(?:said|says)\.?$", p.masked[start:stop])
    if aside:  # `…, a source said` frames the whole
        stop = start + aside.start() + 1
    while stop > start and (p.text[stop - 1] in " ," or p.masked[stop - 1] == "."):
        stop -= 1
    return stop


def _carried(p: _Paragraph, here: list[Attribution], last: Attribution | None) -> list[Attribution]:
    """Quotations without a frame that the speaker of the paragraph before goes on with."""
    taken = {q.start for attribution in here for q in p.held(attribution)}
    loose = [q for q in p.quotations if q.start not in taken]
    whole = p.masked[p.start : p.end].replace(_MASK, "").strip(" .,;:!?…—–-\n") == ""
    found = []
    for q in loose:
        reopened = q.continues or not q.closed
        if (whole and len(p.text[q.start : q.end].split()) >= 3) or (
            reopened and q.start == p.start
        ):
            source, cue = (last.source, last.cue) if last else ((), ())
            method = "continued" if q.continues else "carried over"
            confidence = 0.95 if q.continues else 0.7
            confidence = confidence if q.closed and last else 0.5
            found.append(Attribution(((q.start, q.end),), cue, source, method, confidence))
    return found


def _continued(p: _Paragraph, attribution: Attribution) -> Attribution:
    reopened = any(q.continues for q in p.held(attribution))
    return replace(attribution, method="continued") if reopened else attribution


def _framed(q: Quotation, block: Attribution) -> Attribution:
    return Attribution(((q.start, q.end),), block.cue, block.source, "colon", 0.85)


def _opens_block(p: _Paragraph) -> Attribution | None:
    """A paragraph that ends in a reporting frame and a colon introduces the next one."""
    if not p.masked[p.start : p.end].endswith(":"):
        return None
    begin = sentences(p.masked, p.start, p.end)[-1][0]
    verbs = list(VERB.finditer(p.masked, begin, p.end))
    for verb in reversed(verbs):
        source = _subject(p.masked, begin, verb.start(), verb.group())
        if source:
            return Attribution(((p.end, p.end),), (verb.span(),), (source,))
    source = _leading_noun(p.masked, begin, p.end - 1)
    return (
        Attribution(((p.end, p.end),), ((p.end - 1, p.end),), (source,), "colon")
        if source
        else None
    )


def _subject(text: str, begin: int, verb: int, form: str) -> Span | None:
    """The noun phrase that the verb at `verb` has for its subject, looking back to `begin`."""
    dateline = _DATELINE.match(text, begin, verb)
    begin = dateline.end() if dateline else begin
    if _UNSAID.search(text[begin:verb]):
        return None
    progressive = re.search(r"\b(?:is|are|was|were|been)\s+$", text[begin:verb])
    if form.lower().endswith("ing") and not progressive:
        return _leading_noun(text, begin, verb)
    slice_ = text[begin:verb]
    auxiliary = _AUXILIARY.search(slice_)
    stop = begin + (auxiliary.start() if auxiliary else len(slice_))
    stop = begin + len(text[begin:stop].rstrip())
    if re.search(r"(?:^|[,;]\s|\s)(?:and|but)$", text[begin:stop]):
        return _leading_noun(text, begin, stop)
    who = text.rfind(" who ", begin, stop)
    if who > 0 and text[who - 1] != "," and "," not in text[who:stop]:
        head = _suffix_noun(text, begin, who)
        return (head[0], stop) if head else None
    if text[stop - 1 : stop] == ",":
        opening = text.rfind(",", begin, stop - 1)
        while opening > begin:
            head = _suffix_noun(text, begin, opening)
            if head and re.search(r"[A-Z]", text[head[0] : head[1]]):
                return (head[0], stop - 1)
            opening = text.rfind(",", begin, opening)
        return None
    return _suffix_noun(text, begin, stop)


def _suffix_noun(text: str, begin: int, stop: int) -> Span | None:
    """The noun phrase that ends at `stop`: tokens leftward to a determiner or a clause's edge."""
    tokens = list(re.finditer(r"[^\s]+", text[begin:stop]))
    first = len(tokens)
    for i in range(len(tokens) - 1, -1, -1):
        word = tokens[i].group()
        last = i == len(tokens) - 1
        if (word[-1] in ",;:" and not last) or _MASK in word:
            break
        if last and _PRONOUN.match(word.lower()):
            first = i
            break
        if _DETERMINER.match(word):
            first = i
            if (
                i >= 2
                and _LINK.match(tokens[i - 1].group())
                and re.match(r"[\w’'-]+$", tokens[i - 2].group())
                and not _STOP.match(tokens[i - 2].group())
            ):
                continue
            break
        if (
            _LINK.match(word)
            and i + 1 == first
            and i > 0
            and not _STOP.match(tokens[i - 1].group())
        ):
            # "the head of the union": the phrase before the preposition belongs to it.
            if word == "of" or re.match(r"[a-z]+$", tokens[i - 1].group()):
                continue
            break
        if _STOP.match(word) or word in "—–-":
            break
        first = i
    for i in range(len(tokens) - 2, first - 1, -1):
        if VERB.fullmatch(tokens[i].group()) or re.fullmatch(_DAY, tokens[i].group()):
            first = i + 1
            break
    if first >= len(tokens):
        return None
    words = [token.group() for token in tokens[first:]]
    if not (
        _PRONOUN.match(words[-1])
        or any(_DETERMINER.match(w) or w[0].isupper() or w[0] == "[" for w in words)
        or len(words) <= 3
    ):
        return None
    return (begin + tokens[first].start(), begin + tokens[-1].end())


def _leading_noun(text: str, begin: int, stop: int) -> Span | None:
    """The subject of a sentence whose participle or colon reports: its first noun phrase."""
    slice_ = text[begin:stop]
    start = 0
    opening = re.match(
        r"(?:After|Before|In|On|At|As|When|During|Asked|While|Besides)\b[^,]*,\s*", slice_
    )
    if opening:
        start = opening.end()
    match = re.compile(
        r"(?:(?:the|a|an|another|one|his|her|its|their)\s+[\w’'-]+(?:\s+[\w’'-]+){0,4}?"
        r"(?=\s+(?:\w+ed|sent|wrote|told|said|issued|was|is|has|had)\b|,|:|$)"
        r"|(?-i:(?:[A-Z][\w.’'-]*\s?)+(?:of\s(?:[A-Z][\w.’'-]*\s?)+)?)|(?:he|she|they)\b)",
        re.IGNORECASE,
    ).match(slice_, start)
    if not match or not match.group().strip():
        return None
    return (begin + match.start(), begin + match.start() + len(match.group().rstrip()))


def _noun_after(text: str, begin: int, end: int) -> Span | None:
    """The noun phrase that follows an inverted verb or `according to`, with its apposition."""
    slice_ = text[begin:end]
    match = re.match(
        r"\s*((?:[^\s,.;:\x00]|\.(?=\s?[A-Z]|\w)|(?<=\b[A-Z])\.)+(?:\s+(?!(?:in|on|at|as|during|after|before|when|while|and|but|to|by|that)\b)"
        r"(?:[^\s,.;:\x00]|(?<=\b[A-Z])\.|(?<=\b(?:Mr|Dr|Lt|St))\.)+)*)",
        slice_,
    )
    if not match or not match.group(1).strip():
        return None
    start = begin + match.start(1)
    stop = begin + match.end(1)
    apposition = re.match(
        r", (?:the|a|an|president|head|who)\b[^,.;:\x00]*(?=[,.])", text[stop:end]
    )
    if apposition and re.search(r"[A-Z]", text[start:stop]):
        stop += apposition.end()
    return (start, stop)


def _tidy_source(text: str, start: int, stop: int) -> Span | None:
    auxiliary = _AUXILIARY.search(text[start:stop])
    if auxiliary:
        stop = start + auxiliary.start()
    stop = start + len(text[start:stop].rstrip(" ,"))
    return (start, stop) if stop > start else None
