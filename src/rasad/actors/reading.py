"""The files of the actor table, read: states and people from CSV, movements and organisations from TOML."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import repeat
from pathlib import Path
from typing import Any

from rasad.actors.actor import NAME_LANGUAGES, Actor, Recognition, Role
from rasad.errors import DeskError, Place

ACTOR_ID = re.compile(r"[A-Z][A-Z0-9]{1,11}")
BETWEEN = "|"
"""Between the spellings of one name in a cell."""
FORM = "See docs/actors.md for the form."
_HEADS = {name: re.compile(rf"\s*\[\[\s*{name}\s*\]\]") for name in ("actor", r"actor\.role", "recognition")}

Actors = dict[str, Actor]


@cache
def built_in() -> tuple[Actors, tuple[Recognition, ...]]:
    """The actors that every desk begins with, and who recognised whom."""
    table = Path(str(files("rasad.actors") / "table"))
    actors = {actor.actor_id: actor for actor in _states(table)}
    recognitions: tuple[Recognition, ...] = ()
    for path in sorted(table.glob("*.toml")):
        read, told = read_toml(path)
        actors.update(read)
        recognitions += told
    for path in sorted((table / "people").glob("*.names.csv")):
        actors.update((actor.actor_id, actor) for actor in _people(path))
    return actors, recognitions


def read_toml(path: Path) -> tuple[Actors, tuple[Recognition, ...]]:
    """The actors and recognitions of a TOML file, as a desk's ``actors.toml``.

    Raises:
        DeskError: If the file can't be read; it names the line where it can.
    """
    try:
        return of_text(path.read_text("utf-8"), path)
    except UnicodeDecodeError as error:
        raise DeskError(f"the actors can't be read ({error})", at=path, do=FORM) from error


def of_text(text: str, path: Path) -> tuple[Actors, tuple[Recognition, ...]]:
    """The same of a text that is to stand in the file."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DeskError(f"the actors can't be read ({error})", at=path, do=FORM) from error
    for name in ("actor", "recognition"):
        if not _are_tables(told.get(name, [])):
            raise DeskError(
                f"'{name}' is no list of tables", at=path, do=f"Begin each with [[{name}]]. {FORM}"
            )
    lines = _Lines(path, text, told)
    actors: Actors = {}
    for row, at in lines.of("actor"):
        actor = _checked(row, at, lines)
        if actor.actor_id in actors:
            raise DeskError(f"the actor '{actor.actor_id}' stands twice", at=at, do="Join the two.")
        actors[actor.actor_id] = actor
    try:
        return actors, tuple(_recognition(row, at) for row, at in lines.of("recognition"))
    except (KeyError, TypeError) as error:
        raise DeskError(f"a recognition lacks {error}", at=path, do=FORM) from error


class _Lines:
    """Where the tables of a TOML file begin: the parser tells no lines, so heads are counted."""

    def __init__(self, path: Path, text: str, told: dict[str, Any]) -> None:
        self._path, self._told = path, told
        found: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(text.splitlines(), start=1):
            if line.lstrip().startswith("[["):
                for name, head in _HEADS.items():
                    if head.match(line):
                        found[name.replace("\\", "")].append(number)
        roles = sum(len(row["role"]) for row in told.get("actor", ()) if isinstance(row.get("role"), list))
        # Written as inline tables they have no heads to count: then only the file is told.
        self._roles = iter(found["actor.role"]) if len(found["actor.role"]) == roles else repeat(0)
        self._found = found

    def of(self, name: str) -> Iterator[tuple[dict[str, Any], Place]]:
        rows = self._told.get(name, [])
        numbers = self._found[name] if len(self._found[name]) == len(rows) else repeat(0)
        for row, number in zip(rows, numbers, strict=False):
            yield row, Place(self._path, number)

    def of_role(self) -> Place:
        return Place(self._path, next(self._roles))


