"""``rasad evaluate``: how right a method is on labelled data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from rasad.cli.options import json_option, open_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasad.evaluate.actors import Report
    from rasad.evaluate.check import CheckReport
    from rasad.evaluate.check_editions import EditionReport
    from rasad.evaluate.check_scores import Share
    from rasad.evaluate.shifts import Pooled, Score

MOST_WRONG = 40


@click.group(epilog="Example: rasad evaluate actors --help")
def command() -> None:
    """Tell how right a method is on labelled data."""


@command.command("actors", epilog="Example: rasad evaluate actors names.csv --json")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--desk", "folder", type=click.Path(path_type=Path), default=None, metavar="DIR",
    help="Take the actors of this desk; without it those built in.",
)  # fmt: skip
@json_option
def actors(file: Path, folder: Path | None, as_json: bool) -> None:
    """Resolve every name of FILE on its day, and compare.

    FILE is a CSV with the columns name, lang, on, actor, role. Where nothing is right, actor is empty.
    """
    from rasad.actors.actors import ActorTable  # noqa: PLC0415
    from rasad.evaluate.actors import evaluate, odd  # noqa: PLC0415
    from rasad.evaluate.labelled import read_labelled  # noqa: PLC0415

    rows = read_labelled(file)
    table = ActorTable.built_in() if folder is None else open_desk(folder).actors
    for row in rows:
        if odd(row):
            click.echo(f"{file}:{row.line}: {odd(row)}.", err=True)
    report = evaluate(table, rows)
    if as_json:
        told = asdict(report)
        del told["wrong"]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in _lines(report):
        click.echo(line)


def _lines(report: Report) -> list[str]:
    shares = [
        ("actor_accuracy", report.actor_accuracy),
        ("role_accuracy", report.role_accuracy),
        ("unknown_accuracy", report.unknown_accuracy),
    ]
    told = [f"{'n':17} {report.n}"]
    told += [f"{name:17} {'no rows' if share is None else f'{share:.3f}'}" for name, share in shares]
    for row, answer in report.wrong[:MOST_WRONG]:
        expected = f"{row.actor or 'nobody'} as {row.role or 'unknown'}"
        found = f"{answer.actor or 'nobody'} as {answer.role}"
        told.append(
            f"  line {row.line}: {row.name} on {row.on or 'no day'}: expected {expected}, found {found}"
        )
    if len(report.wrong) > MOST_WRONG:
        told.append(f"  … and {len(report.wrong) - MOST_WRONG} more")
    return told


@command.command("shifts", epilog="Example: rasad evaluate shifts --help")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--peers", "with_peers", is_flag=True, help="Score other methods too (needs the extra stats).")
@json_option
def shifts(folder: Path, with_peers: bool, as_json: bool) -> None:
    """Tell the shifts of every series of DIR, and score them against known turning points.

    DIR holds any of series_{A_month,B_month,B_week,C_week}.csv.gz, and perhaps turning_points*.csv.
    """
    from rasad.evaluate.dyad_series import rapprochements, read_points, read_sets  # noqa: PLC0415
    from rasad.evaluate.shift_peers import peers  # noqa: PLC0415
    from rasad.evaluate.shifts import alarms, outcomes, pooled, scores  # noqa: PLC0415

    begun = perf_counter()
    sets = read_sets(folder)
    told = alarms(sets)
    points, own = read_points(folder), rapprochements()
    seconds = perf_counter() - begun
    lists = {"known": points, "rapprochements": own}
    found = {
        name: {"rasad": (scores(sets, told, listed), pooled(outcomes(sets, told, listed)))}
        for name, listed in lists.items()
    }
    if with_peers:
        for peer, method in peers().items():
            others = alarms(sets, method)
            for name, listed in lists.items():
                found[name][peer] = (scores(sets, others, listed), pooled(outcomes(sets, others, listed)))
    if as_json:
        shown = {"alarms": [asdict(alarm) for alarm in told], "sets": _plain(found["known"]["rasad"]),
                 "seconds": round(seconds, 3), "rapprochements": _plain(found["rapprochements"]["rasad"]),
                 "pooled": _pooled(found["known"]["rasad"]),
                 "peers": {peer: _plain(result) | {"pooled": _pooled(result)}
                           for peer, result in found["known"].items() if peer != "rasad"}}  # fmt: skip
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    dyads = sum(len(one.dyads) for one in sets)
    click.echo(f"{len(told):,} shifts of {dyads:,} series in {seconds:.2f} s")
    for name, by_method in found.items():
        for method_name, result in by_method.items():
            for line in _shift_lines(f"{name}, {method_name}", *result):
                click.echo(line)


@command.command("check", epilog="Example: rasad evaluate check tests/data/check --half held")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--half", type=click.Choice(["dev", "held"]), default=None, help="Only the faults of this half."
)
@json_option
def check(folder: Path, half: str | None, as_json: bool) -> None:
    """Check the documents of a corpus with planted faults, and compare with its labels.

    DIR holds clean, planted and labels.csv, or such folders, one a language; sets of editions in DIR/editions are compared too.
    """
    from rasad.evaluate.check import evaluate_check  # noqa: PLC0415
    from rasad.evaluate.check_editions import evaluate_editions, has_editions  # noqa: PLC0415

    report = evaluate_check(folder, half or "")
    sets = evaluate_editions(folder / "editions", half or "") if has_editions(folder / "editions") else None
    if as_json:
        told = report.told() | {"editions": None if sets is None else sets.told()}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in (*_check_lines(report), *(_edition_lines(sets) if sets is not None else ())):
        click.echo(line)


def _check_lines(report: CheckReport) -> Iterator[str]:
    for title, scores in (("family", report.families), ("rule", report.rules)):
        yield f"{'':5}{title:26} {'planted':>7} {'recall':>12} {'in words':>12} {'found':>6} {'precision':>12} {'alarms':>6} {'a 1,000':>8}"
        for one in scores:
            shares = [_share(share) for share in (one.recall, one.in_words, one.precision)]
            yield (
                f"{one.lang:4} {one.name:26} {one.recall.n:7} {shares[0]:>12} {shares[1]:>12} {one.precision.n:6} {shares[2]:>12}"
                f" {one.alarms:6} {one.per_1000:8.2f}"
            )
    for lang, words in report.words.items():
        alarms = sum(one.alarms for one in report.families if one.lang == lang)
        yield f"{lang}: {alarms} alarms in {words:,} words of clean text, {1000 * alarms / max(words, 1):.2f} a 1,000"


def _edition_lines(report: EditionReport) -> Iterator[str]:
    for kind, share in report.kinds.items():
        yield f"editions {kind:22} {share.hits} of {share.n} found: {_share(share)}"
    yield f"editions: {report.recall.hits} of {report.recall.n} found: {_share(report.recall)}"
    yield f"editions: precision {_share(report.precision)} of {report.precision.n} findings"
    yield f"editions: {report.alarms} alarms in {report.clean_words:,} words of clean sets"


def _share(share: Share) -> str:
    return "not measured" if share.value is None else f"{share.value:.2f}"


def _plain(result: tuple[dict[str, Score], Pooled | None]) -> dict[str, Any]:
    return {name: asdict(score) for name, score in result[0].items()}


def _pooled(result: tuple[dict[str, Score], Pooled | None]) -> dict[str, Any] | None:
    return None if result[1] is None else asdict(result[1])


def _shift_lines(title: str, by_set: dict[str, Score], together: Pooled | None) -> list[str]:
    if together is None:
        return [f"{title}: no turning points to compare with"]
    low, high = together.recall_interval
    told = [f"{title}: recall {together.recall:.2f} ({low:.2f} to {high:.2f})"]
    if together.balanced is not None and together.balanced_interval is not None:
        low, high = together.balanced_interval
        told[0] += f", sign balanced {together.balanced:.2f} ({low:.2f} to {high:.2f})"
    for name, score in by_set.items():
        ways = [
            f"{way} {'none' if share is None else f'{share:.2f}'} of {n}"
            for way, share, n in (
                ("up", score.signed_up, score.n_up),
                ("down", score.signed_down, score.n_down),
            )
        ]
        told.append(
            f"  {name:8} {score.n:3} points  recall {score.recall:.2f}  signed {score.signed:.2f}"
            f" ({', '.join(ways)})  balanced {score.signed_balanced:.2f}  by chance {score.random:.2f}"
        )
    return told
