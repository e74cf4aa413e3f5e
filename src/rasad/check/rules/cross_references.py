"""Rule: a reference to a section, table, figure, annex or finding that the text does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from rasad.check.finding import Finding
from rasad.check.number_words import any_of, value
from rasad.check.outline import Heading, headings, label_at, of_its_own, plain
from rasad.check.passage import Passage, Reading
from rasad.check.records import is_record
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern

LEAST_PARTS: Final = 2
NEAR: Final = 45
"""Characters about a reference in which a text may say that it is to another text."""

_NOUNS: Final = {
    "en": {
        "section": r"(?:sections?|parts?|chapters?)",
        "table": r"tables?", "figure": r"(?:figures?|fig\.|charts?)", "annex": r"(?:annex(?:es)?|appendix|appendices)",
    },
    "prs": {
        "section": r"(?:بخش|فصل|قسمت)(?:[\u200c ]?های)?", "table": r"جدول(?: شمارهٔ?)?", "figure": r"(?:شکل|نمودار|گراف|تصویر|نقشهٔ?)(?: شمارهٔ?)?", "annex": r"(?:ضمیمهٔ?|پیوست)",
    },
    "ps": {
        "section": r"(?:برخه|برخې|څپرکی|څپرکي)", "table": r"جدول", "figure": r"(?:شکل|ګراف|انځور|نقشه)", "annex": r"(?:ضمیمه|ضمیمې)",
    },
    "ar": {
        "section": r"(?:القسم|الفصل|الجزء)", "table": r"الجدول(?: رقم)?", "figure": r"(?:الشكل|الرسم)(?: رقم)?", "annex": r"(?:الملحق|المرفق)(?: رقم)?",
    },
}  # fmt: skip
_OF_ANOTHER: Final = re.compile(
    r"\s*(?:of (?!this\b)|in (?:the|its|their) (?!text|report|paper|brief)|from (?:the|its)\b|\(|[\[“«\"]|قانون|معاهد|پیمان|قرارداد|قطعنامه|اعلامیه|کنوانسیون|منشور|اساسنامه|من (?:قانون|معاهدة|الاتفاق|ميثاق|القرار)|د قانون|د تړون)"
)
_BEFORE: Final = re.compile(
    r"(?:(?:treaty|law|act|code|charter|resolution|agreement|regulation|report|article|book|its|their|his|her|whose|['’]s|قانون|معاهدهٔ?|د قانون|تړون)(?:,| in)?\s+)$",
    re.IGNORECASE,
)
_IN_A_SOURCE: Final = re.compile(r"(?:\((?!\s*(?:see|cf|نک|انظر|وګورئ)\b)[^()]{3,80}|[)\]»”\"*])\s*[,،]\s*$")
"""The name of a work before a table or chapter of it: ``(Yearbook, table 12)``, ``the Office (2026), table 3``."""

_CHAPTER: Final = re.compile(r"(?i)chapters?\b|فصل|الفصل|څپرک")
_SEEN: Final = re.compile(
    r"\b(?:under|see|given in|heading) (?:the heading |the section )?[“\"]([^”\"]{3,60})[”\"]", re.IGNORECASE
)
_REASON: Final = re.compile(
    r"\b(?:see|reasons?|given|said|shown|explained|described|set out|listed|discussed|found|findings?|told|section|heading)\b[^.]{0,30}$",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"(?<![\w.-])([A-Z])(\d{1,2})(?![\w-]|\.\d)")


def dangling(reading: Reading) -> Iterator[Finding]:
    """A reference to a part, table, figure or annex of this text that is not there."""
    own = headings(reading)
    there = {kind: _numbers(reading, kind) for kind in ("table", "figure", "annex")}
    sections = _sections(own)
    # A chapter is one of another work, where the text does not call its own parts so.
    has_chapters = not is_record(reading) and any(_CHAPTER.search(one.passage.text) for one in own)
    for passage in reading.prose():
        if is_reference(passage):
            continue
        yield from _of_numbers(passage, sections, there, has_chapters=has_chapters)
        if passage.lang == "en" and len(own) > LEAST_PARTS:
            yield from _of_names(passage, own)
    yield from _of_codes(reading)


def _of_numbers(
    passage: Passage, sections: set[str], there: dict[str, set[str]], *, has_chapters: bool
) -> Iterator[Finding]:
    for match in _pattern(passage.lang).finditer(passage.folded):
        kind = next(name for name in _NOUNS["en"] if match[name])
        if _means_no_part(passage, match, kind):
            continue
        name = _name(_told(match), passage.lang)
        if _OF_ANOTHER.match(passage.text, match.end()) or _BEFORE.search(
            passage.text[max(match.start() - 24, 0) : match.start()]
        ):
            continue
        is_chapter = _CHAPTER.match(match[0]) is not None and not has_chapters
        if is_chapter or _is_of_a_source(passage, match.start(), match.end()):
            continue
        if kind == "section":
            known = sections
            dotted = "." in name and not any("." in one for one in sections)
            if len(sections) < LEAST_PARTS or name in sections or dotted:
                continue
        else:
            known = there[kind]
            if not known and pattern(passage.lang, "outside").search(
                _near(passage, match.start(), match.end())
            ):
                continue
            if name in known or (_is_caption(passage, match.start()) and not _is_spoken_of(passage, match)):
                continue
        what = (
            f"{'sections' if kind == 'section' else kind + 's'} {', '.join(sorted(known, key=_order)[:12])}"
            if known
            else f"no {kind}"
        )
        yield Finding(
            "structure-reference", "error", passage.number, match.start(), match.end(), passage.text[match.start() : match.end()],
            f"there is no such part: this text has {what}",
        )  # fmt: skip


def refers_to_part(passage: Passage, start: int, end: int) -> bool:
    """Whether a stretch of a text refers to a part or table of it: ``as sections 2 and 3 show``."""
    return any(
        not _OF_ANOTHER.match(passage.text, match.end())
        for match in _pattern(passage.lang).finditer(passage.folded, start, end)
    )


def _is_of_a_source(passage: Passage, start: int, end: int) -> bool:
    """Whether a reference stands in a link, or behind the name of the work that it is to."""
    linked = any(one.start < end and start < one.end for one in passage.links)
    return linked or _IN_A_SOURCE.search(passage.text[max(start - 2 * NEAR, 0) : start]) is not None


def _means_no_part(passage: Passage, match: re.Match[str], kind: str) -> bool:
    """Whether a noun with a number is no reference: ``the figures 12 and 14``, ``the second part of the year``."""
    before = passage.text[max(match.start() - 8, 0) : match.start()].casefold()
    if kind == "figure" and match[0][:1].islower() and not before.endswith(("see ", "in ", "as ", "(")):
        return True
    if match[0].casefold().startswith("chapter") and before.endswith("under "):
        return True
    in_words = not any(map(str.isdigit, _told(match))) and passage.lang != "en"
    return (
        in_words
        and pattern(passage.lang, "shows").search(passage.text, match.end(), match.end() + NEAR) is None
    )


def _near(passage: Passage, start: int, end: int) -> str:
    return passage.text[max(start - NEAR, 0) : end + NEAR]


def _is_caption(passage: Passage, start: int) -> bool:
    return start == 0 and (passage.kind in ("caption", "heading") or len(passage.text) < 160)


def _is_spoken_of(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a line that begins with a number and its noun says what the table shows, as ``۲ جدول بیې ښيي``."""
    return bool(match.groupdict().get("ahead")) and passage.text.rstrip().endswith((".", "۔", "]"))


