"""Every way in which the matcher knows an actor's name: as listed, shortened, and by the surname alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from rasad.actors.actor import Actor
from rasad.actors.declension import declined
from rasad.actors.folding import words_of
from rasad.actors.titles import Words, after_titles, houses, tails

_OF: Final = frozenset(("of", "السعودیه"))
_SON_OF = frozenset(("bin", "ibn", "bint", "بن", "ابن", "بنت", "бен", "бин", "ибн"))
MOHAMMAD = frozenset(("muhamad", "мухамад", "محمد"))
_YOUNGER = frozenset(("jr", "junior", "младши", "الابن"))
_SERVANT = frozenset(("abd", "عبد", "абдул", "абд", "абдель"))
_PATRONYMIC = re.compile(r"(?:ович|евич|овна|евна|ична|ovich|evich|ovna|evna)$")
_SURNAME_FIRST = frozenset(("CHN", "PRK", "KOR", "TWN", "VNM"))
_ACRONYM = 6
ALL_SCRIPTS = 3
"""Latin, Arabic, Cyrillic."""
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
SHORTEST_FUZZY: Final = 7
"""The least letters of a name that is matched by likeness."""
_ARTICLE, _TO_THE = "ال", "لل"
_PLURAL: Final = "ان"
"""Pashto plural, as in طالبان; the oblique has one letter more."""
_YES = (("ي", "ی"), ("ی", "ي"), ("ئ", "ی"), ("ئ", "ي"), ("ۍ", "ی"), ("ې", "ی"))


class Rank(IntEnum):
    """How much a spelling is worth: the lower, the surer."""

    LISTED = 0
    SHORTENED = 1
    SURNAME = 2


class Case(IntEnum):
    """What a running text must write in capitals for the name to be meant."""

    ANY = 0
    FIRST = 1
    ALL = 2


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """One folded spelling of an actor's name; ``bare`` if it is a person's by one word alone.

    Compared by identity: a matcher makes each once, and looks very many up.
    """

    actor_id: str
    text: str
    words: Words
    rank: Rank
    bare: bool
    case: Case

    @property
    def short(self) -> bool:
        """Whether the name has too few letters beside its titles to be matched by likeness, as "King Salman"."""
        return sum(map(len, after_titles(self.words))) < SHORTEST_FUZZY

    @property
    def key(self) -> str:
        return "".join(self.words)


def scripts_of(text: str) -> int:
    """How many scripts the names in a text may need: Latin letters, Arabic ones too, or Cyrillic ones as well.

    Most texts need no Russian names, and many no Arabic letters; to fold those for nothing takes most of a second.

    Example:
        >>> scripts_of("Kabul, 4 May"), scripts_of("کابل"), scripts_of("Путин")
        (1, 2, 3)
    """
    if text.isascii():
        return 1
    return ALL_SCRIPTS if _CYRILLIC.search(text) else 2 if _ARABIC_SCRIPT.search(text) else 1


def spellings(actor: Actor, *, pashto: bool, scripts: int = ALL_SCRIPTS) -> Iterator[Spelling]:
    """All spellings of an actor in so many scripts, as folded for Pashto or for any other language."""
    made = [
        spelling
        for lang, names in _listed(actor).items()
        for text in names
        if scripts_of(text) <= scripts
        for spelling in _of_name(actor, lang, text, pashto=pashto)
        if spelling.words
    ]
    surest: dict[Words, Spelling] = {}
    for spelling in made:
        if spelling.words not in surest or spelling.rank < surest[spelling.words].rank:
            surest[spelling.words] = spelling
    yield from surest.values()


def latin_names(actor: Actor) -> tuple[str, ...]:
    """Every listed spelling in Latin script, the English house name first."""
    names = [name for names in _listed(actor).values() for name in names]
    return tuple(dict.fromkeys(name for name in names if re.search("[A-Za-z]", name) is not None))


def _listed(actor: Actor) -> dict[str, tuple[str, ...]]:
    langs = dict.fromkeys((*actor.names, *actor.also))
    return {lang: actor.spellings(lang) for lang in langs}


def _of_name(actor: Actor, lang: str, text: str, *, pashto: bool) -> Iterator[Spelling]:
    person = actor.kind == "person"
    words = joined(words_of(text, pashto=pashto)) if person else words_of(text, pashto=pashto)
    case = _case(actor, text)

    def made(words: Words, rank: Rank) -> Spelling:
        rank = Rank.SURNAME if rank and person and len(words) == 1 else rank
        return Spelling(actor.actor_id, text, words, rank, person and len(words) == 1, case)

    yield made(words, Rank.LISTED)
    forms = [words]
    if person and _OF.isdisjoint(words):
        shorter = list(_shortened(actor, words))
        forms += shorter
        yield from (made(form, Rank.SHORTENED) for form in shorter)
        surname = _surname(actor, words)
        if surname:
            forms.append((surname,))
            yield made((surname,), Rank.SURNAME)
    for form in forms:
        if lang == "ps" and len(form) == 1 and not person and form[0].endswith(_PLURAL):
            yield made((form[0] + "و",), Rank.SHORTENED)
        written = _pashto_variants(form) if pashto else _arabic_variants(form, lang)
        yield from (made(variant, Rank.SHORTENED) for variant in written)
    if lang == "ru" and (person or actor.kind == "state" or len(words) == 1):
        yield from (made(words_of(oblique), Rank.SHORTENED) for oblique in _oblique(actor, text))


def _case(actor: Actor, text: str) -> Case:
    letters = [letter for letter in text if letter.isalpha()]
    if letters and len(letters) <= _ACRONYM and all(letter.isupper() for letter in letters):
        return Case.ALL
    if actor.kind in ("person", "state", "body") or len(letters) <= _ACRONYM:
        return Case.FIRST if any(letter.isupper() for letter in letters) else Case.ANY
    return Case.ANY


def joined(words: Words) -> Words:
    """A name whose compounds are one word each, as عبد + الرحمن, هبت + الله, احمدی + نژاد.

    Example:
        >>> joined(("hibat", "lah", "axundzada")), joined(("abd", "rahman", "dostum"))
        (('hibatlah', 'axundzada'), ('abdrahman', 'dostum'))
    """
    whole: list[str] = []
    for word in words:
        if whole and (word in tails() or whole[-1] in _SERVANT):
            whole[-1] += word
        else:
            whole.append(word)
    return tuple(whole)


def is_patronymic(word: str) -> bool:
    return _PATRONYMIC.search(word) is not None


def _shortened(actor: Actor, words: Words) -> Iterator[Words]:
    plain = tuple(word for word in after_titles(words) if word not in _YOUNGER) or words
    if plain != words:
        yield plain
    yield from _without_house(plain)
    if len(plain) > 2 and _SON_OF.isdisjoint(plain) and not _surname_first(actor):
        yield plain[1:] if plain[0] in MOHAMMAD else (plain[0], plain[-1])


def _without_house(words: Words) -> Iterator[Words]:
    """The press forms of a prince: "Hamad bin Jassim (bin Jaber) Al Thani" and "Hamad bin Jassim"."""
    one, two = houses()
    length = 2 if words[-2:] in two else 1 if words[-1:] in one else 0
    begin = next((at for at, word in enumerate(words) if word in _SON_OF), 0)
    if length and begin and len(words) > begin + 2 + length - 1:
        short = words[: begin + 2]
        yield from {short: None, short + words[-length:]: None}


def _surname(actor: Actor, words: Words) -> str:
    plain = tuple(word for word in after_titles(words) if word not in _YOUNGER)
    if len(plain) < 2 or not _SON_OF.isdisjoint(plain):
        return ""
    if _surname_first(actor):
        return plain[0]
    return plain[-1] if len(plain[-1]) > 2 and not is_patronymic(plain[-1]) else ""


def _surname_first(actor: Actor) -> bool:
    return any(role.country in _SURNAME_FIRST for role in actor.roles)


def _oblique(actor: Actor, text: str) -> Iterator[str]:
    """The cases of a Russian name, and for a person those of its last word."""
    yield from declined(text)
    last = text.rsplit(" ", maxsplit=1)[-1]
    if actor.kind == "person" and last != text and not _surname_first(actor) and len(last) > 3:
        yield from declined(last)


def _arabic_variants(words: Words, lang: str) -> Iterator[Words]:
    """With and without the article on later words, and joined to the preposition ل on the first."""
    if lang != "ar":
        return
    first, *rest = words
    without = tuple(_without_article(word) for word in rest)
    if without != tuple(rest):
        yield (first, *without)
    if rest and not rest[-1].startswith(_ARTICLE):
        yield (first, *rest[:-1], _ARTICLE + rest[-1])
    if first.startswith(_ARTICLE):
        yield (_TO_THE + first.removeprefix(_ARTICLE), *rest)


def _without_article(word: str) -> str:
    return word.removeprefix(_ARTICLE) if len(word) > 4 and word != "الله" else word


def _pashto_variants(words: Words) -> Iterator[Words]:
    """The same name with another ye, as keyboards and newsrooms write it; folding itself keeps them apart."""
    for letter, put in _YES:
        variant = tuple(word.replace(letter, put) for word in words)
        if variant != words:
            yield variant
        ends = tuple(word[:-1] + put if word.endswith(letter) else word for word in words)
        if ends not in (words, variant):
            yield ends
