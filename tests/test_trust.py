"""What models and readers say of the same statements, side by side."""

from analysis.corpus.second import FILE
from analysis.framing.agreement import agreement
from analysis.trust import beside_gold

from .framing.test_against_gold import folder, run

__all__ = ["folder", "run"]  # fixtures


def test_a_second_reader_stands_beside_the_gold(run, folder):
    said = {"the model": run.scores}
    assert list(beside_gold(run, said, folder)) == ["article_id", "voice", "gold", "the model"]
    head = "sha256,article_id,statement,target,polarity"
    (folder / FILE).write_text(f"{head}\nx,a,0,Helen Marsh,-1\nx,a,0,Unions,0\n")
    table = beside_gold(run, said, folder)
    assert table["gold"].tolist() == [-1, -1, 1]
    assert table["second reader"].fillna(9).tolist() == [-1, 9, 0]
    assert table["the model"].notna().all()


def test_without_a_gold_the_models_are_compared_over_every_mention(run, tmp_path):
    table = beside_gold(run, {"one": run.scores, "two": run.scores[:-1]}, tmp_path)
    assert list(table) == ["article_id", "one", "two"]
    assert len(table) == len(run.mentions) and table["article_id"].notna().all()
    assert table["one"].tolist() == run.scores["polarity"].tolist()
    assert table["two"].isna().tolist() == [False] * (len(table) - 1) + [True]
    assert agreement(table)["n"].tolist() == [len(table) - 1] * 2
