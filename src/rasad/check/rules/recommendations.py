"""Rules on recommendations: one that names no finding, no owner or no time, each where the others of the text do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rasad.check.citing import cites
from rasad.check.finding import Finding
from rasad.check.outline import label_at
from rasad.check.passage import Passage, Reading
from rasad.check.records import is_record
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern

SHORTEST: Final = 12
LEAST_IN_PASSING: Final = 2
"""Demands of a paragraph that make it one of advice, where no heading says so."""

_COLUMNS: Final = {
    "owner": re.compile(r"(?i)^\W*(?:owner|responsible|who|lead|in charge|مسئول|مسوول|مسؤول|المسؤول|الجهة(?: المسؤولة)?|مرجع)\W*$"),
    "time": re.compile(r"(?i)^\W*(?:by|deadline|when|due|until|date|time|مهلت|تا|موعد|زمان|موده|نېټه|الموعد|المهلة|الأجل)\W*$"),
    "ground": re.compile(r"(?i)^\W*(?:findings?|bas(?:is|ed on)|grounds?|rests on|reasons?|why|یافته|بر پایهٔ?|مبنا|بنیاد|دلیل|موندنه|بنسټ|لامل|النتيجة|الأساس|السند|السبب)\W*$"),
}  # fmt: skip
_ALL = re.compile(
    r"(?i)^\W*(?:(?:the|our|all|these) (?:findings|results|analysis)|(?:see )?above|یافته[‌ ]?ها|بحث بالا|موندنې|پورته|النتائج|نتائجنا|أعلاه)\W*$"
)
"""A ground that names none: ``our results``."""

_NOT_PUT = re.compile(r"(?i)^\W*(?:[—–-]|\?{1,3}|n\.? ?n\.?|tbd|tba|tbc)\s*:\s")
_NOBODY = re.compile(
    r"(?i)^\W*(?:n\.? ?n\.?|tbd|tba|tbc|n/?a|to be (?:named|decided|confirmed|agreed)|unknown|nobody|open|\?+|(?:the )?(?:relevant|competent|concerned|responsible) (?:authorit(?:y|ies)|bodies|parties|actors|institutions|offices)|(?:all )?(?:parties|stakeholders)(?: concerned)?|(?:مراجع|مقامات|مقام[‌ ]?ها|ادارات|نهادهای?) (?:ذیربط|ذی[‌ ]?ربط|مربوطه?|مسئول)|اړوند[هې]? (?:ادارې|اداره|چارواکي)|الجهات (?:المعنية|المختصة)|نامعلوم|معلوم نیست|نامعلومه|غير محدد|يحدد لاحقاً?|-|–|—|…|)\W*$"
)


@dataclass(frozen=True)
class Advice:
    """One recommendation: a stretch of a passage."""

    passage: Passage
    start: int
    end: int
    following: str = ""

    @cached_property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.start : self.end]

    @property
    def is_item(self) -> bool:
        """Whether it stands by itself, and not as a sentence among others."""
        return self.passage.kind == "list-item" or self.end - self.start > 0.8 * len(self.passage.text)

    @property
    def is_grounded(self) -> bool:
        """Whether it says on what it rests."""
        lang, words = self.passage.lang, f"{self.text} {self.following}"
        named = pattern(lang, "ground").search(pattern(lang, "based").sub(" ", words)) is not None
        return named or cites(self.passage, self.start, self.end)

    @property
    def vague_time(self) -> re.Match[str] | None:
        """Words that promise a time and give none."""
        return pattern(self.passage.lang, "vague_time").search(self.text)

    @property
    def is_timed(self) -> bool:
        """Whether it says by when."""
        dated = any(self.start <= one.start < self.end for one in self.passage.dates)
        lang = self.passage.lang
        return dated or (
            self.vague_time is None
            and (pattern(lang, "time").search(self.text) or pattern(lang, "horizon").search(self.text))
            is not None
        )

    @property
    def passive(self) -> re.Match[str] | None:
        """A demand that nobody is told to meet, up to its verb."""
        lang = self.passage.lang
        found = pattern(lang, "passive").search(self.text)
        if found is None or pattern(lang, "agent").search(
            self.text if lang != "en" else self.text[found.end() :]
        ):
            return None
        if lang == "en" and re.match(r"\W*[A-Z][\w .’-]{1,40}:", self.text):
            return None
        return found


def recommendations(reading: Reading) -> Iterator[Finding]:
    """Recommendations without a finding, an owner or a time."""
    sections: dict[tuple[str, ...], list[Advice]] = {}
    # In a record or a review a demand is somebody's words, unless it stands under a heading of advice.
    least = LEAST_IN_PASSING if not is_record(reading) else None
    for passage in reading.prose():
        if not is_reference(passage):
            for one in _advice(passage, least):
                sections.setdefault(passage.section, []).append(one)
    promised = dict(_promised(reading, sections))
    yield from promised.values()
    for name, given in sections.items():
        yield from _of_section(given, told=name in promised)
    yield from _tables(reading)


def _advice(passage: Passage, least: int | None) -> Iterator[Advice]:
    lang = passage.lang
    under = bool(passage.section) and pattern(lang, "recommendation").search(passage.section[-1]) is not None
    title = pattern(lang, "recommendation").match(passage.text)
    alone = title is not None and passage.text[title.end() : title.end() + 2].strip()[:1] == ":"
    if passage.kind == "table-cell" or len(passage.text) < SHORTEST:
        return
    if not under and not alone:
        if passage.kind == "paragraph" and least is not None:
            yield from _sentences(passage, least=least)
        return
    starts = [at for at in passage.lines if at == 0 or label_at(passage.text, at) is not None]
    if passage.kind == "list-item" or len(starts) > 1 or label_at(passage.text) is not None or alone:
        for start, end in zip(starts, [*starts[1:], len(passage.text)], strict=True):
            label = label_at(passage.text, start)
            begin = (
                label.end
                if label is not None
                else (title.end() + 1 if alone and title is not None else start)
            )
            begin += len(passage.text[begin:end]) - len(passage.text[begin:end].lstrip())
            words = passage.text[begin:end].rstrip(" .")
            if not pattern(lang, "statement").search(words) or pattern(lang, "demand").search(words):
                yield Advice(passage, begin, start + len(passage.text[start:end].rstrip()))
    else:
        yield from _sentences(passage, least=1)


def _sentences(passage: Passage, *, least: int) -> Iterator[Advice]:
    """The sentences of a paragraph that demand something, if there are enough of them; a reason may follow in the next."""
    demand = pattern(passage.lang, "demand")
    if demand.search(passage.text) is None:
        return
    told = passage.sentences
    found = []
    for at, (start, words) in enumerate(told):
        if demand.search(words):
            following = told[at + 1][1] if at + 1 < len(told) and not demand.search(told[at + 1][1]) else ""
            found.append(Advice(passage, start, start + len(words), following))
    if len(found) >= least:
        yield from found


def _of_section(given: list[Advice], *, told: bool) -> Iterator[Finding]:
    """What the recommendations of a section lack; ``told`` where it is said already that none names a finding."""
    if told:
        given = [one for one in given if pattern(one.passage.lang, "based").search(one.text) is None]
    if not given:
        return
    grounded = [one.is_grounded for one in given]
    timed = [one.is_timed for one in given]
    listed = _is_section(given)
    if listed and not told and not any(grounded) and (len(given) > 1 or given[0].is_item):
        yield from _habit(given, timed)
    for one, has_ground, has_time in zip(given, grounded, timed, strict=True):
        lacks = []
        if not listed and not has_ground and not has_time:
            continue
        if not has_ground and any(grounded):
            lacks.append("on which finding it rests")
        passive = one.passive if listed or sum(grounded) else None
        if passive is not None:
            lacks.append("who should do it")
        vague = one.vague_time
        if not has_time and (any(timed) or (vague is not None and listed)):
            lacks.append("by when")
        if lacks:
            yield _finding(one, lacks, passive, vague)


def _is_section(given: list[Advice]) -> bool:
    first = given[0].passage
    return (
        bool(first.section) and pattern(first.lang, "recommendation").search(first.section[-1]) is not None
    ) or pattern(first.lang, "recommendation").match(first.text) is not None


def _finding(
    one: Advice, lacks: list[str], passive: re.Match[str] | None, vague: re.Match[str] | None
) -> Finding:
    start, end = one.start, one.end
    if lacks == ["who should do it"] and passive is not None:
        end = one.start + passive.end()
    elif lacks == ["by when"] and vague is not None:
        start, end = one.start + vague.start(), one.start + vague.end()
    rule = "recommendation-unfounded" if "on which finding it rests" in lacks else "recommendation-bare"
    return Finding(
        rule, "warning", one.passage.number, start, end, one.passage.text[start:end],
        f"the recommendation does not say {' and '.join(lacks)}",
    )  # fmt: skip


def _habit(given: list[Advice], timed: list[bool]) -> Iterator[Finding]:
    """Recommendations of which none names a finding: one finding, at the first; what else each lacks by itself."""
    first = given[0]
    what = "the recommendation names no finding that it rests on"
    if len(given) > 1:
        what = f"{len(given)} recommendations, and none names the finding that it rests on"
    if not any(timed):
        what += " or says by when"
    yield Finding(
        "recommendation-unfounded", "warning", first.passage.number, first.start, first.end, first.text, what,
        others=tuple((one.passage.number, one.start, one.end) for one in given[1:]),
    )  # fmt: skip


def _promised(
    reading: Reading, sections: dict[tuple[str, ...], list[Advice]]
) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """Recommendations said to be based on the findings, of which none names one, by their section."""
    has_named: dict[tuple[str, ...], bool] = {}
    for passage in reading.passages:
        match = pattern(passage.lang, "based").search(passage.text)
        if match is None or is_reference(passage):
            continue
        name = (
            (*passage.section, f"{passage.marker} {passage.text}".strip())
            if passage.kind == "heading"
            else passage.section
        )
        given = sections.get(name, [])
        if name not in has_named:
            has_named[name] = any(_names_ground(one, passage.lang) for one in given)
        has_demand = given or pattern(passage.lang, "demand").search(passage.text)
        if has_demand and not has_named[name]:
            yield name, Finding(
                "recommendation-unfounded", "warning", passage.number, match.start(), match.end(), match[0],
                "the recommendations are said to rest on findings, and none names one: say for each which",
            )  # fmt: skip


def _names_ground(one: Advice, lang: str) -> bool:
    """Whether a recommendation names a ground beside the findings that all are said to rest on."""
    return pattern(lang, "ground").search(pattern(lang, "based").sub(" ", one.text)) is not None


def _tables(reading: Reading) -> Iterator[Finding]:
    """Cells of a table of actions that name nobody, or no time."""
    columns: dict[int, str] = {}
    for passage in reading.passages:
        if passage.kind == "list-item" and _NOT_PUT.match(passage.text) and not is_reference(passage):
            yield Finding(
                "recommendation-bare", "warning", passage.number, 0, len(passage.text), passage.text,
                "the action does not say who should do it",
            )  # fmt: skip
        if passage.kind != "table-cell" or not passage.row:
            columns = {}
            continue
        for what, title in _COLUMNS.items():
            if title.match(passage.text):
                columns[passage.column] = what
        kind = columns.get(passage.column)
        if kind is None or len(columns) < 2 or _COLUMNS[kind].match(passage.text):
            continue
        vague = pattern(passage.lang, "vague_time").search(passage.text) if kind == "time" else None
        if kind == "ground":
            if len(columns) > 2 and (_NOBODY.match(passage.text) or _ALL.match(passage.text)):
                yield Finding(
                    "recommendation-unfounded", "warning", passage.number, 0, len(passage.text), passage.text,
                    "the action names no finding that it rests on",
                )  # fmt: skip
        elif vague is not None or _NOBODY.match(passage.text):
            yield Finding(
                "recommendation-bare", "warning", passage.number, 0, len(passage.text), passage.text,
                f"the action does not say {'who should do it' if kind == 'owner' else 'by when'}",
            )  # fmt: skip
