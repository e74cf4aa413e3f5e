"""Quotations against the text of the pages that they are from, held as the W3C's TextQuoteSelector holds them.

A quotation is found by its exact words, and where these stand several times by what stands before and
behind them (https://www.w3.org/TR/annotation-model/#text-quote-selector). What is set otherwise in
print is no difference: spaces, quote marks, dashes, capitals, digits, accents, joiners, and the Arabic
and Persian forms of a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from rapidfuzz.fuzz import partial_ratio_alignment

from rasad.check.finding import Finding, Severity
from rasad.check.links import is_page, uses
from rasad.check.passage import Passage, Reading, language_of
from rasad.languages.numbers import fold_digits

RULE: Final = "quote-not-in-source"
IDS: Final = {RULE: "sources"}
NEAR: Final = 80.0
"""A likeness, of 100, from which a page has a quotation in other words, and below which it has it not."""

FEWEST_WORDS: Final = 4
FEWEST_CHARACTERS: Final = 20
LEAST_OF_A_PAGE: Final = 400
"""Characters; a page with less may be a notice that stands before the page."""

FAR: Final = 200
LONGEST_SEARCHED: Final = 1_000_000
_QUOTED = re.compile(r"“([^“”]{20,1000})”|«([^«»]{20,1000})»|\"([^\"]{20,1000})\"|„([^„“”]{20,1000})[“”]")
_LEFT_OUT = re.compile(r"\[?\s?(?:…|\.{3,4}|\. \. \.)\s?\]?")
_ENDS = re.compile(r"[.!?؟۔][”»\"’)]?(?=\s|$)|\n")
_KEY = re.compile(r"(?<![\w@])@([\w][\w:.-]*)")
_QUOTE_MARKS = "\"'“”„‟«»‘’‚‛‹›`´′″"
_DASHES = "-‐‑‒–—―−"
_LETTERS: Final = {
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ـ": "", "[": "", "]": "",
    **dict.fromkeys(_QUOTE_MARKS, "'"), **dict.fromkeys(_DASHES, "-"),
}  # fmt: skip


@dataclass(frozen=True)
class KeptText:
    """The text of a page that is kept: since when, and in which languages it says it is."""

    text: str
    on: date
    languages: tuple[str, ...] = ()


Pages = Callable[[str], KeptText | None]
"""The text that is kept of an address."""

Keys = Callable[[str], str | None]
"""The address of a reference by its key."""


class FoldedText:
    """A text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        folded: list[str] = []
        places: list[int] = []
        was_space = True
        for place, letter in enumerate(text):
            for one in _folded(letter):
                if one == " " and was_space:
                    continue
                was_space = one == " "
                folded.append(one)
                places.append(place)
        self.folded = "".join(folded)
        self._places = places

    def find(self, exact: str, prefix: str = "", suffix: str = "") -> tuple[int, int] | None:
        """Where a quotation stands in the text, between ``prefix`` and ``suffix`` where these are given."""
        wanted, before, after = (FoldedText(part).folded.strip() for part in (exact, prefix, suffix))
        if not wanted:
            return None
        begin = self.folded.find(wanted)
        while begin >= 0:
            end = begin + len(wanted)
            left = self.folded[max(0, begin - len(before) - 1) : begin].rstrip()
            right = self.folded[end : end + len(after) + 1].lstrip()
            if left.endswith(before) and right.startswith(after):
                return self._span(begin, end)
            begin = self.folded.find(wanted, begin + 1)
        return None

    def nearest(self, exact: str) -> tuple[float, str]:
        """The sentence that is most like a quotation, and how like it is, of 100."""
        wanted = FoldedText(exact).folded.strip()
        found = partial_ratio_alignment(wanted, self.folded[:LONGEST_SEARCHED], score_cutoff=NEAR)
        if found is None or found.dest_end <= found.dest_start:
            return 0.0, ""
        begin, end = self._span(found.dest_start, found.dest_end)
        return found.score, " ".join(_whole_sentences(self.text, begin, end).split())

    def _span(self, begin: int, end: int) -> tuple[int, int]:
        return self._places[begin], self._places[end - 1] + 1


def quote_in(text: str, exact: str, prefix: str = "", suffix: str = "") -> tuple[int, int] | None:
    """Where a quotation stands in a text; None where it does not.

    Args:
        text: The text of its source.
        exact: Its words.
        prefix: What stands before it there; empty for anything.
        suffix: What stands behind it there.

    Example:
        >>> quote_in("He said: ‘We  agree’. She: ‘We agree’.", '"we agree"', prefix="She:")
        (27, 37)
    """
    return FoldedText(text).find(exact, prefix, suffix)


