"""The addresses of a document: where each stands, which can't be followed, and what was seen of the others.

Nothing here uses the network: whoever looked at the addresses brings what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from rasad.check.finding import Finding, Severity
from rasad.check.passage import Passage, Reading
from rasad.model.look import Look, Result
from rasad.sources.hosts import why_private

IDS: Final = dict.fromkeys(("link-dead", "link-moved", "link-unreachable"), "sources")
"""Rules that only a look at the network can tell."""

REFUSED: Final = "link-refused"
PLACEHOLDER_HOSTS: Final = frozenset(
    ("example.com", "yoursite.com", "yourdomain.com", "domain.com", "link.com", "xxx.com", "url.com", "website.com", "mysite.com", "source.com", "test.com")
)  # fmt: skip
_NO_ADDRESS = re.compile(
    r"(?i)(?:todo|tbd|tba|tk|link|url|xxx+|address|href|here|null|undefined|none|insert.*|add.*|javascript:(?:;|//)?|javascript:void.*|about:blank|لینک|نشانی|پیوند|پته|رابط|https?:/{0,2})"
)
_LATER = re.compile(
    r"(?i)#?(?:todo|tbd|tba|tk|fixme|xxx+)(?:[-_:. ].{0,60})?|(?:لینک|نشانی|پیوند|پته|رابط|الرابط|link|url|source)[-_ ](?:بعداً?|پسان|وروسته|لاحقا?ً?|later|to[-_]come|to[-_]follow|here|missing)"
)
"""What says that the address comes later: ``#todo``, ``link-later``."""

_BLANK_HOST = re.compile(
    r"(?i)^(?:www\.)?(?:(?:insert|add|put|your|my)(?:[-_.]|(?:link|url|site|domain|source|address|web|page|company|name|blog)).*|.*(?:[-_.]|^)(?:here|to-come|tbd|tba|todo|tk|xxx+|placeholder|goes-here)(?:[-_.]|$).*|x{2,}\.\w+)$"
)
_BLANK_PATH = re.compile(r"(?i)(?:^|/)(?:x{3,}|todo|tbd|tk|insert[-_]?\w*|placeholder|\.{3}|…)/?$")
_BRACED = re.compile(r"[\[<{][^\]>}]*[\]>}]?")
_BARE = re.compile(
    r"https?://[^\s<>\"'«»“”‘’`|\\^{}\u200b-\u200f\u202a-\u202e\u2066-\u2069،؛]{1,2000}", re.IGNORECASE
)
_TAIL = ".,;:!?؟۔…*_~"
_CLOSING = {")": "(", "]": "["}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,30}):", re.IGNORECASE)
_PAGES = ("http", "https")
_NO_PAGES = ("file", "javascript", "vbscript", "data", "smb", "chrome", "about", "blob", "ms-word")
"""Schemes that no reader of an issue can follow to a source; ``mailto`` and its like are none of our business."""

_DRIVE = re.compile(r"[a-z]:[\\/]|\\\\[\w.-]", re.IGNORECASE)
_SHOWN = 200
_RULES: Final[dict[Result, tuple[str, Severity]]] = {
    "dead": ("link-dead", "error"),
    "refused": (REFUSED, "error"),
    "moved": ("link-moved", "note"),
    "unreachable": ("link-unreachable", "warning"),
}


@dataclass(frozen=True)
class Use:
    """A place of a document at which an address stands."""

    address: str
    passage: Passage
    start: int
    end: int
    is_link: bool


def uses(reading: Reading) -> Iterator[Use]:
    """Every address of a document: of its links, and those that stand bare in its text and notes."""
    for passage in (*reading.passages, *(note for _, note in reading.notes)):
        for link in passage.links:
            address = link.target.strip()
            if address:
                yield Use(address, passage, link.start, link.end, is_link=True)
        for start, end in bare_addresses(passage.text):
            if not any(link.start < end and start < link.end for link in passage.links):
                yield Use(passage.text[start:end], passage, start, end, is_link=False)


