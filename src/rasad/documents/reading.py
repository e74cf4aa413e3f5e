"""Reads a file: what kind it is by its name and its first bytes, and within what bounds."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from rasad.documents.building import with_sections
from rasad.documents.decoding import decode
from rasad.documents.document import Document, DocumentKind, Place, Problem
from rasad.documents.html import read_page
from rasad.documents.markdown import read_markdown
from rasad.documents.pdf import read_pdf
from rasad.documents.plain import text_blocks
from rasad.documents.word import read_word
from rasad.errors import DocumentError

LARGEST = 100_000_000
"""Bytes of a file of any kind; pictures in a Word file or PDF are most of them."""

LARGEST_TEXT = 10_000_000
"""Bytes of text or markup: well over a million words, and what is read of them stays under 1 GB."""

MOST_MARKS = 300_000
"""Lines and marks that begin something new, each of which takes a kilobyte or two to remember."""

_MARKS = {"markdown": "\n\r|[*_`", "html": "<&", "text": "\n\r"}
_IN_PARTS = "Give its parts one by one."
_KINDS: dict[str, DocumentKind] = {
    **dict.fromkeys((".md", ".markdown", ".mkd", ".qmd", ".rmd"), "markdown"),
    **dict.fromkeys((".docx", ".docm", ".dotx"), "word"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".pdf": "pdf",
    **dict.fromkeys((".txt", ".text"), "text"),
}
_FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word file (.doc) or one with a password",
        "Save it as .docx without a password.",
    ),
    (b"{\\rtf", "rich text (RTF)", "Save it as .docx."),
    (b"\x89PNG", "a picture", "Give the text itself."),
    (b"\xff\xd8\xff", "a picture", "Give the text itself."),
    (b"GIF8", "a picture", "Give the text itself."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
)
_ZIP = b"PK\x03\x04"
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*(?:<!doctype html|<html))", re.IGNORECASE)
_NAMES = {
    "markdown": "Markdown",
    "word": "a Word file (.docx)",
    "html": "HTML",
    "pdf": "a PDF",
    "text": "text",
}


def read_document(path: Path) -> Document:
    """Read a Markdown, Word, HTML, PDF or plain-text file.

    Args:
        path: The file; its ending tells the kind, or else its first bytes.

    Returns:
        Its paragraphs with their places; what could be read only in part is told in ``problems``.

    Raises:
        DocumentError: If it can't be read, in one line with what to do.
    """
    size = _size(path)
    head = _head(path)
    kind = _kind(path, head)
    largest = LARGEST if kind in {"word", "pdf"} else LARGEST_TEXT
    if size > largest:
        raise DocumentError(
            f"it has {size / 1e6:,.0f} MB, more than the {largest / 1e6:,.0f} MB that are read of {_NAMES[kind]}",
            at=path,
            do=_IN_PARTS,
        )
    try:
        return _read(path, kind)
    except (RecursionError, MemoryError) as error:
        raise DocumentError("it is nested too deeply or is too large to be read", at=path) from error
    except OSError as error:
        raise DocumentError(f"it can't be read ({error.strerror or error})", at=path) from error


def _read(path: Path, kind: DocumentKind) -> Document:
    if kind == "word":
        return read_word(path)
    if kind == "pdf":
        return read_pdf(path)
    decoded = decode(path.read_bytes(), path, declared=kind == "html")
    source = decoded.text
    if sum(source.count(mark) for mark in _MARKS[kind]) > MOST_MARKS:
        raise DocumentError(f"it has more than {MOST_MARKS:,} lines and marks", at=path, do=_IN_PARTS)
    document = Document(path, kind, (), problems=decoded.problems, source=source, encoding=decoded.encoding)
    if kind == "markdown":
        text = read_markdown(source)
        hints = tuple(one.value for one in text.meta if one.name in {"lang", "language"})
        problems = decoded.problems + text.problems
        read = replace(
            document,
            blocks=text.blocks,
            notes=text.notes,
            meta=text.meta,
            problems=problems,
            language_hints=hints,
        )
    elif kind == "html":
        page = read_page(source)
        read = replace(
            document, blocks=page.blocks, notes=page.notes, meta=page.meta, language_hints=page.languages
        )
    else:
        read = replace(document, blocks=tuple(with_sections(text_blocks(source))))
    return _told_if_empty(read)


def _told_if_empty(document: Document) -> Document:
    if any(block.text for block in document.all_blocks()):
        return document
    empty = Problem("empty", "there is no text in it", Place(1))
    return replace(document, problems=(*document.problems, empty))


def _size(path: Path) -> int:
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise DocumentError("there is no such file", at=path) from error
    if path.is_dir():
        raise DocumentError("it is a folder", at=path, do="Give the files in it.")
    if not path.is_file():
        raise DocumentError("it is no file", at=path)
    return size


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024)
    except OSError as error:
        raise DocumentError(f"it can't be opened ({error.strerror or error})", at=path) from error


def _kind(path: Path, head: bytes) -> DocumentKind:
    named = _KINDS.get(path.suffix.lower())
    for magic, what, do in _FOREIGN:
        if head.startswith(magic):
            raise DocumentError(f"it is {what}", at=path, do=do)
    seen = _seen(path, head)
    if named in {"word", "pdf"} and seen != named:
        what = _NAMES[seen] if seen is not None else "something else"
        is_it = f"it begins like {what}" if head else "it is empty"
        raise DocumentError(f"it is not {_NAMES[named]}: {is_it}", at=path, do="Save it anew in that form.")
    if seen is not None and (named is None or seen in {"word", "pdf"}):
        return seen
    return named if named is not None else "text"


def _seen(path: Path, head: bytes) -> DocumentKind | None:
    if head.startswith(_ZIP):
        return "word"
    if b"%PDF-" in head and (path.suffix.lower() == ".pdf" or head.startswith(b"%PDF-")):
        return "pdf"
    return "html" if _MARKUP.match(head) else None
