"""The frame of a quotation: the words before or after it that name its source."""

import re

from analysis.attribution.cues import ACCORDING, BARE, LEMMAS, VERB
from analysis.attribution.phrases import (
    MASK,
    STOP,
    UNSAID,
    WHEN,
    Paragraph,
    leading_phrase,
    phrase_after,
    plural_before,
    subject,
    trimmed,
)
from analysis.attribution.quotes import Quotation
from analysis.attribution.spans import Attribution, Span

_SIGNATURE = re.compile(
    r"[^\S\n]*(?P<dash>[―—–]|--?)[^\S\n]*"
    r"(?P<name>[A-Z@][\w.’'-]*(?: (?:(?:de|la|van|von|der|al|bin) )*[A-Z][\w.’'-]*){0,4}"
    r"(?:, [^.:;!?\"“”\n]{2,60})?)\.?[^\S\n]*(?=\n|\Z)"
)
#: A name and the beginning of an apposition that ends within the quotation: `Jo Tamm, the author
#: of "The Long Watch," said`.
_APPOSITION = re.compile(
    r"(?:(?:[A-Z][\w.’'-]*|of|the|de|la|van|von)\s?)+,\s"
    r"(?:an?|the|author|known|who|whose|whom|which|nicknamed|creator|host|star)\b[^,;:\x00]*\s$"
)
_AS = re.compile(r"as\s+(?=\S)")
#: "answered through a statement from her press secretary": whose the words are.
_ISSUED = re.compile(
    r"\s(?P<document>(?:a|an|the|his|her|its|their)\s(?:\w+\s)?"
    r"(?:statement|letter|memo|e-?mail|message|note|release|tweet)\s(?:from|by)\s[^,;:]+?)\s*[,:]\s*$"
)
#: No frame reaches further than this many characters; bounds the work on endless sentences.
_LONGEST = 600


def signed(p: Paragraph, q: Quotation) -> Attribution | None:
    """`"…" — Nora Quill, a pilot`: a dash, a name and what is told of them end the paragraph."""
    match = _SIGNATURE.match(p.text, q.end, p.end)
    if not match or VERB.search(match["name"]):
        return None
    cue, (start, end) = match.span("dash"), match.span("name")
    source = (start, start + len(p.text[start:end].rstrip(".")))
    return Attribution(((q.start, q.end),), (cue,), (source,), "signed", 0.95)


def framed_after(p: Paragraph, q: Quotation, begin: int, end: int) -> Attribution | None:
    """`"…," the official said` and `"…," said the official`."""
    following = p.between(q.end, end)
    tail = p.masked[q.end : following[0].start if following else end]
    inner_end = p.text[q.start : q.end].rstrip("\"'”’»")[-1:]
    if inner_end == "," and _APPOSITION.match(p.masked[begin : q.start]):
        return None  # whoever wrote the work is the subject of what follows
    if not (inner_end in ",?!…—–-" or re.match(r"\s*[,—–-]", tail)):
        return None
    lead = re.match(r"[\s,—–-]*", tail).end()
    for verb in VERB.finditer(tail):
        words = tail[lead : verb.start()]
        if words.endswith(" who "):
            continue  # "a union official who spoke to the Courier said"
        if as_put := _AS.match(words):  # "…," as Ms. Quill put it
            if verb.group().lower() not in ("put it", "puts it", "said", "says"):
                return None
            lead += as_put.end()
            words = words[as_put.end() :]
        if verb.group().lower() in BARE and not _used_as_verb(tail, verb):
            continue
        if len(words.split()) > 16 or re.search(r"[.;:]\s", re.sub(r"\b[A-Z]\w?\.", "", words)):
            return None
        cue = (q.end + verb.start(), q.end + verb.end())
        if not words.strip():
            source = phrase_after(p.masked, cue[1], q.end + len(tail))
        elif UNSAID.search(words) or STOP.match(words.split()[0]):
            return None
        elif verb.group().lower().endswith("ing"):
            continue
        else:
            source = trimmed(p.masked, q.end + lead, cue[0])
        if source:
            return Attribution((_content(p, q, begin),), (cue,), (source,), "quotation", 0.95)
    according = ACCORDING.search(tail)
    if according and not tail[lead : according.start()].strip():
        cue = (q.end + according.start(), q.end + according.end())
        source = phrase_after(p.masked, cue[1], q.end + len(tail))
        if source:
            content = _content(p, q, begin)
            return Attribution((content,), (cue,), (source,), "quotation", 0.9)
    return None


def _used_as_verb(text: str, verb: re.Match) -> bool:
    """Whether a form that is a noun as often ("the report", "a tweet") is a verb here."""
    return plural_before(text, 0, verb.start()) or not text[: verb.start()].strip(" ,—–-")


