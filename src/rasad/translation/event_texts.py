"""The sentences of events in an edition's language, from the desk's own catalogue."""

from __future__ import annotations

from pathlib import Path

from rasad.issues.manuscript import ORIGINAL
from rasad.model.event import Event
from rasad.translation.catalogue import Catalogue


class EventTexts:
    """Event sentences of one language; one that is not translated stays in the original."""

    def __init__(self, path: Path, lang: str) -> None:
        self._is_original = lang == ORIGINAL
        self._catalogue = Catalogue(path, lang)

    def text_of(self, event: Event) -> tuple[str, bool]:
        """The sentence of an event, and whether it is in the edition's language."""
        if self._is_original:
            return event.text, True
        translated = self._catalogue.find(event.text)
        return (translated, True) if translated else (event.text, False)
