"""How far a second reader agrees with the gold."""

import pandas as pd
import pytest

from analysis.corpus.formats import CorpusError
from analysis.corpus.second import FILE, compare_readers, load_second

ARTICLES = pd.DataFrame({"article_id": ["a", "b"], "sha256": ["x", "other"]})


@pytest.fixture
def folder(tmp_path):
    """Gold of two articles, the second of another text than the one at hand."""
    said = ["sha256,article_id,statement,kind,spans,source_start,source_end,cue_start,cue_end,"]
    said[0] += "speaker,group,named,note"
    told = ["x,a,1,direct", "x,a,2,narration", "y,b,1,direct"]
    said += [f"{line},0-9,,,,,Omar Reyes,unions,true," for line in told]
    rated = ["sha256,article_id,statement,target,target_group,polarity"]
    rated += ["x,a,1,Marsh,mayor,-1", "x,a,1,Ott,others,1", "x,a,2,Marsh,mayor,0"]
    rated += ["y,b,1,Marsh,mayor,1"]
    for name, lines in (("statements", said), ("polarity", rated)):
        (tmp_path / f"{name}.csv").write_text("\n".join([*lines, ""]))
    return tmp_path


def reread(folder, *lines):
    head = "sha256,article_id,statement,target,polarity"
    (folder / FILE).write_text("\n".join([head, *lines, ""]))


def test_the_readers_are_compared_where_both_have_read(folder):
    reread(folder, "x,a,1,Marsh,-1", "x,a,1,Ott,-1", "x,a,2,Marsh,0", "y,b,1,Marsh,1")
    table = compare_readers(ARTICLES, folder).set_index("voice")
    assert table["agreement"].to_dict() == {"speakers": 0.5, "narration": 1.0, "all": 2 / 3}
    assert table["n"].to_dict() == {"speakers": 2, "narration": 1, "all": 3}


def test_what_the_second_reader_left_out_is_counted_and_not_compared(folder):
    reread(folder, "x,a,1,Marsh,-1")
    table = compare_readers(ARTICLES, folder).set_index("voice")
    assert table.loc["speakers", ["gold", "n", "agreement"]].tolist() == [2, 1, 1.0]
    assert table.loc["narration", "n"] == 0


def test_without_a_second_reader_there_is_nothing_to_compare(folder):
    assert load_second(folder).empty and compare_readers(ARTICLES, folder).empty


def test_a_file_of_other_columns_is_refused(folder):
    (folder / FILE).write_text("article_id,polarity\na,1\n")
    with pytest.raises(CorpusError, match=FILE):
        load_second(folder)
