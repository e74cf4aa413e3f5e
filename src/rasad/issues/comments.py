"""Comments in a manuscript: what an author notes for herself, and which findings may stand and why."""

from __future__ import annotations

OPENS, CLOSES = "<!--", "-->"


def without_comments(text: str) -> str:
    r"""A manuscript without its comments; every line keeps its number.

    A comment takes the blanks before it along, so that one at the end of a line leaves nothing. One that is
    never closed stays as text.

    Example:
        >>> without_comments("They met. <!-- on Monday -->\nThey left.")
        'They met.\nThey left.'
    """
    parts, at = [], 0
    while (begin := text.find(OPENS, at)) >= 0 and (end := text.find(CLOSES, begin)) >= 0:
        parts += [text[at:begin].rstrip(" \t"), "\n" * text.count("\n", begin, end)]
        at = end + len(CLOSES)
    return "".join([*parts, text[at:]])
