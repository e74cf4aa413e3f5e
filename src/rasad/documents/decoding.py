"""The bytes of a text file into characters, without guessing in silence."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from rasad.documents.document import Place, Problem
from rasad.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_ARABIC_WORD = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]{3,}")
_FEW = 0.01
"""A share of broken bytes up to which a file is still UTF-8 with faults, and not another encoding."""


@dataclass(frozen=True)
class Decoded:
    """The text of a file; ``encoding`` is None where its bytes can't be had back from the text."""

    text: str
    encoding: str | None
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, path: Path, *, declared: bool = False) -> Decoded:
    """Decode a text file: UTF-8, UTF-16, or an encoding of one byte a letter, which is told.

    Args:
        data: The whole file.
        path: For the message.
        declared: Whether a ``<meta charset>`` is believed, as in HTML.

    Raises:
        DocumentError: If it is no text.
    """
    decoded = _with_mark(data) or _unmarked(data, declared=declared)
    only_nulls = "\0" in decoded.text and not decoded.text.strip("\0 \r\n\t\ufeff")
    if only_nulls or len(_CONTROL.findall(decoded.text)) > _FEW * len(decoded.text):
        raise DocumentError(
            "it holds no text that can be read", at=path, do="Give a Word, PDF, HTML, Markdown or text file."
        )
    return _without_nulls(decoded)


def _with_mark(data: bytes) -> Decoded | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(name)
                return Decoded(text, name if text.encode(name) == data else None)
            except UnicodeDecodeError as error:
                text = data.decode(name, errors="replace").removeprefix("\ufeff")
                return Decoded(text, None, (_broken(data, error, name),))
    return None


def _unmarked(data: bytes, *, declared: bool) -> Decoded:
    wide = _wide(data)
    if wide is not None:
        return Decoded(
            data.decode(wide, errors="replace"), None, (_other(wide, "without a byte order mark"),)
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        told = _told(data) if declared else None
        if told is not None:
            return told
        text = data.decode("utf-8", errors="replace")
        if text.count("\ufffd") <= _FEW * sum(letter > "\x7f" for letter in text):
            return Decoded(text, None, (_broken(data, error, "utf-8"),))
    return _one_byte(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark shows as a null beside every letter of ASCII, spaces at the least."""
    head = data[:4096]
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        nulls, others = head[first::2].count(0), head[1 - first :: 2].count(0)
        if nulls > 0.1 * len(head) / 2 and others * 10 < nulls:
            return name
    return None


def _told(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    name = match[1].decode("ascii")
    try:
        codec = codecs.lookup(name)
        text = codec.decode(data, "strict")[0]
    except (LookupError, UnicodeError, TypeError):
        return None
    return Decoded(text, codec.name) if isinstance(text, str) and codec.name != "utf-8" else None


def _one_byte(data: bytes) -> Decoded:
    arabic = data.decode("cp1256")
    letters = sum(len(word) for word in _ARABIC_WORD.findall(arabic))
    if letters > 0.3 * sum(byte > 0x7F for byte in data):
        return Decoded(
            arabic, "cp1256", (_other("Windows-1256", "the encoding of Arabic script on Windows"),)
        )
    text = data.decode("cp1252", errors="replace")
    encoding = None if "\ufffd" in text else "cp1252"
    return Decoded(text, encoding, (_other("Windows-1252", "the encoding of western Windows"),))


def _other(name: str, why: str) -> Problem:
    message = f"it is not UTF-8 and was read as {name}, {why}: look whether its letters are right, then save it as UTF-8"
    return Problem("encoding", message, Place(1))


def _broken(data: bytes, error: UnicodeDecodeError, name: str) -> Problem:
    line = data[: error.start].count(b"\n") + 1
    return Problem("encoding", f"it holds bytes that are no {name}, the first in line {line}", Place(line))


def _without_nulls(decoded: Decoded) -> Decoded:
    if "\0" not in decoded.text:
        return decoded
    line = decoded.text[: decoded.text.index("\0")].count("\n") + 1
    problem = Problem("null", f"it holds null bytes, the first in line {line}", Place(line))
    return Decoded(decoded.text.replace("\0", "\ufffd"), None, (*decoded.problems, problem))
