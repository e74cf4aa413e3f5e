"""What rules read: the passages of a document with their language, sentences and dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Final

from rasad.check.quantities import Quantity, quantities_of
from rasad.check.word_lists import lists
from rasad.languages.likelihood import likelihoods_in
from rasad.languages.numbers import fold_digits
from rasad.languages.written_dates import WrittenDate, find_dates, month_of

LINKING: Final = frozenset(
    [
        "AH",
        "SH",
        "HS",
        "AHS",
        "AD",
        "CE",
        "BCE",
        "i",
        "e",
        "is",
        "was",
        "or",
        "that",
        "equal",
        "equals",
        "equivalent",
        "to",
        "corresponding",
        "corresponds",
        "which",
        "namely",
        "هـ",
        "ه",
        "ش",
        "ق",
        "م",
        "ل",
        "ز",
        "هجري",
        "هجری",
        "هجرية",
        "قمري",
        "قمری",
        "قمرية",
        "شمسي",
        "شمسی",
        "شمسية",
        "خورشیدی",
        "لمریز",
        "لمريز",
        "سپوږمیز",
        "ميلادي",
        "میلادی",
        "ميلادية",
        "عیسوي",
        "عیسوی",
        "کال",
        "سال",
        "برابر",
        "با",
        "به",
        "است",
        "مطابق",
        "مصادف",
        "معادل",
        "یعنی",
        "چې",
        "له",
        "سره",
        "سمون",
        "لري",
        "خوري",
        "سم",
        "نېټه",
        "نېټې",
        "د",
        "دی",
        "ده",
        "الموافق",
        "الموافقة",
        "الموافقه",
        "لـ",
        "ل",
        "أي",
        "يوافق",
        "توافق",
        "ما",
        "يعادل",
    ]
)
"""Words that may stand between two dates that name one day, and signs of calendars."""

BETWEEN: Final = 40
"""Letters that may stand between two dates of one day."""

REFERENCES: Final = re.compile(
    r"^[\W\d]*(?:[^\W\d]{1,12}\s*[:.)–—-]\s*)?(?:(?:list|annex|register) of (?:the )?|فهرست |ضمیمهٔ? |پیوست |د )?"
    r"(?:(?:references|works (?:cited|read|consulted)|sources|(?:end|foot)?notes|papers before the meeting|documents before the meeting|bibliography|literature|further reading"
    r"|منابع|منبع[\u200c ]?ها|مآخذ|مأخذ|ماخذ|یادداشت[\u200c ]?ها|پانوشت[\u200c ]?ها|پی[\u200c ]?نوشت[\u200c ]?ها|رویکردها|کتاب[\u200c ]?نامه"
    r"|سرچینې|سرچینو لړلیک|سرچینو نوملړ|ماخذونه|مأخذونه|یادښتونه|لمنلیکونه|المصادر|المراجع|الهوامش|الحواشي|الإحالات|(?:قائمة|ثبت) (?:المراجع|المصادر)|أوراق الجلسة)"
    r"(?:\s+(?:and|or|&|و|او)\s*\w+|\s+(?:used|cited|consulted|of this \w+))?)\W*(?:\([^()]{0,120}\)\W*)?$",
    re.IGNORECASE,
)
"""Headings under which sources stand."""

MASTHEAD: Final = 8
MASTHEAD_WORDS: Final = 12
FIRST: Final = 2
SHORT: Final = 160
"""Passages and characters within which a masthead tells its date."""

LONGEST_SENTENCE: Final = 1_500
"""Characters beyond which what has no full stop is no sentence, and is read in parts."""

LEAD: Final = 40
LAST_DAY: Final = 31
_ISSUED = re.compile(
    r"(?<!\w)(?:date|dated|published|publication|released?|issued?|(?:no|nr|number|vol)\b\W{0,3}\d+|version|edition|circulated|week ending|"
    r"تاریخ|تاريخ|نشر|نُشر|انتشار|شماره|شمارهٔ|شمارۀ|صدر|صدور|الإصدار|الصادر|العدد|عدد|نېټه|ګڼه|خپرېدنه|خپور)(?!\w)",
    re.IGNORECASE,
)
_NOT_ISSUED = re.compile(
    r"(?<!\w)(?:next|covers?|covering|period|read|consulted|accessed|checked|updated to|data to|sources|signed|until|الاطلاع|بعدی|آینده|راتلونکې|المقبل|القادم|يغطي|دوره|دورهٔ)(?!\w)[^.]*$",
    re.IGNORECASE,
)

_IS_DATELINE = re.compile(r"(?:\s?(?:هـ\.\s?ش|ه\.\s?ش|م|ز)\.?)?\s*[.|–—·]")
"""What follows the date that begins a masthead of more than one sentence."""

_SENTENCE = re.compile(
    r"[^.!?؟۔]+(?:[.!?؟۔](?!\s|$|\[\d{1,3}\]\s)[^.!?؟۔]*)*[.!?؟۔]*[»”\")\]]*(?:(?<=[.!?؟۔])\[\d{1,3}\](?=\s))?",
    re.UNICODE,
)
_WORDS = re.compile(r"\w+")
_IS_THE_SAME = re.compile(
    r",\s*which (?:is|was|fell on|corresponds to|equals)\s*(?:the\s+)?$|[،,]\s*که\s+(?:برابر|مصادف|مطابق|معادل)\s+(?:با|به)\s*$"
    r"|[،,]\s*چې\s+له\s*$|(?:وهو|وهي|و) ?(?:ما )?(?:يوافق|يصادف|يعادل)\s*$"
)
"""A clause that says of a date, also behind the verb, which day of another calendar it is."""

_IN_PASHTO = re.compile(r"چې\s+له\s*$")
_SAME_AFTER = re.compile(r"\s*(?:نېټې\s+)?سره\s+(?:سم|سمون|برابر|مطابق)")
_CALENDAR = re.compile(
    r"(?:(?:چې|که|وهو)\s+)?(?:(?:در|به|د|په|في|وفق|حسب)\s+|ب)(?:ال)?(?:تقویم|تقويم|سال‌نمای|جنتري)\s+[\w\u200c-]{2,15}(?:\s+کې)?"
    r"|\b(?:in|by|on) the [\w-]{2,12}(?: [\w-]{2,8})? calendar\b|په نېټه"
)
"""What names the calendar of the date that follows."""

_DASH_BEFORE = re.compile(r"\s*[–—-]\s*$")
_TO_BEFORE = re.compile(r"(?<!\w)(?:to|until|till|through|and|تا|تر|إلى|حتى|الی|الى|و)\s*$")
_TO_AFTER = re.compile(r"\s*(?:[–—-]|(?:to|until|till|through|تا|تر|إلى|حتى|الی|الى)(?!\w))\s*")
_FIRST_DAY = re.compile(r"(?<!\d)\d{1,2}\s?[–—-]\s?$")
_LONE_DAY = re.compile(r"(?<!\w)\d{1,2}(?:st|nd|rd|th)?\s*$")
_NUMBERED = re.compile(
    r"(?:\b(?:nos?|nr|issue|number|vol|volume|report|brief|bulletin|edition|part|week|note)|شماره|شمارهٔ|شمارۀ|العدد|عدد|ګڼه|گزارش|رقم|#|№)\W{0,3}\d{1,4}\s*$",
    re.IGNORECASE,
)
_SPAN_WITHIN = re.compile(r"[^\W\d]\.?\s+\d{1,2}\s?[–—-]\s?\d")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_MARKS = re.compile('[“«"]')
_TITLE_ENDS = re.compile('[»”"]')
_PASHTO = re.compile("[ټډړږښڼځڅېۍګ]")
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[A-Za-z]")
_PERSIAN_WORDS = re.compile(
    r"(?<!\w)(?:در|از|به|که|این|آن|را|است|بود|شد|شده|کرد|با|برای|مطالب|آمدند|گفت|می\u200c\w+)(?!\w)"
)
_ARABIC_WORDS = re.compile(r"(?<!\w)(?:في|من|على|أن|إلى|التي|الذي|عن|مع|كان|هذا|هذه|قال|قالت)(?!\w)")
_ARABIC_ONLY = re.compile("[ةىيكأإؤ]|ال\\w")


@dataclass(frozen=True)
class Link:
    """A link within a passage: where its words stand, where it leads, and how the source writes it."""

    start: int
    end: int
    target: str
    written: str = ""


@dataclass(frozen=True)
class Passage:
    """A block of a document as rules read it.

    ``kind`` is ``heading``, ``paragraph``, ``list-item``, ``table-cell``, ``quote``, ``caption`` or ``note``;
    ``section`` the headings above it; ``marks`` where note marks stand, by the id of the note, and ``raised`` where a
    raised number stands that points to no note; ``marker`` is the number or bullet of an item as it is typed before it;
    ``lines`` are the offsets at which a line of the source begins; ``row`` and ``column`` place a cell in its table.
    """

    number: int
    kind: str
    level: int
    text: str
    lang: str
    section: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()
    raised: tuple[tuple[int, str], ...] = ()
    marker: str = ""
    lines: tuple[int, ...] = (0,)
    row: int = 0
    column: int = 0

    @cached_property
    def folded(self) -> str:
        """The text with Latin digits, of the same length."""
        return fold_digits(self.text)

    @cached_property
    def lists(self) -> frozenset[str]:
        """The lists of words that it can have a word of; what is not among them need not be looked for."""
        return lists(self.lang).possible(self.text)

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Where its quotations stand."""
        return [match.span() for match in _QUOTED.finditer(self.text)] if _MARKS.search(self.text) else []

    @cached_property
    def is_reference(self) -> bool:
        """Whether it is a note, or stands under a heading of sources."""
        return self.kind == "note" or any(REFERENCES.match(heading) for heading in self.section)

    def is_quoted(self, at: int) -> bool:
        """Whether a place is within a quotation."""
        found = bisect_right(self.quoted, at, key=itemgetter(0)) - 1
        return found >= 0 and at < self.quoted[found][1]

    @cached_property
    def dates(self) -> list[WrittenDate]:
        """Every date in it."""
        return find_dates(self.text, self.lang)

    @cached_property
    def quantities(self) -> dict[int, list[Quantity]]:
        """The numbers of each of its sentences, by where it begins."""
        return quantities_of(self)

    @cached_property
    def days(self) -> list[list[WrittenDate]]:
        """Its dates in groups that name one day or month each, as ``25 May 2026 (4 Jawza 1405)``.

        One end of a span is in no group with another date, since calendars break a span at other places; where all
        dates of a group are the last day of a span, as in ``10–12 May 2026 (20–22 Sawr 1405)``, they are kept.
        """
        groups: list[list[WrittenDate]] = []
        for one in self.dates:
            last = groups[-1][-1] if groups else None
            is_new = last is None or one.calendar in {other.calendar for other in groups[-1]}
            if last is None or is_new or not self._are_one(last, one):
                groups.append([one])
            else:
                groups[-1].append(one)
        return [group for group in groups if len(group) == 1 or self._ends_alike(group)]

    def _are_one(self, one: WrittenDate, other: WrittenDate) -> bool:
        """Whether two dates that follow one another tell one day: a month and a day after a comma are no such pair.

        "Monthly Return, Mizan 1405, 27 October 2026" names what the return is of, and then when it came out; so does a
        date behind the closing mark of a title.
        """
        between = self.text[one.end : other.start]
        if _IS_THE_SAME.search(between) is not None and len(between) <= BETWEEN:
            return _IN_PASHTO.search(between) is None or _SAME_AFTER.match(self.text, other.end) is not None
        is_apart = (one.day is None) != (other.day is None) and between.strip() in (",", "،", ";", "؛")
        return not is_apart and _TITLE_ENDS.search(between) is None and are_of_one_day(between)

    def _ends_alike(self, group: Sequence[WrittenDate]) -> bool:
        """Whether no date of a group is one end of a span, or all are the last."""
        within = {one.start for one in group}
        if any(_SPAN_WITHIN.search(one.text) or self._begins_span(one, within) for one in group):
            return False
        return len({self._ends_span(one, within) for one in group}) == 1

    @cached_property
    def _at_start(self) -> dict[int, WrittenDate]:
        return {one.start: one for one in self.dates}

    @cached_property
    def _at_end(self) -> dict[int, WrittenDate]:
        return {one.end: one for one in self.dates}

    def sentence_at(self, at: int) -> tuple[int, str]:
        """The sentence that a place is in, with where it begins; empty where it is in none."""
        found = bisect_right(self.sentences, at, key=itemgetter(0)) - 1
        begin, words = self.sentences[found] if found >= 0 else (0, "")
        return (begin, words) if at < begin + len(words) else (at, "")

    def _begins_span(self, one: WrittenDate, within: AbstractSet[int]) -> bool:
        match = _TO_AFTER.match(self.text, one.end)
        if match is None:
            return False
        after = self._at_start.get(match.end())
        if after is not None:
            return after.start not in within
        return self.text[match.end() : match.end() + 1].isdigit()

    def _ends_span(self, one: WrittenDate, within: AbstractSet[int]) -> bool:
        before = self.text[max(one.start - BETWEEN, 0) : one.start]
        dash = _DASH_BEFORE.search(before)
        match = dash or _TO_BEFORE.search(before)
        if match is None:
            return False
        start = max(one.start - BETWEEN, 0) + match.start()
        first = next(
            (self._at_end[end] for end in (start, start - 1, start - 2) if end in self._at_end), None
        )
        if first is not None:
            return first.start not in within
        lead = before[: match.start()]
        word = _WORDS.findall(lead)[-1:]
        is_month = bool(word) and month_of(word[0], self.lang) is not None
        day = _LONE_DAY.search(lead)
        return is_month or (
            day is not None
            and _NUMBERED.search(lead) is None
            and int(_WORDS.findall(day[0])[0].rstrip("stndrh")) <= LAST_DAY
        )

    @cached_property
    def likely(self) -> list[list[str]]:
        """The steps of the ladder that each of its sentences names."""
        if not likelihoods_in(self.text, self.lang):
            return [[] for _ in self.sentences]
        return [likelihoods_in(sentence, self.lang) for _, sentence in self.sentences]

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        """Its sentences with where they begin."""
        found = []
        for match in _SENTENCE.finditer(self.text):
            for start, part in _in_parts(match[0]):
                words = part.strip()
                if words:
                    found.append((match.start() + start + len(part) - len(part.lstrip()), words))
        return found

    def sentence_near(self, offset: int) -> tuple[int, str]:
        """The sentence in which a character stands, or which ends before it, with where it begins; else the text."""
        at = bisect_right(self.sentences, offset, key=itemgetter(0)) - 1
        return self.sentences[at] if at >= 0 else (0, self.text)


