"""Indirect speech: clauses that a reporting verb or `according to` ties to a source."""

import re

from analysis.attribution.cues import (
    ACCORDING,
    BARE,
    CLAUSE_VERBS,
    INFINITIVE_VERBS,
    LEMMAS,
    VERB,
)
from analysis.attribution.phrases import MASK, Paragraph, phrase_after, subject
from analysis.attribution.quotes import Quotation
from analysis.attribution.spans import Attribution

_NOT_CLAUSE = re.compile(
    r"(?:in|on|at|of|by|for|from|with|after|before|during|as|about|when|while|nothing|no|yes|so|"
    r"and|but|or|goodbye|hello)\b",
    re.IGNORECASE,
)


def indirect_clause(p: Paragraph, begin: int, end: int) -> Attribution | None:
    """`Lynch said (that) …`: the clause after the verb, quotations inside it included."""
    for verb in VERB.finditer(p.masked, begin, end):
        form = verb.group().lower()
        rest = p.masked[verb.end() : end]
        if form in BARE and not _plural_subject(p.masked, begin, verb.start()):
            continue
        between = 0 if form in BARE else 6  # words, as in "said on Monday that"
        that = re.match(
            rf"(?:\s+[\w.'’-]+){{0,{between}}}?\s+that\s+(?!(?:day|night|week|month|year|time)\b)",
            rest,
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
        source = subject(p.masked, begin, verb.start(), form)
        stop = _clause_end(p, clause, end)
        if source and len(p.text[clause:stop].split()) >= 3 and p.masked[clause] != MASK:
            confidence = 0.85 if that else 0.7
            return Attribution(((clause, stop),), (verb.span(),), (source,), "clause", confidence)
    return None


def _plural_subject(text: str, begin: int, verb: int) -> bool:
    """Whether a base form ("officials say") has a subject that it agrees with."""
    before = re.findall(r"[\w’']+", text[begin:verb])[-1:]
    return bool(before) and re.search(r"(?:s|people|they|we|i|you)$", before[0].lower()) is not None


def trailing_clause(p: Paragraph, begin: int, end: int) -> Attribution | None:
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
    source = subject(p.masked, comma + 2, comma + 2 + verb.start(), verb.group())
    if not source or source[0] != comma + 2:
        return None
    cue = (comma + 2 + verb.start(), comma + 2 + verb.end())
    return Attribution(((begin, comma),), (cue,), (source,), "clause", 0.75)


def according_to(p: Paragraph, begin: int, end: int, quotes: list[Quotation]) -> Attribution | None:
    """`According to the source, …` and `…, according to the source`."""
    match = ACCORDING.search(p.masked, begin, end)
    if not match:
        return None
    if match.start() == begin:
        source = phrase_after(p.masked, match.end(), end)
        comma = p.masked.find(",", source[1] if source else begin, end)
        if not source or comma < 0:
            return None
        content = (comma + 2, _clause_end(p, comma + 2, end))
    else:
        source = phrase_after(p.masked, match.end(), end)
        stop = match.start()
        while stop > begin and p.text[stop - 1] in " ,":
            stop -= 1
        content = (begin, stop)
    if not source or content[1] <= content[0]:
        return None
    return Attribution((content,), (match.span(),), (source,), "according to", 0.8)


def _clause_end(p: Paragraph, start: int, end: int) -> int:
    """Where a reported clause ends: the sentence's end, or before `, according to`."""
    match = ACCORDING.search(p.masked, start, end)
    stop = match.start() if match else end
    aside = re.search(r"(?:,|\x00)\s(?:[\w’'-]+\s){1,4}(?:said|says)\.?$", p.masked[start:stop])
    if aside:  # `…, a source said` frames the whole
        stop = start + aside.start() + 1
    while stop > start and (p.text[stop - 1] in " ," or p.masked[stop - 1] == "."):
        stop -= 1
    return stop
