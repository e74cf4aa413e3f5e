"""The actor table: who is who, and who governs a state on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from rasad.actors.actor import GOVERNING, Actor, Recognition, Role
from rasad.actors.reading import Actors, built_in, of_text, read_toml
from rasad.errors import did_you_mean

__all__ = ["GOVERNING", "Actor", "ActorTable", "Recognition", "Role"]


class ActorTable:
    """All actors a desk knows: those built in and its own additions."""

    def __init__(self, actors: Actors, recognitions: tuple[Recognition, ...] = ()) -> None:
        self._actors = actors
        self.recognitions = recognitions
        """Who recognised which actor as a government, and since when."""
        self._house: Mapping[str, Mapping[str, str]] = {}
        self._coded = {code: actor.actor_id for actor in actors.values() for code in actor.codes}
        self._governors: dict[str, list[Actor]] = defaultdict(list)
        for actor in actors.values():
            if actor.governs:
                self._governors[actor.governs].append(actor)

    @classmethod
    def of_desk(cls, additions: Path) -> ActorTable:
        """The built-in table with a desk's ``actors.toml`` over it, where there is one.

        Raises:
            DeskError: If the file can't be read.
        """
        return cls._with(*read_toml(additions)) if additions.is_file() else cls.built_in()

    @classmethod
    def of_text(cls, text: str, additions: Path) -> ActorTable:
        """The table as it would be if ``actors.toml`` had this text."""
        return cls._with(*of_text(text, additions))

    @classmethod
    def _with(cls, own: Actors, told: tuple[Recognition, ...]) -> ActorTable:
        actors, recognitions = built_in()
        return cls(actors | own, recognitions + told)

    def with_house(self, names: Mapping[str, Mapping[str, str]]) -> ActorTable:
        """This table with the names that a desk gives some actors, by language.

        Example:
            >>> table = ActorTable.built_in().with_house({"TALIBAN": {"en": "the Taliban"}})
            >>> table.name("TALIBAN", "en"), table.name("TALIBAN", "ps")
            ('the Taliban', 'اسلامي امارت')
        """
        table = ActorTable(self._actors, self.recognitions)
        table._house = names
        return table

    def housed(self, lang: str) -> list[str]:
        """The actors that have a house name in a language."""
        return [actor for actor, names in self._house.items() if lang in names]

    @classmethod
    def built_in(cls) -> ActorTable:
        """The table that every desk begins with."""
        actors, recognitions = built_in()
        return cls(dict(actors), recognitions)

    @cached_property
    def digest(self) -> str:
        """Names this table: another one may read the same rows otherwise."""
        told = repr(sorted(self._actors.items(), key=lambda item: item[0]))
        return sha256(told.encode()).hexdigest()[:16]

    def __contains__(self, actor_id: str) -> bool:
        return actor_id in self._actors

    def actors(self) -> Iterable[Actor]:
        """Every actor: states, movements, organisations and people."""
        return self._actors.values()

    def get(self, actor_id: str) -> Actor:
        """The actor of an id.

        Raises:
            KeyError: If the table has none.
        """
        return self._actors[actor_id]

    def is_state(self, actor_id: str) -> bool:
        return actor_id in self._actors and self._actors[actor_id].kind == "state"

    def coded(self, system: str, code: str) -> str:
        """The actor that a code or name means in a dataset's system; '' where the table has none.

        Example:
            >>> ActorTable.built_in().coded("cameo", "TAL")
            'TALIBAN'
        """
        return self._coded.get((system, code), "")

    def suggest(self, actor_id: str) -> str:
        return did_you_mean(actor_id, self._actors)

    def name(self, actor_id: str, lang: str) -> str:
        """The house name; for a state the country's, whoever governs it."""
        names = {**self._actors[actor_id].names, **self._house.get(actor_id, {})}
        return names.get(lang) or names["en"]

    def counts_as(self, actor_id: str, day: date) -> str:
        """The state whose acts an actor's acts are on a day, else the actor itself.

        Example:
            >>> table = ActorTable.built_in()
            >>> table.counts_as("TALIBAN", date(2024, 5, 1)), table.counts_as("TALIBAN", date(2010, 5, 1))
            ('AFG', 'TALIBAN')
        """
        actor = self._actors[actor_id]
        return actor.governs if _governs(actor, day) else actor_id

    def acting_name(self, actor_id: str, lang: str, day: date) -> str:
        """The name of whoever acts for an id on a day.

        For a state that is its government of the day, where the table knows it by a name of its own.

        Example:
            >>> table = ActorTable.built_in()
            >>> table.acting_name("AFG", "en", date(2026, 5, 27))
            'Islamic Emirate'
            >>> table.acting_name("AFG", "en", date(2021, 8, 14))
            'Islamic Republic of Afghanistan'
        """
        for actor in self._governors.get(actor_id, ()):
            if _governs(actor, day):
                return self.name(actor.actor_id, lang)
        return self.name(actor_id, lang)


def _governs(actor: Actor, day: date) -> bool:
    role = actor.role_on(day) if actor.governs else None
    return role is not None and role.what in GOVERNING
