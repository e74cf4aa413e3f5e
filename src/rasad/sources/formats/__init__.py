"""Formats: what the field publishes, each a short declaration and one statement of SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from rasad.errors import SourceError, did_you_mean
from rasad.model.flag import FLAGS, bit
from rasad.model.format import MENTIONS, TAB, UNIT, Format
from rasad.sources.sample import Sample

GDELT_1 = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code", "Actor1Name",
    "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode", "Actor1Religion1Code",
    "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code", "Actor2Code",
    "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode", "Actor2Religion1Code",
    "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code", "IsRootEvent",
    "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone", "Actor1Geo_Type", "Actor1Geo_FullName",
    "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code", "Actor1Geo_Lat", "Actor1Geo_Long",
    "Actor1Geo_FeatureID", "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code", "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID", "ActionGeo_Type",
    "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_Lat", "ActionGeo_Long",
    "ActionGeo_FeatureID", "DATEADDED", "SOURCEURL",
)  # fmt: skip
GDELT_2 = tuple(
    name
    for column in GDELT_1
    for name in ([column, column.replace("ADM1", "ADM2")] if column.endswith("ADM1Code") else [column])
)
GDELT_CITATION = "GDELT: free for any use, with citation of the GDELT Project (gdeltproject.org)"

FORMATS = {
    "gdelt2": Format(
        "gdelt2", "gdelt2", "GDELT 2.0 events", "gdelt", actor="{side}_code", coding="cameo", licence=GDELT_CITATION
    ),
    "gdelt1": Format(
        "gdelt1", "gdelt1", "GDELT 1.0 events", "gdelt", actor="{side}_code", coding="cameo", licence=GDELT_CITATION
    ),
    "gdelt2-mentions": Format(
        "gdelt2-mentions", "gdelt2-mentions", "GDELT 2.0 mentions", "mentions", table=MENTIONS, licence=GDELT_CITATION
    ),
    "ucdp": Format("ucdp", "ucdp", "UCDP georeferenced events", "ucdp", coding="ucdp", licence="UCDP: CC BY 4.0"),
    "icews": Format(
        "icews", "icews", "ICEWS coded events", "icews", coding="icews",
        licence="ICEWS: Harvard Dataverse terms, research use with citation", missing=("NA", "NULL"),
    ),
    "polecat": Format(
        "polecat", "polecat", "POLECAT events", "polecat", coding="polecat", encoding="cp1252",
        licence="POLECAT: Harvard Dataverse terms, research use with citation", missing=("None", "NA"),
    ),
    "acled": Format(
        "acled", "acled", "ACLED events", "acled", coding="acled", redistributable=False,
        licence="ACLED: the user's own access; rows may not be passed on",
    ),
}  # fmt: skip
"""Every format by the name that ``--as`` takes; ``select`` names its statement."""

_HEADERS: dict[str, tuple[str, ...]] = {
    "gdelt2": ("globaleventid", "sqldate", "eventcode", "actor1code", "actor2code"),
    "icews": ("event id", "event date", "source name", "cameo code", "target name"),
    "polecat": ("event id", "event date", "event type", "actor name", "recipient name"),
    "ucdp": ("id", "type_of_violence", "date_start", "date_end", "side_a", "side_b", "best"),
    "acled": ("event_id_cnty", "event_date", "event_type", "actor1"),
}
"""Columns by which a file with a header is known."""

_PLACEHOLDER = re.compile(r"<(has )?([A-Za-z][\w ]*)>")


def recognise(found: Sample, mapped: Sequence[Format] = ()) -> Format | None:
    """The format of a text by its header, or by the shape of its rows; None where none is known.

    ``mapped`` are the desk's own formats; they are asked first.
    """
    header = {name.casefold() for name in found.header}
    for known in mapped:
        if header.issuperset(name.casefold() for name in known.columns):
            return with_header(known, found)
    for name, needed in _HEADERS.items():
        if header.issuperset(needed):
            return with_header(
                FORMATS["gdelt1" if name == "gdelt2" and not _is_second(found) else name], found
            )
    return _by_shape(found)


def as_format(name: str, found: Sample, mapped: Sequence[Format] = ()) -> Format:
    """The format of a name, for a text that the user says is in it.

    Raises:
        SourceError: If the name is not known, or the header lacks a column that the format needs.
    """
    for known in mapped:
        if known.name == name:
            here = {column.casefold() for column in found.header}
            lacking = [column for column in known.columns if column.casefold() not in here]
            if lacking:
                raise SourceError(f"not {known.title}: there is no column '{lacking[0]}'", at=found.path)
            return with_header(known, found)
    if name not in FORMATS:
        raise SourceError(f"'{name}' is not a format", do=did_you_mean(name, FORMATS))
    needed = _HEADERS.get("gdelt2" if name.startswith("gdelt") and "-" not in name else name, ())
    header = {column.casefold() for column in found.header}
    if needed and header.issuperset(needed):
        return with_header(FORMATS[name], found)
    if name.startswith("gdelt"):
        known = _positional(FORMATS[name], found)
        if known.width not in (None, *found.widths()) and found.rows:
            raise SourceError(f"not {known.title}: no row has {known.width} columns", at=found.path)
        return known
    absent = next(column for column in needed if column not in header)
    raise SourceError(f"not {FORMATS[name].title}: there is no column '{absent}'", at=found.path)


def with_header(known: Format, found: Sample) -> Format:
    """A format whose columns are named in the first line of the file."""
    names, full = list(found.header), len(found.rows[0])
    widths = found.widths()[1:]
    usual = max(set(widths), key=widths.count) if widths else len(names)
    if usual == len(names) - 1 and "Headline" in names:
        names.remove("Headline")
    if known.dataset.startswith("gdelt"):
        known = replace(known, missing=("NA",))
    return fill(known, names, _separator(found), range(len(names), max(full, len(names)) + 1))


def _positional(known: Format, found: Sample) -> Format:
    widths = {"gdelt2": range(61, 62), "gdelt1": range(57, 59), "gdelt2-mentions": range(16, 17)}[known.name]
    names = {"gdelt2": GDELT_2, "gdelt1": GDELT_1, "gdelt2-mentions": ()}[known.name]
    return fill(known, names, _separator(found), widths, header=False)


def _separator(found: Sample) -> str:
    """Tab-separated files of this field quote nothing: a quote in them is a letter."""
    return TAB if found.delimiter == TAB else UNIT


def fill(
    known: Format, names: Sequence[str], separator: str, widths: range, *, header: bool = True
) -> Format:
    """Put the places of the columns into a format's statement."""
    places = {name.casefold(): place for place, name in enumerate(names, start=1)}
    if known.mapping:
        places = {field: places[column.casefold()] for field, column in known.mapping}
    told = " or ".join(map(str, widths)) if len(widths) < 4 else f"{widths[0]} to {widths[-1]}"
    special = {"widths": f"len(c) NOT BETWEEN {widths[0]} AND {widths[-1]}", "width": told}
    if header and len(widths) == 1:
        rest = f"len([x for x in c[{widths[0] + 1}:] if trim(x) <> '']) > 0"
        special["widths"] = f"len(c) < {widths[0]} OR (len(c) > {widths[0]} AND {rest})"
    special["widths"] = f"({special['widths']})"

    def cell(match: re.Match[str]) -> str:
        has, name = match.groups()
        if name in special:
            return special[name]
        place = places.get(name.casefold())
        if has:
            return "true" if place is not None else "false"
        return "NULL::VARCHAR" if place is None else _cell(place, known.missing)

    select = known.select if "\n" in known.select else statement(known.select)
    return replace(
        known,
        select=_PLACEHOLDER.sub(cell, select),
        separator=separator,
        width=widths[0] if len(widths) == 1 else None,
        columns=tuple(names) if header else (),
    )


