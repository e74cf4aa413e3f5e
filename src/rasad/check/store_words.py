"""How each language says what a record counts: nouns, who acts on whom, since when, and words that make it unclear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Words:
    """The patterns of one language.

    ``quick`` is in every sentence that may speak of the record; ``vague`` makes one unclear; ``count`` has a number
    ``n`` and the noun under the name of its kind; ``record`` names what is counted from; ``between`` stands before
    two actors, ``among`` behind them, ``and_`` between them; ``by``, ``against`` and ``on`` tell a direction.
    """

    lang: str
    quick: re.Pattern[str]
    vague: re.Pattern[str]
    count: re.Pattern[str]
    record: re.Pattern[str]
    between: re.Pattern[str]
    among: re.Pattern[str]
    and_: re.Pattern[str]
    by: re.Pattern[str]
    against: re.Pattern[str]
    on: re.Pattern[str]
    since: re.Pattern[str]
    during: re.Pattern[str]
    from_: re.Pattern[str]
    to: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    index: re.Pattern[str]


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


NEVER: Final = _re(r"(?!)")
_DIGITS: Final = r"(?<![\w.,٫٬-])\d{1,3}(?:[,٬]\d{3})*|(?<![\w.,٫٬-])\d{1,6}"
_VALUE: Final = r"[\u200e\u061c]?(?P<value>[+−‐–-]?\d?[.٫]\d{1,3})(?!\d|\s*%)"

WORDS: Final = {
    "en": Words(
        lang="en",
        quick=_re(r"\bevents?\b|\bacts\b|\bmeetings\b|\battacks\b|\bindex\b"),
        vague=_re(
            r"\b(?:this|last|past|previous|recent|next|coming) (?:week|month|quarter|year|decade|days|weeks|months|years)\b|\btoday\b|\byesterday\b|\brecently\b"
            r"|\b(?:about|around|some|nearly|almost|roughly|approximately|over|under|only|another|further|up to|more than|fewer than|less than|at least|at most|of these|of those|of which|every|each|a week|a month|a year|per)\b"
            r"|\b(?:would|could|might|(?-i:may)|will|if)\b"
        ),
        count=_re(
            rf"(?P<n>{_DIGITS}|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\s(?:recorded\s|coded\s|dated\s)?"
            r"(?:(?P<events>events)|(?P<acts>acts)|(?P<meetings>meetings)|(?P<attacks>attacks))\b"
        ),
        record=_re(
            r"\brecord\b|\bchronology\b|\bdatabase\b|\bdata ?set\b|\bstore\b|\bour (?:data|desk|count)\b|\bwe (?:count|counted|recorded)\b"
        ),
        between=_re(r"\bbetween (?:the )?$"),
        among=NEVER,
        and_=_re(r"\s+and\s+(?:the\s+)?"),
        by=_re(r"\b(?:events|acts|attacks)\s(?:by|of) (?:the )?$"),
        against=_re(r"\s+(?:on|against|toward|towards)\s+(?:the\s+)?"),
        on=_re(r"\b(?:acts|attacks)\s(?:on|against) (?:the )?$"),
        since=_re(r"\bsince (?:the )?$"),
        during=_re(r"\b(?:in|during|of) (?:the year )?$"),
        from_=_re(r"\b(?:from|between) (?:the )?$"),
        to=_re(r"\s+(?:to|until|till|through|and)\s+(?:the\s+)?|\s?[–-]\s?"),
        first=_re(r"\b(?:first|earliest|oldest) (?:recorded |dated |coded )?event\b"),
        last=_re(r"\b(?:last|latest|most recent|newest) (?:recorded |dated |coded )?event\b"),
        index=_re(rf"\bindex\b[^.!?\d]{{0,80}}?\b(?:stood at|stands at|was|is|of|at|reached)\s{_VALUE}"),
    ),
    "prs": Words(
        lang="prs",
        quick=_re("رویداد|شاخص|حمله|دیدار"),
        vague=_re(
            "این هفته|هفتهٔ گذشته|هفته گذشته|این ماه|ماه گذشته|امسال|سال گذشته|اخیر|امروز|دیروز|حدود|نزدیک به|تقریب|بیش از|بیشتر از|کمتر از|دست‌کم|حداقل|تنها|فقط|دیگر|از این میان|هر |خواهد|ممکن"
        ),
        count=_re(
            rf"(?P<n>{_DIGITS})\s(?:(?P<events>رویداد)|(?P<acts>اقدام)|(?P<meetings>دیدار)|(?P<attacks>حمله))(?![\w])"
        ),
        record=_re("ثبت|رویدادنامه|کرونولوژی|پایگاه داده|داده‌های ما|آرشیف ما"),
        between=_re(r"(?:میان|بین)\s$"),
        among=NEVER,
        and_=_re(r"\s+و\s+"),
        by=NEVER,
        against=NEVER,
        on=NEVER,
        since=_re(r"(?:از|پس از)\s(?:سال\s)?$"),
        during=_re(r"(?:در|در سال|در ماه)\s$"),
        from_=_re(r"از\s(?:سال\s)?$"),
        to=_re(r"[)\s]*تا\s(?:سال\s)?"),
        first=_re("(?:نخستین|اولین) رویداد"),
        last=_re("(?:آخرین|تازه‌ترین|واپسین) رویداد"),
        index=_re(rf"شاخص[^.؟!]{{0,80}}?\s{_VALUE}"),
    ),
    "ps": Words(
        lang="ps",
        quick=_re("پېښ|شاخص|برید|لیدن"),
        vague=_re(
            "دې اوونۍ|تېره اوونۍ|دې میاشت|تېره میاشت|سږ کال|تېر کال|وروستیو|نن|پرون|شاوخوا|نږدې|تقریب|زیات|کم|لږ تر لږه|یوازې|نور|له دې|هر |به |ښايي"
        ),
        count=_re(
            rf"(?P<n>{_DIGITS})\s(?:(?P<events>پېښې|پېښو)|(?P<acts>عملونه)|(?P<meetings>لیدنې|لیدنو)|(?P<attacks>بریدونه|بریدونو))(?![\w])"
        ),
        record=_re("ثبت|کرونولوژي|پېښلیک|ډېټابېس|زموږ معلومات"),
        between=NEVER,
        among=_re(r"\s(?:ترمنځ|تر منځ|تر مینځ)"),
        and_=_re(r"\s+(?:او|او د)\s+"),
        by=NEVER,
        against=NEVER,
        on=NEVER,
        since=_re(r"له\s$"),
        during=_re(r"په\s$"),
        from_=_re(r"له\s$"),
        to=_re(r"[)\s]*(?:څخه تر|نه تر|تر)\s"),
        first=_re("لومړۍ پېښه"),
        last=_re("(?:وروستۍ|تر ټولو نوې) پېښه"),
        index=_re(rf"شاخص[^.؟!]{{0,80}}?\s{_VALUE}"),
    ),
    "ar": Words(
        lang="ar",
        quick=_re("حدث|أحداث|المؤشر|مؤشر|هجوم|هجمات|لقاء"),
        vague=_re(
            "هذا الأسبوع|الأسبوع الماضي|هذا الشهر|الشهر الماضي|هذا العام|العام الماضي|مؤخر|اليوم|أمس|نحو|حوالي|زهاء|تقريب|أكثر من|أقل من|على الأقل|فقط|أخرى|من بينها|كل |قد |سوف"
        ),
        count=_re(
            rf"(?P<n>{_DIGITS})\s(?:(?P<events>حدثا|حدثًا|حدثاً|أحداث|حدث)|(?P<acts>فعلا|فعلًا|أفعال)|(?P<meetings>لقاءات|لقاء)|(?P<attacks>هجوما|هجومًا|هجوماً|هجمات|هجوم))(?![\w])"
        ),
        record=_re("السجل|سجلنا|قاعدة البيانات|بياناتنا|التسلسل الزمني|يسجل|سجّل"),
        between=_re(r"بين\s$"),
        among=NEVER,
        and_=_re(r"\s+و\s*"),
        by=NEVER,
        against=NEVER,
        on=NEVER,
        since=_re(r"منذ\s(?:عام\s)?$"),
        during=_re(r"(?:في|خلال|في عام|عام)\s$"),
        from_=_re(r"من\s(?:عام\s)?$"),
        to=_re(r"[)\s]*(?:إلى|حتى)\s(?:عام\s)?"),
        first=_re("أول حدث"),
        last=_re("(?:آخر|أحدث) حدث"),
        index=_re(rf"المؤشر[^.؟!]{{0,80}}?\s{_VALUE}"),
    ),
}
