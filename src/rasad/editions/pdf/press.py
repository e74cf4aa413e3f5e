"""Sets a document with typst: our fonts only, tagged for readers, the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from rasad.editions.charts.drawing import FONTS, WEB_FONT
from rasad.editions.edition import Edition
from rasad.editions.pdf.document import Document
from rasad.errors import EditionError

STANDARDS = ["ua-1"]
FONT_IN_SVG = {True: "Amiri", False: WEB_FONT}
"""Charts in Arabic script take the face of the page: Vazirmatn's lam-alef is reversed when copied."""


def issue_pdf(edition: Edition) -> bytes:
    """The PDF of an edition.

    Raises:
        EditionError: If typst refuses the document; its first complaint is told.
    """
    charts = {
        f"{name}.svg": _for_print(drawing.svg, rtl=edition.lang.is_rtl)
        for name, drawing in edition.drawings.items()
        if drawing.svg
    }
    return set_document(Document(edition).data(), charts, edition)


def set_document(data: Mapping[str, object], charts: Mapping[str, str], edition: Edition) -> bytes:
    """Set the data of a document with its charts."""
    import typst  # noqa: PLC0415  (84 MB of native code; only a build sets type)

    template = (files(__package__) / "issue.typ").read_text("utf-8")
    issued = edition.issue.date
    with TemporaryDirectory(prefix="rasad-") as folder:
        root = Path(folder)
        (root / "issue.typ").write_text(template, "utf-8")
        (root / "document.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        for name, svg in charts.items():
            (root / name).write_text(svg, "utf-8")
        try:
            pdf: bytes = typst.compile(
                root / "issue.typ",
                root=root,
                font_paths=[FONTS],
                ignore_system_fonts=True,
                pdf_standards=STANDARDS,
                timestamp=int(datetime(issued.year, issued.month, issued.day, tzinfo=UTC).timestamp()),
            )
        except (RuntimeError, ValueError) as error:
            told = str(error).splitlines() or ["no reason given"]
            raise EditionError(f"the '{edition.lang.code}' PDF could not be set ({told[0]})") from error
    return pdf


def _for_print(svg: str, *, rtl: bool) -> str:
    """A chart for the page: its own face, and no links, which an image can't hold."""
    plain = re.sub(r"</?a\b[^>]*>", "", svg)
    return plain.replace(f'"{WEB_FONT}"', f'"{FONT_IN_SVG[rtl]}"')
