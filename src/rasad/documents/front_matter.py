"""What stands between ``---`` and ``---`` at the top of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from rasad.documents.building import Lines
from rasad.documents.document import Place, Problem, Property

LONGEST = 65_536
"""Characters of front matter that are read; more is no front matter."""

_OPEN = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """The properties of a document, and the offset where its text begins."""

    end: int = 0
    properties: tuple[Property, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_front_matter(source: str, lines: Lines) -> FrontMatter:
    """Read the front matter; what can't be read is a problem, and the text below it is read all the same."""
    opened = _OPEN.match(source)
    if opened is None:
        return FrontMatter()
    closed = _CLOSE.search(source, opened.end(), opened.end() + LONGEST)
    if closed is None:
        return _unclosed(source, opened.end())
    text = source[opened.end() : closed.start()]
    try:
        node = yaml.compose(text.replace("\r\n", " \n").replace("\r", "\n"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = _line(error, lines.place(opened.end()).line)
        message = f"the front matter is no YAML ({_reason(error)}), so nothing of it was read"
        return FrontMatter(closed.end(), (), (Problem("front-matter", message, Place(line)),))
    return FrontMatter(closed.end(), tuple(_properties(node)))


def _unclosed(source: str, start: int) -> FrontMatter:
    """Front matter without an end; a file may as well begin with a rule, which ``---`` draws."""
    first = source[start : start + 200].lstrip(" \t")
    if re.match(r"[A-Za-z_][\w-]*:\s", first) is None:
        return FrontMatter()
    blank = re.compile(r"^[ \t]*\r?$", re.MULTILINE).search(source, start)
    message = "the front matter has no closing ---, so its lines up to the first empty one were left out"
    end = blank.start() if blank is not None else len(source)
    return FrontMatter(end, (), (Problem("front-matter", message, Place(1)),))


def _properties(node: yaml.Node | None) -> Iterator[Property]:
    """The values as they are written; what is nested deeper than a list is not for a reader."""
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        for scalar in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            if isinstance(key, yaml.ScalarNode) and isinstance(scalar, yaml.ScalarNode):
                mark = scalar.start_mark
                yield Property(str(key.value), str(scalar.value), Place(mark.line + 2, mark.column + 1))


def _reason(error: Exception) -> str:
    problem = getattr(error, "problem", None)
    return str(problem) if problem is not None else str(error).partition("\n")[0]


def _line(error: Exception, first: int) -> int:
    mark = getattr(error, "problem_mark", None)
    return first + (mark.line if mark is not None else 0)
