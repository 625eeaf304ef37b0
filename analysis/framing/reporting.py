"""Reporting verbs: which the narrator gives to whom, from neutral to charged.

A verb of reporting is the narrator's voice: "said" leaves a statement alone, "ranted" judges it.
What verbs add is described by Caldas-Coulthard ("On reporting reporting", in Coulthard (ed.),
*Advances in Written Text Analysis*, Routledge 1994), whose classes `class` follows, and by Thompson
and Ye ("Evaluation in the reporting verbs used in academic papers", *Applied Linguistics* 12(4),
1991), whose question, whether a verb commits the writer to what is reported, `leaning` answers.
That charged verbs go to some speakers more than to others was measured so by Gidengil and Everitt
("Talking tough", *Political Communication* 20(3), 2003).

The grades in `reporting.csv` are **this project's own**, by these criteria, and nobody else's:

======  ============  ==========================================================================
charge  level         what the verb tells beyond that something was said
======  ============  ==========================================================================
0       neutral       nothing, or only how the words came and in what order: say, write, add
0.25    specific      what kind of act it was, which nobody need dispute: explain, announce
0.5     interpretive  what the speaker meant by it, which the speaker might dispute: claim, urge
0.75    judging       a hostile, pleading or emotional act: accuse, threaten, lament, cry
1       heated        heat, noise or ridicule: slam, rant, bark
======  ============  ==========================================================================

`leaning` is -1 where the verb casts doubt on the words or on who says them (claim, insist, admit,
rant), 1 where it lends them authority (note, explain, point out), else 0. The grade is of the verb
alone: "he charged" is an accusation here, whatever the sentence means. A verb that is not listed
has no grade, and is counted and shown apart.
"""

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.framing.intervals import Interval, difference_interval, mean_interval
from analysis.tables import counted

LEXICON = Path(__file__).with_name("reporting.csv")
LEVELS = {0.0: "neutral", 0.25: "specific", 0.5: "interpretive", 0.75: "judging", 1.0: "heated"}
NO_VERB = "(no verb)"  # a quotation that only a colon, a dash or nothing ties to its source
NOT_AT_HAND = "(not at hand)"  # a cue whose words are not here
#: Words that can stand before a cue's verb; the single letters are of "she's", "they'd".
_BEFORE = frozenset(
    "have has had having be is are was were been being will would can could may might must shall"
    " should do does did s d ve re ll to not also again already even first further just later long"
    " never now often once only soon sometimes still then together yet who that which the a".split()
)
_FILLING = ("ly", "n't", "n’t")  # how adverbs end, and denied auxiliaries
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_IN_WORDS = re.compile(r"\bin\b.+\bwords\b|\bin the words of\b")
_LONGEST = 3  # words of a listed phrase


@lru_cache(maxsize=1)
def lexicon() -> pd.DataFrame:
    """The graded verbs: index verb, columns class, charge (0..1), leaning (-1, 0, 1), forms."""
    table = pd.read_csv(LEXICON, keep_default_na=False).set_index("verb")
    return table.astype({"charge": "float64", "leaning": "int64"})


@lru_cache(maxsize=4096)
def verb_of(cue: str) -> str:
    """The lemma of a cue's verb: "has also denied on Friday" is `deny`.

    The verb is the first word that is neither auxiliary nor adverb. Where it begins no listed verb
    or phrase it stays as it stands (rules would make "opin" of "opined"), and no later word is
    graded in its place: in "pressed him on his remarks" nobody remarks anything. `NO_VERB` where
    there is no word at all.
    """
    cue = cue.casefold()
    if _IN_WORDS.search(cue):
        return "in ... words"
    words, forms = _WORD.findall(cue), _forms()
    while words and (words[0] in _BEFORE or words[0].endswith(_FILLING)):
        if (words[0],) in forms:  # "reply"
            break
        del words[0]
    if not words:
        return NO_VERB
    phrases = (tuple(words[:size]) for size in range(_LONGEST, 0, -1))
    return next((forms[phrase] for phrase in phrases if phrase in forms), words[0])


