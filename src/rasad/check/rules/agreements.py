"""Rule: one agreement under several names. What two names mean is guessed only where the text gives a reason to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import combinations, islice
from typing import Any, Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.word_lists import Sieve

MODIFIERS: Final = 5
"""Words that may belong to the name of an agreement, before its head or after it."""

BARE_HEADS: Final = 3
"""Different words for one agreement from which on a section that names no two is told: the pact, the deal, the accord."""

NEAR: Final = 3
"""Sentences within which a name without any introduction is taken for what was spoken of before."""

DECLARATION: Final = 6
"""The head that is as often a text of its own."""

SPOKEN_OF: Final = 3
"""Times that a text speaks of an agreement that is plainly its subject."""

MOST: Final = 2_000
MOST_NAMES: Final = 200
"""Mentions and names of agreements that are held against each other: more than any analysis has."""

MOST_OWN: Final = 2
PREFIX: Final = 3
LONG: Final = 6
_TOKEN = re.compile(r"[\w’'\u200c-]+|[.,;:!?،؛؟()«»“”\"—]")
_TELLS_APART = re.compile(r" (?:on|with|between|over|of (?:\d|the|[A-Z]))(?!\w)")
_WORDS = re.compile(r"[\w\u200c]+")
_YEAR = re.compile(
    r"\s*[(,]?\s*(?:of|in|from|signed|عام|سنة|سال|مورخ|د|في|،)?\s*(?:on |in )?(?:[^\W\d]+ |\d{1,2} ){0,3}((?:1[2-4]|19|20)\d\d)\b"
)


@dataclass(frozen=True)
class Mention:
    """A place where a text speaks of an agreement.

    ``own`` are the words that tell it from others, ``about`` those that tell what it is about, and ``topics`` what they
    tell; ``group`` and ``head`` are the word for it, ``year`` one that follows.
    """

    passage: Passage
    start: int
    end: int
    group: int
    head: int
    own: frozenset[str] = frozenset()
    topics: frozenset[int] = frozenset()
    about: frozenset[str] = frozenset()
    is_definite: bool = True
    year: str = ""
    sentence: int = 0

    @property
    def words(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def is_bare(self) -> bool:
        return not self.own and not self.topics

    @property
    def kind(self) -> tuple[int, int]:
        return self.group, self.head

    @property
    def name(self) -> tuple[int, int, frozenset[str], frozenset[int]]:
        return self.group, self.head, self.own, self.topics

    @property
    def told_in(self) -> str:
        """The sentence that it stands in."""
        return self.passage.sentences[self.sentence][1] if self.passage.sentences else ""


@dataclass
class _Named:
    """All mentions of one name."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def first(self) -> Mention:
        return self.mentions[0]


def agreements(reading: Reading) -> Iterator[Finding]:
    """One agreement under several names: one finding with the count of each."""
    told = [passage for passage in reading.prose() if passage.kind != "quote" and not is_reference(passage)]
    for lang in dict.fromkeys(passage.lang for passage in told):
        every = (one for passage in told if passage.lang == lang for one in _mentions(passage))
        mentions = list(islice(every, MOST))
        names: dict[tuple[int, int, frozenset[str], frozenset[int]], _Named] = {}
        for one in mentions:
            if not one.is_bare and one.is_definite:
                names.setdefault(one.name, _Named()).mentions.append(one)
        clusters = _clusters(list(names.values())[:MOST_NAMES], mentions, lang)
        yield from (_finding(cluster) for cluster in clusters)
        yield from _bare_heads(
            mentions, {one for cluster in clusters for name in cluster for one in name.mentions}
        )


