"""Rules on structure: parts that were announced, numbering, contents against headings, recommendations that rest on nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.rules.dates import is_reference
from rasad.check.word_lists import pattern
from rasad.languages.numbers import fold_digits

NUMBERS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8,
    "دوه": 2, "درې": 3, "څلور": 4, "پنځه": 5, "شپږ": 6, "اووه": 7, "اته": 8,
    "ثلاثة": 3, "أربعة": 4, "خمسة": 5, "ستة": 6, "سبعة": 7, "ثمانية": 8, "ثلاث": 3, "أربع": 4, "خمس": 5, "ست": 6, "سبع": 7,
}  # fmt: skip
LEAST_SENTENCE: Final = 30
_ORDINAL = re.compile(r"^\s*\(?(\d{1,2})[.)](?!\d)\s")
_LISTED_WORDS = {
    "نخست": 1, "اول": 1, "دوم": 2, "سوم": 3, "چهارم": 4, "پنجم": 5, "لومړی": 1, "دویم": 2, "دوهم": 2, "درېیم": 3, "څلورم": 4,
    "أولا": 1, "أولاً": 1, "أولًا": 1, "ثانيا": 2, "ثانياً": 2, "ثانيًا": 2, "ثالثا": 3, "ثالثاً": 3, "ثالثًا": 3, "رابعا": 4, "رابعاً": 4, "رابعًا": 4,
}  # fmt: skip
_ORDINALS = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_LISTED_WORDS, key=len, reverse=True))})(?=[،,:]|\s)")
_LISTED = re.compile(
    r"(?:^|[\s(:;،؛])\(?([1-9])[.)]\s|\b(first|second|third|fourth|fifth|sixth|seventh)(?:ly)?\b",
    re.IGNORECASE,
)
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_OF_A_TEXT = re.compile(r"(?i)parts|sections|chapters|بخش|قسمت|برخې|أقسام|محاور")
_ENDED = re.compile(r"[.!?؟…:;؛»”\")\]]\s*$")
_GROUND = re.compile(
    r"\[[\w@^]|\(|finding|section|above|see |یافته|بخش|بالا|موندن|برخه|پورته|النتائج|القسم|أعلاه",
    re.IGNORECASE,
)


def announced_parts(reading: Reading) -> Iterator[Finding]:
    """A text that announces so many parts and lists others: in the same paragraph, or as its numbered headings."""
    for passage in reading.prose():
        for match in pattern(passage.lang, "parts").finditer(passage.text):
            wanted = NUMBERS.get(match["n"].casefold())
            following = _items_after(reading, passage)
            if (
                wanted is not None
                and passage.text.rstrip().endswith(":")
                and following
                and following != wanted
            ):
                yield Finding(
                    "structure-parts", "warning", passage.number, match.start(), match.end(), match[0],
                    f"{wanted} are announced, {following} follow",
                )  # fmt: skip
                continue
            numbered = [
                p for p in reading.passages if p.kind == "heading" and _ORDINAL.match(fold_digits(p.text))
            ]
            if (
                wanted is not None
                and _OF_A_TEXT.search(match[0])
                and len(numbered) > 1
                and len(numbered) != wanted
            ):
                yield Finding(
                    "structure-parts", "warning", passage.number, match.start(), match.end(), match[0],
                    f"{wanted} are announced, {len(numbered)} headings are numbered",
                )  # fmt: skip
                continue
            inside = _inside(passage.text[match.end() :])
            if (
                wanted is not None
                and len(inside) >= 2
                and inside == list(range(1, len(inside) + 1))
                and len(inside) != wanted
            ):
                yield Finding(
                    "structure-parts", "warning", passage.number, match.start(), match.end(), match[0],
                    f"{wanted} are announced, {len(inside)} follow",
                )  # fmt: skip


def numbering(reading: Reading) -> Iterator[Finding]:
    """Headings or paragraphs that are numbered, with a number left out or given twice."""
    runs: dict[tuple[str, int], list[tuple[int, Passage, int]]] = {}
    for passage in reading.passages:
        match = _ORDINAL.match(fold_digits(passage.text))
        if match is not None and not is_reference(passage) and passage.kind in ("heading", "paragraph"):
            kind = (passage.kind, passage.level if passage.kind == "heading" else hash(passage.section))
            runs.setdefault(kind, []).append((int(match[1]), passage, match.end()))
    for run in runs.values():
        for (before, _, _), (number, passage, end) in itertools.pairwise(run):
            if number != before + 1 and number != 1:
                yield Finding(
                    "structure-numbering", "warning", passage.number, 0, len(passage.text) if passage.kind == "heading" else end,
                    passage.text if passage.kind == "heading" else passage.text[:end].strip(),
                    f"after {before} comes {number}, not {before + 1}",
                )  # fmt: skip


def broken_sentences(reading: Reading) -> Iterator[Finding]:
    """A paragraph that ends within a sentence: on a word after which one has to go on."""
    for passage in reading.prose():
        text = passage.text.rstrip()
        if (
            is_reference(passage)
            or len(text) < LEAST_SENTENCE
            or _ENDED.search(text)
            or "table" in passage.kind
        ):
            continue
        start = text.rfind(" ") + 1
        if pattern(passage.lang, "open_end").fullmatch(text[start:]):
            begin = max(text.rfind(" ", 0, max(start - 30, 0)) + 1, 0)
            yield Finding(
                "structure-broken", "warning", passage.number, begin, len(text), text[begin:],
                "the sentence is broken off",
            )  # fmt: skip


def contents(reading: Reading) -> Iterator[Finding]:
    """An entry of the contents that is no heading of the text."""
    headings = {_plain(p.text) for p in reading.passages if p.kind == "heading"}
    listing = False
    for passage in reading.passages:
        is_title = pattern(passage.lang, "contents").fullmatch(passage.text.strip(" :*")) is not None
        if is_title:
            listing = True
        elif listing and passage.kind == "list-item":
            if len(headings) > 2 and _plain(passage.text) not in headings:
                yield Finding(
                    "structure-contents", "warning", passage.number, 0, len(passage.text), passage.text,
                    "the contents name a part that no heading has",
                )  # fmt: skip
        else:
            listing = False


def _plain(text: str) -> str:
    """A heading without number, page and case."""
    words = re.sub(r"^\s*[\d٠-٩۰-۹]{1,2}[.)]\s*|[\s.…·]*[\d٠-٩۰-۹]*\s*$", "", text.casefold())
    return " ".join(re.findall(r"\w+", words))


def recommendations(reading: Reading) -> Iterator[Finding]:
    """Recommendations that say not by when, or name no finding where others of the section do."""
    sections: dict[tuple[str, ...], list[Passage]] = {}
    for passage in reading.prose():
        if (
            passage.section
            and passage.kind == "list-item"
            and pattern(passage.lang, "recommendation").search(passage.section[-1])
        ):
            sections.setdefault(passage.section, []).append(passage)
    for items in sections.values():
        grounded = [p for p in items if _GROUND.search(p.text) or p.marks or p.links]
        timed = [p for p in items if _is_timed(p)]
        for passage in items:
            no_ground, no_time = (
                passage not in grounded and bool(grounded),
                passage not in timed and bool(timed),
            )
            if no_ground or no_time:
                lacks = ["on which finding it rests"] * no_ground + ["by when"] * no_time
                yield Finding(
                    "recommendation-unfounded" if no_ground else "recommendation-bare", "warning", passage.number,
                    0, len(passage.text), passage.text,
                    f"the recommendation does not say {' and '.join(lacks)}, as others here do",
                )  # fmt: skip
        if len(items) > 1 and not timed and not grounded:
            passage = items[0]
            yield Finding(
                "recommendation-unfounded", "warning", passage.number, 0, len(passage.text), passage.text,
                f"{len(items)} recommendations, and none names the finding that it rests on or says by when",
            )  # fmt: skip


def _is_timed(passage: Passage) -> bool:
    return bool(passage.dates) or pattern(passage.lang, "time").search(passage.text) is not None


def _items_after(reading: Reading, passage: Passage) -> int:
    count = 0
    for other in reading.passages[passage.number + 1 :]:
        if other.kind != "list-item":
            break
        count += other.level <= 1
    return count


def _inside(text: str) -> list[int]:
    words = [_LISTED_WORDS[match[0]] for match in _ORDINALS.finditer(text)]
    return words or [
        int(match[1]) if match[1] else _ORDER[match[2].casefold()]
        for match in _LISTED.finditer(fold_digits(text))
    ]