def _sections(own: list[Heading]) -> set[str]:
    """The names by which sections can be meant: their numbers, or their places where none is numbered."""
    labelled = [
        one.label for one in own if one.label is not None and one.label.style in ("number", "roman", "word")
    ]
    if len(labelled) >= LEAST_PARTS:
        told = {".".join(map(str, (*label.above, label.value))) for label in labelled}
        highest = (
            max(label.value for label in labelled if not label.above)
            if any(not one.above for one in labelled)
            else 0
        )
        return told | {str(number) for number in range(1, highest + 1)}
    if not own:
        return set()
    top = min((one.passage.level for one in own[1:]), default=0)
    count = sum(one.passage.level == top for one in own)
    return {str(number) for number in range(1, count + 1)} if count >= LEAST_PARTS else set()


def _numbers(reading: Reading, kind: str) -> set[str]:
    """The tables, figures or annexes that have a caption or heading of their own."""
    found = set()
    for passage in reading.passages:
        if passage.kind in ("caption", "heading") or len(passage.text) < 160:
            match = _pattern(passage.lang).match(passage.folded.lstrip("*_ "))
            if match is not None and match[kind] and not _is_spoken_of(passage, match):
                found.add(_name(_told(match), passage.lang))
        # What a link names is in another text, and so is every later mention of it.
        for link in passage.links:
            for match in _pattern(passage.lang).finditer(passage.folded, link.start, link.end):
                if match[kind]:
                    found.add(_name(_told(match), passage.lang))
    return found


