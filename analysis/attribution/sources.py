"""What the words of a source tell of it: a role, a document, a name, new or known already."""

import re
from collections.abc import Iterator

from analysis.attribution.spans import Span
from analysis.corpus.cast import Cast
from analysis.corpus.references import Reference
from analysis.tables import OTHERS

#: Bare pronouns that can be a source.
PRONOUN = re.compile(r"(?:he|she|they|it|we|i)$", re.IGNORECASE)
_PLURAL = re.compile(r"(?:s|people|police|men|women)$", re.IGNORECASE)
#: What a colon ties to a quotation as the words of him or her: "His answer: “No.”"
REPLY = re.compile(
    r"(?P<whose>his|her) (?:\w+ )?(?:answer|reply|response|message|advice|warning)$", re.IGNORECASE
)
#: How the description of a source begins that has not been spoken of before.
NEW = re.compile(
    r"(?:a|an|another|one|some|two|three|several|other|many|most|multiple)\b", re.IGNORECASE
)
#: "another said", "a third said", "one of them": one more of those that spoke.
BARE = re.compile(
    r"(?:(?:another|others?|one|two|some|many|most|several|both)(?: of (?:them|these|those))?"
    r"|a (?:second|third)|the other)$",
    re.IGNORECASE,
)
#: Documents speak for whoever issued them.
DOCUMENT = re.compile(
    r"\b(statement|memo|memorandum|e-?mail|letter|tweet|post|(?:press )?release|message|note|"
    r"account|feed|web ?site|(?:web ?)?page)\b",
    re.IGNORECASE,
)
#: What stands before those whom an unnamed source is close to: "a person close to the mayor".
CLOSE = re.compile(
    r"(?P<head>(?:(?:an?|one|two|three|some|several|many|the|other)\s+(?:[\w’'-]+\s+){1,3}?"
    r"|\b[\w’'-]+s\s+))(?:(?:who\s+)?(?:is|are|was|were)\s+)?(?:close|loyal|near)\s+to\s+$",
    re.IGNORECASE,
)
#: Somebody or something of his or hers: "her office", "his spokesman".
POSSESSOR = re.compile(r"(?P<whose>his|her)\s+(?P<what>[^,]+)", re.IGNORECASE)
#: Of these, what speaks for whoever has it.
STAFF = re.compile(r"(?:\w+ )?(?:office|administration|campaign|team)$", re.IGNORECASE)
#: Where the head of a source ends and what is told about it begins.
RELATIVE = re.compile(r"[\s,]+(?:who|whom|which|that|briefed|close|familiar|speaking)\b")
BODIES = r"(?:union|association|department|agency|party|company|group|organi[sz]ation|league)"
#: Roles of unnamed sources that any dispute has; the cast's own roles come first.
ROLES = (
    "spokesman spokeswoman spokesperson official source aide adviser leader officer insider lawyer"
    " critic analyst expert resident witness person people reporter delegate member representative"
    " observer protester demonstrator marcher supporter host moderator presenter ally pal confidant"
    " confidante associate colleague assistant deputy staffer manager friend relative neighbor"
    " neighbour opponent rival wife husband widow mother father sister brother daughter son cousin"
).split()
#: Those who are on no side for being told of beside it: "a critic of the mayor".
APART = frozenset(
    "critic opponent rival analyst expert observer witness resident reporter protester demonstrator"
    " marcher host moderator presenter friend pal relative neighbor neighbour wife husband widow"
    " mother father sister brother daughter son cousin".split()
)
#: Words before a name that are no part of it.
HONORIFICS = frozenset(
    "mr mrs ms dr prof sen senator rep gov governor president mayor judge justice professor chief"
    " capt captain lt sgt sergeant det detective officer rev reverend former secretary councilman"
    " councilwoman attorney general council speaker the a an leader chairman director police state"
    " city chair chairwoman chairperson superintendent commissioner principal trustee treasurer"
    " deputy sheriff coach pastor councilmember congressman congresswoman assemblyman"
    " assemblywoman alderman alderwoman prosecutor spokesman spokeswoman spokesperson"
    " minister ambassador sir vice acting interim assistant associate cllr councillor".split()
)
#: Of these, those that name bodies, too, and end no title within a name: "Ansel Police Department".
_BODILY = frozenset("the a an police state city council general attorney assistant".split())
_NAME = re.compile(
    r"(?:[A-Z][\w’'.-]+)(?:\s+(?:(?:de|van|von|der|al|bin|la|of|the)\s+){0,2}[A-Z][\w’'.-]+)*"
)
#: Sources that are no speakers: what a poll "says" nobody said.
NO_SPEAKER = re.compile(
    r"\b(?:polls?|surveys?|stud(?:y|ies)|data|figures|statistics|numbers|results|averages)\b"
    r"(?![’']|\s(?:author|worker|researcher|director|expert)s?\b)",
    re.IGNORECASE,
)
_HEAD = (
    r"(?=$|[’'\s]*[,(]|\s+(?:in|on|of|at|for|from|outside|inside|above|over|near|by|that|which)\b)"
)
#: Laws and contracts say what they say, and nobody says it.
LAW = re.compile(
    rf"\b(?:laws?|statutes?|ordinances?|constitution|charter|regulations?|contracts?){_HEAD}", re.I
)
#: Texts that somebody wrote, who is seldom named with them; they are nobody's by themselves.
TEXT = re.compile(
    r"\b(?P<noun>signs?|banners?|placards?|posters?|plaques?|stickers?|marquee|billboards?|graffiti|"
    r"lawsuits?|suits?|petitions?|complaints?|indictments?|(?:court )?filings?|(?:court )?papers|"
    rf"(?:court )?documents|affidavits?|labels?|headlines?|report|audit|review){_HEAD}",
    re.I,
)
#: Whose a document is: "Jo Tamm’s Twitter account".
OWNER = re.compile(r"(?:the\s+)?(?!\w+day\b)(.+?)(?:[’']s|(?<=s)[’'])\s", re.IGNORECASE)
SIDES = re.compile(
    r"(?:both|all|neither|either|the two|two)\s(?:of the\s)?(?:\w+\s)?(?:sides?|parties|camps)",
    re.IGNORECASE,
)
#: What may find as a poll does, and may speak for whoever wrote it.
REPORT = re.compile(r"\b(?:reports?|analys[ei]s|reviews?|audits?|research)\b", re.IGNORECASE)
#: A source that only vouches for what somebody named has said: "a source said Mr. X had said that".
VOUCHER = re.compile(r"\b(?:sources?|officials?|people|person|aides?)\b[^A-Z]*$")
_QUANTITY = re.compile(
    r"(?:The|A|An|One|Some|Many|Most|Another|Several|Both|Each|All|Neither|Either|Few|My|Our|Your"
    r"|Last|Next|Yesterday|Today|Earlier|Later)$"
)
_DATE = re.compile(
    r"(?:January|February|July|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$"
)
_PARTITIVE = re.compile(
    r"(?:one|some|two|three|several|many|most|each|all) of (?=\w)", re.IGNORECASE
)
_PREPOSITION = re.compile(r"\b(?:to|for|of|with|from|in|at|on|inside|within|by|under)\b")
_HEAD_ENDS = rf"(?:s|es)?(?=[\s,]*(?:$|{_PREPOSITION.pattern}))"