def _clusters(names: list[_Named], mentions: list[Mention], lang: str) -> list[list[_Named]]:
    """Names joined wherever two are one agreement; names that only shorten another don't count."""
    groups = [[name] for name in names]
    for one, other in combinations(names, 2):
        if _are_one(one, other):
            _join(groups, one, other)
    for name in names:
        introduced = _introduced(name, names, mentions)
        if introduced is not None:
            _join(groups, introduced, name)
    for name in names:
        meant = _bare_before(name, names, mentions, lang)
        if meant is not None:
            _join(groups, meant, name)
    found = [group for group in groups if len(_distinct(group)) > 1]
    return [[*group, *_other_words(group, mentions)] for group in found]


def _join(groups: list[list[_Named]], one: _Named, other: _Named) -> None:
    """Put the group of one name into that of another; a name that is in no group yet begins one."""
    host = next((group for group in groups if any(named is one for named in group)), None)
    if host is None:
        host = [one]
        groups.append(host)
    guest = next(group for group in groups if any(named is other for named in group))
    if guest is not host:
        host += guest
        groups[:] = [group for group in groups if group is not guest]


def _introduced(name: _Named, names: list[_Named], mentions: list[Mention]) -> _Named | None:
    """The agreement that was made by those after whom a name calls it: Kabul and Moscow signed … the Moscow Accord."""
    one = name.first
    if not one.own or one.topics:
        return None
    for other in mentions:
        if other.group != one.group or other.head == one.head or other.own or not other.topics:
            continue
        if (other.passage.number, other.sentence) >= (one.passage.number, one.sentence):
            break
        words = {
            form
            for word in _WORDS.findall(other.told_in.casefold())
            for form in (word, word.removeprefix("و"))
        }
        named = all(
            not _places(one.passage.lang).get(word.casefold(), {word.casefold()}).isdisjoint(words)
            for word in one.own
        )
        if other.passage.section == one.passage.section and named:
            return next(
                (named for named in names if named.first.topics & other.topics and not named.first.own), None
            )
    return None


def _other_words(group: list[_Named], mentions: list[Mention]) -> list[_Named]:
    """What else the sections of a group call an agreement, without a name: the treaty, of what is an accord above."""
    sections = {m.passage.section for name in group for m in name.mentions}
    kinds = {name.first.kind for name in group}
    topics = {topic for name in group for topic in name.first.topics}
    inside = {m for name in group for m in name.mentions}
    found: dict[tuple[tuple[int, int], bool], _Named] = {}
    named_else = set()
    for one in mentions:
        is_other_kind = one.group or one.head == DECLARATION
        if one in inside or is_other_kind or one.passage.section not in sections:
            continue
        if one.is_bare and one.is_definite and one.kind not in kinds:
            found.setdefault((one.kind, True), _Named()).mentions.append(one)
        elif not one.is_definite and one.topics and one.topics <= topics and not one.own:
            found.setdefault((one.kind, False), _Named()).mentions.append(one)
        elif not one.is_bare and one.is_definite:
            named_else.add(one.kind)
    return [name for (kind, is_bare), name in found.items() if not (is_bare and kind in named_else)]


def _are_one(one: _Named, other: _Named) -> bool:
    """Whether two names share what tells an agreement apart and call it by different words."""
    a, b = one.first, other.first
    if a.group != b.group or a.head == b.head or not _years_agree(one, other):
        return False
    if DECLARATION in (a.head, b.head) and not a.own & b.own:
        return False
    if a.own & b.own:
        return not (a.topics and b.topics and not a.topics & b.topics)
    if a.own and b.own:
        return False
    return bool(a.about & b.about) if a.own or b.own else bool(a.topics & b.topics)


def _years_agree(one: _Named, other: _Named) -> bool:
    years = [{m.year for m in named.mentions if m.year} for named in (one, other)]
    return not all(years) or bool(years[0] & years[1])


