"""``rasad actors``: who is who, and when: find a name, show an actor, check the table, add to it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rasad.cli.actor_lines import (
    NAME_LANGUAGES,
    as_dict,
    as_json_text,
    finding_as_dict,
    head,
    recognition_as_dict,
    role_lines,
    source,
)
from rasad.cli.options import desk_option, json_option
from rasad.errors import ActorError
from rasad.settings import SETTINGS, Desk, find_desk

if TYPE_CHECKING:
    from rasad.actors.actors import ActorTable

FOUND = 1
ADDITIONS = "actors.toml"
DAY = click.DateTime(["%Y-%m-%d"])


def _table_of(_: click.Context, __: click.Parameter, folder: Path | None) -> ActorTable:
    """The table of a desk, given or above the working directory; outside of one what is built in."""
    from rasad.actors.actors import ActorTable  # noqa: PLC0415

    if folder is not None:
        return Desk(folder).actors
    here = Path.cwd()
    inside = any((above / SETTINGS).is_file() for above in (here, *here.parents))
    return find_desk(here).actors if inside else ActorTable.built_in()


def table_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--desk DIR``: the table of a desk; outside of one that which is built in."""
    return click.option(
        "--desk", "table", type=click.Path(path_type=Path), default=None, metavar="DIR", callback=_table_of,
        help="The desk whose additions count too; else the nearest one upwards, else none.",
    )(function)  # fmt: skip


@click.group(epilog="Example: rasad actors show TALIBAN")
def command() -> None:
    """Tell who is who, and when: states, movements, organisations and people with dated roles."""


@command.command(epilog='Example: rasad actors find "امارت اسلامی" --on 2024-05-01')
@click.argument("name")
@click.option("--on", "on", type=DAY, default=None, metavar="DAY", help="The day, as 2024-05-01.")
@click.option("--lang", type=click.Choice(NAME_LANGUAGES), default=None, help="The language of the name.")
@table_option
@json_option
def find(*, name: str, on: datetime | None, lang: str | None, table: ActorTable, as_json: bool) -> None:
    """Tell who NAME is, what that actor was on a day and by which source, and who else it could be.

    Exits 1 if nobody is near enough, or if several are.
    """
    from rasad.actors.matcher import Matcher  # noqa: PLC0415

    day = on.date() if on is not None else None
    found = Matcher(table).resolve(name, lang=lang, on=day)
    others = [(other, score) for other, score in found.candidates if other != found.actor_id]
    if as_json:
        told = {
            "name": name, "on": day, "actor_id": found.actor_id, "role": found.role, "score": round(found.score, 3),
            "actor": as_dict(table.get(found.actor_id), day) if found.actor_id else None,
            "candidates": [{**as_dict(table.get(other), day), "score": round(score, 3)} for other, score in others],
        }  # fmt: skip
        click.echo(as_json_text(told))
    else:
        click.echo("\n".join(_answer(table, found.actor_id, found.role, day, others)))
    if not found.actor_id:
        sys.exit(FOUND)


def _answer(
    table: ActorTable, actor_id: str, role: str, day: date | None, others: list[tuple[str, float]]
) -> Iterable[str]:
    if actor_id:
        actor = table.get(actor_id)
        told = "; --on DAY tells what it was on a day" if day is None else f": {role} on {day}"
        yield f"{head(actor)}{told}"
        yield from role_lines(actor.roles if day is None else actor.roles_on(day))
    else:
        yield "Several could be meant:" if others else "Nobody in the table has a name near to this one."
    if actor_id and others:
        yield "It could also mean:"
    for other, score in others:
        held = table.get(other).roles_on(day) if day is not None else ()
        posts = ", ".join(f"{role.title} of {role.institution}" if role.post else role.title for role in held)
        yield f"  {head(table.get(other))} {score:.2f}{f', {posts}' if posts else ''}"


@command.command(epilog="Example: rasad actors show KABULOV")
@click.argument("actor_id", metavar="ID")
@table_option
@json_option
def show(*, actor_id: str, table: ActorTable, as_json: bool) -> None:
    """Tell all that the table knows of the actor ID: names, codes, roles with their dates and sources."""
    known = next((key for key in (actor_id, actor_id.upper()) if key in table), "")
    if not known:
        do = f"{table.suggest(actor_id.upper())} 'rasad actors find NAME' looks names up."
        raise ActorError(f"'{actor_id}' is no actor of the table", do=do)
    actor = table.get(known)
    recognitions = [r for r in table.recognitions if known in (r.by, r.of)]
    if as_json:
        told = as_dict(actor) | {"recognitions": [recognition_as_dict(r) for r in recognitions]}
        click.echo(as_json_text(told))
        return
    click.echo(f"{head(actor)}, {actor.kind}" + (f", governs {actor.governs}" if actor.governs else ""))
    for lang in NAME_LANGUAGES:
        if actor.spellings(lang):
            click.echo(f"  {lang:3}  {' | '.join(actor.spellings(lang))}")
    if actor.codes:
        click.echo("  codes: " + ", ".join(f"{system} {code}" for system, code in actor.codes))
    click.echo("\n".join(role_lines(actor.roles)) if actor.roles else "  no dated roles")
    for r in recognitions:
        until = f" to {r.until}" if r.until is not None else ""
        click.echo(
            f"  {r.by} recognises {r.of} from {r.on}{until}: {r.what}\n    {source(r.source, r.words)}"
        )


