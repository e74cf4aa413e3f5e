"""``rasad sources``: the pages that a desk rests on, kept with their hash, so that a dead link still has its text."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from rasad.cli.links import trusted_hosts
from rasad.cli.options import desk_option, json_option
from rasad.errors import SourceError
from rasad.settings import Desk

if TYPE_CHECKING:
    from rasad.flow.archiving import Archived, Source
    from rasad.sources.archive_index import Kept

FOUND_PROBLEMS = 1


@click.group(epilog="Example: rasad sources list")
def command() -> None:
    """Keep the pages that the desk rests on, tell which are kept, and show their text."""


@command.command(
    name="archive",
    short_help="Fetch the pages of references and events, and keep them.",
    epilog="Example: rasad sources archive 518",
)
@click.argument("names", nargs=-1, metavar="[ISSUE|KEY]...")
@click.option("--missing", is_flag=True, help="Only pages of which nothing is kept yet.")
@click.option(
    "--trust", multiple=True, metavar="HOST:PORT", envvar="RASAD_TRUST", callback=trusted_hosts,
    help="Addresses may lead to this host, even in your own network; may be repeated.",
)  # fmt: skip
@desk_option
@json_option
def archive_command(
    names: tuple[str, ...], *, missing: bool, trust: frozenset[str], desk: Desk, as_json: bool
) -> None:
    """Fetch the pages of an ISSUE, of references by their KEY, or of all, and keep them in archive/.

    Nothing is written over: a page that has changed is kept a second time. Exits 1 if a page could not
    be had, 2 if none could for want of a network.
    """
    from rasad.cli.progress import counting_bar  # noqa: PLC0415
    from rasad.flow.archiving import archive, sources_of  # noqa: PLC0415  (the network loads slowly)
    from rasad.sources.archive import Archive  # noqa: PLC0415

    sources = sources_of(desk, names)
    if missing:
        known = Archive(desk.root)
        sources = [source for source in sources if not known.of(source.url)]
    done = []
    with counting_bar("Fetching pages") as bar:
        for one in archive(desk, sources, trusted=trust, progress=bar):
            done.append(one)
            if not as_json:
                click.echo(_line(one))
    counts = Counter(one.result for one in done)
    if as_json:
        click.echo(json.dumps([_told(one) for one in done], ensure_ascii=False))
    else:
        click.echo(_summary(counts), err=True)
    sys.exit(FOUND_PROBLEMS if counts["failed"] else 0)


@command.command(name="list", short_help="Tell which pages are kept.", epilog="Example: rasad sources list")
@desk_option
@json_option
def list_command(*, desk: Desk, as_json: bool) -> None:
    """Tell which sources the desk has, with outlet, grade, and whether and when their pages were kept."""
    from rasad.flow.archiving import sources_of  # noqa: PLC0415
    from rasad.sources.archive import Archive  # noqa: PLC0415

    kept = Archive(desk.root)
    rows = [(source, kept.of(source.url)) for source in sources_of(desk)]
    if as_json:
        told = [
            {**asdict(source), "kept": len(found), "last": found[-1].retrieved_at if found else None}
            for source, found in rows
        ]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    width = max((len(source.key) for source, _ in rows), default=0)
    now = datetime.now(UTC)
    for source, found in rows:
        click.echo(
            f"{_shown(source.key):{width}}  {_cut(source.outlet, 28):28}  {source.grade or '-'}  {_age(found, now)}"
        )
    click.echo(f"{sum(bool(found) for _, found in rows)} of {len(rows)} sources are kept", err=True)


@command.command(
    name="show",
    short_help="Print the text of a page that is kept.",
    epilog="Example: rasad sources show --help",
)
@click.argument("key", metavar="KEY")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="DAY",
              help="The page as it was kept last on or before this day; else the newest.")  # fmt: skip
@desk_option
@json_option
def show_command(key: str, *, on: datetime | None, desk: Desk, as_json: bool) -> None:
    """Print the text of the page that is kept of KEY: a reference, an event, or an address of one."""
    from rasad.flow.archiving import kept_of, page_text  # noqa: PLC0415
    from rasad.sources.archive import Archive  # noqa: PLC0415

    kept = Archive(desk.root)
    source, found = kept_of(desk, kept, key)
    chosen = [one for one in found if on is None or one.at.date() <= on.date()]
    if not chosen:
        what = f"nothing is kept of '{key}'" + (
            f" on or before {on:%Y-%m-%d}" if on is not None and found else ""
        )
        raise SourceError(what, at=kept.folder, do=f"Run 'rasad sources archive {source.key}'.")
    one = chosen[-1]
    text = page_text(kept, one)
    if as_json:
        click.echo(json.dumps({**asdict(one), "versions": len(found), "text": text}, ensure_ascii=False))
        return
    click.echo(f"{one.title or source.key}\n{one.final_url}", err=True)
    click.echo(
        f"kept {one.retrieved_at} in archive/{one.warc}, {one.bytes:,} bytes, sha256 {one.sha256}\n", err=True
    )
    click.echo(_shown(text))


def _line(one: Archived) -> str:
    if one.kept is None:
        return f"{one.result:8}{_shown(one.source.key)}: {_shown(one.why)}"
    told = f"{one.kept.bytes:,} bytes" + (f' "{_cut(one.kept.title, 60)}"' if one.kept.title else "")
    return f"{one.result:8}{_shown(one.source.key)}: {told}" + (f"; {one.why}" if one.why else "")


def _summary(counts: Counter[Any]) -> str:
    from rasad.flow.archiving import RESULTS  # noqa: PLC0415

    told = ", ".join(f"{counts[result]:,} {result}" for result in RESULTS if counts[result])
    return told or "Nothing to fetch."


def _told(one: Archived) -> dict[str, Any]:
    source: Source = one.source
    told = {"key": source.key, "url": source.url, "result": one.result, "why": one.why or None}
    return told | {"kept": None if one.kept is None else asdict(one.kept)}


def _age(found: list[Kept], now: datetime) -> str:
    if not found:
        return "not kept"
    days = (now - found[-1].at).days
    versions = sum(one.record == "response" for one in found)
    told = "today" if days < 1 else f"{days} day{'' if days == 1 else 's'} ago"
    return f"kept {found[-1].at:%Y-%m-%d}, {told}" + (f", {versions} versions" if versions > 1 else "")


def _cut(text: str, most: int) -> str:
    plain = _shown(text).replace("\n", " ")
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _shown(text: str) -> str:
    """A text of a page without what would move the cursor of a terminal."""
    return "".join(
        letter if letter.isprintable() or letter in "\n\u200c\u200d" else "\ufffd" for letter in text
    )