def _are_tables(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _checked(row: dict[str, Any], at: Place, lines: _Lines) -> Actor:
    try:
        actor = _actor(row, at, lines)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DeskError(f"an actor lacks {error}", at=at, do=FORM) from error
    if ACTOR_ID.fullmatch(actor.actor_id) is None:
        raise DeskError(f"'{actor.actor_id}' is not an actor id", at=at, do="Use 2 to 12 capitals or digits.")
    if "en" not in actor.names:
        raise DeskError(f"the actor '{actor.actor_id}' has no name in 'en'", at=at, do=FORM)
    return actor


def _actor(row: dict[str, Any], at: Place, lines: _Lines) -> Actor:
    return Actor(
        actor_id=str(row["id"]),
        kind=str(row.get("kind", "actor")),
        names={lang: str(name) for lang, name in row["names"].items()},
        governs=str(row.get("governs", "")),
        roles=tuple(_role(role, lines.of_role()) for role in row.get("role", [])),
        codes=tuple((system, str(code)) for system, codes in row.get("codes", {}).items() for code in codes),
        also={lang: tuple(map(str, names)) for lang, names in row.get("also", {}).items() if names},
        at=at,
    )


def _role(row: dict[str, Any], at: Place) -> Role:
    texts = ("post", "institution", "country", "words", "note")
    return Role(
        what=str(row["what"] if "post" not in row else row.get("what", "")),
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]) if "valid_to" in row else None,
        source=str(row["source"]),
        acting=row.get("acting", False) is True,
        precision=str(row.get("precision", "day")),
        precision_to=str(row.get("precision_to", "day")),
        seen_on=_day(row["seen_on"]) if "seen_on" in row else None,
        at=at,
        **{name: str(row[name]) for name in texts if name in row},
    )


def _recognition(row: dict[str, Any], at: Place) -> Recognition:
    return Recognition(
        by=str(row["by"]),
        of=str(row["of"]),
        on=_day(row["on"]),
        until=_day(row["until"]) if "until" in row else None,
        what=str(row["what"]),
        source=str(row["source"]),
        words=str(row.get("words", "")),
        at=at,
    )


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"a date; '{value}' is none, write 2021-08-15 without quotes")
    return value


def _states(table: Path) -> Iterator[Actor]:
    others: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row, _ in _rows(table / "state_names.csv"):
        others[row["state"]]["en"].append(row["name"])
    for row, _ in _rows(table / "state_spellings.csv"):
        others[row["state"]][row["lang"]] += row["names"].split(BETWEEN)
    for row, at in _rows(table / "states.csv"):
        names = {lang: row[lang] for lang in NAME_LANGUAGES if row[lang]}
        also = {
            lang: tuple(name for name in dict.fromkeys(spelt) if name != names.get(lang))
            for lang, spelt in others[row["id"]].items()
        }
        yield Actor(
            row["id"], "state", names, also={lang: spelt for lang, spelt in also.items() if spelt}, at=at
        )


def _people(path: Path) -> Iterator[Actor]:
    spelt: dict[str, dict[str, list[str]]] = defaultdict(dict)
    places: dict[str, Place] = {}
    for row, at in _rows(path):
        spelt[row["id"]][row["lang"]] = row["names"].split(BETWEEN)
        places.setdefault(row["id"], at)
    roles: dict[str, list[Role]] = defaultdict(list)
    for row, at in _rows(path.with_name(path.name.replace(".names.", ".roles."))):
        roles[row["id"]].append(_held(row, at))
    for actor_id, names in spelt.items():
        yield Actor(
            actor_id,
            "person",
            {lang: first for lang, (first, *_) in names.items()},
            roles=tuple(roles[actor_id]),
            also={lang: tuple(rest) for lang, (_, *rest) in names.items() if rest},
            at=places[actor_id],
        )


def _held(row: dict[str, str], at: Place) -> Role:
    return Role(
        what="",
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        source=row["source"],
        post=row["post"],
        institution=row["institution"],
        country=row["country"],
        acting=row["acting"] == "acting",
        precision=row["precision"] or "day",
        precision_to=row["precision_to"] or "day",
        seen_on=date.fromisoformat(row["seen_on"]) if row["seen_on"] else None,
        words=row["words"],
        note=row["note"],
        at=at,
    )


def _rows(path: Path) -> Iterator[tuple[dict[str, str], Place]]:
    """The rows of a CSV with comments above its header, each with its line: no cell has a line break."""
    lines = path.read_text("utf-8").splitlines()
    above = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    header, *rows = csv.reader(lines[above:])
    for number, cells in enumerate(rows, start=above + 2):
        yield dict(zip(header, cells, strict=True)), Place(path, number)
