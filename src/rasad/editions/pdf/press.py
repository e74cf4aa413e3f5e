"""Sets a document with typst: our fonts only, tagged for readers, the same bytes each time."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from rasad.editions.charts.drawing import FONTS, WEB_FONT
from rasad.editions.edition import Edition
from rasad.editions.pdf.document import Document
from rasad.errors import EditionError

STANDARD: Literal["ua-1"] = "ua-1"
TEMPLATE = "issue.typ"
FONT_IN_SVG = {True: "Amiri", False: WEB_FONT}
"""Charts in Arabic script take the face of the page: Vazirmatn's lam-alef is reversed when copied."""


def issue_pdf(edition: Edition) -> bytes:
    """The PDF of an edition.

    Raises:
        EditionError: If typst refuses the document; its first complaint is told.
    """
    with TemporaryDirectory(prefix="rasad-") as folder:
        write_source(edition, Path(folder))
        try:
            return set_type(Path(folder), edition.issue.date)
        except (RuntimeError, ValueError) as error:
            told = str(error).splitlines() or ["no reason given"]
            raise EditionError(f"the '{edition.lang.code}' PDF could not be set ({told[0]})") from error


def write_source(edition: Edition, folder: Path) -> None:
    """Write what typst reads: the template, the edition as JSON, and its charts."""
    (folder / TEMPLATE).write_text((files(__package__) / TEMPLATE).read_text("utf-8"), "utf-8")
    data = Document(edition).data()
    (folder / "document.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    for name, drawing in edition.drawings.items():
        if drawing.svg:
            svg = _for_print(drawing.svg, rtl=edition.lang.is_rtl)
            (folder / f"{name}.svg").write_text(svg, "utf-8")


def set_type(folder: Path, issued: date) -> bytes:
    """Set what ``write_source`` wrote; the PDF bears the day of its issue, not of its making.

    Raises:
        RuntimeError: If typst refuses it.
    """
    import typst  # noqa: PLC0415  (84 MB of native code; only a build sets type)

    pdf: bytes = typst.compile(
        folder / TEMPLATE,
        root=folder,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=STANDARD,
        timestamp=int(datetime(issued.year, issued.month, issued.day, tzinfo=UTC).timestamp()),
    )
    return pdf


def _for_print(svg: str, *, rtl: bool) -> str:
    """A chart for the page: its own face, and no links, which an image can't hold."""
    plain = re.sub(r"</?a\b[^>]*>", "", svg)
    return plain.replace(f'"{WEB_FONT}"', f'"{FONT_IN_SVG[rtl]}"')
