"""One actor through its changes of role: names by language, and what it was on which days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rasad.errors import Place

GOVERNING = ("government", "de facto government")
"""What an actor is while its acts are those of the state that it governs."""
NAME_LANGUAGES = ("en", "prs", "ps", "ar", "ru")
"""The languages of names; editions are written in all but the last."""
GENERAL_KNOWLEDGE = "general knowledge"
NOWHERE = Place(Path())


@dataclass(frozen=True)
class Role:
    """What an actor was, half open: ``valid_to`` is the first day it no longer was.

    A movement or a government has a ``what``, a person a ``post`` in an ``institution``. With the precision
    "month" only the month of a date is known; the day then stands for it.
    """

    what: str
    valid_from: date
    valid_to: date | None
    source: str
    post: str = ""
    institution: str = ""
    country: str = ""
    acting: bool = False
    precision: str = "day"
    precision_to: str = "day"
    seen_on: date | None = None
    words: str = ""
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False, repr=False)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def title(self) -> str:
        """The post, else what the actor was: "foreign minister", "insurgency"."""
        return f"acting {self.post}" if self.acting and self.post else self.post or self.what

    @property
    def ground(self) -> str:
        """What the role rests on: "page", "general knowledge", or "file" for any other source."""
        if self.source.startswith(("http://", "https://")):
            return "page"
        return GENERAL_KNOWLEDGE if self.source == GENERAL_KNOWLEDGE else "file"


@dataclass(frozen=True)
class Recognition:
    """That one actor recognised another as a government: an attribute between two, not a role of either."""

    by: str
    of: str
    on: date
    until: date | None
    what: str
    source: str
    words: str = ""
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Actor:
    """One actor through its changes of role.

    ``names`` has the house name of each language, ``also`` every other spelling of it.
    """

    actor_id: str
    kind: str
    names: dict[str, str]
    governs: str = ""
    roles: tuple[Role, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    at: Place = field(default=NOWHERE, compare=False, repr=False)

    def spellings(self, lang: str) -> tuple[str, ...]:
        """Every name in a language, the house name first; none where the table has none.

        Example:
            >>> Actor("UN", "organisation", {"en": "United Nations"}, also={"en": ("UN",)}).spellings("en")
            ('United Nations', 'UN')
        """
        house = (self.names[lang],) if self.names.get(lang) else ()
        return tuple(dict.fromkeys((*house, *self.also.get(lang, ()))))

    def role_on(self, day: date) -> Role | None:
        """The first role on a day; None where the table holds none."""
        return next((role for role in self.roles if role.holds_on(day)), None)

    def roles_on(self, day: date) -> tuple[Role, ...]:
        """All roles on a day, in the table's order: a person can hold two posts."""
        return tuple(role for role in self.roles if role.holds_on(day))
