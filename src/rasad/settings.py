"""A desk: the folder that holds a centre's chronology, references, issues and settings."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError, field_validator

from rasad.actors.actors import ActorTable
from rasad.errors import DeskError, Place, did_you_mean
from rasad.languages import LANGUAGES
from rasad.languages.calendars import CALENDARS
from rasad.languages.letters import named, unprintable
from rasad.model.dyad import Dyad
from rasad.sources.formats import FORMATS
from rasad.sources.formats.mapped import CODINGS, FIELDS, REQUIRED, mapped_format

SETTINGS = "rasad.toml"
TABLES = ("desk", "fetch", "formats", "house", "check")
Model = TypeVar("Model", bound=BaseModel)


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


class GdeltSettings(BaseModel):
    """What ``[fetch.gdelt]`` may say."""

    model_config = ConfigDict(extra="forbid")

    mirror: str | None = None

    @field_validator("mirror")
    @classmethod
    def _is_a_folder_of_the_web(cls, mirror: str) -> str:
        parts = urlsplit(mirror)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"'{mirror}' is not an address as https://host/gdeltv2")
        if parts.username is not None:
            raise ValueError("an address with a user or a password does not belong in a file of the desk")
        if mirror.endswith(".txt"):
            raise ValueError("name the folder, without the list of files")
        return mirror.rstrip("/")


class FetchSettings(BaseModel):
    """What ``[fetch]`` may say: where records are fetched from."""

    model_config = ConfigDict(extra="forbid")

    gdelt: GdeltSettings = GdeltSettings()


class FormatSettings(BaseModel):
    """What ``[formats.NAME]`` may say: how a table that rasad does not know becomes events."""

    model_config = ConfigDict(extra="forbid")

    columns: dict[str, str]
    dataset: str = Field("", pattern=r"^[a-z0-9][a-z0-9-]{0,39}$|^$")
    actors: Literal["cameo", "names", "ids"] = "names"
    date_format: str = ""
    missing: list[str] = []
    licence: str = ""
    redistributable: bool = True

    @field_validator("columns")
    @classmethod
    def _are_fields(cls, columns: dict[str, str]) -> dict[str, str]:
        for field in columns:
            if field not in FIELDS:
                raise ValueError(f"'{field}' is not a field; known: {', '.join(FIELDS)}")
        for field in REQUIRED:
            if field not in columns:
                raise ValueError(f'needs {field} = "a column of the file"')
        return columns


class FormatsSettings(RootModel[dict[str, FormatSettings]]):
    """What ``[formats]`` may say: a table a format."""

    @field_validator("root")
    @classmethod
    def _have_names(cls, formats: dict[str, FormatSettings]) -> dict[str, FormatSettings]:
        for name in formats:
            if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name) is None:
                raise ValueError(f"'{name}' is not a name of small letters, digits and hyphens")
            if name in FORMATS or name == "chronology":
                raise ValueError(f"'{name}' is a format that rasad has; take another name")
        return formats

    @field_validator("root")
    @classmethod
    def _name_actors_in_one_way(cls, formats: dict[str, FormatSettings]) -> dict[str, FormatSettings]:
        codings = {"chronology": "", **{known.dataset: known.coding for known in FORMATS.values()}}
        for name, told in formats.items():
            dataset, coding = told.dataset or name, CODINGS[told.actors]
            if codings.setdefault(dataset, coding) != coding:
                raise ValueError(
                    f"{name}: the dataset '{dataset}' is told otherwise who acts; take another name for it"
                )
        return formats


class HouseSettings(RootModel[dict[str, dict[str, str]]]):
    """What ``[house]`` may say: the name that a desk gives an actor, by language."""

    @field_validator("root")
    @classmethod
    def _are_names(cls, house: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for actor, names in house.items():
            for lang, name in names.items():
                if lang not in LANGUAGES:
                    raise ValueError(f"{actor}: '{lang}' is not a language; known: {', '.join(LANGUAGES)}")
                if not name.strip() or unprintable(name):
                    raise ValueError(f"{actor}: '{name}' is no name that the editions can print")
        return house


class CheckSettings(BaseModel):
    """What ``[check]`` may say: the rules, or families of them, that ``rasad check`` keeps and leaves out."""

    model_config = ConfigDict(extra="forbid")

    select: list[str] = []
    ignore: list[str] = []

    @field_validator("select", "ignore")
    @classmethod
    def _are_rules(cls, names: list[str]) -> list[str]:
        if not names:
            return names
        # The rules bring the whole table of actors with them, which few settings need.
        from rasad.check.ignores import known_rules  # noqa: PLC0415

        known = known_rules()
        for name in names:
            if name not in known and name not in known.values():
                near = did_you_mean(name, {*known, *known.values()})
                raise ValueError(f"'{name}' is not a rule. {near}".rstrip("."))
        return names


class Desk:
    """A desk on disk; everything rasad writes for it stays below ``root``."""

    def __init__(self, root: Path) -> None:
        """Open the desk at ``root``.

        Raises:
            DeskError: If there is no ``rasad.toml``, or it can't be read.
        """
        self.root = root
        self.settings = _settings(root / SETTINGS, "desk", DeskSettings)
        _check_tables(root / SETTINGS)
        self.fetch = _settings(root / SETTINGS, "fetch", FetchSettings)
        mapped = _settings(root / SETTINGS, "formats", FormatsSettings).root
        self.formats = tuple(mapped_format(name, **told.model_dump()) for name, told in mapped.items())
        self.check = _settings(root / SETTINGS, "check", CheckSettings)
        house = _settings(root / SETTINGS, "house", HouseSettings).root
        self.actors = ActorTable.of_desk(root / "actors.toml").with_house(house)
        for actor in house:
            if actor not in self.actors:
                raise DeskError(f"[house] '{actor}' is not a known actor", at=root / SETTINGS,
                                do=self.actors.suggest(actor))  # fmt: skip
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

    def fetched(self, source: str) -> Path:
        """Where the files of a source are kept that were fetched for the desk."""
        return self.root / ".rasad" / "fetch" / source

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


def check_settings(path: Path) -> CheckSettings:
    """What the desk that a file lies in says of checking; nothing where it lies in none.

    Only this table is read, so that a slip elsewhere in the settings stops no check.

    Raises:
        DeskError: If the settings of the desk can't be read.
    """
    root = desk_root(path)
    return CheckSettings() if root is None else _settings(root / SETTINGS, "check", CheckSettings)


def desk_root(path: Path) -> Path | None:
    """The folder of the desk that a file lies in; None where it lies in none."""
    try:
        folders = path.resolve().parents
        return next((folder for folder in folders if (folder / SETTINGS).is_file()), None)
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself, or no name for a file
        return None


def _settings(path: Path, table: str, model: type[Model]) -> Model:
    if not path.is_file():
        raise DeskError(
            "not a desk: there is no rasad.toml", at=path.parent, do="Start one with 'rasad new'."
        )
    try:
        return model.model_validate(tomllib.loads(path.read_text("utf-8")).get(table, {}))
    except tomllib.TOMLDecodeError as error:
        raise DeskError(f"not TOML ({error})", at=path) from error
    except UnicodeDecodeError as error:
        raise DeskError("not UTF-8", at=path, do="Save it as UTF-8.") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        told = f"[{table}] {name}: {message}" if name else f"[{table}]: {message}"
        key = name if table == "desk" else name.rsplit(".", maxsplit=1)[-1]
        raise DeskError(told, at=Place(path, _line_of(path, key))) from error


def _check_tables(path: Path) -> None:
    """Stop at a table that nothing reads: a setting with a slip of the pen would be passed over in silence."""
    for table in tomllib.loads(path.read_text("utf-8")):
        if table not in TABLES:
            raise DeskError(f"[{table}] is not a table that is read", at=path, do=did_you_mean(table, TABLES))


def _line_of(path: Path, name: str) -> int:
    key = name.split(".", maxsplit=1)[0]
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.split("=")[0].strip() == key:
            return number
    return 0


def _actors_of(dyads: list[str]) -> list[str]:
    return [actor for text in dyads for actor in str(Dyad.parse(text)).split("-")]
