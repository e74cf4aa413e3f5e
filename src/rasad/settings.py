"""A desk: the folder that holds a centre's chronology, references, issues and settings."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rasad.actors.actors import ActorTable
from rasad.errors import DeskError, Place
from rasad.languages import LANGUAGES
from rasad.languages.calendars import CALENDARS
from rasad.languages.letters import named, unprintable
from rasad.model.dyad import Dyad

SETTINGS = "rasad.toml"


class DeskSettings(BaseModel):
    """What ``rasad.toml`` may say."""

    model_config = ConfigDict(extra="forbid")

    name: dict[str, str] = Field(min_length=1)
    series: dict[str, str] = {}
    imprint: dict[str, str] = {}
    languages: list[str] = list(LANGUAGES)
    calendars: list[str] = ["gregorian", "solar"]
    actors: list[str] = []
    dyads: list[str] = []

    @field_validator("name", "series", "imprint")
    @classmethod
    def _has_english(cls, texts: dict[str, str]) -> dict[str, str]:
        unknown = texts.keys() - set(LANGUAGES)
        if unknown:
            raise ValueError(f"'{min(unknown)}' is not a language; known: {', '.join(LANGUAGES)}")
        if texts and "en" not in texts:
            raise ValueError("needs at least en = …")
        for text in texts.values():
            if unprintable(text):
                raise ValueError(f"{named(unprintable(text))} is in no font of the editions")
        return texts

    @field_validator("languages")
    @classmethod
    def _known_languages(cls, codes: list[str]) -> list[str]:
        for code in codes:
            if code not in LANGUAGES:
                raise ValueError(f"'{code}' is not a language; known: {', '.join(LANGUAGES)}")
        return codes

    @field_validator("calendars")
    @classmethod
    def _known_calendars(cls, calendars: list[str]) -> list[str]:
        for calendar in calendars:
            if calendar not in CALENDARS:
                raise ValueError(f"'{calendar}' is not a calendar; known: {', '.join(CALENDARS)}")
        if not calendars:
            raise ValueError("needs at least one calendar")
        return calendars

    @field_validator("dyads")
    @classmethod
    def _are_dyads(cls, dyads: list[str]) -> list[str]:
        for dyad in dyads:
            Dyad.parse(dyad)
        return dyads

    def text(self, texts: dict[str, str], lang: str) -> str:
        """A text of the desk in a language, in English where it has none."""
        return texts.get(lang) or texts.get("en", "")


class Desk:
    """A desk on disk; everything rasad writes for it stays below ``root``."""

    def __init__(self, root: Path) -> None:
        """Open the desk at ``root``.

        Raises:
            DeskError: If there is no ``rasad.toml``, or it can't be read.
        """
        self.root = root
        self.settings = _settings(root / SETTINGS)
        self.actors = ActorTable.of_desk(root / "actors.toml")
        watched = [("actors", actor) for actor in self.settings.actors]
        for key, actor in watched + [("dyads", actor) for actor in _actors_of(self.settings.dyads)]:
            if actor not in self.actors:
                raise DeskError(
                    f"'{actor}' is not a known actor",
                    at=Place(root / SETTINGS, _line_of(root / SETTINGS, key)),
                    do=f"{self.actors.suggest(actor)} A new one goes into actors.toml.",
                )

    @property
    def chronology(self) -> Path:
        return self.root / "chronology.csv"

    @property
    def references(self) -> Path:
        return self.root / "references.json"

    @property
    def store(self) -> Path:
        return self.root / ".rasad" / "store"

    @property
    def build(self) -> Path:
        return self.root / "build"

    def issue(self, number: int) -> Path:
        return self.root / "issues" / str(number)

    def catalogue(self, number: int, lang: str) -> Path:
        return self.issue(number) / "translations" / f"{lang}.po"

    def event_texts(self, lang: str) -> Path:
        return self.root / "translations" / f"chronology.{lang}.po"

    def issues(self) -> list[int]:
        """The numbers of the desk's issues, oldest first."""
        folder = self.root / "issues"
        if not folder.is_dir():
            return []
        return sorted(
            int(path.name) for path in folder.iterdir() if path.name.isascii() and path.name.isdigit()
        )


def find_desk(start: Path) -> Desk:
    """The desk of a folder: itself or the nearest one above that holds a ``rasad.toml``.

    Raises:
        DeskError: If there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return Desk(folder)
    raise DeskError(
        "not a desk: no rasad.toml here or in any folder above",
        at=start,
        do="Change into your desk, name it with --desk DIR, or start one with 'rasad new'.",
    )


def _settings(path: Path) -> DeskSettings:
    if not path.is_file():
        raise DeskError(
            "not a desk: there is no rasad.toml", at=path.parent, do="Start one with 'rasad new'."
        )
    try:
        return DeskSettings.model_validate(tomllib.loads(path.read_text("utf-8")).get("desk", {}))
    except tomllib.TOMLDecodeError as error:
        raise DeskError(f"not TOML ({error})", at=path) from error
    except UnicodeDecodeError as error:
        raise DeskError("not UTF-8", at=path, do="Save it as UTF-8.") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise DeskError(f"[desk] {name}: {message}", at=Place(path, _line_of(path, name))) from error


def _line_of(path: Path, name: str) -> int:
    key = name.split(".", maxsplit=1)[0]
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.split("=")[0].strip() == key:
            return number
    return 0


def _actors_of(dyads: list[str]) -> list[str]:
    return [actor for text in dyads for actor in str(Dyad.parse(text)).split("-")]
