"""Catalogues: one PO file a language, one entry a paragraph.

A PO file is what translators' tools read. An entry's ``msgid`` is the paragraph's Markdown
with its marks; a paragraph that changed since it was translated is *fuzzy*, keeps its old
translation for the translator to mend, and is not printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import NoReturn

import polib

from rasad.errors import Place, TranslationError
from rasad.issues.manuscript import Unit
from rasad.languages.letters import named, unprintable

ALIKE = 0.6
"""Share of text two paragraphs must have in common to be one paragraph, changed."""

MAX_BYTES = 20_000_000
_OPENS = re.compile(r'\s*(?:msg|")')
_WHOLE = re.compile(r'(?:msg\w+(?:\[\d+\])?\s*)?"(?:[^"\\]|\\.)*"')
WRAP = 100


@dataclass(frozen=True)
class Progress:
    """How many paragraphs of a catalogue are translated, changed since, or missing."""

    translated: int
    changed: int
    missing: int


class Catalogue:
    """The translations of one issue into one language."""

    def __init__(self, path: Path, lang: str) -> None:
        """Read the PO file; one that is not there is an empty catalogue.

        Raises:
            TranslationError: If the file is not a PO file.
        """
        self.path = path
        self.lang = lang
        self._file = _read(path) if path.is_file() else polib.POFile(wrapwidth=WRAP)
        self._entries = {entry.msgid: entry for entry in self._file if not entry.obsolete}

    def translate(self, text: str, line: int) -> tuple[str, Place]:
        """The translation of a paragraph and its place in the catalogue.

        Raises:
            TranslationError: If it is missing, or was made for an older wording.
        """
        entry = self._entries.get(text)
        if entry is None or not entry.msgstr.strip():
            self._stop(f"no '{self.lang}' translation of the paragraph “{_start(text)}”", entry, line)
        if entry.fuzzy:
            self._stop(
                f"the '{self.lang}' paragraph “{_start(text)}” is older than its original", entry, line
            )
        strange = unprintable(entry.msgstr)
        if strange:
            what = f"{named(strange)} is in no font of the editions"
            raise TranslationError(what, at=Place(self.path, entry.linenum or 0), do="Write it otherwise.")
        return entry.msgstr, Place(self.path, entry.linenum or 0)

    def find(self, text: str) -> str:
        """The translation of a text, empty where there is none that is up to date."""
        entry = self._entries.get(text)
        text = "" if entry is None or entry.fuzzy else str(entry.msgstr).strip()
        return "" if unprintable(text) else text

    def _stop(self, what: str, entry: polib.POEntry | None, line: int) -> NoReturn:
        at = Place(self.path, entry.linenum or 0) if entry is not None else Place(self.path)
        update = "" if entry is not None else "Run 'rasad translate' to add it, then "
        do = f"{update or 'T'}{'t' if update else ''}ranslate it (issue.md line {line})."
        raise TranslationError(what, at=at, do=do)

    def update(self, units: list[Unit]) -> Progress:
        """Take in the paragraphs of the manuscript as it is now.

        A new paragraph is matched with the likest one that has gone, which makes it fuzzy;
        what matches nothing any more is kept as obsolete.
        """
        wanted = {unit.text for unit in units}
        gone = [entry for entry in self._file if entry.msgid not in wanted and entry.msgstr]
        fresh = polib.POFile(wrapwidth=WRAP)
        fresh.metadata = self._file.metadata or _metadata(self.lang)
        kept = {entry.msgid: entry for entry in self._file if entry.obsolete} | self._entries
        for unit in units:
            entry = kept.get(unit.text) or _come_back(unit, gone) or _new_entry(unit, gone)
            entry.obsolete = False
            entry.occurrences = [(unit.file, str(unit.line))]
            entry.comment = unit.section
            fresh.append(entry)
        for entry in gone:
            entry.obsolete = True
            fresh.append(entry)
        self._file = fresh
        self._entries = {entry.msgid: entry for entry in fresh if not entry.obsolete}
        return self.progress()

    def progress(self) -> Progress:
        """How far the catalogue is."""
        current = list(self._entries.values())
        changed = sum(1 for entry in current if entry.fuzzy)
        missing = sum(1 for entry in current if not entry.msgstr.strip())
        return Progress(len(current) - changed - missing, changed, missing)

    def save(self) -> None:
        """Write the PO file, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".po.part")
        part.write_text(str(self._file) + "\n", "utf-8")
        part.replace(self.path)


def _read(path: Path) -> polib.POFile:
    if path.stat().st_size > MAX_BYTES:
        raise TranslationError(f"the catalogue is over {MAX_BYTES:,} bytes", at=path, do="Split the issue.")
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
        if _OPENS.match(line) and _WHOLE.fullmatch(line.strip()) is None:
            do = 'Put the whole text between straight quotes; a quote inside it is written \\".'
            raise TranslationError("the text is not between quotes", at=Place(path, number), do=do)
    try:
        return polib.pofile(str(path), encoding="utf-8", wrapwidth=WRAP)
    except (OSError, UnicodeDecodeError) as error:
        raise TranslationError(f"not a PO file ({error})", at=path, do="Mend it, or delete it.") from error


def _metadata(lang: str) -> dict[str, str]:
    return {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": lang,
        "X-Origin": "machine-assisted",
    }


def _come_back(unit: Unit, gone: list[polib.POEntry]) -> polib.POEntry | None:
    """The translation of a paragraph that was changed and is now as it was."""
    old = next((entry for entry in gone if entry.fuzzy and entry.previous_msgid == unit.text), None)
    if old is None:
        return None
    gone.remove(old)
    return polib.POEntry(msgid=unit.text, msgstr=old.msgstr)


def _new_entry(unit: Unit, gone: list[polib.POEntry]) -> polib.POEntry:
    def likeness(entry: polib.POEntry) -> float:
        matcher = SequenceMatcher(None, entry.msgid, unit.text, autojunk=False)
        return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0

    old = max(gone, key=likeness, default=None)
    if old is None or likeness(old) < ALIKE:
        return polib.POEntry(msgid=unit.text)
    gone.remove(old)
    return polib.POEntry(msgid=unit.text, msgstr=old.msgstr, previous_msgid=old.msgid, flags=["fuzzy"])


def _start(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