def _in_parts(sentence: str) -> Iterator[tuple[int, str]]:
    """A sentence in parts that rules may read again for each of its words; nearly always it is one."""
    start = 0
    while len(sentence) - start > LONGEST_SENTENCE:
        end = sentence.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        end = end if end > start else start + LONGEST_SENTENCE
        yield start, sentence[start:end]
        start = end
    yield start, sentence[start:]


@dataclass(frozen=True)
class Reading:
    """A document as rules read it: its passages in order, its notes, and the day of the issue.

    ``events`` are those of the desk that it lies in, each with the first and last day that it can be of.
    """

    passages: tuple[Passage, ...]
    notes: tuple[tuple[str, Passage], ...]
    issued_on: date | None
    events: tuple[tuple[str, date, date], ...] = ()

    def everywhere(self) -> Iterator[Passage]:
        """All passages, and those of the notes."""
        yield from self.passages
        yield from (note for _, note in self.notes)

    def prose(self) -> Iterator[Passage]:
        """The passages that are text, without headings and code."""
        return (one for one in self.passages if one.kind not in ("heading", "code"))


def language_of(text: str, otherwise: str = "en") -> str:
    """The language of a text by its letters: Pashto and Persian have letters of their own.

    Example:
        >>> language_of("د افغانستان بهرنیو چارو وزارت وویل"), language_of("وزارت خارجه گفت"), language_of("قالت الوزارة")
        ('ps', 'prs', 'ar')
    """
    arabic = len(_ARABIC.findall(text))
    if arabic < len(_LATIN.findall(text)):
        return "en"
    if not arabic:
        return otherwise
    if _PASHTO.search(text):
        return "ps"
    persian, only = len(_PERSIAN.findall(text)), len(_ARABIC_ONLY.findall(text))
    persian += 3 * len(_PERSIAN_WORDS.findall(text))
    only += 3 * len(_ARABIC_WORDS.findall(text))
    return (
        "ps"
        if re.search(r"(?:^|\s)(?:چې|څخه|کې|د)(?:\s|$)", text) and not only
        else "prs"
        if persian > only
        else "ar"
    )


