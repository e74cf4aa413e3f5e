"""What the roles of a table rest on: pages read, files given, general knowledge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rasad.actors.actor import GENERAL_KNOWLEDGE, Actor, Role
from rasad.actors.actors import ActorTable

TURN = date(2021, 8, 15)
"""The day since which every older source is wrong about Kabul."""
GROUNDS = ("page", "file", GENERAL_KNOWLEDGE)


@dataclass(frozen=True)
class Share:
    """How many roles of one part of a table rest on what."""

    part: str
    roles: int
    by_ground: dict[str, int]

    def of(self, ground: str) -> float:
        """The share of a ground; 0 where there are no roles."""
        return self.by_ground[ground] / self.roles if self.roles else 0.0


def shares(table: ActorTable) -> tuple[Share, ...]:
    """The grounds of all roles, of those in force after 15 August 2021, and of Afghanistan's among either."""
    return (
        _share(table, "all roles", lambda _a, _r: True),
        _share(table, f"in force after {TURN}", lambda _a, role: _in_force(role)),
        _share(table, "Afghanistan", lambda a, role: _afghan(table, a, role)),
        _share(
            table,
            f"Afghanistan, in force after {TURN}",
            lambda a, role: _in_force(role) and _afghan(table, a, role),
        ),
    )


def _share(table: ActorTable, part: str, belongs: Callable[[Actor, Role], bool]) -> Share:
    grounds = [role.ground for actor in table.actors() for role in actor.roles if belongs(actor, role)]
    return Share(part, len(grounds), {ground: grounds.count(ground) for ground in GROUNDS})


def _in_force(role: Role) -> bool:
    return role.valid_to is None or role.valid_to > TURN


def _afghan(table: ActorTable, actor: Actor, role: Role) -> bool:
    """Offices in Afghanistan, those who govern or fight there, and envoys from and to it."""
    institution = role.institution
    own = institution in table and table.get(institution).governs == "AFG"
    return own or role.country == "AFG" or actor.governs == "AFG"
