"""A copy of a Word file with its findings as comments, each on the words that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rasad.documents import Block, Document, Note, read_document
from rasad.documents.word_comments import Comment, write_comments
from rasad.errors import DocumentError
from rasad.flow.checking import Checked, Located

AUTHOR: Final = "rasad"
INITIALS: Final = "r"
FOREIGN: Final = re.compile(
    "([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:[\\s\u200c\u200f\u2013-]+[\u0590-\u08ff]+)*)"
)
"""Words and dates of a script from right to left, which stand as one piece in an English message."""

_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def annotated_word(checked: Checked) -> bytes:
    """The copy, as a file. It is read again before it is handed out.

    Raises:
        DocumentError: If comments can't be written into it, or would change its text.
    """
    source = checked.document.path
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.docx"
        count = write_comments(source, copy, _comments(checked), author=AUTHOR, initials=INITIALS)
        if count != len(checked.findings) or _words(read_document(copy)) != _words(checked.document):
            raise DocumentError(
                "comments can't be written into it without a change to its text",
                at=source, do="Name the annotated copy .html, and it is a page.",
            )  # fmt: skip
        return copy.read_bytes()


def comment_text(located: Located) -> str:
    """What a comment says of a finding."""
    one = located.finding
    lines = [f"{one.rule} ({one.severity}): {one.message}"]
    if one.fix is not None:
        lines.append(f"Put: {one.fix.text}" if one.fix.text else "Take it out.")
    return FOREIGN.sub(_held, _UNWRITABLE.sub("\ufffd", "\n".join(lines)))


def _held(words: re.Match[str]) -> str:
    """Words from right to left between marks of direction: else two dates beside each other change places."""
    return f"\u200f{words[0]}\u200e"


def _comments(checked: Checked) -> Iterator[Comment]:
    notes = _notes(checked.document)
    for located in checked.findings:
        one = located.finding
        holder = checked.holders[one.block]
        if isinstance(holder, Note):
            block = Block("paragraph", "", holder.place)
            yield Comment(block, 0, 0, comment_text(located), holder.id)
        else:
            yield Comment(holder, one.start, one.end, comment_text(located), notes.get(id(holder), ""))


def _notes(document: Document) -> dict[int, str]:
    """The id of the note that each block of a note is of, by the block itself: two notes may say the same."""
    return {id(block): note.id for note in document.notes for block in note.blocks}


def _words(document: Document) -> list[str]:
    return [block.text for block in document.all_blocks()]
