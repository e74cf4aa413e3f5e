"""Rule on names: a style that the text itself states ("we write X, not Y") is held in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rasad.check.finding import Finding, Fix
from rasad.check.passage import Passage, Reading
from rasad.check.rules.dates import is_reference

_OPEN, _CLOSE = "“\"«‘'", "”\"»’'"
_QUOTED: Final = rf"[{_OPEN}](?P<{{0}}>[^{_OPEN}{_CLOSE}\n]{{{{1,60}}}})[{_CLOSE}]"
_BARE: Final = r"(?P<{0}>[^\W\d_][^\n.,;:،؛؟!?“”\"«»‘’'()]{{1,40}}?)"


def _term(name: str, *, quoted: bool) -> str:
    return (_QUOTED if quoted else _BARE).format(name)


def _patterns(form: str) -> Iterator[re.Pattern[str]]:
    """A form with both terms quoted, then with both bare up to the end of the clause."""
    for quoted in (True, False):
        good, bad = _term("good", quoted=quoted), _term("bad", quoted=quoted)
        end = "" if quoted else r"(?=\s*(?:[.,;:،؛؟!?()\n]|$))"
        yield re.compile(
            form.replace("GOOD", good).replace("BAD", bad) + (end if form.endswith("BAD") else "")
        )


_FORMS: Final = {
    "en": (
        r"(?i:\bwe (?:always )?(?:write|use|say|call (?:it|them))) GOOD,? (?i:and )?(?i:not|never|rather than|instead of) BAD",
        r"(?i:\bin this (?:text|report|analysis|issue),? we (?:write|use)) GOOD,? (?i:not|never|rather than|instead of) BAD",
    ),
    "prs": (
        r"(?:می‌نویسیم|می نویسیم|مینویسیم|به کار می‌بریم):? GOOD،? (?:و )?نه BAD",
        r"(?:ما )?(?:در این (?:متن|گزارش|تحلیل) )?(?:از واژهٔ )?GOOD (?:می‌نویسیم|می نویسیم|مینویسیم|به کار می‌بریم)،? (?:و )?نه BAD",
    ),
    "ps": (
        r"(?:موږ )?(?:په دې (?:متن|راپور|شننه) کې )?GOOD (?:لیکو|کاروو)،? (?:او )?نه BAD",
        r"(?:لیکو|کاروو):? GOOD،? (?:او )?نه BAD",
    ),
    "ar": (
        r"(?:نكتب|نستخدم|نستعمل) GOOD،? (?:و)?(?:لا|وليس|ليس|بدل|بدلا من|بدلًا من) BAD",
    ),
}  # fmt: skip
_COMPILED: Final = {lang: [p for form in forms for p in _patterns(form)] for lang, forms in _FORMS.items()}
_STATES: Final = {
    "en": re.compile(r"\bwe (?:always )?(?:write|use|say|call)\b", re.IGNORECASE),
    "prs": re.compile("می‌نویسیم|می نویسیم|مینویسیم|به کار می‌بریم"),
    "ps": re.compile("لیکو|کاروو"),
    "ar": re.compile("نكتب|نستخدم|نستعمل"),
}
_WRITES: Final = re.compile(r"(?i)\bwrite\b|می‌نویسیم|می نویسیم|مینویسیم|لیکو|نكتب")
MOST_WORDS: Final = 5
_QUOTES: Final = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")


@dataclass(frozen=True)
class _Style:
    good: str
    bad: str
    lang: str
    place: tuple[int, int, int]


def house_style(reading: Reading) -> Iterator[Finding]:
    """A name that the text says it does not use, outside of quotations and sources; all its places are one finding."""
    styles = {(style.lang, style.good, style.bad): style for style in _stated(reading)}
    for style in styles.values():
        one = re.compile(rf"(?<![\w\u200c-]){re.escape(style.bad)}(?![\w\u200c-])")
        held = re.compile(rf"(?<![\w\u200c-]){re.escape(style.good)}(?![\w\u200c-])")
        places = [place for passage in reading.passages for place in _places(passage, style, one, held)]
        if places:
            block, start, end = places[0]
            times = "" if len(places) == 1 else f" ({len(places)} times)"
            yield Finding(
                "house-style", "warning", block, start, end, style.bad,
                f"'{style.bad}'{times} stands here; this text says that it writes '{style.good}'",
                Fix(style.good, (style.good,) * (len(places) - 1)), tuple(places[1:]),
            )  # fmt: skip


def _stated(reading: Reading) -> Iterator[_Style]:
    for passage in reading.passages:
        states = _STATES.get(passage.lang)
        if states is None or states.search(passage.text) is None:
            continue
        for pattern in _COMPILED[passage.lang]:
            for match in pattern.finditer(passage.text):
                good, bad = match["good"].strip(), match["bad"].strip()
                if good.casefold() != bad.casefold() and _are_names(match[0], good, bad):
                    yield _Style(good, bad, passage.lang, (passage.number, match.start(), match.end()))


def _are_names(words: str, good: str, bad: str) -> bool:
    """Whether two terms are names: in quotation marks, or after "we write" short and, in English, with capitals."""
    if any(mark in words for mark in _OPEN):
        return True
    if _WRITES.search(words) is None or max(len(good.split()), len(bad.split())) > MOST_WORDS:
        return False
    return all(term[0].isupper() or not term[0].islower() for term in (good, bad))


def _places(
    passage: Passage, style: _Style, bad: re.Pattern[str], good: re.Pattern[str]
) -> Iterator[tuple[int, int, int]]:
    if passage.lang != style.lang or passage.kind == "code" or is_reference(passage):
        return
    patterns = (_QUOTES, good) if len(style.good) > len(style.bad) else (_QUOTES,)
    skipped = [match.span() for found in patterns for match in found.finditer(passage.text)]
    skipped += [(link.start, link.end) for link in passage.links]
    if passage.number == style.place[0]:
        skipped.append(style.place[1:])
    for match in bad.finditer(passage.text):
        if not any(start <= match.start() < end for start, end in skipped):
            yield passage.number, match.start(), match.end()
