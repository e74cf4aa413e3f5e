"""The text of a page that is kept, read as any other document is."""

from __future__ import annotations

import codecs
import re
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rasad.documents import Document, read_document
from rasad.errors import DocumentError

LARGEST_TEXT: Final = 10_000_000
_GZIP: Final = b"\x1f\x8b"
"""How a packed body begins, and no text does, should its headers not be at hand."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_ENDINGS: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def read_page_text(body: bytes, content_type: str, encoding: str = "") -> Document:
    """Read a page.

    Args:
        body: Its bytes as they were sent.
        content_type: The header of that name, whose charset is believed before that of the page.
        encoding: The header ``Content-Encoding``.

    Raises:
        DocumentError: If it has no text that can be read, as a picture.
    """
    kind = content_type.partition(";")[0].strip().lower()
    ending = _ENDINGS.get(kind)
    if ending is None and kind not in ("", "application/octet-stream"):
        raise DocumentError(f"a page of the kind '{kind[:60]}' has no text that is read")
    plain = _unpacked(body, encoding.strip().lower())
    if ending in (".html", ".txt", ".md"):
        plain = _as_utf8(plain, content_type)
    with TemporaryDirectory(prefix="rasad-") as folder:
        path = Path(folder) / f"page{ending or '.html'}"
        path.write_bytes(plain)
        try:
            return read_document(path)
        except DocumentError as error:
            raise DocumentError(error.what) from error


def text_of(document: Document) -> str:
    """The text of a document, a paragraph a block with a line between, its notes at the end."""
    return "\n\n".join(block.text for block in document.all_blocks() if block.text.strip())


def title_of(document: Document) -> str:
    """What a document calls itself: its title, else its first heading."""
    told = document.about("og:title") or document.about("title")
    if told is not None:
        return told
    return next((block.text for block in document.blocks if block.kind == "heading"), "")


def _unpacked(body: bytes, encoding: str) -> bytes:
    """A body that a server packed although nobody asked it to; no more of it than is read."""
    if body.startswith(_GZIP):
        encoding = "gzip"
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise DocumentError(f"it is packed as '{encoding[:20]}', which is not read")
    try:
        unpacked = zlib.decompressobj(zlib.MAX_WBITS + 32).decompress(body, LARGEST_TEXT + 1)
    except zlib.error as error:
        raise DocumentError("it can't be unpacked") from error
    if len(unpacked) > LARGEST_TEXT:
        raise DocumentError(f"it unpacks to more than {LARGEST_TEXT:,} bytes")
    return unpacked


def _as_utf8(body: bytes, content_type: str) -> bytes:
    """A text in the encoding that its server told, with a mark that says so to whoever reads on."""
    told = _CHARSET.search(content_type)
    if told is None or body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body
    try:
        return codecs.BOM_UTF8 + body.decode(told[1]).encode()
    except (LookupError, UnicodeError):
        return body