def reported(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Quoted and reported speech with its verb, one row a statement; see `tables.counted`.

    Returns
    -------
    DataFrame
        statement_id, article_id, collection, outlet, speaker, group, kind, cue, verb, class,
        charge, leaning; the last three missing where the verb is not graded.
    """
    rows = counted(statements)
    rows = rows[rows["kind"] != "narration"]
    where = articles[["article_id", "collection", "outlet"]]
    rows = rows.merge(where, on="article_id", how="inner", validate="many_to_one")
    blank = rows["cue"].str.strip() == ""
    absent = blank & rows["cue_start"].notna()
    verb = rows["cue"].map(verb_of).mask(absent, NOT_AT_HAND)
    grades = lexicon()[["class", "charge", "leaning"]].reindex(verb)
    rows = rows.assign(verb=verb, **{name: grades[name].to_numpy() for name in grades})
    columns = ["statement_id", "article_id", "collection", "outlet", "speaker", "group", "kind"]
    return rows[[*columns, "cue", "verb", "class", "charge", "leaning"]].reset_index(drop=True)


def verbs(statements: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How often each group is given each verb.

    Returns
    -------
    DataFrame
        collection, group, verb, class, charge, leaning, n, n_articles; by collection and group,
        the graded ones first from neutral to charged, within a grade the most frequent first.
    """
    rows = reported(statements, articles)
    keys = ["collection", "group", "verb", "class", "charge", "leaning"]
    table = rows.groupby(keys, dropna=False).agg(
        n=("statement_id", "size"), n_articles=("article_id", "nunique")
    )
    order = ["collection", "group", "charge", "n", "verb"]
    return table.reset_index().sort_values(
        order, ascending=[True, True, True, False, True], ignore_index=True
    )


def charges(statements: pd.DataFrame, articles: pd.DataFrame, **options) -> pd.DataFrame:
    """Mean charge of the verbs given to each group, with its interval clustered by article.

    Returns
    -------
    DataFrame
        collection, group, n (statements), n_graded, n_articles (of the graded), charge (0..1,
        missing where no verb is graded), ci_low, ci_high.
    """
    rows = reported(statements, articles)
    found = []
    for (collection, group), own in rows.groupby(["collection", "group"]):
        graded = own[own["charge"].notna()]
        mean = mean_interval(*_side(graded), bounds=(0.0, 1.0), **options)
        counts = (len(own), len(graded), graded["article_id"].nunique())
        found.append((collection, group, *counts, mean.estimate, mean.low, mean.high))
    columns = ["collection", "group", "n", "n_graded", "n_articles", "charge", "ci_low", "ci_high"]
    return pd.DataFrame(found, columns=columns).astype({"charge": "float64"})


def contrast(
    statements: pd.DataFrame, articles: pd.DataFrame, collection: str, first: str, second: str
) -> Interval:
    """Mean charge of the verbs given to `first` minus that of `second`, within one collection."""
    rows = reported(statements, articles)
    rows = rows[(rows["collection"] == collection) & rows["charge"].notna()]
    sides = (_side(rows[rows["group"] == group]) for group in (first, second))
    return difference_interval(*sides, bounds=(-1.0, 1.0))


def _side(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return rows["charge"].to_numpy("float64"), rows["article_id"].to_numpy()


@lru_cache(maxsize=1)
def _forms() -> dict[tuple[str, ...], str]:
    """Every form of every listed verb, as words; of a phrase the first word is inflected."""
    found: dict[tuple[str, ...], str] = {}
    for verb, forms in lexicon()["forms"].items():
        first, *rest = verb.split()
        for form in (first, *_regular(first), *forms.split()):
            found.setdefault((form, *rest), verb)
    return found


def _regular(verb: str) -> tuple[str, str, str]:
    """Third person, past and -ing form of a verb that doubles no consonant."""
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb if verb.endswith('ee') else verb[:-1]}ing"
    third = "es" if re.search(r"(s|sh|ch|x|z|o)$", verb) else "s"
    return f"{verb}{third}", f"{verb}ed", f"{verb}ing"
