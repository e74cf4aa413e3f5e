"""How much of an edition's text can be copied from its PDF: the share of its words that come back.

The words of the web page's article are looked for in the text that pdfium gives for the PDF. Bidi
marks are read as spaces; ZWNJ and vowel signs are folded.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2

BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2060\ufeff\ufffe]")
FOLDED = re.compile("[\u200c\u200d\u064b-\u0652\u0670\u0640]")
WORD = re.compile(r"[^\W\d_]{2,}")


class Article(HTMLParser):
    """The text of a page's article: what a reader of the PDF reads too."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._depth = 0
        self._skip = 0
        self.feed(page.split("<article>")[1].split('<section class="evidence"', maxsplit=1)[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg" or ("class", "data") in attrs:
            self._skip += 1

    def handle_endtag(self, tag: str) -> None:
        if self._skip and tag in ("svg", "a"):
            self._skip -= 1

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.parts.append(data)


def words(text: str) -> Counter[str]:
    """Words of two letters and more; bidi marks read as spaces, ZWNJ and vowel signs folded."""
    plain = FOLDED.sub("", BIDI.sub(" ", unicodedata.normalize("NFKC", text)))
    return Counter(WORD.findall(plain))


def pdf_text(pdf: Path) -> str:
    """All text of a PDF as pdfium gives it."""
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    document.close()
    return text


def copied(edition: Path) -> tuple[float, Counter[str]]:
    """The share of an edition's words that its PDF gives back, and those that it does not."""
    article = Article((edition / "index.html").read_text("utf-8"))
    wanted, given = words(" ".join(article.parts)), words(pdf_text(edition / "issue.pdf"))
    return sum((wanted & given).values()) / wanted.total(), wanted - given


def main() -> None:
    """Print the share for every edition of a built issue."""
    built = Path(sys.argv[1])
    editions = sorted(path.parent for path in built.glob("*/issue.pdf"))
    print(json.dumps({edition.name: round(copied(edition)[0], 3) for edition in editions}))


if __name__ == "__main__":
    main()
