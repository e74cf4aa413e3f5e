"""Actors as lines for people, and as JSON for pipes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasad.actors.actor import Actor, Recognition, Role
    from rasad.actors.checking import Finding

NAME_LANGUAGES = ("en", "prs", "ps", "ar", "ru")


def head(actor: Actor) -> str:
    """``RUS (Russia)``."""
    return f"{actor.actor_id} ({actor.names['en']})"


def role_lines(roles: Iterable[Role]) -> Iterable[str]:
    """Two lines a role: its days and its ground; a third where there is a note."""
    for role in roles:
        of = f" of {role.institution}" if role.post and role.institution else ""
        where = f" ({role.country})" if role.country not in ("", role.institution) else ""
        begin, end = (
            _date(day, way)
            for day, way in ((role.valid_from, role.precision), (role.valid_to, role.precision_to))
        )
        seen = f", seen {role.seen_on}" if role.seen_on is not None and role.valid_to is None else ""
        yield f"  {begin} – {end}  {role.title}{of}{where}{seen}"
        yield f"    {source(role.source, role.words)}"
        if role.note:
            yield f"    note: {role.note}"


def _date(day: date | None, precision: str) -> str:
    if day is None:
        return "…"
    return f"{day:%Y-%m}" if precision == "month" else day.isoformat()


def source(page: str, words: str) -> str:
    """What a role rests on, with the words of the page."""
    return f"{page}: “{words}”" if words else page


def as_dict(actor: Actor, day: date | None = None) -> dict[str, Any]:
    """An actor for JSON, with all roles or those of a day."""
    roles = actor.roles if day is None else actor.roles_on(day)
    return {
        "id": actor.actor_id, "kind": actor.kind, "governs": actor.governs,
        "names": {lang: list(actor.spellings(lang)) for lang in NAME_LANGUAGES if actor.spellings(lang)},
        "codes": [{"system": system, "code": code} for system, code in actor.codes],
        "roles": [_plain(asdict(role)) | {"ground": role.ground} for role in roles],
    }  # fmt: skip


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    at = told.pop("at")
    return told | {"file": str(at["path"]), "line": at["line"]}


def finding_as_dict(found: Finding) -> dict[str, Any]:
    """A finding for JSON."""
    return {"file": str(found.at.path), "line": found.at.line, "rule": found.rule, "actor": found.actor_id,
            "what": found.what}  # fmt: skip


def recognition_as_dict(recognition: Recognition) -> dict[str, Any]:
    """A recognition for JSON."""
    return _plain(asdict(recognition))


def as_json_text(told: object) -> str:
    """JSON on one line; days as ISO 8601."""
    return json.dumps(told, ensure_ascii=False, default=str)
