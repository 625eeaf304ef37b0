"""The notebooks: run from top to bottom, and kept so that an unchanged run changes no byte."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import papermill

if TYPE_CHECKING:
    from analysis.pipeline import Result

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
CORPUS = "corpus"  # the one that ships
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-view+json"


class NotebookError(ValueError):
    """A notebook cannot be run as asked; the message says why."""


def load(root: str | Path, corpus: str, cast: str, model: str | None = None) -> Result:
    """Run the pipeline with a notebook's parameters.

    Parameters
    ----------
    root : path
        What relative paths are relative to: the project's folder.
    corpus, cast : str
        Folder of articles, and the cast file.
    model : str or None
        A folder, or a model of the hub as OWNER/NAME@COMMIT; None is the embedded model.
    """
    # Imported here: to run notebooks needs no model, and they import this module first.
    from analysis import store
    from analysis.pipeline import run

    root = Path(root)
    if model and (root / model).is_dir():
        model = str(root / model)
    return run(root / corpus, root / cast, model, cache=root / store.FOLDER)


def execute(
    folder: str | Path = FOLDER,
    corpus: str | None = None,
    cast: str | None = None,
    model: str | None = None,
    progress: bool = True,
    out: str | Path | None = None,
) -> list[Path]:
    """Run every notebook of a folder, each in a fresh kernel.

    They are run in place, or put into the folder `out`; what is there already is run as it is.

    What is given of `corpus`, `cast` and `model` is written into the notebook's parameters first,
    so that a notebook always shows what it was run with. Timings, versions, progress bars and other
    things that differ between two runs of the same are taken out afterwards.

    Returns
    -------
    list of Path
        The notebooks, in the order in which they were run.

    Raises
    ------
    NotebookError
        When there is no notebook, or one has no such parameter.
    papermill.exceptions.PapermillExecutionError
        When a cell fails; the notebook is left as it was.
    """
    paths = sorted(Path(folder).glob("*.ipynb"))
    if not paths:
        raise NotebookError(f"{folder}: there are no notebooks here")
    given = {"corpus": corpus, "cast": cast, "model": model}
    given = {name: value for name, value in given.items() if value is not None}
    out = Path(out or folder)
    out.mkdir(parents=True, exist_ok=True)
    made = [out / path.name for path in paths]
    for origin, path in zip(paths, made, strict=True):
        notebook = nbformat.read(path if path.exists() else origin, as_version=4)
        set_parameters(notebook, given, path.name)
        with tempfile.TemporaryDirectory() as aside:
            source, done = (Path(aside) / name for name in ("in.ipynb", "out.ipynb"))
            nbformat.write(notebook, source)
            papermill.execute_notebook(
                str(source), str(done), cwd=str(ROOT), kernel_name="python3", progress_bar=progress
            )
            write(nbformat.read(done, as_version=4), path)
    return made


def from_root(path: str) -> str:
    """A path seen from here, or from the project's folder, as the notebooks take it.

    Raises
    ------
    NotebookError
        When there is nothing.
    """
    found = next((p for p in (Path(path), ROOT / path) if p.exists()), None)
    if found is None:
        raise NotebookError(f"{path}: there is no such file or folder, from here or from {ROOT}")
    found = found.resolve()
    return (found.relative_to(ROOT) if found.is_relative_to(ROOT) else found).as_posix()


def set_parameters(notebook: nbformat.NotebookNode, given: dict[str, str], name: str) -> None:
    """Write values into the cell tagged `parameters`, keeping the comments behind them."""
    if not given:
        return
    cell = next((c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])), None)
    for parameter, value in given.items():
        line = re.compile(rf"^{parameter} = [^#\n]*?(?=\s*(?:#|$))", re.MULTILINE)
        if cell is None or not line.search(cell.source):
            raise NotebookError(f"{name}: there is no parameter {parameter!r} in it")
        cell.source = line.sub(lambda _, p=parameter, v=value: f"{p} = {v!r}", cell.source)


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook without what differs between two runs of the same."""
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    for cell in notebook.cells:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag != "papermill-error-cell-tag"]
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if cell.cell_type == "code":
            cell.outputs = [_still(output) for output in cell.outputs if not _passing(output)]
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def _passing(output: nbformat.NotebookNode) -> bool:
    """Whether an output is of the moment: progress bars and warnings."""
    stderr = output.output_type == "stream" and output.get("name") == "stderr"
    return stderr or WIDGET in output.get("data", {})


def _still(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """An output without the place in memory that Python prints for an object."""
    plain = output.get("data", {}).get("text/plain")
    if plain:
        output.data["text/plain"] = re.sub(r" at 0x[0-9a-f]+>", ">", plain)
    return output


def main(argv: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis.notebooks",
        description="Run the notebooks: in place, or of another corpus as copies of their own.",
    )
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="default: notebooks")
    for name in ("corpus", "cast", "model"):
        more = "; by default cast.toml of the corpus that is given" if name == "cast" else ""
        parser.add_argument(f"--{name}", help=f"{name} to run with, kept in the notebooks{more}")
    more = "where they go; by default in place, of another corpus FOLDER/ and that corpus's name"
    parser.add_argument("--out", type=Path, metavar="DIR", help=more)
    args = parser.parse_args(argv)
    cast = args.cast or (f"{args.corpus}/cast.toml" if args.corpus else None)
    try:
        corpus, cast = (path and from_root(path) for path in (args.corpus, cast))
        folder = bool(args.model) and Path(args.model).is_dir()
        own = args.folder if corpus in (None, CORPUS) else args.folder / Path(corpus).name
        model = from_root(args.model) if folder else args.model
        for path in execute(args.folder, corpus, cast, model, out=args.out or own):
            print(path)
    except NotebookError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except papermill.exceptions.PapermillExecutionError as error:
        print(f"error: cell {error.exec_count}: {error.ename}: {error.evalue}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
