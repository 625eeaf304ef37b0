"""Pages that hold all they need: a template, a stylesheet and a script in one file.

Nothing of an article can become markup or script. The template engine escapes every value; what
the script is given is JSON in an element that no browser executes; and the page's own policy
forbids every style and script but the two whose hashes it names, and every address.
"""

import base64
import functools
import hashlib
import itertools
import re
from collections.abc import Callable, Iterable
from importlib import resources
from operator import attrgetter

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from matplotlib.colors import to_hex

from analysis.charts import words
from analysis.charts.palette import (
    DARK,
    LIGHT,
    Theme,
    group_colour,
    group_marker,
    polarity_colour,
    text_on,
    using,
)
from analysis.corpus.cast import Cast
from analysis.reading.view import Statement, View, ordered
from analysis.tables import NARRATOR, OTHERS, UNRESOLVED

ASSETS = resources.files("analysis.reading") / "assets"
STEPS = 10  # shades of polarity on either side of zero
#: matplotlib's markers as characters; all are of the fonts that every system has.
_GLYPHS = dict(zip("os^v<>DdpPhH8X*", "●■▲▼◀▶◆♦⬟✚⬢⬢⬣✖★", strict=True))
#: What no page can hold, character by character: NUL, and halves of a surrogate pair.
_UNFIT = re.compile("[\0\ud800-\udfff]")


def render(template: str, cast: Cast, **values) -> str:
    """A whole page from a template of `assets/`, as it is written to a file."""
    style = f"{_colours(cast)}\n{_asset('page.css')}"
    script = _asset("reading.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}';"
        " img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    shell = {"style": Markup(style), "script": Markup(script), "policy": policy}
    return fragment(template, cast, **shell, **values)


def fragment(template: str, cast: Cast, **values) -> str:
    """A template of `assets/` filled, without the style and script that a page has."""
    values |= {"cast": cast, "holder_name": functools.partial(words.holder_name, cast)}
    values |= {"glyph": functools.partial(glyph, cast), "css": _classes(cast)}
    return _UNFIT.sub("\ufffd", _environment().get_template(template).render(**values))


def glyph(cast: Cast, group: str) -> str:
    """The marker of a group as a character."""
    return _GLYPHS.get(group_marker(cast, group), "●")


def shade(polarity: float) -> str:
    """The CSS class of a polarity."""
    return f"p{round((min(max(polarity, -1), 1) + 1) * STEPS)}"


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("analysis.reading", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.filters |= {"as_written": _as_written, "shade": shade, "signed": words.signed}
    made.filters |= {"short": _short, "told": _told, "web": _web, "count": words.count}
    made.filters["by"] = _by
    return made


def _by(rows: Iterable, name: str) -> list[tuple[str, list]]:
    """Neighbours of the same `name` together; Jinja's own `groupby` sorts them first."""
    return [(key, list(part)) for key, part in itertools.groupby(rows, attrgetter(name))]


def _as_written(text: str) -> Markup:
    """Text that a browser keeps to the letter; a bare CR in a file would be read as LF."""
    return Markup(escape(text).replace("\r", Markup("&#13;")))


def _short(polarity: float) -> str:
    """A polarity to one decimal, as it stands beside a mention: ``+.6``."""
    tenths = f"{polarity:+.1f}"
    if tenths in ("+0.0", "-0.0"):
        return "0"
    return tenths.replace("-", "−").replace("0.", ".")


def _web(url: str) -> str:
    """An address to link to; empty where it is none of the web."""
    return url if re.match(r"https?://", url, re.IGNORECASE) else ""


def _told(view: View, cast: Cast) -> list[dict | None]:
    """What the script tells of each statement; nothing of plain narration."""
    return [_tell(said, cast) if said.told else None for said in view.statements]


def _tell(said: Statement, cast: Cast) -> dict:
    facts = {
        "source": said.source and f"“{said.source}”",
        "cue": said.cue and f"“{said.cue}”",
        "resolved by": "" if said.narrated else said.resolution,
        "antecedent": said.antecedent and f"“{said.antecedent}”",
        "found by": "" if said.narrated else said.method,
        "confidence": "" if said.narrated or said.confidence is None else f"{said.confidence:.2f}",
        "corrected by hand": said.corrected.replace(";", ", "),
    }
    return {
        "who": said.speaker,
        "group": cast.group_name(said.group),
        "glyph": glyph(cast, said.group),
        "css": _classes(cast)(said.group),
        "form": said.form,
        "facts": [pair for pair in facts.items() if pair[1]],
        "scores": [
            {
                "target": score.target,
                "surface": score.surface,
                "polarity": None if score.polarity is None else words.signed(score.polarity),
                "css": "" if score.polarity is None else shade(score.polarity),
                "parts": [round(part, 3) for part in score.parts],
                "corrected": bool(score.corrected),
            }
            for score in said.scores
        ],
    }


def _classes(cast: Cast) -> Callable[[str], str]:
    """From a group to its CSS class: numbers, since an id may hold anything."""
    numbers = {group: i for i, group in enumerate(_groups(cast))}
    return lambda group: f"g{numbers.get(group, numbers[OTHERS])}"


def _groups(cast: Cast) -> list[str]:
    return ordered({*cast.groups, NARRATOR, OTHERS, UNRESOLVED}, cast)


def _colours(cast: Cast) -> str:
    light, dark = (_theme(paper, cast) for paper in (LIGHT, DARK))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _theme(paper: Theme, cast: Cast) -> str:
    """The colours of one theme as CSS, the same as in the charts."""
    with using(paper):
        names = ("ink", "soft", "faint", "rule", "paper", "against", "favour")
        lines = [f":root {{ {' '.join(f'--{n}: {getattr(paper, n)};' for n in names)} }}"]
        for number, group in enumerate(_groups(cast)):
            lines.append(f".g{number} {{ --g: {to_hex(group_colour(cast, group))}; }}")
        for step in range(2 * STEPS + 1):
            fill = to_hex(polarity_colour(step / STEPS - 1))
            lines.append(f".p{step} {{ --p: {fill}; --on: {text_on(fill)}; }}")
    return "\n".join(lines)


@functools.cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
