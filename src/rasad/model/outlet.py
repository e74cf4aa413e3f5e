"""Outlets: in which country a site is made, and whose it is, as far as that is known."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PRIVATE = "private"


@dataclass(frozen=True)
class Outlet:
    """Where an outlet is made and who owns, runs or pays for it; empty where that is not known.

    ``country`` is a state's three letters, ``side`` an actor's id or ``private``.
    """

    country: str = ""
    side: str = ""


@cache
def outlets() -> dict[str, Outlet]:
    """The outlets by their site; the table's header says what the columns mean."""
    table = files("rasad.model") / "codebook" / "outlets.csv"
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {row["site"]: Outlet(row["country"], row["side"]) for row in csv.DictReader(lines)}


def outlet_of(site: str) -> Outlet:
    """The outlet of a site, or of the longest part of it that is known.

    Example:
        >>> outlet_of("english.aa.com.tr")
        Outlet(country='TUR', side='TUR')
        >>> outlet_of("mofa.gov.pk").side
        'PAK'
        >>> outlet_of("nobody.example")
        Outlet(country='', side='')
    """
    labels = site.casefold().split(".")
    known = outlets()
    parts = (".".join(labels[start:]) for start in range(len(labels)))
    return next((known[part] for part in parts if part in known), Outlet())
