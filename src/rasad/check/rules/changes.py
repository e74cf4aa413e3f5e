"""Rules on figures that follow from others: a change in per cent, a share, a difference, an average."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, permutations
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.quantities import PERCENT, Quantity, quantities, told
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern

SLACK: Final = 1.0
ROUGH: Final = 4.0
"""Points by which a share may miss: as it is rounded, and where the text says "about"."""

MOST: Final = 10
MOST_TIMES: Final = 20
"""Times by which two numbers may differ and still be one thing that changed."""

MOST_BARE: Final = 1_000
NEAR: Final = 60
OPENING: Final = 12
FAR: Final = 120
"""Characters between the numbers and the share that follows from them."""

_COMMA = re.compile(r"[,،;؛]")
_YEAR = re.compile(r"(?<!\d)(?:19|20|13|14)\d\d(?!\d)")
_ANY_PERCENT = re.compile(PERCENT, re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """A sentence with shares in per cent: its other numbers, and those of the sentence before."""

    passage: Passage
    start: int
    text: str
    numbers: list[Quantity]
    shares: list[Quantity]
    before: list[Quantity]


def changes(reading: Reading) -> Iterator[Finding]:
    """A share or change in per cent that does not follow from the two numbers beside it."""
    for passage in reading.prose():
        if is_reference(passage) or passage.kind == "table-cell":
            continue
        if not _ANY_PERCENT.search(passage.text) and not _fraction(passage.lang).search(passage.text):
            continue
        before: list[Quantity] = []
        for start, sentence in passage.sentences:
            found = quantities(passage, start)
            numbers = [one for one in found if not one.is_percent]
            shares = [one for one in found if one.is_percent]
            shares = shares or _fractions(passage.lang, sentence)
            if shares and len(numbers) <= MOST:
                told_by = Sentence(passage, start, sentence, numbers, shares, before)
                yield from _of_sentence(told_by) if len(shares) == 1 else _several(told_by)
            before = numbers


def _of_sentence(told_by: Sentence) -> Iterator[Finding]:
    passage, share = told_by.passage, told_by.shares[0]
    two = _the_two(told_by)
    if two is None:
        return
    first, second, is_change = two
    places = {(one.start, one.digits) for one in told_by.numbers}
    inside = {(first.start, first.digits), (second.start, second.digits)} <= places
    scope = told_by.numbers if inside else [*told_by.before, *told_by.numbers][-MOST:]
    near = told_by.text[max(share.start - 24, 0) : share.start + 2]
    rough = share.is_word or pattern(passage.lang, "about").search(near) is not None
    slack = ROUGH if rough else max(SLACK, 0.6 * share.step)
    if is_change and inside:
        fits = _is_change(share.value, first, second, slack)
    else:
        fits = _explains(share.value, scope, slack)
    if not fits:
        low, high = sorted((first.value, second.value))
        should = 100 * (high - low) / first.value if is_change else 100 * low / high
        what = (
            f"from {told(first.value)} to {told(second.value)}"
            if is_change
            else f"{told(low)} of {told(high)}"
        )
        begin, end = told_by.start + share.start, told_by.start + share.end
        yield Finding(
            "figure-change", "error", passage.number, begin, end, passage.text[begin:end],
            f"{what} is {should:.3g} per cent, not {share.value:g}",
        )  # fmt: skip


def _the_two(told_by: Sentence) -> tuple[Quantity, Quantity, bool] | None:
    """The two numbers from which a share should follow, the earlier one first, and whether it is a change."""
    lang, text = told_by.passage.lang, told_by.text
    if pattern(lang, "likely_step").search(text):
        return None
    changed = (
        pattern(lang, "changed").search(text) or pattern(lang, "more_or_less").search(text)
    ) is not None
    if changed:
        for one, other in pairwise(told_by.numbers):
            found = _from_to(told_by, one, other)
            if found is not None:
                return (*found, True)
        by_year = _by_year(told_by)
        if by_year is not None:
            return (*by_year, True)
    return _said_so(told_by, changed=changed) or _of_the_sentence_before(told_by, changed=changed)


def _from_to(told_by: Sentence, one: Quantity, other: Quantity) -> tuple[Quantity, Quantity] | None:
    """Two numbers of a change: ``from 40 to 60``, or ``60, after 40``; the earlier one first."""
    lang, text, share = told_by.passage.lang, told_by.text, told_by.shares[0]
    between, lead = text[one.end : other.start], text[max(one.start - 14, 0) : one.start]
    if one.scale == 1 < other.scale and one.value < MOST_BARE:
        # "From 40 to 60 million": the scale is told once, for both.
        one = replace(one, value=one.value * other.scale)
    if not _alike(one, other) or pattern(lang, "apart").search(text, other.end, max(share.start, other.end)):
        return None
    low, high = sorted((one.value, other.value))
    if high / low >= MOST_TIMES:
        return None
    if _from(lang).search(lead) and _to(lang).search(between):
        return one, other
    if one.end <= share.start < other.start and _COMMA.search(text, share.end, other.start):
        # The share belongs to the first clause, and the second number to another.
        return None
    return (other, one) if _against(lang).search(between) and len(between) < FAR else None


def _by_year(told_by: Sentence) -> tuple[Quantity, Quantity] | None:
    """The only two numbers of a sentence, each of a year of its own: ``in 2024 it was 300 million and in 2025 450 million, a rise``."""
    if len(told_by.numbers) != 2:
        return None
    one, other = told_by.numbers
    plain = told_by.passage.folded[told_by.start : told_by.start + len(told_by.text)]
    first = _YEAR.findall(plain, max(one.start - NEAR, 0), one.start)
    second = _YEAR.findall(plain, one.end, other.start)
    share = told_by.shares[0]
    if len(first) != 1 or len(second) != 1 or int(first[0]) == int(second[0]) or share.start < other.end:
        return None
    if one.scale == 1 < other.scale and one.value < MOST_BARE:
        one = replace(one, value=one.value * other.scale)
    if not _alike(one, other) or share.start - other.end > NEAR:
        return None
    return (one, other) if int(first[0]) < int(second[0]) else (other, one)


def _said_so(told_by: Sentence, *, changed: bool) -> tuple[Quantity, Quantity, bool] | None:
    """The last two numbers before "that is" or its like, the first of them perhaps in the sentence before."""
    share = told_by.shares[0]
    so = pattern(told_by.passage.lang, "so").search(told_by.text[: share.start])
    if so is None or share.start - so.end() >= NEAR:
        return None
    early = [one for one in told_by.numbers if one.end <= min(so.start() + 1, share.start)]
    pool = early if len(early) > 1 else [*told_by.before[-2:], *early]
    if len(pool) < 2 or not (early or so.start() < OPENING):
        return None
    one, other = pool[-2], pool[-1]
    fits = min(one.value, other.value) > 0 and (changed or _alike(one, other))
    if not early and one.unit != other.unit:
        return None
    return (one, other, changed) if fits else None


def _of_the_sentence_before(told_by: Sentence, *, changed: bool) -> tuple[Quantity, Quantity, bool] | None:
    """The last two numbers of the sentence before, where this one only draws the sum: ``That is a rise of 20%``."""
    that = pattern(told_by.passage.lang, "that_is").match(told_by.text)
    if that is None or told_by.numbers or len(told_by.before) < 2 or not _alike(*told_by.before[-2:]):
        return None
    one, other = told_by.before[-2:]
    return (other, one, True) if changed else (one, other, False)


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can be of one thing: of one unit, of no unit, or of one size."""
    low, high = sorted((one.value, other.value))
    return low > 0 and (one.unit == other.unit or high / low < 40)


