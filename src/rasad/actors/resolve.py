"""From the codes and names of a dataset to actors of the table, by the day."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

from rasad.actors.actors import ActorTable
from rasad.actors.codes import code_table, label_of, state_named, state_of

BEGIN, END = date(1, 1, 1), date(9999, 12, 31)
OFFICIAL = frozenset(("GOV", "MIL", "LEG", "JUD", "SPY", "COP"))
"""CAMEO roles in which an act is the state's own."""
OFFICIAL_SECTORS = ("Government", "Military", "Executive", "Legislative", "Judicial", "Police")
PLACES = {"cameo": "fips", "ucdp": "gw"}
"""The code system of a dataset's places; others name them."""
_OF_STATE = re.compile(
    r"(?:Government|(?:Military|Police) Forces) of (?:the )?(.+?)(?: \(\d{4}-.*\))?(?: [A-Z].*Unit)?"
)
_PERIOD = re.compile(r" \(\d{4}-(?:\d{4})?\)$")

Interval = tuple[str, date, date, str, str, str]
"""A key, the days [from, to), the actor it means on them, its country and its sector; '' where unknown."""
Known = tuple[str, str, str]
"""Actor, country and sector of a key, whatever the day."""


def resolve(table: ActorTable, coding: str, keys: Sequence[str]) -> Iterator[Interval]:
    """Who the keys of a coding are, and when.

    An act of the movement that governs a state counts as that state's on the days of its rule;
    what a state's citizens, companies or media do is the state's in country, not in actor. The
    sector of a CAMEO code is what it says besides country and group (``MED``, ``INS``, ``EDU``);
    other datasets bring their own.
    """
    read = {"cameo": _cameo, "id": _own, "icews": _icews, "ucdp": _ucdp, "polecat": _polecat, "acled": _acled}
    for key in keys:
        actor, country, sector = read.get(coding, _named)(table, key)
        yield from _by_day(table, key, actor, country, sector)


def resolve_places(coding: str, codes: Sequence[str]) -> Iterable[tuple[str, str]]:
    """In which state a dataset's places lie; '' where no state is known."""
    if coding == "id":
        return [(code, code) for code in codes]
    system = PLACES.get(coding)
    if system is not None:
        return [(code, state_of(system, code)) for code in codes]
    return [(code, _state(code)) for code in codes]


def _by_day(table: ActorTable, key: str, actor: str, country: str, sector: str) -> Iterator[Interval]:
    if actor not in table:
        yield key, BEGIN, END, "", country, sector
        return
    roles = table.get(actor).roles
    turns = sorted(
        {BEGIN, END, *(d for role in roles for d in (role.valid_from, role.valid_to) if d is not None)}
    )
    for begin, end in pairwise(turns):
        yield key, begin, end, table.counts_as(actor, begin), country, sector


def _own(_: ActorTable, key: str) -> Known:
    return key, key, ""


def _cameo(table: ActorTable, key: str) -> Known:
    code = key.strip()
    country = code_table("cameo").get(code[:3], "")
    whole = table.coded("cameo", code)
    if whole:
        return whole, table.get(whole).governs, ""
    triples = [code[start : start + 3] for start in range(3 if country else 0, len(code), 3)]
    if not country and len(triples) > 1 and triples[0] == "MNC":
        country = code_table("cameo").get(triples.pop(1), "")
    groups = [table.coded("cameo", triple) for triple in triples]
    group = next(filter(None, reversed(groups)), "")
    sector = " ".join(triple for triple, known in zip(triples, groups, strict=True) if not known)
    if group:
        return group, country or table.get(group).governs, sector
    is_state = bool(country) and code[:3] != "MNC" and all(triple in OFFICIAL for triple in triples)
    return (country if is_state else ""), country, sector


@cache
def sectors() -> dict[str, str]:
    """Roles, religions and ethnic groups of CAMEO actor codes, with their labels."""
    lines = (files("rasad.actors") / "table" / "cameo_sectors.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["code"]: row["label"] for row in rows}


def is_known_sector(sector: str) -> bool:
    """Whether a sector says something: one of another coding than CAMEO always, a CAMEO one where it is in the tables."""
    triples = sector.split()
    if not triples or any(len(triple) != len("GOV") for triple in triples):
        return bool(triples)
    return all(triple in sectors() or bool(label_of("cameo", triple)) for triple in triples)


def _parts(key: str) -> tuple[str, str, str]:
    code, name, sector = [*key.split("\x1f"), "", ""][:3]
    return code, name, sector


def _icews(table: ActorTable, key: str) -> Known:
    place, name, sector = _parts(key)
    country = _state(place)
    known = table.coded("name", name)
    if known:
        return known, country or table.get(known).governs, ""
    inner = table.coded("name", name.rpartition("(")[2].rstrip(")"))
    if inner:  # as in "Militant (Taliban)"
        return inner, country or table.get(inner).governs, ""
    if _state(name):
        return _state(name), country or _state(name), ""
    official = any(part.strip() in OFFICIAL_SECTORS for part in sector.split(","))
    return (country if official else ""), country, ""


def _ucdp(table: ActorTable, key: str) -> Known:
    code, name, _ = _parts(key)
    known = table.coded("ucdp", code) or table.coded("name", name)
    if known:
        return known, table.get(known).governs, ""
    match = _OF_STATE.fullmatch(name)
    state = _state(match.group(1)) if match is not None else ""
    return state, state, ""


def _polecat(table: ActorTable, key: str) -> Known:
    place, name, sector = _parts(key)
    country = place.split(";")[0].strip()
    country = country if table.is_state(country) else _state(country)
    known = table.coded("name", name)
    if known:
        return known, country or table.get(known).governs, ""
    official = sector.strip() in OFFICIAL or _state(name) == country
    return (country if official else ""), country, ""


def _acled(table: ActorTable, key: str) -> Known:
    _, name, _ = _parts(key)
    known = table.coded("name", _PERIOD.sub("", name))
    if known:
        return known, table.get(known).governs, ""
    match = _OF_STATE.fullmatch(name)
    state = _state(match.group(1)) if match is not None else ""
    return state, state, ""


def _named(table: ActorTable, key: str) -> Known:
    code, name, _ = _parts(key)
    for text in (code, name):
        known = text if text in table else table.coded("name", text) or _state(text)
        if known:
            return known, known if table.is_state(known) else table.get(known).governs, ""
    return "", "", ""


def _state(name: str) -> str:
    return state_named(name) if name else ""
