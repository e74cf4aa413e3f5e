"""Writes comments into a copy of a Word file, each on exactly the characters that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import docx
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from rasad.documents.document import Block, place_of
from rasad.documents.word_package import WordPackage
from rasad.documents.word_paragraph import NOTES
from rasad.documents.word_runs import Mark, attribute, local_name, marks, paragraphs
from rasad.errors import DocumentError

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Comment:
    """What to say of ``block.text[start:end]``; where that is empty, at the nearest words.

    ``note`` is the id of the footnote or endnote that the block is of, "" for one of the text.
    """

    block: Block
    start: int
    end: int
    text: str
    note: str = ""


def write_comments(
    path: Path, out: Path, comments: Iterable[Comment], *, author: str, initials: str = ""
) -> int:
    """Write a copy of a Word file with comments; the number of comments written.

    A comment on words of a note stands at the mark of the note, where Word shows it.

    Raises:
        DocumentError: If the file can't be opened to be written to.
    """
    # python-docx unpacks all of it at once, so its bounds are looked at before.
    WordPackage(path).close()
    try:
        document = docx.Document(str(path))
    except (KeyError, ValueError, OSError, AttributeError, etree.XMLSyntaxError) as error:
        raise DocumentError(
            f"comments can't be written into it ({error})", at=path, do="Open it in Word and save it anew."
        ) from error
    numbered = dict(paragraphs(document.element.body))
    noted = _note_runs(numbered)
    count = 0
    for comment in comments:
        paragraph, runs = noted.get(comment.note) or _anchor(numbered, comment)
        if paragraph is not None and runs:
            owner = Paragraph(paragraph, document)  # type: ignore[arg-type]
            ends = [Run(cast("CT_R", run), owner) for run in (runs[0], runs[-1])]
            document.add_comment(ends, comment.text, author, initials)
            count += 1
    document.save(str(out))
    return count


_Anchor = tuple[etree._Element | None, list[etree._Element]]  # noqa: SLF001  (lxml has no other name for it)


def _note_runs(numbered: Mapping[int, etree._Element]) -> dict[str, _Anchor]:
    """The run that holds the first mark of each note, with its paragraph, by the id of the note."""
    found: dict[str, _Anchor] = {}
    for paragraph in numbered.values():
        for mark in marks(paragraph):
            if mark.name in NOTES and not mark.is_end and mark.run is not None:
                name = f"{NOTES[mark.name]}-{attribute(mark.element, 'id')}"
                found.setdefault(name, (paragraph, [mark.run]))
    return found


def _anchor(numbered: Mapping[int, etree._Element], comment: Comment) -> _Anchor:
    """The runs of a comment; where its paragraph has none, those at the beginning of the next that has."""
    number = place_of(comment.block, comment.start).line
    boxed = _box_run(numbered[number]) if number in numbered else None
    if boxed is not None:
        return boxed
    runs = _runs(numbered[number], *_range(comment)) if number in numbered else []
    if runs:
        return numbered[number], runs
    for near in sorted(numbered, key=lambda one: (one < number, abs(one - number))):
        runs = _runs(numbered[near], 0, 0)
        if runs:
            return numbered[near], runs
    return None, []


def _box_run(paragraph: etree._Element) -> _Anchor | None:
    """The run that a text box hangs on, for a paragraph in one: Word takes no comments in it."""
    boxes = [one for one in paragraph.iterancestors() if local_name(one) == "txbxContent"]
    if not boxes:
        return None
    above = list(boxes[-1].iterancestors())
    run = next((one for one in above if isinstance(one, CT_R)), None)
    owner = next((one for one in above if isinstance(one, CT_P)), None)
    return (owner, [run]) if run is not None else None


def _range(comment: Comment) -> tuple[int, int]:
    start = place_of(comment.block, comment.start).column - 1
    if comment.end <= comment.start:
        return start, start
    last = place_of(comment.block, comment.end - 1).column
    return start, max(last, start)


def _runs(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs that hold exactly the characters of a range; the nearest run of an empty range."""
    if end > start:
        _split(paragraph, start)
        _split(paragraph, end)
    spoken = [mark for mark in marks(paragraph) if mark.run is not None and mark.name == "t"]
    inside = [mark for mark in spoken if mark.text and start <= mark.at < end]
    if not inside:
        every = [mark for mark in marks(paragraph) if mark.name == "r" and not mark.is_end]
        inside = [mark for mark in every if mark.at >= start][:1] or every[-1:]
    return [mark.run for mark in inside if mark.run is not None]


def _split(paragraph: etree._Element, at: int) -> None:
    """Make a run begin at a character, by cutting the run that it stands in."""
    for mark in list(marks(paragraph)):
        if mark.run is not None and mark.text and mark.at <= at < mark.at + len(mark.text):
            if mark.at < at or _is_inside(mark):
                _cut(mark.run, mark, at - mark.at)
            return


def _is_inside(mark: Mark) -> bool:
    """Whether something with characters stands before it in its run."""
    run = mark.run
    if run is None or mark.element.getparent() is not run:
        return False
    return any(local_name(one) != "rPr" for one in list(run)[: run.index(mark.element)])


def _cut(run: etree._Element, mark: Mark, characters: int) -> None:
    if mark.element.getparent() is not run:
        return
    second = deepcopy(run)
    index = run.index(mark.element)
    for element in list(second)[:index]:
        if local_name(element) != "rPr":
            second.remove(element)
    for element in list(run)[index + 1 :]:
        run.remove(element)
    rest = next(one for one in second if local_name(one) == local_name(mark.element))
    if characters:
        text = mark.text
        mark.element.text, rest.text = text[:characters], text[characters:]
        for element in (mark.element, rest):
            element.set(_SPACE, "preserve")
    else:
        run.remove(mark.element)
    second.tail = None
    run.addnext(second)