def _is_change(share: float, first: Quantity, second: Quantity, slack: float) -> bool:
    """Whether a share is the change from one number to another, or what the second is of the first."""
    ways = (100 * abs(second.value - first.value) / first.value, 100 * second.value / first.value)
    return any(abs(way - share) <= slack for way in ways)


def _explains(share: float, scope: Sequence[Quantity], slack: float) -> bool:
    """Whether any two numbers, or one and the sum of all, give a share."""
    values = [one.value for one in scope if one.value > 0]
    whole = sum(values)
    for one, other in permutations(values, 2):
        ways = (
            100 * one / other,
            100 * abs(one - other) / other,
            100 - 100 * one / other,
            100 * one / whole,
            100 * one / (one + other),
        )
        if any(abs(way - share) <= slack for way in ways):
            return True
    return False


def _several(told_by: Sentence) -> Iterator[Finding]:
    """As many shares as counts before them: ``12, 9 and 3 of them, that is 50, 30 and 20 per cent``."""
    passage, start, sentence = told_by.passage, told_by.start, told_by.text
    numbers, shares = told_by.numbers, told_by.shares
    so = pattern(passage.lang, "so").search(sentence[: shares[0].start])
    ahead = [one for one in numbers if so is not None and one.end <= so.start() + 1]
    if so is None or len(ahead) < len(shares) or shares[0].start - so.end() > 30:
        return
    counts = ahead[-len(shares) :]
    whole = sum(one.value for one in counts)
    slack = [max(SLACK, 0.6 * share.step) for share in shares]
    should = [100 * one.value / whole for one in counts] if whole else []
    wrong = [at for at, share in enumerate(shares) if abs(share.value - should[at]) > slack[at]]
    if wrong and not all(_explains(share.value, numbers, slack[at]) for at, share in enumerate(shares)):
        first, last = start + shares[0].start, start + shares[-1].end
        yield Finding(
            "figure-change", "error", passage.number, first, last, passage.text[first:last],
            f"of {told(whole)} they are {', '.join(f'{one:.3g}' for one in should)} per cent",
        )  # fmt: skip


