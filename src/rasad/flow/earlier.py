"""The earlier issues of a desk, read again from their manuscripts for what they said.

The manuscripts stay with the desk; what was built from them may have been thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rasad.errors import ManuscriptError, RasadError
from rasad.issues.blocks import Translate
from rasad.issues.changes import (
    Changes,
    Earlier,
    check_changes,
    claims_of,
    compare,
    numbers_named,
    stand_of,
)
from rasad.issues.manuscript import ORIGINAL, Manuscript
from rasad.issues.measures import Record
from rasad.issues.numbers import Numbers
from rasad.model.event import Event
from rasad.model.issue import Analysis, ClaimMark, Issue, walk_blocks
from rasad.settings import Desk
from rasad.translation.catalogue import Catalogue

BLOCK = b".changes"
_NUMBER = re.compile(rb"since=\"?(\d{1,7})|(\d{1,7})#")


def read_changes(
    desk: Desk, issue: Issue, events: Sequence[Event]
) -> tuple[Changes | None, list[ManuscriptError]]:
    """What the issue's block ``.changes`` tells, None where it has none, and what is wrong with it.

    Raises:
        RasadError: If an earlier manuscript that is needed can't be read.
    """
    blocks = [b for b in walk_blocks(issue.blocks) if isinstance(b, Analysis) and b.kind == "changes"]
    if not blocks:
        return None, []
    block = blocks[0]
    faults = [
        ManuscriptError("a second block .changes", at=other.at, do="An issue has one.")
        for other in blocks[1:]
    ]
    before = _before(desk, issue.number)
    since = _since(issue, block, before, faults)
    wanted = numbers_named(issue, block) | ({since} if since is not None else set())
    earlier = {number: _read(desk, number, events) for number in sorted(wanted & set(before))}
    changes = compare(issue, block, since, earlier)
    faults.extend(check_changes(issue, block, changes, earlier))
    return changes, faults


def _since(issue: Issue, block: Analysis, before: Sequence[int], faults: list[ManuscriptError]) -> int | None:
    text = dict(block.attributes).get("since", "")
    if not text:
        return max(before, default=None)
    if text.isascii() and text.isdigit() and int(text) in before:
        return int(text)
    told = ", ".join(str(number) for number in before[-5:]) or "none"
    what = f"since={text[:20]} is no issue before {issue.number}"
    faults.append(ManuscriptError(what, at=block.at, do=f"Earlier ones on this desk: {told}."))
    return None


def earlier_files(desk: Desk, number: int) -> list[Path]:
    """The manuscripts and catalogues of earlier issues that an issue is built from."""
    path = desk.issue(number) / "issue.md"
    content = path.read_bytes() if path.is_file() else b""
    if BLOCK not in content:
        return []
    named = {int(one or other) for one, other in _NUMBER.findall(content)}
    before = _before(desk, number)
    wanted = sorted({n for n in before if n in named} | set(before[-1:]))
    return [path for n in wanted for path in _files(desk, n)]


def _before(desk: Desk, number: int) -> list[int]:
    return [n for n in desk.issues() if n < number and (desk.issue(n) / "issue.md").is_file()]


def _files(desk: Desk, number: int) -> Iterator[Path]:
    yield desk.issue(number) / "issue.md"
    yield from (desk.catalogue(number, lang) for lang in desk.settings.languages if lang != ORIGINAL)


def _read(desk: Desk, number: int, events: Sequence[Event]) -> Earlier:
    manuscript = Manuscript(desk.issue(number) / "issue.md")
    original = manuscript.issue(ORIGINAL)
    record = Record.of(events, original.as_of, original.dyad, desk.actors)
    numbers = Numbers(record, desk.settings.calendars, desk.actors.acting_name)
    claims = {ORIGINAL: claims_of(original)}
    for lang in original.languages:
        if lang != ORIGINAL:
            translate = Catalogue(desk.catalogue(number, lang), lang).translate
            claims[lang] = _translated(manuscript, lang, translate)
    stands = {
        name: stand_of(number, claim, _sentences(name, claims, numbers))
        for name, claim in claims[ORIGINAL].items()
    }
    return Earlier(number, original.date, stands)


def _translated(manuscript: Manuscript, lang: str, translate: Translate) -> dict[str, ClaimMark]:
    """The claims of an earlier edition; none where its translation is no longer whole."""
    try:
        return claims_of(manuscript.issue(lang, translate))
    except RasadError:
        return {}


def _sentences(name: str, claims: Mapping[str, Mapping[str, ClaimMark]], numbers: Numbers) -> dict[str, str]:
    """A claim in each language; left out where a number in it can't be taken from today's record."""
    found = {}
    for lang, marks in claims.items():
        if name in marks:
            try:
                found[lang] = numbers.sentence(marks[name].children, lang)
            except RasadError:
                continue
    return found
