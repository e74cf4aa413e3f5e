"""What stands around a name: titles and states before it, a post after it, a common noun beside a movement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from rasad.actors.titles import (
    ANY,
    Words,
    adjectives,
    deputies,
    given_too,
    joining,
    kings,
    nouns,
    passing,
    title,
    titles_of,
)

_MOST_WORDS: Final = 6
_MOST_AROUND: Final = 24
_NOUNS: Final = ("of_movements", "of_governments")
IsName = Callable[[Words], object]


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that may be a person's name, and what the words around them tell.

    ``classes`` are those of the nearest title, empty where it tells none or there is no title. ``rank`` is
    whether that title is also a rank or honorific, which any post may bear; ``given`` whether the word before is a given name too;
    ``loose`` is whether unknown words stand between title and name, which must then be whole and of that post;
    ``king`` whether the title is a king's; ``others`` are posts that a deputy stands beside and does not hold.
    """

    words: Words
    classes: frozenset[str] = frozenset()
    titled: bool = False
    after: bool = False
    rank: bool = True
    given: bool = False
    loose: bool = False
    king: bool = False
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Around:
    """What words read so far tell; ``open`` while they are a title that still asks whose it is."""

    classes: frozenset[str] = frozenset()
    titled: bool = False
    rank: bool = True
    open: bool = False
    deputy: bool = False
    plain: bool = True
    others: frozenset[str] = frozenset()
    king: bool = False


def readings(
    words: Words, is_name: IsName, is_owner: IsName, *, apart: int | None, turned: bool
) -> Iterator[Reading]:
    """The names that a phrase may hold where all else in it is known, the longest first.

    Args:
        words: The folded phrase.
        is_name: Whether words are the name of a state, an organisation or a movement.
        is_owner: Whether words are anybody's name: after a comma "Putin's special envoy" may follow.
        apart: The words before the first comma, if there is one.
        turned: Whether a post may follow a name without a comma, as in Dari and Arabic.
    """
    if len(words) > _MOST_AROUND:
        return
    before = _reach(words, is_name)
    spans = [
        (begin, end)
        for begin in before
        for end in range(begin + 1, len(words) + 1)
        if end == len(words) or (turned or apart == end)
    ]
    for begin, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        told = before[begin]
        if told.open:
            continue
        if end == len(words):
            if told.titled or told.plain:
                given = is_given_too(words[begin - 1 : begin])
                yield Reading(
                    words[begin:],
                    told.classes,
                    told.titled,
                    rank=told.rank,
                    given=given,
                    king=told.king,
                    others=told.others,
                )
            continue
        behind = _reach(words[end:], is_name, is_owner if end == apart else is_name).get(len(words) - end)
        if behind is not None and behind.titled:
            near = _first_title(words[end:])
            yield Reading(words[begin:end], near - {ANY}, titled=True, after=True, rank=ANY in near)


def loose_readings(words: Words, is_name: IsName) -> Iterator[Reading]:
    """Names at the end of a phrase, after a title and words that are not known: "envoy for peace Mr X Y"."""
    posts = [(at, told) for at, told in _reach(words, is_name).items() if told.classes and not told.rank]
    if not posts or len(words) > _MOST_AROUND:
        return
    at, told = max(posts, key=lambda post: post[0])
    for begin in range(at + 1, len(words) - 1):
        yield Reading(words[begin:], told.classes, titled=True, rank=False, loose=True)


def movements(words: Words) -> Iterator[tuple[Words, bool]]:
    """Each part of a phrase that may name a movement or a government, where common nouns are all the rest.

    It is told with whether a noun is one of governments, which may stand beside a state as well.
    """
    if len(words) > _MOST_AROUND:
        return
    before, behind = _nouns_reach(words), _nouns_reach(words[::-1], back=True)
    spans = [(b, len(words) - e) for b in before for e in behind if b + e < len(words) and (b or e)]
    for begin, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        noun = before[begin] | behind[len(words) - end]
        if noun:
            yield words[begin:end], "of_governments" in noun


def is_given_too(words: Words) -> bool:
    return not given_too().isdisjoint(words)


def _reach(words: Words, is_name: IsName, is_owner: IsName | None = None) -> dict[int, _Around]:
    """Up to which places a phrase is titles, states and what joins them, from its beginning on."""
    reached = {0: _Around()}
    for begin in range(len(words)):
        told = reached.get(begin)
        if told is None:
            continue
        for end in range(min(len(words), begin + _MOST_WORDS), begin, -1):
            after = _one_more(
                told, words[begin:end], is_name if told.titled or is_owner is None else is_owner
            )
            if after is not None:
                reached.setdefault(end, after)
    return reached


def _one_more(told: _Around, unit: Words, is_name: IsName) -> _Around | None:
    """What is told after one more title, name of a state, adjective or joining word; None where it is none."""
    classes = title(unit)
    if unit in titles_of():
        return _Around(titled=True, open=True)
    if classes is not None:
        return _titled(told, unit, classes)
    if unit in adjectives() or unit in passing() or _is_noun(unit):
        return replace(told, deputy=False)
    if unit in joining():
        return replace(told, deputy=False, open=told.titled)
    return replace(told, deputy=False, open=False, plain=False) if is_name(unit) else None


def _titled(told: _Around, unit: Words, classes: frozenset[str]) -> _Around | None:
    """After one more title; none can stand where whose title it was must follow: "adviser to President Putin"."""
    posts = classes - {ANY}
    if told.open:
        return None
    if told.deputy:
        return _Around(titled=True, others=posts)
    return _Around(
        posts, titled=True, rank=ANY in classes, deputy=unit in deputies(), king=unit in kings()[0]
    )


def _is_noun(unit: Words) -> bool:
    return any(unit in nouns(of) for of in _NOUNS)


def _first_title(words: Words) -> frozenset[str]:
    for begin in range(len(words)):
        for end in range(min(len(words), begin + _MOST_WORDS), begin, -1):
            classes = title(words[begin:end])
            if classes is not None:
                return classes
    return frozenset()


def _nouns_reach(words: Words, *, back: bool = False) -> dict[int, frozenset[str]]:
    reached: dict[int, frozenset[str]] = {0: frozenset()}
    for begin in range(len(words)):
        if begin not in reached:
            continue
        for end in range(begin + 1, min(len(words), begin + _MOST_WORDS) + 1):
            unit = words[begin:end][::-1] if back else words[begin:end]
            kinds = frozenset(of for of in _NOUNS if unit in nouns(of))
            if kinds or unit in joining() or unit in passing():
                reached[end] = reached.get(end, frozenset()) | reached[begin] | kinds
    return reached
