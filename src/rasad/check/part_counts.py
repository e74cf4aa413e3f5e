"""How many parts a text has: sections, questions, scenarios, recommendations, stories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rasad.check.number_words import any_of, value
from rasad.check.outline import Heading, of_its_own
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern
from rasad.languages.numbers import fold_digits

_NUMBERED = re.compile(r"\d{1,2}[.)]\s")


def of_sections(own: Sequence[Heading], wanted: int) -> tuple[int, str] | None:
    """How many sections there are; None where as many as announced can be meant."""
    top = [one for one in own if one.label is not None] or [
        one for one in own if one.passage.level == min((other.passage.level for other in own[1:]), default=0)
    ]
    substance = [one for one in top if not of_its_own(one)]
    every = [one for one in top if not pattern(one.passage.lang, "contents").search(one.passage.text)]
    if len(top) < 2 or len(substance) <= wanted <= len(every):
        return None
    count = len(substance) if wanted < len(substance) else len(every)
    return count, "headings follow"


def of_questions(reading: Reading, own: Sequence[Heading], wanted: int) -> tuple[int, str] | None:
    """How many questions are asked, in headings or in lines of their own."""
    asked = [one for one in own[1:] if one.passage.text.rstrip().endswith(("?", "؟"))]
    count = len(asked)
    if count < 2:
        count = len([one for one in own if one.label is not None and not of_its_own(one)])
    if count < 2:
        count = sum(p.text.rstrip().endswith(("?", "؟")) for p in reading.prose() if len(p.text) < 140)
    return (count, "follow") if count > 1 and count != wanted else None


def of_scenarios(reading: Reading, announcing: Passage) -> int:
    """The scenarios that a text numbers or letters, after the passage that announces them."""
    found: set[str] = set()
    for passage in reading.passages:
        if passage.number > announcing.number:
            for match in _scenario(passage.lang).finditer(passage.folded):
                word = match["after"] or match["before"] or match["digit"]
                worth = value(word.casefold(), passage.lang, "ordinal") or value(
                    word.casefold(), passage.lang, "cardinal"
                )
                found.add(str(worth or word.casefold()))
    return len(found)


def scenario_at(text: str, lang: str) -> str | None:
    """The number or letter of the scenario that a text is about; None where it is about none, or about several."""
    found = {
        match["after"] or match["before"] or match["digit"]
        for match in _scenario(lang).finditer(fold_digits(text))
    }
    if len(found) != 1:
        return None
    word = found.pop()
    return str(
        value(word.casefold(), lang, "ordinal") or value(word.casefold(), lang, "cardinal") or word.casefold()
    )


def of_recommendations(reading: Reading, announcing: Passage) -> int:
    """The items under headings of recommendations."""
    items = [
        one
        for one in reading.passages
        if one.number > announcing.number
        and one.kind == "list-item"
        and one.section
        and pattern(one.lang, "recommendation").search(one.section[-1])
    ]
    return len(items)


def of_stories(reading: Reading, announcing: Passage) -> int:
    """The numbered items and headings."""
    return sum(
        1
        for one in reading.passages
        if one.number > announcing.number
        and not is_reference(one)
        and (
            (one.kind in ("list-item", "heading") and any(map(str.isdigit, one.marker or one.text[:2])))
            or (one.kind == "paragraph" and _NUMBERED.match(one.folded) is not None)
        )
    )


@cache
def _scenario(lang: str) -> re.Pattern[str]:
    noun = {"en": r"scenario", "prs": r"سناریوی?", "ps": r"سناریو", "ar": r"(?:ال)?سيناريو"}[lang]
    ordinal, cardinal = any_of(lang, "ordinal"), any_of(lang, "cardinal")
    return re.compile(
        rf"(?:(?P<before>{ordinal})\s+{noun}(?!\w)|(?<!\w){noun}\s+(?:(?P<after>{ordinal}|{cardinal}|(?-i:[A-E])(?!\w))|(?P<digit>\d)(?!\d)))",
        re.IGNORECASE,
    )
