"""The parts of a Word file, unpacked within bounds and parsed without entities.

A .docx is a zip of XML. Both can be made to grow without end, so sizes are looked at before anything is
unpacked, and a document type declaration, which Word never writes and which every attack by entities needs,
is refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple, Self

from lxml import etree

from rasad.errors import DocumentError

LARGEST_PART = 25_000_000
"""Bytes of XML in one part: a book of a thousand pages has 20 million."""

LARGEST_WHOLE = 500_000_000
MOST_PARTS = 10_000
LARGEST_DIRECTORY = 4_000_000
MOST_RATIO = 300
"""How many times a part of more than a megabyte may grow; Word's own XML grows up to 60 times."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_END = b"PK\x05\x06"


class Relation(NamedTuple):
    """Where a part points; ``target`` of what is outside is an address."""

    kind: str
    target: str
    is_outside: bool


class WordPackage:
    """The XML parts of a Word file that is open for reading."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            _look_at_directory(path)
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise DocumentError(
                f"it is not a Word file: {error}", at=path, do="Save it anew as .docx."
            ) from error
        try:
            self._look_at_sizes()
        except DocumentError:
            self._zip.close()
            raise
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._zip.close()

    def main_part(self) -> str:
        """The name of the part that holds the text."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and not relation.is_outside:
                return relation.target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise DocumentError("it is a zip file, but no Word file", at=self._path, do="Save the text as .docx.")

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their ids; of the package for ""."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for one in root.iter(_RELATION) if root is not None else ():
            kind, target = str(one.get("Type", "")), str(one.get("Target", ""))
            outside = one.get("TargetMode") == "External"
            if not outside and not kind.endswith("/hyperlink"):
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[str(one.get("Id", ""))] = Relation(kind.rpartition("/")[2], target, outside)
        return found

    def xml(self, part: str) -> etree._Element | None:
        """The root of a part; None if there is no such part."""
        name = self._names.get(part.lower())
        if name is None:
            return None
        try:
            root = etree.fromstring(self._bytes(name), _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DocumentError(
                f"its part {part} is broken ({error})", at=self._path, do="Open it in Word and save it anew."
            ) from error
        if root.getroottree().docinfo.doctype:
            raise DocumentError(f"its part {part} declares entities, which Word never does", at=self._path)
        return root

    def _bytes(self, name: str) -> bytes:
        if self._zip.getinfo(name).file_size > LARGEST_PART:
            raise self._bomb(f"its part {name} unpacks to more than {LARGEST_PART / 1e6:,.0f} MB")
        try:
            return self._zip.read(name)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
        ) as error:
            raise DocumentError(
                f"its part {name} can't be unpacked ({error})", at=self._path, do="Save it anew as .docx."
            ) from error

    def _look_at_sizes(self) -> None:
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
            raise self._bomb(f"it unpacks to more than {LARGEST_WHOLE / 1e6:,.0f} MB or {MOST_PARTS:,} parts")
        for part in parts:
            if part.file_size > 1_000_000 and part.file_size > MOST_RATIO * part.compress_size:
                raise self._bomb(f"its part {part.filename} grows more than {MOST_RATIO} times when unpacked")

    def _bomb(self, what: str) -> DocumentError:
        return DocumentError(f"{what}, so it was not read", at=self._path, do="Save it anew in Word.")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _look_at_directory(path: Path) -> None:
    """Refuse a directory of millions of entries before zipfile reads it into memory."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - 66_000, 0))
        tail = file.read()
    ends = [match.start() for match in re.finditer(_END, tail)]
    if not ends:
        raise zipfile.BadZipFile("it is no zip file, or its end is missing")
    if max(_directory_size(tail, at) for at in ends) > LARGEST_DIRECTORY:
        raise zipfile.BadZipFile("its list of parts is too long")


def _directory_size(tail: bytes, at: int) -> int:
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if tail[max(at - 20, 0) : at].startswith(b"PK\x06\x07"):
        size = max(size, int.from_bytes(tail[max(at - 36, 0) : max(at - 28, 0)], "little"))
    return size
