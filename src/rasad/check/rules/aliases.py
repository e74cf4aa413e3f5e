"""Rule: one actor or body under several names that the table of actors does not tell of, or tells in one."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import Any, Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.word_lists import Sieve
from rasad.languages.numbers import fold_digits

Place = tuple[Passage, int, int]
LEAST: Final = 2
KEYED: Final = 2
"""Words beside its head that tell a body from others."""

AFTER: Final = 4
SOLAR_OFFSET: Final = 621
NEAR: Final = 200
"""Words about a head that tell whose it is, and letters in which they stand."""

_YEAR = re.compile(r"(?<![\w/.,-])(?:1[34]|19|20)\d\d(?![\w,-])")
_OF_STATE: Final = re.compile(
    r"(?i)recogni[sz]|diplomatic relations|embass|ambassador|credential|accredit|(?:call|style|name)s? (?:itself|themselves)|flag of"
    r"|شناس|سفیر|سفارت|اعتبارنامه|خود را|پېژند|رسمیت|ځان|اعتراف|سفير|سفارة|أوراق اعتماد|تسمي نفسها"
)
"""Acts in which an actor is named as it names itself."""

_STOP: Final = {
    "prs": frozenset(
        [
            "از",
            "به",
            "در",
            "که",
            "را",
            "و",
            "با",
            "برای",
            "تا",
            "این",
            "آن",
            "است",
            "بود",
            "شد",
            "کرد",
            "می",
            "یک",
            "نیز",
            "هم",
        ]
    ),
    "ps": frozenset(["په", "له", "ته", "تر", "چې", "او", "کې", "څخه", "سره", "هم", "دا", "هغه", "یو"]),
    "ar": frozenset(
        [
            "في",
            "من",
            "إلى",
            "على",
            "عن",
            "مع",
            "أن",
            "إن",
            "التي",
            "الذي",
            "و",
            "هذا",
            "هذه",
            "ثم",
            "قد",
            "لا",
        ]
    ),
}
_ENGLISH_HEADS: Final = ("inistry", "epartment", "ffice", "ureau")
_ENGLISH_BODY = re.compile(
    r"(?:(?P<whose>[A-Z]\w+)(?:'s|’s)? )?(?P<topic>[A-Za-z]+ )?(?P<head>[Mm]inistry|[Dd]epartment|[Oo]ffice|[Bb]ureau)"
    r"(?: (?:of|for) (?P<of>[A-Za-z]+))?(?: in (?P<seat>[A-Z]\w+))?"
)


@dataclass(frozen=True)
class _Actor:
    """An actor with its names in one language, each a pattern.

    ``since`` is the day from which the names but the first mean it; ``loose`` are words for it that could mean another,
    and are listed only where a text has two of its names.
    """

    name: str
    least: int
    since: date | None
    names: tuple[re.Pattern[str], ...]
    loose: re.Pattern[str] | None
    formal: int = -1


def aliases(reading: Reading) -> Iterator[Finding]:
    """One actor that a text calls by several names, with the count of each and all places."""
    texts = [passage for passage in reading.prose() if passage.kind != "quote" and not passage.is_reference]
    for lang in dict.fromkeys(passage.lang for passage in texts):
        own = [passage for passage in texts if passage.lang == lang]
        found: dict[str, dict[int, list[Place]]] = {}
        for passage in own:
            for name in _sieve(lang).possible(passage.text):
                _add_names(_actors(lang)[name], passage, found.setdefault(name, {}))
        for name, names in found.items():
            actor = _actors(lang)[name]
            if _n_names(actor, names) >= actor.least and (0 in names or _is_since(actor, reading.issued_on)):
                if actor.loose is not None:
                    _add_loose(actor.loose, own, names, actor.since)
                yield _finding(list(names.values()), f"{actor.name} under several names")
        yield from _bodies(own, lang)


def _n_names(actor: _Actor, names: dict[int, list[Place]]) -> int:
    """Names that count: the formal one makes no second name where it stands once, and for an act of state."""
    formal = names.get(actor.formal, [])
    if len(names) != LEAST or len(formal) != 1:
        return len(names)
    passage, start, _ = formal[0]
    return len(names) - (_OF_STATE.search(passage.sentence_at(start)[1]) is not None)


def _add_names(actor: _Actor, passage: Passage, found: dict[int, list[Place]]) -> None:
    taken = sorted(passage.quoted)
    for at, name in enumerate(actor.names):
        free = [
            match.span()
            for match in name.finditer(passage.text)
            if not _reaches(taken, *match.span()) and not _is_before(actor.since, passage, match.start())
        ]
        if free:
            found.setdefault(at, []).extend((passage, start, end) for start, end in free)
            taken = sorted([*taken, *free])


def _add_loose(
    loose: re.Pattern[str], passages: list[Passage], names: dict[int, list[Place]], since: date | None
) -> None:
    taken: dict[int, list[tuple[int, int]]] = {}
    for p, a, b in (place for places in names.values() for place in places):
        taken.setdefault(p.number, []).append((a, b))
    for passage in passages:
        own = sorted(taken.get(passage.number, ()))
        for match in loose.finditer(passage.text):
            is_free = not _reaches(own, *match.span()) and not passage.is_quoted(match.start())
            if is_free and not _is_before(since, passage, match.start()):
                names.setdefault(-1, []).append((passage, match.start(), match.end()))


def _reaches(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch shares a letter with one of a row of places, none of which reach into one another."""
    before = bisect_left(taken, end, key=itemgetter(0)) - 1
    return before >= 0 and taken[before][1] > start


