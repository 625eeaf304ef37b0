"""Topics: whom the words around a quotation say that it speaks of."""

import pytest

from .test_mentions import spoken_of

HE, SHE = "Omar Reyes", "Helen Marsh"
HOU = "Harbor Officers' Union"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        # In each, a man was named before.
        ("“He is a liar,” Ms. Quill said of Mr. Reyes.", HE),
        ("“He is a liar,” Ms. Quill told reporters on Monday about Mr. Reyes.", HE),
        ("“He is a liar,” Ms. Quill said, speaking of Mr. Reyes.", HE),
        ("“He is a liar,” Ms. Quill said when asked about Mr. Reyes.", HE),
        ("“He is a liar,” said Mr. Stroud of Mr. Reyes.", HE),
        ("Of Mr. Reyes, Ms. Quill said: “He is a liar.”", HE),
        ("Asked about Mr. Reyes, Ms. Quill said, “He is a liar.”", HE),
        ("Ms. Quill called him “a coward,” referring to Mr. Reyes.", HE),
        ("Mr. Stroud said of Mr. Reyes that he was late.", HE),
        ("“They failed our children,” the mayor said of the HOU.", HOU),
        ("“It failed our children,” the mayor said of the HOU.", HOU),
        ("“They failed our children,” Ms. Quill said of the administration.", "Mayor"),
    ],
)
def test_the_pronoun_means_the_topic(text, target):
    found = spoken_of("Mr. Kane met reporters. " + text)
    assert [meant for *_, meant, how in found if how == "pronoun"] == [target]


def test_a_topic_needs_nobody_before_it():
    found = spoken_of("“She is a liar,” Mr. Reyes said of the mayor.")
    assert (HE, "She", SHE, "pronoun") in found


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("“Mr. Stroud knew it, and he lied,” Ms. Quill said of Mr. Reyes.", ["Victor Stroud"]),
        ("“He is late,” Ms. Quill said of Mr. Reyes’s plan.", ["Walter Kane"]),
        ("“He is late,” Ms. Quill said of the mayor.", ["Walter Kane"]),  # she is no "he"
        ("“She is late,” Mr. Reyes said of the HOU.", []),
        ("Asked about Mr. Reyes, Mr. Stroud said that he would stay.", []),
        ("“It is a shame that it rained,” the mayor said of the HOU.", []),
        ("“We saw it,” the mayor said of the HOU.", []),
        ("“They lied,” Ms. Quill said of the HOU and the FPG.", []),  # both, and so neither
    ],
)
def test_the_pronoun_does_not_mean_the_topic(text, targets):
    found = spoken_of("Mr. Kane met reporters. " + text)
    assert [meant for *_, meant, how in found if how == "pronoun"] == targets


def test_a_quotation_without_a_pronoun_has_no_mention_of_its_topic():
    found = spoken_of("“A disgrace,” Mr. Reyes said of the mayor.")
    assert [holder for holder, *_ in found] == ["The Ansel Courier"]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("The mayor came. Union leaders said that she lied.", [SHE]),
        ("The HOU assailed the mayor. It accused her of lying.", [SHE]),
        ("Mr. Kane came. A resident said that he lied.", []),  # the resident, perhaps
    ],
)
def test_who_cannot_be_the_speaker_of_reported_speech(text, heard):
    assert [target for *_, target, how in spoken_of(text) if how == "pronoun"] == heard


def test_a_first_name_and_a_former_office_are_mentions():
    found = spoken_of("Mayor Marsh came. “Helen met the former mayor,” Mr. Reyes said.")
    assert [row[1:] for row in found if row[0] == HE] == [
        ("Helen", SHE, "name"),
        ("the former mayor", "Victor Stroud", "office"),
    ]
