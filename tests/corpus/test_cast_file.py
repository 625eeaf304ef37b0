from datetime import date

import pytest

from analysis.corpus.cast_file import load_cast
from analysis.corpus.fields import CastError

GOOD = """
title = "A quarrel"
focus = ["city", "unions"]

[[group]]
id = "city"
name = "City Hall"
colour = "#112233"
opposes = ["unions"]

[[group]]
id = "unions"
name = "Unions"
roles = ["Union Official"]
collective = ["the unions"]

[[actor]]
id = "mayor"
name = "Ada Quill"
group = "city"
pronouns = "she"
aliases = ["Mayor Quill", " "]
[[actor.office]]
name = "mayor"
aliases = ["the mayor"]
from = 2014-01-01
to = 2014-12-31

[[actor]]
id = "next"
name = "Ben Poe"
group = "city"
[[actor.office]]
name = "mayor"
aliases = ["the mayor"]
from = 2015-01-01

[[actor]]
id = "guild"
name = "Guild of Wardens"
kind = "organisation"
group = "unions"

[[actor]]
id = "voice"
name = "Cy Roe"
group = "others"
speaks_for = "guild"

[[event]]
date = 2015-02-01
label = "later"

[[event]]
date = 2014-02-01
label = "earlier"
"""


@pytest.fixture
def load(tmp_path):
    def write_and_load(text, encoding="utf-8"):
        path = tmp_path / "cast.toml"
        path.write_text(text, encoding=encoding)
        return load_cast(path)

    return write_and_load


def test_good_file(load):
    cast = load(GOOD)
    assert (cast.title, cast.focus) == ("A quarrel", ("city", "unions"))
    assert set(cast.groups) == {"city", "unions", "others"}
    assert list(cast.actors) == ["mayor", "next", "guild", "voice"]
    mayor = cast.actors["mayor"]
    assert (mayor.pronouns, mayor.kind, mayor.aliases) == ("she", "person", ("Mayor Quill",))
    assert cast.actors["next"].pronouns == "they"
    terms = [(office.start, office.end) for office in mayor.offices]
    assert terms == [(date(2014, 1, 1), date(2014, 12, 31))]
    assert cast.actors["next"].offices[0].end is None
    assert cast.groups["unions"].roles == ("union official",)
    assert (cast.groups["city"].colour, cast.groups["unions"].marker) == ("#112233", "o")
    assert [event.label for event in cast.events] == ["earlier", "later"]


def test_focus_is_every_group_unless_said(load):
    assert load(GOOD.replace('focus = ["city", "unions"]', "")).focus == ("city", "unions")


def test_byte_order_mark_is_passed_over(load):
    assert load(GOOD, encoding="utf-8-sig").title == "A quarrel"


def test_white_space_and_accents_are_one_way_of_writing(load):
    cast = load(GOOD.replace("Ben Poe", "Bén\u00a0 Poe").replace("é", "e\u0301"))
    assert cast.actors["next"].name == "Bén Poe"


def test_an_apostrophe_is_one_however_it_is_set(load):
    text = GOOD.replace("Ben Poe", "Ben O'Roe").replace("Cy Roe", "Ben O’Roe")
    with pytest.raises(CastError, match="both claim the alias"):
        load(text)


@pytest.mark.parametrize(
    ("name", "says"), [("none.toml", "no cast file; copy"), ("", "name the cast file itself")]
)
def test_no_file(tmp_path, name, says):
    with pytest.raises(CastError, match=says):
        load_cast(tmp_path / name)


