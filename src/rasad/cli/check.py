"""``rasad check``: what is wrong with a document, by rules that have ids."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasad.cli.links import open_links, trusted_hosts
from rasad.cli.options import issue_number, json_option, open_desk
from rasad.errors import (
    DeskError,
    DocumentError,
    EditionError,
    EvaluationError,
    Place,
    RasadError,
    did_you_mean,
    on_one_line,
)

if TYPE_CHECKING:
    from rasad.documents import Document
    from rasad.flow.checking import Checked, Located
    from rasad.flow.link_checking import Links

COULD_NOT_READ = 2
HIDES = ("broken", "empty", "front-matter")
"""Problems of a document that mean that something in it was not read, and that its owner can mend."""
FILE = click.Path(path_type=Path, readable=False)  # what can't be read is told like any other fault of a file
OUT = click.Path(path_type=Path)


def _explain(context: click.Context, _: click.Parameter, rule: str | None) -> None:
    """Print the page of a rule, and end."""
    from rasad.check.ignores import known_rules  # noqa: PLC0415
    from rasad.check.pages import as_text, pages  # noqa: PLC0415

    if rule is None:
        return
    if rule not in pages():
        raise EvaluationError(f"'{rule}' is not a rule", do=did_you_mean(rule, pages()))
    click.echo(as_text(pages()[rule], known_rules()[rule]))
    context.exit()


@click.command(epilog="Example: rasad check 518")
@click.argument("files", nargs=-1, required=True, metavar="FILE|ISSUE...", type=FILE)
@click.option("--select", multiple=True, metavar="RULE", help="Only this rule or family; may be repeated.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not this rule or family; may be repeated.")
@click.option(
    "--fix", is_flag=True, help="Mend what can be mended safely; the old file stays beside as FILE.orig."
)
@click.option(
    "--annotate", type=OUT, metavar="OUT",
    help="Write a copy with the findings: of one Word file with comments, else a page of HTML.",
)  # fmt: skip
@click.option("--sarif", type=OUT, metavar="OUT", help="Write the findings as SARIF, for CI.")
@click.option(
    "--editions",
    "as_editions",
    is_flag=True,
    help="The FILEs are editions of one text: tell also where they differ.",
)
@click.option(
    "--links",
    "with_links",
    is_flag=True,
    help="Look at the addresses of the FILEs too; this alone uses the network.",
)
@click.option("--anew", is_flag=True, help="With --links: pass over what was seen of them before.")
@click.option(
    "--trust",
    multiple=True,
    metavar="HOST:PORT",
    envvar="RASAD_TRUST",
    callback=trusted_hosts,
    help="With --links: addresses may lead to this host, even in your own network; may be repeated.",
)
@click.option(
    "--explain", metavar="RULE", is_eager=True, expose_value=False, callback=_explain,
    help="Print the page of a rule: what it finds, why, how to mend it.",
)  # fmt: skip
@click.option(
    "--desk", "folder", type=click.Path(path_type=Path), metavar="DIR",
    help="The desk of an ISSUE; else the nearest one from the working directory upwards.",
)  # fmt: skip
@click.option(
    "--no-desk", is_flag=True, help="Pass over the desk of a FILE: its rules, record and house names."
)
@json_option
def command(
    files: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    annotate: Path | None,
    sarif: Path | None,
    as_editions: bool,
    folder: Path | None,
    with_links: bool,
    anew: bool,
    trust: frozenset[str],
    no_desk: bool,
    as_json: bool,
) -> None:
    """Check Markdown, Word, HTML, PDF or text FILEs, of a desk or of none, without the network but for --links.

    A number that is no file is an ISSUE of a desk: its manuscript, its translations and what they print.

    Exits 1 when something is found, 2 when a file could not be read.
    """
    from rasad.flow.checking import rules_of  # noqa: PLC0415

    links = open_links(wanted=with_links, trusted=trust, anew=anew)
    checked: list[Checked] = []
    unread: list[str] = []
    files = tuple(dict.fromkeys(files))
    try:
        rules_of((*select, *ignore))
        named: dict[Path, Path] = {}
        for path in files:
            try:
                named[path] = _of_issue(path, folder, no_desk=no_desk)
            except RasadError as error:  # the other files are checked all the same
                unread.append(str(error))
        files = tuple(dict.fromkeys(named.values()))
        issues = {manuscript for path, manuscript in named.items() if manuscript != path}
        _look_at_outs([out for out in (annotate, sarif) if out is not None], files)
        as_editions = as_editions and bool(files) and not issues.issuperset(files)
        if as_editions:
            rules = _rules_for(files[0], select, ignore, no_desk=no_desk)
            checked = _check_editions(files, rules, fix=fix, in_desk=not no_desk, links=links)
        for path in () if as_editions else files:
            try:
                rules = _rules_for(path, select, ignore, no_desk=no_desk)
                checked += _check(
                    path, rules, fix=fix, in_desk=not no_desk, is_issue=path in issues, links=links
                )
            except RasadError as error:
                unread.append(str(error))
        unread += _half_read(checked)
        _write(checked, unread, annotate, sarif)
    except RasadError as error:
        unread.append(str(error))
    if links is not None and links.offline is not None:
        unread.append(str(links.offline))
    for line in unread:
        click.echo(line, err=True)
    found = [one for document in checked for one in document.findings]
    _tell(found, max(len(files), len(checked)), as_json=as_json)
    sys.exit(COULD_NOT_READ if unread else 1 if found else 0)


def _rules_for(
    path: Path, select: tuple[str, ...], ignore: tuple[str, ...], *, no_desk: bool
) -> tuple[Sequence[str], Sequence[str]]:
    """What to keep and what to leave out: --select stands in for what the desk says, --ignore adds to it."""
    from rasad.settings import check_settings  # noqa: PLC0415

    if no_desk or select:
        return select, ignore
    told = check_settings(path)
    return told.select, (*told.ignore, *ignore)


def _of_issue(path: Path, folder: Path | None, *, no_desk: bool) -> Path:
    """The manuscript of an issue that is named by its number; any other path as it is.

    Raises:
        DeskError: If there is no such desk or issue.
    """
    name = str(path)
    if not (name.isascii() and name.isdigit()) or path.is_file():
        return path
    if no_desk:
        raise DeskError(
            "it is no file, and an issue is one of a desk", at=path, do="Name a file, or leave --no-desk out."
        )
    desk = open_desk(folder)
    manuscript = desk.issue(issue_number(desk, int(name))) / "issue.md"
    here = Path.cwd()
    return manuscript.relative_to(here) if manuscript.is_relative_to(here) else manuscript


def _check(
    path: Path,
    rules: tuple[Sequence[str], Sequence[str]],
    *,
    fix: bool,
    in_desk: bool,
    is_issue: bool,
    links: Links | None,
) -> list[Checked]:
    from rasad.flow.checking import fixed  # noqa: PLC0415
    from rasad.flow.mending import mend  # noqa: PLC0415
    from rasad.flow.our_manuscripts import check_any  # noqa: PLC0415

    select, ignore = rules
    again = partial(
        check_any, path, select=select, ignore=ignore, in_desk=in_desk, is_issue=is_issue, links=links
    )
    checked = again()
    mended = [(one.document, text) for one in checked if fix and (text := fixed(one)) is not None]
    for document, text in mended:
        copy = mend(document, text)
        click.echo(on_one_line(f"{document.path}: mended; the old text is in {copy.name}"), err=True)
    return again() if mended else checked


def _check_editions(
    files: Sequence[Path],
    rules: tuple[Sequence[str], Sequence[str]],
    *,
    fix: bool,
    in_desk: bool,
    links: Links | None,
) -> list[Checked]:
    from rasad.flow.checking import check_editions, edition_of  # noqa: PLC0415

    if fix:
        raise EditionError("--fix mends one text", at=files[0], do="Run it without --editions first.")
    paths: dict[str, Path] = {}
    documents: dict[Path, Document] = {}
    for path in files:
        lang = edition_of(path, documents)
        if lang in paths:
            raise EditionError(
                f"this and {paths[lang]} are both in '{lang}'",
                at=path,
                do=f"Name one file a language, as {path.stem}.{lang}{path.suffix}.",
            )
        paths[lang] = path
    if len(paths) < 2:
        raise EditionError(
            "one edition can't differ", at=files[0], do="Name the files of two languages or more."
        )
    select, ignore = rules
    return check_editions(
        paths, select=select, ignore=ignore, documents=documents, in_desk=in_desk, links=links
    )


def _half_read(checked: Sequence[Checked]) -> list[str]:
    """A line for each thing that kept a part of a text from the rules; what was only read with doubt is told at once."""
    unread: list[str] = []
    for document in {one.document.path: one.document for one in checked}.values():
        for problem in document.problems:
            error = DocumentError(problem.message, at=Place(document.path, problem.place.line))
            if problem.code in HIDES:
                unread.append(str(error))
            else:
                click.echo(str(error), err=True)
    return unread


def _look_at_outs(outs: Sequence[Path], files: Sequence[Path]) -> None:
    from rasad.flow.annotating import check_out  # noqa: PLC0415

    for out in outs:
        check_out(out, files)
    if len(outs) > 1 and outs[0].resolve() == outs[1].resolve():
        raise EditionError("it is named for two things", at=outs[0], do="Name two files.")


def _write(
    checked: Sequence[Checked], unread: Sequence[str], annotate: Path | None, out: Path | None
) -> None:
    from rasad.flow.annotating import annotated, write_out  # noqa: PLC0415
    from rasad.flow.sarif import sarif  # noqa: PLC0415

    if out is not None:
        found = [one for document in checked for one in document.findings]
        write_out(out, sarif(found, Path.cwd(), unread).encode("utf-8", "replace"))
    if annotate is not None and checked:
        write_out(annotate, annotated(checked, annotate))
        click.echo(f"{annotate}: the text with its findings", err=True)


def _tell(found: Sequence[Located], files: int, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([one.told() for one in found], ensure_ascii=False))
        return
    from rasad.check.ignores import known_rules  # noqa: PLC0415
    from rasad.cli.check_lines import NARROWEST, line, sheet, total  # noqa: PLC0415

    if found and sys.stdout.isatty() and shutil.get_terminal_size().columns >= NARROWEST:
        from rich.console import Console  # noqa: PLC0415  (loads slowly)

        console = Console(highlight=False)
        for part in sheet(found):
            console.print(part)
    else:
        for one in found:
            click.echo(line(one))
    click.echo(total(found, files, known_rules()), err=True)