def _bare_before(name: _Named, names: list[_Named], mentions: list[Mention], lang: str) -> _Named | None:
    """What a name that stands once, without introduction, must mean: what the passage spoke of just before, or says so."""
    one = name.first
    if len(name.mentions) > 1 or not one.own or _is_known(one, lang):
        return None
    beside = [
        m
        for m in mentions
        if m.passage is one.passage and m is not one and abs(m.sentence - one.sentence) <= NEAR
    ]
    sentence = one.told_in
    if re.search(_table()[lang]["called"], sentence) is not None:
        same = [m for m in beside if m.sentence == one.sentence] or beside
        if same:
            return _named(max(same, key=lambda m: not m.is_bare), names)
    if lang != "en" or one.year or not one.words.startswith(("The ", "the ")):
        return None
    apart = [m for m in beside if m.sentence != one.sentence and m.is_definite]
    linked = [m for m in apart if _is_linked(one, m, sentence)] or _only_other(one, apart, names, mentions)
    is_lone = len({m.own for m in beside if m.own and m.name != one.name}) <= 1
    return _named(max(linked, key=lambda m: not m.is_bare), names) if linked and is_lone else None


def _only_other(
    one: Mention, apart: list[Mention], names: list[_Named], mentions: list[Mention]
) -> list[Mention]:
    """The one other agreement that a text has a name for, where it speaks of it again and again."""
    others = [named for named in names if named.first.own and named.first.name != one.name]
    if len(others) != 1 or others[0].first.group != one.group or others[0].first.head == one.head:
        return []
    host = others[0]
    again = sum(m.is_bare and m.is_definite and m.kind == host.first.kind for m in mentions)
    return [m for m in apart if m in host.mentions] if len(host.mentions) + again >= SPOKEN_OF else []


def _is_linked(one: Mention, other: Mention, sentence: str) -> bool:
    if one.group != other.group:
        return False
    if one.head == other.head:
        return False
    starts = {word[:PREFIX] for word in one.own if len(word) >= LONG}
    shared = starts & {word[:PREFIX] for word in other.own if len(word) >= LONG}
    return bool(one.topics & other.topics) or bool(shared) or (" also " in sentence and not other.is_bare)


def _named(mention: Mention, names: list[_Named]) -> _Named:
    return next((named for named in names if mention in named.mentions), None) or _Named([mention])


def _bare_heads(mentions: list[Mention], told: set[Mention]) -> Iterator[Finding]:
    """Sections that call the one agreement they speak of by three words and more: the agreement, the pact, the deal."""
    by_section: dict[tuple[str, ...], list[Mention]] = {}
    for one in mentions:
        by_section.setdefault(one.passage.section, []).append(one)
    for some in by_section.values():
        if any(one in told for one in some):
            continue
        named = {(one.own, one.about) for one in some if not one.is_bare}
        loose = [
            one
            for one in some
            if one.is_definite and one.group == 0 and one.head != DECLARATION and not _is_told_apart(one)
        ]
        heads: dict[int, _Named] = {}
        for one in loose:
            heads.setdefault(one.head, _Named()).mentions.append(one)
        if len(heads) >= BARE_HEADS and len(named) <= 1:
            yield _finding(list(heads.values()))


def _is_told_apart(one: Mention) -> bool:
    """Whether a bare word for an agreement is told apart by what follows: the deal with the bank."""
    is_of = one.year or _TELLS_APART.match(one.passage.text, one.end) is not None
    return one.is_bare and bool(is_of)


def _distinct(group: Sequence[_Named]) -> list[_Named]:
    """Names without those that another has all words of."""
    return [
        one
        for one in group
        if not any(
            other is not one and other.first.kind == one.first.kind and one.first.own < other.first.own
            for other in group
        )
    ]


def _finding(cluster: Sequence[_Named]) -> Finding:
    ordered = sorted(
        cluster,
        key=lambda name: (
            name.first.is_bare,
            len(name.mentions),
            -name.first.passage.number,
            -name.first.start,
        ),
    )
    told = ", ".join(f"'{name.first.words}' ({len(name.mentions)})" for name in reversed(ordered))
    first = ordered[0].first
    return Finding(
        "name-variants", "warning", first.passage.number, first.start, first.end, first.words,
        f"one agreement under several names: {told}; keep to one",
        others=tuple((m.passage.number, m.start, m.end) for name in ordered for m in name.mentions if m is not first),
    )  # fmt: skip