def are_of_one_day(between: str) -> bool:
    """Whether what stands between two dates of different calendars tells that they are one day."""
    match = _TO_AFTER.fullmatch(between)
    if match is not None and _WORDS.search(between):
        return False
    words = _WORDS.findall(_FIRST_DAY.sub("", _CALENDAR.sub(" ", between)).removesuffix("و"))
    return len(between) <= BETWEEN and all(word in LINKING for word in words)


def issue_day(passages: Sequence[Passage], told: date | None = None) -> date | None:
    """The day of an issue: as its front matter tells it, else as its masthead does.

    A date beside a label, as ``Issue 517 | 11 May 2026`` or ``Published …``, goes before one without; of several the last.
    Of a date in two calendars the Gregorian one is taken, so that the fault of one does not move the day.
    """
    if told is not None:
        return told
    told_at = [
        (bool(_ISSUED.search(lead)), day)
        for passage in passages[:MASTHEAD]
        if passage.kind not in ("note", "table-cell") and not any(map(REFERENCES.match, passage.section))
        for lead, day in _masthead_days(passage)
    ]
    labelled = [day for is_labelled, day in told_at if is_labelled]
    return max([*labelled, *(day for _, day in told_at[:1])], default=None)


def _masthead_days(passage: Passage) -> Iterator[tuple[str, date]]:
    """The days in a passage at the head of a document, with what leads to each; a long one tells its day by a label."""
    begin = 0
    for group in _same_line(passage):
        lead = passage.text[max(begin, group[0].start - LEAD) : group[0].start].rpartition("\n")[2]
        begin = group[-1].end
        days = [one.on for one in group if one.on is not None and one.calendar == "gregorian"]
        days += [one.on for one in group if one.on is not None]
        label = _ISSUED.search(lead)
        is_short = len(passage.text) < SHORT and (label is not None or not _is_prose(passage.text))
        is_dateline = (
            passage.kind == "paragraph"
            and passage.number <= FIRST
            and group[0].start == 0
            and len(passage.text) < SHORT
            and _IS_DATELINE.match(passage.text, group[-1].end) is not None
        )
        is_told = is_short or is_dateline or (label is not None and ":" in lead[label.end() :][:12])
        if days and is_told and not _NOT_ISSUED.search(lead):
            yield lead, days[0]


def _is_prose(text: str) -> bool:
    """Whether a short text is a sentence that tells of something, and no line of a masthead."""
    return text.rstrip(" *_").endswith((".", "!", "?", "؟", "۔")) and len(text.split()) > MASTHEAD_WORDS


def _same_line(passage: Passage) -> Iterator[list[WrittenDate]]:
    """The groups of dates of a passage; of a span the last day stands for it."""
    groups = passage.days
    for at, group in enumerate(groups):
        after = groups[at + 1] if at + 1 < len(groups) else None
        if after is not None and _TO_AFTER.fullmatch(passage.text, group[-1].end, after[0].start):
            continue
        yield group
