"""Rule: a heading is at most one level below the one before it, so that a page has an outline."""

from __future__ import annotations

from collections.abc import Iterator

from rasad.errors import ManuscriptError
from rasad.model.issue import Heading, Issue, walk_blocks


def check_headings(issue: Issue) -> Iterator[ManuscriptError]:
    """Every heading that skips a level."""
    level = 0
    for block in walk_blocks(issue.blocks):
        if isinstance(block, Heading):
            if block.level > level + 1:
                yield ManuscriptError(
                    f"a heading of level {block.level} follows one of level {level}",
                    at=block.at,
                    do=f"Write it with {'#' * (level + 1)}.",
                )
            level = block.level
