"""The numbers of one issue: each measure taken once, and printed in any language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from rasad.errors import MeasureError
from rasad.issues.assertions import holds
from rasad.issues.measures import PRINTING, Arguments, Record, measure
from rasad.issues.printing import print_measured
from rasad.languages import language
from rasad.languages.dates import write_dual, write_month
from rasad.model.issue import (
    ActorMark,
    Citation,
    DateMark,
    Inline,
    LineBreak,
    MeasureMark,
    Note,
    Text,
    child_inlines,
)
from rasad.model.measured import Measured

_BEFORE_PUNCTUATION = re.compile(r"\s+([.,;:،؛؟])")
"""Where a citation is left out, the blank before it would stand before the full stop."""

NameActor = Callable[[str, str, date], str]
"""``(actor, lang, day) -> str``: the house name of an actor."""


class Numbers:
    """The numbers of one issue: each measure taken once, and printed in any language."""

    def __init__(self, record: Record, calendars: Sequence[str], name_actor: NameActor) -> None:
        self.record = record
        self.calendars = tuple(calendars)
        self._name_actor = name_actor
        self._taken: dict[tuple[tuple[str, str], ...], tuple[str, Measured]] = {}

    def take(self, mark: MeasureMark) -> tuple[str, Measured]:
        """The ledger id and the value of a measure.

        Raises:
            MeasureError: With the mark's place, if it can't be taken, or words hang on it
                that it does not bear out.
        """
        arguments = dict(mark.arguments)
        key = _key(arguments)
        try:
            if key not in self._taken:
                value = measure(self.record, arguments)
                self._taken[key] = (f"m{len(self._taken) + 1}", value)
            measure_id, measured = self._taken[key]
            if mark.children or "is" in arguments:
                _assert(arguments, measured)
        except MeasureError as error:
            raise MeasureError(error.what, at=mark.at, do=error.do) from error
        return measure_id, measured

    def print(self, mark: MeasureMark, lang: str) -> str:
        """What an edition prints for a measure, where no words hang on it."""
        _, measured = self.take(mark)
        try:
            return print_measured(measured, dict(mark.arguments), language(lang), self.calendars)
        except (MeasureError, ValueError) as error:
            do = error.do if isinstance(error, MeasureError) else None
            raise MeasureError(str(getattr(error, "what", error)), at=mark.at, do=do) from error

    def write_date(self, mark: DateMark, lang: str) -> str:
        """What an edition prints for a date."""
        write = write_month if mark.form == "month" else write_dual
        return write(mark.day, language(lang), self.calendars)

    def write_actor(self, mark: ActorMark, lang: str) -> str:
        """What an edition prints for an actor: the name in force on its day, or on that of the data."""
        return self._name_actor(mark.actor, lang, mark.on or self.record.as_of)

    def sentence(self, inlines: tuple[Inline, ...], lang: str) -> str:
        """A run as plain text, numbers and dates written out, citations and notes left out."""
        parts = []
        for inline in inlines:
            if isinstance(inline, Text):
                parts.append(inline.text)
            elif isinstance(inline, LineBreak):
                parts.append(" ")
            elif isinstance(inline, MeasureMark) and not inline.children:
                parts.append(self.print(inline, lang))
            elif isinstance(inline, DateMark):
                parts.append(self.write_date(inline, lang))
            elif isinstance(inline, ActorMark):
                parts.append(self.write_actor(inline, lang))
            elif not isinstance(inline, Citation | Note):
                parts.append(self.sentence(child_inlines(inline), lang))
        return _BEFORE_PUNCTUATION.sub(r"\1", " ".join("".join(parts).split()))


def _key(arguments: Arguments) -> tuple[tuple[str, str], ...]:
    plain = {name: text for name, text in arguments.items() if name not in PRINTING or name == "name"}
    return tuple(sorted(plain.items()))


def _assert(arguments: Arguments, measured: Measured) -> None:
    if "is" not in arguments:
        raise MeasureError(
            f"words hang on the measure '{measured.name}' without saying what they say of it",
            do='Add is=up, is=down, is=unclear or a comparison as in is=">2", or leave the brackets empty.',
        )
    if not holds(arguments["is"], measured):
        band = f" ({measured.low:.2f} to {measured.high:.2f})" if measured.low is not None else ""
        raise MeasureError(
            f"the words say is={arguments['is']}, but '{measured.name}' is {measured.value}{band}",
            do="Rewrite the sentence in every edition.",
        )
