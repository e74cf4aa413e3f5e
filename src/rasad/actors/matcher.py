"""Names to actors: exact on folded names, by the day, then fuzzy with a score; what is ambiguous stays so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from rasad.actors.actor import Actor
from rasad.actors.carriers import Carriers, Initials, initials_of
from rasad.actors.folding import is_pashto, words_of
from rasad.actors.kinds import UNKNOWN, Actors, role_class
from rasad.actors.mention import Mention, Resolution
from rasad.actors.nearness import is_respelt, nearness
from rasad.actors.running import Running
from rasad.actors.spellings import MOHAMMAD, Rank, Spelling, is_patronymic, joined, spellings
from rasad.actors.titles import Words, after_last_title, after_titles, given_too

NEAR_ENOUGH = 0.83
"""The least score of a fuzzy match; chosen on made names, see docs/matching.md."""
AHEAD = 0.04
"""By how much the best must lead the next actor."""
SHORTEST_FUZZY = 7
_CYRILLIC = re.compile("[А-я]")
_LETTERS_CUTOFF = 0.65
_NEAREST = 40
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
        self._by_language: dict[bool, _Names] = {}
        self._roles = cache(self._role)
        self._decided = lru_cache(maxsize=1 << 16)(self._decide)

    def find(self, text: str, on: date | None = None, lang: str | None = None) -> list[Mention]:
        """Every name in a text, longest first, without overlap; an ambiguous one has an empty ``actor_id``.

        Args:
            text: Any length, in any of the scripts.
            on: The day the text is about; without one homonyms stay ambiguous.
            lang: ``ps`` keeps the letters of Pashto apart; see :func:`rasad.actors.folding.fold`.
        """
        names = self._names(pashto=is_pashto(text, lang))
        return names.running.find(
            text, lambda found, classes: self._decided(names, found, on, classes), names.carriers.several
        )

    def resolve(self, name: str, lang: str | None = None, on: date | None = None) -> Resolution:
        """The actor that a name means on a day, where exactly one is plausible.

        Tried in turn: the name as it is, without titles, what follows its last title, then the nearest.
        """
        pashto = is_pashto(name, lang)
        names, words = self._names(pashto=pashto), words_of(name, pashto=pashto)
        initials = initials_of(name)
        turned = "," in name or "،" in name or _CYRILLIC.search(name) is not None
        among = names.exact(words) or (names.turned(words) if turned else ())
        found = tuple(one for one in among if names.initials.fit(one, initials))
        if found:
            return self._decide(names, found, on, frozenset())
        for form, classes in _forms(words):
            found = tuple(one for one in names.persons(form) if names.initials.fit(one, initials))
            if found:
                return self._decide(names, found, on, classes)
        return self._nearest(names.near(words, initials), on)

    def size(self) -> int:
        """How many folded spellings are known."""
        return len(self._names(pashto=False))

    def _nearest(self, scores: dict[str, float], on: date | None) -> Resolution:
        ranked = sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
        shown = tuple((actor, round(score, 3)) for actor, score in ranked[:_SHOWN])
        if not ranked or ranked[0][1] < NEAR_ENOUGH:
            return Resolution("", UNKNOWN, round(ranked[0][1], 3) if ranked else 0.0, shown)
        close = [actor for actor, score in ranked if score >= ranked[0][1] - AHEAD]
        actor = close[0] if len(close) == 1 else self._holder(close, on, frozenset())
        return Resolution(actor, self._roles(actor, on), round(ranked[0][1], 3), shown)

    def _decide(
        self, names: _Names, found: tuple[Spelling, ...], on: date | None, classes: frozenset[str]
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
        self, names: _Names, word: str, among: Sequence[str], on: date | None, classes: frozenset[str]
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

    def _names(self, *, pashto: bool) -> _Names:
        if pashto not in self._by_language:
            self._by_language[pashto] = _Names(self._table.actors(), pashto=pashto)
        return self._by_language[pashto]


class _Names:
    """All spellings of a table, folded for one way of writing."""

    def __init__(self, actors: Iterable[Actor], *, pashto: bool) -> None:
        self._pashto = pashto
        self._by_key: dict[str, list[Spelling]] = defaultdict(list)
        self._by_words: dict[Words, list[Spelling]] = defaultdict(list)
        people: list[Spelling] = []
        for actor in actors:
            for spelling in spellings(actor, pashto=pashto):
                self._by_key[spelling.key].append(spelling)
                if len(spelling.words) > 1:
                    self._by_words[tuple(sorted(spelling.words))].append(spelling)
                if actor.kind == "person":
                    people.append(spelling)
        self._people = {spelling.actor_id for spelling in people}
        self.carriers, self.initials = Carriers(people), Initials(people)

    def __len__(self) -> int:
        return sum(map(len, self._by_key.values()))

    @cached_property
    def running(self) -> Running:
        return Running(self._by_key, pashto=self._pashto)

    def exact(self, words: Words) -> tuple[Spelling, ...]:
        """The spellings of the same letters."""
        return tuple(self._by_key.get("".join(words), ()))

    def turned(self, words: Words) -> tuple[Spelling, ...]:
        """The spellings of the same words in another order, as "Lavrov, Sergei" and «Лавров Сергей»."""
        return tuple(self._by_words.get(tuple(sorted(words)), ()))

    def persons(self, words: Words) -> tuple[Spelling, ...]:
        return tuple(one for one in self.exact(words) if one.actor_id in self._people)

    def near(self, words: Words, initials: frozenset[str]) -> dict[str, float]:
        """The score of each actor with a name near enough to be weighed."""
        scores: dict[str, float] = {}
        for form in dict.fromkeys((joined(after_titles(words)), joined(after_last_title(words)[0]))):
            for spelling, score in self._near(form):
                if self.initials.fit(spelling, initials):
                    scores[spelling.actor_id] = max(score, scores.get(spelling.actor_id, 0.0))
        return scores

    def _near(self, words: Words) -> Iterator[tuple[Spelling, float]]:
        name = "".join(words)
        if len(name) < SHORTEST_FUZZY:
            return
        similarity = Levenshtein.normalized_similarity
        for key, _, _ in process.extract(
            name, self._keys, scorer=similarity, score_cutoff=_LETTERS_CUTOFF, limit=_NEAREST
        ):
            for spelling in self._by_key[key]:
                if not spelling.bare and not self._is_other(words, spelling.words):
                    yield spelling, nearness(words, joined(spelling.words))

    def _is_other(self, words: Words, names: Words) -> bool:
        """Whether a word is no misspelling but a name of its own, as محمد beside محمود."""
        if len(words) != len(names):
            return False
        return any(
            word != name and self.carriers.several(word) and not is_respelt(word, name)
            for word, name in zip(words, names, strict=True)
        )

    @cached_property
    def _keys(self) -> list[str]:
        return [key for key in self._by_key if len(key) >= SHORTEST_FUZZY - 2]


def _forms(words: Words) -> Iterator[tuple[Words, frozenset[str]]]:
    """What of a name is looked up in turn, each with the posts that a title tells.

    After the name as it is these are persons' names: without titles, without Mohammad or a patronymic, and
    what follows the last post, as in "Russian Foreign Minister Lavrov"; there words may come between.
    """
    plain, (rest, classes) = joined(after_titles(words)), after_last_title(words)
    if plain != joined(words) and (len(plain) > 1 or given_too().isdisjoint(words[:-1])):
        yield plain, classes
    if len(plain) > 2:
        yield tuple(word for word in plain if word not in MOHAMMAD), frozenset()
    if any(map(is_patronymic, plain[1:-1])):
        yield (plain[0], plain[-1]), frozenset()
    if rest and classes and words[-len(rest) - 1] not in given_too():
        yield from ((rest[begin:], classes) for begin in range(len(rest)))
