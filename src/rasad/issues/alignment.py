"""Which sentences of a translated paragraph say what a sentence of the original says.

Paragraphs are translated whole, and a translator may join two sentences or part one. Claims are known by their ids.
The others are aligned in order, by the marks that they hold and by their lengths (Gale and Church 1993), in groups of
one to one, one to several or several to one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from rasad.issues.sentences import Sentence
from rasad.model.issue import Citation, DateMark, MeasureMark, Note, plain_text

MOST_JOINED = 3
MOST_ALIGNED = 40
"""A paragraph of more sentences is aligned only where both have the same number."""
PRICE_OF_A_MARK = 2.0
PRICE_OF_JOINING = 0.5

Group = tuple[int, int, int, int]


def align(originals: Sequence[Sentence], others: Sequence[Sentence]) -> list[tuple[Sentence, ...]]:
    """For each sentence of the original those of the translation that say the same, in order."""
    claims = {one.claim.claim_id: one for one in others if one.claim is not None}
    plain = [one for one in originals if one.claim is None]
    theirs = [one for one in others if one.claim is None]
    found = iter(_aligned(plain, theirs))
    return [
        next(found) if one.claim is None else tuple(filter(None, [claims.get(one.claim.claim_id)]))
        for one in originals
    ]


def _aligned(plain: Sequence[Sentence], theirs: Sequence[Sentence]) -> list[tuple[Sentence, ...]]:
    if not plain or not theirs:
        return [()] * len(plain)
    if max(len(plain), len(theirs)) > MOST_ALIGNED:
        in_turn: list[tuple[Sentence, ...]] = [(one,) for one in theirs]
        return in_turn if len(theirs) == len(plain) else [tuple(theirs)] * len(plain)
    groups = _cheapest(plain, theirs)
    return [tuple(theirs[c:d]) for a, b, c, d in groups for _ in range(a, b)]


def _cheapest(plain: Sequence[Sentence], theirs: Sequence[Sentence]) -> list[Group]:
    """The groups of the alignment that costs least; one group of all where nothing else would join them."""
    scale = _length(theirs) / _length(plain)
    best: dict[tuple[int, int], tuple[float, Group | None]] = {(0, 0): (0.0, None)}
    for b in range(1, len(plain) + 1):
        for d in range(1, len(theirs) + 1):
            ways = [
                (best[a, c][0] + _cost(plain[a:b], theirs[c:d], scale), (a, b, c, d))
                for a, c in _before(b, d)
                if (a, c) in best
            ]
            if ways:
                best[b, d] = min(ways)
    at, groups = (len(plain), len(theirs)), list[Group]()
    if at not in best:
        return [(0, len(plain), 0, len(theirs))]
    while (group := best[at][1]) is not None:
        groups.append(group)
        at = (group[0], group[2])
    return groups[::-1]


def _before(b: int, d: int) -> Iterator[tuple[int, int]]:
    """Where a group that ends here can begin: one to several or several to one."""
    yield b - 1, d - 1
    for n in range(2, MOST_JOINED + 1):
        if d >= n:
            yield b - 1, d - n
        if b >= n:
            yield b - n, d - 1


def _cost(one: Sequence[Sentence], other: Sequence[Sentence], scale: float) -> float:
    mine, theirs = _marks(one), _marks(other)
    differing = (mine - theirs).total() + (theirs - mine).total()
    ratio = abs(math.log(_length(other) / (_length(one) * scale)))
    return PRICE_OF_A_MARK * differing + ratio + PRICE_OF_JOINING * (len(one) + len(other) - 2)


def _length(group: Sequence[Sentence]) -> int:
    return 1 + sum(len(plain_text(one.parts).strip()) for one in group)


def _marks(group: Sequence[Sentence]) -> Counter[str]:
    """What a translation carries over as it is."""
    found: Counter[str] = Counter()
    for one in group:
        for part in one.parts:
            if isinstance(part, MeasureMark):
                found[str(sorted(part.arguments))] += 1
            elif isinstance(part, Citation):
                found.update(part.keys)
            elif isinstance(part, DateMark):
                found[f"{part.day} {part.form}"] += 1
            elif isinstance(part, Note):
                found[f"[^{part.label}]"] += 1
    return found
