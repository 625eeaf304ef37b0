"""Indirect speech: clauses that a reporting verb or `according to` ties to a source."""

import re

from analysis.attribution.cues import (
    ACCORDING,
    BARE,
    CLAUSE_VERBS,
    INFINITIVE_VERBS,
    LEMMAS,
    SAID,
    VERB,
)
from analysis.attribution.phrases import MASK, WHEN, Paragraph, phrase_after, plural_before, subject
from analysis.attribution.spans import Attribution, Span

_DAY = re.compile(rf"^\s+{WHEN}(?=\s)")
_NOT_CLAUSE = re.compile(
    r"(?:in|on|at|of|by|for|from|with|after|before|during|as|about|when|while|nothing|no|yes|so|"
    r"and|but|or|goodbye|hello|that(?=,))\b",
    re.IGNORECASE,
)


_THINKS = re.compile(
    r"\b(?:hope[sd]?|believe[sd]?|fear(?:s|ed)?|thinks?|thought|suspect(?:s|ed)?|doubt(?:s|ed)?)"
    r"(?=\s(?:that|the|an?|his|her|its|their|he|she|it|they|there|[A-Z]\w*)\s\w)"
)
#: A clause that goes on with another report: "…, and Mullins added that".
_FURTHER = re.compile(
    rf",?\s(?:and|but)\s(?:[\w.’'-]+\s){{0,6}}?(?:{SAID})\b(?!\s+(?:by|for|on)\b)"
)
_ASIDE = re.compile(
    rf"(?:,|\x00)\s(?P<source>(?:[\w.’'-]+\s){{1,6}}?)(?P<verb>{SAID})\b"
    r"(?:\s[^\s,;:\x00]+){0,8}?,\s"
)
#: What a clause begins with after whom it was told to: "told reporters he would stay".
_OPENING = re.compile(r"(?:he|she|it|they|we|there|the|a|an|his|her|their|its|no|[A-Z]\w*)\b")
#: How the clause goes on that a quotation is the subject of: "Bad faith," he said, had doomed it.
_GOES_ON = re.compile(r"(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do)\b")
_CONJUNCTION = re.compile(r"(?:(?:but|and|yet|still|however|nor)\b,?\s*)?", re.IGNORECASE)
_LOOSE = re.compile(r"(?:then|who|which|when|while|as|before|after|in|\w+ing)\b")
_ADVERBIAL = re.compile(
    r"(?:asked|pressed|in|on|at|after|before|during|as|when|while|by|later|then|meanwhile|with|for|from|since|"
    r"until|\w+ly)\b",
    re.IGNORECASE,
)


def indirect_clauses(p: Paragraph, begin: int, end: int) -> list[Attribution]:
    """`Lynch said (that) …, and Mullins added that …`: the clause after each verb.

    Quotations inside a clause belong to it. A second verb without a subject of its own has that
    of the first.
    """
    found: list[Attribution] = []
    start = begin
    while attribution := _clause_after(p, begin, start, end, found[-1] if found else None):
        found.append(attribution)
        start = attribution.end
    return found


