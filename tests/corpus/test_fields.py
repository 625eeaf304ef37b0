import pytest

from analysis.corpus.fields import CastError, read_toml


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('id = "a"\nname = “A”', "line 2.*: name = “A”; write straight quotation marks"),
        ('id = "a"\nfrom = 01.07.2021', "line 2.*; write dates as 2015-01-31"),
        ('[group]\nid = "a"\n[group]', r"line 3.*; write two brackets, as in \[\[actor\]\]"),
        ("id = a", "line 1.*: id = a$"),
    ],
)
def test_a_wrong_line_is_shown_with_its_remedy(tmp_path, text, says):
    path = tmp_path / "cast.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CastError, match=says):
        read_toml(path)
