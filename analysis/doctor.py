"""Doctor: what is installed, where the models are, what can be reached, and what is missing."""

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from huggingface_hub import constants

from analysis import encoder, store
from analysis.attribution import tagger
from analysis.corpus.articles import load_corpus
from analysis.corpus.cast_file import load_cast
from analysis.polarity.scorer import load_scorer

PACKAGES = ("jupyter", "pandas", "transformers", "matplotlib", "torch", encoder.PACKAGE)
WAIT = 5  # seconds for the hub to answer


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    Parameters
    ----------
    what : what was looked at
    state : what was found, and where it is wrong what to do
    ok : whether all is well; None where it may be either way
    """

    what: str
    state: str
    ok: bool | None = True

    def __str__(self) -> str:
        mark = {True: "ok     ", False: "MISSING", None: "note   "}[self.ok]
        return f"{mark}  {self.what}: {self.state}"


def examine(corpus: Path = Path("corpus"), cast: Path | None = None) -> Iterator[Finding]:
    """Look at everything that a run needs, one finding after the other; raises nothing."""
    running = platform.python_version()
    yield Finding("Python", f"{running} ({sys.executable})", sys.version_info >= (3, 11))
    for package in PACKAGES:
        yield _package(package)
    yield _try("base encoder", lambda: str(encoder.folder()))
    yield _try("attribution model", _tagger)
    yield _try("polarity model", _scorer)
    yield _hub()
    yield _try("cast", lambda: _cast(cast or corpus / "cast.toml"))
    yield from _corpus(corpus)
    yield _cache(store.FOLDER)


def _package(name: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, "not installed. Run: pip install -r requirements.txt", False)


def _try(what: str, look) -> Finding:
    try:
        return Finding(what, look())
    except Exception as error:  # a doctor reports whatever it meets
        return Finding(what, str(error) or type(error).__name__, False)


def _tagger() -> str:
    tagger.Tagger.load()
    return str(tagger.FOLDER)


def _scorer() -> str:
    scorer = load_scorer()
    return f"{scorer.model}, revision {scorer.revision}"


def _hub() -> Finding:
    where = constants.ENDPOINT
    if constants.HF_HUB_OFFLINE:
        return Finding("model hub", "switched off by HF_HUB_OFFLINE; not needed here", None)
    try:
        urlopen(Request(where, method="HEAD"), timeout=WAIT).close()
    except HTTPError:
        pass  # it said no, but it said something
    except OSError as error:
        why = f"{where} does not answer ({error}); only models other than the embedded one need it"
        return Finding("model hub", why, None)
    return Finding("model hub", f"{where} answers")


def _cast(path: Path) -> str:
    cast = load_cast(path)
    return f"{path}, {len(cast.actors)} actors in {len(cast.groups)} groups"


def _corpus(folder: Path) -> Iterator[Finding]:
    try:
        articles, refused = load_corpus(folder)
    except (ValueError, OSError) as error:
        yield Finding("corpus", str(error), False)
        return
    absent = int((articles["text"] == "").sum())
    yield Finding("corpus", f"{folder}, {len(articles)} articles, {absent} of them without text")
    for refusal in refused:
        yield Finding("article", str(refusal), False)


def _cache(folder: str | Path) -> Finding:
    path = Path(folder)
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    state = f"{path}, {size / 1e6:.1f} MB" if size else f"{path} is empty"
    return Finding("score cache", f"{state}; it may be deleted at any time", None)
