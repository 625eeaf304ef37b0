"""The random order: the same everywhere, unmoved by new articles; a sample only from its top."""

import pandas as pd
import pytest

from analysis.corpus.decisions import COLUMNS
from analysis.corpus.sampling import drawn, in_random_order, readers
from analysis.tables import build


def tables(names):
    articles = [{"article_id": n, "sha256": n * 64, "text": n} for n in names]
    rows = [
        {
            "statement_id": f"{n}/{i}",
            "article_id": n,
            "start": 10 * i,
            "end": 10 * i + 9,
            "kind": "block",
        }
        for n in names
        for i in range(20)
    ]
    return build("articles", articles), build("statements", rows)


def confirmed(articles, statements, ids, coder="anna"):
    rows = statements[statements["statement_id"].isin(ids)].merge(articles, on="article_id")
    rows = rows.rename(columns={"start": "statement_start", "end": "statement_end"})
    rows = rows.assign(target="", field="confirmed", value="yes", coder=coder, time="")
    return rows[COLUMNS]


def order(articles, statements):
    return in_random_order(statements, articles)["statement_id"].tolist()


def test_the_order_is_mixed_and_does_not_hang_on_how_the_rows_come():
    articles, statements = tables("abc")
    mixed = order(articles, statements)
    assert sorted(mixed) == sorted(statements["statement_id"])
    assert mixed != statements["statement_id"].tolist()
    assert order(articles[::-1], statements.sample(frac=1, random_state=1)) == mixed
    # Nobody's first half is another's: of 30 statements, each article has some 10.
    share = pd.Series(mixed[:30]).str[0].value_counts()
    assert share.between(4, 16).all() and len(share) == 3


def test_articles_that_come_later_move_nobody():
    before, after = order(*tables("abc")), order(*tables("abcd"))
    assert [name for name in after if not name.startswith("d")] == before


def test_the_sample_ends_where_nobody_has_read():
    articles, statements = tables("abc")
    mixed = order(articles, statements)
    coded = confirmed(articles, statements, [*mixed[:7], mixed[8]])
    coded = pd.concat([coded, confirmed(articles, statements, mixed[5:7], "ben")])
    read = readers(articles, statements, coded)
    assert drawn(articles, statements, read) == (mixed[:7], 60)
    assert read[mixed[0]] == ["anna"] and read[mixed[6]] == ["anna", "ben"]
    assert mixed[8] in read and mixed[7] not in read


def test_what_is_not_here_cannot_be_drawn():
    articles, statements = tables("abc")
    articles["text"] = articles["text"].mask(articles["article_id"] == "b", "")
    mixed = [name for name in order(articles, statements) if not name.startswith("b")]
    read = readers(articles, statements, confirmed(articles, statements, mixed[:4]))
    assert drawn(articles, statements, read) == (mixed[:4], 40)


@pytest.mark.parametrize("field", ["polarity", "kind"])
def test_a_decision_alone_is_no_reading(field):
    articles, statements = tables("a")
    coded = confirmed(articles, statements, order(articles, statements)[:3]).assign(field=field)
    assert readers(articles, statements, coded) == {}
