"""Reading PolNeAR, on little files with the format's traps."""

import pytest

from analysis.models.training.polnear import parse, read, tidy

TEXT = "“We will not go,” said Ann Lee.\n“We stay.”\nShe hopes for rain.\n"


def spans(mark, role):
    return [TEXT[a:b] for a, b in getattr(mark, role)]


def record(role, key, *pieces):
    offsets = ";".join(f"{TEXT.index(p)} {TEXT.index(p) + len(p)}" for p in pieces)
    return f"{key}\t{role} {offsets}\t{' '.join(pieces)}"


FIRST = [
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",  # an event before what it names
    record("Source", "T1", "Ann Lee"),
    record("Cue", "T2", "said"),
    record("Content", "T3", "“We will not go,”", "“We stay.”"),
    record("Attribution", "T4", "said"),
]


def test_roles_and_discontinuous_content():
    (mark,) = parse("\n".join(FIRST) + "\n", TEXT)
    assert spans(mark, "source") == ["Ann Lee"]
    assert spans(mark, "cue") == ["said"]
    assert spans(mark, "content") == ["“We will not go,”", "“We stay.”"]
    assert mark.method == "gold"


def test_record_text_may_hold_a_line_break():
    end = TEXT.index("She") - 1
    marks = f"T1\tContent 0 {end}\t“We will not go,” said Ann Lee.\n“We stay.”\nE1\tContent:T1\n"
    (mark,) = parse(marks, TEXT)
    assert mark.content == ((0, end),)
    assert (mark.cue, mark.source) == ((), ())


def test_numbered_roles_are_joined_and_order_is_that_of_content():
    later = [
        record("Cue", "T8", "hopes"),
        record("Content", "T9", "for rain"),
        "E2\tCue:T8 Content:T9",
    ]
    first = [
        record("Content", "T3", "“We will not go,”"),
        record("Content", "T5", "“We stay.”"),
        "E1\tContent:T3 Content2:T5",
    ]
    a, b = parse("\n".join([*later, *first]), TEXT)
    assert spans(a, "content") == ["“We will not go,”", "“We stay.”"]
    assert spans(b, "content") == ["for rain"]


@pytest.mark.parametrize("event", ["E1\tCue:T2 Source:T1", "E1\tCue:T2 Content:T77", "#1\tAnno T1"])
def test_no_content_no_attribution(event):
    assert parse("\n".join([*FIRST[1:], event]), TEXT) == ()


@pytest.mark.parametrize("offsets", ["0 9999", "5 2", "one two", "5"])
def test_bad_offsets_are_errors(offsets):
    with pytest.raises(ValueError):
        parse(f"T1\tContent {offsets}\tx\nE1\tContent:T1", TEXT)


def test_tidy_trims_sorts_and_joins_over_white_space_only():
    text = " ab  cd, ef "
    assert tidy([(8, 12), (0, 3), (4, 7)], text) == ((1, 7), (9, 11))
    assert tidy([(0, 4), (4, 7)], text) == ((1, 7),)
    assert tidy([(3, 5)], text) == ()


def folder(tmp_path, name="x"):
    for part in ("text", "attributions"):
        (tmp_path / part).mkdir(exist_ok=True)
    (tmp_path / "text" / f"{name}.txt").write_bytes(TEXT.encode())
    return tmp_path


def test_first_annotator_by_name_counts(tmp_path):
    data = folder(tmp_path)
    (data / "attributions" / "x_bb.ann").write_text("\n".join(FIRST), encoding="utf-8")
    (data / "attributions" / "x_aa.ann").write_text("", encoding="utf-8")
    (article,) = read(data)
    assert (article.name, article.text, article.attributions) == ("x", TEXT, ())


def test_every_annotator_may_be_asked_for(tmp_path):
    data = folder(tmp_path)
    (data / "attributions" / "x_bb.ann").write_text("\n".join(FIRST), encoding="utf-8")
    (data / "attributions" / "x_aa.ann").write_text("", encoding="utf-8")
    found = [(a.annotator, len(a.attributions)) for a in read(data, every=True)]
    assert found == [("aa", 0), ("bb", 1)]


def test_carriage_returns_keep_offsets(tmp_path):
    data = folder(tmp_path)
    (data / "text" / "x.txt").write_bytes(b"One.\r\nShe hopes for rain.")
    (data / "attributions" / "x_aa.ann").write_bytes(b"T1\tContent 16 24\tfor rain\nE1\tContent:T1")
    (article,) = read(data)
    (mark,) = article.attributions
    assert article.text[mark.start : mark.end] == "for rain"


def test_missing_files_are_errors(tmp_path):
    with pytest.raises(FileNotFoundError, match="no articles"):
        read(tmp_path)
    with pytest.raises(FileNotFoundError, match="no attributions"):
        read(folder(tmp_path))


def test_error_names_the_file(tmp_path):
    data = folder(tmp_path)
    bad = data / "attributions" / "x_aa.ann"
    bad.write_text("T1\tContent 0 9999\tx\nE1\tContent:T1", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x_aa\.ann"):
        read(data)