def _content(p: Paragraph, q: Quotation, begin: int) -> Span:
    """The quotation, with the clause that it completes when it begins in mid-sentence (mixed)."""
    lead = p.masked[max(begin, q.start - _LONGEST) : q.start]
    reports = any(v.group().lower() not in BARE for v in VERB.finditer(lead))
    if MASK in lead or not lead.strip() or not lead.endswith(" ") or reports:
        return (q.start, q.end)
    that = list(re.finditer(r"\bthat\s+", lead))
    return (q.start - len(lead) + (that[-1].start() if that else 0), q.end)


def _is_title(p: Paragraph, q: Quotation, gap: str) -> bool:
    """Whether what was "written" is a work: `wrote "The Long Watch"`."""
    words = re.findall(r"[A-Za-z]{4,}", q.inner(p.text))
    return not gap.strip() and bool(words) and all(word[0].isupper() for word in words)


def _start_in(gap: str, q: Quotation, cue: Span, form: str) -> int:
    """Where the content begins between a verb and a quotation that completes its clause."""
    that = re.search(r"\bthat\s+", gap)
    if that:
        return cue[1] + that.start()
    if (
        LEMMAS.get(form) in ("call", "describe", "accuse", "blame")
        and gap.strip() not in ("", "as")
        and "," not in gap
    ):
        return cue[1] + 1
    determiner = re.search(r"\b(?:a|an|the|no|his|her|their|its)\s+$", gap)
    return cue[1] + determiner.start() if determiner else q.start


def _remainder(p: Paragraph, q: Quotation, end: int) -> int:
    """Where the content ends: with the quotation, or with the clause that it stands in."""
    tail = p.masked[q.end : end]
    if p.text[q.end - 2] in ".,?!" or MASK in tail or VERB.search(tail):
        return q.end
    rest = re.match(r"[^,;:—–]*", tail).group()
    rest = re.split(rf"\s(?:{WHEN}|and|but)\b", rest)[0].rstrip(" .")
    return q.end + (len(rest) if rest.startswith(" ") else 0)


def framed_before(p: Paragraph, q: Quotation, begin: int, end: int) -> Attribution | None:
    """`Lynch said, "…"`, `the union tweeted: "…"`, `issued a statement saying "…"`."""
    begin = max(begin, q.start - _LONGEST)
    head = p.masked[begin : q.start]
    verbs = [v for v in VERB.finditer(head) if MASK not in head[v.end() :]]
    words_of = re.search(r"\b[Ii]n ((?:[A-Z][\w.]+ ?)+)['’]s (?:own )?words,?\s*$", head)
    if words_of:
        start, end = (begin + at for at in words_of.span(1))
        cue = (begin + words_of.start(), begin + len(head.rstrip(" ,")))
        return Attribution(((q.start, q.end),), (cue,), ((start, end),), "quotation", 0.9)
    for verb in reversed(verbs):
        if verb.group().lower() in BARE and not _used_as_verb(head, verb):
            continue
        gap = head[verb.end() :]
        if not gap.strip() and LEMMAS.get(verb.group().lower()) == "tell":
            return None  # `told "On the Air"`: whom, not what
        if LEMMAS.get(verb.group().lower()) == "speak" and not gap.startswith(" of"):
            continue
        if len(gap.split()) > 14 and not gap.rstrip().endswith(":"):
            return None
        if LEMMAS.get(verb.group().lower()) == "write" and _is_title(p, q, gap):
            return None
        source = subject(p.masked, begin, begin + verb.start(), verb.group())
        issued = _ISSUED.search(gap)
        if issued:
            source = (begin + verb.end() + at for at in issued.span("document"))
            source = tuple(source)
        if source:
            cue = (begin + verb.start(), begin + verb.end())
            content = (_start_in(gap, q, cue, verb.group().lower()), _remainder(p, q, end))
            if p.masked[begin : source[0]].endswith("what "):  # the clause ends with its quotation
                content = (q.start, q.end)
            return Attribution((content,), (cue,), (source,), "quotation", 0.9)
    colon = re.search(r":\s*$", head)
    if colon and MASK not in head:
        source = leading_phrase(p.masked, begin, begin + colon.start())
        if source:
            cue = (begin + colon.start(), begin + colon.start() + 1)
            return Attribution(((q.start, q.end),), (cue,), (source,), "colon", 0.75)
    according = ACCORDING.search(head)
    if according:
        cue = (begin + according.start(), begin + according.end())
        source = phrase_after(p.masked, cue[1], q.start)
        if source and source[1] < q.start:
            return Attribution(((q.start, q.end),), (cue,), (source,), "quotation", 0.85)
    return None
