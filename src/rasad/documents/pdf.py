"""PDF into blocks: the lines that a process of its own reads, made paragraphs with page and line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rasad.documents.building import with_sections
from rasad.documents.document import Block, Document, Note, Place, Problem, Property
from rasad.documents.pdf_page import FootNote, Line, body_height, foot_notes, page_lines, without_furniture
from rasad.documents.pdf_paragraphs import Joins, heading_sizes, kind_of, make_block, paragraphs
from rasad.errors import DocumentError

MEMORY = 1_000_000_000
SECONDS = 120
MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000

_RTL = re.compile("[\u0590-\u08ff]")
_READER = Path(__file__).with_name("pdf_lines.py")
_ERRORS = {
    "password": ("it has a password", "Save it without one."),
    "broken": ("it is no PDF that can be read, or it is broken", "Make it anew from its source."),
    "long": (f"it has more than {MOST_PAGES:,} pages or too many letters", "Give its parts one by one."),
}
_WORDS = frozenset(
    {"و", "در", "از", "به", "که", "را", "این", "في", "من", "على", "أن", "په", "چې", "ته", "او", "the", "of"}
)


def read_pdf(path: Path) -> Document:
    """Read a PDF.

    Raises:
        DocumentError: If it is broken, has a password, or holds no text.
    """
    told = _told(path)
    pages = [page_lines(number, page["lines"]) for number, page in enumerate(told["pages"], start=1)]
    if not any(pages):
        pictures = any(page["pictures"] for page in told["pages"])
        what = "it holds pictures of text, and no text" if pictures else "it holds no text"
        raise DocumentError(
            what, at=path, do="Recognise its text first (OCR), or give the file it was made from."
        )
    blocks, notes = _blocks(pages)
    meta = tuple(Property(name.lower(), str(value), Place(1)) for name, value in told["meta"].items())
    return Document(path, "pdf", blocks, notes, meta, tuple(_problems(told["pages"], blocks)))


def _told(path: Path) -> dict[str, Any]:
    """What the reading process tells of a file."""
    command = [sys.executable, "-P", str(_READER), str(path.resolve())]
    command += map(str, (MEMORY, SECONDS, MOST_PAGES, MOST_CHARACTERS))
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(
            "reading it broke off: it is broken, or needs more than 1 GB of memory or two minutes", at=path
        ) from error
    if "error" in told:
        what, do = _ERRORS[told["error"]]
        raise DocumentError(what, at=path, do=do)
    return dict(told)


def _blocks(pages: Sequence[list[Line]]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    bare = without_furniture(pages)
    body = body_height(bare)
    flow: list[Line] = []
    found: list[FootNote] = []
    for lines in bare:
        text, notes = foot_notes(lines, body)
        flow += text
        found += notes
    ids = _ids(found)
    joins = Joins(_keeps_hyphen(flow), ids)
    groups = list(paragraphs(flow))
    sizes = heading_sizes(groups, body)
    made = (_block(group, body, sizes, joins) for group in groups)
    blocks = tuple(with_sections(block for block in made if block is not None))
    return blocks, tuple(_notes(found, joins, blocks))


def _block(group: list[Line], body: float, sizes: list[float], joins: Joins) -> Block | None:
    kind, level, skipped = kind_of(group, body, sizes)
    return make_block(group, joins, kind, level=level, skipped=skipped)


def _ids(found: Sequence[FootNote]) -> dict[str, str]:
    """The ids of notes: their numbers, with the page where numbers begin anew."""
    count = Counter(note.number for note in found)
    ids = {}
    for note in found:
        name = f"{note.lines[0].page}-{note.number}"
        ids[name] = note.number if count[note.number] == 1 else name
    return ids


def _notes(found: Sequence[FootNote], joins: Joins, blocks: Sequence[Block]) -> Iterator[Note]:
    marks = Counter(span.target for block in blocks for span in block.spans if span.kind == "footnote-ref")
    for note in found:
        name = joins.notes[f"{note.lines[0].page}-{note.number}"]
        block = make_block(note.lines, joins, skipped=note.skipped)
        yield Note(name, note.lines[0].place, (block,) if block is not None else (), marks[name])


def _keeps_hyphen(lines: Sequence[Line]) -> Callable[[str, str], bool]:
    """Whether a word that was cut at a line's end has a hyphen of its own: as it is written elsewhere."""
    words = {word.lower() for line in lines for word in re.findall(r"[\w-]+", line.text)}

    def keeps(before: str, after: str) -> bool:
        head, tail = re.search(r"[\w-]*$", before), re.match(r"\w*", after.lstrip())
        first, second = (head[0] if head else "").lower(), (tail[0] if tail else "").lower()
        if first + second in words:
            return False
        return f"{first}-{second}" in words or first[-1:].isdigit() or after.lstrip()[:1].isupper()

    return keeps


def _problems(pages: Sequence[dict[str, Any]], blocks: Sequence[Block]) -> Iterator[Problem]:
    bare = [
        str(number) for number, page in enumerate(pages, start=1) if not page["lines"] and page["pictures"]
    ]
    if bare:
        listed = ", ".join(bare[:10]) + (", …" if len(bare) > 10 else "")
        yield Problem("pictures", f"page {listed} holds a picture and no text, and was not read", Place(1))
    broken = [str(number) for number, page in enumerate(pages, start=1) if page.get("broken")]
    if broken:
        yield Problem("broken", f"page {', '.join(broken[:10])} is broken and was not read", Place(1))
    if sum(len(block.text) for block in blocks if _RTL.search(block.text)) * 2 > sum(
        len(one.text) for one in blocks
    ):
        message = "a PDF draws Arabic script from its shapes: some words and addresses may come out in another order"
        yield Problem("order", message, Place(1))
    words = Counter(word for block in blocks for word in block.text.split())
    if sum(words[word[::-1]] for word in _WORDS) > sum(words[word] for word in _WORDS) + 2:
        yield Problem(
            "reversed",
            "its words come out letter by letter in reverse, so no finding can be trusted",
            Place(1),
        )
