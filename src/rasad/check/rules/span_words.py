"""How each language says a span of time, read from ``spans.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rasad.languages.numbers import fold_digits

LEAD: Final = 24
_HUNDREDS: Final = frozenset(("hundred", "صد", "دوصد", "سل", "سوه", "هزار", "زره"))


@dataclass(frozen=True)
class Span:
    """A span in words: where, how many of which unit, and how it hangs on its dates.

    ``way`` is 1 where the date beside it comes later, -1 where it comes earlier, 0 of a duration; ``joined`` where
    the other date is told right after it, as in "three years after 3 May 2023"; ``bare`` a duration that no word such
    as "for" says to be one; ``ago`` where the later date is that of the text itself.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    bound: str
    way: int
    joined: bool
    bare: bool = False
    ago: bool = False


@dataclass(frozen=True)
class _Table:
    """A language's spans as patterns."""

    pattern: re.Pattern[str]
    numbers: Mapping[str, float]
    units: Mapping[str, str]
    pairs: Mapping[str, str]
    singles: Mapping[str, str]
    on: re.Pattern[str]
    before_range: re.Pattern[str]
    until: re.Pattern[str]
    said_again: re.Pattern[str]
    to: re.Pattern[str]
    from_: re.Pattern[str]
    since: re.Pattern[str]
    since_after: re.Pattern[str]
    since_then: re.Pattern[str]
    passed: re.Pattern[str]


def find_spans(text: str, lang: str) -> Iterator[Span]:
    table = table_of(lang)
    for match in table.pattern.finditer(fold_digits(text)):
        told = match.groupdict()
        low, high, unit = _amount(told, table)
        if (
            not unit
            or not low
            or _is_end_of_number(text[max(match.start() - LEAD, 0) : match.start()], table)
        ):
            continue
        bound = "about" if told["about"] else "more" if told["more"] else "less" if told["less"] else ""
        way, joined = _way(told)
        end = match.end()
        if lang == "ar" and told["joined_after"] and not (told["preposed_after"] or told["preposed_before"]):
            # "ten years from 2001 to 2021": without "after" before it this is no point in time.
            way, joined, end = None, False, match.start("joined_after")
        bare = way is None
        is_joined = any(told[name] for name in ("joined_after", "joined_before", "after_unit", "before_unit"))
        ago = bool(told["ago"]) or (told["preposed_before"] is not None and not is_joined)
        end -= len(text[match.start() : end]) - len(text[match.start() : end].rstrip())
        yield Span(match.start(), end, low, high, unit, bound, -1 if ago else way or 0, joined, bare, ago)


def _is_end_of_number(before: str, table: _Table) -> bool:
    """Whether a number in words goes on from the word before: the three of "پنجاه و سه سال"."""
    words = before.casefold().split()
    if words[-1:] and words[-1] in ("و", "او", "and"):
        return len(words) > 1 and (words[-2] in table.numbers or words[-2] in _HUNDREDS)
    return bool(words) and words[-1] in table.numbers and words[-1] not in ("a", "an", "نه", "یک", "یو")


def _amount(told: Mapping[str, str | None], table: _Table) -> tuple[float, float, str]:
    pair, single = told.get("pair"), told.get("single")
    if pair:
        return 2, 2, table.pairs[pair]
    if single:
        return 1, 1, table.singles[single]
    low = _number(told["n"] or "", table)
    high = _number(told["n2"], table) if told["n2"] else low
    return low, max(low, high), table.units[(told["unit"] or "").casefold()]


def _number(word: str, table: _Table) -> float:
    plain = " ".join(word.casefold().split())
    return float(plain) if plain.replace(".", "", 1).isdigit() else float(table.numbers.get(plain, 0))


def _way(told: Mapping[str, str | None]) -> tuple[int | None, bool]:
    """Whether the date beside a span is the later one, the earlier, or neither; and whether the other is joined."""
    if told["joined_after"]:
        return (-1 if told["preposed_before"] else 1), True
    if told["joined_before"]:
        return -1, True
    if told["after_unit"] or told["preposed_after"]:
        return 1, False
    if told["before_unit"]:
        return -1, False
    if told["less"] and not told["lasting"]:
        return 1, False
    return (0, False) if told["lasting"] else (None, False)


