"""Rule: so many parts, questions, points or scenarios are announced, and others follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from rasad.check.finding import Finding
from rasad.check.lists import counted_after, named_after
from rasad.check.number_words import any_of, value
from rasad.check.outline import Heading, headings, label_at
from rasad.check.part_counts import of_questions, of_recommendations, of_scenarios, of_sections, of_stories
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern

MOST: Final = 20
SHORTEST: Final = 4
_RECOMMENDS = re.compile(
    r"(?i)recommend|propose|suggest|نوصي|نقترح|پیشنهاد می|توصیه می|سپارښتنه کوو|وړاندیز کوو"
)
BEFORE: Final = 14
_COMMA = re.compile(r"[,،]")
"""What parts a count from a list behind a colon: the list is of what stands behind the comma."""

_OF_STORIES = re.compile(r"(?i)\bthe\s+$")
_KNOWN = re.compile(r"(?i)\b(?:both|these|those|of the|of all|all|other|last|first)\s+$")
EARLY: Final = 15
"""Passages within which a text announces its parts."""

NEAR_END: Final = 120
"""Characters from the end of a paragraph within which it may announce what the next ones bring."""

LONGEST: Final = 3_000
"""Characters behind a count within which its ordinals stand."""

_OF_MEASURE = re.compile(
    r"(?i)times|years|days|weeks|months|hours|minutes|seconds|percent|per|dollars|euros|rupees|afghanis|tonnes|metres|kilometres|miles|points"
    r"|بار|سال|روز|هفته|ماه|ساعت|دقیقه|متر|کیلومتر|دالر|درصد|ځله|کاله|ورځې|اونۍ|میاشتې|ساعته|کیلومتره|ډالره?|سلنه|مرات|سنوات|أيام|أسابيع|أشهر|ساعات|دقائق"
)
"""Nouns of measure, behind which a list is of something else."""

FAR: Final = 2
"""By how much a list may differ from its count, where the noun alone does not say that the list is of it."""

_NOUNS: Final = {
    "en": {
        "section": r"(?:parts|sections|chapters)", "question": r"questions", "scenario": r"scenarios", "recommendation": r"recommendations",
        "story": r"(?:items|stories|news items|reports)",
        "other": r"(?:subjects|topics|themes|dimensions|points|steps|reasons|drivers|factors|aspects|levels|things|findings|conclusions|lessons|risks|options|ways|demands|requests|decisions|measures|countries|studies|areas|issues|judge?ments|messages)",
    },
    "prs": {
        "section": r"(?:بخش|فصل|قسمت)", "question": r"(?:پرسش|سوال|سؤال)", "scenario": r"سناریو", "recommendation": r"(?:پیشنهاد|توصیه|سفارش)", "story": r"(?:خبر|گزارش)",
        "other": r"(?:محور|موضوع|نکته|دلیل|عامل|سطح|نتیجه|خواست|گام|راه|مسئله|درس|خطر|گزینه|بعد|شرط|یافته|هدف|مرحله|پیام|اصل)",
    },
    "ps": {
        "section": r"(?:برخې|برخو|فصلونه|فصلونو|څپرکي)", "question": r"پوښتن[ېو]", "scenario": r"سناریوګان[ېو]", "recommendation": r"(?:سپارښتن[ېو]|وړاندیزون[هو])", "story": r"(?:خبرون[هو]|راپورون[هو])",
        "other": r"(?:لاملون[هو]|ټکي|ټکو|محورون[هو]|کچ[ېو]|غوښتن[ېو]|لار[ېو]|پایل[ېو]|موضوع ?ګان[ېو]|ګامون[هو]|خطرون[هو]|موندن[ېو]|درسون[هو]|شرطون[هو])",
    },
    "ar": {
        "section": r"(?:أقسام|أجزاء|فصول|قسمين|جزأين|فصلين)", "question": r"(?:أسئلة|سؤالين)", "scenario": r"(?:سيناريوهات|سيناريوهين|سيناريوهان)", "recommendation": r"(?:توصيات|توصيتين|توصيتان)", "story": r"(?:أخبار|تقارير)",
        "other": r"(?:محاور|أسباب|عوامل|نقاط|مستويات|خطوات|نتائج|مطالب|طرق|مسائل|دروس|مخاطر|خيارات|أبعاد|شروط|محورين|سببين|عاملين|نقطتين|خيارين)",
    },
}  # fmt: skip


def announced_parts(reading: Reading) -> Iterator[Finding]:
    """A count of parts, and as many as there are: in the sentence, in what follows, or in the headings."""
    return (one for one in _found(reading) if one.rule == "structure-parts")


def counted_lists(reading: Reading) -> Iterator[Finding]:
    """A count of anything before a colon, and a list of another length behind it."""
    return (one for one in _found(reading) if one.rule == "figure-count")


def _found(reading: Reading) -> Iterator[Finding]:
    own = headings(reading)
    for passage in reading.prose():
        if is_reference(passage) or passage.kind == "table-cell":
            continue
        for match in islice(_pattern(passage.lang).finditer(passage.folded), MOST):
            wanted = _count(match, passage.lang)
            kind = next(name for name in _NOUNS["en"] if match[name])
            if wanted is None or wanted > MOST:
                continue
            if _is_mention(passage, match.start(), match.end(), kind):
                continue
            found = _told(reading, passage, match.end(), wanted, (kind, match[kind])) or _in_headings(
                reading, own, passage, wanted, kind
            )
            if found is not None and found[0] != wanted:
                yield _finding(passage, match.start(), match.end(), wanted, found)
        yield from _any_count(reading, passage)


def _is_mention(passage: Passage, start: int, end: int, kind: str) -> bool:
    """Whether a count is of what is known already, as ``the two countries`` or ``three of the four points``, with no list after a colon."""
    before = passage.text[max(start - BEFORE, 0) : start]
    known = _KNOWN.search(before) or (kind == "story" and _OF_STORIES.search(before))
    return bool(known) and passage.text[end : end + 1] != ":"


def _finding(passage: Passage, start: int, end: int, wanted: int, found: tuple[int, str]) -> Finding:
    return Finding(
        "structure-parts", "warning", passage.number, start, end, passage.text[start:end],
        f"{wanted} are announced, {found[0]} {found[1]}",
    )  # fmt: skip


def _count(match: re.Match[str], lang: str) -> int | None:
    word = match["count"]
    if word is None:
        return 2
    return value(word.casefold(), lang, "cardinal")


def _told(
    reading: Reading, passage: Passage, end: int, wanted: int, named_as: tuple[str, str]
) -> tuple[int, str] | None:
    """How many are named or follow at once, of a kind and called so; None where nothing tells."""
    kind, noun = named_as
    named = named_after(passage, end)
    far = all(abs(one - wanted) > FAR for one in named)
    if named and wanted not in named and not (far and passage.text[end : end + 1] in ",،"):
        return min(named, key=lambda one: abs(one - wanted)), "are named"
    headed = _in_their_headings(reading, passage, noun) if kind == "other" else 0
    if headed > 1:
        return headed, "have a heading"
    rows = _rows(reading, passage) if end < NEAR_END else 0
    if rows > 1:
        return rows, "stand in the table"
    if kind == "other" and _RECOMMENDS.search(passage.text, max(end - NEAR_END // 2, 0), end):
        made = of_recommendations(reading, passage)
        if made > 1:
            return made, "are made"
    items = _items(reading, passage) or _lettered(reading, passage)
    if items and passage.text.rstrip().endswith(":"):
        return items, "follow"
    return _or_none(_in_order(reading, passage, end, far=kind in ("other", "scenario")), "follow")


def _in_headings(
    reading: Reading, own: list[Heading], passage: Passage, wanted: int, kind: str
) -> tuple[int, str] | None:
    """How many the headings and lists of the text have; None where the count is not of this text."""
    if kind == "scenario":
        return _or_none(of_scenarios(reading, passage), "are told")
    if kind == "recommendation":
        return _or_none(of_recommendations(reading, passage), "are made")
    if passage.number > EARLY or not pattern(passage.lang, "this_text").search(passage.text):
        return None
    if kind == "section":
        return of_sections(own, wanted)
    if kind == "question":
        return of_questions(reading, own, wanted)
    return _or_none(of_stories(reading, passage), "follow") if kind == "story" else None


def _or_none(count: int, where: str) -> tuple[int, str] | None:
    return (count, where) if count > 1 else None


def _items(reading: Reading, passage: Passage) -> int:
    """How many items follow a passage at once."""
    count = 0
    for other in reading.passages[passage.number + 1 :]:
        if other.kind != "list-item":
            break
        count += other.level <= 1
    return count


def _lettered(reading: Reading, passage: Passage) -> int:
    """How many paragraphs behind a passage begin with a letter in brackets, each the one after the last."""
    count = 0
    for other in reading.passages[passage.number + 1 : passage.number + 1 + MOST]:
        label = label_at(other.text) if other.kind == "paragraph" else None
        if label is not None and label.style in ("letter", "alphabet") and label.value == count + 1:
            count += 1
    return count


def _rows(reading: Reading, passage: Passage) -> int:
    """How many numbered rows the table has that follows a sentence at once."""
    if passage.text.count(".") > 1 or len(passage.text) > NEAR_END:
        return 0
    count = 0
    for other in reading.passages[passage.number + 1 :]:
        if other.kind != "table-cell":
            break
        count += other.column == 1 and other.folded.strip().isdigit()
    return count


def _in_their_headings(reading: Reading, passage: Passage, noun: str) -> int:
    """How many headings name one of them by its place: ``The second reason: the road``."""
    stem = noun.casefold().removeprefix("ال")[:SHORTEST]
    found = set()
    for other in reading.passages[passage.number + 1 :]:
        if other.kind == "heading" and stem in other.text.casefold():
            match = _place(other.lang).search(other.text)
            if match is not None:
                found.add(value(match[0].casefold(), other.lang, "ordinal"))
    return len(found)


@cache
def _place(lang: str) -> re.Pattern[str]:
    return re.compile(any_of(lang, "ordinal"), re.IGNORECASE)


def _in_order(reading: Reading, passage: Passage, end: int, *, far: bool) -> int:
    """How far the ordinals go that follow: first, second and third; 0 where they are in no order."""
    found = [
        _worth(one, passage.lang)
        for one in _ordinals(passage.lang).finditer(passage.text, end, end + LONGEST)
    ]
    if len(found) < 2 and far and end > len(passage.text) - NEAR_END:
        found = []
        for other in reading.passages[passage.number : passage.number + 40]:
            start = end if other.number == passage.number else 0
            if other.kind == "heading" and other.number != passage.number and found:
                break
            opening = _ordinals(other.lang).match(other.text) if start == 0 else None
            inside = (
                list(_ordinals(other.lang).finditer(other.text, start, start + LONGEST))
                if other.number == passage.number
                else []
            )
            found += [
                _worth(one, other.lang) for one in (inside or ([opening] if opening is not None else []))
            ]
    order = [one for at, one in enumerate(found) if one not in found[:at]]
    return len(order) if order == list(range(1, len(order) + 1)) else 0


def _worth(match: re.Match[str], lang: str) -> int:
    word = match["word"]
    return int(match["digit"]) if word is None else value(word.casefold(), lang, "ordinal") or 0


def _any_count(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Any count of a sentence before a colon whose list, or ordinals, are of another number."""
    if ":" not in passage.text and passage.lang == "en":
        return
    for match in islice(_counting(passage.lang).finditer(passage.folded), MOST):
        wanted = value(match["count"].casefold(), passage.lang, "cardinal")
        if (
            wanted is None
            or not 2 <= wanted <= MOST
            or _OF_MEASURE.fullmatch(match["noun"])
            or _pattern(passage.lang).match(passage.folded, match.start())
        ):
            continue
        if match["end"] == ":" and not _COMMA.search(passage.text, match.end("noun"), match.end()):
            named = counted_after(passage, match.end("noun"), match.end())
            if named and all(0 < abs(one - wanted) <= FAR for one in named):
                best = min(named, key=lambda one: abs(one - wanted))
                yield Finding(
                    "figure-count", "warning", passage.number, match.start(), match.end("noun"),
                    passage.text[match.start() : match.end("noun")],
                    f"{wanted} are counted, {best} are named",
                )  # fmt: skip
                continue
        order = _in_order(reading, passage, match.end(), far=False)
        if (
            order > 1
            and order != wanted
            and abs(order - wanted) <= FAR
            and _begins_in_order(passage, match.end())
        ):
            yield _finding(passage, match.start(), match.end("noun"), wanted, (order, "follow"))


