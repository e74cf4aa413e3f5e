"""Whether words cite something: a link, a mark, a number in brackets, an author with a year, a source in brackets."""

from __future__ import annotations

import re

from rasad.check.passage import Passage
from rasad.languages.numbers import fold_digits

ADDRESS = re.compile(r"https?://|\bwww\.|\bdoi\.org")
_LETTER = r"(?:[A-Za-z]|الف|هـ|[\u0621-\u06d3])"
_NUMBER = re.compile(
    rf"\[\d{{1,3}}(?:\s*[,،؛;–-]\s*\d{{1,3}})*\]|\[@|\[\^|\[{_LETTER}(?:\s*[,،؛;]\s*{_LETTER})*\](?!\w)"
)
_ROUND_NUMBER = re.compile(
    rf"\(\d{{1,2}}(?:\s*[,،؛;–-]\s*\d{{1,2}})*\)|\({_LETTER}(?:\s*[,،؛;]\s*{_LETTER})*\)(?!\w)"
)
_PAGE = re.compile(
    r"\((?:\w+,? )?(?:pp?\.?|pages?|chapter|ch\.|ص|صص|صفحهٔ?|صفحة|مخ|فصل|الفصل)\s?\.?\d{1,4}"
    r"|\((?:[^()]{0,60}[ ,،])?(?:book|canto|verse|surah?|stanza|باب|دفتر|غزل|بیت|سوره|سورة|آیه|الآية|الباب) (?:\d{1,4}|[IVXLC]+)\b"
    r"|\(\d{1,4}(?:م|مه)? ?مخ(?:ونه)?\)|\((?:19|20|1[34])\d\d[a-z]?[,:،]\s?\d{1,4}(?:[–-]\d{1,4})?\)"
)
"""A page of the work that is spoken of: ``(p. 241)``, ``(2019, 203)``."""
_MONTHS = (
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Hamal|Sawr|Jawza|Saratan|Asad"
    r"|Sunbula|Mizan|Aqrab|Qaws|Jadi|Dalw|Hut|Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman|Esfand"
    r"|In|Since|Of|By|From|Until|Before|After|During|Summer|Winter|Spring|Autumn)\b)"
)
_AUTHOR = re.compile(
    rf"{_MONTHS}\b[A-Z][\w’-]+(?: (?:and|&) [A-Z][\w’-]+| et al\.)? \((?:19|20)\d\d[a-z]?[,:;)]"
    rf"|\({_MONTHS}[A-Z][\w’-]+(?: (?:and|&) [A-Z][\w’-]+| et al\.)?,? (?:19|20)\d\d[a-z]?[,:;)]"
    rf"|\((?:{_MONTHS}(?:[A-Z][\w’-]+|of|for|and|the) ){{2,7}}(?:19|20)\d\d[a-z]?[,:;)]"
)
_AUTHOR_ARABIC = re.compile(r"\([^()]{2,40}[،,]\s*(?:1[34]\d\d|20\d\d|19\d\d)\s*[،,:)]")
_BRACKET = re.compile(r"\([^()]{4,240}\)")
_DATED = re.compile(r"[,،;·]")
_TITLED = re.compile(r"[»”\"*]\s?\(")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_SHARE = re.compile(r"[%٪]|per ?cent|درصد|فیصد|سلنه|في المئة")
_NAMED = re.compile(
    r"(?i)\bsource:|منبع\s*:|سرچینه\s*:|المصدر\s*:|\bibid\b|\((?:the )?same \w+[,;)]|همان|هماغه|المصدر نفسه"
)


def cites(passage: Passage, start: int = 0, end: int | None = None, *, is_round: bool = False) -> bool:
    """Whether a stretch of a passage cites something; ``is_round`` where numbers in round brackets do."""
    last = len(passage.text) if end is None else end
    if any(one.start < last and one.end > start for one in passage.links):
        return True
    if any(start < mark[0] <= last or start <= mark[0] < last for mark in passage.marks):
        return True
    if any(start < at <= last for at, _ in passage.raised):
        return True
    plain = passage.folded[start:last]
    if not any(sign in plain for sign in "[(:0123456789/"):
        return _NAMED.search(plain) is not None
    return (
        _NUMBER.search(plain) is not None
        or (is_round and _ROUND_NUMBER.search(plain) is not None)
        or ADDRESS.search(plain) is not None
        or _AUTHOR.search(plain) is not None
        or _AUTHOR_ARABIC.search(plain) is not None
        or _NAMED.search(plain) is not None
        or _PAGE.search(plain) is not None
        or any(
            _is_source(passage, start + match.start(), start + match.end())
            for match in _BRACKET.finditer(plain)
        )
    )


def _is_source(passage: Passage, start: int, end: int) -> bool:
    """Whether words in brackets name a source with its day: ``(Border office, 30 April 2026)``."""
    bracket = passage.folded[start:end]
    if _TITLED.fullmatch(passage.text, max(start - 1, 0), start + 1) or _TITLED.fullmatch(
        passage.text, max(start - 2, 0), start + 1
    ):
        # The name of a paper and its day: ``"Amu Gazette" (17 November)``.
        inside = bracket[1:-1].strip()
        if any(one.text.strip() and fold_digits(one.text).strip() == inside for one in passage.dates):
            return True
    if _DATED.search(bracket) is None or _SHARE.search(bracket) or not any(map(str.isdigit, bracket)):
        return False
    dates = [one for one in passage.dates if start <= one.start < end]
    rest = list(bracket)
    for one in dates:
        rest[one.start - start : one.end - start] = " " * (min(one.end, end) - one.start)
    return _LETTERS.search("".join(rest)) is not None
