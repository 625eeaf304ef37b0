"""The floor plan: which part of the package may import which, and that nothing runs upwards."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GROUND = {"tables", "encoder", "export"}
#: part → the parts that it may import when it runs. A part that is not named here fails the test.
MAY = {
    **{name: set() for name in GROUND},
    "corpus": GROUND,
    # The wings know the corpus and the tables, and not one another.
    "attribution": GROUND | {"corpus"},
    "polarity": GROUND | {"corpus"},
    "framing": GROUND | {"corpus"},
    # Charts take tables, and the figures that `framing` makes of them.
    "charts": GROUND | {"corpus", "framing"},
    # What is read on a page has the charts' colours and words.
    "reading": GROUND | {"corpus", "charts"},
    # What a model is trained with is the wing that will use it.
    "models": GROUND | {"corpus", "attribution", "polarity"},
    # One floor up: the cache of scores, and the audit, which asks `framing` and `polarity` at once.
    "store": {"polarity"},
    "audit": GROUND | {"corpus", "polarity", "framing", "store"},
    "pipeline": GROUND | {"corpus", "attribution", "polarity", "framing", "store", "audit"},
    # Above the pipeline stand what runs it and what looks at a run.
    "lines": {"corpus", "polarity"},
    "trust": {"corpus", "polarity", "framing", "store", "pipeline"},
    "methods": GROUND | {"__version__", "corpus", "attribution", "polarity", "framing", "charts"},
    "doctor": GROUND | {"corpus", "attribution", "polarity", "store"},
    "notebooks": {"store", "pipeline"},
    "arguments": set(),
}
MAY["commands"] = set(MAY)  # a command calls whatever there is
MAY["checks"] = set(MAY)
MAY["__main__"] = set(MAY)


def part(path):
    return path.relative_to(ROOT / "analysis").with_suffix("").parts[0]


MODULES = sorted(p for p in (ROOT / "analysis").rglob("*.py") if part(p) != "__init__")


def imports(tree):
    """The parts that a module imports when it runs: all but what stands under TYPE_CHECKING."""
    asleep = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in asleep:
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "an import by dots hides where it leads"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("analysis."))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path):
    found = set(imports(ast.parse(path.read_text("utf-8"))))
    assert found <= MAY[part(path)] | {part(path)}


def test_the_plan_has_no_circle():
    assert list(TopologicalSorter(MAY | {"__main__": set()}).static_order())


def test_an_import_for_the_reader_alone_does_not_count():
    source = (
        "from typing import TYPE_CHECKING\nimport analysis.store\n"
        "if TYPE_CHECKING:\n    from analysis.pipeline import Result\n"
        "def f():\n    from analysis import tables\n"
    )
    assert sorted(imports(ast.parse(source))) == ["store", "tables"]
