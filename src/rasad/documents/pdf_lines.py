"""The lines of a PDF with their boxes, as JSON: run as a program of its own, with bounds.

A PDF is read by C++ that a broken file can bring down, and a page of a few bytes can unpack to gigabytes.
Both then end this process and not the one that asked. It imports nothing of rasad.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Pdfium = Any
"""What pypdfium2 hands on from C, which has no types."""

HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line; the word goes on without a line end."""

_LINE_COST = 50
"""What a line takes besides its letters, in letters."""

_RAISED = 0.22
"""How far above its neighbours' feet, in heights of the line, a digit stands that is a note mark."""


class Character:
    """A character with its box: left, bottom, right, top; ``height`` is that of its font."""

    __slots__ = ("bottom", "height", "index", "left", "right", "text", "top")

    def __init__(self, page: Pdfium, index: int) -> None:
        self.index, self.text = index, chr(pdfium.FPDFText_GetUnicode(page, index) or 0xFFFD)
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(page, index, left, right, bottom, top)
        loose = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(page, index, loose)
        self.left, self.right, self.bottom, self.top = left.value, right.value, bottom.value, top.value
        self.height = abs(loose.top - loose.bottom)


def read_pages(path: str, most_pages: int, most_characters: int) -> dict[str, Any]:
    """The pages of a file, each with its lines and the number of its pictures."""
    try:
        file = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return {"error": "password" if "assword" in str(error) else "broken"}
    if len(file) > most_pages:
        return {"error": "long"}
    pages, characters = [], 0
    for number in range(len(file)):
        try:
            page = _page(file, number)
        except pypdfium2.PdfiumError:
            page = {"lines": [], "pictures": 0, "broken": True}
        characters += sum(len(line["text"]) + _LINE_COST for line in page["lines"])
        if characters > most_characters:
            return {"error": "long"}
        pages.append(page)
    return {"pages": pages, "meta": file.get_metadata_dict(skip_empty=True)}


def _page(file: pypdfium2.PdfDocument, number: int) -> dict[str, Any]:
    page = file[number]
    text = page.get_textpage()
    links = list(_links(file, page))
    lines = [_line(text, line, links) for line in _split(text)]
    pictures = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    text.close()
    page.close()
    return {"lines": [line for line in lines if line is not None], "pictures": pictures}


def _split(text: Pdfium) -> Iterator[list[Character]]:
    line: list[Character] = []
    for index in range(text.count_chars()):
        character = Character(text, index)
        if character.text in "\r\n":
            yield line
            line = []
            continue
        line.append(character)
        if character.text == HYPHEN:
            yield line
            line = []
    yield line


def _line(text: Pdfium, line: list[Character], links: list[tuple[str, Any]]) -> dict[str, Any] | None:
    drawn = [one for one in line if one.text.strip() and one.right > one.left]
    if not drawn:
        return None
    height = median(one.height for one in drawn)
    foot = median(one.bottom for one in drawn)
    raised = {one.index for one in drawn if one.text.isdigit() and one.bottom > foot + _RAISED * height}
    kept = [one for one in line if one.index not in raised]
    return {
        "text": "".join(one.text for one in kept).removesuffix(HYPHEN),
        "is_cut": line[-1].text == HYPHEN,
        "left": min(one.left for one in drawn),
        "right": max(one.right for one in drawn),
        "foot": foot,
        "height": height,
        "is_bold": all(_is_bold(text, one.index) for one in (drawn[0], drawn[-1])),
        "marks": _marks(line, raised),
        "links": [found for address, box in links if (found := _covered(kept, address, box)) is not None],
    }


def _marks(line: list[Character], raised: set[int]) -> list[list[Any]]:
    """Each raised number, with the place in the rest of the line where it stood."""
    marks: list[list[Any]] = []
    at, last = 0, -2
    for one in line:
        if one.index not in raised:
            at += 1
        elif last == one.index - 1:
            marks[-1][1] += one.text
            last = one.index
        else:
            marks.append([at, one.text])
            last = one.index
    return marks


def _is_bold(text: Pdfium, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= 600:
        return True
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    return b"bold" in buffer.value.lower()


def _links(file: pypdfium2.PdfDocument, page: Pdfium) -> Iterator[tuple[str, Any]]:
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        size = min(pdfium.FPDFAction_GetURIPath(file, action, None, 0), 4096)
        buffer = ctypes.create_string_buffer(max(size, 1))
        pdfium.FPDFAction_GetURIPath(file, action, buffer, size)
        box = pdfium.FS_RECTF()
        if pdfium.FPDFLink_GetAnnotRect(link, box):
            yield buffer.value.decode("utf-8", "replace"), box


def _covered(line: list[Character], address: str, box: Pdfium) -> list[Any] | None:
    """The part of a line that a link's box covers."""
    inside = [
        at
        for at, one in enumerate(line)
        if box.left <= (one.left + one.right) / 2 <= box.right
        and box.bottom <= (one.bottom + one.top) / 2 <= box.top
    ]
    return [inside[0], inside[-1] + 1, address] if inside else None


def _set_bounds(memory: int, seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415  # Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    _set_bounds(int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.buffer.write(json.dumps(read_pages(sys.argv[1], int(sys.argv[4]), int(sys.argv[5]))).encode())
