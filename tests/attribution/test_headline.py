"""The headline: found whatever the file it comes in, kept as one statement, counted nowhere."""

from dataclasses import asdict

import pytest

from analysis.attribution import rules
from analysis.attribution.engine import ENGINES, split, statements
from analysis.attribution.headline import FIRST, headline
from analysis.corpus.amend import voice
from analysis.corpus.article import read_article
from analysis.corpus.decisions import VALUES
from analysis.corpus.segments import paragraphs
from analysis.polarity.mentions import mentions
from analysis.tables import HEADLINE, KINDS, NARRATOR, build, counted

from .pitfalls import CAST
from .test_engine import article, sound

TITLE = "Reyes ‘Done’ With Ferry Talks: “No More,” Quill Says"
BODY = (
    "The talks on the night ferries came to nothing on Friday, when the last of the boats had left"
    " the harbor and the crews had gone home. “We are done,” Mr. Reyes said. The pilots of the"
    " harbor have been without a contract since the winter.",
    "The mayor had hoped for an end of it. Ms. Quill said that the boats were old, and that the"
    " city would look for others before the summer, whatever the crews might do until then.",
)
FRONT = "---\ntitle: {}\noutlet: The Ansel Courier\npublished: 2024-05-06\n---\n"


def found(text, title):
    span = headline(text, title, paragraphs(text))
    return span and text[slice(*span)]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Talks fail", "Talks fail"),
        ("TALKS  FAIL.", "Talks fail"),
        ("Talks fail", "Talks fail."),
        ("‘Talks’ fail, crews’ “chief” says", "\"Talks\" fail, crews' 'chief' says"),
        ("Talks\u00a0fail", "Talks fail"),
        ("Talks on ferries\nfail again", "Talks on ferries fail again"),
        ("# Talks fail", "Talks fail"),
        ("Talks fail\n==========", "Talks fail"),
        ("Talks fail", "Talks fail - Daily Gull"),
        ("Talks fail", "Talks fail | Harbor | Gull"),
        ("Talks fail – again", "Talks fail – again — Gull"),
    ],
)
def test_the_title_is_known(first, title):
    assert found(f"{first}\n\nThe ferries ran late.", title) == first


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("The ferries ran late.", "Talks fail"),
        ("Talks fail, and the ferries ran late.", "Talks fail"),
        ("Talks fail", "Talks fail again"),
        ("Talks", "Talks-fail"),
        ("“ ”", "“”"),
        ("The ferries ran late.", ""),
        ("Talks fail\nThe crews went home at noon, when nobody had come to", "Talks fail"),
    ],
)
def test_another_paragraph_is_no_headline(first, title):
    assert found(f"{first}\n\nThe ferries ran late.", title) is None


def test_notices_may_stand_above_it_but_not_the_report():
    notices = "Read our notice here.\n\n"
    for above in range(FIRST):
        assert found(notices * above + "Talks fail\n\nThe ferries ran late.", "Talks fail")
    assert not found(notices * FIRST + "Talks fail\n\nThe ferries ran late.", "Talks fail")


@pytest.mark.parametrize("text", ["Talks fail", "Talks fail\n\n* * *\n"])
def test_a_text_that_is_all_headline_is_told(text):
    [row] = split(article(text) | {"title": "Talks fail"}, CAST, rules.find)
    assert row["kind"] == "narration" and "act" not in row


@pytest.mark.parametrize("above", ["", "Read our notice here.\n\n", "\n", "“Go,” he said.\n\n"])
@pytest.mark.parametrize("below", ["", "* * *\n\n", "“Stay,” the mayor said.\n\n"])
@pytest.mark.parametrize("engine", ENGINES)
def test_it_is_one_statement_whoever_speaks_in_it(above, below, engine):
    title = "“We are done.” Reyes said: “No"  # two sentences, and a quotation that stays open
    text = f"{above}{title}\n\n{below}{BODY[0]}"
    rows = split(article(text) | {"title": title}, CAST, ENGINES[engine])
    sound(text, rows)
    [row] = [row for row in rows if row.get("act") == HEADLINE]
    at = text.index(title)
    assert (row["kind"], row["group"], row["source"]) == ("narration", NARRATOR, "")
    assert row["spans"] == f"{at}-{at + len(title)}"
    assert sum("We are done" in one["content"] for one in rows if one["source"]) == 1


def test_a_standfirst_that_repeats_it_is_narration():
    text = "Talks fail\n\nTalks fail\n\nThe ferries ran late."
    rows = split(article(text) | {"title": "Talks fail"}, CAST, rules.find)
    assert [row.get("act", "") for row in rows] == [HEADLINE, "", ""]


def test_it_tells_who_is_who():
    text = "Omar Reyes walks out\n\n“We are done,” he said."
    titled = article(text) | {"title": "Omar Reyes walks out"}
    [said] = [row for row in split(titled, CAST, rules.find) if row["source"]]
    assert said["speaker"] == "Omar Reyes"


@pytest.fixture(scope="module")
def formats(tmp_path_factory):
    """Tables of one article, saved in every way: with the headline in the text, and without."""
    folder = tmp_path_factory.mktemp("formats")
    paragraphs = "".join(f"<p>{one}</p>" for one in BODY)
    head = f'<html><head><meta charset="utf-8"><title>{TITLE} - Daily Gull</title></head><body>'
    plain = "\n\n".join(BODY)
    files = {
        "front.md": FRONT.format(f"'{TITLE}'") + plain,
        "heading.md": f"# {TITLE}\n\n{plain}",
        "plain.txt": f"{TITLE}\n\n{plain}",
        "inside.html": f"{head}<article><h1>{TITLE}</h1>{paragraphs}</article></body></html>",
        "outside.html": f"{head}<header><h1>{TITLE}</h1></header><article>{paragraphs}</article>"
        "</body></html>",
    }
    made = {}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
        about = {"outlet": "The Ansel Courier", "published": "2024-05-06"}
        one = build("articles", [asdict(read_article(folder / name)) | about])
        said = statements(one, CAST, rules.find)
        made[name] = said, mentions(one, said, CAST)
    return made


NAMES = ("heading.md", "plain.txt", "inside.html", "outside.html")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_counted_is_the_same_in_every_format(formats, name):
    def seen(name):
        rows, spoken_of = formats[name]
        rows = counted(rows)
        own = spoken_of.merge(rows, on="statement_id")
        words = rows["content"].str.strip()
        return (
            [*zip(words, rows["kind"], rows["speaker"], rows["words"], strict=True)],
            [*zip(own["surface"], own["target"], own["how"], own["kind"], strict=True)],
        )

    assert seen(name) == seen("front.md")
    assert {"narration", "direct", "indirect"} == {kind for _, kind, *_ in seen(name)[0]}


def test_the_formats_differ_in_their_headline(formats):
    inside = {name: HEADLINE in set(rows["act"]) for name, (rows, _) in formats.items()}
    assert inside["front.md"] is False
    assert inside["plain.txt"] is inside["heading.md"] is inside["inside.html"] is True


def test_people_may_hold_it_for_speech_but_call_nothing_a_headline():
    about = {"kind": "narration", "act": HEADLINE, "speaker": "The Gull", "group": NARRATOR}
    [row] = build("statements", [about]).to_dict("records")
    acts = [voice(row, {"kind": kind}, CAST, "The Gull")[0]["act"] for kind in KINDS]
    assert acts == ["speech"] * (len(KINDS) - 1) + [HEADLINE]
    assert HEADLINE not in VALUES["act"]
