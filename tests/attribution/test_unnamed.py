"""Unnamed sources, told apart where the text tells them apart."""

from .test_speakers import speakers


def names(text):
    return [speaker.name for speaker in speakers(text)]


def test_the_second_official_is_not_the_first():
    first, second, again = names(
        "“He laughed,” one official said.\n\nA second official disputed that. “He coughed,” the"
        " second official said.\n\n“They own ships,” the first official said."
    )
    assert first == again != second


def test_several_people_are_people():
    assert names("“He laughed,” five people said.") == ["Unnamed people"]
