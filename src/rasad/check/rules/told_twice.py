"""Rule: one quantity told twice in a text, with two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import Final

from rasad.check.finding import Finding
from rasad.check.number_words import any_of, value, values
from rasad.check.passage import Passage, Reading
from rasad.check.quantities import PERCENT, Quantity, months, quantities, within
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern
from rasad.languages.numbers import fold_digits

FAR: Final = 240
WINDOW: Final = 70
"""Characters around a number whose words say what it counts."""

MOST: Final = 3_000
COMMON: Final = 8
"""A word that stands near more numbers than this says little about any one."""

SHORTEST: Final = 4
TOGETHER: Final = 200
"""Characters between two numbers that a reader sees at once: they are told apart on purpose."""

MOSTLY: Final = 0.6
ALIKE: Final = 2
A_LOT: Final = 1000
"""Words that two clauses share at least; of numbers from a thousand up that count the same, one is enough."""

_WORD = re.compile(r"[^\W\d_][\w\u200c’-]*")
_ANY_PERCENT = re.compile(PERCENT, re.IGNORECASE)
_GAP = re.compile(r"[\s،,]{1,3}")
_CLAUSE = re.compile(r"[.;:!?؟؛]\s")


@dataclass(frozen=True)
class Mention:
    """A number of the text, where it stands, and the words about it."""

    passage: Passage
    start: int
    end: int
    number: Quantity
    words: frozenset[str]
    times: frozenset[str]

    @cached_property
    def is_open(self) -> bool:
        """Whether the words about it tell what may come, and not what is."""
        lang = self.passage.lang
        _, sentence = self.passage.sentence_near(self.start)
        return any(pattern(lang, name).search(sentence) is not None for name in ("likely_step", "future"))


def told_twice(reading: Reading) -> Iterator[Finding]:
    """Two numbers for one thing: with two digits exchanged, with another scale, or with one digit changed."""
    by_digits: dict[tuple[str, ...], list[Mention]] = {}
    mentions = list(islice(_mentions(reading), MOST))
    counts: dict[str, int] = {}
    for one in mentions:
        for word in one.words:
            counts[word] = counts.get(word, 0) + 1
        for key in _keys(one.number):
            by_digits.setdefault(key, []).append(one)
    told: set[tuple[int, int]] = set()
    for kind, group in ((key[0], found) for key, found in by_digits.items()):
        for at, one in enumerate(group[:40]):
            for other in group[at + 1 : 40]:
                place = (one.passage.number, one.start)
                if place not in told and _are_one(kind, one, other, counts):
                    told.add(place)
                    yield _finding(one, other)
    yield from _named_before(reading)


def _mentions(reading: Reading) -> Iterator[Mention]:
    for passage in reading.prose():
        if is_reference(passage) or passage.kind == "table-cell" or not any(map(str.isdigit, passage.folded)):
            continue
        for start, sentence in passage.sentences:
            for one in quantities(passage, start):
                if len(one.digits.strip("0")) > 1:
                    yield _mention(passage, start, sentence, one)


def _mention(passage: Passage, start: int, sentence: str, one: Quantity) -> Mention:
    around = max(one.start - FAR, 0)
    wide = sentence[around : one.end + FAR]
    first = max(
        (m.end() for m in _CLAUSE.finditer(sentence, max(one.start - WINDOW, 0), one.start)),
        default=max(one.start - WINDOW, 0),
    )
    last = min(one.end + WINDOW, len(sentence))
    stop = _CLAUSE.search(sentence, one.end, last)
    near = f"{sentence[first : one.start]} {sentence[one.end : stop.start() if stop is not None else last]}"
    words = frozenset(_stem(word) for word in _WORD.findall(near.casefold()) if len(word) >= SHORTEST)
    begin, end = start + around, start + around + len(wide)
    times = {fold_digits(date.text) for date in within(passage.dates, begin, end) if begin <= date.start}
    times |= {match[0].casefold() for match in _ordinal(passage.lang).finditer(wide)}
    times |= {word for word in _WORD.findall(wide.casefold()) if word in months(passage.lang)}
    words -= pattern_words(passage.lang)
    return Mention(passage, start + one.start, start + one.end, one, words, frozenset(times))


@cache
def _ordinal(lang: str) -> re.Pattern[str]:
    return re.compile(any_of(lang, "ordinal"), re.IGNORECASE)


def _stem(word: str) -> str:
    return re.sub(r"(?:['’]s|s|های|ها|ونه|ونو|ات)$", "", word)


@cache
def pattern_words(lang: str) -> frozenset[str]:
    """The words of a language that say nothing about what a number counts."""
    common = {
        "en": "that this with from have been were their there which about after before into over more than million billion thousand percent cent also will only each when year month dollar afghani rupee euro tonne kilometre kilometer metre meter people person home family hectare said says them they",
        "prs": "است هست شده کرده این بود برای های دارد درصد میلیون هزار میلیارد گفت سال دالر افغانی تن کیلومتر متر خانه نفر خانواده تومان",
        "ps": "دی ده کې سره سلنه میلیونه زره کال شوي شوې کوي ډالر افغانۍ تنه کسان کیلومتره متره کورنۍ",
        "ar": "هذا هذه التي الذي مليون مليار المئة ألف عام سنة بلغ كان دولار أفغاني شخص كيلومتر متر أسرة طن",
    }
    return frozenset(_stem(word) for word in common[lang].split())


def _keys(one: Quantity) -> Iterator[tuple[str, ...]]:
    digits = one.digits.lstrip("0")
    scale = f"{one.scale:g}/{one.step:g}"
    yield ("exchanged", "".join(sorted(digits)), scale)
    if one.scale > 1:
        yield ("scale", digits, f"{one.step / one.scale:g}")
    if len(digits) > 1:
        for at in range(len(digits)):
            yield ("changed", f"{digits[:at]}_{digits[at + 1 :]}", scale)


def _are_one(kind: str, one: Mention, other: Mention, counts: dict[str, int]) -> bool:
    """Whether two numbers that differ by a slip are told of one thing: their words agree, and no time or contrast parts them."""
    first, second = one.number, other.number
    if first.value == second.value or first.is_percent != second.is_percent or _are_apart(one, other):
        return False
    shared = {word for word in one.words & other.words if counts[word] <= COMMON}
    same_unit = first.unit == second.unit or _stem(first.unit) in other.words | {_stem(second.unit)}
    if kind == "exchanged":
        own_unit = first.unit == second.unit and len(first.unit) > SHORTEST and _stem(first.unit) in shared
        enough = 1 if own_unit and first.value >= A_LOT else ALIKE
        # A month or ordinal that both name says as much as a word.
        evidence = len(shared) + bool(one.times & other.times)
        return bool(shared) and evidence >= enough and same_unit and len(first.digits) == len(second.digits)
    if kind == "scale":
        return first.scale != second.scale and len(shared) >= ALIKE
    share = len(shared) / max(min(len(one.words), len(other.words)), 1)
    is_open = one.is_open or other.is_open or one.times != other.times
    return len(shared) >= ALIKE and share >= MOSTLY and same_unit and not is_open


def _are_apart(one: Mention, other: Mention) -> bool:
    """Whether two numbers stand together, are of other times, or one is set against another."""
    together = one.passage.number == other.passage.number and abs(one.start - other.start) < TOGETHER
    other_times = one.times and other.times and one.times.isdisjoint(other.times)
    return bool(together or other_times) or _contrast(one) or _contrast(other)


def _contrast(one: Mention) -> bool:
    """Whether words say that a number is of another time or is compared."""
    text = one.passage.text[max(one.start - 40, 0) : one.start]
    return pattern(one.passage.lang, "contrast").search(text) is not None


def _finding(one: Mention, other: Mention) -> Finding:
    second = other.passage.text[other.start : other.end]
    first = one.passage.text[one.start : one.end]
    return Finding(
        "figure-differs", "warning", one.passage.number, one.start, one.end, first,
        f"'{first}' here and '{second}' in another place seem to tell the same thing: make them agree",
        others=((other.passage.number, other.start, other.end),),
    )  # fmt: skip


def _named_before(reading: Reading) -> Iterator[Finding]:
    """A count of things "named above" that were another number there."""
    earlier: dict[str, list[tuple[int, str]]] = {}
    prose = list(reading.prose())
    if not any(pattern(one.lang, "named_before").search(one.text) for one in prose):
        return
    for passage in prose:
        if is_reference(passage) or passage.kind == "table-cell":
            continue
        for match in _counted(passage.lang).finditer(passage.folded):
            count = value(match["count"].casefold(), passage.lang, "cardinal")
            if count is None:
                continue
            if _ANY_PERCENT.match(match["noun"]) or match["noun"].casefold() in values(passage.lang, "scale"):
                continue
            key = match["noun"].casefold()[:SHORTEST]
            before = earlier.get(key, [])
            gap = _GAP.match(passage.text, match.end())
            again = pattern(passage.lang, "named_before").match(
                passage.text, gap.end() if gap is not None else match.end()
            )
            if again is not None and before and count not in {number for number, _ in before}:
                words = passage.text[match.start() : again.end()]
                yield Finding(
                    "figure-differs", "warning", passage.number, match.start(), again.end(), words,
                    f"before there were {before[-1][1]}, not {match['count']}",
                )  # fmt: skip
            earlier.setdefault(key, []).append((count, passage.text[match.start() : match.end()]))


@cache
def _counted(lang: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<count>{any_of(lang, 'cardinal')}|(?<![\d.,٫٬/\w-])\d{{1,3}}(?=\s))\s+(?P<noun>[^\W\d_][\w\u200c]{{3,}})",
        re.IGNORECASE,
    )
