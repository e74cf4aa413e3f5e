"""Rules on quotations: one without a source, and one that differs from the title or words that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.fuzz import ratio

from rasad.check.citing import cites
from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.records import is_record
from rasad.check.references import Entry, entries, is_reference
from rasad.check.word_lists import pattern
from rasad.languages.numbers import fold_digits

LIKE: Final = 66.0
LIKE_OF_A_TITLE: Final = 58.0
"""How like two quotations are that should be one: of anything, and where one is said to be a title."""

SHORTEST: Final = 10
FEWEST: Final = 3
"""Letters and words that a quotation has at least, to be set against another."""

LEAST_CITED: Final = 1
OFTEN: Final = 0.2
PARAGRAPH: Final = 100
"""The share of paragraphs of so many letters that cite, in a text whose habit it is."""

LONG: Final = 12
"""Words of a quotation that is a saying even where no word tells that somebody says it."""

MOST: Final = 400
NEAR: Final = 60
TAIL: Final = 220
LONGEST: Final = 1_000
"""Characters of a sentence beyond which its beginning is not looked for."""

_QUOTE = re.compile(r"[“„«\"]([^”»\"“«]{1,500})[”»\"]")
_BETWEEN = re.compile(r"[\s,;:.)]")
"""What no quotation begins with: it stands behind a straight mark that closed one."""

LEAST_LETTERS: Final = 6
FEW: Final = 4
SLIP: Final = 60.0
"""Words of a quotation below which another word makes another name, and how like two words are that differ by a slip."""

_WORD = re.compile(r"[\w\u200c’']+")
_ENDED = re.compile(r"[.!?؟۔…]\s*$")
_STOP = re.compile(r"(?<!\bp)(?<!\bpp)(?<!\bNo)(?<!\bDr)(?<!\bMr)(?<!\bvol)[.!?؟۔](?=\s|$|[)\]»”\"])")
_OPENS = re.compile(
    r"\s*(?:\[\d+\]\s*)?(?:(?:He|She|They|It|او|وی|آنان|هغه|دی|هغوی|وقال|وأضاف|وأضافت)\b[^.]{0,60}"
    r"|(?:The (?:paper|newspaper|daily|weekly|agency|report|statement|author|document|text|article)|ورځپاڼه|آژانس|اژانس|راپور|لیکواله?"
    r"|روزنامه|هفته‌نامه|خبرگزاری|گزارش|نویسنده|سند|الصحيفة|وتنقل الصحيفة|ونقلت الصحيفة|الوكالة|التقرير|الكاتبة?|المؤلفة?)\b[^.]{0,140})?\s*"
)
_NAMELESS = re.compile(
    r"(?:^|(?<=\s))(?:A|An|One|a|an|one) (?:(?:[A-Z][a-z]+|senior|former|retired|local) ){0,2}(?:official|diplomat|officer|source|minister|adviser|commander|soldier)\b(?! (?:whom|of \w+ |named)|,)|(?:لنا|لي) (?:مسؤول|دبلوماسي|ضابط|مصدر|قائد)(?: \w+){0,2}:?\s*$|(?:یک|یکی از) (?:مقام|دیپلمات|دیپلومات|افسر|منبع)[‌ \w]{0,20} به ما"
)
"""Somebody who tells the authors something, and has no name."""

_HEADED = re.compile(r"\S:\s")
"""A title that names who says it, and gives the words freely: ``The minister: a coat for the winter``."""

_AFTER = re.compile(r"\s*[(\[]")
_CITED_NUMBER = re.compile(r"[\[(](\d{1,3})[\])]")
_SHARED: Final = 0.5


@dataclass(frozen=True)
class Quoted:
    """Words in quotation marks; ``words`` are they without signs, digits folded."""

    passage: Passage
    start: int
    end: int
    text: str
    words: tuple[str, ...]


def quotations(reading: Reading) -> Iterator[Finding]:
    """What somebody said, in quotation marks, without a source in its sentence or behind it."""
    if is_record(reading):
        return
    listed = entries(reading)
    is_round = any(one.is_round for one in listed)
    prose = [p for p in reading.prose() if p.kind not in ("table-cell", "note") and not is_reference(p)]
    cited = sum(cites(passage, is_round=is_round) for passage in prose)
    long = sum(len(passage.text) >= PARAGRAPH for passage in prose)
    if cited < max(LEAST_CITED, OFTEN * long):
        return
    seen: set[tuple[str, ...]] = set()
    for passage in prose:
        for one in _quoted(passage):
            if one.words not in seen and _is_speech(one) and not _has_source(one, is_round=is_round):
                yield Finding(
                    "quote-unsourced", "warning", passage.number, one.start, one.end, passage.text[one.start : one.end],
                    "a quotation without a source: cite where and when it was said or written",
                )  # fmt: skip
            seen.add(one.words)


def changed_titles(reading: Reading) -> Iterator[Finding]:
    """Words in quotation marks that the title of their source, or an earlier quotation, has otherwise."""
    listed = entries(reading)
    numbers = {one.number: one for one in listed if one.number is not None}
    notes = dict(reading.notes)
    titles = [quoted for one in listed for quoted in _quoted(one.passage)]
    titles += [quoted for note in notes.values() for quoted in _quoted(note)]
    spoken = [one for one in titles if _HEADED.search(one.text) is None]
    earlier: list[Quoted] = []
    for passage in reading.prose():
        if is_reference(passage):
            continue
        for one in _quoted(passage):
            found = _of_its_source(one, numbers, notes) or _nearest(
                one, [*(titles if _HEADED.search(one.text) else spoken), *earlier]
            )
            if found is None and _is_headline(one):
                found = _nearest(one, titles, LIKE_OF_A_TITLE)
            if found is not None:
                own = next((other for other in titles if other.text == found), None)
                yield Finding(
                    "quote-differs", "error", passage.number, one.start, one.end, passage.text[one.start : one.end],
                    f"the source has it as '{found}': quote it so, or take the quotation marks away"
                    if found not in {other.text for other in earlier}
                    else f"it is quoted before as '{found}': one of the two is wrong",
                    others=((own.passage.number, own.start, own.end),) if own is not None else (),
                )  # fmt: skip
            elif len(earlier) < MOST:
                earlier.append(one)


def _quoted(passage: Passage) -> Iterator[Quoted]:
    if not any(sign in passage.text for sign in '“„«"'):
        return
    for match in _QUOTE.finditer(passage.text):
        if len(match[1]) < LEAST_LETTERS or _BETWEEN.match(match[1]):
            continue
        words = tuple(fold_digits(word.casefold()) for word in _WORD.findall(match[1]))
        yield Quoted(passage, match.start(), match.end(), match[1].strip(" .,،؛"), words)


def _is_speech(one: Quoted) -> bool:
    """Whether the words are a saying, and not a term or a title."""
    text = one.passage.text
    before = text[max(one.start - NEAR, 0) : one.start]
    sentence = re.split(_STOP, before)[-1]
    if pattern(one.passage.lang, "title").search(sentence[-32:]):
        return False
    told = pattern(one.passage.lang, "say").search(sentence) is not None
    inside = _ENDED.search(text[one.start + 1 : one.end - 1]) is not None
    if before.rstrip().endswith(":"):
        return len(one.words) >= FEWEST and told
    alone = inside and not sentence.strip()
    return len(one.words) > FEWEST and (told or alone or len(one.words) >= LONG)


def _has_source(one: Quoted, *, is_round: bool) -> bool:
    begin = _last_stop(one.passage.text, one.start)
    return (
        _is_sourced_before(one, begin, is_round=is_round)
        or _is_sourced_behind(one, is_round=is_round)
        or _cited_at_end(one.passage, one.end, is_round=is_round)
    )


def _last_stop(text: str, end: int) -> int:
    """Where the sentence begins in which a place stands."""
    return max((match.end() for match in _STOP.finditer(text, max(end - LONGEST, 0), end)), default=0)


def _is_sourced_before(one: Quoted, begin: int, *, is_round: bool) -> bool:
    """Whether the words before a quotation tell its source: a day, a citation, that it was said to the authors."""
    passage, text = one.passage, one.passage.text
    if pattern(passage.lang, "own").search(text, begin, one.start):
        return _NAMELESS.search(text, begin, one.start) is None
    if any(begin <= day.start < one.start and day.on is not None for day in passage.dates):
        return True
    if begin > 0 and _is_of_the_day_before(one, begin):
        return True
    # A mark at the very beginning belongs to the sentence before.
    if cites(passage, begin + 1, one.start, is_round=is_round):
        return True
    # A quotation that goes on from the sentence before has its source there.
    goes_on = begin > 0 and _OPENS.fullmatch(text, begin, one.start) is not None
    return goes_on and cites(passage, _last_stop(text, begin - 1), begin, is_round=is_round)


def _is_of_the_day_before(one: Quoted, begin: int) -> bool:
    """Whether somebody who is named says it, on the occasion whose day the sentence before tells."""
    passage, text = one.passage, one.passage.text
    lang = passage.lang
    before = _last_stop(text, begin - 1)
    dated = any(
        before <= day.start < begin and day.on is not None and not _is_in_bracket(passage, day.start)
        for day in passage.dates
    )
    said = pattern(lang, "say").search(text, begin, one.start) is not None
    nameless = any(pattern(lang, name).search(text, begin, one.end) for name in ("somebody", "unnamed"))
    return dated and said and not nameless


def _is_in_bracket(passage: Passage, at: int) -> bool:
    """Whether a place is in a link or in brackets, as the day of another source is."""
    if any(link.start <= at < link.end for link in passage.links):
        return True
    near = passage.text[max(at - TAIL, 0) : at]
    return near.rfind("(") > near.rfind(")") or near.rfind("[") > near.rfind("]")


def _is_sourced_behind(one: Quoted, *, is_round: bool) -> bool:
    """Whether its sentence, or a bracket behind it, cites the source."""
    passage, text = one.passage, one.passage.text
    stop = _STOP.search(text, one.end, one.end + TAIL)
    end = stop.end() + 1 if stop is not None else min(len(text), one.end + TAIL)
    inside = _ENDED.search(text[one.start + 1 : one.end - 1]) is not None
    # A sentence that ends within the quotation goes on behind it only with a bracket, a mark or a small letter.
    goes_on = not inside or _AFTER.match(text, one.end) or text[one.end : one.end + 2].strip()[:1].islower()
    last = end if goes_on else one.end + 1
    if cites(passage, one.start, last, is_round=is_round):
        return True
    in_bracket = _AFTER.match(text, last) is not None
    return in_bracket and cites(passage, last, min(last + TAIL, len(text)), is_round=is_round)


def _cited_at_end(passage: Passage, start: int, *, is_round: bool) -> bool:
    """Whether a paragraph cites once, at its end, and so for all of it."""
    text = passage.text.rstrip()
    if not _closes(passage, text):
        return False
    last = _last_stop(text, len(text) - 2)
    return (
        last >= start - 1
        and cites(passage, last, is_round=is_round)
        and not cites(passage, 0, max(min(last, start) - 1, 0), is_round=is_round)
    )


def _closes(passage: Passage, text: str) -> bool:
    """Whether a citation is the last that a paragraph has, so that it may stand for the whole."""
    return cites(passage, max(len(text) - 8, 0)) or text.rstrip(".")[-1:] in "])"


def _of_its_source(one: Quoted, numbers: dict[int, Entry], notes: dict[str, Passage]) -> str | None:
    """What the source that a sentence cites by number or note has as its title, where the quotation gives another title."""
    if not _is_headline(one):
        return None
    mark = next((m for m in one.passage.marks if one.end <= m[0] <= one.end + NEAR), None)
    if mark is not None and mark[2] in notes:
        source: Passage | None = notes[mark[2]]
        titles = list(_quoted(source)) if source is not None else []
    else:
        number = _CITED_NUMBER.search(one.passage.folded, one.end, one.end + NEAR)
        entry = numbers.get(int(number[1])) if number is not None else None
        if entry is None:
            return None
        titles = [q for q in _quoted(entry.passage) if entry.start <= q.start < entry.end]
    if len(titles) != 1 or _agrees(one.words, titles[0].words):
        return None
    return titles[0].text


def _is_headline(one: Quoted) -> bool:
    """Whether words say that a quotation is the title of something."""
    before = one.passage.text[max(one.start - NEAR, 0) : one.start]
    return pattern(one.passage.lang, "headline").search(re.split(_STOP, before)[-1]) is not None


def _nearest(one: Quoted, others: list[Quoted], least: float = LIKE) -> str | None:
    """The words of another quotation that these are almost; None where they are some other's exactly, or nobody's."""
    if len(one.text) < SHORTEST or len(one.words) < FEWEST:
        return None
    best: tuple[float, str] | None = None
    own = set(one.words)
    for other in others:
        if len(other.words) < FEWEST:
            continue
        if _agrees(one.words, other.words):
            return None
        if len(own.intersection(other.words)) < _SHARED * min(len(own), len(other.words)):
            continue
        if _are_two_names(one.words, other.words):
            continue
        score = ratio(" ".join(one.words), " ".join(other.words))
        if score >= least and (best is None or score > best[0]) and not _is_series(one, other):
            best = (score, other.text)
    return best[1] if best is not None else None


def _agrees(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two quotations is a part of the other, word for word."""
    first, second = f" {' '.join(one)} ", f" {' '.join(other)} "
    return first in second or second in first


def _are_two_names(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotations only share words: the end of one is the beginning of the other, or few words have another among them."""
    for first, second in ((one, other), (other, one)):
        shared = max((n for n in range(1, min(len(one), len(other))) if first[-n:] == second[:n]), default=0)
        if shared >= FEWEST - 1:
            return True
    if min(len(one), len(other)) >= FEW:
        return False
    left, right = [w for w in one if w not in other], [w for w in other if w not in one]
    return any(max((ratio(word, each) for each in right), default=0.0) < SLIP for word in left)


def _is_series(one: Quoted, other: Quoted) -> bool:
    """Whether two titles differ by their numbers alone, as two numbers of a bulletin do."""
    plain = [tuple(word for word in each.words if not word.isdigit()) for each in (one, other)]
    return plain[0] == plain[1]
