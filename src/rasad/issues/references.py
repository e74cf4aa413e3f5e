"""The desk's references: a CSL-JSON file, as Zotero exports it, with our grades under ``custom``."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rasad.errors import ManuscriptError
from rasad.languages.letters import named, unprintable
from rasad.model.reference import Reference
from rasad.model.site import site_of

MAX_BYTES = 50_000_000
EARLIEST = 1000
CREDIBILITIES = ("1", "2", "3", "4", "5", "6")
_KEY = re.compile(r"[\w][\w.:-]*")


class References:
    """References by key and by address."""

    def __init__(self, references: list[Reference]) -> None:
        self._by_key = {reference.key: reference for reference in references}
        self._by_url = {reference.url: reference for reference in references if reference.url}

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Reference:
        return self._by_key[key]

    def keys(self) -> list[str]:
        return list(self._by_key)

    def find(self, key: str) -> Reference:
        """The reference of a key, or of the address that stands for one that is not recorded."""
        return self._by_key.get(key) or _unrecorded(key)

    def of_url(self, url: str) -> Reference | None:
        """The reference to an address; one that is not recorded stands with its domain alone."""
        if not url:
            return None
        return self._by_url.get(url) or _unrecorded(url)


def read_references(path: Path) -> References:
    """Read ``references.json``; a desk without one has no references.

    Raises:
        ManuscriptError: If it is not CSL-JSON, or a key stands twice.
    """
    if not path.is_file():
        return References([])
    if path.stat().st_size > MAX_BYTES:
        raise ManuscriptError(f"the references are over {MAX_BYTES:,} bytes", at=path)
    do = "It is a list of CSL-JSON entries, as Zotero exports them."
    try:
        entries = json.loads(path.read_text("utf-8-sig"))
        references = [_reference(entry) for entry in entries]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ManuscriptError(f"the references can't be read ({error})", at=path, do=do) from error
    keys = [reference.key for reference in references]
    for key in keys:
        if _KEY.fullmatch(key) is None:
            raise ManuscriptError(
                f"'{key}' is not a reference key", at=path, do="Use letters, digits, hyphens."
            )
    if len(set(keys)) != len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ManuscriptError(f"the reference '{twice}' stands twice", at=path, do="Give each its own id.")
    return References(references)


def _reference(entry: dict[str, Any]) -> Reference:
    url = _text(entry, "URL")
    if urlsplit(url).scheme not in ("http", "https"):
        url = ""
    custom = entry.get("custom") or {}
    return Reference(
        key=str(entry["id"]),
        url=url,
        title=_text(entry, "title"),
        outlet=_text(entry, "container-title"),
        authors=tuple(_author(author) for author in entry.get("author") or []),
        issued=_issued(entry),
        language=_text(entry, "language"),
        domain=_text(custom, "domain") or site_of(url),
        reliability=_text(custom, "reliability"),
        credibility=_credibility(entry, custom),
        supporting=_text(custom, "supporting"),
        country=_text(custom, "country"),
        side=_text(custom, "side"),
    )


def _credibility(entry: dict[str, Any], custom: dict[str, Any]) -> str:
    """The digit of what a page says, empty where nobody gave one.

    Raises:
        ValueError: If it is none of the six.
    """
    text = _text(custom, "credibility")
    if text and text not in CREDIBILITIES:
        raise ValueError(f"the credibility of '{entry.get('id', '')}' is '{text}', not a digit from 1 to 6")
    return text


def _text(entry: dict[str, Any], name: str) -> str:
    """A text of an entry, empty where it is not recorded.

    Raises:
        ValueError: If no font of the editions holds a letter of it.
    """
    text = str(entry.get(name) or "")
    strange = unprintable(text)
    if strange:
        raise ValueError(f"'{name}' of '{entry.get('id', '')}' holds {named(strange)}, which no font has")
    return text


def _issued(entry: dict[str, Any]) -> tuple[int, ...]:
    """Year, month and day as far as they are recorded.

    Raises:
        ValueError: If there is no such day.
    """
    issued = entry.get("issued") or {}
    if "date-parts" not in issued:
        return ()
    parts = tuple(int(part) for part in issued["date-parts"][0])[:3]
    date(*(*parts, 1, 1)[:3])
    if parts[0] < EARLIEST:
        raise ValueError(f"the year {parts[0]} of '{entry.get('id', '')}' is before {EARLIEST}")
    return parts


def _author(author: dict[str, str]) -> str:
    parts = (_text(author, "given"), _text(author, "family"))
    return _text(author, "literal") or " ".join(part for part in parts if part)


def _unrecorded(url: str) -> Reference:
    return Reference(url, url, "", "", (), (), "", site_of(url), "")
