"""Coverage: how many of the actors that datasets code are known, and which are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from rasad.model.format import EVENTS
from rasad.store.engine import rows_of
from rasad.store.store import Store

MOST = 50


@dataclass(frozen=True)
class Coverage:
    """Of one dataset: named sides of events, and what is known of them.

    ``actors`` are of an actor of the table (a state, movement, organisation or person), ``known`` have an
    actor, a country or at least a sector that is in the table; ``with_state`` carry a country, of which
    ``state_known`` resolve to it with actor or sector. ``pairs`` are events with two named sides,
    ``pairs_known`` those where both are known. ``unknown`` lists the others, the most frequent first.
    """

    dataset: str
    coded: int
    actors: int
    known: int
    with_state: int
    state_known: int
    pairs: int
    pairs_known: int
    unknown: tuple[tuple[str, int], ...]


def coverage(store: Store, dataset: str, is_known: Callable[[str], bool]) -> Coverage:
    """How well the actors of a dataset are known; ``is_known`` tells whether a sector is.

    Raises:
        StoreError: If there is no store, or a part of it can't be read.
    """
    manifest = store.manifest()
    named = Counter[tuple[bool, bool, bool]]()
    pairs = pairs_known = 0
    unknown: Counter[str] = Counter()
    with store.reading() as connection:
        select = store.select(manifest, manifest.of(EVENTS, dataset))
        sides = ", ".join(
            f"coalesce({side}_code, '') AS {side}_code, coalesce({side}_name, '') AS {side}_name, {side}_actor,"
            f" {side}_country, coalesce({side}_sector, '') AS {side}_sector"
            for side in ("source", "target")
        )
        groups = rows_of(connection, f"SELECT {sides}, count(*) AS n FROM ({select}) GROUP BY ALL")
    for row in groups:
        both = []
        for side in ("source", "target"):
            name = row[f"{side}_name"] or row[f"{side}_code"]
            if not name:
                continue
            actor, country = bool(row[f"{side}_actor"]), bool(row[f"{side}_country"])
            sector = is_known(row[f"{side}_sector"])
            named[actor, country, sector] += row["n"]
            both.append(actor or country or sector)
            if not both[-1]:
                unknown[" ".join(dict.fromkeys((row[f"{side}_code"], row[f"{side}_name"]))).strip()] += row[
                    "n"
                ]
        if len(both) == 2:
            pairs += row["n"]
            pairs_known += row["n"] if all(both) else 0
    return Coverage(
        dataset=dataset,
        coded=named.total(),
        actors=sum(n for (actor, _, _), n in named.items() if actor),
        known=sum(n for told, n in named.items() if any(told)),
        with_state=sum(n for (_, country, _), n in named.items() if country),
        state_known=sum(n for (actor, country, sector), n in named.items() if country and (actor or sector)),
        pairs=pairs,
        pairs_known=pairs_known,
        unknown=tuple(unknown.most_common(MOST)),
    )
