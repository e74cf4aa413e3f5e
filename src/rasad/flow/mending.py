"""Writes a mended text in the place of the old one, and keeps the old one beside it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

from rasad.documents import Document
from rasad.errors import DocumentError


def mend(document: Document, text: str) -> Path:
    """Write a text in the place of that of a document.

    Returns:
        The copy of the old file: FILE.orig, or FILE.orig.2 and so on where there is one already, since that one is
        the text as somebody wrote it.

    Raises:
        DocumentError: If the bytes of the file can't be had back, or it can't be written; it is then as it was.
    """
    path = document.path
    if document.encoding is None:
        raise DocumentError(
            "it was not mended: some of its bytes are no letters, and would be lost",
            at=path,
            do="Save it as UTF-8 first.",
        )
    try:
        data = text.encode(document.encoding)
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"it was not mended: {document.encoding} has no letter for what would be right",
            at=path,
            do="Save it as UTF-8 first.",
        ) from error
    try:
        copy = _free(path)
        shutil.copy2(path, copy)
        _write(path.resolve(), data)
    except OSError as error:
        raise DocumentError(
            f"it was not mended: it or its copy can't be written ({error.strerror or error})", at=path
        ) from error
    return copy


def _free(path: Path) -> Path:
    first = path.with_name(f"{path.name}.orig")
    copy, number = first, 1
    while os.path.lexists(copy):
        number += 1
        copy = first.with_name(f"{first.name}.{number}")
    return copy


def _write(path: Path, data: bytes) -> None:
    """Write all or nothing: what breaks off in the middle leaves the old text."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
        new = Path(file.name)
        try:
            file.write(data)
            file.close()
            shutil.copymode(path, new)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
