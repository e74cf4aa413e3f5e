"""Annotated copies for an editor: of a Word file one with comments, of all else a page with its findings in the margin."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from rasad.check.finding import SEVERITIES, Severity
from rasad.check.passage import Passage
from rasad.documents import Document, page_of
from rasad.documents.document import Block, Note
from rasad.editions.web.page import WEB_FONT, assets, check_page
from rasad.errors import EditionError
from rasad.flow.annotated_word import FOREIGN, annotated_word
from rasad.flow.checking import Checked, Located
from rasad.languages import Language, language

PAGES: Final = (".html", ".htm")
WORD: Final = ".docx"

SHORT: Final = 24
"""Letters up to which a name or a date from right to left is not broken over two lines of a message."""

_UNBROKEN = Markup(' class="whole"')
_UNSEEN = re.compile("([\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff])")
_TAGS = {"heading": "h", "quote": "blockquote", "code": "pre"}


def check_out(out: Path, inputs: Sequence[Path]) -> None:
    """See that a file may be written, before any work is done.

    Raises:
        EditionError: If it is a folder, or stands in none, or is one of the files that are checked.
    """
    if out.is_dir():
        raise EditionError("it is a folder", at=out, do="Name a file to write.")
    if not out.parent.is_dir():
        raise EditionError(
            "it can't be written: there is no such folder", at=out, do="Make the folder first."
        )
    for path in inputs:
        if out.resolve() == path.resolve() or (out.exists() and path.exists() and out.samefile(path)):
            raise EditionError("it is a file that is checked, which is never written over", at=out,
                               do="Name another file.")  # fmt: skip


def write_out(out: Path, written: bytes) -> None:
    """Write a file.

    Raises:
        EditionError: If it can't be written.
    """
    try:
        out.write_bytes(written)
    except OSError as error:
        raise EditionError(f"it can't be written ({error.strerror or error})", at=out) from error


def annotated(checked: Sequence[Checked], out: Path) -> bytes:
    """The annotated copy: of one Word file a Word file, unless ``out`` is named as a page; else a page.

    Raises:
        DocumentError: If comments can't be written into the Word file.
        EditionError: If ``out`` is named as a Word file, and what was checked is none.
    """
    is_word = len(checked) == 1 and checked[0].document.kind == "word"
    if is_word and out.suffix.lower() not in PAGES:
        return annotated_word(checked[0])
    if out.suffix.lower() == WORD:
        raise EditionError("only the copy of one Word file is a Word file", at=out, do="Name it .html.")
    return page(checked).encode("utf-8")


def page(checked: Sequence[Checked]) -> str:
    """One page of HTML, which needs no other file, with the text of all documents and their findings."""
    sheets, count = [], 0
    for one in checked:
        sheets.append(_sheet(one, count))
        count += len(one.findings)
    is_rtl = any(row.lang.is_rtl for sheet in sheets for row in sheet.rows)
    font = base64.b64encode(assets()[WEB_FONT]).decode() if is_rtl else ""
    return check_page(sheets=sheets, total=count, font=font)


@dataclass(frozen=True)
class Remark:
    """A finding as the page prints it, by its number."""

    number: int
    rule: str
    severity: Severity
    place: str
    words: Markup
    message: Markup
    fix: Markup | None
    elsewhere: str


@dataclass(frozen=True)
class Stretch:
    """Words of a row; ``severity`` where they are marked; ``after`` are the findings whose words end here."""

    words: Markup
    severity: str
    after: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """A block with its remarks; ``again`` are findings that name this block as a further place."""

    tag: str
    kind: str
    lang: Language
    stretches: tuple[Stretch, ...]
    remarks: tuple[Remark, ...]
    again: tuple[int, ...]
    label: str


@dataclass(frozen=True)
class Sheet:
    """A document as the page prints it."""

    name: str
    lang: Language
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...]
    counts: tuple[tuple[Severity, int], ...]


def _sheet(checked: Checked, before: int) -> Sheet:
    numbered = list(enumerate(checked.findings, start=before + 1))
    remarks = {number: _remark(number, one, checked) for number, one in numbered}
    rows = tuple(_rows(checked, numbered, remarks))
    letters: Counter[str] = Counter()
    for passage in checked.passages:
        letters[passage.lang] += len(passage.text)
    usual = language(letters.most_common(1)[0][0] if letters else "en")
    counts = Counter(one.finding.severity for one in checked.findings)
    told = tuple((severity, counts[severity]) for severity in SEVERITIES if counts[severity])
    return Sheet(checked.document.path.name, usual, rows, tuple(remarks.values()), told)


def _rows(
    checked: Checked, numbered: Sequence[tuple[int, Located]], remarks: dict[int, Remark]
) -> Iterator[Row]:
    labels = {id(block): note.id for note in checked.document.notes for block in (note.blocks or (note,))}
    spans: dict[int, list[_Span]] = {}
    for number, located in numbered:
        one = located.finding
        spans.setdefault(one.block, []).append(_Span(one.start, one.end, number, one.severity, is_first=True))
        for block, start, end in one.others:
            spans.setdefault(block, []).append(_Span(start, end, number, one.severity, is_first=False))
    for passage, holder in zip(checked.passages, checked.holders, strict=True):
        its = spans.get(passage.number, [])
        firsts = [span.number for span in its if span.is_first]
        again = {span.number for span in its if not span.is_first} - set(firsts)
        yield Row(
            _tag(passage), passage.kind, language(passage.lang), tuple(_stretches(passage.text, its)),
            tuple(remarks[number] for number in firsts), tuple(sorted(again)), labels.get(id(holder), ""),
        )  # fmt: skip


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    number: int
    severity: Severity
    is_first: bool


def _stretches(text: str, spans: Sequence[_Span]) -> Iterator[Stretch]:
    """The text cut wherever marked words begin or end; where several overlap, the gravest gives the colour."""
    cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    for start, end in pairwise(cuts):
        within = [span.severity for span in spans if span.start <= start and span.end >= end]
        ended = tuple(sorted({span.number for span in spans if _end(span) == end}))
        yield Stretch(_shown(text[start:end]), min(within, key=SEVERITIES.index, default=""), ended)
    at_start = tuple(sorted({span.number for span in spans if _end(span) == 0}))
    if at_start:
        yield Stretch(Markup(), "", at_start)


def _end(span: _Span) -> int:
    return max(span.start, span.end)


def _tag(passage: Passage) -> str:
    tag = _TAGS.get(passage.kind, "p")
    return f"h{min(passage.level + 2, 6)}" if tag == "h" else tag


def _remark(number: int, located: Located, checked: Checked) -> Remark:
    one = located.finding
    return Remark(
        number, one.rule, one.severity, _place(located, checked), _shown(one.text), _message(one.message),
        None if one.fix is None else _shown(one.fix.text),
        ", ".join(map(str, sorted(set(located.other_lines)))),
    )  # fmt: skip


def _place(located: Located, checked: Checked) -> str:
    document: Document = checked.document
    holder: Block | Note = checked.holders[located.finding.block]
    if document.kind == "word":
        return f"paragraph {located.line}"
    if document.kind == "pdf" and isinstance(holder, Block):
        sheet = page_of(holder, located.finding.start)
        return f"page {sheet}, line {located.line}" if sheet is not None else f"line {located.line}"
    return f"line {located.line}, column {located.column}"


def _message(text: str) -> Markup:
    """A message is English; what it quotes from right to left stands apart."""
    parts = FOREIGN.split(text)
    return Markup().join(
        Markup("<bdi{}>{}</bdi>").format(_UNBROKEN if len(part) <= SHORT else "", _shown(part))
        if index % 2
        else _shown(part)
        for index, part in enumerate(parts)
    )


def _shown(text: str) -> Markup:
    """A text escaped, with the characters that turn or hide text shown by their code."""
    parts = _UNSEEN.split(text)
    return Markup().join(
        Markup('<span class="unseen" dir="ltr">U+{}</span>').format(f"{ord(part):04X}")
        if index % 2
        else escape(part)
        for index, part in enumerate(parts)
    )
