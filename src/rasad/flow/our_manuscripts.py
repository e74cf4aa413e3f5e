"""Tells a manuscript of ours from any other document, and checks each as what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rasad.flow.checking import Checked, check_file
from rasad.settings import Desk, desk_root

if TYPE_CHECKING:
    from rasad.flow.link_checking import Links

HEAD: Final = 8_192
"""Bytes of a file that are looked at for its front matter."""

MANUSCRIPT: Final = "issue.md"
_FRONT: Final = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<keys>.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_KEYS: Final = ("number", "as_of")


def is_manuscript(path: Path) -> bool:
    """Whether a Markdown file has the front matter of an issue."""
    if path.suffix.lower() not in (".md", ".markdown"):
        return False
    try:
        if not path.is_file():  # a pipe would wait for somebody to write into it
            return False
        with path.open("rb") as file:
            head = file.read(HEAD).decode("utf-8", "replace")
    except (OSError, ValueError):
        return False
    front = _FRONT.match(head)
    keys = {line.partition(":")[0].strip() for line in front["keys"].splitlines()} if front else set()
    return all(key in keys for key in _KEYS)


def check_any(
    path: Path,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    in_desk: bool = True,
    is_issue: bool = False,
    links: Links | None = None,
) -> list[Checked]:
    """Check a file: an issue of a desk with its editions, a manuscript of no desk by itself, any other document.

    Args:
        path: The file.
        select: Rules or families to keep; all where none is named.
        ignore: Rules or families to leave out.
        in_desk: Whether the desk that it lies in counts.
        is_issue: Whether it was named as an issue, by its number; then it is one, however it begins.
        links: What looks at the addresses of a document; None to leave the network alone.

    Raises:
        RasadError: If it can't be read, or a rule is unknown.
    """
    if not is_issue and not is_manuscript(path):
        return [check_file(path, select=select, ignore=ignore, links=links, in_desk=in_desk)]
    from rasad.flow.issue_checking import check_alone, check_issue  # noqa: PLC0415  (measures load slowly)

    number = _number(path) if in_desk else None
    root = desk_root(path)
    if number is None or root is None:
        return check_alone(path, select=select, ignore=ignore)
    return check_issue(Desk(root), number, select=select, ignore=ignore, links=links)


def _number(path: Path) -> int | None:
    """The number of the issue that a desk has at a path; None where it has none there."""
    root = desk_root(path)
    whole = path.resolve()
    if root is None or whole.name != MANUSCRIPT or whole.parent.parent != root / "issues":
        return None
    name = whole.parent.name
    return int(name) if name.isascii() and name.isdigit() else None
