"""Ignores in the text: a comment that says which finding may stand, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from rasad.check.desk_rules import IDS as DESK_IDS
from rasad.check.editions import IDS as EDITION_IDS
from rasad.check.finding import Finding
from rasad.check.issue_rules import IDS as ISSUE_IDS
from rasad.check.links import IDS as LINK_IDS
from rasad.check.quotes import IDS as QUOTE_IDS
from rasad.check.rules import rule_ids
from rasad.documents import Block, Note, Piece
from rasad.errors import did_you_mean

OUTSIDE: Final = {**LINK_IDS, **QUOTE_IDS}
"""Rules that need more than the document: the network, or the pages that its desk keeps."""

IDS: Final = {"ignore-without-reason": "ignores", "ignore-unused": "ignores"}
FORM: Final = "<!-- rasad: ignore RULE because REASON -->"

_COMMENT = re.compile(
    r"<!--\s{0,9}rasad:\s{0,9}ignore\b(?P<rest>(?:(?!-->|<!--).){0,1000})-->", re.DOTALL | re.IGNORECASE
)
_BECAUSE = re.compile(r"(?:^|\s)because\b", re.IGNORECASE)


@dataclass(frozen=True)
class Ignore:
    """A comment that ignores: where it stands in the source, the rules or families it names, and why."""

    offset: int
    written: str
    names: tuple[str, ...]
    reason: str


def known_rules() -> dict[str, str]:
    """Every rule id with its family, those on ignores among them."""
    return {**rule_ids(), **OUTSIDE, **EDITION_IDS, **DESK_IDS, **ISSUE_IDS, **IDS}


def without_ignored(
    findings: Sequence[Finding], source: str, holders: Sequence[Block | Note]
) -> tuple[list[Finding], list[tuple[Ignore, Finding]]]:
    """The findings that no comment ignores, and what is wrong with the comments.

    A comment speaks of the block that it stands in or behind, on one line; else of the next one. What is said of a
    comment is shown at its block.

    Args:
        findings: All that the rules found, whether or not it is to be told.
        source: The Markdown or HTML.
        holders: Its blocks and notes, by the numbers that findings have.
    """
    targets = [(one, _target(one, source, holders)) for one in find_ignores(source, holders)]
    ignored: set[Finding] = set()
    faults = []
    for one, block in targets:
        used = set()
        for name in one.names:
            hits = [found for found in findings if found.block == block and _speaks_of(name, found)]
            ignored.update(hits)
            used |= {name} if hits else set()
        faults += [(one, fault) for fault in _faults(one, block, used, findings)]
    return [found for found in findings if found not in ignored], faults


def find_ignores(source: str, holders: Sequence[Block | Note]) -> list[Ignore]:
    """The comments of a source; one that is shown as text, as in an example of code, is none."""
    if "rasad:" not in source.lower():
        return []
    shown = [piece for holder in holders for piece in _pieces(holder) if piece.is_verbatim]
    found = []
    for match in _COMMENT.finditer(source):
        if any(one.offset <= match.start() < one.offset + one.width for one in shown):
            continue
        names, *reason = _BECAUSE.split(match["rest"], maxsplit=1)
        named = tuple(dict.fromkeys(re.findall(r"[^\s,;،]+", names)))
        found.append(Ignore(match.start(), match[0], named, " ".join(reason).strip(" \t\r\n.:-")))
    return found


def _target(one: Ignore, source: str, holders: Sequence[Block | Note]) -> int | None:
    """The number of the block that a comment speaks of; None where no text follows it."""
    spans = [
        (pieces[0].offset, pieces[-1].offset + pieces[-1].width, number)
        for number, holder in enumerate(holders)
        if (pieces := _pieces(holder))
    ]
    inside = [number for begin, end, number in spans if begin <= one.offset < end]
    if inside:
        return inside[-1]
    after = one.offset + len(one.written)
    line_start = max(source.rfind("\n", 0, one.offset), source.rfind("\r", 0, one.offset)) + 1
    ends = [at for at in (source.find("\n", after), source.find("\r", after)) if at >= 0]
    line_end = min(ends, default=len(source))
    before = max(((end, number) for _, end, number in spans if line_start < end <= one.offset), default=None)
    following = min(((begin, number) for begin, _, number in spans if begin >= after), default=None)
    if before is not None and (following is None or following[0] >= line_end):
        return before[1]
    return following[1] if following is not None else None


def _faults(one: Ignore, block: int | None, used: set[str], findings: Sequence[Finding]) -> Iterator[Finding]:
    at = block if block is not None else 0
    # What the document alone does not tell may be so on another day.
    unused = [name for name in one.names if name not in used and name not in OUTSIDE]
    if not one.names:
        yield _fault("ignore-unused", at, one, f"this names no rule; write {FORM}")
    elif unused:
        yield _fault("ignore-unused", at, one, "; ".join(_why_unused(n, block, findings) for n in unused))
    if used and not one.reason:
        yield _fault("ignore-without-reason", at, one, f"this gives no reason; write {FORM}")


def _why_unused(name: str, block: int | None, findings: Sequence[Finding]) -> str:
    known = known_rules()
    if name not in known and name not in known.values():
        return f"'{name}' is not a rule. {did_you_mean(name, {*known, *known.values()})}".rstrip(".")
    if any(
        _speaks_of(name, found) and any(number == block for number, _, _ in found.others)
        for found in findings
    ):
        return f"'{name}' counts this place with an earlier one; put the comment before the first of them"
    where = "in the text that it stands before or on" if block is not None else "after it, where no text is"
    return f"there is no '{name}' {where}; delete it"


def _fault(rule: str, block: int, one: Ignore, message: str) -> Finding:
    return Finding(rule, "warning", block, 0, 0, one.written, message)


def _speaks_of(name: str, found: Finding) -> bool:
    return name in (found.rule, _families().get(found.rule))


@cache
def _families() -> dict[str, str]:
    return {**rule_ids(), **OUTSIDE, **DESK_IDS}


def _pieces(holder: Block | Note) -> tuple[Piece, ...]:
    return holder.pieces if isinstance(holder, Block) else ()