def _cell(place: int, missing: tuple[str, ...]) -> str:
    if not missing:
        return f"nullif(c[{place}], '')"
    told = ", ".join("'" + text.replace("'", "''") + "'" for text in ("", *missing))
    return f"CASE WHEN c[{place}] NOT IN ({told}) THEN c[{place}] END"


def statement(name: str) -> str:
    """A format's statement as it is written, its flags as numbers."""
    text = (files("rasad.sources.formats") / f"{name}.sql").read_text("utf-8")
    for flag in FLAGS:
        text = text.replace(f"{{{flag}}}", str(bit(flag)))
    return text


def _is_second(found: Sample) -> bool:
    """Whether a table with GDELT's own column names is of GDELT 2.0."""
    header = [name.casefold() for name in found.header]
    if any("adm2" in name for name in header):
        return True
    rows = found.rows[1:20]
    if "dateadded" in header:
        place = header.index("dateadded")
        return any(len(row[place]) == 14 for row in rows if len(row) > place)
    place = header.index("sqldate")
    return all(row[place] >= "20150218" for row in rows if len(row) > place)


def _by_shape(found: Sample) -> Format | None:
    """A GDELT file without a header, told by its first rows."""
    rows = [row for row in found.rows if row[0].isdigit()]
    events = [row for row in rows if len(row) > 50 and re.fullmatch(r"\d{8}|[\d.,]+E\+\d+", row[1])]
    if events:
        widths = [len(row) for row in events]
        second = sum(width == 61 for width in widths)
        first = sum(width in (57, 58) for width in widths)
        name = "gdelt2" if second > first or (second == first and max(widths) > 58) else "gdelt1"
        return _positional(FORMATS[name], found)
    if rows and all(len(row) > 12 and re.fullmatch(r"\d{14}", row[1] + row[2][:0]) for row in rows[:5]):
        return _positional(FORMATS["gdelt2-mentions"], found)
    return None
