"""Texts that record what was said, or are about one other text: minutes, interviews, reviews of books."""

from __future__ import annotations

from typing import Final

from rasad.check.passage import Reading
from rasad.check.word_lists import pattern

HEAD: Final = 6
LONGEST: Final = 200
"""Passages at the head of a text, and characters of one, that may say so."""


def is_record(reading: Reading) -> bool:
    """Whether the head of a text says that it is a record of what was said, or about one other text.

    Such a text is the source of what it says: of words at its meeting, or of those of the book that it is about.
    """
    heads = [one for one in reading.passages[:HEAD] if len(one.text) < LONGEST]
    return any(pattern(one.lang, "record").search(one.text) for one in heads)
