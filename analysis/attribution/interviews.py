"""Interviews: between questions in bold stand the answers of one person.

The questions are the journalist's, whatever they report ("The union says you have lost control").

Not handled: interviews whose questions are not set apart.
"""

import re

from analysis.attribution.phrases import phrase_before
from analysis.attribution.spans import Attribution, Span

_BOLD = re.compile(r"(?P<mark>\*\*|__)[^*_\n]+(?P=mark)")
_ASKS = re.compile(r"\?\W*$")
#: What an interview's first lines say that somebody does: "The mayor talks to Ann Poe about".
_TALKS = re.compile(r"\s(?:talks|talked|speaks|spoke|sat down|answers|answered|tells|told)\b")
FEWEST = 3  # questions


def questions(text: str, blocks: list[Span]) -> list[int]:
    """The paragraphs that are questions of an interview, or nothing: bold, and mostly with "?"."""
    bold = [n for n, (start, end) in enumerate(blocks) if _BOLD.fullmatch(text, start, end)]
    asked = [n for n in bold if _ASKS.search(text, *blocks[n])]
    return bold if len(asked) >= FEWEST and 2 * len(asked) > len(bold) else []


def answers(text: str, blocks: list[Span]) -> dict[int, Attribution | None]:
    """Paragraph number -> the answer that it is, or None for a question.

    Of who answers, the paragraph before the first question tells, or nobody. To the last question
    one paragraph is the answer; what follows may be the journalist's.
    """
    asked = questions(text, blocks)
    found: dict[int, Attribution | None] = dict.fromkeys(asked)
    source = _answerer(text, blocks[asked[0] - 1]) if asked and asked[0] else ()
    for question, following in zip(
        asked, [*asked[1:], asked[-1] + 2] if asked else (), strict=True
    ):
        for number in range(question + 1, min(following, len(blocks))):
            found[number] = Attribution((blocks[number],), (), source, "transcript", 0.8)
    return found


def _answerer(text: str, opening: Span) -> tuple[Span, ...]:
    talks = _TALKS.search(text, *opening)
    who = phrase_before(text, opening[0], talks.start()) if talks else None
    return (who,) if who else ()
