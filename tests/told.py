"""Tables of a few statements with words in them, written out in a test; all people are made up."""

from analysis.framing.frames import evidence
from analysis.tables import NARRATOR, build


def told(*articles, collection="mine", outlets=("The Post",)):
    """Tables of articles, each a list of (speaker, group, words[, options]).

    Options are columns of the statement, and `about`: {target group: polarity}. A speaker of
    "" is the narrator. Article i has the id "a0", "a1" ... and is a day later than the one before.

    Returns
    -------
    articles, statements, mentions, evidence
    """
    tables = {"articles": [], "statements": [], "mentions": [], "scores": []}
    for i, lines in enumerate(articles):
        article, outlet, place = f"a{i}", outlets[i % len(outlets)], 0
        tables["articles"].append(
            {"article_id": article, "collection": collection, "outlet": outlet, "text": "x",
             "published": f"2015-01-{i + 1:02}"}
        )  # fmt: skip
        for j, (speaker, group, words, *rest) in enumerate(lines):
            options = dict(*rest)
            about, key = options.pop("about", {}), f"{article}/{j}"
            row = {"statement_id": key, "article_id": article, "paragraph": j, "start": place,
                   "end": place + len(words), "content": words, "kind": "direct", "cue": "said",
                   "act": "speech", "spans": f"{place}-{place + len(words)}", "confidence": 1.0,
                   "words": len(words.split()), "speaker": speaker, "group": group,
                   "named": True}  # fmt: skip
            if not speaker:
                row |= {"kind": "narration", "speaker": outlet, "group": NARRATOR, "cue": "",
                        "act": ""}  # fmt: skip
            tables["statements"].append(row | options)
            place += len(words)
            for target, polarity in about.items():
                mention = f"{key}:{target}"
                tables["mentions"].append(
                    {"mention_id": mention, "statement_id": key, "target": f"head of {target}",
                     "target_group": target, "surface": "", "how": "name"}
                )  # fmt: skip
                tables["scores"].append(
                    {"mention_id": mention, "model": "made-up", "revision": "0",
                     "polarity": polarity}
                )  # fmt: skip
    made = {name: build(name, rows) for name, rows in tables.items()}
    rows = evidence(*made.values())
    return made["articles"], made["statements"], made["mentions"], rows
