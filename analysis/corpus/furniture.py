"""Furniture: whole lines that pages set among the paragraphs, no sentence of any article.

Only what is unmistakable is meant: rather a notice too many in a text than a sentence too few.
"""

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_WORD = r"[A-Z][\w.’'-]*"
_FURNITURE = re.compile(
    r"(?i:advertisement|share|subscribe|sign up|related(?: stories)?)"
    r"|(?i:people are also reading)\W*"
    r"|(?i:listen)\W+\d+:\d\d"
    r"|(?:Topics?|Tags|Filed under): [^.!?]{1,200}"
    r"|(?:First published|Published|Posted|(?:Last )?[Uu]pdated)\b[^!?]{0,20}"
    rf"(?:\d\s?{_MONTH}|{_MONTH}\s\d)[^!?]{{0,30}}(?<![.”\"])"
    r"|Posted\W+updated\W*"
    r"|(?:©|Copyright)\s(?:©\s)?\d{4}\b.{0,120}"
    rf"|\(?(?:Additional r|R)eporting by {_WORD}(?:[,;]?\s(?:(?:and|at|by|for|in)\s)?{_WORD})*\)?"
    r"|See (?:all |more )?stories by [^.!?]{1,60}"
    r"|Contact [A-Z][^!?]{1,60} at [^!?]{0,40}(?:\d{3}[-.\s]\d{4}|@)[^!?]{0,60}"
    r"|This live ?blog is now closed\W*"
    r"|This (?:article|story|live ?blog) was (?:amended|corrected|updated) on [^.]{0,20}\d.{0,400}"
    rf"|(?:Correction|Clarification)(?:, {_MONTH}\s\d{{1,2}}(?:, \d{{4}})?)?: .{{1,400}}"
    r"|About the authors?"
)


def is_furniture(line: str) -> bool:
    """Whether a line of a page is a notice, a caption of its parts or a byline at its end."""
    return bool(_FURNITURE.fullmatch(line.strip()))
