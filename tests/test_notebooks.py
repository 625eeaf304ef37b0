"""The notebooks: they run from top to bottom on the shipped corpus, and are fit to be read."""

import ast
import html
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from analysis import notebooks

FOLDER = Path(notebooks.FOLDER)
PATHS = sorted(FOLDER.glob("*.ipynb"))


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def read(path):
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Every notebook, run on the shipped corpus, in a copy."""
    folder = tmp_path_factory.mktemp("notebooks")
    for path in PATHS:
        shutil.copy(path, folder)
    notebooks.execute(folder, corpus="corpus", cast="corpus/cast.toml", progress=False)
    return {path.name: read(folder / path.name) for path in PATHS}


def test_there_are_five():
    assert [path.name[0] for path in PATHS] == list("12345")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_cells_are_short_and_define_nothing(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert notebook.cells[0].cell_type == "markdown"
    cells = code(notebook)
    assert cells[0].metadata.tags == ["parameters"]
    assert {"corpus", "cast", "model"} <= {
        target.id for node in ast.parse(cells[0].source).body for target in node.targets
    }
    for cell in cells:
        assert len(cell.source.splitlines()) <= 12, cell.source
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
        assert not any(isinstance(node, kinds) for node in ast.walk(ast.parse(cell.source)))
    assert "own articles" in notebook.cells[-1].source


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_prose_holds_no_typed_finding(path):
    """Percentages and polarities of the corpus belong in outputs, where they are computed."""
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            assert "+0." not in cell.source and "−0." not in cell.source
            assert "%" not in cell.source.replace("95%", "")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_run_gives_its_finding_its_charts_and_no_error(executed, path):
    cells = code(executed[path.name])
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not any(output.output_type in ("error", "stream") for output in outputs)
    shown = [output.data for output in outputs if "data" in output]
    first = next(data for data in shown if "text/markdown" in data)
    answer = first["text/markdown"]
    assert answer.startswith("**") and re.search(r"\d", answer)
    pages = [data["text/html"] for data in shown if "text/html" in data]
    assert any("<table" in page for page in pages)
    images = [page for page in pages if page.startswith("<img")]
    assert all('alt="' in image for image in images)
    assert images or "trusted" in path.name


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_what_is_committed_is_clean(path):
    notebook = read(path)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
    assert " at 0x" not in path.read_text("utf-8") and str(notebooks.ROOT) not in path.read_text()


def test_no_words_of_the_press_are_in_them(executed):
    """Where the texts are at hand, no eight words in a row of one may stand in an output."""
    texts = [p.read_text("utf-8") for p in (notebooks.ROOT / "corpus/press/texts").glob("*.txt")]
    shown = {
        run
        for notebook in executed.values()
        for cell in code(notebook)
        for output in cell.outputs
        for form, data in output.get("data", {}).items()
        if form.startswith("text/")
        for run in eights(bare(data))
    }
    rest = " ".join(p.read_text("utf-8") for p in (notebooks.ROOT / "corpus/articles").glob("*.md"))
    own = eights(bare(rest)) | eights(
        bare((notebooks.ROOT / "corpus/press/manifest.csv").read_text())
    )
    for text in texts:
        assert not shown & (eights(bare(text)) - own)


def bare(page):
    """The words of a page, and of the pages within it, without markup, marks and capitals."""
    page = re.sub(r"base64,[^\"]*", "", page)
    page = html.unescape(html.unescape(page))
    return re.sub(r"\W+", " ", re.sub(r"<[^>]+>", "", page)).lower().split()


def eights(words):
    return {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}


def test_words_of_an_article_are_found_inside_a_frame():
    inner = html.escape("<p>The mayor <b>came</b> late on Monday, and left early.</p>")
    assert "the mayor came late on monday and left" in eights(bare(f'<iframe srcdoc="{inner}">'))


def test_cleaning_takes_out_what_is_of_the_moment(tmp_path):
    data = {"text/plain": "<Styler at 0x7f00>"}
    cell = nbformat.v4.new_code_cell(
        "1",
        outputs=[
            nbformat.v4.new_output("stream", name="stderr", text="3%"),
            nbformat.v4.new_output("display_data", data={notebooks.WIDGET: {}}),
            nbformat.v4.new_output("display_data", data=data),
        ],
        metadata={"papermill": {"duration": 3}, "tags": ["parameters"], "execution": {}},
    )
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"papermill": {}})
    notebooks.write(notebook, tmp_path / "n.ipynb")
    done = read(tmp_path / "n.ipynb")
    assert [output.data["text/plain"] for output in done.cells[0].outputs] == ["<Styler>"]
    assert done.cells[0].metadata == {"tags": ["parameters"]}
    first = (tmp_path / "n.ipynb").read_bytes()
    notebooks.write(done, tmp_path / "n.ipynb")
    assert (tmp_path / "n.ipynb").read_bytes() == first


def test_parameters_are_set_and_keep_their_comments():
    notebook = read(PATHS[0])
    notebooks.set_parameters(notebook, {"corpus": "mine", "model": "a/b@c"}, "n")
    source = code(notebook)[0].source
    assert "corpus = 'mine'  # folder" in source and "model = 'a/b@c'  # " in source
    assert 'cast = "corpus/cast.toml"' in source
    values = {}
    exec(source, values)
    assert values["corpus"] == "mine"


def test_an_unknown_parameter_or_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(notebooks.NotebookError, match="colour"):
        notebooks.set_parameters(read(PATHS[0]), {"colour": "red"}, "n")
    with pytest.raises(notebooks.NotebookError, match="no notebooks"):
        notebooks.execute(tmp_path)


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], (None, None, None)),
        (["--corpus", "mine"], ("{here}/mine", "{here}/mine/cast.toml", None)),
        (["--corpus", "mine", "--cast", "own.toml"], ("{here}/mine", "{here}/own.toml", None)),
        (["--cast", "own.toml", "--model", "mine"], (None, "{here}/own.toml", "{here}/mine")),
        (["--model", "vader"], (None, None, "vader")),
        (["--corpus", "corpus/example"], ("corpus/example", "corpus/example/cast.toml", None)),
    ],
)
def test_paths_are_seen_from_where_the_command_is_given(tmp_path, monkeypatch, argv, expected):
    (tmp_path / "mine").mkdir()
    for cast in ("mine/cast.toml", "own.toml"):
        (tmp_path / cast).touch()
    given = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(notebooks, "execute", lambda *args, out: given.append(args[1:]) or [])
    assert notebooks.main(argv) == 0
    here = tmp_path.resolve().as_posix()
    assert given == [tuple(path and path.format(here=here) for path in expected)]


def test_those_of_another_corpus_are_copies_and_are_run_as_they_are_from_then_on(tmp_path):
    cell = nbformat.v4.new_code_cell(
        'corpus = "corpus"  # yours', metadata={"tags": ["parameters"]}
    )
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), shipped / "1.ipynb")
    before = (shipped / "1.ipynb").read_bytes()
    (path,) = notebooks.execute(shipped, corpus="mine", progress=False, out=tmp_path / "mine")
    assert path == tmp_path / "mine" / "1.ipynb" and (shipped / "1.ipynb").read_bytes() == before
    mine = nbformat.read(path, as_version=4)
    assert mine.cells[0].source == "corpus = 'mine'  # yours"
    mine.cells.append(nbformat.v4.new_code_cell("1 + 1"))
    nbformat.write(mine, path)
    notebooks.execute(shipped, corpus="mine", progress=False, out=tmp_path / "mine")
    assert len(nbformat.read(path, as_version=4).cells) == 2


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], "notebooks"),
        (["--corpus", "corpus"], "notebooks"),
        (["--corpus", "corpus/example"], "notebooks/example"),
        (["--corpus", "corpus/example", "--out", "elsewhere"], "elsewhere"),
    ],
)
def test_where_they_go(monkeypatch, argv, expected):
    went = []
    monkeypatch.setattr(notebooks, "execute", lambda *args, out: went.append(out) or [])
    assert notebooks.main(argv) == 0
    where = Path(expected) if "--out" in argv else notebooks.ROOT / expected
    assert went == [where]


@pytest.mark.parametrize("argv", [["--corpus", "nowhere"], ["--cast", "nowhere.toml"]])
def test_a_missing_corpus_is_said_before_any_notebook_is_run(tmp_path, capsys, argv):
    assert notebooks.main([str(tmp_path), *argv]) == 2
    assert "there is no such file or folder" in capsys.readouterr().err
