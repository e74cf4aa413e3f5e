"""What can go wrong for a user, each told in one line: what happened, where, what to do.

The tree::

    RasadError
    ├── DeskError            a folder that is no desk, settings that can't be read
    ├── ActorError           an actor that nobody knows, or that can't be added
    ├── StoreError           no event store, or one that can't be read
    ├── ChronologyError      a row of a chronology that can't be an event
    ├── FetchError           what could not be had from the network
    ├── SourceError          a file that is no event file, or can't be read
    ├── DocumentError        a file that can't be read as a document
    ├── ManuscriptError      a mark, citation or block of an issue that can't stand
    ├── TranslationError     an edition that lacks a paragraph or differs in its marks
    ├── MeasureError         a measure that is unknown, misnamed or has nothing to say
    ├── EvaluationError      labelled data that can't be read
    └── EditionError         an edition that could not be written

``RasadError.all_of`` joins several into one, so that a user sees every fault of a file
at once, a line each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Self

MOST_CHARACTERS = 400
UNSHOWN = "\ufffd"
JOINERS = "\u200c\u200d"
"""Letters of Persian and Pashto are told apart by them; they show nothing and move nothing."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file; ``line`` counts from 1, 0 means the whole file."""

    path: Path
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else str(self.path)


class RasadError(Exception):
    """Base of all errors that are the user's to mend."""

    def __init__(
        self, what: str, *, at: Place | Path | None = None, do: str | None = None, rule: str = ""
    ) -> None:
        """Tell what happened, where and what to do; ``rule`` is its id in ``rasad check``, where it has one."""
        super().__init__(what)
        self.what = what
        self.rule = rule
        self.at = Place(at) if isinstance(at, Path) else at
        self.do = do
        self.others: tuple[RasadError, ...] = ()

    def __str__(self) -> str:
        return "\n".join([self.line(), *(other.line() for other in self.others)])

    def line(self) -> str:
        """This error alone, on one line and of a length to read, without control characters."""
        where = f"{self.at}: " if self.at is not None else ""
        do = f" {_told(self.do)}" if self.do is not None else ""
        return on_one_line(f"{where}{_told(self.what)}.{do}")

    @classmethod
    def all_of(cls, errors: Sequence[RasadError]) -> RasadError:
        """Join several errors into the first, which then prints them all, a line each."""
        first, *rest = errors
        first.others = tuple(rest)
        return first


def _told(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def on_one_line(text: str) -> str:
    """A text as a terminal may show it: on one line, and without signs that move the cursor or turn the line round."""
    line = " ".join(text.split())
    return "".join(letter if letter.isprintable() or letter in JOINERS else UNSHOWN for letter in line)


class DeskError(RasadError):
    """A folder that is no desk, or settings that can't be read."""


class ActorError(RasadError):
    """An actor that nobody knows, or that can't be added."""


class StoreError(RasadError):
    """No event store, or one that can't be read."""


class ChronologyError(RasadError):
    """A row of a chronology that can't be an event."""


class SourceError(RasadError):
    """A file that is no event file, or can't be read."""


class FetchError(RasadError):
    """What could not be had from the network."""


class DocumentError(RasadError):
    """A file that can't be read as a document."""


class ManuscriptError(RasadError):
    """A mark, citation or block of an issue that can't stand."""


class TranslationError(RasadError):
    """An edition that lacks a paragraph or differs in its marks."""


class MeasureError(RasadError):
    """A measure that is unknown, misnamed or has nothing to say."""


class EvaluationError(RasadError):
    """Labelled data that can't be read."""


class EditionError(RasadError):
    """An edition that could not be written."""


class Faults:
    """Collects errors while reading a file, so that all of them are told at once."""

    def __init__(self) -> None:
        self._errors: list[RasadError] = []

    def add(self, error: RasadError) -> None:
        self._errors.append(error)

    def extend(self, errors: Iterable[RasadError]) -> None:
        self._errors.extend(errors)

    @property
    def told(self) -> tuple[RasadError, ...]:
        """What was collected so far."""
        return tuple(self._errors)

    def stop(self) -> Self:
        """Raise what was collected, if anything was."""
        if self._errors:
            raise RasadError.all_of(self._errors)
        return self


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean 'x'?`` for the nearest known word, else the list of known words."""
    names = sorted(known)
    near = get_close_matches(word, names, n=1)
    if near:
        return f"Did you mean '{near[0]}'?"
    shown = ", ".join(names[:12])
    return f"Known: {shown}{', …' if len(names) > 12 else ''}."
