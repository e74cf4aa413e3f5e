"""Rule: a sentence that is broken off, as at the end of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from rasad.check.finding import Finding
from rasad.check.outline import headings, plain
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern

LEAST_SENTENCE: Final = 30
LEAST_WORDS: Final = 9
LEAST_ALONE: Final = 13
LEAST_LINE: Final = 12
"""Letters of a last line that are told by themselves, without the lines before them."""

LEAST_PARAGRAPHS: Final = 4
USUAL: Final = 0.8
"""The share of paragraphs that end with a full stop, from which one that does not stands out."""

TAIL: Final = 500
"""Letters of an end that are looked at, so that a row of blanks or signs is not read again from each of them."""

_KINDS: Final = ("paragraph", "list-item", "quote")
_ENDED = re.compile(r"[.!?؟…:;؛۔][»”\"’')\]\s*_]*$")
_BEGINS_WITHIN = re.compile(r"[a-z]{2,}[ ,]|(?:و|او|که|چې|اما|خو)\s")
_DASH = re.compile(r"\s[–—]$")
_RAISED = re.compile(r"[¹²³⁰⁴-⁹]+$")
_ASKED = re.compile(r"(?i)\b(?:what|who|whom|which|where|how)\b[^.,;]{0,40}$")
"""A question within a sentence, which may end on a small word: ``what to plan for``."""

CAPITALS: Final = 0.8
LEAST_CAPITALS: Final = 8
_CITATION = re.compile(r"\s*(?:\[[^\[\]]{0,80}\]|\([^()]{0,200}\))\s*$")
_STOP = re.compile(r"(?<!\bp)(?<!\bpp)(?<!\bNo)(?<!\bDr)(?<!\bMr)(?<!\bvol)[.!?؟۔][»”\"’)\]]*\s")
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S*$")


def broken_sentences(reading: Reading) -> Iterator[Finding]:
    """A paragraph that ends within a sentence: on a word after which one has to go on, or without the stop that the others have."""
    prose = [one for one in reading.prose() if _may_break(one)]
    longer = [one for one in prose if len(one.text.split()) >= LEAST_WORDS]
    usual = {kind: _is_usual([one for one in longer if one.kind == kind], longer) for kind in _KINDS}
    first = next(
        (one.number for one in longer if _ENDED.search(_without_citation(one.text))), len(reading.passages)
    )
    titles = {one.words for one in headings(reading)}
    for passage in prose:
        text = _without_citation(passage.text)
        if (
            _ENDED.search(text[-TAIL:])
            or _ADDRESS.search(text[-TAIL:])
            or (not text[-1:].isalnum() and text[-1:] not in ",،-–")
            or _DASH.search(text)
            or _is_title(passage, titles)
        ):
            continue
        following = (
            reading.passages[passage.number + 1] if passage.number + 1 < len(reading.passages) else None
        )
        if following is not None and following.kind in ("table-cell", "code"):
            continue
        begin = max((match.end() for match in _STOP.finditer(text)), default=0)
        last = text[text.rfind(" ") + 1 :]
        open_end = (
            pattern(passage.lang, "open_end").fullmatch(last) is not None
            and _ASKED.search(text, begin, len(text) - len(last)) is None
        )
        if is_reference(passage) and not open_end:
            continue
        if (
            open_end
            or _goes_on(passage, following, usual=passage.number > first and usual["paragraph"])
            or (
                usual.get(passage.kind, False)
                and passage.number > first
                and _stands_out(passage, text, begin)
            )
        ):
            line = max((at for at in passage.lines if at < len(text) - LEAST_LINE), default=0)
            begin = max(begin, line)
            yield Finding(
                "structure-broken", "warning", passage.number, begin, len(text), text[begin:],
                "the sentence is broken off: its end is missing, as after a page break",
            )  # fmt: skip


def _may_break(passage: Passage) -> bool:
    if passage.kind not in _KINDS or len(passage.text) < LEAST_SENTENCE:
        return False
    return not is_reference(passage) or _is_behind_the_sources(passage)


def _is_behind_the_sources(passage: Passage) -> bool:
    """Whether a paragraph under the heading of the sources is none of them: it has no number, sign or day."""
    plain_text = not any(letter.isdigit() or letter in '[]()«»“”"' for letter in passage.text)
    return passage.kind == "paragraph" and plain_text and len(passage.text.split()) >= LEAST_WORDS


def _goes_on(passage: Passage, following: Passage | None, *, usual: bool) -> bool:
    """Whether a paragraph without a stop, among others that have one, goes on in the next, which begins within a sentence."""
    if not usual or following is None or (passage.kind, following.kind) != ("paragraph", "paragraph"):
        return False
    if passage.lang == "en" and pattern("en", "verb").search(passage.text) is None:
        return False
    return _BEGINS_WITHIN.match(following.text) is not None


def _is_title(passage: Passage, titles: AbstractSet[str]) -> bool:
    """Whether a line is a title: it stands in the contents for a heading, or is in capitals."""
    if passage.kind == "list-item" and plain(passage.text) in titles:
        return True
    letters = [letter for letter in passage.text if letter.isalpha()]
    return len(letters) >= LEAST_CAPITALS and sum(map(str.isupper, letters)) >= CAPITALS * len(letters)


def _is_usual(own: list[Passage], longer: list[Passage]) -> bool:
    """Whether passages of a kind end with a stop; where there are few of them, whether all passages do."""
    found = own if len(own) >= LEAST_PARAGRAPHS else longer
    ended = sum(_ENDED.search(_without_citation(one.text)) is not None for one in found)
    return len(found) >= LEAST_PARAGRAPHS and ended >= USUAL * len(found)


def _stands_out(passage: Passage, text: str, begin: int) -> bool:
    """Whether a last sentence is long enough to be one, or follows others, and is no line of a masthead."""
    words = text[begin:].split()
    dated = any(one.end >= len(text) - 1 for one in passage.dates)
    if dated and (begin == 0 or len(words) < LEAST_WORDS):
        return False
    if passage.lang == "en" and pattern("en", "verb").search(text, begin) is None:
        return begin > 0 and len(words) > 2
    # Where no verb can tell a sentence from a heading, only a long one counts.
    least = LEAST_WORDS if passage.lang == "en" else LEAST_ALONE
    return len(words) >= least or (begin > 0 and len(words) > 2)


def _without_citation(text: str) -> str:
    kept = _RAISED.sub("", text.rstrip(" *_")).rstrip()
    for _ in range(3):
        match = _CITATION.search(kept, max(len(kept) - TAIL, 0))
        if match is None or not match.start():
            break
        kept = kept[: match.start()].rstrip()
    return kept
