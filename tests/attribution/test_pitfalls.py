"""Hard forms, `pitfalls` and the files beside it: by the rules, and by the engine that ships."""

import pytest

from analysis.attribution.engine import ENGINES, split
from analysis.tables import spans_from_text

from .pitfalls import CAST, PITFALLS, Pitfall, speaker
from .pitfalls_forms import FORMS
from .pitfalls_news import NEWS

CASES = (*PITFALLS, *NEWS, *FORMS)


def _cases():
    for case in CASES:
        yield _case(case, "rules", case.fails)
        yield _case(case, "hybrid", case.fails if case.shipped is None else case.shipped)


def _case(case: Pitfall, engine: str, fails: str):
    marks = [pytest.mark.xfail(strict=True, reason=fails)] if fails else []
    return pytest.param(case, engine, id=f"{case.id}-{engine}", marks=marks)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))


def _found(case: Pitfall, engine: str) -> list[dict]:
    article = {
        "article_id": case.id,
        "text": case.text,
        "outlet": "The Ansel Courier",
        "published": case.published,
    }
    rows = split(article, CAST, ENGINES[engine])
    return [row for row in rows if row["kind"] != "narration"]


def _pieces(case: Pitfall, spans) -> list[str]:
    return [case.text[a:b] for a, b in (_trimmed(case.text, *span) for span in spans)]


@pytest.mark.parametrize(("case", "engine"), list(_cases()))
def test_pitfall(case, engine):
    found = _found(case, engine)
    assert [
        (_pieces(case, spans_from_text(row["spans"])), row["kind"], row["group"], row["named"])
        for row in found
    ] == [(_pieces(case, e.pieces), e.kind, *speaker(e.who)[1:]) for e in case.expected]
    assert [row["act"] for row in found] == [e.act for e in case.expected]
    assert [_trimmed(case.text, *spans_from_text(row["spans"])[0]) for row in found] == [
        e.pieces[0] for e in case.expected
    ]
    names: dict[str, str] = {}
    for row, expected in zip(found, case.expected, strict=True):
        name = speaker(expected.who)[0]
        if name is None:
            name = names.setdefault(expected.who, row["speaker"])
        assert row["speaker"] == name
    assert len(set(names.values())) == len(names), "two unnamed speakers are counted as one"


def test_ids_are_unique():
    assert len({case.id for case in CASES}) == len(CASES)
