"""Rule on likelihood: in a section of forecasts, one that names nobody who would tell, where the others do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.word_lists import pattern

LEAST: Final = 2
"""Forecasts of a section that name a resolver, before one without is told."""

_SECTION: Final = re.compile(
    r"(?i)\bforecasts?\b|\boutlook\b|\bpredictions?\b|likely responses|what (?:we expect|comes next)|^\W*(?:our )?judge?ments?\W*$|^\W*assessment\W*$"
    r"|پیش‌بینی|چشم‌انداز|ارزیابی|وړاندوینه|وړاندوینې|اټکلونه|ارزونه|توقعات|التوقعات|تنبؤات|التنبؤات|تقديرنا|التقدير"
)
_RESOLVED: Final = re.compile(
    r"(?i)\bas (?:reported|announced|published|counted|measured|confirmed|recorded) (?:by|in)\b|\baccording to\b|\bresolved (?:by|on|from)\b|\bresolver\b"
    r"|\bby the (?:counts?|registers?|notices?|figures|tables?|statistics|minutes|bulletins?|records?|data|reports?|lists?) of\b|\bwill (?:show|tell|say|decide)\b"
    r"|\b(?:notices?|statements?|minutes|figures|registers?|pages?|bulletins?|reports?|lists?|ministry|ministries|agency|commission) (?:\w+ ){0,4}decides?\b"
    r"|به گزارش|بر اساس|به روایت|به نقل از|بر بنیاد|مطابق (?:آمار|گزارش|اعلام)|نشان خواهد داد|ملاک|معیار"
    r"|په حواله|له مخې|د راپور|به وښيي|معیار"
    r"|وفق(?:ا|ًا|اً)? |بحسب|حسب|كما (?:تعلن|يعلن|تفيد|تورد|ستعلن|سيعلن)|المرجع|ويُحسم|يُحسم"
)

_COUNTED: Final = re.compile(
    r"(?i)\b(?:counts?|figures?|statistics|registers?|reports?|bulletins?|notices?|minutes|gazette|tables?|index|prices?|rates?|announces?|publish(?:es)?|official (?:page|list))\b"
    r"|آمار|شمار|گزارش|اعلام|نرخ|شمېر|احصایې|راپور|اعلان|بیه|إحصاء|أرقام|تقرير|تعلن|يعلن|سعر|بيانات"
)
"""What is itself a count or a notice needs nobody else to tell it."""


def unresolved(reading: Reading) -> Iterator[Finding]:
    """A forecast with its likelihood and its day that names no source to decide it, where at least two others do."""
    sections: dict[tuple[str, ...], list[tuple[Passage, int, str, bool]]] = {}
    for passage in reading.prose():
        if passage.section and _SECTION.search(passage.section[-1]):
            for (start, sentence), steps in zip(passage.sentences, passage.likely, strict=True):
                if _is_timed(passage, start, sentence):
                    sections.setdefault(passage.section, []).append((passage, start, sentence, bool(steps)))
    for timed in sections.values():
        silent = [one[:3] for one in timed if one[3] and not _names_resolver(one[0].text)]
        resolved = [one for one in timed if _RESOLVED.search(one[2])]
        if len(resolved) < LEAST or len(silent) > len(resolved):
            continue
        for passage, start, sentence in silent:
            if passage.marks or passage.links:
                continue
            yield Finding(
                "forecast-unresolvable", "warning", passage.number, start, start + len(sentence), sentence,
                "this forecast does not say who would tell whether it came true, as others here do",
            )  # fmt: skip


def _names_resolver(text: str) -> bool:
    return _RESOLVED.search(text) is not None or _COUNTED.search(text) is not None


def _is_timed(passage: Passage, start: int, sentence: str) -> bool:
    dated = any(start <= one.start < start + len(sentence) for one in passage.dates)
    return dated or pattern(passage.lang, "time").search(sentence) is not None
