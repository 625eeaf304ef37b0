"""What counts as speech, as a thought, as a finding, and as no statement at all."""

import pytest

from analysis.attribution.acts import act
from analysis.attribution.spans import Attribution


def read(marked: str, method: str = "tagger") -> tuple[str, Attribution]:
    """`{source}`, `[cue]` and `<content>` of a sentence, as an attribution."""
    text, spans, begun = "", {}, 0
    for character in marked:
        if character in "{[<":
            begun = len(text)
        elif character in "}]>":
            spans[character] = ((begun, len(text)),)
        else:
            text += character
    return text, Attribution(spans[">"], spans.get("]", ()), spans.get("}", ()), method)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{Ms. Quill} [said] <the boats were old>.", "speech"),
        ("{Ms. Quill} [made clear] that <the boats were old>.", "speech"),
        ("{Ms. Quill} [liked to say] that <the boats were old>.", "speech"),
        ("{Ms. Quill} [e-mailed later to say] that <the boats were old>.", "speech"),
        ("{Ms. Quill} used to [joke] that <the boats were old>.", "speech"),
        ("{Ms. Quill} [would have liked to say] that <the boats were old>.", ""),
        ("{Ms. Quill} [was not known to say] that <the boats were old>.", ""),
        ("{Ms. Quill} [refused to say] that <the boats were old>.", ""),
        ("{Ms. Quill} [was expected to say] that <the boats were old>.", ""),
        ("{The word} [was used to describe] <the oldest of the boats>.", ""),
        ("{Ms. Quill} [hopes] <the boats will last>.", "thought"),
        ("{Ms. Quill} [is convinced] that <the boats will last>.", "thought"),
        ("{Ms. Quill} [does not think] <the boats will last>.", ""),
        ("{Ms. Quill} [declined to say] <whether the boats were old>.", ""),
        ("{Ms. Quill} [slammed] <the plan for the boats>.", ""),
        ("{Ms. Quill} [answers] <to him>.", ""),
        ("{Her} [promise] that <the boats would last>.", ""),
        ("{A survey of pilots} [found] that <the boats were old>.", "finding"),
        ("{The inspector's report} [found] that <the boats were old>.", "finding"),
        ("{The inspector's report} [said] that <the boats were old>.", "speech"),
        ("{The study’s author, Jo Tamm,} [said] that <the boats were old>.", "speech"),
        ("{The report} [said] that <the boats were old>.", "finding"),
        ("{The audit, out on Friday,} [said] <the boats were old>.", "finding"),
        ("{The report} [warned] that <the boats were old>.", "speech"),
        ("{Harbor law} [says] that <the boats must be new>.", "finding"),
        ("{A law professor} [says] that <the boats must be new>.", "speech"),
        ("If {Ms. Quill} [says] <the boats are old>, they are.", ""),
        ("If {Ms. Quill} [says] <“The boats are old,”> they are.", "speech"),
        ("{Mr. Kane} [ordered] <the officers to the docks>.", ""),
        ("{Mr. Kane} [ordered] <the officers to stay home>.", "speech"),
        ("{The poll} [did not find] that <the boats were old>.", ""),
        ("[It is expected] that <the boats will last>.", ""),
    ],
)
def test_of_the_taggers_finds(marked, expected):
    assert act(*read(marked)) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("“<The boats>” {Ms. Quill} [lamented].", "speech"),
        ("{A survey} [suggests] that <the boats are old>.", "finding"),
        ("<“The boats are old.”>", "speech"),
    ],
)
def test_of_the_rules_finds(marked, expected):
    assert act(*read(marked, "quotation")) == expected