def _of_names(passage: Passage, own: list[Heading]) -> Iterator[Finding]:
    """A reference to a heading by its words: ``for the reasons given under "Energy"``."""
    if '"' not in passage.text and "“" not in passage.text:
        return
    for match in _SEEN.finditer(passage.text):
        words = plain(match[1])
        if _REASON.search(passage.text[max(match.start() - 60, 0) : match.start()]) is None and not match[
            0
        ].lower().startswith("see"):
            continue
        if not any(words and words in one.words for one in own):
            yield Finding(
                "structure-reference", "error", passage.number, match.start(), match.end(), match[0],
                f"there is no heading '{match[1]}': the headings are "
                + "; ".join(one.passage.text for one in own if not of_its_own(one))[:200],
            )  # fmt: skip


def _of_codes(reading: Reading) -> Iterator[Finding]:
    """A reference to ``K7`` where the text labels its findings K1 to K3."""
    known: dict[str, set[int]] = {}
    for passage in reading.passages:
        label = label_at(passage.text) or (label_at(f"{passage.marker} ") if passage.marker else None)
        if label is not None and label.style == "code":
            known.setdefault(label.letter, set()).add(label.value)
    defined = {letter: numbers for letter, numbers in known.items() if len(numbers) >= LEAST_PARTS}
    if not defined:
        return
    for passage in reading.prose():
        for match in _CODE.finditer(passage.text):
            numbers = defined.get(match[1])
            if numbers is not None and int(match[2]) not in numbers and match.start() > 0:
                told = ", ".join(f"{match[1]}{number}" for number in sorted(numbers))
                yield Finding(
                    "structure-reference", "error", passage.number, match.start(), match.end(), match[0],
                    f"there is no {match[0]}: this text has {told}",
                )  # fmt: skip


def _told(match: re.Match[str]) -> str:
    """The number of a reference, behind its noun or, in Pashto, before it."""
    return match.groupdict().get("ahead") or match["name"]


def _name(name: str, lang: str) -> str:
    """A number as a set of parts has it: ``VII`` and ``seventh`` are 7, ``Annex C`` is C."""
    plain_name = name.strip().rstrip(".")
    if re.fullmatch(r"[IVX]+", plain_name):
        label = label_at(f"{plain_name}. ")
        return str(label.value) if label is not None else plain_name
    worth = value(plain_name.casefold(), lang, "cardinal") or value(plain_name.casefold(), lang, "ordinal")
    return str(worth) if worth else plain_name.upper()


def _order(name: str) -> tuple[int, str]:
    return (int(name.split(".", maxsplit=1)[0]), name) if name[:1].isdigit() else (0, name)


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    words = _NOUNS[lang]
    named = "|".join(f"(?P<{kind}>{noun})" for kind, noun in words.items())
    ordinal = any_of(lang, "ordinal")
    number = r"\d{1,2}(?:\.\d{1,2}){0,2}(?![\d%٪]|\.\d|,\d)|(?-i:[IVX]{1,5})(?!\w)|(?<=annex )(?-i:[A-H])(?!\w)|(?<=appendix )(?-i:[A-H])(?!\w)"
    after = f"|{ordinal}" if lang != "en" else ""
    if lang == "ps":
        # Pashto puts the number before its noun too: ``۲ جدول``.
        return re.compile(
            rf"(?<![\w\u200c.,٫٬-])(?:(?P<ahead>\d{{1,2}})[.مه]{{0,2}}\s+)?(?:{named})(?:(?(ahead)(?![\w])|\s+(?P<name>{number}{after})))"
        )
    return re.compile(rf"(?<![\w\u200c-])(?:{named})\s+(?P<name>{number}{after})", re.IGNORECASE)
