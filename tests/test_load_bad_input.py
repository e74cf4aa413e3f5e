"""What a careless or hostile hand puts into an event file: a clear reject or one line, and no row lost."""

from __future__ import annotations

import json
import os
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desks import COULD_NOT_RUN, copy_desk, make_desk, rasad, refused
from loading import (
    ACLED,
    CANDIDATE,
    GDELT1,
    GDELT2,
    GED,
    GED_ZIP,
    GIGA,
    ICEWS,
    MENTIONS,
    ONE_EACH,
    POLECAT,
    POLECAT_ZIP,
    TABLES,
    accounted,
    cells,
    counts,
    export,
    finish,
    flags_told,
    hashes,
    is_sound,
    keeps,
    lines,
    load,
    loaded_events,
    many,
    not_loaded,
    records,
    rejects,
    rows_of,
    start,
    state,
    table,
    watched,
    write,
    write_like,
    write_table,
    zipped,
)

MEMBER = GDELT2.name


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("fresh") / "desk")


@pytest.fixture
def desk(fresh: Path, tmp_path: Path) -> Path:
    """A desk in a folder of its own, so that what lands outside of it is seen."""
    return copy_desk(fresh, tmp_path / "home")


def found_again(desk: Path, ids: Iterable[str]) -> set[str]:
    """Those of some ids that are current events or stand in the text of a reject."""
    current = {row["dataset_event_id"] for row in export(desk, "--private")}
    kept = " ".join(row["text"] for row in rejects(desk))
    return {key for key in ids if key in current or key in kept}


# ---- rows of another width ----------------------------------------------------


def cut(row: Sequence[str], width: int) -> list[str]:
    """A row cut, or filled with empty cells, to a width."""
    return [*row[:width], *[""] * (width - len(row))]


@pytest.mark.parametrize("width", [1, 56, 57, 58, 59, 60, 62, 122])
def test_a_gdelt_2_row_of_another_width_is_rejected_with_its_text(desk: Path, tmp_path: Path, width: int):
    rows = cells(GDELT2)
    places = (0, 49, 99)
    for place in places:
        rows[place] = cut(rows[place], width)
    told = load(desk, write(tmp_path / MEMBER, rows))
    assert counts(told) == (100, 97, 0, 0, 3)
    kept = rejects(desk)
    assert [row["row"] for row in kept] == [place + 1 for place in places]
    assert [row["text"] for row in kept] == ["\t".join(rows[place]) for place in places]
    assert len({row["reason"] for row in kept}) == 1


@pytest.mark.parametrize("width", [1, 56, 59, 60, 61, 62])
def test_a_gdelt_1_row_of_another_width_is_rejected_with_its_text(desk: Path, tmp_path: Path, width: int):
    rows = cells(GDELT1)
    rows[20], rows[70] = cut(rows[20], width), cut(rows[70], width)
    told = load(desk, write(tmp_path / GDELT1.name, rows))
    assert counts(told) == (100, 98, 0, 0, 2)
    assert [(row["row"], row["text"]) for row in rejects(desk)] == [
        (21, "\t".join(rows[20])),
        (71, "\t".join(rows[70])),
    ]


def test_a_gdelt_2_file_cut_to_58_columns_is_not_taken_for_gdelt_1(desk: Path, tmp_path: Path):
    file = write(tmp_path / MEMBER, [row[:58] for row in cells(GDELT2)])
    said = rasad("load", file, "--desk", desk, "--json")
    assert loaded_events(desk) == []
    if said.code != 0:
        refused(said)
    else:
        assert len(rejects(desk)) == 100


@pytest.mark.parametrize(
    "file", [MENTIONS, ICEWS, POLECAT, GED, CANDIDATE, ACLED], ids=lambda file: file.name
)
@pytest.mark.parametrize("by", [-3, 2])
def test_a_row_of_another_width_is_rejected_in_every_format(desk: Path, tmp_path: Path, file: Path, by: int):
    rows = records(file)
    rows[2] = rows[2][:by] if by < 0 else [*rows[2], *["more"] * by]
    told = load(desk, write_like(file, tmp_path / "spoilt", rows))
    assert told["rejected"] == 1
    (kept,) = rejects(desk)
    assert kept["row"] == (3 if file == MENTIONS else 2)
    assert all(cell in kept["text"] for cell in rows[2] if '"' not in cell)


# ---- dates and numbers --------------------------------------------------------

