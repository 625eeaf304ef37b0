from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.formats import CorpusError, date_in, decode, iso_date, parse, slug

FRONT = b"---\ntitle: A\npublished: 2015-01-08\n---\n"


@settings(max_examples=40)
@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_plain_text_is_untouched(text):
    text = text.lstrip("\ufeff")
    if text.strip() and "\0" not in text and not text.startswith(("%PDF", "PK\x03\x04", "{\\rtf")):
        assert parse(text.encode(), "text")[0] == normalize("NFC", text)


def test_byte_order_mark_goes_and_line_ends_stay():
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("Caf\xe9 “noir”".encode("cp1252"), "iconv -f WINDOWS-1252 -t UTF-8"),
        ("Café".encode("utf-16"), "iconv -f UTF-16 -t UTF-8"),
        (b"\xff\x00\x01\x02", "binary"),
        (b"abc\xff\x02", "binary"),
        (b"abc \x81\x8d", r"byte 5 .* save it as UTF-8"),
        (b"%PDF-1.7\n...", "is a PDF"),
        (b"PK\x03\x04rest", "Word"),
        (b"{\\rtf1 text}", "RTF"),
        (b" \n\t\n", "only white space"),
    ],
)
def test_bytes_that_are_no_text(data, says):
    with pytest.raises(CorpusError, match=says):
        parse(data, "text")


@pytest.mark.parametrize("blank", [b"", b"\n", b"\n  \n\n", b"\r\n"])
def test_markdown_text_begins_after_front_matter_and_blank_lines(blank):
    text, about = parse(FRONT + blank + b"Body: one.\n\n---\n\ntwo\n", "markdown")
    assert text == "Body: one.\n\n---\n\ntwo\n"
    assert (about["title"], about["published"], about["outlet"]) == ("A", "2015-01-08", "")


def test_indentation_of_the_first_line_stays():
    assert parse(FRONT + b"\n    first\n", "markdown")[0] == "    first\n"


def test_windows_line_ends_in_front_matter():
    text, about = parse(FRONT.replace(b"\n", b"\r\n") + b"\r\nBody\r\n", "markdown")
    assert (text, about["title"]) == ("Body\r\n", "A")


def test_markdown_without_front_matter_is_all_text():
    assert parse(b"# Head\n\nBody --- and more\n", "markdown") == (
        "# Head\n\nBody --- and more\n",
        {},
    )


def test_front_matter_in_a_text_file():
    text, about = parse(FRONT + b"Body", "text")
    assert (text, about["title"], about["published"]) == ("Body", "A", "2015-01-08")


@pytest.mark.parametrize("text", ["---\nHe said: no.\n---\nBody", "---\ntitle: A\nBody", "---\n"])
def test_a_rule_at_the_head_of_a_text_file_is_text(text):
    assert parse(text.encode(), "text") == (text, {})


def test_accents_are_joined_to_their_letters():
    assert decode(normalize("NFD", "José Núñez").encode()) == "José Núñez"


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("title: A: b", "not YAML.* line 2.*quotation marks"),
        ("title: [A", "not YAML"),
        ("- a\n- b", "`name: value` lines"),
        ("just a sentence", "`name: value` lines"),
        ("published: 2015-13-45", "2015-01-31"),
        ("published: 8 January 2015", "is not a date; write it as 2015-01-31"),
        ("published: 2015", "is not a date"),
        ("published: '2015-02-30'", "is not a date"),
        ("title: {a: b}", "title that is no text"),
        ("title: yes", "title that is no text"),
        ("outlet: [A, B]", "outlet that is no text"),
        ("title: \x07", "cannot be read"),
    ],
)
def test_malformed_front_matter(front, says):
    with pytest.raises(CorpusError, match=says):
        parse(f"---\n{front}\n---\nBody\n".encode(), "markdown")


def test_front_matter_that_never_closes():
    with pytest.raises(CorpusError, match="never closes"):
        parse(b"---\ntitle: A\n\nBody\n", "markdown")


def test_front_matter_without_text():
    with pytest.raises(CorpusError, match="only white space"):
        parse(FRONT + b"\n \n", "markdown")


def test_front_matter_values():
    front = (
        "---\ntitle: 1984\nauthor: [A. Poe, B. Roe]\npublished: 2015-01-08 10:00:00\nx: {}\n---\n"
    )
    about = parse(front.encode() + b"Body", "markdown")[1]
    assert about["title"] == "1984"
    assert about["author"] == "A. Poe, B. Roe"
    assert about["published"] == "2015-01-08"


def test_empty_front_matter():
    assert parse(b"---\n---\nBody", "markdown")[0] == "Body"


@given(st.text(max_size=80))
def test_any_front_matter_is_read_or_refused(front):
    try:
        data = f"---\n{front}\n---\nBody".encode()
    except UnicodeEncodeError:
        return
    try:
        text, _ = parse(data, "markdown")
    except CorpusError:
        return
    assert text.endswith("Body")


def test_web_page(make_page):
    text, about = parse(make_page().encode(), "html")
    assert "\n\n“We have waited two years for this day,” said Orla" in text
    assert "Zubmenu" not in text and "zubcomment" not in text
    assert about["title"] == "Harbour opens again"
    assert (about["outlet"], about["author"], about["published"]) == (
        "The Gull",
        "Ann Poe",
        "2020-03-04",
    )


def test_web_page_in_another_encoding(make_page):
    html = make_page().replace("utf-8", "windows-1252").encode("cp1252")
    assert "“We have waited" in parse(html, "html")[0]


@pytest.mark.parametrize("html", [b"<html><body></body></html>", b"\x00\x01", b"%PDF-1.4"])
def test_web_page_without_an_article(html):
    with pytest.raises(CorpusError, match=r"no article text|PDF"):
        parse(html, "html")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("dnainfo-2015-01-08-backs", "2015-01-08"),
        ("2014-12-31 meeting", "2014-12-31"),
        ("2014-13-31-then-2014-12-30", "2014-12-30"),
        ("call-12014-12-310", ""),
        ("no date", ""),
    ],
)
def test_date_in_a_name(name, day):
    assert date_in(name) == day


@pytest.mark.parametrize("value", ["2015-1-8", "20150108", "2015-W01-1", "yesterday", 2015, True])
def test_what_is_no_date(value):
    with pytest.raises(CorpusError, match="is not a date"):
        iso_date(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bratton 'Dangerously' Close!", "bratton-dangerously-close"),
        ("Größe & Café", "grosse-cafe"),
        ("Выборы 2024", "выборы-2024"),
        ("../../etc/passwd", "etc-passwd"),
        ("!?", ""),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


@given(st.text())
def test_slug_is_fit_for_a_file_name_and_stable(text):
    for keep_case in (False, True):
        made = slug(text, keep_case)
        assert not set(made) & set('/\\:*?"<>| \n\0')
        assert not made.startswith(".")
        assert slug(made, keep_case=True) == made