def bare_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand in a text, without the marks that end its sentences.

    Example:
        >>> text = "See (https://news.example/a_(b)), or https://news.example/c."
        >>> [text[start:end] for start, end in bare_addresses(text)]
        ['https://news.example/a_(b)', 'https://news.example/c']
    """
    for match in _BARE.finditer(text) if "://" in text else ():
        end = match.end()
        while end > match.start():
            last = text[end - 1]
            written = text[match.start() : end]
            if last in _TAIL or (last in _CLOSING and written.count(last) > written.count(_CLOSING[last])):
                end -= 1
            else:
                break
        if len(text[match.start() : end].partition("//")[2]) > 3:
            yield match.start(), end


def by_address(found: Sequence[Use]) -> dict[str, list[Use]]:
    """The pages that a document leads to, each with its places; without those that can't be followed.

    What only holds the place of an address is left out too: another rule tells it.
    """
    pages: dict[str, list[Use]] = {}
    for use in found:
        if is_page(use.address) and not (use.is_link and is_placeholder(use.address)):
            pages.setdefault(use.address.partition("#")[0], []).append(use)
    return pages


def is_page(address: str) -> bool:
    """Whether an address is one of the web."""
    parts = _parts(address)
    return parts is not None and parts[0] in _PAGES and bool(parts[1])


def is_placeholder(target: str) -> bool:
    """Whether an address only holds the place of one."""
    if target == "#" or _NO_ADDRESS.fullmatch(target) or _LATER.fullmatch(target):
        return True
    if "://" not in target and not target.startswith("www."):
        return False
    try:
        parts = urlsplit(target if "://" in target else f"http://{target}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return True
    # An address of the author's own machine has no host, and is told by another rule.
    return parts.scheme.casefold() not in _NO_PAGES and (
        not host
        or host in PLACEHOLDER_HOSTS
        or _BRACED.search(parts.path if ":" in host else target.split("?", maxsplit=1)[0]) is not None
        or _BLANK_HOST.match(host) is not None
        or _BLANK_PATH.search(parts.path) is not None
    )


def refused(reading: Reading) -> Iterator[Finding]:
    """An address that leads into a private network, to this machine, or to no page: told without asking anybody."""
    told: dict[tuple[str, str], list[Use]] = {}
    for use in uses(reading):
        why = None if use.is_link and is_placeholder(use.address) else why_refused(use.address)
        if why is not None:
            told.setdefault((use.address, why), []).append(use)
    for (address, why), places in told.items():
        yield _finding(REFUSED, "error", places, f"'{_short(address)}' is not followed: {why}")


def why_refused(address: str) -> str | None:
    """Why an address can't be followed by whoever reads it, as far as it alone tells; None if it may be."""
    if _DRIVE.match(address):
        return "it leads to a file of the author's machine"
    parts = _parts(address)
    if parts is None:
        return None
    scheme, host = parts
    if scheme in _NO_PAGES:
        return (
            "it leads to a file of the author's machine"
            if scheme == "file"
            else f"'{scheme}:' is no page of the web"
        )
    private = why_private(host) if scheme in _PAGES and host else None
    return None if private is None else f"it was found in a document and leads to {private}"


def link_findings(
    pages: Mapping[str, Sequence[Use]], looks: Mapping[str, Look], kept: Mapping[str, str]
) -> Iterator[Finding]:
    """What is wrong with addresses that were looked at.

    Args:
        pages: The places of each address.
        looks: What was seen of it.
        kept: Where the text of a page is kept that may no longer be on the web, by address.
    """
    for address, places in pages.items():
        look = looks.get(address)
        if look is None or look.result == "alive":
            continue
        rule, severity = _RULES[look.result]
        message = _message(look)
        if look.result in ("dead", "unreachable") and address in kept:
            message += f"; its text was {kept[address]}"
        yield _finding(rule, severity, places, message)


def _message(look: Look) -> str:
    address, told = _short(look.address), _short(look.told)
    match look.result:
        case "dead":
            return f"'{address}' is dead: {told}"
        case "refused":
            return f"'{address}' is not followed: {told}"
        case "moved":
            return f"'{address}' has moved for good to '{_short(look.moved_to)}'"
        case _:
            return f"'{address}' could not be checked, which does not mean that it is dead: {told}"


def _finding(rule: str, severity: Severity, places: Sequence[Use], message: str) -> Finding:
    first, *others = places
    if others:
        message += f" ({len(places)} places)"
    return Finding(
        rule, severity, first.passage.number, first.start, first.end,
        first.passage.text[first.start : first.end] or _short(first.address), message,
        others=tuple((use.passage.number, use.start, use.end) for use in others),
    )  # fmt: skip


def _parts(address: str) -> tuple[str, str] | None:
    """Scheme and host; None where the address has no scheme, as one within the document."""
    scheme = _SCHEME.match(address)
    if scheme is None:
        return None
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    return scheme[1].lower(), host


def _short(address: str) -> str:
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in address)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
