"""The headline in a text: which of its paragraphs is the article's own title.

Whether it stands there depends on the file: under front matter it does not, in plain text it does,
and in a saved web page as the page is built. A narrator who had it in one collection and not in
another could not be compared, so it is marked, and counted nowhere (see `tables.counted`).
"""

import re

from analysis.corpus.segments import Span

#: Paragraphs among which it is looked for, since a site's notices may stand above it.
FIRST = 5
_QUOTES = dict.fromkeys(map(ord, "\"'“”„‟‘’‚‛«»‹›`´"))
_LAYOUT = "#=*_-. "  # of Markdown, and a full stop
_SUFFIX = re.compile(r"\s[-–—|·•»]+\s")  # "Talks fail - Daily Gull", "Talks fail | Gull"


def headline(text: str, title: str, blocks: list[Span]) -> Span | None:
    """The first of the paragraphs `blocks` that is the title, or None where none is.

    Compared are the words, whatever their case and quotation marks; the title may have the name of
    a site after it. A text that has nothing else has no headline.
    """
    parts = [title, *(title[: match.start()] for match in _SUFFIX.finditer(title))]
    names = {_plain(part) for part in parts} - {""}
    found = (block for block in blocks[:FIRST] if _plain(text[slice(*block)]) in names)
    head = next(found, None)
    alone = not any(_plain(text[slice(*block)]) for block in blocks if block != head)
    return None if alone else head


def _plain(words: str) -> str:
    return " ".join(words.translate(_QUOTES).casefold().split()).strip(_LAYOUT)
