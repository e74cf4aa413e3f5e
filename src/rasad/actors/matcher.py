"""Names to actors: exact on folded names, by the day, then fuzzy with a score; what is ambiguous stays so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache

from rasad.actors.carriers import initials_of
from rasad.actors.folding import is_pashto, words_of
from rasad.actors.kinds import UNKNOWN, Actors, role_class
from rasad.actors.known import Names
from rasad.actors.mention import Mention, Resolution
from rasad.actors.phrases import Reading, loose_readings, movements, readings
from rasad.actors.spellings import ALL_SCRIPTS, MOHAMMAD, Rank, Spelling, is_patronymic, joined, scripts_of
from rasad.actors.titles import Words, adjectives, kings

NEAR_ENOUGH = 0.83
"""The least score of a fuzzy match; chosen on made names, see docs/matching.md."""
AHEAD = 0.04
"""By how much the best must lead the next actor."""
_CYRILLIC = re.compile("[А-я]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ENVOY = frozenset(("envoy",))
_SHOWN = 5
_SCORES = {Rank.LISTED: 1.0, Rank.SHORTENED: 0.97, Rank.SURNAME: 0.9}


class Matcher:
    """Looks names of a table up, in names given and in running text.

    Example:
        >>> from datetime import date
        >>> from rasad.actors.actors import ActorTable
        >>> matcher = Matcher(ActorTable.built_in())
        >>> found = matcher.resolve("Taleban", on=date(2010, 5, 1))
        >>> found.actor_id, found.role
        ('TALIBAN', 'insurgency')
    """

    def __init__(self, table: Actors) -> None:
        self._table = table
        self._by_language: dict[tuple[bool, int], Names] = {}
        self._roles = cache(self._role)
        self._decided = lru_cache(maxsize=1 << 16)(self._decide)

    def find(self, text: str, on: date | None = None, lang: str | None = None) -> list[Mention]:
        """Every name in a text, longest first, without overlap; an ambiguous one has an empty ``actor_id``.

        Args:
            text: Any length, in any of the scripts.
            on: The day the text is about; without one homonyms stay ambiguous.
            lang: ``ps`` keeps the letters of Pashto apart; see :func:`rasad.actors.folding.fold`.
        """
        names = self._names(pashto=is_pashto(text, lang), scripts=scripts_of(text))
        return names.running.find(
            text, lambda found, classes: self._decided(names, found, on, classes), names.carriers.several
        )

    def resolve(self, name: str, lang: str | None = None, on: date | None = None) -> Resolution:
        """The actor that a name means on a day, where exactly one is plausible.

        Tried in turn: the name as it is, a person's without titles and what else stands around it, a movement's
        without a common noun, then the nearest.
        """
        pashto = is_pashto(name, lang)
        names, words = self._names(pashto=pashto), words_of(name, pashto=pashto)
        initials = initials_of(name)
        turned = "," in name or "،" in name or _CYRILLIC.search(name) is not None
        among = names.exact(words) or (names.turned(words) if turned else ())
        found = tuple(one for one in among if names.initials.fit(one, initials))
        if found:
            return self._decide(names, found, on, frozenset())
        apart, post_after = _apart(name, pashto=pashto), _has_posts_after(words)
        around = tuple(readings(words, names.is_no_person, names.exact, apart=apart, turned=post_after))
        for reading in (*around, *(loose_readings(words, names.is_no_person) if apart is None else ())):
            for form in _shapes(reading.words):
                known = (one for one in names.persons(form) if names.initials.fit(one, initials))
                found = tuple(one for one in known if self._may_be(one, reading, on))
                if found:
                    return self._decide(names, found, on, reading.classes)
        beside_noun = self._beside_noun(names, words, on)
        if beside_noun is not None:
            return beside_noun
        return self._nearest(names.near(words, around, initials), on)

    def size(self) -> int:
        """How many folded spellings are known."""
        return len(self._names(pashto=False))

    def _beside_noun(self, names: Names, words: Words, on: date | None) -> Resolution | None:
        """The movement or the state of "Taliban insurgents" and "the Afghan government"."""
        for form, governs in movements(words):
            found = tuple(one for one in names.exact(form) if self._may_govern(one, governs=governs))
            if found:
                return self._decide(names, found, on, frozenset())
            state = adjectives().get(form, "") if governs else ""
            if state in self._table:
                score = _SCORES[Rank.SHORTENED]
                return Resolution(state, self._roles(state, on), score, ((state, score),))
        return None

    def _may_be(self, spelling: Spelling, reading: Reading, on: date | None) -> bool:
        """Whether the words around a name leave it the person's: of a surname alone a title must tell the post."""
        classes = frozenset() if reading.rank else reading.classes
        if not spelling.bare:
            sure = classes != _ENVOY and not reading.loose
            return sure or self._has_held(spelling.actor_id, classes)
        if reading.loose or reading.given or not reading.titled or (reading.after and not classes):
            return False
        if self._roles(spelling.actor_id, on) in reading.others or (
            reading.king and self._countries(spelling.actor_id).isdisjoint(kings()[1])
        ):
            return False
        return not classes or self._has_held(spelling.actor_id, classes)

    def _countries(self, actor: str) -> frozenset[str]:
        return frozenset(role.country for role in self._table.get(actor).roles)

    def _has_held(self, actor: str, classes: frozenset[str]) -> bool:
        roles = self._table.get(actor).roles
        return any(self._roles(actor, role.valid_from) in classes for role in roles)

    def _may_govern(self, spelling: Spelling, *, governs: bool) -> bool:
        kind = self._table.get(spelling.actor_id).kind
        return kind == "movement" or (governs and kind in ("state", "government"))

    def _nearest(self, scores: dict[str, float], on: date | None) -> Resolution:
        ranked = sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
        shown = tuple((actor, round(score, 3)) for actor, score in ranked[:_SHOWN])
        if not ranked or ranked[0][1] < NEAR_ENOUGH:
            return Resolution("", UNKNOWN, round(ranked[0][1], 3) if ranked else 0.0, shown)
        close = [actor for actor, score in ranked if score >= ranked[0][1] - AHEAD]
        actor = close[0] if len(close) == 1 else self._holder(close, on, frozenset())
        return Resolution(actor, self._roles(actor, on), round(ranked[0][1], 3), shown)

    def _decide(
        self, names: Names, found: tuple[Spelling, ...], on: date | None, classes: frozenset[str]
    ) -> Resolution:
        best = min(spelling.rank for spelling in found)
        among = sorted({spelling.actor_id for spelling in found if spelling.rank == best})
        bare = all(spelling.bare for spelling in found if spelling.rank == best)
        actor = (
            self._bare(names, found[0].key, among, on, classes) if bare else self._full(among, on, classes)
        )
        score = _SCORES[best]
        shown = tuple((candidate, score) for candidate in among[: max(_SHOWN, 1)])
        return Resolution(actor, self._roles(actor, on), score if actor else 0.0, shown)

    def _full(self, among: Sequence[str], on: date | None, classes: frozenset[str]) -> str:
        return among[0] if len(among) == 1 else self._holder(among, on, classes)

    def _bare(
        self, names: Names, word: str, among: Sequence[str], on: date | None, classes: frozenset[str]
    ) -> str:
        """Whom one word means: the one who held a post on the day, if nobody else who did is called so."""
        others = names.carriers.others(word) - set(among)
        holder = self._holder(among, on, classes)
        if holder:
            if classes and self._fits(holder, on, classes):
                return holder
            return "" if names.carriers.is_common(word) or self._holds(others, on, classes) else holder
        if len(among) > 1 or others:
            return ""
        return among[0] if on is None or self._has_begun(among[0], on) else ""

    def _holder(self, among: Iterable[str], on: date | None, classes: frozenset[str]) -> str:
        holders = self._holds(among, on, classes)
        return holders[0] if len(holders) == 1 else ""

    def _holds(self, among: Iterable[str], on: date | None, classes: frozenset[str]) -> list[str]:
        """Who of them held a post on the day; of several, those whose post is the one that a title names."""
        if on is None:
            return []
        holders = [actor for actor in among if self._table.get(actor).role_on(on) is not None]
        fitting = [actor for actor in holders if self._fits(actor, on, classes)]
        return fitting if len(holders) > 1 and fitting else holders

    def _fits(self, actor: str, on: date | None, classes: frozenset[str]) -> bool:
        return self._roles(actor, on) in classes

    def _has_begun(self, actor: str, on: date) -> bool:
        return any(role.valid_from <= on for role in self._table.get(actor).roles)

    def _role(self, actor: str, on: date | None) -> str:
        return role_class(self._table, self._table.get(actor), on) if actor else UNKNOWN

    def _names(self, *, pashto: bool, scripts: int = ALL_SCRIPTS) -> Names:
        """The names of one way of writing in so many scripts; those of more do as well, and are not made twice."""
        for more in range(scripts, ALL_SCRIPTS + 1):
            if (pashto, more) in self._by_language:
                return self._by_language[pashto, more]
        names = Names(self._table.actors(), pashto=pashto, scripts=scripts)
        self._by_language[pashto, scripts] = names
        return names


def _shapes(words: Words) -> Iterator[Words]:
    """What of a person's name is looked up in turn: as it is, without Mohammad, without a patronymic."""
    plain = joined(words)
    yield plain
    if len(plain) > 2:
        yield tuple(word for word in plain if word not in MOHAMMAD)
    if any(map(is_patronymic, plain[1:-1])):
        yield plain[0], plain[-1]


def _apart(name: str, *, pashto: bool) -> int | None:
    """How many folded words stand before the first comma."""
    before, comma, _ = name.replace("،", ",").partition(",")
    return len(words_of(before, pashto=pashto)) if comma else None


def _has_posts_after(words: Words) -> bool:
    """Whether a post may follow a name without a comma: in Arabic script, but for the Pashto "of …"."""
    return bool(words) and words[0] != "د" and _ARABIC.match(words[-1]) is not None
