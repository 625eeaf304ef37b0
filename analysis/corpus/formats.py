"""File formats: what bytes become the text of an article and what is known about it.

Nothing here knows the corpus folder; `articles` reads it with these functions.
"""

import hashlib
import re
import unicodedata
from datetime import date, datetime
from pathlib import Path

import yaml

from analysis.corpus.webpage import FetchError, main_text

KINDS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
OTHER_DOCUMENTS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".pages")
SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word or other zipped document",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
}
FIELDS = ("title", "outlet", "author", "published", "url", "collection")
FRONT = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)(?:[ \t]*\r?\n)*"
)
DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


class CorpusError(ValueError):
    """The corpus, or a part of it, cannot be used; the message says what to change."""


def parse(data: bytes, kind: str) -> tuple[str, dict[str, str]]:
    """Text and metadata of a file's bytes; `kind` is "text", "markdown" or "html".

    Raises
    ------
    CorpusError
        As `read_article`, but without the path.
    """
    about: dict[str, str] = {}
    if kind == "html":
        _refuse_documents(data)
        try:
            page = main_text(data)
        except FetchError as error:
            raise CorpusError(str(error)) from None
        return _joined(page.text), {key: getattr(page, key) for key in FIELDS[:-1]}
    text = decode(data)
    if kind == "markdown" or _is_headed(text):
        about, text = _front_matter(text)
    if not text.strip():
        raise CorpusError("holds no text, only white space; paste the article into it or delete it")
    return text, about


def decode(data: bytes) -> str:
    """UTF-8 text without its byte order mark, or a CorpusError that says what the bytes are.

    Letters and their accents come as one character, as people type them: some programs store them
    apart, and no name of a cast would be found.
    """
    _refuse_documents(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CorpusError(_not_utf8("UTF-16"))
    if b"\0" in data:
        raise CorpusError("is a binary file, not a text; save the article as plain text in UTF-8")
    try:
        return _joined(data.decode("utf-8").lstrip("\ufeff"))
    except UnicodeDecodeError as error:
        if re.search(rb"[\x00-\x08\x0e-\x1f]", data):
            reason = "is a binary file, not a text; save the article as plain text in UTF-8"
            raise CorpusError(reason) from None
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            reason = f"is not UTF-8 (byte {error.start + 1} cannot be read); save it as UTF-8"
            raise CorpusError(reason) from None
        raise CorpusError(_not_utf8("WINDOWS-1252")) from None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that should hold an article, or a CorpusError without the path."""
    if path.suffix.lower() in OTHER_DOCUMENTS:
        raise CorpusError(
            f"is a {path.suffix[1:].upper()} document, which cannot be read; save its text as a"
            " .txt file in UTF-8"
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise CorpusError("there is no such file; check its name and folder") from None
    except IsADirectoryError:
        raise CorpusError("is a folder; name the files in it instead") from None
    except OSError as error:
        raise CorpusError(f"cannot be read ({error.strerror}); check its permissions") from None
    if not data:
        raise CorpusError("is empty; paste the article into it or delete it")
    return data


def sha256(text: str) -> str:
    """Hex SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def slug(text: str, keep_case: bool = False) -> str:
    """Letters and digits, without accents, joined by hyphens; fit for a file name."""
    if not keep_case:
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    allowed = r"[^\w.]+" if keep_case else r"[\W_]+"
    return re.sub(allowed, "-", unicodedata.normalize("NFC", text)).strip("-.")


def iso_date(value: object) -> str:
    """A date, or the beginning of an ISO timestamp, as YYYY-MM-DD; nothing stays nothing.

    Raises
    ------
    CorpusError
        When the value is something else.
    """
    if value in (None, ""):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ].*)?", value.strip()):
        try:
            return date.fromisoformat(value.strip()[:10]).isoformat()
        except ValueError:
            pass
    raise CorpusError(f"published {str(value)!r} is not a date; write it as 2015-01-31")


def date_in(name: str) -> str:
    """The first YYYY-MM-DD in a file name that is a date, or nothing."""
    for day in DAY.findall(name):
        try:
            return iso_date(day)
        except CorpusError:
            continue
    return ""


def _joined(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _is_headed(text: str) -> bool:
    """Whether a plain text opens with front matter that says something of the article."""
    fence = FRONT.match(text)
    fields = "|".join(FIELDS)
    return bool(fence and re.search(rf"^(?:{fields})[ \t]*:", fence["yaml"], re.MULTILINE))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    if not re.match(r"---[ \t]*\r?\n", text):
        return {}, text
    fence = FRONT.match(text)
    if fence is None:
        raise CorpusError("its front matter opens with --- and never closes; add a line --- to it")
    try:
        about = yaml.safe_load(fence["yaml"])
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise CorpusError(
            f"its front matter is not YAML ({error.problem or error.context}{line}); write values"
            ' that hold a colon or a quotation mark in quotation marks, as in title: "A: b"'
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise CorpusError(
            f"its front matter cannot be read ({reason}); write one `name: value` a line, and"
            " dates as 2015-01-31"
        ) from None
    if not isinstance(about, dict | None):
        raise CorpusError("its front matter is not made of `name: value` lines")
    fields = {key: _field(about, key) for key in FIELDS if key != "published"}
    fields["published"] = iso_date(about.get("published")) if about else ""
    return fields, text[fence.end() :].lstrip("\ufeff")


def _field(about: dict | None, key: str) -> str:
    value = (about or {}).get(key)
    values = value if isinstance(value, list) and key == "author" else [value]
    for item in values:
        if isinstance(item, bool) or not isinstance(item, str | int | float | date | None):
            raise CorpusError(f'its front matter has a {key} that is no text; write {key}: "..."')
    return ", ".join(" ".join(str(item).split()) for item in values if item is not None)


def _refuse_documents(data: bytes) -> None:
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            raise CorpusError(f"is {what}, not a text; save its text as a .txt file in UTF-8")


def _not_utf8(encoding: str) -> str:
    return (
        f"is not UTF-8, probably {encoding}; save it as UTF-8, for instance with"
        f" `iconv -f {encoding} -t UTF-8`"
    )
