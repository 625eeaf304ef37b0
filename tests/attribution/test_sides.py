"""The sides of people outside the cast, by how the text describes them."""

from datetime import date

import pytest

from analysis.attribution.outside import Outside
from analysis.attribution.sides import Sides
from analysis.attribution.speaker import unresolved
from analysis.corpus.references import References
from analysis.tables import OTHERS

from .pitfalls import CAST
from .test_speakers import speakers

TODAY = References(CAST, date(2024, 5, 6))


def sides(text):
    return Sides(text, TODAY.find(text), CAST, Outside(text, CAST))


@pytest.mark.parametrize(
    ("text", "description", "fewest", "name"),
    [
        ("A pilot, Jo Tamm, said", "A pilot", 2, "Jo Tamm"),
        ("A pilot, Jo Tamm, said", "A pilot, Jo Tamm,", 2, "Jo Tamm"),
        ("A pilot left, Jo Tamm, he said", "A pilot", 2, None),
        ("A pilot of Ansel, New York, said", "A pilot of Ansel", 2, None),
        ("A spokeswoman, Iris Bell, said", "A spokeswoman", 2, None),  # the cast knows her
        ("His wife, Ida, said", "His wife", 2, None),
        ("His wife, Ida, said", "His wife", 1, "Ida"),
    ],
)
def test_whose_name_follows_a_description(text, description, fewest, name):
    speaker = sides(text).named_after(0, len(description), fewest)
    assert (speaker and speaker.name) == name


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("Jo Tamm, an aide to the mayor, left. “Go,” Jo Tamm said.", "Jo Tamm", "mayor"),
        ("Jo Tamm, one of the FPG’s lawyers, left. “Go,” Jo Tamm said.", "Jo Tamm", "unions"),
        ("They met Jo Tamm, a lawyer for the FPG. “Go,” Jo Tamm said.", "Jo Tamm", "unions"),
        ("Jo Tamm left. Ms. Tamm, a lawyer for the FPG, said it was over.", "Jo Tamm", "unions"),
        ("Mr. Kane left. Jo Tamm, a lawyer for the FPG, said it was over.", "Jo Tamm", "unions"),
        ("Jo Tamm, a critic of the mayor, left. “Go,” Jo Tamm said.", "Jo Tamm", OTHERS),
        ("Jo Tamm, 52, left a lawyer for the FPG. “Go,” Jo Tamm said.", "Jo Tamm", OTHERS),
        ("Mary-Jo Tamm, a lawyer for the FPG, left. “Go,” Jo Tamm said.", "Jo Tamm", OTHERS),
    ],
)
def test_how_the_text_describes_somebody(text, name, group):
    speaker = speakers(text)[-1]
    assert (speaker.name, speaker.group) == (name, group)


def test_a_role_given_goes_before_the_description():
    text = "Jo Tamm, a lawyer for the FPG, left."
    jo = Outside(text, CAST).named("Jo Tamm", 0, [])
    assert sides(text).of(jo).group == "unions"
    assert sides(text).of(jo, "mayoral aide").group == "mayor"


def test_nobody_is_on_no_side():
    nobody = unresolved("“Tamm” may be Al Tamm or Bo Tamm")
    assert sides("Tamm, a lawyer for the FPG, left.").of(nobody) == nobody