def _begins_in_order(passage: Passage, end: int) -> bool:
    return _ordinals(passage.lang).match(passage.text, end + (passage.text[end : end + 1] == " ")) is not None


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    nouns = "|".join(f"(?P<{kind}>{noun})" for kind, noun in _NOUNS[lang].items())
    cardinal = any_of(lang, "cardinal")
    between = r"(?:\w+\s+){0,1}?" if lang in ("en", "ps") else ""
    dual = (
        r"|(?<!\w)(?=(?:قسمين|جزأين|فصلين|سؤالين|سيناريوهين|توصيتين|محورين|سببين|عاملين|نقطتين|خيارين))"
        if lang == "ar"
        else ""
    )
    return re.compile(
        rf"(?:(?P<count>{cardinal}|(?<![\d.,/\w-])\d{{1,2}})\s+{between}{dual})(?:{nouns})(?:\s+of\s+\w+)?(?![\w\u200c])",
        re.IGNORECASE,
    )


@cache
def _counting(lang: str) -> re.Pattern[str]:
    cardinal = any_of(lang, "cardinal")
    return re.compile(
        rf"(?P<count>{cardinal}|(?<![\d.,/\w-])\d{{1,2}}(?=\s))\s+(?P<noun>[^\W\d]+)[^.!?؟:;؛\d()«»\"]{{0,60}}?(?P<end>[:.])(?=\s)",
        re.IGNORECASE,
    )


@cache
def _ordinals(lang: str) -> re.Pattern[str]:
    ordinal = any_of(lang, "ordinal")
    if lang == "en":
        return re.compile(
            rf"(?:(?<=[.;:] )|^|(?<=, )|(?<=and )|(?<=[.;:] And ))(?:The )?(?:(?P<word>{ordinal})(?=,|:| is\b| are\b| was\b| of\b| concerns| point| reason| step|\s+comes)|\(?(?P<digit>[1-9])[.)](?=\s))",
            re.IGNORECASE,
        )
    return re.compile(
        rf"(?:(?<=[.:؛،؟] )|^|(?<=\sو )|(?<=\s))(?:(?P<word>{ordinal})(?=[،,:]|\s+(?:این|آن)\b{'|' + chr(92) + 's' if lang == 'ar' else ''})|\(?(?P<digit>[1-9])[.)](?=\s))"
    )