@command.command(epilog="Example: rasad actors check")
@click.option(
    "--all", "everything", is_flag=True, help="Also list what is only to be looked at in the built-in table."
)
@table_option
@json_option
def check(*, everything: bool, table: ActorTable, as_json: bool) -> None:
    """Check the table, and tell what its roles rest on; exit 1 if anything is wrong.

    Wrong are two holders of one post on one day, a role that ends before it begins or has no source, an
    unknown code, id or language, a letter of another script, and one house name for two on one day. Gaps
    between holders and shared other names are only to be looked at.
    """
    from rasad.actors.checking import check as look  # noqa: PLC0415
    from rasad.actors.grounds import shares  # noqa: PLC0415

    found = look(table)
    wrong, rest = [f for f in found if f.wrong], [f for f in found if not f.wrong]
    parts = shares(table)
    if as_json:
        told = {"whole": not wrong, "wrong": list(map(finding_as_dict, wrong)), "look": list(map(finding_as_dict, rest)),
                "shares": [asdict(share) for share in parts]}  # fmt: skip
        click.echo(as_json_text(told))
    else:
        shown = [f for f in rest if everything or f.at.path.name == ADDITIONS]
        for finding in [*wrong, *shown]:
            click.echo(f"{'' if finding.wrong else 'look: '}{finding}")
        hidden = Counter(f.rule for f in rest if f not in shown)
        if hidden:
            told_hidden = ", ".join(f"{rule} {count}" for rule, count in sorted(hidden.items()))
            click.echo(f"To be looked at in the built-in table, with --all: {told_hidden}.")
        click.echo(f"{len(list(table.actors())):,} actors; {len(wrong):,} wrong.")
        click.echo(f"{'roles that rest on':42}{'roles':>6}{'page':>7}{'file':>7}  general knowledge")
        for share in parts:
            by = "".join(f"{share.of(ground):>7.1%}" for ground in ("page", "file"))
            click.echo(f"{share.part:42}{share.roles:>6,}{by}  {share.of('general knowledge'):.1%}")
    if wrong:
        sys.exit(FOUND)


def _pairs(_: click.Context, param: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [value.partition("=") for value in values]
    for key, between, name in pairs:
        if not (key and between and name.strip()):
            raise click.BadParameter(f"'{key}{between}{name}' is not KEY=VALUE", param=param)
    return [(key, name.strip()) for key, _, name in pairs]


@command.command(
    epilog='Example: rasad actors add EXAMPLEFR --kind movement --name en="Example Valley Front"'
)
@click.argument("actor_id", metavar="ID")
@click.option("--kind", default="movement", show_default=True,
              type=click.Choice(("movement", "government", "organisation", "force", "person")))  # fmt: skip
@click.option("--name", "names", multiple=True, required=True, callback=_pairs, metavar="LANG=NAME",
              help="The house name in a language; once with en.")  # fmt: skip
@click.option("--also", multiple=True, callback=_pairs, metavar="LANG=NAME", help="Another spelling.")
@click.option("--code", "codes", multiple=True, callback=_pairs, metavar="SYSTEM=CODE",
              help="What a data set calls it: cameo=…, ucdp=…, name=….")  # fmt: skip
@click.option(
    "--governs", default="", metavar="STATE", help="The state that it governs, or did, by its roles."
)
@click.option("--what", default="", help="What it is: insurgency, armed movement, government, …")
@click.option("--post", default="", help="Of a person: the post.")
@click.option("--institution", default="", metavar="ID", help="Whose post it is.")
@click.option("--country", default="", metavar="STATE", help="Of which state; for an envoy, toward which.")
@click.option(
    "--from", "valid_from", type=DAY, default=None, metavar="DAY", help="The first day of the role."
)
@click.option("--to", "valid_to", type=DAY, default=None, metavar="DAY", help="The first day after it.")
@click.option("--source", default="", help='The page read, or "general knowledge".')
@click.option("--words", default="", help="The words of the page.")
@desk_option
def add(*, actor_id: str, kind: str, names: list[tuple[str, str]], also: list[tuple[str, str]],
        codes: list[tuple[str, str]], governs: str, desk: Desk, **role: str | datetime | None) -> None:  # fmt: skip
    """Write the actor ID, with a role if one is given, at the end of the desk's actors.toml.

    What is wrong, or known already, is refused, and then nothing is written.
    """
    from rasad.actors import adding  # noqa: PLC0415

    new = adding.NewActor(actor_id, kind, dict(names), _lists(also), _lists(codes), governs, _role(role))
    actor = adding.add(new, desk.root / ADDITIONS).get(actor_id)
    click.echo(f"{actor.at}: {head(actor)}, {actor.kind}, {len(actor.roles)} roles.")


def _role(told: dict[str, str | datetime | None]) -> dict[str, str | date]:
    given: dict[str, str | date] = {
        key: value.date() if isinstance(value, datetime) else value for key, value in told.items() if value
    }
    if not given:
        return {}
    lacks = [key for key in ("valid_from", "source") if key not in given]
    lacks += ["what or post"] if "what" not in given and "post" not in given else []
    if lacks:
        raise ActorError(
            f"the role lacks {', '.join(lacks)}", do="Options: --from DAY, --source TEXT, --what or --post."
        )
    return given


def _lists(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for key, name in pairs:
        lists.setdefault(key, []).append(name)
    return lists