DATES = {
    GDELT2: (1, ("20190231", "20191301", "20190000", "99999999", "2019", "", "yesterday", "2.0191E+07")),
    GDELT1: (1, ("19790229", "")),
    GED: ("date_start", ("2018-02-30", "", "30/02/2018")),
    CANDIDATE: ("date_start", ("2024-02-30 00:00:00.000", "")),
    ICEWS: ("Event Date", ("2021-02-29", "", "NA")),
    POLECAT: ("Event Date", ("2022-02-30", "", "None")),
    ACLED: ("event_date", ("2024-02-30", "")),
}


@pytest.mark.parametrize("file", DATES, ids=lambda file: file.name)
def test_an_impossible_day_is_rejected(desk: Path, tmp_path: Path, file: Path):
    column, days = DATES[file]
    rows = records(file)
    spoilt = rows[2 : 2 + len(days)]
    for row, day in zip(spoilt, days, strict=True):
        row[column if isinstance(column, int) else rows[0].index(column)] = day
    told = load(desk, write_like(file, tmp_path / "spoilt", rows))
    assert told["rejected"] == len(days)
    first = 2 if isinstance(column, str) else 3
    for number, (row, kept) in enumerate(zip(spoilt, rejects(desk), strict=True), first):
        assert kept["row"] == number
        assert row[0] in kept["text"]
        assert "date" in kept["reason"] or "day" in kept["reason"]


@pytest.mark.parametrize("added", ["2.02E+13", "2,01910E+13", "20191324143000", ""])
def test_a_moment_that_a_spreadsheet_spoilt_is_rejected(desk: Path, tmp_path: Path, added: str):
    rows = cells(GDELT2)
    for row in rows[10:13]:
        row[59] = added
    assert counts(load(desk, write(tmp_path / MEMBER, rows))) == (100, 97, 0, 0, 3)
    kept = rejects(desk)
    assert [row["row"] for row in kept] == [11, 12, 13]
    assert [row["text"] for row in kept] == ["\t".join(row) for row in rows[10:13]]


@pytest.mark.parametrize("key", ["", "8.81E+08", "x"])
def test_an_id_that_is_none_is_rejected(desk: Path, tmp_path: Path, key: str):
    rows = cells(GDELT2)
    rows[5][0] = key
    assert counts(load(desk, write(tmp_path / MEMBER, rows))) == (100, 99, 0, 0, 1)


def test_codes_that_lost_their_zeros_are_not_taken_for_others(desk: Path, tmp_path: Path):
    rows = cells(GDELT2)
    spoilt = {row[0] for row in rows if row[26].startswith("0")}
    for row in rows:
        row[26:29] = (code.lstrip("0") for code in row[26:29])
    told = load(desk, write(tmp_path / MEMBER, rows))
    assert told["rejected"] + flags_told(told)["unknown_code"] == len(spoilt)
    assert found_again(desk, spoilt) == spoilt


@pytest.mark.parametrize("file", [ACLED, GED, CANDIDATE], ids=lambda file: file.name)
def test_a_file_that_a_spreadsheet_parted_by_semicolons_is_told_or_read_whole(
    desk: Path, tmp_path: Path, file: Path
):
    spoilt = write_table(tmp_path / file.name, table(file), delimiter=";")
    before = hashes(desk)
    said = rasad("load", spoilt, "--desk", desk, "--json")
    if said.code == COULD_NOT_RUN:
        (line,) = refused(said)
        assert ";" in line or "semicolon" in line
        assert hashes(desk) == before
    else:
        assert {row["dataset_event_id"] for row in loaded_events(desk, "--private")} == {
            row[0] for row in table(file)[1:]
        }
        assert load(desk, file)["loaded"] == 0


# ---- bytes --------------------------------------------------------------------


NAMED = {GDELT2: 6, GDELT1: 6, MENTIONS: 4, GED: 5, CANDIDATE: 8, ICEWS: 13, POLECAT: 33, ACLED: 7}
"""A cell of each format that holds a name."""
BAD_BYTES = {"NUL": (b"\0", b"\0\0\0", b"\0x"), "no UTF-8": (b"\xff\xfe", b"\xc3", b"\xed\xa0\x80")}


@pytest.mark.parametrize("file", ONE_EACH, ids=lambda file: file.name)
@pytest.mark.parametrize("kind", BAD_BYTES)
def test_bad_bytes_spoil_no_row_but_their_own(desk: Path, tmp_path: Path, file: Path, kind: str):
    bytewise = tmp_path / "bytewise"
    bytewise.write_text(file.read_bytes().decode("latin-1"), "utf-8", newline="")
    rows = table(bytewise) if file in TABLES else cells(bytewise)
    for row, bad in zip((rows[2], rows[5], rows[6]), BAD_BYTES[kind], strict=True):
        row[NAMED[file]] += bad.decode("latin-1")
    spoilt = write_like(file, tmp_path / "spoilt", rows)
    spoilt.write_bytes(spoilt.read_text("utf-8").encode("latin-1"))
    told = load(desk, spoilt)
    assert told["rows_read"] == rows_of(file)
    assert told["rejected"] in range(4)
    assert len(rejects(desk)) == told["rejected"]
    if file not in (MENTIONS, ICEWS):
        ids = {row[0] for row in records(file)[0 if file in (GDELT2, GDELT1) else 1 :]}
        assert found_again(desk, ids) == ids


