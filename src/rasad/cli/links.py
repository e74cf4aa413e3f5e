"""What the commands that look at addresses share: hosts that are trusted, and a bar that counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from rasad.cli.progress import counting_bar

if TYPE_CHECKING:
    from rasad.flow.link_checking import Links

_HOST = re.compile(r"(?:\[[0-9a-fA-F:.]{2,45}\]|[\w.-]{1,253})(?::\d{1,5})?")


def trusted_hosts(_: click.Context, __: click.Parameter, hosts: Sequence[str]) -> frozenset[str]:
    """The hosts of ``--trust``.

    They are typed, and not read from the settings of a desk: a desk can come from anybody, with the
    document that leads where it must not.
    """
    for host in hosts:
        if _HOST.fullmatch(host) is None:
            raise click.BadParameter(f"'{host}' is not a host, as 127.0.0.1:8000")
    return frozenset(host.lower() for host in hosts)


def open_links(*, wanted: bool, trusted: frozenset[str], anew: bool) -> Links | None:
    """What looks at addresses until the command ends; None where it was not asked for."""
    if not wanted:
        return None
    from rasad.flow.link_checking import Links  # noqa: PLC0415  (the network loads slowly)

    context = click.get_current_context()
    bar = context.with_resource(counting_bar("Looking at links"))
    return context.with_resource(Links(trusted=trusted, anew=anew, progress=bar))
