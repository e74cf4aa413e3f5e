"""``rasad ledger``: what of an issue rests on evidence, on how many sources, and on whose."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasad.cli.options import desk_option, issue_number, json_option
from rasad.settings import Desk

if TYPE_CHECKING:
    from rasad.flow.ledger import IssueLedger
    from rasad.issues.coverage import Coverage, Pages
    from rasad.model.claim import Claim

FOUND_PROBLEMS = 1
MOST_LETTERS = 84
MOST_SHOWN = 12
"""Countries and languages in a line; --json gives all."""

NO_GRADE = "none"
NAMES = {"by": "a deadline", "confidence": "confidence", "likelihood": "likelihood"}


@click.command(epilog="Example: rasad ledger 518")
@click.argument("issue", type=int, required=False)
@click.option("--csv", "csv", type=click.Path(path_type=Path, allow_dash=True, dir_okay=False), default=None,
              metavar="FILE", help="Write the claims as CSV; '-' is standard output.")  # fmt: skip
@desk_option
@json_option
def command(issue: int | None, csv: Path | None, desk: Desk, as_json: bool) -> None:
    """Tell what of ISSUE (else of the newest) rests on evidence, and on whose.

    Every sentence is a fact, a measure, a judgement, a forecast, a recommendation or plain prose. Of
    the claims among them: which rest on nothing, which on one site alone, which do not say how sure
    they are. Of their pages: countries, languages and sides of the outlets, and what is not known.

    Works on an issue that is not finished. Exits 1 if a claim rests on nothing.
    """
    from rasad.flow.ledger import issue_ledger  # noqa: PLC0415

    to_stdout = csv is not None and str(csv) == "-"
    if to_stdout and as_json:
        raise click.UsageError("--json and --csv - both print on standard output; name a FILE for the CSV.")
    found = issue_ledger(desk, issue_number(desk, issue))
    for lang, why in found.without.items():
        click.echo(f"Without the '{lang}' edition: {why}", err=True)
    if to_stdout:
        click.echo(found.to_csv(), nl=False)
    elif csv is not None:
        csv.write_text(found.to_csv(), "utf-8")
        click.echo(f"{csv}: {len(found.claims)} claims", err=True)
    if as_json and not to_stdout:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False))
    elif not to_stdout:
        click.echo("\n".join(_lines(found)))
    if found.coverage.unsupported:
        sys.exit(FOUND_PROBLEMS)


def _lines(found: IssueLedger) -> Iterator[str]:
    told = found.coverage
    share = f" ({told.share:.0%})" if told.share is not None else ""
    yield (
        f"Issue {found.issue.number} of {found.issue.date}: {sum(told.sentences.values())} sentences, "
        f"{told.claims} claims, {told.with_evidence} of them with evidence{share}."
    )
    yield from ("", *_kinds(told))
    lacking = {one.claim_id: _lacks(one.lacks) for one in told.unfinished}
    yield from _list("Without evidence", found, dict.fromkeys(told.unsupported, ""))
    yield from _list("Without likelihood, confidence or deadline", found, lacking)
    yield from _list("Read on one site alone", found, {one.claim_id: one.site for one in told.single_source})
    yield from _list("On events alone that have no page", found, dict.fromkeys(told.without_page, ""))
    yield from _prose(found)
    yield from ("", f"Claims rest on {told.pages} pages of {told.sites} sites, and on {told.events} events.")
    if told.pages:
        yield _shares("country", told.countries)
        yield _shares("language", told.languages)
        yield _shares("side", told.sides)
    if told.events:
        yield _counts("grade", told.grades)


def _kinds(told: Coverage) -> Iterator[str]:
    from rasad.model.claim import KINDS  # noqa: PLC0415

    yield f"  {'kind':16}{'sentences':>9}  {'with evidence':>13}"
    for kind in KINDS:
        part, whole = told.supported_of(kind)
        yield f"  {kind:16}{whole:9}  {part if kind != 'prose' else '':>13}".rstrip()


def _list(title: str, found: IssueLedger, reasons: Mapping[str, str]) -> Iterator[str]:
    if not reasons:
        yield f"{title}: none."
        return
    yield from ("", f"{title}: {len(reasons)}.")
    rows = [(found.claim(name), reason) for name, reason in reasons.items()]
    width = max(len(reason) for reason in reasons.values())
    for claim, reason in rows:
        told = f"{reason:{width}}  " if width else ""
        yield f"  {_name(claim):19}  line {claim.line:<4} {told}{_short(claim.sentence, MOST_LETTERS - width)}"


def _prose(found: IssueLedger) -> Iterator[str]:
    """Sentences that say how likely something is and are no claim."""
    names = found.coverage.unmarked_likelihood
    if not names:
        return
    yield from ("", f"Prose that says how likely, and is no claim: {len(names)}.")
    for one in found.ledger.prose:
        if one.sentence_id in names:
            yield f"  {'':19}  line {one.line:<4} {_short(one.sentence, MOST_LETTERS)}"


def _name(claim: Claim) -> str:
    return claim.claim_id if claim.is_marked else claim.kind


def _short(sentence: Mapping[str, str], most: int) -> str:
    text = next(iter(sentence.values()), "")
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _lacks(names: Sequence[str]) -> str:
    return "lacks " + ", ".join(NAMES[name] for name in names)


def _shares(title: str, groups: Iterable[Pages]) -> str:
    known = [one for one in groups if one.value]
    unknown = sum(one.pages for one in groups if not one.value)
    shown = [f"{one.value} {one.pages}" for one in known[:MOST_SHOWN]]
    if len(known) > MOST_SHOWN:
        shown.append(f"{len(known) - MOST_SHOWN} more {sum(one.pages for one in known[MOST_SHOWN:])}")
    return f"  {title:10}{', '.join([*shown, f'not known {unknown}'])}"


def _counts(title: str, counts: Mapping[str, int]) -> str:
    return f"  {title:10}{', '.join(f'{value or NO_GRADE} {number}' for value, number in counts.items())}"
