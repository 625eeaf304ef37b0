"""Who held an office before: "the former mayor", "our ex-commissioner"."""

import re
from datetime import date

from analysis.corpus.cast import Actor
from analysis.corpus.references import Reference, References

_FORMER = (
    r"\b(?:the|this|that|our|your|their|his|her|its)\s+(?:former\s+|previous\s+|ex-\s*)"
    r"(?P<office>%s)(?![\w-])(?!\s+(?-i:[A-Z]))"  # before a name, the name says who
)


def held_before(office: str, references: References) -> Actor | None:
    """Who held an office last before whoever holds it now; the office without "the"."""
    today, wanted = references.day or date.max, office.casefold()
    held = [
        (held.end, actor)
        for actor in references.cast.actors.values()
        for held in actor.offices
        if held.end and held.end < today
        if wanted in {_bare(alias) for alias in (held.name, *held.aliases)}
    ]
    return max(held, key=lambda one: one[0])[1] if held else None


def formers(text: str, references: References, known: list[Reference]) -> list[Reference]:
    """References to those who held an office before, in text order.

    Parameters
    ----------
    known : references in text order, as `References.find` gives them; what they cover is theirs
    """
    offices = {
        _bare(alias)
        for actor in references.cast.actors.values()
        for office in actor.offices
        for alias in (office.name, *office.aliases)
        if alias == office.name or alias.casefold().startswith("the ")
    }
    if not offices:
        return []
    longest = sorted(offices, key=len, reverse=True)
    forms = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest)
    found = []
    for match in re.finditer(_FORMER % forms, text.replace("’", "'"), re.IGNORECASE):
        start, end = match.span()
        actor = held_before(" ".join(match["office"].split()), references)
        if actor and not any(ref.start < end and start < ref.end for ref in known):
            found.append(Reference(start, end, actor.name, actor.group, "office", actor))
    return found


def _bare(alias: str) -> str:
    return alias.replace("’", "'").casefold().removeprefix("the ")