def _clause_after(
    p: Paragraph, begin: int, start: int, end: int, last: Attribution | None
) -> Attribution | None:
    for verb in VERB.finditer(p.masked, start, end):
        form = verb.group().lower()
        rest = p.masked[verb.end() : end]
        if form in BARE and not plural_before(p.masked, begin, verb.start()):
            continue
        between = 0 if form in BARE else 6  # words, as in "said on Monday that"
        that = re.match(
            rf"(?:\s+[\w.'’\x00-]+){{0,{between}}}?\s+(?P<that>that)\s+"
            r"(?!(?:day|night|week|month|year|time|was|is|would|had|were|will)\b)",
            rest,
        )
        if that and re.search(r"[,;:]", that.group()):
            that = None
        question = LEMMAS.get(form) == "ask" and re.match(r"\s+(?=(?:whether|if|why|how)\s)", rest)
        if that:
            clause = verb.end() + that.start("that")
        elif question:
            clause = verb.end() + question.end()
        elif form in CLAUSE_VERBS and (form not in BARE or LEMMAS[form] == "say"):
            addressee = re.match(
                r"\s+(?:reporters|members|officers|them|him|her|a \w+"
                r"|[Tt]he (?:[A-Z]\w+(?: [A-Z]\w+)*|\w+)|[A-Z]\w+)(?=\s)"
                if LEMMAS[form] == "tell"
                else r"(?=\s)",
                rest,
            )
            if not addressee:
                continue
            following = _DAY.sub("", rest[addressee.end() :]).lstrip()
            if not re.match(r"[\w$]", following) or _NOT_CLAUSE.match(following):
                continue
            if LEMMAS[form] == "tell" and not _OPENING.match(following):
                continue
            if following.startswith("to ") and form not in INFINITIVE_VERBS:
                continue
            clause = end - len(following)
        else:
            continue
        joined = last and re.fullmatch(r"[\s,]*(?:and|but)\s*", p.masked[last.end : verb.start()])
        source = last.source[0] if joined else subject(p.masked, start, verb.start(), form)
        if not source and form.endswith("ing"):  # "…, he said, adding that": his, too
            main = next((v for v in VERB.finditer(p.masked, begin, verb.start())), None)
            source = main and subject(p.masked, begin, main.start(), main.group())
        stop = clause_end(p, clause, end)
        if source and p.text[source[0] - 2 : source[1]].lower() == ", who":
            close = p.masked.find(",", clause, stop)  # the main clause goes on
            stop = close if close > 0 else stop
        if source and len(p.text[clause:stop].split()) >= 3 and p.masked[clause] != MASK:
            confidence = 0.85 if that else 0.7
            return Attribution(((clause, stop),), (verb.span(),), (source,), "clause", confidence)
    return None


def thought(p: Paragraph, begin: int, end: int) -> Attribution | None:
    """`Mr. Reyes hopes that the talks will end`: what somebody thinks, not what they say."""
    for verb in _THINKS.finditer(p.masked, begin, end):
        source = subject(p.masked, begin, verb.start(), verb.group())
        if source and not VERB.search(p.masked, begin, verb.start()):
            content = (verb.end() + 1, clause_end(p, verb.end() + 1, end))
            return Attribution((content,), (verb.span(),), (source,), "thought", 0.7)
    return None


def parenthetical(p: Paragraph, begin: int, end: int) -> Attribution | None:
    """`It reflected, he said, the anger of the ranks`: the sentence around the frame.

    What comes before the frame is left out where it only says when or where.
    """
    for match in _ASIDE.finditer(p.masked, begin, end):
        verb = match.start("verb")
        source = subject(p.masked, match.start("source"), verb, match.group("verb"))
        if not source or source[0] != match.start("source") or match.end() >= end:
            continue
        if p.text[source[0] : source[1]].lower() in ("who", "which"):
            continue
        opening = p.text[match.start() - 1 if p.masked[match.start()] == MASK else match.start()]
        if p.masked[match.start()] == MASK and opening not in ",?!—–":
            continue
        lead = match.start() + (p.masked[match.start()] == MASK)
        rest = match.end()
        first = begin + _CONJUNCTION.match(p.text[begin:lead]).end()
        pieces = [(first, lead), (rest, clause_end(p, rest, end))]
        if (
            _FURTHER.match(p.masked, rest - 1)
            or _LOOSE.match(p.masked, rest)
            or _is_told_after(p, pieces)
        ):
            del pieces[1]  # "…," he said, and he called it selfish; "…," he said, then left
        begins = re.match(r"[“\"‘'](?!I\b)[A-Z]", p.text[rest : rest + 3])  # a whole sentence
        if (
            (begins and MASK not in p.masked[first:lead])
            or _ADVERBIAL.match(p.masked[first:lead])
            or not p.text[first:lead].strip()
        ):
            del pieces[0]
        if pieces and pieces[-1][0] < pieces[-1][1]:
            cue = match.span("verb")
            return Attribution(tuple(pieces), (cue,), (source,), "parenthetical", 0.85)
    return None