def _fractions(lang: str, sentence: str) -> list[Quantity]:
    """The one fraction that a sentence tells in words, as the share that it is: ``by a fifth``, ``that is a third``."""
    found = list(_fraction(lang).finditer(sentence))
    if len(found) != 1:
        return []
    match = found[0]
    part = next(worth for word, worth in _PARTS[lang].items() if re.search(word, match["part"]))
    return [
        Quantity(
            match.start("part"), match.end("part"), 100 / part, "%", "", 1.0, is_percent=True, is_word=True
        )
    ]


_PARTS: Final = {
    "en": {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10},
    "prs": {"نصف|نیم": 2, "سوم": 3, "چهارم": 4, "پنجم": 5, "دهم": 10},
    "ps": {"نیمایي|نیم": 2, "درېیمه": 3, "څلورمه": 4, "پنځمه": 5, "لسمه": 10},
    "ar": {"نصف": 2, "ثلث": 3, "ربع": 4, "خُ?مس": 5, "عُ?شر": 10},
}


def is_from_to(lang: str, text: str, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are told as the ends of a change: ``from 40 to 60``."""
    lead = text[max(one.start - 14, 0) : one.start]
    return bool(_from(lang).search(lead) and _to(lang).search(text[one.end : other.start]))


@cache
def _fraction(lang: str) -> re.Pattern[str]:
    """A fraction that is drawn from numbers before it."""
    return re.compile(
        {
            "en": r"(?i)\b(?:by|that is|which is|or|(?:rise|fall|drop|increase|cut) of) (?:a|one) (?P<part>half|third|quarter|fifth|tenth)\b(?! of (?:a|the year|an))",
            "prs": r"یعنی (?P<part>نصف|نیم|یک[\u200c ](?:سوم|چهارم|پنجم|دهم))(?![\w])",
            "ps": r"یعن[ېي] (?P<part>نیمایي|درېیمه برخه|څلورمه برخه|پنځمه برخه|لسمه برخه)(?![\w])",
            "ar": r"أي (?:ب)?(?:ما يعادل )?(?:نحو )?(?:ال)?(?P<part>نصف|ثلث|ربع|خُ?مس|عُ?شر)(?![\w])",
        }[lang]
    )


@cache
def _from(lang: str) -> re.Pattern[str]:
    return re.compile(
        {
            "en": r"(?i)\bfrom\W*(?:\w+\W+)?$",
            "prs": r"(?<!\w)از\W*(?:\w+\W+)?$",
            "ps": r"(?<!\w)له\W*(?:\w+\W+)?$",
            "ar": r"(?<!\w)من\W*(?:\w+\W+)?$",
        }[lang]
    )


@cache
def _to(lang: str) -> re.Pattern[str]:
    return re.compile(
        {
            "en": r"(?i)\bto\b[^.;]{0,20}$",
            "prs": r"(?<!\w)به(?!\w)[^.؛]{0,20}$",
            "ps": r"(?<!\w)(?:څخه|نه)(?!\w)[^.؛]{0,24}$",
            "ar": r"(?<!\w)إلى(?!\w)[^.؛]{0,20}$",
        }[lang]
    )


@cache
def _against(lang: str) -> re.Pattern[str]:
    words = {
        "en": r"(?i)\b(?:after|against|compared (?:with|to)|up from|down from|as against|from|last year|a year (?:ago|earlier|before)|the year before|where it had been|when it was|instead of)\b",
        "prs": r"(?<!\w)(?:در برابر|در مقایسه با|نسبت به|پس از|پارسال|سال (?:پیش|گذشته|قبل)|به جای|در حالی که)(?!\w)",
        "ps": r"(?<!\w)(?:په پرتله|په مقابل کې|پر ځای|پروسږکال|تېر کال|پخوا|مخکې)(?!\w)",
        "ar": r"(?<!\w)(?:في )?(?:مقابل|مقارنة|بعد|نظير|بالمقارنة|بدلا?ً? من|العام (?:الماضي|السابق)|قبل (?:عام|سنة))(?!\w)",
    }
    return re.compile(words[lang])