def _is_known(one: Mention, lang: str) -> bool:
    return any(name in one.words for name in _table()[lang]["known"])


def _mentions(passage: Passage) -> list[Mention]:
    text, lang = passage.text, passage.lang
    found = list(_heads(lang).finditer(text)) if _sieve(lang).possible(text) else []
    read = {"en": _english, "ps": _pashto}.get(lang, _after)
    return [
        one
        for match in found
        if not passage.is_quoted(match.start())
        for one in [read(passage, match)]
        if one is not None
    ]


def _english(passage: Passage, match: re.Match[str]) -> Mention | None:
    """An agreement with the words before it: capitals, topics, and plain words; then ``on`` or ``for`` what it is."""
    text = passage.text
    words = list(re.finditer(r"[\w’'–-]+ |[^\s\w’'–-]\s*", text[max(match.start() - 90, 0) : match.start()]))
    offset = max(match.start() - 90, 0)
    start, kept = match.start(), list[str]()
    before = ""
    topics = _topics("en")
    for word in reversed(words):
        token = word[0].strip()
        plain = token.casefold()
        is_name = token[:1].isupper() and plain not in (
            "the",
            "a",
            "an",
            "in",
            "on",
            "this",
            "that",
            "its",
            "under",
            "no",
        )
        if len(kept) >= MODIFIERS or not (is_name or plain in topics or plain in _table()["en"]["plain"]):
            before = plain
            break
        kept.append(token)
        start = offset + word.start()
    if before == "the":
        start -= 4
    if match[0].endswith("s") and match.lastgroup == "g0":
        return None
    tail = re.match(r" (?:on|for) (?:the )?((?:[\w-]+ ){0,3}[\w-]+)", text[match.end() : match.end() + 60])
    told = {word.casefold() for word in kept} | (
        {w.casefold() for w in tail[1].split()} & topics.keys() if tail else set()
    )
    plain_words = set(_table()["en"]["plain"])
    own = frozenset(
        part
        for word in told
        if word not in topics and word not in plain_words
        for part in [word.removesuffix("'s").removesuffix("’s")]
    )
    is_definite = before not in _table()["en"]["indefinite"] and (
        before == "the" or bool(own) or before in ("this", "that", "its", "their")
    )
    return _mention(passage, (start, match.end()), match, own, told, is_definite=is_definite)


def _after(passage: Passage, match: re.Match[str]) -> Mention | None:
    """An agreement with the words after it, as Dari and Arabic have them."""
    text, lang = passage.text, passage.lang
    table, topics, end, told = _table()[lang], _topics(lang), match.end(), list[str]()
    for word in _TOKEN.finditer(text, match.end(), min(match.end() + 70, len(text))):
        plain = _subject(word[0].removesuffix("ٔ"), topics)
        if (
            text[end : word.start()] != " "
            or not plain[0].isalpha()
            or plain in table["stops"]
            or len(told) >= MODIFIERS - 1
        ):
            break
        if plain.startswith(("می‌", "نمی‌")) or (lang == "ar" and not _is_of_name(plain, told, match[0])):
            break
        is_own = plain not in topics and plain not in table["plain"]
        if is_own and told and (told[-1] in topics or told[-1] in table["plain"]):
            break
        if is_own and sum(w not in topics and w not in table["plain"] for w in told) >= MOST_OWN:
            break
        told.append(plain)
        end = word.end()
    before = text[max(match.start() - 12, 0) : match.start()].split()[-1:]
    own = frozenset(word for word in told if word not in topics and word not in table["plain"])
    is_definite = not (set(before) & set(table["indefinite"])) and (
        lang != "ar" or "ال" in match[0][:3] or bool(told)
    )
    return _mention(passage, (_begin(match), end), match, own, set(told), is_definite=is_definite)


