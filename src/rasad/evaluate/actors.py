"""How often a name of a labelled file is given to the right actor, in the right role, or rightly to nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rasad.actors.actor import NAME_LANGUAGES, Actor
from rasad.actors.kinds import CLASSES, Actors
from rasad.actors.matcher import Matcher
from rasad.actors.spellings import latin_names
from rasad.evaluate.labelled import LabelledName

_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−_"), " ")
_BASE = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "z": "s", "’": "'", "ʼ": "'", "`": "'"})


@dataclass(frozen=True)
class Answer:
    """What the matcher found for one row; ``names`` are all Latin-script spellings of the actor."""

    line: int
    actor_id: str
    actor: str
    names: tuple[str, ...]
    role: str


@dataclass(frozen=True)
class Report:
    """The shares of rows answered rightly; None where the file has no row of the kind.

    Rows that expect an actor count in ``actor_accuracy`` and ``role_accuracy``, the others, for which an empty
    answer is right, in ``unknown_accuracy`` alone.
    """

    n: int
    actor_accuracy: float | None
    role_accuracy: float | None
    unknown_accuracy: float | None
    rows: tuple[Answer, ...]
    wrong: tuple[tuple[LabelledName, Answer], ...]


def evaluate(table: Actors, rows: Sequence[LabelledName]) -> Report:
    """Resolve every name and compare."""
    matcher = Matcher(table)
    answers = [_answer(table, matcher, row) for row in rows]
    actors, roles, unknown = [], [], []
    wrong = []
    for row, answer in zip(rows, answers, strict=True):
        is_actor = is_right_actor(row.actor, table.get(answer.actor_id) if answer.actor_id else None)
        is_role = not row.actor or plain_role(row.role) == answer.role
        if row.actor:
            actors.append(is_actor)
            roles.append(is_role)
        else:
            unknown.append(is_actor)
        if not (is_actor and is_role):
            wrong.append((row, answer))
    return Report(len(rows), _share(actors), _share(roles), _share(unknown), tuple(answers), tuple(wrong))


def odd(row: LabelledName) -> str:
    """What a row says that cannot come out right; empty for a good one."""
    if row.actor and plain_role(row.role) not in CLASSES:
        return f"'{row.role}' is no class of role and counts as wrong"
    if row.lang and row.lang not in NAME_LANGUAGES:
        return f"'{row.lang}' is none of {', '.join(NAME_LANGUAGES)}; read as any language"
    return ""


def is_right_actor(expected: str, found: Actor | None) -> bool:
    """Whether what was found is what a row expects: by id or any English name, folded; nobody for an empty one.

    Example:
        >>> is_right_actor("Shanghai Co-operation Organization", Actor(
        ...     "SCO", "organisation", {"en": "SCO"}, also={"en": ("Shanghai Co‑operation Organisation",)}))
        True
    """
    if found is None or not expected:
        return found is None and not expected
    return _plain(expected) in {_plain(found.actor_id), *map(_plain, found.spellings("en"))}


def plain_role(role: str) -> str:
    """A class of role as the list writes it, whatever its case and dashes."""
    return "-".join(role.casefold().translate(_DASHES).split())


def _answer(table: Actors, matcher: Matcher, row: LabelledName) -> Answer:
    lang = row.lang if row.lang in NAME_LANGUAGES else None
    found = matcher.resolve(row.name, lang, row.on)
    if not found.actor_id:
        return Answer(row.line, "", "", (), found.role)
    actor = table.get(found.actor_id)
    return Answer(row.line, actor.actor_id, actor.names["en"], latin_names(actor), found.role)


def _plain(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return " ".join(bare.translate(_DASHES).translate(_BASE).split())


def _share(right: Iterable[bool]) -> float | None:
    told = list(right)
    return round(sum(told) / len(told), 4) if told else None
