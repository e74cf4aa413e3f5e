"""Rule: every actor that an issue names is known, and every dyad is one the desk has something of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rasad.actors.actors import ActorTable
from rasad.errors import ManuscriptError, Place
from rasad.model.dyad import Dyad
from rasad.model.issue import ActorMark, Figure, Issue, MeasureMark, walk_blocks, walk_inlines
from rasad.relations.selection import ANY


def check_actors(
    issue: Issue, actors: ActorTable, watched: Collection[Dyad], seen: Collection[Dyad | None]
) -> Iterator[ManuscriptError]:
    """Actors that the table does not know, and dyads without events that nobody watches.

    Args:
        issue: The issue.
        actors: The desk's actors.
        watched: The dyads of the desk's settings.
        seen: The dyads that have events.
    """
    for text, at in _dyads(issue):
        yield from _check(text, at, actors, watched, seen)
    for run in issue.runs:
        for inline in walk_inlines(run.children):
            if isinstance(inline, ActorMark) and inline.actor not in actors:
                what = f"'{inline.actor}' is not a known actor"
                yield ManuscriptError(what, at=run.at, do=actors.suggest(inline.actor))


def _check(
    text: str, at: Place, actors: ActorTable, watched: Collection[Dyad], seen: Collection[Dyad | None]
) -> Iterator[ManuscriptError]:
    try:
        dyad = Dyad.parse(text)
    except ValueError as error:
        yield ManuscriptError(str(error), at=at)
        return
    unknown = next((actor for actor in (dyad.first, dyad.second) if actor not in actors), None)
    if unknown is not None:
        yield ManuscriptError(f"'{unknown}' is not a known actor", at=at, do=actors.suggest(unknown))
    elif dyad not in watched and dyad not in seen:
        known = ", ".join(sorted(str(dyad) for dyad in watched)) or "none"
        yield ManuscriptError(
            f"the dyad {text} is unknown: it has no events, and rasad.toml does not watch it",
            at=at,
            do=f"Watched: {known}.",
        )


def _dyads(issue: Issue) -> Iterator[tuple[str, Place]]:
    """Every dyad that the issue names, with its place; its own comes with what is drawn of it."""
    for block in walk_blocks(issue.blocks):
        if isinstance(block, Figure):
            yield dict(block.arguments).get("dyad", issue.dyad), block.at
    for run in issue.runs:
        for inline in walk_inlines(run.children):
            if isinstance(inline, MeasureMark):
                text = dict(inline.arguments).get("dyad", issue.dyad)
                if text and text != ANY:
                    yield text, inline.at
