"""Lists within a sentence, and how many things they name."""

from __future__ import annotations

import re
from typing import Final

from rasad.check.number_words import any_of, value
from rasad.check.passage import Passage
from rasad.check.word_lists import pattern

LONGEST: Final = 6
"""Words of one of the things that a list names."""

SHORT: Final = 4
"""The same where a verb stands between the count and the list."""

LONGEST_LIST: Final = 800
"""Characters of a list that is read."""

_JOINED: Final = {
    lang: re.compile(words, re.IGNORECASE)
    for lang, words in {
        "en": r"(?:and|or)\s+",
        "prs": r"(?:و|یا)\s+",
        "ps": r"(?:او|یا)\s+",
        "ar": r"و(?=\w{3})|أو\s+",
    }.items()
}
_WITHIN: Final = {
    lang: re.compile(rf"\s(?:{joined.pattern})", re.IGNORECASE) for lang, joined in _JOINED.items()
}
_COMMA = re.compile(r"[,،]")
_ASKED = re.compile(r"(?i)(?:who|what|which|when|where|how|whether|why)\b")
_DUAL = re.compile(r"\w{3}(?:ين|تان|َين)(?![\w])")
_END = re.compile(r"[.؟!?;؛](?=\s|$)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_AUTHORS = re.compile(r"\((?:19|20|1[34])\d\d[a-z]?\)")
_COLON = re.compile(r"[^.!?؟:؛;]{0,60}:\s*")
_CLAUSE = re.compile(
    r"(?i)(?:who|which|whose|whom|that|where|when|as|but|because|though|که|چې|الذي|التي|الذين|اللذان)\b"
)
"""What opens a clause about one thing of a list, so that its commas count nothing."""


def named_after(passage: Passage, end: int) -> set[int]:
    """How many things a list behind a count names, in each way that it can be read: after a colon, or after a comma."""
    colon = _COLON.match(passage.text, end)
    if colon is None and passage.text[end : end + 1] not in ("،", ","):
        return set()
    begin = colon.end() if colon is not None else end + 1
    words, authors = _until_end(passage, begin)
    return {authors} if authors > 2 else _told(words, passage.lang, closed=colon is not None)


def counted_after(passage: Passage, noun: int, begin: int) -> set[int]:
    """The same of a list behind a colon, where any noun stands before it: only of a list that is surely of that noun."""
    between = passage.text[noun : begin - 1]
    plain = not between.strip() or (passage.lang == "en" and pattern("en", "verb").search(between) is None)
    words, authors = _until_end(passage, begin)
    if authors > 2:
        return {authors}
    if any(sign in words for sign in '"«“') or any(map(str.isdigit, words)):
        return set()
    if not plain and re.search(any_of(passage.lang, "cardinal"), words, re.IGNORECASE):
        return set()
    if not plain and any(len(one.split()) > SHORT for one in _COMMA.split(words)):
        return set()
    return _told(words, passage.lang, closed=True)


def _until_end(passage: Passage, begin: int) -> tuple[str, int]:
    """The words up to the end of a sentence without its brackets, and how many authors with years stand in them."""
    far = min(begin + LONGEST_LIST, len(passage.text))
    stop = _END.search(passage.text, begin, far)
    last = stop.start() if stop is not None else far
    authors = len(_AUTHORS.findall(passage.folded[begin:last]))
    return _BRACKETS.sub("", passage.text[begin:last]), authors


def _told(words: str, lang: str, *, closed: bool) -> set[int]:
    """How many a list names: of things that are counted themselves, as ``two cranes and one barge``, their sum."""
    if lang == "ar" and _DUAL.search(words):
        # Two of a thing are one word in Arabic.
        return set()
    things = [
        one
        for piece in _COMMA.split(words)
        for part in _WITHIN[lang].split(piece)
        if (one := _JOINED[lang].sub("", part.strip(), count=1))
    ]
    if closed and len(things) > 1 and all(_ASKED.match(one) for one in things):
        return {len(things)}
    numbers = [
        re.match(rf"(?:{any_of(lang, 'cardinal')}|\d{{1,4}})(?=\s)", one, re.IGNORECASE) for one in things
    ]
    if not any(numbers):
        return _counts(words, lang, closed=closed)
    if not all(numbers) or len(things) < 2:
        return set()
    worth = [_worth(match[0], lang) for match in numbers if match is not None]
    return {sum(worth)} if all(worth) else set()


def _worth(word: str, lang: str) -> int:
    return int(word) if word.isdigit() else value(word.casefold(), lang, "cardinal") or 0


def _counts(words: str, lang: str, *, closed: bool) -> set[int]:
    """The ways to count a list; none where it is no plain list of short things."""
    joined, within = _JOINED[lang], _WITHIN[lang]
    pieces = [piece.strip() for piece in _COMMA.split(words)]
    if not closed:
        # Nothing tells where the list ends but its last "and".
        last = next((n for n, one in enumerate(pieces) if joined.match(one) or within.search(one)), 0)
        pieces = pieces[: last + 1] if last else []
    if not _is_plain(pieces, within) or (len(pieces) < 2 and within.search(words) is None):
        return set()
    oxford = joined.match(pieces[-1])
    inner = within.search(pieces[-1], oxford.end() if oxford is not None else 0)
    if oxford is not None:
        return {len(pieces), len(pieces) + (inner is not None)}
    if lang == "ar" and len(pieces) == 1 and closed:
        # Arabic joins all of a list by one letter, with which a name may have a second word too.
        return set(range(2, len(within.split(pieces[0])) + 1))
    if inner is not None:
        return {len(pieces) + 1} | ({len(pieces)} if lang == "ar" else set())
    return {len(pieces)} if closed and len(pieces) > 2 else set()


def _is_plain(pieces: list[str], within: re.Pattern[str]) -> bool:
    """Whether the pieces of a list are short things, joined only before the last."""
    if not pieces:
        return False
    things = (*pieces[:-1], *within.split(pieces[-1]))
    return (
        all(one and len(one.split()) <= LONGEST and not _CLAUSE.match(one) for one in things)
        and all(pieces)
        and not any(within.search(one) for one in pieces[:-1])
    )
