"""Mapped formats: any table with a header, its columns named in ``rasad.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rasad.model.format import Format

REQUIRED = ("id", "date")
TEXTS = {
    "source": "source_code",
    "source_name": "source_name",
    "target": "target_code",
    "target_name": "target_name",
    "cameo": "cameo",
    "act": "act",
    "plover_type": "plover_type",
    "plover_mode": "plover_mode",
    "context": "context",
    "place": "place_code",
    "place_name": "place_name",
    "text": "text",
    "url": "source_url",
    "publisher": "publisher",
    "story": "story",
    "note": "note",
}
NUMBERS = {
    "latitude": "latitude",
    "longitude": "longitude",
    "tone": "tone",
    "mentions": "n_mentions",
    "sources": "n_sources",
    "articles": "n_articles",
    "deaths": "deaths",
}
FIELDS = (*REQUIRED, "end", "published", *TEXTS, *NUMBERS)
"""What a mapping may name."""
CODINGS = {"cameo": "cameo", "names": "name", "ids": "id"}
"""How a mapped file tells who acts: CAMEO codes, names, or ids of the actor table."""


def mapped_format(
    name: str,
    columns: Mapping[str, str],
    *,
    dataset: str = "",
    actors: str = "names",
    date_format: str = "",
    missing: Sequence[str] = (),
    licence: str = "",
    redistributable: bool = True,
) -> Format:
    """A format whose columns a desk has named.

    Args:
        name: Its name, for ``--as``.
        columns: The file's column of each field; ``id`` and ``date`` must be there.
        dataset: The dataset its events belong to; the name where empty.
        actors: A key of ``CODINGS``.
        date_format: As ``%d.%m.%Y``; ISO, ``20260527`` and month/day/year where empty.
        missing: Texts that mean nothing, as ``NA``.
        licence: The terms, for the store's report.
        redistributable: Whether rows may be passed on.
    """
    return Format(
        name,
        dataset or name,
        f"{name}, as rasad.toml maps it",
        _select(columns, date_format),
        actor="{side}_name" if actors == "names" and "source_name" in columns else "{side}_code",
        coding=CODINGS[actors],
        licence=licence,
        redistributable=redistributable,
        columns=tuple(columns.values()),
        missing=tuple(missing),
        mapping=tuple(columns.items()),
    )


def _select(columns: Mapping[str, str], date_format: str) -> str:
    def day(field: str) -> str:
        if date_format:
            told = date_format.replace("'", "''")
            return f"in_time(try_strptime(<{field}>, '{told}')::DATE)"
        return f"coalesce(day8(<{field}>), any_day(<{field}>))"

    told = [f"<{field}> AS {column}" for field, column in TEXTS.items() if field in columns]
    for field, column in NUMBERS.items():
        if field in columns:
            kind = "FLOAT" if column in ("latitude", "longitude", "tone") else "INTEGER"
            told.append(f"try_cast(<{field}> AS {kind}) AS {column}")
    if "end" in columns:
        told.append(f"{day('end')} AS ended_on")
    if "published" in columns:
        told.append(f"{day('published')} AS added_on")
    lost = "WHEN length(<cameo>) < 3 THEN 'the CAMEO code has lost its zeros'" if "cameo" in columns else ""
    return f"""SELECT
    no,
    row,
    CASE
        WHEN <widths> THEN 'has ' || len(c) || ' columns, not <width>'
        WHEN <id> IS NULL THEN 'the id is empty'
        WHEN {day("date")} IS NULL THEN 'the date is not a day'
        {lost}
    END AS problem,
    <id> AS key,
    {day("date")} AS occurred_on,
    {", ".join(told)}{"," if told else ""}
    0 AS flags
FROM cells"""
