"""Several who speak as one."""

from datetime import date

import pytest

from analysis.attribution.outside import Outside
from analysis.attribution.together import as_one, named_together
from analysis.corpus.references import References

from .pitfalls import CAST

TODAY = References(CAST, date(2024, 5, 6))


def voices(text, source):
    start = text.index(source)
    return named_together(text, start, start + len(source), TODAY.find(text), Outside(text, CAST))


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("Mr. Reyes and Ms. Quill said", "Mr. Reyes and Ms. Quill", ["Omar Reyes", "Nora Quill"]),
        ("Mr. Reyes and Ms. Quill said", "Ms. Quill", ["Omar Reyes", "Nora Quill"]),
        ("Mr. Reyes and Ms. Quill said", "Mr. Reyes", ["Omar Reyes", "Nora Quill"]),
        ("Ada Finch and Tom Orr said", "Tom Orr", ["Ada Finch", "Tom Orr"]),
        ("Ms. Quill and Tom Orr said", "Ms. Quill and Tom Orr", ["Nora Quill", "Tom Orr"]),
        (
            "Ms. Marsh, Mr. Kane and Ms. Quill said",
            "Ms. Marsh, Mr. Kane and Ms. Quill",
            ["Helen Marsh", "Walter Kane", "Nora Quill"],
        ),
        ("Mr. Reyes nodded, and Ms. Quill said", "Ms. Quill", []),
        ("They met Mr. Reyes and Ms. Quill said", "Ms. Quill", []),
        ("Ms. Quill and her lawyer said", "Ms. Quill and her lawyer", []),
        ("An aide to Mr. Reyes and Ms. Quill said", "An aide to Mr. Reyes and Ms. Quill", []),
        (
            "Ms. Adler, the author of “Rope and Tar,” said",
            "Ms. Adler, the author of “Rope and Tar,”",
            [],
        ),
    ],
)
def test_whom_and_joins(text, source, names):
    assert [voice.name for voice in voices(text, source)] == names


@pytest.mark.parametrize(
    ("text", "name", "group", "told"),
    [
        ("Mr. Reyes and Ms. Quill", "Unions", "unions", "Omar Reyes and Nora Quill"),
        ("Ms. Marsh and Mr. Kane", "Unresolved", "unresolved", "Helen Marsh and Walter Kane"),
        ("Ms. Quill and Tom Orr", "Unresolved", "unresolved", "Nora Quill and Tom Orr"),
        ("Ada Finch and Tom Orr", "Ada Finch and Tom Orr", "others", "several who speak as one"),
    ],
)
def test_none_of_them_speaks_alone(text, name, group, told):
    speaker = as_one(voices(text, text), CAST)
    assert (speaker.name, speaker.group) == (name, group)
    assert told in speaker.resolution
