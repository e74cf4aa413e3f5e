"""The desk's own chronology: events coded by hand in a CSV file.

The file is the desk's own, so a row that can't be an event is the user's to mend: reading
stops with a line for every fault, and nothing of the file is taken.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from rasad.actors.actors import ActorTable
from rasad.errors import ChronologyError, Faults, Place, did_you_mean
from rasad.languages.calendars import from_solar, read_day
from rasad.languages.letters import named, unprintable
from rasad.model.codebook import Code, codebook
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.format import NEWLINE, UNIT, Format
from rasad.model.ids import make_id
from rasad.model.piece import Piece
from rasad.model.rung import Rung

DATASET = "chronology"
MAX_BYTES = 50_000_000
MAX_CELL = 20_000
REQUIRED = ("id", "date", "source_actor", "target_actor", "event", "cameo")
OPTIONAL = (
    "date_sh", "date_precision", "place_country", "bears_on", "plover_context", "domain", "rung",
    "source_grade", "ground", "source_url", "source_date", "note",
)  # fmt: skip
ALIKE = 0.85
"""Likeness at which an unknown column is taken for a slip of the pen; other columns are left alone."""
PRECISIONS = ("day", "month")

_CELLS = {
    "key": "dataset_event_id", "occurred_on": "occurred_on", "date_precision": "date_precision",
    "published_on": "published_on", "source_code": "source_actor", "target_code": "target_actor",
    "place_code": "place_country", "bears_on": "bears_on", "text": "text", "cameo": "cameo", "context": "context",
    "domain": "domain", "rung": "rung", "source_grade": "source_grade", "ground": "ground",
    "source_url": "source_url", "note": "note",
}  # fmt: skip
"""Columns on the way into the store, and the fields of an event that they hold."""

FORMAT = Format(
    "chronology",
    DATASET,
    "the desk's own chronology",
    "SELECT no, row, " + ", ".join(f"c[{place}] AS {name}" for place, name in enumerate(_CELLS, start=1))
    + ", 0 AS flags FROM cells",
    actor="{side}_code",
    coding="id",
    licence="the desk's own",
    whole=True,
)  # fmt: skip

_ID = re.compile(r"[A-Za-z][\w.-]{0,39}", re.ASCII)
_GRADE = re.compile(r"[A-F][1-6]")
_PARTIAL = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_SOLAR = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def reader_digest() -> str:
    """Names this way of reading: the code book and the rules that turn a row into an event."""
    parts = [
        files("rasad.model") / name for name in ("codebook/cameo.csv", "codebook.py", "rung.py", "dyad.py")
    ]
    parts += [files("rasad.sources") / "chronology.py", files("rasad.actors") / "actors.py"]
    return sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]


def read_chronology(content: bytes, path: Path, actors: ActorTable, snapshot_id: str) -> list[Event]:
    """Read every row of a chronology.

    Args:
        content: The bytes of the file.
        path: Where they are from, for messages.
        actors: The actors a row may name.
        snapshot_id: The snapshot the rows belong to.

    Raises:
        ChronologyError: If the file or any row can't be read; all faulty rows are told.
    """
    header, rows = _rows(content, path)
    faults = Faults()
    events: dict[str, Event] = {}
    for number, line, cells in rows:
        reader = _Row(dict(zip(header, cells, strict=False)), Place(path, line), actors)
        try:
            if len(cells) != len(header):
                reader.refuse(f"the row has {len(cells)} cells, the header {len(header)}")
            event = reader.event(snapshot_id, number)
            if event.dataset_event_id in events:
                reader.refuse(f"the id '{event.dataset_event_id}' stands twice", "Give every row its own.")
            events[event.dataset_event_id] = event
        except ChronologyError as error:
            faults.add(error)
    faults.stop()
    return list(events.values())


def as_pieces(events: Iterable[Event], folder: Path) -> Iterator[Piece]:
    """The events of a chronology as rows for the store, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "chronology.txt"
    path.write_bytes("".join(f"{_line(event)}\n" for event in events).encode())
    yield Piece(path, passing=True)


def _line(event: Event) -> str:
    cells = (getattr(event, field) for field in _CELLS.values())
    told = (
        " ".join(map(str, cell)) if isinstance(cell, tuple) else "" if cell is None else str(cell)
        for cell in cells
    )
    return UNIT.join(
        " ".join(cell.split(UNIT)).replace("\r\n", "\n").replace("\r", "\n").replace("\n", NEWLINE)
        for cell in told
    )


