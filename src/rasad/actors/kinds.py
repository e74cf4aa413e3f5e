"""What an actor was on a day, as one class of role: the coarse word that data sets and evaluations compare."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Protocol

from rasad.actors.actor import Actor, Role

FORMER, UNKNOWN = "former", "unknown"
GOVERNMENT, DE_FACTO = "government", "de-facto-government"
INSURGENCY, ARMED_MOVEMENT = "insurgency", "armed-movement"
ORGANISATION = "international-organisation"

_BY_POST: Final = (
    ("supreme leader", "supreme-leader"),
    ("head of state", "head-of-state"),
    ("head of government", "head-of-government"),
    ("vice-president", "vice-president"),
    ("foreign minister", "foreign-minister"),
    ("defence minister", "defence-minister"),
    ("interior minister", "interior-minister"),
    ("homeland security secretary", "interior-minister"),
    ("finance minister", "finance-minister"),
    ("secretary of the security council", "security-council-secretary"),
    ("national security adviser", "security-council-secretary"),
    ("envoy", "envoy"),
    ("special envoy", "envoy"),
    ("permanent representative", "envoy"),
    ("special rapporteur", "envoy"),
)
"""Posts by what they begin with, and the class of each; where a person holds several, the first here wins."""
_BY_WHAT: Final = (
    ("government", GOVERNMENT),
    ("de facto government", DE_FACTO),
    ("insurgency", INSURGENCY),
    ("armed movement", ARMED_MOVEMENT),
    ("international", ORGANISATION),
)
CLASSES: Final = tuple(
    dict.fromkeys([*(name for _, name in _BY_WHAT), *(name for _, name in _BY_POST), FORMER, UNKNOWN])
)
"""Every class of role."""
_STATES_OWN = ("state", "body", "government", "force")


class Actors(Protocol):
    """What is asked of a table of actors."""

    def __contains__(self, actor_id: str) -> bool: ...
    def get(self, actor_id: str) -> Actor: ...
    def actors(self) -> Iterable[Actor]: ...


def role_class(table: Actors, actor: Actor, day: date | None) -> str:
    """The one class of what an actor was on a day; "unknown" without a day.

    A head of state who also heads the government is "head-of-state". Whoever leads the movement that governs
    is its supreme leader, also where the office counts as head of state. A post outside the list is that of the
    institution: an official of a state is "government", a commander of an insurgency "insurgency".
    """
    if day is None:
        return UNKNOWN
    if actor.kind == "state":
        return _of_state(table, actor.actor_id, day)
    held = actor.roles_on(day)
    if held:
        return _highest(table, held, day)
    if any(role.valid_from <= day for role in actor.roles):
        return FORMER
    if actor.roles:
        return UNKNOWN
    return _without_roles(actor.kind)


def _highest(table: Actors, held: Iterable[Role], day: date) -> str:
    classes = [_of_role(table, role, day) for role in held]
    named = list(dict.fromkeys(name for _, name in _BY_POST))
    ranks = {name: rank for rank, name in enumerate(named)}
    return min(classes, key=lambda name: ranks.get(name, len(ranks) + (name == UNKNOWN)))


def _of_role(table: Actors, role: Role, day: date) -> str:
    if role.post:
        if role.post == "leader" and _governs(table, role.institution):
            return "supreme-leader"
        named = next((name for post, name in _BY_POST if role.post.startswith(post)), None)
        return _of_institution(table, role.institution, day) if named is None else named
    return next((name for what, name in _BY_WHAT if role.what.startswith(what)), UNKNOWN)


def _of_institution(table: Actors, institution: str, day: date) -> str:
    if institution not in table:
        return UNKNOWN
    actor = table.get(institution)
    if actor.kind in _STATES_OWN:
        return GOVERNMENT
    name = role_class(table, actor, day)
    return _without_roles(actor.kind) if name == UNKNOWN else name


def _governs(table: Actors, institution: str) -> bool:
    return (
        institution in table
        and table.get(institution).kind == "movement"
        and bool(table.get(institution).governs)
    )


def _of_state(table: Actors, state: str, day: date) -> str:
    for actor in table.actors():
        if actor.governs == state and role_class(table, actor, day) == DE_FACTO:
            return DE_FACTO
    return GOVERNMENT


def _without_roles(kind: str) -> str:
    if kind in _STATES_OWN:
        return GOVERNMENT
    return {"organisation": ORGANISATION, "movement": ARMED_MOVEMENT}.get(kind, UNKNOWN)