def test_wrong_encoding(load):
    with pytest.raises(CastError, match="save it as UTF-8"):
        load(GOOD.replace("Ada", "Áda"), encoding="cp1252")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "A quarrel"', "title = A quarrel", "not valid TOML"),
        ('group = "unions"', 'group = "union"', "'guild' is in group 'union'"),
        ('focus = ["city"', 'focus = ["town"', "focus names the group 'town'"),
        ('focus = ["city", "unions"]', 'focus = "city"', "focus must be a list"),
        ('opposes = ["unions"]', 'opposes = ["union"]', "'city' opposes 'union'"),
        ('speaks_for = "guild"', 'speaks_for = "gild"', "speaks for 'gild'"),
        ('speaks_for = "guild"', 'speaks_for = "voice"', "speaks for 'voice', itself"),
        ('opposes = ["unions"]', 'opposes = ["city"]', "'city' opposes 'city', itself"),
        ('focus = ["city"', 'focus = ["unions"', "names the group 'unions' twice"),
        ('"#112233"', '"purplish"', "'city': colour 'purplish' is not written as"),
        (
            'roles = ["Union',
            'marker = "diamond"\nroles = ["Union',
            "marker 'diamond' is not one of",
        ),
        ('id = "unions"', 'id = "narrator"', "'narrator' is kept for the tables"),
        ('name = "Unions"', 'name = "city hall"', "'city hall' is the name of group 'unions' and"),
        ('name = "Unions"', 'name = "Narrator"', "what the tables call group 'narrator'"),
        ('name = "Unions"', 'name = "Ben Poe"', "'Ben Poe' is the name of actor 'next' and the"),
        ('id = "next"', 'id = "mayor"', r"two entries of \[\[actor\]\]"),
        ('id = "unions"', 'id = "city"', r"two entries of \[\[group\]\]"),
        ('name = "Ben Poe"', "", "'next': name is missing"),
        ('name = "Ben Poe"', 'name = " "', "name must be text"),
        ('name = "Ben Poe"', "name = 7", "name must be text"),
        ('pronouns = "she"', 'pronouns = "ze"', "'ze' is not one of"),
        ('kind = "organisation"', 'kind = "union"', "'union' is not one of"),
        ('kind = "organisation"', 'sort = "union"', r"unknown field\(s\) sort"),
        (
            'focus = ["city"',
            'colour = "red"\nfocus = ["city"',
            r"the file: unknown field\(s\) colour",
        ),
        ("from = 2014-01-01", 'from = "2014-01-01"', "from must be a date without quotation marks"),
        ("from = 2014-01-01", "from = 2014-01-01T00:00:00", "from must be a date"),
        ("from = 2014-01-01", "from = 2014-02-30", "not valid TOML"),
        ("from = 2014-01-01", "from = 2016-01-01", "ends on 2014-12-31, before it starts"),
        (
            "to = 2014-12-31",
            "to = 2015-01-01",
            "'mayor' and 'next' both claim the alias 'the mayor'",
        ),
        ("to = 2014-12-31", "", "both claim the alias 'the mayor'"),
        ('"Mayor Quill"', '"ben poe"', "both claim the alias 'ben poe'"),
        ('"Mayor Quill"', '"the Unions"', "'mayor' and 'group unions' both claim"),
        ('"Mayor Quill"', '"Ben  Poe"', "both claim the alias 'ben poe'"),
        ('"Mayor Quill"', '"..."', "aliases holds '...', which has no letter"),
        ('"Mayor Quill"', "7", "aliases must be a list of texts"),
        ("date = 2015-02-01", "", "no date; write date"),
        ('label = "later"', "", "event of 2015-02-01: label is missing"),
    ],
)
def test_mistakes_are_named(load, old, new, says):
    assert GOOD.count(old) >= 1
    with pytest.raises(CastError, match=says) as caught:
        load(GOOD.replace(old, new, 1))
    assert "cast.toml" in str(caught.value)


@pytest.mark.parametrize("text", ["", 'title = "A"', '[[group]]\nid = "a"\nname = "A"'])
def test_no_actor(load, text):
    with pytest.raises(CastError, match=r"no \[\[actor\]\] is listed"):
        load(text)


@pytest.mark.parametrize("text", ['[actor]\nid = "a"', 'actor = "a"', "actor = [1]"])
def test_actors_that_are_no_tables(load, text):
    with pytest.raises(CastError, match=r"must be written as \[\[actor\]\]"):
        load(text)