def number_words(lang: str) -> Mapping[str, int]:
    """Small numbers as a language writes them in words."""
    return {word: int(number) for word, number in table_of(lang).numbers.items() if number.is_integer()}


@cache
def table_of(lang: str) -> _Table:
    told = tomllib.loads((files(__package__) / "spans.toml").read_text("utf-8"))[lang]
    units = {form: unit for unit, forms in told["units"].items() for form in forms}
    numbers = {word: float(number) for word, number in {**told["numbers"], **told["halves"]}.items()}
    amount = (
        rf"(?:(?P<n>\d{{1,3}}(?:\.\d)?|{_any(numbers)})"
        rf"(?:\s{{1,3}}(?:{_any(told['or'])})\s{{1,3}}(?P<n2>\d{{1,3}}|{_any(numbers)}))?"
        rf"\s{{1,3}}(?P<unit>{_any(units)}))"
    )
    whole = [amount]
    for name, group in (("pairs", "pair"), ("singles", "single")):
        whole.append(rf"(?P<{group}>{_any(told[name])})" if name in told else rf"(?P<{group}>(?!))")
    before = "".join(
        rf"(?:(?P<{name}>{_any(told[name])})\s{{1,3}})?"
        for name in ("lasting", "preposed_after", "preposed_before")
    )
    not_joined = r"(?!\s{1,3}(?:از|له|تر)(?!\w))"
    bounds = "|".join(rf"(?P<{name}>{_any(told[name])})" for name in ("about", "more", "less"))
    after = "|".join(
        rf"(?P<{name}>{_any(told[name])}){'' if name.startswith('joined') else not_joined}"
        for name in ("ago", "after_unit", "before_unit", "joined_after", "joined_before")
    )
    pattern = (
        rf"(?<![\w\u200c-]){before}(?:(?:{bounds})\s{{1,3}})?(?:{'|'.join(whole)})(?![\w\u200c-]|\s+(?:\d{{4}}|and a half|ونصف|و نیم|ونیم))"
        rf"(?:\s{{1,3}}(?:{after})(?![\w\u200c]))?"
    )
    on = rf"\s*[,،(–—:]?\s*(?:(?:{_any(told['on'])})\s+(?:the\s+)?)?[(\s]*"
    before_range = rf"\s*[,،(–—:]?\s*(?:{_any(told['from'])})\s+(?:the\s+|سال\s+|عام\s+)?"
    until = rf"\s*[,،]?\s*(?:{_any(told['until'])})\s+(?:the\s+)?"
    said_again = (
        rf"[)\s]*(?:کې\s*)?[,،–—:;؛(]\s*(?:\[\d{{1,3}}\]\s*[,،;؛]\s*)?(?:(?:{_any(told['that_is'])})\s+)?"
    )
    to = rf"[)\s]*(?:[–—-]|(?:{_any(told['to'])}))\s*"
    from_ = rf"(?<!\w)(?:{_any(told['from'])})\s+(?:the\s+|سال\s+|عام\s+)?$"
    return _Table(
        re.compile(pattern, re.IGNORECASE), numbers, units, told.get("pairs", {}), told.get("singles", {}),
        re.compile(on, re.IGNORECASE), re.compile(before_range, re.IGNORECASE),
        re.compile(until, re.IGNORECASE), re.compile(said_again, re.IGNORECASE), re.compile(to, re.IGNORECASE), re.compile(from_, re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{_any(told['since'])})\s+$", re.IGNORECASE),
        re.compile(rf"[)\s]*(?:{_any(told['since_after']) if told['since_after'] else ''})\s*[,،:–—(]\s*(?:(?:{_any([*told['that_is'], *told['lasting'], *told['since']])})\s+){{0,2}}"),
        re.compile(rf"(?<!\w)(?:{_any(told['since_then'])})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{_any(told['passed'])})(?!\w)", re.IGNORECASE),
    )  # fmt: skip


def _any(words: Iterable[str] | Mapping[str, Any]) -> str:
    """Any of the words, the longest first; of none, nothing."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered) or "(?!)"
