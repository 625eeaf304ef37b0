"""What an attribution reports: words that were said, a thought, the finding of a poll, or nothing.

Taggers trained on PolNeAR find every act by which a text ties a content to a source: topics that
are only spoken of, rulings and gestures too. Of these, what reports no content of anybody's speech
or thought is no statement.
"""

import re

from analysis.attribution.cues import BARE, LEMMAS, VERB
from analysis.attribution.phrases import UNSAID, plural_before
from analysis.attribution.sources import LAW, NO_SPEAKER, REPORT
from analysis.attribution.spans import Attribution
from analysis.tables import FINDING, SPEECH, THOUGHT

#: Marks that tell that something in the content is quoted.
MARKS = '“"«‘'
#: Words of content below which unquoted speech is a topic ("answers to him"), not a statement.
FEWEST = 3
#: Verbs that name an act of speech but not, as a rule, its content: "slammed the plan".
_TOPICAL = frozenset(
    "slam blast assail rail scold praise criticize denounce condemn rebuke mock thank commend"
    " mention speak lament lecture fume discuss quote".split()
)
#: Words of saying that the rules do not look for.
_ALSO = re.compile(
    r"\b(?:according|order(?:s|ed)|direct(?:s|ed)|urge[sd]?|ask(?:s|ed)|made clear|statement|memo|"
    r"tweet(?:s|ed)?|letter|question(?:s|ed)|put it|chant(?:s|ed)|liken(?:s|ed)|compare[sd])\b"
)
#: Words of belief, fear and wish, in the forms that report them of somebody.
_THINKS = re.compile(
    r"\b(?:hop(?:es?|ed|ing)|believ(?:es?|ed|ing)|fear(?:s|ed|ing)?|thinks?|thought|thinking|"
    r"feels?|felt|expect(?:s|ed|ing)?|want(?:s|ed|ing)?|wish(?:es|ed|ing)?|worr(?:y|ies|ied|ying)|"
    r"doubt(?:s|ed|ing)?|suspect(?:s|ed|ing)?|wonder(?:s|ed|ing)?|assum(?:es?|ed|ing)|"
    r"imagin(?:es?|ed|ing)|regard(?:s|ed)?|resent(?:s|ed)?|understood|"
    r"afraid|convinced|confident|would (?:like|prefer))\b"
)
#: What polls and studies do with their findings.
_FINDS = re.compile(
    r"\b(?:finds?|found|finding|show(?:s|ed|n|ing)?|reveal(?:s|ed|ing)?|indicat(?:es?|ed|ing)|"
    r"suggest(?:s|ed|ing)?|sa(?:ys?|id)|conclud(?:es?|ed)|estimat(?:es?|ed)|report(?:s|ed)|"
    r"stat(?:es?|ed)|notes?|noted|requir(?:es?|ed)|forbids?|bars?|according|puts?|giv(?:es?|ing)|gave|ha[ds]|have)\b"
)
#: What reports do: theirs are findings. They "warn" and "urge", too, and then speak for somebody.
_FOUND = re.compile(
    r"(?:\w+ly )?(?:(?P<found>f[io]und|show|reveal)"
    r"|sa(?:ys?|id)\b|stat|note|conclud|estimat|indicat|suggest)"
)
#: Infinitives that tell what was said: "liked to say", "e-mailed to say", "used to joke".
_DID = re.compile(
    r"(?:(?<!not )(?<!never )(?<!have )(?:lik(?:es|ed)|lov(?:es|ed)|known|heard)"
    r"|(?<!is )(?<!as )(?<!be )(?<!re )(?<!en )\bused"
    r"|\b(?:e-?mail(?:s|ed)|wr(?:ites|ote)|call(?:s|ed)|rang|phon(?:es|ed)|text(?:s|ed)"
    r"|continu(?:es|ed)|went on|goes on)(?: again| back| later)?) to $"
)
#: "He would say only that": and that he said.
_ONLY = re.compile(r"\s+only\b")
_OWNED = re.compile(r"\w[’']s\s|s[’']\s|\b(?:by|from)\s")
_TO_DO = re.compile(r"\bthat\b|\bto\s(?!the\b|an?\b|his\b|her\b|its\b|their\b)[a-z]")
_NAMES = re.compile(r"\b(?:titled|entitled|named|headlined|dubbed|known|title|name)\b")
_POSSESSIVE = re.compile(r"(?:his|her|their|its|our|my|your|whose)$", re.IGNORECASE)
_REACH = 30  # characters before the cue in which a negation stands