def role_of(head: str, cast: Cast) -> str:
    """The role noun that ends the head of an unnamed source, in the singular, or nothing.

    The longest role wins, the cast's own before the common ones: "a top union official" is a
    "union official".
    """
    plain = re.sub(r"\s+", " ", head.replace("’", "'").lower())
    plain = _PARTITIVE.sub("", plain)
    roles = {role for group in cast.groups.values() for role in group.roles} | set(ROLES)
    for role in sorted(roles, key=len, reverse=True):
        match = re.search(rf"\b{re.escape(role)}{_HEAD_ENDS}", plain)
        if match and not _PREPOSITION.search(plain, 0, match.start()):
            return role  # "a critic of the department of health spokesman" is a critic
    return ""


def group_of(role: str, inside: list[Reference], cast: Cast) -> str:
    """The group of an unnamed source: that of whom its words name, else that of its role.

    A role that the cast alone has goes before whom it stands beside: "a nurse at the hospital".
    """
    own = next((group.id for group in cast.groups.values() if role in group.roles), "")
    near = inside[0].group if inside and role not in APART else OTHERS
    if own and (role not in ROLES or near == OTHERS or role in ("source", "person", "people")):
        return own
    return near


def qualifies(ref: Reference, text: str, start: int, end: int) -> bool:
    """Whether a reference in the source text[start:end] is not its head but qualifies it.

    "The mayor" does in "the mayor's aide" and "an aide to the mayor"; "the union" in "the union
    spokesman".
    """
    after = text[ref.end : ref.end + 2].replace("’", "'")
    before = text[start : ref.start].rstrip().rsplit(" ", 1)[-1].lower()
    possessive = after == "'s" or (after[:1] == "'" and text[ref.end - 1 : ref.end] == "s")
    attributive = (
        not ref.is_person
        and ref.how == "name"
        and re.match(r"\s+[a-z]+", text[ref.end : end]) is not None
    )
    return possessive or attributive or _PREPOSITION.fullmatch(before) is not None


def is_plural(ref: Reference, text: str) -> bool:
    """Whether a reference is to several, whom "it" does not mean: "the unions", "the police"."""
    return ref.actor is None and _PLURAL.search(text, ref.start, ref.end) is not None


def untitled(words: list[str]) -> list[str]:
    """A name's words without the titles before it, and what these belong to: "Fire Chief Jo Tamm".

    Nothing is left of titles alone.
    """
    plain = [word.lower().rstrip(".") for word in words]
    first = next((i for i, word in enumerate(plain) if word not in HONORIFICS), len(words))
    later = [i + 1 for i, word in enumerate(plain[:-1]) if word in HONORIFICS - _BODILY]
    return words[max([first, *later]) :]


def proper_names(head: str) -> Iterator[tuple[list[str], Span]]:
    """Each proper name in a source: its words without honorifics, and where it stands in `head`.

    Possessors are left out.
    """
    for match in _NAME.finditer(head):
        if re.search(r"[’']s$", match.group()):
            continue
        words = match.group().rstrip(".’'").split()
        words = untitled(words)
        if len(words) == 1:
            common = _DATE.match(words[0]) or words[0].lower().rstrip("s") in ROLES
            if common or (match.start() == 0 and _QUANTITY.match(words[0])):
                continue
        if words:
            yield words, match.span()
