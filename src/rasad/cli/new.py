"""``rasad new``: a desk of the user's own, whose first issue can be built at once."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

import click

from rasad.actors.actors import ActorTable
from rasad.errors import DeskError, did_you_mean
from rasad.issues.manuscript import ORIGINAL
from rasad.languages import LANGUAGES
from rasad.languages.letters import named, unprintable
from rasad.model.dyad import Dyad

FIRST_ISSUE = 1
HEADER = (
    "id,date,date_sh,date_precision,source_actor,target_actor,place_country,bears_on,event,cameo,rung,"
    "source_grade,ground,source_url,source_date,note\n"
)
MAX_NAME = 120


@click.command(epilog='Example: rasad new my-desk --name "My Desk" --dyad IRN-ARM --dyad RUS-ARM')
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default=None, help="The name on the masthead; else the folder's.")
@click.option(
    "--actor", "actors", multiple=True, metavar="CODE", help="An actor to watch, as IRN; may be repeated."
)
@click.option(
    "--dyad", "dyads", multiple=True, metavar="A-B", help="A dyad to watch, as IRN-ARM; may be repeated."
)
@click.option("--language", "languages", multiple=True, metavar="CODE",
              help=f"A language of the editions ({', '.join(LANGUAGES)}); may be repeated; else all.")  # fmt: skip
def command(
    folder: Path,
    name: str | None,
    actors: tuple[str, ...],
    dyads: tuple[str, ...],
    languages: tuple[str, ...],
) -> None:
    """Start a desk in FOLDER: settings, an empty chronology, and a first issue in every language.

    Without flags it asks; where there is no terminal it asks nothing.
    """
    if sys.stdin.isatty() and not (name or actors or dyads or languages):
        name, dyads, languages = _ask(folder)
    name = _name(name, folder)
    codes = _languages(languages)
    pairs = [_dyad(text) for text in dyads]
    watched = _actors(actors, pairs)
    _make_folder(folder)
    from rasad import flow  # noqa: PLC0415
    from rasad.settings import Desk  # noqa: PLC0415

    _write(folder, name, watched, [text.upper() for text in dyads], codes)
    desk = Desk(folder)
    flow.load(desk)
    _write_catalogues(desk.root, dyads[0].upper() if dyads else "", codes)
    flow.translate(desk, FIRST_ISSUE)
    step = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo(f"{folder}: a desk with issue {FIRST_ISSUE} in {', '.join(codes)}. Next: {step}rasad build")


def _make_folder(folder: Path) -> None:
    for above in folder.resolve().parents:
        if (above / "rasad.toml").is_file():
            do = "For a new issue copy the folder of the last one below 'issues' and change its number."
            raise DeskError(f"this is inside the desk {above}", at=folder, do=do)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        full = any(folder.iterdir())
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise DeskError(f"no desk can be made here ({told})", at=folder, do="Name another folder.") from error
    if full:
        raise DeskError("the folder is not empty", at=folder, do="Name a new one, or an empty one.")


def _name(given: str | None, folder: Path) -> str:
    """The name of the desk: what was given, else the folder's, on one line.

    Raises:
        DeskError: If no font of the editions holds a letter of it.
    """
    name = " ".join((given or "").split()) or " ".join(folder.resolve().name.split()) or "rasad"
    strange = unprintable(name)
    if strange:
        raise DeskError(
            f"the name holds {named(strange)}, which no font of the editions has", do="Choose another."
        )
    return name[:MAX_NAME]


def _ask(folder: Path) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    name = click.prompt("Name of the desk", default=folder.resolve().name, err=True)
    dyads = click.prompt("Dyads to watch, as IRN-ARM RUS-ARM", default="", show_default=False, err=True)
    languages = click.prompt("Languages", default=" ".join(LANGUAGES), err=True)
    return name, tuple(dyads.split()), tuple(languages.split())


def _languages(given: Sequence[str]) -> list[str]:
    for code in given:
        if code not in LANGUAGES:
            raise DeskError(f"'{code}' is not a language", do=did_you_mean(code, LANGUAGES))
    return [code for code in LANGUAGES if not given or code in given or code == ORIGINAL]


def _dyad(text: str) -> Dyad:
    try:
        return Dyad.parse(text.upper())
    except ValueError as error:
        raise DeskError(str(error)) from error


def _actors(actors: Sequence[str], pairs: Sequence[Dyad]) -> list[str]:
    table = ActorTable.built_in()
    named = [actor.upper() for actor in actors] + [a for pair in pairs for a in (pair.first, pair.second)]
    for actor in named:
        if actor not in table:
            raise DeskError(f"'{actor}' is not a known actor", do=table.suggest(actor))
    return list(dict.fromkeys(named))


def _write(
    folder: Path, name: str, actors: Sequence[str], dyads: Sequence[str], codes: Sequence[str]
) -> None:
    """Write the files of a desk; all texts pass through JSON, whose strings TOML reads too."""
    today = date.today().isoformat()  # noqa: DTZ011  (the user's own day)
    settings = [
        "# The settings of this desk; docs/desk.md tells what may stand here.",
        "[desk]",
        f"name = {{ en = {_quoted(name)} }}",
        f"languages = {json.dumps(list(codes))}",
        'calendars = ["gregorian", "solar"]',
        f"actors = {json.dumps(list(actors))}",
        f"dyads = {json.dumps(list(dyads))}",
    ]
    issue = folder / "issues" / str(FIRST_ISSUE)
    issue.mkdir(parents=True, exist_ok=True)
    (folder / "rasad.toml").write_text("\n".join(settings) + "\n", "utf-8")
    (folder / "chronology.csv").write_text(HEADER, "utf-8")
    (folder / "references.json").write_text("[]\n", "utf-8")
    (folder / ".gitignore").write_text(".rasad/\nbuild/\n", "utf-8")
    dyad = dyads[0] if dyads else ""
    about = _starter("dyad.md").substitute(_parties(dyad)) if dyad else ""
    text = _starter("issue.md").substitute(
        number=FIRST_ISSUE, date=today, dyad=dyad, languages=", ".join(codes), about=about
    )
    (issue / "issue.md").write_text(text, "utf-8")


def _write_catalogues(root: Path, dyad: str, codes: Sequence[str]) -> None:
    import polib  # noqa: PLC0415

    table = tomllib.loads((files(__package__) / "starter" / "translations.toml").read_text("utf-8"))
    parties = _parties(dyad) if dyad else {}
    for code in codes:
        if code == ORIGINAL:
            continue
        catalogue = polib.POFile(wrapwidth=100)
        catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": code,
                              "X-Origin": "machine-assisted"}  # fmt: skip
        for original, translated in table[code].items():
            texts = [Template(text).safe_substitute(parties) for text in (original, translated)]
            catalogue.append(polib.POEntry(msgid=texts[0], msgstr=texts[1]))
        path = root / "issues" / str(FIRST_ISSUE) / "translations" / f"{code}.po"
        path.parent.mkdir(exist_ok=True)
        catalogue.save(str(path))


def _parties(dyad: str) -> dict[str, str]:
    first, second = dyad.replace("–", "-").split("-")
    return {"first": first, "second": second}


def _starter(name: str) -> Template:
    return Template((files(__package__) / "starter" / name).read_text("utf-8"))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
