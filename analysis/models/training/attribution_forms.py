"""Quotations of the training articles, set anew as galleries and transcripts.

News also quotes without verbs: “…” — Name, one below the other, and NAME: …, turn by turn.  PolNeAR
has too few of these to learn them from, so the direct quotations of its training articles are set
in these forms, after the paragraphs with which their article begins.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from analysis.attribution.decode import ROLES
from analysis.attribution.spans import Attribution
from analysis.corpus.segments import paragraphs
from analysis.models.training.polnear import Article

_NAME = re.compile(r"(?!(?:He|She|It|They|We|I|You|The|A)\b)[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){0,3}")
_MARKS = "“”\"''‘’"
LEAD = 500  # characters of the article before the quotations, about
FEWEST, MOST = 3, 8  # quotations of a gallery or transcript


def quotations(article: Article) -> list[tuple[str, str]]:
    """Words and speaker of the direct quotations that a named source has, without their marks."""
    out = []
    for mark in article.attributions:
        if len(mark.content) != 1 or len(mark.source) != 1:
            continue
        words, name = (article.text[a:b] for a, b in (mark.content[0], mark.source[0]))
        bare = words.strip(_MARKS + " ")
        direct = words[0] in "“\"'" and words[-1] in "”\"'" and not set('“”"\n') & set(bare)
        if direct and len(bare) > 40 and _NAME.fullmatch(name):
            out.append((bare[:-1] + "." if bare.endswith(",") else bare, name))
    return out


def lead(article: Article) -> tuple[str, list[Attribution]]:
    """The paragraphs with which an article begins, and the attributions within them."""
    end = next((b for _, b in paragraphs(article.text) if b > LEAD), len(article.text))
    kept = [
        mark
        for mark in article.attributions
        if max(b for role in (mark.content, mark.cue, mark.source) for _, b in role) <= end
    ]
    return article.text[:end], kept


def set_anew(article: Article, pool: Sequence[tuple[str, str]], rng: random.Random) -> Article:
    """An article's first paragraphs with a gallery or a transcript of quotations from the pool."""
    text, marks = lead(article)
    text = text.rstrip() + "\n\n"
    quoted = rng.sample(pool, min(len(pool), rng.randint(FEWEST, MOST)))
    parts = gallery(quoted, rng) if rng.random() < 0.5 else transcript(quoted, rng)
    roles: dict[str, tuple[int, int]] = {}
    for role, words in parts:
        if role:
            roles[role] = (len(text), len(text) + len(words))
        text += words
        if len(roles) == len(ROLES):
            marks.append(Attribution(*((roles[r],) for r in ("content", "cue", "source"))))
            roles = {}
    return Article(f"{article.name}-set-anew", text, tuple(marks), article.annotator)


def gallery(quoted: Sequence[tuple[str, str]], rng: random.Random) -> list[tuple[str, str]]:
    """Roles and words of: “…” — Name."""
    opening, closing = rng.choice(["“”", "“”", '""'])
    dash = rng.choice(["―", "—", "–", "-", "--"])
    before, after = rng.choice([" ", " ", "\n", "\n\n", ""]), rng.choice([" ", " ", ""])
    between = rng.choice(["\n", "\n\n"])
    out = []
    for words, name in quoted:
        content = opening + words + closing
        out += [("content", content), ("", before), ("cue", dash), ("", after), ("source", name)]
        out.append(("", rng.choice(["", "", "", ", " + str(rng.randint(19, 80))]) + between))
    return out


def transcript(quoted: Sequence[tuple[str, str]], rng: random.Random) -> list[tuple[str, str]]:
    """Roles and words of: NAME: …, some turns of two paragraphs."""
    style = rng.choice([str, str.upper, lambda name: name.split()[-1].upper()])
    between = rng.choice(["\n\n", "\n\n", "\n"])
    out, turns = [], list(quoted)
    while turns:
        words, name = turns.pop()
        if between == "\n\n" and turns and rng.random() < 0.3:
            words += "\n\n" + turns.pop()[0]
        out += [("source", style(name)), ("cue", ":"), ("", " "), ("content", words), ("", between)]
    return out


def forms(articles: Sequence[Article], n: int, rng: random.Random) -> list[Article]:
    """`n` galleries and transcripts, with the quotations of all articles."""
    pool = [pair for article in articles for pair in quotations(article)]
    return [set_anew(article, pool, rng) for article in rng.sample(list(articles), n)]
