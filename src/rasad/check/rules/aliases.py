"""Rule: one actor or body under several names that the table of actors does not tell of, or tells in one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.rules.dates import is_reference

Place = tuple[Passage, int, int]
LEAST: Final = 2
KEYED: Final = 2
"""Words beside its head that tell a body from others."""

AFTER: Final = 4
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
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
_ENGLISH_BODY = re.compile(
    r"(?:(?P<whose>[A-Z]\w+)(?:'s|’s)? )?(?P<topic>[A-Za-z]+ )?(?P<head>[Mm]inistry|[Dd]epartment|[Oo]ffice|[Bb]ureau)"
    r"(?: (?:of|for) (?P<of>[A-Za-z]+))?(?: in (?P<seat>[A-Z]\w+))?"
)


@dataclass(frozen=True)
class _Actor:
    """An actor with its names in one language, each a pattern; ``since`` is the day from which the later ones mean it."""

    name: str
    least: int
    since: date | None
    names: tuple[re.Pattern[str], ...]
    any_name: re.Pattern[str]


def aliases(reading: Reading) -> Iterator[Finding]:
    """One actor that a text calls by several names, with the count of each and all places."""
    texts = [(passage, _hidden(passage.text)) for passage in reading.prose() if _is_told(passage)]
    for lang in dict.fromkeys(passage.lang for passage, _ in texts):
        own = [told for told in texts if told[0].lang == lang]
        for actor in _actors(lang):
            found = _names_of(actor, own)
            if len(found) >= actor.least and (0 in found or _is_since(actor, reading.issued_on)):
                yield _finding(list(found.values()), f"{actor.name} under several names")
        yield from _bodies(own, lang)


def _names_of(actor: _Actor, texts: list[tuple[Passage, list[tuple[int, int]]]]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = {}
    for passage, hidden in texts:
        if actor.any_name.search(passage.text) is None:
            continue
        taken = list(hidden)
        for at, name in enumerate(actor.names):
            for match in name.finditer(passage.text):
                if not any(a < match.end() and match.start() < b for a, b in taken):
                    found.setdefault(at, []).append((passage, match.start(), match.end()))
                    taken.append(match.span())
    return found


def _is_since(actor: _Actor, issued: date | None) -> bool:
    return actor.since is None or (issued is not None and issued >= actor.since)


def _bodies(texts: list[tuple[Passage, list[tuple[int, int]]]], lang: str) -> Iterator[Finding]:
    """Bodies whose names are the same but for words that stand for one another."""
    groups: dict[frozenset[str], dict[tuple[str, ...], list[Place]]] = {}
    find = _english_bodies if lang == "en" else _other_bodies
    for passage, hidden in texts:
        for key, words, start, end in find(passage):
            if not any(a <= start < b for a, b in hidden):
                groups.setdefault(key, {}).setdefault(words, []).append((passage, start, end))
    for names in groups.values():
        if len(names) > 1:
            yield _finding(list(names.values()), "one body under several names")


def _english_bodies(passage: Passage) -> Iterator[tuple[frozenset[str], tuple[str, ...], int, int]]:
    keys = _keys("en")
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
            before = [w for w in passage.text[: match.start()].split(" ")[-AFTER - 1 :] if w]
            words = [word for word in before if word != "د"][-KEYED:]
            start, end = match.start() - len(" ".join(before)) - 1, match.end()
        else:
            after = passage.text[match.end() : match.end() + 60].split(" ")[1 : AFTER + 1]
            words = [word for word in after if word not in ("از", "برای")][:KEYED]
            start, end = (
                match.start(),
                match.end()
                + passage.text[match.end() :].find(words[-1] if words else "")
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
    """One finding at the rarest of the names, with the places of all but the most used."""
    ordered = sorted(names, key=len)
    told = ", ".join(f"'{_words(some[0])}' ({len(some)})" for some in reversed(ordered))
    first = ordered[0][0]
    passage, start, end = first
    return Finding(
        "name-variants", "warning", passage.number, start, end, passage.text[start:end],
        f"{what}: {told}; keep to one, and say once which others mean the same",
        others=tuple((p.number, a, b) for some in ordered for p, a, b in some if (p, a, b) != first),
    )  # fmt: skip


def _is_told(passage: Passage) -> bool:
    return passage.kind != "quote" and not is_reference(passage)


def _hidden(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(text)]


def _words(place: Place) -> str:
    passage, start, end = place
    return passage.text[start:end]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("rasad.check") / "aliases.toml").read_text("utf-8"))


@cache
def _actors(lang: str) -> tuple[_Actor, ...]:
    return tuple(
        _Actor(
            row["id"], row.get("least", LEAST), row.get("since"),
            tuple(map(_whole, row[lang])), _whole("|".join(row[lang])),
        )
        for row in _table()["one"]
        if lang in row
    )  # fmt: skip


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