def _is_before(since: date | None, passage: Passage, at: int) -> bool:
    """Whether a sentence tells of a time before an actor became what it is called now, by its dates and years.

    Of a sentence without any the one before is asked: "In 1999 … . The movement then …".
    """
    if since is None:
        return False
    begin, sentence = passage.sentence_at(at)
    years = _years(sentence, since.year)
    if not years and begin:
        years = _years(passage.sentence_at(begin - 2)[1], since.year)
    return bool(years) and max(years) <= since.year


@lru_cache(maxsize=1 << 10)
def _years(sentence: str, least: int) -> list[int]:
    """The Gregorian years that a sentence names, solar ones by the year they mostly lie in."""
    found = [int(match[0]) for match in _YEAR.finditer(fold_digits(sentence))]
    return [year + SOLAR_OFFSET if year < least - SOLAR_OFFSET + 100 else year for year in found]


def _is_since(actor: _Actor, issued: date | None) -> bool:
    return actor.since is None or (issued is not None and issued >= actor.since)


def _bodies(texts: list[Passage], lang: str) -> Iterator[Finding]:
    """Bodies whose names are the same but for words that stand for one another."""
    groups: dict[frozenset[str], dict[tuple[str, ...], list[Place]]] = {}
    find = _english_bodies if lang == "en" else _other_bodies
    for passage in texts:
        for key, words, start, end in find(passage):
            if not passage.is_quoted(start):
                groups.setdefault(key, {}).setdefault(words, []).append((passage, start, end))
    for names in groups.values():
        if len(names) > 1:
            yield _finding(list(names.values()), "one body under several names")


def _english_bodies(passage: Passage) -> Iterator[tuple[frozenset[str], tuple[str, ...], int, int]]:
    keys = _keys("en")
    if not any(head in passage.text for head in _ENGLISH_HEADS):
        return
    for match in _ENGLISH_BODY.finditer(passage.text):
        whose = match["seat"] or match["whose"] or ""
        topic = (match["of"] or match["topic"] or "").strip().casefold()
        if whose in keys and topic in keys and keys[whose] != keys[topic]:
            words = (topic, match["head"].casefold())
            yield frozenset((keys[whose], keys[topic])), words, match.start(), match.end()


def _other_bodies(passage: Passage) -> Iterator[tuple[frozenset[str], tuple[str, ...], int, int]]:
    keys, lang = _keys(passage.lang), passage.lang
    for match in _heads(lang).finditer(passage.text):
        if lang == "ps":
            before = [
                w
                for w in passage.text[max(match.start() - NEAR, 0) : match.start()].split(" ")[-AFTER - 1 :]
                if w
            ]
            words = [word for word in before if word != "د"][-KEYED:]
            start, end = match.start() - len(" ".join(before)) - 1, match.end()
        else:
            after = passage.text[match.end() : match.end() + 60].split(" ")[1 : AFTER + 1]
            words = [word for word in after if word not in ("از", "برای")][:KEYED]
            start, end = (
                match.start(),
                match.end()
                + passage.text[match.end() : match.end() + NEAR].find(words[-1] if words else "")
                + len(words[-1] if words else ""),
            )
        plain = [word.rstrip("،,.؛:») ").removesuffix("ٔ") for word in words]
        if len(plain) == KEYED and all(word in keys for word in plain):
            key = frozenset((keys[match[0]], *(keys[word] for word in plain)))
            if len(key) > KEYED:
                yield key, (_bare(match[0]), *plain), max(start, 0), end


def _bare(word: str) -> str:
    return word.removesuffix("‌ی").removesuffix("ٔ")


def _finding(names: list[list[Place]], what: str) -> Finding:
    """One finding at the rarest of the names, with the places of all; each form of a name is told with its count."""
    ordered = sorted(names, key=len)
    forms = Counter(_form(place) for some in ordered for place in some)
    told = ", ".join(f"'{form}' ({count})" for form, count in forms.most_common())
    first = ordered[0][0]
    passage, start, end = first
    return Finding(
        "name-variants", "warning", passage.number, start, end, passage.text[start:end],
        f"{what}: {told}; keep to one, and say once which others mean the same",
        others=tuple((p.number, a, b) for some in ordered for p, a, b in some if (p, a, b) != first),
    )  # fmt: skip


def _form(place: Place) -> str:
    words = _words(place)
    return words[4:] if words.startswith(("The ", "the ")) else words


def _words(place: Place) -> str:
    passage, start, end = place
    return passage.text[start:end]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("rasad.check") / "aliases.toml").read_text("utf-8"))


@cache
def _actors(lang: str) -> dict[str, _Actor]:
    return {
        row["id"]: _Actor(
            row["id"],
            row.get("least", LEAST),
            row.get("since"),
            tuple(map(_whole, row[lang])),
            _loose(row, lang),
            row.get("formal", -1),
        )
        for row in _table()["one"]
        if lang in row
    }


def _loose(row: dict[str, Any], lang: str) -> re.Pattern[str] | None:
    words = row.get("loose", {}).get(lang)
    return None if words is None else _whole(words)


@cache
def _sieve(lang: str) -> Sieve:
    return Sieve({row["id"]: row[lang] for row in _table()["one"] if lang in row})


def _whole(names: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w\u200c])(?:{names})(?![\w\u200c])", re.IGNORECASE)


@cache
def _keys(lang: str) -> dict[str, str]:
    keys: dict[str, str] = {}
    for group in _table()["words"][lang]:
        words = group.split("|")
        for word in words:
            keys.setdefault(word, words[0])
    return keys


@cache
def _heads(lang: str) -> re.Pattern[str]:
    words = sorted(_table()["heads"][lang], key=len, reverse=True)
    return re.compile(rf"(?<![\w\u200c])(?:{'|'.join(words)})(?![\w\u200c])")