def _is_told_after(p: Paragraph, pieces: list[Span]) -> bool:
    """Whether the second piece is the narrator's: "…," he said on Friday, a day after the vote.

    It follows upon a whole quotation, holds none, and does not go on with its sentence as
    "…," he said, was the word does.
    """
    (first, lead), (rest, stop) = pieces
    whole = not p.masked[first:lead].replace(MASK, "").strip()
    quotes = p.between(first, lead)
    if not quotes or not whole or not all(q.closed for q in quotes):
        return False
    return MASK not in p.masked[rest:stop] and not _GOES_ON.match(p.masked, rest)


def trailing_clause(p: Paragraph, begin: int, end: int) -> Attribution | None:
    """`The talks had failed, the officials said.`"""
    comma = p.masked.rfind(", ", begin, end)
    if comma < 0:
        return None
    tail = p.masked[comma + 2 : end]
    verb = VERB.search(tail)
    if not verb or verb.group().lower() not in CLAUSE_VERBS:
        return None
    if p.masked[end - 1] == ":":
        return None
    if _ADVERBIAL.match(p.masked[begin:comma]):
        return None
    cue = (comma + 2 + verb.start(), comma + 2 + verb.end())
    if not tail[: verb.start()].strip():  # "…, said Ms. Quill."
        source = phrase_after(p.masked, cue[1], end)
        inverted = source and not p.masked[source[1] : end].strip(" .")
        return (
            Attribution(((begin, comma),), (cue,), (source,), "clause", 0.75) if inverted else None
        )
    if len(tail[verb.end() :].split()) > 3:
        return None
    source = subject(p.masked, comma + 2, comma + 2 + verb.start(), verb.group())
    if not source or source[0] != comma + 2:
        return None
    return Attribution(((begin, comma),), (cue,), (source,), "clause", 0.75)


def according_to(p: Paragraph, begin: int, end: int) -> Attribution | None:
    """`According to the source, …` and `…, according to the source`."""
    match = ACCORDING.search(p.masked, begin, end)
    if not match:
        return None
    if match.start() == begin:
        source = phrase_after(p.masked, match.end(), end)
        comma = p.masked.find(",", source[1] if source else begin, end)
        if not source or comma < 0:
            return None
        content = (comma + 2, clause_end(p, comma + 2, end))
    else:
        source = phrase_after(p.masked, match.end(), end)
        stop = match.start()
        while stop > begin and p.text[stop - 1] in " ,":
            stop -= 1
        content = (begin, stop)
    if not source or content[1] <= content[0]:
        return None
    pieces = [content]
    if match.start() > begin and re.match(r",\s(?!and\b|but\b)", p.masked[source[1] : end]):
        rest = (source[1] + 2, clause_end(p, source[1] + 2, end))
        pieces += [rest] if rest[0] < rest[1] else []
    return Attribution(tuple(pieces), (match.span(),), (source,), "according to", 0.8)


def clause_end(p: Paragraph, start: int, end: int) -> int:
    """Where a reported clause ends: the sentence's end, or before `, according to`."""
    match = ACCORDING.search(p.masked, start, end)
    stop = match.start() if match else end
    aside = re.search(r"(?:,|\x00)\s(?:[\w’'-]+\s){1,4}(?:said|says)\.?$", p.masked[start:stop])
    if aside:  # `…, a source said` frames the whole
        stop = start + aside.start() + 1
    further = _FURTHER.search(p.masked, start, stop)
    if further:
        stop = further.start()
    while stop > start and (p.text[stop - 1] in " ," or p.masked[stop - 1] == "."):
        stop -= 1
    return stop
