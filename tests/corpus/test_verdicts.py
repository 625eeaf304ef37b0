"""What several coders hold together."""

import pytest

from analysis.corpus.corrections import append, read
from analysis.corpus.decisions import Decision
from analysis.corpus.verdicts import settle

SHA = "a" * 64


def code(corpus, coder, *fields, start=0):
    """Each of `fields` is (field, value) or (field, value, target)."""
    decisions = [Decision(SHA, "talks", start, start + 9, *field) for field in fields]
    append(corpus, coder, decisions)


def verdicts(corpus):
    table = settle(read(corpus).decisions)
    return {
        (row.field, row.target): (row.value if row.agreed else "contradicted", row.coders)
        for row in table.itertuples()
    }


def test_nobody_has_coded(tmp_path):
    assert settle(read(tmp_path).decisions).empty


def test_one_coder_is_enough(tmp_path):
    code(tmp_path, "anna", ("kind", "block"), ("confirmed", "yes"))
    assert verdicts(tmp_path) == {("kind", ""): ("block", "anna")}


def test_two_who_agree_stand_and_two_who_do_not_are_contradicted(tmp_path):
    code(tmp_path, "anna", ("kind", "block"), ("act", "speech"))
    code(tmp_path, "ben", ("kind", "direct"), ("act", "speech"))
    found = verdicts(tmp_path)
    assert found["kind", ""] == ("contradicted", "anna; ben")
    assert found["act", ""] == ("speech", "anna; ben")
    row = settle(read(tmp_path).decisions).set_index("field").loc["kind"]
    assert row["value"] == "anna: block; ben: direct"


@pytest.mark.parametrize(
    ("anna", "ben", "target"),
    [
        # a polarity says that the target is meant
        ([("polarity", "against", "Vane")], [], ("yes", "anna")),
        ([("polarity", "against", "Vane")], [("target", "no", "Vane")], "contradicted"),
        # who confirmed without it holds that it is not meant
        ([("target", "yes", "Vane")], [("confirmed", "yes")], "contradicted"),
        ([("target", "no", "Vane")], [("confirmed", "yes")], ("no", "anna; ben")),
        # who only looked at another field holds nothing about it
        ([("target", "yes", "Vane")], [("kind", "direct")], ("yes", "anna")),
    ],
)
def test_what_decisions_imply_about_targets(tmp_path, anna, ben, target):
    code(tmp_path, "anna", *anna)
    if ben:
        code(tmp_path, "ben", *ben)
    found = verdicts(tmp_path)["target", "Vane"]
    assert (found[0] if target == "contradicted" else found) == target


def test_a_polarity_toward_somebody_who_is_not_meant_is_void(tmp_path):
    code(tmp_path, "anna", ("polarity", "against", "Vane"))
    code(tmp_path, "anna", ("target", "no", "Vane"))
    assert verdicts(tmp_path) == {("target", "Vane"): ("no", "anna")}


def test_who_speaks_in_what_turned_out_to_be_narration_is_void(tmp_path):
    code(tmp_path, "anna", ("speaker", "Vane"), ("group", "union"), ("act", "speech"))
    code(tmp_path, "anna", ("kind", "narration"))
    code(tmp_path, "anna", ("speaker", "Vane"), start=20)
    code(tmp_path, "ben", ("speaker", "Holt"), ("kind", "direct"))
    found = settle(read(tmp_path).decisions)
    held = found[["statement_start", "field", "coders"]].itertuples(index=False, name=None)
    assert set(held) == {(0, "kind", "anna; ben"), (0, "speaker", "ben"), (20, "speaker", "anna")}


def test_statements_are_told_apart(tmp_path):
    code(tmp_path, "anna", ("kind", "block"))
    code(tmp_path, "ben", ("kind", "direct"), start=20)
    assert settle(read(tmp_path).decisions)["agreed"].all()


def test_a_polarity_stands_beside_the_yes_to_its_target(tmp_path):
    code(tmp_path, "anna", ("target", "yes", "Vane"), ("polarity", "favour", "Vane"))
    assert verdicts(tmp_path)["polarity", "Vane"] == ("favour", "anna")