def quotations(reading: Reading, pages: Pages, keys: Keys) -> Iterator[Finding]:
    """Quotations that no page has to which their paragraph refers, where all of these are kept.

    Args:
        reading: The document.
        pages: The text that is kept of an address.
        keys: The address of a reference, which a manuscript cites by its key.
    """
    addresses = _addresses(reading, keys)
    folded: dict[str, FoldedText] = {}
    for passage in reading.prose():
        quoted = list(_quoted(passage)) if addresses.get(passage.number) else []
        kept = [pages(address) for address in addresses[passage.number]] if quoted else []
        known = [one for one in kept if one is not None and _is_whole(one, passage)]
        if not quoted or len(known) < len(kept):
            continue
        for one in known:
            if one.text not in folded:
                folded[one.text] = FoldedText(one.text)
        texts = [folded[one.text] for one in known]
        days = ", ".join(sorted({one.on.isoformat() for one in known}))
        for start, end, words in quoted:
            if not any(_has(text, words) for text in texts):
                severity, message = _verdict(words, texts, days)
                yield Finding(RULE, severity, passage.number, start, end, passage.text[start:end], message)


def _verdict(words: str, texts: Sequence[FoldedText], days: str) -> tuple[Severity, str]:
    """How bad it is that no text has a quotation, and what the nearest of them has."""
    score, near = max(text.nearest(words) for text in texts)
    if score >= NEAR:
        return "error", f"the page has it as '{near[:500]}' (kept on {days})"
    return "warning", f"the page that is cited, as it was kept on {days}, does not have these words"


def _addresses(reading: Reading, keys: Keys) -> dict[int, list[str]]:
    """The pages that each passage refers to: by links, bare addresses, its notes, and keys of references."""
    found: dict[int, list[str]] = {}
    for use in uses(reading):
        if is_page(use.address):
            found.setdefault(use.passage.number, []).append(use.address)
    notes = {name: note.number for name, note in reading.notes}
    for passage in reading.passages:
        for _, _, name in passage.marks:
            if name in notes:
                found.setdefault(passage.number, []).extend(found.get(notes[name], []))
        for match in _KEY.finditer(passage.text):
            address = keys(match[1].rstrip(".:-"))
            if address is not None:
                found.setdefault(passage.number, []).append(address)
    return {number: list(dict.fromkeys(addresses)) for number, addresses in found.items()}


def _quoted(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """The quotations of a passage that are long enough to be somebody's own words."""
    for match in _QUOTED.finditer(passage.text):
        words = next(group for group in match.groups() if group is not None).strip(" .,،؛;:")
        if len(words) >= FEWEST_CHARACTERS and len(words.split()) >= FEWEST_WORDS:
            yield match.start(), match.end(), words


def _has(text: FoldedText, words: str) -> bool:
    """Whether a text has a quotation, every part of it where words of it are left out."""
    parts = [part.strip(" .,،؛;:") for part in _LEFT_OUT.split(words)]
    return all(text.find(part) is not None for part in parts if part)


def _is_whole(kept: KeptText, passage: Passage) -> bool:
    """Whether a page is likely to have a quotation as it stands: long enough, and in the language of the passage."""
    if len(kept.text) < LEAST_OF_A_PAGE:
        return False
    told = {language.lower()[:2] for language in kept.languages[:1]}
    if told and told.isdisjoint(_CODES.get(passage.lang, told)):
        return False
    return language_of(kept.text[:5000]) == passage.lang


_CODES: Final = {"en": {"en"}, "prs": {"fa", "pr", "da"}, "ps": {"ps", "pu"}, "ar": {"ar"}}
"""How pages name the languages, by the first two letters."""


def _whole_sentences(text: str, begin: int, end: int) -> str:
    """A part of a text out to the ends of its sentences, where these are not far."""
    before = max((match.end() for match in _ENDS.finditer(text, max(0, begin - FAR), begin)), default=begin)
    after = _ENDS.search(text, max(begin, end - 1), end + FAR)
    return text[before : end if after is None else after.end()]


@cache
def _folded(letter: str) -> str:
    """A letter as it is compared; nothing for one that is not seen."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter.isspace():
        return " "
    plain = "".join(
        _LETTERS.get(one, one)
        for one in unicodedata.normalize("NFKD", letter)
        if unicodedata.category(one) not in ("Mn", "Cf", "Cc")
    )
    return fold_digits(plain).casefold()
