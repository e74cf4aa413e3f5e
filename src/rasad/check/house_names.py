"""Rule: where a desk has a house name for an actor, its prose uses that one and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasad.actors.actors import ActorTable
from rasad.errors import ManuscriptError
from rasad.model.issue import Issue, plain_text


def check_house_names(issue: Issue, actors: ActorTable) -> Iterator[ManuscriptError]:
    """Every paragraph that names an actor otherwise than the house does; in quotations it may."""
    for actor_id in actors.housed(issue.language):
        house = actors.name(actor_id, issue.language)
        others = other_names(actors, actor_id, issue.language, house)
        if others is None:
            continue
        for run in issue.runs:
            text = _unquoted(plain_text(run.children)).replace(house, " ")
            match = others.search(text)
            if match is not None:
                yield ManuscriptError(
                    f"'{match.group()}' is not the house name of {actor_id}",
                    at=run.at,
                    do=f"Write '{house}'.",
                )


def other_names(actors: ActorTable, actor_id: str, lang: str, house: str) -> re.Pattern[str] | None:
    """An actor's other names as whole words, the longest first; None where it has none."""
    names = {name for name in actors.get(actor_id).spellings(lang) if name.casefold() != house.casefold()}
    if not names:
        return None
    told = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)", re.IGNORECASE)


def _unquoted(text: str) -> str:
    return re.sub(r"“[^”]*”|«[^»]*»|\"[^\"]*\"", " ", text)
