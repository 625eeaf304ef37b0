"""What a second reader holds of the gold's statements."""

import pytest

from analysis.corpus.formats import CorpusError
from analysis.corpus.second import FILE, load_second


def test_without_a_second_reader_the_table_is_empty(tmp_path):
    assert load_second(tmp_path).empty


def test_polarities_are_signs(tmp_path):
    head = "sha256,article_id,statement,target,polarity"
    (tmp_path / FILE).write_text(f"{head}\nx,a,1,Marsh,-1\n")
    assert load_second(tmp_path).to_dict("records") == [
        {"sha256": "x", "article_id": "a", "statement": 1, "target": "Marsh", "polarity": -1}
    ]


def test_a_file_of_other_columns_is_refused(tmp_path):
    (tmp_path / FILE).write_text("article_id,polarity\na,1\n")
    with pytest.raises(CorpusError, match=FILE):
        load_second(tmp_path)
