"""Rules on names: one actor under several, one word in two spellings, acronyms nobody expands, words that take sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from rasad.check.built_in_actors import built_in_matcher, built_in_table
from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern

Places = list[tuple[Passage, int, int]]

TOLD_ELSEWHERE: Final = frozenset(("TALIBAN", "ISKP", "UNHCR", "WHO", "WORLDBANK", "G7"))
"""Actors whose names ``aliases.toml`` has, and one whose name is a number."""

LAW_REACH: Final = 24
INFLECTED: Final = 4
"""Letters from which on two words that differ in their ends are forms of one."""


def several_names(reading: Reading) -> Iterator[Finding]:
    """One movement, organisation or person under several names or spellings; an acronym beside its expansion is none."""
    table = built_in_table()
    found: dict[tuple[str, str], dict[str, list[tuple[Passage, int, int]]]] = {}
    for passage in reading.prose():
        if is_reference(passage) or passage.kind == "quote":
            continue
        for mention in built_in_matcher().find(passage.text, reading.issued_on, passage.lang):
            if (
                mention.actor_id not in table
                or mention.actor_id in TOLD_ELSEWHERE
                or passage.is_quoted(mention.start)
            ):
                continue
            kind = table.get(mention.actor_id).kind
            if kind in ("person", "movement", "organisation", "body"):
                words = passage.text[mention.start : mention.end]
                name = _surname(words) if kind == "person" else words
                if any(map(str.isalpha, name)):
                    names = found.setdefault((passage.lang, mention.actor_id), {})
                    names.setdefault(_bare(name, passage.lang), []).append(
                        (passage, mention.start, mention.end)
                    )
    for (lang, actor), all_names in found.items():
        is_short = _is_short if table.get(actor).kind in ("organisation", "body") else _is_acronym
        names = _without_told(all_names)
        long = {name: places for name, places in names.items() if not is_short(places[0])}
        short = {name: places for name, places in names.items() if is_short(places[0])}
        wrong = next((some for some in (_unlike(long), _unlike(short)) if len(some) > 1), {})
        if wrong:
            ordered = sorted(wrong.values(), key=len)
            places = ordered[0]
            told = ", ".join(f"'{_words(some[0])}' ({len(some)})" for some in reversed(ordered))
            passage, start, end = places[0]
            yield Finding(
                "name-variants", "warning", passage.number, start, end, passage.text[start:end],
                f"one actor under several names: {told}; the table calls it '{table.name(actor, lang)}'",
                others=tuple((p.number, a, b) for some in ordered for p, a, b in some if (p, a, b) != places[0]),
            )  # fmt: skip


def loaded(reading: Reading) -> Iterator[Finding]:
    """Words that take a side, outside of quotations; one finding for each of a text."""
    found: dict[str, list[tuple[Passage, int, int]]] = {}
    by_law = any(
        "رژیم" in passage.text and _REGIME_OF_LAW.search(passage.text) for passage in reading.passages
    )
    for passage in reading.prose():
        if is_reference(passage) or passage.kind == "quote" or "loaded" not in passage.lists:
            continue
        for match in pattern(passage.lang, "loaded").finditer(passage.text):
            if not passage.is_quoted(match.start()) and not _is_plain(passage, match, by_law=by_law):
                found.setdefault(match[0].casefold(), []).append((passage, match.start(), match.end()))
    for places in found.values():
        passage, start, end = places[0]
        yield Finding(
            "name-loaded", "warning", passage.number, start, end, passage.text[start:end],
            f"'{passage.text[start:end]}' takes a side: quote whoever says it, or use a plain word",
            others=tuple((p.number, a, b) for p, a, b in places[1:]),
        )  # fmt: skip


_LAW: Final = (
    "تحریم|تحریم‌ها|تحریم‌های|تعزیرات|حقوقی|حقوقي|مالی|مالي|مالیاتی|گمرکی|ګمرکي|ویزه|ویزا|ویزې|ترانزیت|ترانزیتی|ټرانزیټ|تعرفه|تجارتی|تجاری|منع|عدم|کنترول|کنترل|بازرسی"
    "|آب|آبی|اوبو|بحری|دریایی|صدور|قراردادی|درمانی|غذایی|بندیز|بندیزونو|بندیزونه|تعزیراتو|تفتیش|جواز|ارزی|اسعاری|بیمه|پناهندگی|پناهنده‌گی|مهاجرت|بین‌المللی|نړیوال|نړیواله"
)
_REGIME_OF_LAW = re.compile(
    rf"(?:(?<![\w\u200c])(?:{_LAW})(?:\s(?:له|په|د|تر|پر))?\s)رژیم|رژیم(?:[\s\u200c](?:های|ها|ی))?\s(?:{_LAW})(?![\w\u200c])"
)
_NAMED_AFTER = re.compile(
    r"\s(?:در|از|به|که|را|و|با|برای|تا|است|بود|شد|د|په|له|ته|پر|بر|کې|سره|چې|او|دی|ده|یې|هم|نیز|باید|می\u200c?\w*)(?![\w\u200c])|\W*$|\s*[،؛.:»)]"
)


def _is_plain(passage: Passage, match: re.Match[str], *, by_law: bool) -> bool:
    """Whether a word takes no side here: before a quotation that it keeps at a distance, in trade, or as a term of law."""
    if _OPENS_QUOTE.match(passage.text, match.end()):
        return True
    if match[0] in _AGENTS:
        around = passage.text[max(match.start() - TRADE_REACH, 0) : match.end() + TRADE_REACH]
        return _TRADE.search(around) is not None
    return _is_of_law(passage, match, by_law=by_law)


_OPENS_QUOTE = re.compile(r"\s*[“«\"‘]")
_AGENTS: Final = frozenset(("عملاء", "العملاء", "العميل", "العميلة"))
"""Arabic has one word for an agent and for a customer."""

_TRADE = re.compile("مصرف|مصارف|بنك|بنوك|شركة|شركات|زبائن|تأمين|مبيعات|حساب|متجر|خدمة|خدمات|سوق|تجار|وكيل")
TRADE_REACH: Final = 60


def _is_of_law(passage: Passage, match: re.Match[str], *, by_law: bool) -> bool:
    """Whether "regime" is a term of law: a regime of sanctions, or a bare one in a text that speaks of such."""
    if match[0] != "رژیم":
        return False
    around = passage.text[max(match.start() - LAW_REACH, 0) : match.end() + LAW_REACH]
    if _REGIME_OF_LAW.search(around):
        return True
    is_this = passage.text[: match.start()].endswith(("این ", "همین ", "آن ", "دا ", "دغه ", "دې "))
    return by_law and (is_this or _NAMED_AFTER.match(passage.text, match.end()) is not None)


def _unlike(names: dict[str, Places]) -> dict[str, Places]:
    """Names without those that are a shorter form of another, or the same in another case."""
    kept: dict[str, Places] = {}
    for name in sorted(names, key=len, reverse=True):
        if not any(_is_form_of(name, other) for other in kept):
            kept[name] = names[name]
    return kept


def _is_form_of(short: str, long: str) -> bool:
    words = long.split()
    if set(short.split()) <= set(words):
        return True
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(short, long, strict=False)))
    return not short.isascii() and same >= INFLECTED and len(long) - same <= 2 and len(short) - same <= 2


def _surname(words: str) -> str:
    return words.rsplit(maxsplit=1)[-1].removesuffix("'s").removesuffix("’s") if words.split() else ""


def _without_told(names: dict[str, Places]) -> dict[str, Places]:
    """Names without the short ones that a text itself gives in brackets behind another: the Syrian Democratic Forces (Qasad)."""
    ends = {(p.number, end) for places in names.values() for p, _, end in places}
    told = [
        {name}
        for name, places in names.items()
        if " " not in name and any(_opens(passage, start, ends) for passage, start, _ in places)
    ]
    return {
        name: places for name, places in names.items() if not any(one <= set(name.split()) for one in told)
    }


def _opens(passage: Passage, start: int, ends: set[tuple[int, int]]) -> bool:
    before = passage.text[:start].rstrip('«“"')
    return before.endswith("(") and (passage.number, len(before[:-1].rstrip(' »”"'))) in ends


def _bare(name: str, lang: str) -> str:
    """A name without what sentences put before it and behind it: the English article, Arabic prepositions."""
    if lang == "ar":
        return _ATTACHED.sub("ال", name, count=1)
    return re.sub(r"^the ", "", name.casefold()).removesuffix("'s").removesuffix("’s")


_ATTACHED = re.compile(r"^(?:[وف]?[بك]ال|[وف]?لل|[وف]ال)")


def _words(place: tuple[Passage, int, int]) -> str:
    passage, start, end = place
    return passage.text[start:end]


def _is_acronym(place: tuple[Passage, int, int]) -> bool:
    words = _words(place)
    return words.isupper() or re.fullmatch(r"[A-Z]{2,}(?:-[A-Z])?", words) is not None


def _is_short(place: tuple[Passage, int, int]) -> bool:
    """Whether a name of an organisation is its acronym, or the one word that other scripts make of it."""
    return " " not in _words(place).strip()
