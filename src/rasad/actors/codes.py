"""The state behind a code or a name that a data set prints."""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from rasad.errors import did_you_mean


@lru_cache(maxsize=4096)
def state_of(system: str, code: str, day: date | None = None) -> str:
    """The state that a code stands for, in any case and with any leading zeros; '' where there is none.

    Args:
        system: cameo, cow, fips, gw, iso2 or iso_n; the header of ``codes.csv`` tells of each.
        code: The code as the data set prints it.
        day: Without one a code answers if it stood for one state alone, on whatever days.

    Raises:
        ValueError: If there is no such system.

    Example:
        >>> state_of("fips", "GG"), state_of("fips", "GA"), state_of("iso_n", "004")
        ('GEO', 'GMB', 'AFG')
        >>> state_of("gw", "680", date(1988, 1, 1)), state_of("gw", "680", date(1998, 1, 1))
        ('YEM', '')
    """
    if day is None:
        return code_table(system).get(_plain(code), "")
    spans = _spans(system).get(_plain(code), ())
    return next((state for first, end, state in spans if first <= day < end), "")


@lru_cache(maxsize=4096)
def state_named(name: str) -> str:
    """The state of an English name, compared without case and accents; '' where there is none.

    Example:
        >>> state_named("Russia (Soviet Union)"), state_named("COTE D'IVOIRE"), state_named("Atlanta, Georgia")
        ('RUS', 'CIV', '')
    """
    return _names().get(_folded(name), "")


@cache
def code_table(system: str) -> dict[str, str]:
    """Every code of a system, held today or formerly, that stood for one state alone.

    Example:
        >>> code_table("cow")["365"], "365" in code_table("iso_n")
        ('RUS', False)
    """
    standing = {code: {state for _, _, state in spans} for code, spans in _spans(system).items()}
    return {code: states.pop() for code, states in standing.items() if len(states) == 1}


@cache
def label_of(system: str, code: str) -> str:
    """What a known code that is no state's stands for, as "Oceans" or "Abkhazia"; '' for any other."""
    labels = {(row["system"], row["code"]): row["label"] for row in _rows("regions.csv")}
    return labels.get((system, _plain(code)), "")


@cache
def parts_of_cameo() -> dict[str, str]:
    """What a CAMEO actor code is put together from besides states and regions: known groups and roles.

    Example:
        >>> parts_of_cameo()["HMS"], parts_of_cameo()["GOV"]
        ('Hamas', 'Government')
    """
    return {row["code"]: row["label"] for row in _rows("cameo_parts.csv")}


@cache
def _spans(system: str) -> dict[str, list[tuple[date, date, str]]]:
    spans: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for row in (row for row in _rows("codes.csv") if row["system"] == system):
        first, end = row["valid_from"] or "0001-01-01", row["valid_to"] or "9999-12-31"
        spans[row["code"]].append((date.fromisoformat(first), date.fromisoformat(end), row["state"]))
    if not spans:
        known = {row["system"] for row in _rows("codes.csv")}
        raise ValueError(f"'{system}' is no system of codes. {did_you_mean(system, known)}")
    return dict(spans)


@cache
def _names() -> dict[str, str]:
    house = {_folded(row["en"]): row["id"] for row in _rows("states.csv")}
    return house | {_folded(row["name"]): row["state"] for row in _rows("state_names.csv")}


@cache
def _rows(file: str) -> list[dict[str, str]]:
    lines = (files("rasad.actors") / "table" / file).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _plain(code: str) -> str:
    code = code.strip().upper()
    return (code.lstrip("0") or "0") if code.isdigit() else code


def _folded(name: str) -> str:
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return " ".join(bare.casefold().replace("&", " and ").replace("’", "'").split())