def _subject(word: str, topics: dict[str, int]) -> str:
    """Of two words with a hyphen the one that tells a subject, as in military-technical."""
    parts = [part.strip("\u200c") for part in word.split("-")]
    return next((part for part in parts if part in topics), word)


def _begin(match: re.Match[str]) -> int:
    return match.start(match.lastgroup or 0)


def _is_of_name(word: str, told: list[str], head: str) -> bool:
    """Whether a word after an Arabic head still belongs to its name: with the article, or a place directly after it.

    After a head that has the article itself only words with one do: الاتفاقية الأمنية, and not الاتفاقية تشمل.
    """
    return word.startswith("ال") or (not told and "ال" not in head[:3])


def _pashto(passage: Passage, match: re.Match[str]) -> Mention | None:
    text, table = passage.text, _table()["ps"]
    told, start = list[str](), match.start()
    before = ""
    for word in reversed(list(re.finditer(r"\S+", text[max(match.start() - 60, 0) : match.start()]))):
        plain = word[0]
        if not plain.replace("\u200c", "").isalpha() or plain in table["stops"] or len(told) >= MODIFIERS:
            break
        if plain in table["indefinite"]:
            before = plain
            break
        start = max(match.start() - 60, 0) + word.start()
        if plain == "د" and told:
            if len(told) > 1 or text[max(start - 3, 0) : start].strip() != "د":
                break
            continue
        if plain != "د":
            told.append(plain)
    topics = _topics("ps")
    own = frozenset(word for word in told if word not in topics and word not in table["plain"])
    return _mention(passage, (start, match.end()), match, own, set(told), is_definite=not before)


def _mention(
    passage: Passage,
    span: tuple[int, int],
    match: re.Match[str],
    own: frozenset[str],
    told: set[str],
    *,
    is_definite: bool,
) -> Mention:
    topics = _topics(passage.lang)
    group, head = _kind(match[match.lastgroup or 0], passage.lang)
    year = _YEAR.match(passage.text[span[1] : span[1] + 40])
    sentence = sum(begin <= span[0] for begin, _ in passage.sentences) - 1
    about = frozenset(word for word in told if word in topics)
    return Mention(
        passage, *span, group, head, own, frozenset(topics[word] for word in about), about, is_definite,
        year[1] if year is not None else "", max(sentence, 0),
    )  # fmt: skip


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("rasad.check") / "agreements.toml").read_text("utf-8"))


@cache
def _topics(lang: str) -> dict[str, int]:
    return {word: at for at, words in enumerate(_table()[lang]["topics"]) for word in words}


@cache
def _heads(lang: str) -> re.Pattern[str]:
    groups = [f"(?P<g{at}>{'|'.join(heads)})" for at, heads in enumerate(_table()[lang]["heads"])]
    attached = "[وف]?" if lang == "ar" else ""
    return re.compile(
        rf"(?<![\w\u200c]){attached}(?:{'|'.join(reversed(groups))})(?![\w\u200c])", re.IGNORECASE
    )


@cache
def _places(lang: str) -> dict[str, frozenset[str]]:
    """The words for a state of which one is the name of its capital, by each of them."""
    groups = [frozenset(group.casefold().split("|")) for group in _table()[lang]["places"]]
    return {word: group for group in groups for word in group}


@cache
def _sieve(lang: str) -> Sieve:
    return Sieve({"heads": (form for heads in _table()[lang]["heads"] for form in heads)})


@cache
def _kind(head: str, lang: str) -> tuple[int, int]:
    """The group of a head, and which of its words it is."""
    for group, heads in enumerate(_table()[lang]["heads"]):
        for at, forms in enumerate(heads):
            if re.fullmatch(forms, head, re.IGNORECASE):
                return group, at
    return len(_table()[lang]["heads"]), 0
