"""Rules on sources: links that lead nowhere, notes without text, references never cited, sources without names or dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz.fuzz import ratio

from rasad.check.finding import Finding
from rasad.check.links import is_placeholder
from rasad.check.passage import Passage, Reading
from rasad.check.rules.dates import is_reference
from rasad.check.word_lists import pattern
from rasad.languages.numbers import fold_digits

_CITED = re.compile(r"\[(\d{1,3}(?:\s*[,،–-]\s*\d{1,3})*)\]")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s|(?:^|\s)\[(\d{1,3})\]\s")
_TITLE = re.compile(r"[“«\"‘]([^”»\"’]{8,200})[”»\"’]")
LIKE, SAME = 72.0, 99.9
LEAST_CITED: Final = 2
LEAST_WORDS, LONG = 60, 75
_OWN_WORDS = re.compile(
    r"(?i)recommend|conclusion|outlook|judge?ment|assessment|forecast|scenario|summary|method|introduction|what to watch|our view|about|contents"
    r"|توصیه|نتیجه|جمع‌بندی|چشم‌انداز|ارزیابی|پیش‌بینی|سناریو|خلاصه|مقدمه|سپارښتن|پایله|لید|اټکل|لنډیز|سریزه|التوصيات|الخلاصة|خاتمة|تقدير|توقعات|مقدمة|ملخص|سيناريو"
)
_AUTHOR = re.compile(r"\W*([A-Z][\w’-]+),? [^()]{1,60}\((\d{4})\)")
_QUOTE = re.compile(r"[“«\"]([^”»\"]{45,400})[”»\"]")


def links(reading: Reading) -> Iterator[Finding]:
    """A link without an address, or with one that only holds the place of one."""
    for passage in _all(reading):
        for link in passage.links:
            target = link.target.strip()
            words = passage.text[link.start : link.end]
            if not target or target in ("http://", "https://"):
                yield _finding(
                    "link-empty",
                    passage,
                    link.start,
                    link.end,
                    f"the link '{words}' has no address",
                    text=link.written or words,
                )
            elif is_placeholder(target):
                yield _finding(
                    "link-placeholder",
                    passage,
                    link.start,
                    link.end,
                    f"'{target[:80]}' only holds the place of an address",
                    text=words,
                )


def placeholders(reading: Reading) -> Iterator[Finding]:
    """Words that hold the place of something still to be written."""
    for passage in _all(reading):
        for match in pattern(passage.lang, "placeholder").finditer(passage.text):
            yield _finding(
                "source-placeholder",
                passage,
                match.start(),
                match.end(),
                "this only holds the place of a source or a text",
            )


def notes(reading: Reading) -> Iterator[Finding]:
    """Notes without text, marks that have no note, and notes that no mark points to."""
    texts = dict(reading.notes)
    marked: set[str] = set()
    for passage in _all(reading):
        for start, end, name in passage.marks:
            marked.add(name)
            if name not in texts:
                yield _finding("mark-without-note", passage, start, end, f"there is no note '{name}'")
    for name, note in texts.items():
        if not note.text.strip():
            yield _finding("note-without-text", note, 0, 0, f"the note '{name}' has no text", text=name)
        elif name not in marked:
            yield _finding(
                "note-unused", note, 0, len(note.text), f"nothing in the text points to the note '{name}'"
            )


def citations(reading: Reading) -> Iterator[Finding]:
    """Numbers in brackets that no reference has, and references that none of them names."""
    listed = _listed(reading)
    cited: dict[int, tuple[Passage, int, int]] = {}
    for passage in reading.prose():
        if not is_reference(passage):
            for match in _CITED.finditer(fold_digits(passage.text)):
                for number in _numbers(match[1]):
                    cited.setdefault(number, (passage, match.start(), match.end()))
    yield from _authors(reading)
    if not listed or not cited:
        return
    for number, (passage, start, end) in cited.items():
        if number not in listed:
            yield _finding("mark-without-note", passage, start, end, f"there is no reference {number}")
    for number, passage in listed.items():
        if number not in cited:
            yield _finding(
                "reference-uncited",
                passage,
                0,
                len(passage.text),
                f"nothing in the text cites reference {number}",
            )


def _listed(reading: Reading) -> dict[int, Passage]:
    """The references by number."""
    listed: dict[int, Passage] = {}
    for passage in reading.passages:
        if is_reference(passage) and passage.kind != "heading":
            plain = fold_digits(passage.text)
            numbers = [int(match[1] or match[2]) for match in _NUMBERED.finditer(plain)]
            listed.update(
                dict.fromkeys(numbers or ([len(listed) + 1] if passage.kind == "list-item" else []), passage)
            )
    return listed


def _authors(reading: Reading) -> Iterator[Finding]:
    """References by author and year whose author the text never names."""
    prose = [passage for passage in reading.prose() if not is_reference(passage)]
    told = [
        (p, match)
        for p in reading.passages
        if is_reference(p) and (match := _AUTHOR.match(p.text)) is not None
    ]
    named = [match[1] in passage.text for _, match in told for passage in prose]
    for passage, match in told if any(named) else ():
        if not any(match[1] in other.text for other in prose):
            yield _finding(
                "reference-uncited",
                passage,
                0,
                len(passage.text),
                f"nothing in the text cites {match[1]} {match[2]}",
            )


def undated(reading: Reading) -> Iterator[Finding]:
    """A reference to a page without the day on which it appeared or was read."""
    for passage in _all(reading):
        if is_reference(passage) and passage.kind != "heading" and len(passage.text) > 15:
            address = re.search(r"https?://\S+", passage.text) or next(
                (link for link in passage.links if link.target.startswith("http")), None
            )
            years = re.search(
                r"(?<!\d)(?:1[34]\d\d|20\d\d|١[٣٤]\d\d|٢٠\d\d)(?!\d)",
                re.sub(r"https?://\S+", "", passage.text),
            )
            if address is not None and not passage.dates and years is None:
                yield _finding(
                    "citation-undated", passage, 0, len(passage.text),
                    "a page is cited without the day on which it appeared or was read",
                )  # fmt: skip


def unnamed(reading: Reading) -> Iterator[Finding]:
    """A claim that rests on a source without a name."""
    for passage in reading.prose():
        if is_reference(passage):
            continue
        for match in pattern(passage.lang, "unnamed").finditer(passage.text):
            yield Finding(
                "source-unnamed", "warning", passage.number, match.start(), match.end(), match[0],
                "the source has no name: say how it could know, mark the claim as resting on one unnamed source, or find a second",
            )  # fmt: skip


def quotations(reading: Reading) -> Iterator[Finding]:
    """A quotation without a source in its paragraph."""
    has_sources = any(
        passage.links or passage.marks or _CITED.search(fold_digits(passage.text))
        for passage in reading.prose()
    )
    for passage in reading.prose():
        if passage.kind == "note" or is_reference(passage) or not has_sources:
            continue
        for match in _QUOTE.finditer(passage.text):
            if not (
                passage.links
                or passage.marks
                or _CITED.search(fold_digits(passage.text))
                or re.search(r"https?://", passage.text)
            ):
                yield Finding(
                    "quote-unsourced", "warning", passage.number, match.start(), match.end(), match[0],
                    "a quotation without a source: cite where it was said",
                )  # fmt: skip


def _all(reading: Reading) -> Iterator[Passage]:
    yield from reading.passages
    yield from (note for _, note in reading.notes)


def _numbers(text: str) -> Iterator[int]:
    for part in re.split(r"[,،]", text):
        ends = [int(end) for end in re.split(r"[–-]", part) if end.strip().isdigit()]
        yield from range(ends[0], ends[-1] + 1) if ends and ends[-1] - ends[0] < 50 else ends


def _finding(
    rule: str, passage: Passage, start: int, end: int, message: str, *, text: str | None = None
) -> Finding:
    words = passage.text[start:end] if text is None else text
    return Finding(rule, "error", passage.number, start, end, words, message)


def changed_titles(reading: Reading) -> Iterator[Finding]:
    """A title that the text quotes otherwise than its reference has it."""
    titles = [
        match[1]
        for passage in _all(reading)
        if is_reference(passage)
        for match in _TITLE.finditer(passage.text)
    ]
    for passage in reading.prose():
        if is_reference(passage) or not titles:
            continue
        for match in _TITLE.finditer(passage.text):
            words = match[1].strip(" .,")
            best = max(titles, key=lambda title: ratio(words.casefold(), title.casefold()))
            score = ratio(words.casefold(), best.strip(" .,").casefold())
            if LIKE <= score < SAME:
                yield Finding(
                    "quote-differs", "error", passage.number, match.start(), match.end(), match[0],
                    f"the reference has it as '{best}'",
                )  # fmt: skip


def uncited_sections(reading: Reading) -> Iterator[Finding]:
    """A section of prose that cites nothing where others cite."""
    sections: dict[tuple[str, ...], list[Passage]] = {}
    headings = {}
    for passage in reading.passages:
        if passage.kind == "heading":
            headings[(*passage.section, passage.text)] = passage
        elif passage.section and not is_reference(passage):
            sections.setdefault(passage.section, []).append(passage)
    cited = {section for section, parts in sections.items() if any(_cites(part) for part in parts)}
    if len(cited) < LEAST_CITED or len(cited) < len(sections) / 2:
        return
    for section, parts in sections.items():
        heading = headings.get(section)
        own = _OWN_WORDS.search(section[-1]) is not None
        length = sum(len(part.text.split()) for part in parts if part.kind in ("paragraph", "list-item"))
        claims = any(one.day is not None for part in parts for one in part.dates) or length >= LONG
        if heading is not None and section not in cited and length >= LEAST_WORDS and claims and not own:
            yield Finding(
                "section-uncited", "warning", heading.number, 0, len(heading.text), heading.text,
                "this section cites no source, as others here do",
            )  # fmt: skip


def _cites(passage: Passage) -> bool:
    return bool(
        passage.links
        or passage.marks
        or _CITED.search(fold_digits(passage.text))
        or re.search(r"https?://|[A-Z][\w’-]+(?: (?:and|&) [A-Z][\w’-]+| et al\.)?,? \(?\d{4}", passage.text)
    )
