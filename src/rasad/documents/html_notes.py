"""Which links of a page are note marks, which lead back from a note, and which ids are notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rasad.documents.html_tokens import Tag, Text

_MARK = re.compile(r"footnote-?ref|noteref|msofootnotereference|msoendnotereference", re.IGNORECASE)
_MARK_ID = re.compile(r"_?(?:fn|ftn|edn|cite_)-?ref", re.IGNORECASE)
NUMBER = re.compile(r"\s*[\[(]?\s*(?:[0-9۰-۹٠-٩]{1,3}|[*†‡])\s*[\])]?\s*")


@dataclass(frozen=True)
class NoteLinks:
    """Indexes of tags in the tokens of a page, and the ids of the elements that are notes."""

    marks: dict[int, str]
    back: frozenset[int]
    ids: frozenset[str]


def find_note_links(page: Sequence[Tag | Text]) -> NoteLinks:
    """Tell marks from the links that lead back: of two that point to each other the first is the mark."""
    marks: dict[int, str] = {}
    places: set[str] = set()
    back: set[int] = set()
    raised: list[Tag] = []
    for index, token in enumerate(page):
        if isinstance(token, Text):
            continue
        if token.name == "sup":
            raised = [] if token.is_end else [token]
        target = token.attributes.get("href", "")
        if token.name != "a" or not target.startswith("#") or len(target) < 2:
            continue
        if target[1:] in places:
            back.add(index)
        elif raised or _is_mark(token, page, index):
            marks[index] = target[1:]
            places |= {name for tag in (token, *raised) for name in _names(tag)}
    return NoteLinks(marks, frozenset(back), frozenset(marks.values()))


def _is_mark(tag: Tag, page: Sequence[Tag | Text], index: int) -> bool:
    told = " ".join(tag.attributes.get(name, "") for name in ("class", "role", "epub:type"))
    if _MARK.search(told) is not None or any(_MARK_ID.match(name) for name in _names(tag)):
        return True
    inside = next((token for token in page[index + 1 : index + 4] if isinstance(token, Tag)), None)
    return inside is not None and not inside.is_end and inside.name == "sup"


def _names(tag: Tag) -> list[str]:
    return [tag.attributes[name] for name in ("id", "name") if tag.attributes.get(name)]