def test_a_quote_that_is_never_closed_loses_no_row(desk: Path, tmp_path: Path):
    text = lines(GED)
    begins = [
        number for number, line in enumerate(text) if line[:1].isdigit() and line.split(",")[0].isdigit()
    ]
    middle = begins[len(begins) // 2]
    text[middle] = text[middle].replace(",", ',"', 1)
    spoilt = write(tmp_path / GED.name, text)
    before = hashes(desk)
    said = rasad("load", spoilt, "--desk", desk, "--json")
    if said.code == COULD_NOT_RUN:
        refused(said)
        assert hashes(desk) == before
    else:
        ids = {row[0] for row in table(GED)[1:]}
        assert found_again(desk, ids) == ids


@pytest.mark.parametrize("kind", ["a line without tabs", "a cell", "a cell in quotes"])
def test_a_line_of_100_megabytes_takes_little_memory(desk: Path, tmp_path: Path, kind: str):
    huge = "bell " * (100 * 2**20 // 5)
    if kind == "a cell in quotes":
        rows = table(GED)
        rows[50][19] = huge
        spoilt = write_table(tmp_path / GED.name, rows)
    else:
        rows = cells(GDELT2)
        rows[50] = [huge] if kind == "a line without tabs" else [*rows[50][:52], huge, *rows[50][53:]]
        spoilt = write(tmp_path / MEMBER, rows)
    before = hashes(desk)
    said, peak = watched("load", spoilt, "--desk", desk, "--json")
    assert peak < 2 * GIGA
    if said.code == COULD_NOT_RUN:
        refused(said)
        assert hashes(desk) == before
    else:
        assert said.code == 0, said.err
        assert len(loaded_events(desk)) >= 99
        assert len(loaded_events(desk)) + len(rejects(desk)) == 100
    assert is_sound(desk)


# ---- archives -----------------------------------------------------------------


def _bomb(file: Path, *, says: int) -> Path:
    """An archive of one member that unpacks to 4 GB of zeros and says how many bytes it has."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    chunk = pack.compress(bytes(2**24)) + pack.flush(zlib.Z_FULL_FLUSH)
    again = pack.compress(bytes(2**24)) + pack.flush(zlib.Z_FULL_FLUSH)
    data = chunk + again * 254 + pack.flush(zlib.Z_FINISH)
    name = MEMBER.encode()
    fields = struct.pack("<HHHHHIIIH", 20, 0, 8, 0, 0x21, 0, len(data), says, len(name))
    local = b"PK\x03\x04" + fields + struct.pack("<H", 0) + name
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHHII", 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(data), 0)
    file.write_bytes(local + data + central + b"PK\x05\x06" + end)
    with zipfile.ZipFile(file) as archive, archive.open(MEMBER) as member:
        assert member.read(10) == bytes(10)
    return file


@pytest.mark.parametrize("says", [255 * 2**24, 41_000], ids=["its size", "less than its size"])
def test_a_zip_bomb_is_refused_quickly(desk: Path, tmp_path: Path, says: int):
    bomb = _bomb(tmp_path / f"{MEMBER}.zip", says=says)
    before = hashes(desk)
    begun = time.monotonic()
    said, peak = watched("load", bomb, "--desk", desk, "--json", timeout=30)
    assert time.monotonic() - begun < 15
    assert peak < 2 * GIGA
    assert bomb.name in "".join(refused(said))
    assert hashes(desk) == before


@pytest.mark.parametrize("archive", [POLECAT_ZIP, GED_ZIP], ids=lambda file: file.name)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_archive_is_told(desk: Path, tmp_path: Path, archive: Path, part: float):
    data = archive.read_bytes()
    spoilt = tmp_path / archive.name
    spoilt.write_bytes(data[: int(part * len(data))])
    not_loaded(desk, spoilt)


def test_an_archive_with_a_wrong_sum_is_told(desk: Path, tmp_path: Path):
    spoilt = tmp_path / f"{MEMBER}.zip"
    with zipfile.ZipFile(spoilt, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MEMBER, GDELT2.read_bytes())
    data = spoilt.read_bytes()
    spoilt.write_bytes(data.replace(b"Kabul", b"Kobul", 1))
    assert spoilt.read_bytes() != data
    not_loaded(desk, spoilt)


def test_an_archive_without_events_is_told(desk: Path, tmp_path: Path):
    not_loaded(desk, zipped(tmp_path / "codebook.zip", {"codebook.pdf": b"%PDF-1.7\n"}))
    not_loaded(desk, zipped(tmp_path / "nothing.zip", {}))


def test_an_error_page_saved_as_an_archive_is_told(desk: Path, tmp_path: Path):
    page = tmp_path / f"{MEMBER}.zip"
    page.write_text("<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head></html>\n", "utf-8")
    line = not_loaded(desk, page).lower()
    assert "html" in line or "web page" in line


OUTWARD = ("../../{0}", "../{0}", "..\\..\\{0}", "{1}/{0}", "a/../../../{0}")


@pytest.mark.parametrize("name", OUTWARD)
def test_a_member_that_points_out_of_the_archive_writes_nothing_there(desk: Path, tmp_path: Path, name: str):
    data = {name.format(MEMBER, tmp_path / "elsewhere"): GDELT2.read_bytes()}
    archive = zipped(tmp_path / "events.zip", data)
    inside = sorted(path.name for path in desk.iterdir())
    before = outside(desk, tmp_path)
    said = rasad("load", archive, "--desk", desk, "--json")
    if said.code == COULD_NOT_RUN:
        refused(said)
    else:
        assert said.code == 0, said.err
    assert outside(desk, tmp_path) == before
    assert sorted(path.name for path in desk.iterdir()) == inside


def outside(desk: Path, folder: Path) -> dict[str, str]:
    """The files of a folder that are not in the desk, with their hashes."""
    home = f"{desk.relative_to(folder)}/"
    return {path: text for path, text in hashes(folder).items() if not path.startswith(home)}


def test_a_link_in_an_archive_is_not_followed(desk: Path, tmp_path: Path):
    rows = cells(GDELT2)[:3]
    rows[0][60] = "https://secret.example/"
    target = write(tmp_path / "outside.CSV", rows)
    link = zipfile.ZipInfo(MEMBER)
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    not_loaded(desk, zipped(tmp_path / "events.zip", {link: str(target).encode()}))
    assert not keeps(desk, "secret.example")


# ---- a file that changes under the reader -------------------------------------


@pytest.mark.parametrize("how", ["grows", "shrinks"])
def test_a_file_that_changes_while_it_is_read_is_loaded_without_half_rows_or_told(
    desk: Path, tmp_path: Path, how: str
):
    whole = many(tmp_path / "whole", 140)
    rows = whole.read_bytes().splitlines(keepends=True)
    file = tmp_path / MEMBER
    file.write_bytes(b"".join(rows[:10_000]))
    before = state(desk)
    with file.open("r+b", buffering=0) as out:
        size = out.seek(0, os.SEEK_END)
        process = start("load", file, "--desk", desk, "--json")
        for n in range(4000):
            if process.poll() is not None:
                break
            if how == "grows":
                out.write(rows[10_000 + n])
            else:
                size -= len(rows[9_999 - n])
                out.truncate(size)
            time.sleep(0.001)
    said = finish(process)
    assert is_sound(desk)
    if said.code == COULD_NOT_RUN:
        refused(said)
        assert state(desk) == before
    else:
        assert said.code == 0, said.err
        address = {row[0]: row[60] for row in cells(whole)}
        assert not [
            row for row in loaded_events(desk) if row["source_url"] != address[row["dataset_event_id"]]
        ]
    load(desk, whole)
    assert len(loaded_events(desk)) == len(rows)


# ---- whatever the bytes are ---------------------------------------------------

edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 12),
        st.one_of(
            st.binary(max_size=6), st.sampled_from([b"\t", b"\n", b'"', b"\0", b"\r\n", b",", b"\xff"])
        ),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ONE_EACH), edits)
def test_whatever_bytes_are_changed_every_row_is_accounted_for(
    file: Path, changes: list[tuple[float, int, bytes]]
):
    data = file.read_bytes()
    for place, length, to in changes:
        at = int(place * len(data))
        data = data[:at] + to + data[at + length :]
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder) / "desk")
        spoilt = Path(folder) / file.name
        spoilt.write_bytes(data)
        said = rasad("load", spoilt, "--desk", desk, "--json")
        if said.code == COULD_NOT_RUN:
            refused(said)
        else:
            told = json.loads(said.out)
            assert accounted(told)
            assert len(rejects(desk)) == told["rejected"]
            assert load(desk, spoilt)["loaded"] == 0
        assert is_sound(desk)
