"""The actor table: names in four languages, and who governs a state on a day."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from rasad.errors import DeskError, did_you_mean
from rasad.languages import LANGUAGES

GOVERNING = ("government", "de facto government")
_ID = re.compile(r"[A-Z][A-Z0-9]{1,11}")


@dataclass(frozen=True)
class Role:
    """What an actor was, half open: ``valid_to`` is the first day it no longer was."""

    what: str
    valid_from: date
    valid_to: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Actor:
    """One actor through its changes of role."""

    actor_id: str
    kind: str
    names: dict[str, str]
    governs: str = ""
    roles: tuple[Role, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()

    def role_on(self, day: date) -> Role | None:
        """The role on a day; None where the table holds none."""
        return next((role for role in self.roles if role.holds_on(day)), None)


class ActorTable:
    """All actors a desk knows: those built in and its own additions."""

    def __init__(self, actors: dict[str, Actor]) -> None:
        self._actors = actors
        self._coded = {code: actor.actor_id for actor in actors.values() for code in actor.codes}

    @classmethod
    def of_desk(cls, additions: Path) -> ActorTable:
        """The built-in table with a desk's ``actors.toml`` over it, where there is one.

        Raises:
            DeskError: If the file can't be read.
        """
        actors = dict(_built_in())
        if additions.is_file():
            actors.update(_from_toml(additions))
        return cls(actors)

    @property
    def digest(self) -> str:
        """Names this table: another one may read the same rows otherwise."""
        told = repr(sorted(self._actors.items(), key=lambda item: item[0]))
        return sha256(told.encode()).hexdigest()[:16]

    @classmethod
    def built_in(cls) -> ActorTable:
        """The table that every desk begins with."""
        return cls(_built_in())

    def __contains__(self, actor_id: str) -> bool:
        return actor_id in self._actors

    def is_state(self, actor_id: str) -> bool:
        return actor_id in self._actors and self._actors[actor_id].kind == "state"

    def coded(self, system: str, code: str) -> str:
        """The actor that a code or name means in a dataset's system; '' where the table has none.

        Example:
            >>> ActorTable.built_in().coded("cameo", "TAL")
            'TALIBAN'
        """
        return self._coded.get((system, code), "")

    def get(self, actor_id: str) -> Actor:
        """The actor of an id.

        Raises:
            KeyError: If the table has none.
        """
        return self._actors[actor_id]

    def suggest(self, actor_id: str) -> str:
        return did_you_mean(actor_id, self._actors)

    def name(self, actor_id: str, lang: str) -> str:
        """The house name; for a state the country's, whoever governs it."""
        names = self._actors[actor_id].names
        return names.get(lang) or names["en"]

    def counts_as(self, actor_id: str, day: date) -> str:
        """The state whose acts an actor's acts are on a day, else the actor itself.

        Example:
            >>> from datetime import date, datetime
            >>> table = ActorTable.built_in()
            >>> table.counts_as("TALIBAN", date(2024, 5, 1)), table.counts_as("TALIBAN", date(2010, 5, 1))
            ('AFG', 'TALIBAN')
        """
        actor = self._actors[actor_id]
        role = actor.role_on(day) if actor.governs else None
        return actor.governs if role is not None and role.what in GOVERNING else actor_id

    def acting_name(self, actor_id: str, lang: str, day: date) -> str:
        """The name of whoever acts for an id on a day.

        For a state that is its government of the day, where the table knows it by a name of its own.

        Example:
            >>> from datetime import date, datetime
            >>> table = ActorTable.of_desk(Path("no-such-file"))
            >>> table.acting_name("AFG", "en", date(2026, 5, 27))
            'Islamic Emirate'
            >>> table.acting_name("AFG", "en", date(2021, 8, 14))
            'Islamic Republic of Afghanistan'
        """
        for actor in self._actors.values():
            role = actor.role_on(day) if actor.governs == actor_id else None
            if role is not None and role.what in GOVERNING:
                return self.name(actor.actor_id, lang)
        return self.name(actor_id, lang)


@cache
def _built_in() -> dict[str, Actor]:
    table = files("rasad.actors") / "table"
    lines = (table / "states.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    actors = {row["id"]: Actor(row["id"], "state", {lang: row[lang] for lang in LANGUAGES}) for row in rows}
    region = tomllib.loads((table / "region.toml").read_text("utf-8"))
    actors.update({row["id"]: _actor(row) for row in region["actor"]})
    return actors


def _from_toml(path: Path) -> dict[str, Actor]:
    do = "See docs/desk.md for the form of actors.toml."
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("actor", [])
        actors = {row["id"]: _actor(row) for row in rows}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeskError(f"the actors can't be read ({error})", at=path, do=do) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise DeskError(f"an actor lacks {error}", at=path, do=do) from error
    for actor in actors.values():
        if _ID.fullmatch(actor.actor_id) is None:
            raise DeskError(
                f"'{actor.actor_id}' is not an actor id", at=path, do="Use 2 to 12 capitals or digits."
            )
        if "en" not in actor.names:
            raise DeskError(f"the actor '{actor.actor_id}' has no name in 'en'", at=path, do=do)
    return actors


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"a date; '{value}' is none, write 2021-08-15 without quotes")
    return value


def _actor(row: dict[str, Any]) -> Actor:
    roles = tuple(
        Role(str(role["what"]), _day(role["valid_from"]), _day(role["valid_to"]) if "valid_to" in role else None,
             str(role["source"]))
        for role in row.get("role", [])
    )  # fmt: skip
    return Actor(
        actor_id=str(row["id"]),
        kind=str(row.get("kind", "actor")),
        names={lang: str(name) for lang, name in row["names"].items()},
        governs=str(row.get("governs", "")),
        roles=roles,
        codes=tuple((system, str(code)) for system, codes in row.get("codes", {}).items() for code in codes),
    )
