"""The pairing of quotation marks, in every style that news texts hold."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.attribution.quotes import pair

ALPHABET = "ab S1 .,?!-—()[]'\"“”„‟«»‘’‚`\n\r"


def quoted(text):
    """Outer quotations as they stand, marks included."""
    return [text[q.start : q.end] for q in pair(text).outer]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “go.”", ["“go.”"]),
        ('He said "go."', ['"go."']),
        ('"Go," he said. "Now."', ['"Go,"', '"Now."']),
        ('He said “go."', ['“go."']),
        ('He said "go.”', ['"go.”']),
        ("He said ”go.”", ["”go.”"]),
        ("He said “go.“", ["“go.“"]),
        ("He said „go.“", ["„go.“"]),
        ("He said «go.»", ["«go.»"]),
        ("He said « go. »", ["« go. »"]),
        ("He said »go.«", ["»go.«"]),
        ("“Go. ”He left.", ["“Go. ”"]),
        ("He said ``go.''", ["``go.''"]),
        ("He said ‘go.’", ["‘go.’"]),
        ("He said 'go.'", ["'go.'"]),
        ("“A ‘b’ c”", ["“A ‘b’ c”"]),
        ("‘A “b” c’", ["‘A “b” c’"]),
        ("\"A 'b' c\"", ["\"A 'b' c\""]),
        ("'A \"b\" c'", ["'A \"b\" c'"]),
        ("“A “b” c”", ["“A “b” c”"]),
        ("(“a”)—“b”", ["“a”", "“b”"]),
        ('("a")—"b"', ['"a"', '"b"']),
        ("“[Kane] left.”", ["“[Kane] left.”"]),
        ('He said " go. " twice.', ['" go. "']),
        ("\"'Go,' she said,\" he said.", ["\"'Go,' she said,\""]),
        ("“A “…b” c”", ["“A “…b” c”"]),
        ("‘£5 million,’ he said.", ["‘£5 million,’"]),
        ("'€5 million,' he said.", ["'€5 million,'"]),
        ("‘…and then,’ he said.", ["‘…and then,’"]),
        ("‘(Laughs) Go,’ he said.", ["‘(Laughs) Go,’"]),
        ("no marks", []),
        ("", []),
    ],
)
def test_styles(text, expected):
    assert quoted(text) == expected
    assert not pair(text).diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "the officers' lounge and the pilots' hall",
        "the officers’ lounge and the pilots’ hall",
        "the '90s, rock 'n' roll, get 'em, 'til noon, 'twas",
        "the ’90s, rock ’n’ roll, get ’em, ’til noon, ’twas",
        "don't, won’t, o'clock, O’Neill",
        "he is ’fraid of the boats’ crew",
        "He is 6'2\" tall",
        "He is 6’2” tall",
        "He is 6' 2\" tall",
        "He is 6'2'' tall",
        'a 12" pipe',
        "a 12” pipe",
        'a 2.5" pipe',
        'a 12"-wide pipe',
        'the <a href="/pier">pier</a>',
        "the <a href=“/pier”>pier</a>",
        "it's the officers' and it's the pilots'",
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text):
    found = pair(text)
    assert found.quotations == () and found.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'Don't go,' he said.", ["'Don't go,'"]),
        ("‘Don’t go,’ he said.", ["‘Don’t go,’"]),
        ("'The pilots' money is gone,' he said.", ["'The pilots' money is gone,'"]),
        ("‘The pilots’ money is gone,’ he said.", ["‘The pilots’ money is gone,’"]),
        ('At 6\'2", he said "go."', ['"go."']),
        ('"He is 6\'2"," she said. "Tall."', ['"He is 6\'2","', '"Tall."']),
        ('"In 2014," he said, "we left."', ['"In 2014,"', '"we left."']),
        ('"It was 12" he said.', ['"It was 12"']),
        ("‘A,’ he said, “b” and c’s", ["‘A,’", "“b”"]),
        ("the pilots’ “b” and the boats’ c", ["“b”"]),
        ("the pilots' plan is 'dead'", ["'dead'"]),
        ("‘The pilots’ plan is dead’, he said.", ["‘The pilots’ plan is dead’"]),
        ("‘We sold the boats’, he said.", ["‘We sold the boats’"]),
        ("'We were walkin' home,' he said.", ["'We were walkin' home,'"]),
        ("He said: 'We go. She said: 'No.'", ["'No.'"]),
        ("‘A “b” c. She said ‘d.’", ["“b”", "‘d.’"]),
        ("‘A “b” c,’ he said. Rain fell.’", ["‘A “b” c,’"]),
        ("‘A “b” c’, he said, walkin’ home.", ["‘A “b” c’"]),
        ("‘A “walkin’ b” c’, he said.", ["‘A “walkin’ b” c’"]),
        ('\'A "b" c \'"d" e\'', ['"b"', "'\"d\" e'"]),
        ("‘A “b” (‘“c” d’)", ["“b”", "‘“c” d’"]),
        ('"We left in 2014" and "came back"', ['"We left in 2014"', '"came back"']),
    ],
)
def test_quotations_among_apostrophes(text, expected):
    assert quoted(text) == expected


def test_depth_and_single():
    text = "“A ‘b’ c” and ‘d “e” f’"
    assert [(text[q.start : q.end], q.single, q.depth) for q in pair(text).quotations] == [
        ("“A ‘b’ c”", False, 0),
        ("‘b’", True, 1),
        ("‘d “e” f’", True, 0),
        ("“e”", False, 1),
    ]


def test_tex_marks_close_no_single_quotation():
    assert len(pair("``He said 'go now.''").quotations) == 1


@pytest.mark.parametrize("marks", ["“ ”", '" "', "„ “", "« »", "`` ''", "‘ ’", "' '"])
def test_inner_is_without_marks(marks):
    text = marks.replace(" ", "Go home.")
    [quotation] = pair(text).outer
    assert quotation.inner(text) == "Go home."


def test_continued_over_paragraphs():
    found = pair("He said: “One.\n\n“Two.\n\n“Three.” “So.”\n\n“Four.”\n\nNobody spoke.")
    assert [(q.paragraph, q.continues, q.continued, q.closed) for q in found.outer] == [
        (0, False, True, True),
        (1, True, True, True),
        (2, True, False, True),
        (2, False, False, True),
        (3, False, False, True),
    ]
    assert found.diagnostics == ()


def test_a_closing_guillemet_may_open_again():
    assert [q.continues for q in pair("He said: «One.\n\n»Two.»").outer] == [False, True]


@pytest.mark.parametrize("text", ["“One.”\n\n“Two.”", "‘One.’\n\n‘Two.’", "A: ‘B.’\n\n‘C.’"])
def test_a_new_quotation_does_not_continue_a_closed_one(text):
    found = pair(text)
    assert len(found.outer) == 2
    assert not any(q.continues or q.continued for q in found.outer)


def test_unclosed_is_reported_and_ends_with_its_paragraph():
    text = "He said: “One.\n\nNobody spoke. “Two,” she said."
    found = pair(text)
    assert [(text[q.start : q.end], q.closed) for q in found.outer] == [
        ("“One.", False),
        ("“Two,”", True),
    ]
    assert found.diagnostics == ("paragraph 1: the quotation mark at character 9 is never closed",)


def test_unclosed_ends_with_the_next_quotation_and_is_not_taken_up_again():
    text = "He said: “One. She “two” left.\n\n“Three,” he said."
    assert [(text[q.start : q.end], q.closed, q.continues) for q in pair(text).outer] == [
        ("“One. She", False, False),
        ("“two”", True, False),
        ("“Three,”", True, False),
    ]


def test_what_is_unclosed_later_in_a_paragraph_goes_on_with_nothing():
    found = pair("“One.\n\n“Two.” He said: “Three.\n\nRain fell.")
    assert [q.continues for q in found.outer] == [False, True, False]


def test_every_unclosed_mark_is_reported():
    found = pair("“One “two.")
    assert [(q.start, q.end) for q in found.outer] == [(0, 10)]
    assert sorted(found.diagnostics) == [
        f"paragraph 1: the quotation mark at character {place} is never closed" for place in (0, 5)
    ]


def test_stray_closing_mark_is_reported():
    found = pair("It left.” He said “go.”")
    assert [q.start for q in found.outer] == [18]
    assert len(found.diagnostics) == 1 and "character 8" in found.diagnostics[0]


def test_paragraphs_are_paired_apart():
    assert quoted('A 5" x 7" card.\n\n"Go," he said.')[-1] == '"Go,"'


@settings(deadline=None)
@given(st.text(ALPHABET, max_size=80))
@example("“a\n\n”b”\n\n“")
@example("'a\"b'c\"")
@example("“A ‘b “c” d” e,’")
def test_quotations_lie_in_the_text_and_nest(text):
    found = pair(text).quotations
    open_ends: list[int] = []
    last = -1
    for q in found:
        assert 0 <= q.start < q.end <= len(text)
        assert q.start >= last
        last = q.start
        while open_ends and open_ends[-1] <= q.start:
            open_ends.pop()
        assert not open_ends or q.end <= open_ends[-1], "quotations cross"
        assert q.depth == len(open_ends)
        open_ends.append(q.end)
        if q.closed and not q.continued:
            assert q.end - q.start >= 2


@settings(deadline=None)
@given(st.lists(st.sampled_from(["He said: ", "“Go.”", '"Go."', "``Go.''", " ", "\n\n"])))
def test_well_formed_text_has_no_diagnostics(parts):
    text = " ".join(parts)
    found = pair(text)
    assert found.diagnostics == ()
    assert len(found.outer) == sum("Go" in part for part in parts)


@pytest.mark.parametrize("marks", ["“", "”", '"', "'", "“”", "‘a’ ", "\"a' ", "``a'' ", '1" '])
def test_ten_thousand_marks(marks):
    text = marks * (10_000 // len(marks) + 1)
    assert all(0 <= q.start < q.end <= len(text) for q in pair(text).quotations)


@pytest.mark.parametrize("lead", [":", ","])
@pytest.mark.parametrize("marks", ["‘’", "''"])
def test_single_marks_go_on_over_paragraphs(marks, lead):
    opens, closes = marks
    lines = f"He said{lead} {opens}I won’t go.", f"{opens}Nor she.", f"{opens}Nor they.{closes}"
    text = "\n\n".join([*lines, f"{opens}So?{closes}", "Rain."])
    found = pair(text).outer
    assert [(text[q.start : q.end], q.continues, q.continued) for q in found] == [
        (f"{opens}I won’t go.", False, True),
        (f"{opens}Nor she.", True, True),
        (f"{opens}Nor they.{closes}", True, False),
        (f"{opens}So?{closes}", False, False),
    ]


def test_single_marks_go_on_around_double_ones():
    text = "‘I told him “no” and left.\n\n‘Then we slept,’ she said."
    assert [(text[q.start : q.end], q.continued, q.depth) for q in pair(text).quotations] == [
        ("‘I told him “no” and left.", True, 0),
        ("“no”", False, 1),
        ("‘Then we slept,’", False, 0),
    ]


def test_single_marks_within_double_ones_do_not_go_on():
    text = "“He wrote: 'Go home.”\n\n'So I went,' she said."
    assert len(pair(text).outer) == 2
    assert not any(q.continues or q.continued for q in pair(text).quotations)


def test_what_a_paragraph_leaves_open_after_what_it_goes_on_with_is_new():
    text = "‘One.\n\n‘Two,’ he said: ‘Three.\n\n‘Four.’"
    assert [(text[q.start : q.end], q.continues, q.continued) for q in pair(text).outer] == [
        ("‘One.", False, True),
        ("‘Two,’", True, False),
        ("‘Three.", False, True),
        ("‘Four.’", True, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The boys' boats: 'em all.\n\n'We go,' she said.",
        "They sold ’em: the '90s boats.\n\n‘We go,’ she said.",
        "He said: 'We go.\n\nRain fell.",
    ],
)
def test_a_single_mark_that_nothing_reopens_opens_nothing(text):
    assert len(pair(text).outer) == text.count("We go,")
