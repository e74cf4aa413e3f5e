"""Manuscripts: an ``issue.md`` and its translations as trees of blocks and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812  (front matter has a field of that name)
from pathlib import Path
from typing import NoReturn

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rasad.errors import Faults, ManuscriptError, Place, RasadError
from rasad.issues.blocks import BlockReader, Translate, without_section
from rasad.issues.comments import without_comments
from rasad.issues.markdown import parse_blocks
from rasad.issues.parts import sign_of
from rasad.languages import LANGUAGES
from rasad.languages.calendars import FIRST, LAST
from rasad.languages.letters import named, unprintable
from rasad.model.dyad import Dyad
from rasad.model.issue import (
    Issue,
    Run,
    Text,
)

ORIGINAL = "en"
"""The language that an issue is written in."""

MAX_BYTES = 4_000_000
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:")


class _Loader(yaml.SafeLoader):
    """Leaves a date a text, so that its field can be named when it is none."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Front(BaseModel):
    """The front matter of an issue; nothing else may stand there."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1, le=1_000_000)
    date: Day
    as_of: Day
    dyad: str = ""
    title: str = Field(min_length=1, max_length=300)
    question: str = Field(default="", max_length=600)
    languages: list[str] = Field(default=list(LANGUAGES), min_length=1)
    authors: list[str] = []

    @field_validator("languages")
    @classmethod
    def _begin_with_the_original(cls, codes: list[str]) -> list[str]:
        for code in codes:
            if code not in LANGUAGES:
                raise ValueError(f"'{code}' is not a language; known: {', '.join(LANGUAGES)}")
        if codes[0] != ORIGINAL or len(set(codes)) != len(codes):
            raise ValueError(f"the list begins with '{ORIGINAL}', the original, and names each once")
        return codes

    @field_validator("date", "as_of")
    @classmethod
    def _can_be_written(cls, day: Day) -> Day:
        if not FIRST <= day <= LAST:
            raise ValueError(f"{day} is outside {FIRST.year} to {LAST.year}")
        return day

    @field_validator("dyad")
    @classmethod
    def _is_dyad(cls, dyad: str) -> str:
        if dyad:
            Dyad.parse(dyad)
        return dyad


@dataclass(frozen=True)
class Unit:
    """One paragraph to translate: its Markdown and the line where it stands."""

    text: str
    line: int
    section: str
    file: str = "issue.md"


class Manuscript:
    """An ``issue.md``, read once and given out in each language."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            ManuscriptError: If it is missing, too large, not UTF-8, or its front matter
                can't be read.
        """
        self.path = path
        self.source = _read(path)
        self._text = without_comments(self.source)
        self._tokens = parse_blocks(self._text)
        self.front = self._front_matter()

    @property
    def text(self) -> str:
        """The file without its comments, which no reader sees and nobody signs."""
        return self._text

    def issue(
        self,
        lang: str,
        translate: Translate | None = None,
        faults: Faults | None = None,
        *,
        finished: bool = True,
    ) -> Issue:
        """The issue in a language; without ``translate`` it is the original.

        With ``faults`` what can't stand is added there, left out, and the rest is read.

        Args:
            lang: The language.
            translate: Gives each paragraph in it.
            faults: Takes in what can't stand.
            finished: Whether every claim must say how sure it is, and every forecast until when.

        Raises:
            ManuscriptError: If a mark or block can't stand.
        """
        reader = BlockReader(self.path, self._tokens, translate, faults, finished=finished)
        front = self.front
        title, at = front.title, Place(self.path, self._front_line("title"))
        if translate is not None:
            try:
                title, at = translate(title, at.line)
            except RasadError as error:
                if faults is None:
                    raise
                faults.add(error)
        question = reader.inlines(front.question, self._front_line("question"))
        blocks = reader.blocks()
        try:
            self._check_notes(reader.cited_notes)
        except ManuscriptError as error:
            if faults is None:
                raise
            faults.add(error)
        return Issue(
            number=front.number,
            date=front.date,
            as_of=front.as_of,
            dyad=front.dyad,
            title=title,
            question=question,
            languages=tuple(front.languages),
            language=lang,
            blocks=blocks,
            runs=(Run(at, (Text(title),)), *reader.runs),
            authors=tuple(front.authors),
        )

    def _check_notes(self, cited: set[str]) -> None:
        for number, line in enumerate(self._text.splitlines(), start=1):
            match = _NOTE.match(line)
            if match is not None and match[1] not in cited:
                what = f"the note [^{match[1]}] is cited nowhere"
                raise ManuscriptError(what, at=Place(self.path, number), do="Cite it, or take it out.")

    def units(self) -> list[Unit]:
        """Every paragraph to translate, in reading order, each text once."""
        found: dict[str, Unit] = {}
        for name in ("title", "question"):
            text = getattr(self.front, name)
            if text:
                found[text] = Unit(text, self._front_line(name), "masthead")
        for unit in self._inline_units():
            found.setdefault(unit.text, unit)
        return list(found.values())

    def _inline_units(self) -> Iterator[Unit]:
        section, line, heading, signs = "", 0, False, False
        for token in self._tokens:
            line = token.map[0] + 1 if token.map else line
            if token.type == "container_div_open":
                signs = ".hypotheses" in token.info.strip("{ }").split()
            elif token.type == "container_div_close":
                signs = False
            if signs and token.type == "inline" and sign_of(token.content):
                continue
            if token.type == "heading_open":
                heading = True
            elif token.type == "inline" and token.content:
                text, found = without_section(token.content) if heading else (token.content, "")
                section = found or section
                heading = False
                yield Unit(text, line, section)

    def _front_matter(self) -> _Front:
        if not self._tokens or self._tokens[0].type != "front_matter":
            raise ManuscriptError(
                "the issue has no front matter",
                at=Place(self.path, 1),
                do="Begin with a block between --- lines: number, date, as_of, title.",
            )
        try:
            given = yaml.load(self._tokens[0].content, _Loader)  # noqa: S506  (a safe loader)
            return _Front.model_validate(given or {})
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark is not None else 1
            problem = getattr(error, "problem", None) or "not YAML"
            self._refuse_front(f"the front matter can't be read ({problem})", line)
        except (ValueError, RecursionError) as error:
            if isinstance(error, ValidationError):
                self._refuse_field(error)
            told = str(error) if isinstance(error, ValueError) else "it is nested too deeply"
            self._refuse_front(f"the front matter can't be read ({told})", 1)

    def _refuse_field(self, error: ValidationError) -> NoReturn:
        first = error.errors()[0]
        name = str(next(iter(first["loc"]), "")) or "front matter"
        message = first["msg"].removeprefix("Value error, ")
        self._refuse_front(f"front matter, '{name}': {message}", self._front_line(name))

    def _refuse_front(self, what: str, line: int) -> NoReturn:
        raise ManuscriptError(what, at=Place(self.path, line))

    def _front_line(self, name: str) -> int:
        for number, line in enumerate(self._text.splitlines(), start=1):
            if line.startswith(f"{name}:"):
                return number
        return 1


def _read(path: Path) -> str:
    if not path.is_file():
        raise ManuscriptError("there is no manuscript here", at=path, do="Write one, or name another issue.")
    if path.stat().st_size > MAX_BYTES:
        raise ManuscriptError(f"the manuscript is over {MAX_BYTES:,} bytes", at=path, do="Split it.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ManuscriptError(f"byte {error.start} is not UTF-8", at=path, do="Save it as UTF-8.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        strange = unprintable(line)
        if strange:
            what = f"{named(strange)} is in no font of the editions"
            raise ManuscriptError(what, at=Place(path, number), do="Write it otherwise.")
    return text
