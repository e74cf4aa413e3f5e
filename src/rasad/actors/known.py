"""All spellings of a table, folded for one way of writing: the same letters, turned round, or near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from rasad.actors.actor import Actor
from rasad.actors.carriers import Carriers, Initials
from rasad.actors.nearness import is_respelt, nearness
from rasad.actors.phrases import Reading
from rasad.actors.running import Running
from rasad.actors.spellings import ALL_SCRIPTS, SHORTEST_FUZZY, Spelling, joined, spellings
from rasad.actors.titles import Words

_LETTERS_CUTOFF = 0.65
_NEAREST = 40


class Names:
    """All spellings of a table, folded for one way of writing."""

    def __init__(self, actors: Iterable[Actor], *, pashto: bool, scripts: int = ALL_SCRIPTS) -> None:
        self._pashto = pashto
        self._by_key: dict[str, list[Spelling]] = defaultdict(list)
        self._by_words: dict[Words, list[Spelling]] = defaultdict(list)
        people: list[Spelling] = []
        for actor in actors:
            for spelling in spellings(actor, pashto=pashto, scripts=scripts):
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

    def is_no_person(self, words: Words) -> bool:
        """Whether words are the name of a state, a movement or an organisation."""
        return any(one.actor_id not in self._people for one in self.exact(words))

    def near(self, words: Words, around: Iterable[Reading], initials: frozenset[str]) -> dict[str, float]:
        """The score of each actor with a name near enough to be weighed; after a title only a person's."""
        scores: dict[str, float] = {}
        forms = {joined(words): False} | {joined(one.words): True for one in around if one.titled}
        for form, person in forms.items():
            for spelling, score in self._near(form):
                if (
                    score
                    and self.initials.fit(spelling, initials)
                    and (not person or spelling.actor_id in self._people)
                ):
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
                if not spelling.bare and not spelling.short and not self._is_other(words, spelling.words):
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
