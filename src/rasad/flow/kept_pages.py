"""The pages that the desk of a file keeps, as the rules of a check ask for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rasad.check.quotes import KeptText
from rasad.errors import DocumentError, SourceError
from rasad.issues.references import References, read_references
from rasad.settings import desk_root
from rasad.sources.archive import FOLDER, Archive
from rasad.sources.archive_index import INDEX
from rasad.sources.page_text import read_page_text, text_of, title_of


def kept_pages(path: Path) -> KeptPages | None:
    """The pages that are kept in the desk of a file; None where it lies in no desk, or this keeps none."""
    root = desk_root(path)
    return KeptPages(root) if root is not None and (root / FOLDER / INDEX).is_file() else None


@dataclass
class KeptPages:
    """What a desk keeps, read as far as it is asked for."""

    desk: Path
    _texts: dict[str, KeptText | None] = field(default_factory=dict)

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.desk)

    @cached_property
    def references(self) -> References:
        return read_references(self.desk / "references.json")

    def told(self) -> dict[str, str]:
        """When and where each page was kept last, by its address."""
        return {
            kept.url.partition("#")[0]: f"kept on {kept.at:%Y-%m-%d} in {FOLDER}/{kept.warc}"
            for kept in self.archive.newest()
        }

    def address(self, key: str) -> str | None:
        """The address of a reference."""
        return self.references[key].url or None if key in self.references else None

    def text(self, address: str) -> KeptText | None:
        """The text that was kept last of an address; None where none can be read."""
        if address not in self._texts:
            self._texts[address] = self._text(address)
        return self._texts[address]

    def _text(self, address: str) -> KeptText | None:
        kept = self.archive.of(address)
        if not kept:
            return None
        try:
            document = read_page_text(self.archive.body(kept[-1]), kept[-1].type)
        except (DocumentError, SourceError):
            return None
        text = f"{title_of(document)}\n\n{text_of(document)}"
        return KeptText(text, kept[-1].at.date(), document.language_hints)