def missing(root: Path) -> ChronologyError:
    """The error of a desk without a chronology."""
    return ChronologyError("there is no chronology.csv", at=root, do="Write one; see docs/desk.md.")


def _rows(content: bytes, path: Path) -> tuple[list[str], Iterator[tuple[int, int, list[str]]]]:
    if len(content) > MAX_BYTES:
        raise ChronologyError(f"the chronology is over {MAX_BYTES:,} bytes", at=path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ChronologyError("not UTF-8", at=Place(path, line), do="Save it as UTF-8.") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ChronologyError("a NUL byte", at=Place(path, line), do="Is it really a CSV file?")
    numbered = _numbered(text, path)
    _, _, header = next(numbered, (0, 1, []))
    header = [name.strip() for name in header]
    for name in REQUIRED:
        if name not in header:
            needed = ", ".join(REQUIRED)
            raise ChronologyError(
                f"the chronology has no column '{name}'", at=Place(path, 1), do=f"It needs {needed}."
            )
    for name in header:
        known = (*REQUIRED, *OPTIONAL)
        meant = [] if name in known else get_close_matches(name, known, 1, ALIKE)
        if meant:
            do = f"Did you mean '{meant[0]}'?"
            raise ChronologyError(f"'{name}' is not a column that is read", at=Place(path, 1), do=do)
    if len(set(header)) != len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise ChronologyError(f"the column '{twice}' stands twice", at=Place(path, 1))
    return header, numbered


def _numbered(text: str, path: Path) -> Iterator[tuple[int, int, list[str]]]:
    """Row number, first line in the file, cells; blank lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number, line = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            do = "A quote that was opened in this row is not closed, or not followed by a comma."
            raise ChronologyError(f"not CSV ({error})", at=Place(path, line), do=do) from error
        if cells:
            yield number, line, cells
            number += 1
        line = reader.line_num + 1


class _Row:
    """One row on its way to an event; each field is checked where it is read."""

    def __init__(self, cells: dict[str, str], at: Place, actors: ActorTable) -> None:
        self._cells = cells
        self._at = at
        self._actors = actors

    def event(self, snapshot_id: str, number: int) -> Event:
        event_key = self._id()
        occurred_on, precision = self._date()
        code = self._code()
        source, target = (self._actor(name, occurred_on) for name in ("source_actor", "target_actor"))
        return Event(
            event_id=make_id("ev", DATASET, event_key),
            dataset=DATASET,
            dataset_event_id=event_key,
            snapshot_id=snapshot_id,
            row=number,
            occurred_on=occurred_on,
            date_precision=precision,
            published_on=self._source_date(),
            source_actor=source,
            target_actor=target,
            place_country=self._place(),
            bears_on=self._bears_on(source, target, occurred_on),
            text=self._text(),
            cameo=code.code,
            plover_type=code.plover_type,
            plover_mode=code.plover_mode,
            context=self._get("plover_context") or code.context,
            domain=self._get("domain") or code.domain,
            rung=self._rung(code),
            quad_class=code.quad_class,
            channel=code.channel,
            goldstein=code.goldstein,
            source_grade=self._grade(),
            ground=self._get("ground"),
            source_url=self._url(),
            note=self._get("note"),
        )

    def refuse(self, what: str, do: str | None = None) -> NoReturn:
        raise ChronologyError(what, at=self._at, do=do)

    def _get(self, name: str) -> str:
        value = self._cells.get(name, "").strip()
        if len(value) > MAX_CELL:
            self.refuse(f"'{name}' is over {MAX_CELL:,} characters")
        return value

    def _id(self) -> str:
        key = self._get("id")
        if _ID.fullmatch(key) is None:
            self.refuse(f"'{key}' is not an id", "Begin with a letter; use letters, digits, '-', '.', '_'.")
        return key

    def _text(self) -> str:
        text = self._get("event")
        if not text:
            self.refuse("'event' is empty", "Say in one sentence who did what.")
        strange = unprintable(text)
        if strange:
            self.refuse(
                f"'event' holds {named(strange)}, which no font of the editions has", "Write it otherwise."
            )
        return text

    def _date(self) -> tuple[date, str]:
        text, precision = self._get("date"), self._get("date_precision") or "day"
        if precision not in PRECISIONS:
            self.refuse(f"'{precision}' is not a date_precision", f"Known: {', '.join(PRECISIONS)}.")
        whole = f"{text}-01" if precision == "month" and len(text) == len("2026-05") else text
        try:
            day = read_day(whole)
        except ValueError:
            self.refuse(
                f"'{text}' is not a date", "Write year-month-day within 1800 to 2200, as in 2026-05-27."
            )
        self._check_solar(day)
        return day, precision

    def _check_solar(self, day: date) -> None:
        text = self._get("date_sh")
        if not text:
            return
        match = _SOLAR.fullmatch(text)
        try:
            same = match is not None and from_solar(*map(int, match.groups()))
        except ValueError:
            same = False
        if same is False:
            self.refuse(f"'{text}' is not a Solar Hijri date", "Write it as 1405-03-06, or leave it empty.")
        if same != day:
            self.refuse(
                f"date {day} and date_sh {text} are different days ({text} is {same})", "Correct one."
            )

    def _source_date(self) -> str:
        text = self._get("source_date")
        whole = "-".join((*text.split("-"), "01", "01")[:3])
        if text and (_PARTIAL.fullmatch(text) is None or not _is_day(whole)):
            what = f"'{text}' is not a source_date"
            self.refuse(what, "Write 2026-05-27, 2026-05 or 2026, or leave it empty.")
        return text

    def _code(self) -> Code:
        text = self._get("cameo")
        if len(text) == len("01") and text in codebook():
            meant = f"If a spreadsheet dropped a zero, write 0{text}; else write all digits of the code, as {text}0."
            self.refuse(f"'{text}' is a root of CAMEO, not a code", meant)
        code = codebook().get(text)
        if code is None:
            do = f"{did_you_mean(text, (known for known in codebook() if len(known) > len('01')))} Codes are text: 010 is not 10."
            self.refuse(f"'{text}' is not a CAMEO code", do)
        return code

    def _actor(self, name: str, day: date) -> str:
        actor = self._get(name)
        if not actor:
            self.refuse(f"'{name}' is empty", "Name the actor, or write UNK if it is unidentified.")
        if actor not in self._actors:
            do = f"{self._actors.suggest(actor)} A new one goes into actors.toml."
            self.refuse(f"'{actor}' is not a known actor", do)
        return self._actors.counts_as(actor, day)

    def _place(self) -> str:
        place = self._get("place_country")
        if place and not self._actors.is_state(place):
            self.refuse(
                f"'{place}' is not a country", "Use the three letters of ISO 3166, or leave it empty."
            )
        return place

    def _bears_on(self, source: str, target: str, day: date) -> tuple[Dyad, ...]:
        try:
            dyads = tuple(self._counted(Dyad.parse(text), day) for text in self._get("bears_on").split())
        except ValueError as error:
            self.refuse(f"bears_on: {error}")
        for dyad in dyads:
            for actor in (dyad.first, dyad.second):
                if actor not in self._actors:
                    self.refuse(f"bears_on: '{actor}' is not a known actor", self._actors.suggest(actor))
            if source != target and dyad == Dyad.of(source, target):
                self.refuse(
                    f"bears_on names {dyad}, whose act this is", "Leave it out: the event counts there."
                )
        return dyads

    def _counted(self, dyad: Dyad, day: date) -> Dyad:
        """The dyad whose acts these count as on the day; an actor unknown is told later."""
        actors = [
            a if a not in self._actors else self._actors.counts_as(a, day) for a in (dyad.first, dyad.second)
        ]
        return Dyad.of(*actors)

    def _rung(self, code: Code) -> Rung | None:
        text = self._get("rung") or code.rung
        try:
            return Rung.parse(text) if text else None
        except ValueError as error:
            self.refuse(str(error))

    def _grade(self) -> str:
        grade = self._get("source_grade")
        if grade and _GRADE.fullmatch(grade) is None:
            self.refuse(f"'{grade}' is not an Admiralty grade", "Write A1 to F6, or leave it empty.")
        return grade

    def _url(self) -> str:
        url = self._get("source_url")
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if url and (parts.scheme not in ("http", "https") or not parts.netloc):
            self.refuse(f"'{url[:60]}' is not a web address", "It begins with http:// or https://.")
        return url


def _is_day(text: str) -> bool:
    try:
        read_day(text)
    except ValueError:
        return False
    return True