def act(text: str, found: Attribution) -> str:
    """One of `tables.ACTS`, or nothing for what is no statement.

    Rules know speech, findings in its form, and thoughts; of the tagger's finds, those report
    something that have a source, a cue that is neither negated nor hypothetical, and a content of
    some length.
    """
    if found.method == "thought":
        return THOUGHT
    if _is_supposed(text, found):
        return ""
    if found.method != "tagger":
        return FINDING if _is_finding(text, found) else SPEECH
    words = sum(len(text[a:b].split()) for a, b in found.content)
    quoted = any(mark in text[a:b] for a, b in found.content for mark in MARKS)
    content = " ".join(text[a:b] for a, b in found.content)
    clause = text[: found.start].endswith("that ")
    if not found.source or not found.cue or (words < FEWEST and not quoted and not clause):
        return ""
    if _POSSESSIVE.match(text[slice(*found.source[0])]):
        return ""  # "his promise that"
    start, end = found.cue[0][0], found.cue[-1][1]
    cue = text[start:end].lower()
    if not any(map(str.isalnum, cue)):
        return SPEECH  # a signature (“…” — Name) or a transcript (NAME: …)
    before = text[max(0, start - _REACH) : start].lower()
    if _is_finding(text, found):
        return FINDING if _affirmed(before, cue, _FINDS) else ""
    verbs = VERB.finditer(cue)
    verb = next((v for v in verbs if quoted or LEMMAS.get(v.group()) not in _TOPICAL), None)
    if verb:
        lead = before + cue[: verb.start()]
        if _DID.search(lead):
            return SPEECH
        if verb.group() in BARE and not plural_before(text, *found.source[-1]):
            return ""
        if LEMMAS.get(verb.group()) == "order" and not quoted and not _TO_DO.search(content):
            return ""  # "ordered the officers to the docks"
        said = _ONLY.match(cue, verb.end()) or not UNSAID.search(lead)
        return SPEECH if said else ""
    if VERB.search(cue):
        return ""
    if _ALSO.search(cue) or _is_quotation(text, found, words, cue):
        return SPEECH
    return THOUGHT if _affirmed(before, cue, _THINKS) else ""


def _is_quotation(text: str, found: Attribution, words: int, cue: str) -> bool:
    """Whether nothing but quoted words are tied to the source, however: "Mr. Reyes was furious: …".

    Works have names in quotation marks, too; with a comma at their end, few words are a remark:
    “Maybe,” Mr. Reyes shrugged.
    """
    whole = all(text[a] in "“\"«‘'`" and text[b - 1] in "”\"»’'" for a, b in found.content)
    remark = words > FEWEST or "," in text[found.end - 2 : found.end + 1]
    return whole and remark and not _NAMES.search(cue)


def _affirmed(before: str, cue: str, pattern: re.Pattern) -> bool:
    """Whether a cue holds a word of `pattern` that is not negated: of "he did not think that the
    mayor lied", the content alone would say the reverse."""
    match = pattern.search(cue)
    return match is not None and not UNSAID.search(before + cue[: match.start()])


def _is_supposed(text: str, found: Attribution) -> bool:
    """Whether a clause only supposes that something is said: "If Ms. Quill says it is on, …"."""
    if not found.source or any(mark in text[a:b] for a, b in found.content for mark in MARKS):
        return False
    start = found.source[0][0]
    return re.search(r"\b(?:if|unless)\s+$", text[max(0, start - 10) : start], re.I) is not None


def _is_finding(text: str, found: Attribution) -> bool:
    """Whether the source is a poll, a report or a law, which speaks for nobody.

    What a report of somebody's "says" is its author's speech.
    """
    if not found.source:
        return False
    words = text[found.source[0][0] : found.source[-1][1]]
    head = re.split(r"\b(?:by|from|of|who|that)\b", words)[0]
    if NO_SPEAKER.search(head) or LAW.search(head):
        return True
    report = REPORT.search(head)
    cue = text[found.cue[0][0] : found.cue[-1][1]].lower() if found.cue else ""
    if not report or not _FOUND.match(cue):
        return False
    return not _OWNED.search(words) or _FOUND.match(cue)["found"] is not None
