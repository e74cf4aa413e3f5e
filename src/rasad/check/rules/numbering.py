"""Rule: numbers and letters of headings, items, tables and figures, of which one is left out or there twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from rasad.check.finding import Finding
from rasad.check.outline import Label, follows, headings, label_at, name_of, next_after
from rasad.check.passage import Passage, Reading
from rasad.check.references import entries, is_reference

LEAST_RUN: Final = 2
_CAPTION = re.compile(
    r"\s*(?P<what>Table|Figure|Fig\.|Chart|Map|Box|جدول|شکل|نمودار|نقشه|ګراف|شکل|الجدول|الشكل|الخريطة|جدول رقم)\s+(?P<number>\d{1,2})\s*[:.–—-]",
    re.IGNORECASE,
)
_WORD_AND_NUMBER = re.compile(
    r"(?P<what>Finding|Recommendation|Item|Option|Point|Step|Decision|Lesson|Judge?ment|یافتهٔ?|توصیهٔ?|پیشنهاد|نکتهٔ?|مادهٔ?|بند|موندنه|سپارښتنه|ټکی|النتيجة|التوصية|البند|النقطة)\s+(?P<number>\d{1,2})\s*[.:–—-]",
    re.IGNORECASE,
)
_ROW_HEAD = re.compile(r"(?i)(?:no\.?|nr\.?|#|№|number|شماره|شمارهٔ?|ردیف|ګڼه|شمېره|شمېر|الرقم|رقم|م)$")


@dataclass(frozen=True)
class Placed:
    """A label with where it stands."""

    label: Label
    passage: Passage
    start: int
    end: int


def numbering(reading: Reading) -> Iterator[Finding]:
    """Labels of one kind in one place of the text, with one left out, given twice, or begun at another than the first."""
    ended: set[int] = set()
    for run in _runs(reading):
        yield from _faults(run, ended)
        ended.add(run[-1].label.value)


def _runs(reading: Reading) -> Iterator[list[Placed]]:
    runs: dict[tuple[object, ...], list[Placed]] = {}
    lone: set[int] = set()
    own = headings(reading)
    for one in own:
        if one.label is None:
            continue
        passage, label = one.passage, one.label
        end = 0 if passage.marker else len(label.written)
        kind = ("heading", passage.level, label.style, label.letter if label.style == "code" else "")
        run = runs.setdefault(kind, [])
        between = _between(reading, run[-1], passage.number, label) if run else []
        lone.update(placed.passage.number for placed in between)
        run += [*between, Placed(label, passage, 0, end)]
    for run in runs.values():
        after = _between(reading, run[-1], len(reading.passages), None)[:1]
        lone.update(placed.passage.number for placed in after)
    yield from runs.values()
    yield from _of_items(reading, lone)
    yield from _of_captions(reading)


def _between(reading: Reading, last: Placed, end: int, following: Label | None) -> list[Placed]:
    """Lines between two headings that have the numbers left out between theirs: headings that were not read as such.

    Without a second heading, the line after the last one that goes on from its number.
    """
    if last.label.style != "number" or last.label.above:
        return []
    if following is not None and (following.above or following.value <= last.label.value + 1):
        return []
    found = [last]
    for passage in reading.passages[last.passage.number + 1 : end]:
        if passage.kind in ("list-item", "paragraph") and not is_reference(passage):
            first = next(iter(_labels(passage)), None)
            if first is not None and first.label.style == "number" and follows(first.label, found[-1].label):
                found.append(first)
    if following is not None and not follows(following, found[-1].label):
        return []
    return found[1:]


def _of_items(reading: Reading, lone: AbstractSet[int]) -> Iterator[list[Placed]]:
    """Runs of numbered items and lines: those of a section, and of the next where their numbers go on."""
    skipped = {one.passage.number for one in entries(reading)}
    runs: dict[tuple[object, ...], tuple[tuple[str, ...], list[Placed]]] = {}
    counting: set[tuple[object, ...]] = set()
    for passage in reading.passages:
        if (
            passage.kind not in ("list-item", "paragraph")
            or is_reference(passage)
            or passage.number in skipped
            or passage.number in lone
        ):
            continue
        for placed in _labels(passage):
            label = placed.label
            key = (
                label.style,
                label.written[:1] == "(",
                label.above,
                label.letter if label.style == "code" else "",
            )
            section, run = runs.get(key, (passage.section, []))
            again = label.value == 1 and key in counting
            if again or (section != passage.section and run and not follows(label, run[-1].label)):
                yield run
                run = []
                counting.discard(key)
            run.append(placed)
            if label.value != 1:
                counting.add(key)
            runs[key] = (passage.section, run)
    yield from (run for _, run in runs.values())


def _labels(passage: Passage) -> Iterator[Placed]:
    if passage.marker:
        label = label_at(f"{passage.marker} ")
        if label is not None and (label.style != "roman" or len(label.letter) > 1):
            yield Placed(label, passage, 0, 0)
    starts = passage.lines if not passage.marker else passage.lines[1:]
    for start in starts:
        label = label_at(passage.text, start)
        if (
            label is not None
            and label.style in ("letter", "alphabet", "code", "number")
            and (start == 0 or label.written.endswith(")") or label.style == "number")
        ):
            yield Placed(label, passage, start, start + len(label.written))


def _of_captions(reading: Reading) -> Iterator[list[Placed]]:
    runs: dict[str, list[Placed]] = {}
    for passage in reading.passages:
        match = (
            _CAPTION.match(passage.folded) if passage.kind in ("caption", "paragraph", "heading") else None
        )
        if match is not None:
            written = passage.text[match.start("what") : match.end("number")]
            label = Label("number", int(match["number"]), (), written, match.end())
            runs.setdefault(match["what"].casefold(), []).append(
                Placed(label, passage, match.start("what"), match.end("number"))
            )
    yield from runs.values()
    yield from _of_words(reading)
    yield from _of_rows(reading)


def _of_words(reading: Reading) -> Iterator[list[Placed]]:
    """Items and headings of one section that name what they are before their number, as ``Finding 2``."""
    runs: dict[tuple[object, ...], list[Placed]] = {}
    for passage in reading.passages:
        match = _WORD_AND_NUMBER.match(passage.folded) if passage.kind in ("list-item", "heading") else None
        if match is not None and not is_reference(passage):
            label = Label(
                "number", int(match["number"]), (), passage.text[: match.end("number")], match.end()
            )
            key = (match["what"].casefold(), passage.kind, passage.section)
            runs.setdefault(key, []).append(Placed(label, passage, 0, match.end("number")))
    yield from (run for run in runs.values() if len(run) > LEAST_RUN)


def _of_rows(reading: Reading) -> Iterator[list[Placed]]:
    """The numbers of the rows of a table whose first column says that it numbers them."""
    run: list[Placed] = []
    numbers = False
    for passage in reading.passages:
        if passage.kind != "table-cell":
            yield from [run] if len(run) > LEAST_RUN else []
            run, numbers = [], False
            continue
        if passage.column != 1 or is_reference(passage):
            continue
        text = passage.folded.strip()
        if text.isdigit() and len(text) < len("100") and numbers:
            label = Label("number", int(text), (), passage.text, len(text))
            run.append(Placed(label, passage, 0, len(passage.text)))
        elif _ROW_HEAD.match(text):
            numbers = True
    yield from [run] if len(run) > LEAST_RUN else []


def _faults(run: Sequence[Placed], ended: AbstractSet[int]) -> Iterator[Finding]:
    """The labels of a run that do not follow; where the next one goes on from the right number, this one is wrong.

    ``ended`` holds the last numbers of the runs before, from which a list may go on.
    """
    is_caption = _CAPTION.match(run[0].passage.folded) is not None and run[0].label.written[:1].isalpha()
    if all(one.label.value == 1 for one in run) and len(run) > 1 and not is_caption:
        return
    first = run[0].label
    counted = first.style in ("number", "alphabet", "code", "word") and not first.above
    if (
        counted
        and first.value > 1
        and run[0].passage.kind != "heading"
        and _is_list(run)
        and not (first.value > 2 and first.value - 1 in ended)
    ):
        yield _finding(run[0], f"the first is {name_of(first)}, not {_first_of(first)}")
    before = first
    for at in range(1, len(run)):
        label = run[at].label
        if len(label.above) > len(before.above) and label.above[-1] == before.value:
            continue
        if (
            label.above
            and len(label.above) == len(before.above)
            and label.above != before.above
            and label.value == 1
        ):
            before = label
            continue
        if len(label.above) < len(before.above) and label.value == before.above[-1] + 1:
            before = label
            continue
        if len(label.above) == len(before.above) and follows(label, before):
            before = label
            continue
        following = run[at + 1].label if at + 1 < len(run) else None
        twice = before.value == 1 and following is not None and following.value == 3
        if is_caption and label.value == before.value:
            yield _finding(run[at], f"{name_of(label)} is there twice: it should be {next_after(before)}")
            before = _moved(before)
            continue
        if label.value == 1 and run[at].passage.kind != "heading" and not twice:
            before = label
            continue
        should = next_after(before)
        what = "is there twice" if name_of(label) == name_of(before) else f"follows {name_of(before)}"
        yield _finding(run[at], f"{name_of(label)} {what}: it should be {should}")
        goes_on = (
            following is not None and following.value == before.value + 2 and label.style != "alphabet"
        ) or len(label.above) != len(before.above)
        before = _moved(before) if goes_on else label


def _is_list(run: Sequence[Placed]) -> bool:
    """Whether labels are those of a list, and not a number that a sentence happens to begin with."""
    return len(run) > 1 or (run[0].passage.kind == "list-item" and bool(run[0].passage.marker))


def _first_of(label: Label) -> str:
    return {"alphabet": "الف", "code": f"{label.letter}1"}.get(label.style, "1")


def _moved(label: Label) -> Label:
    return Label(label.style, label.value + 1, label.above, label.written, label.end, label.letter)


def _finding(one: Placed, message: str) -> Finding:
    words = one.passage.text[one.start : one.end] if one.end > one.start else one.label.written
    end = one.end if one.end > one.start else len(one.passage.text)
    return Finding("structure-numbering", "warning", one.passage.number, one.start, end, words, message)
