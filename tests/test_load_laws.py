"""Laws of reading event files: whatever the bytes, none is lost, and none but rasad's own errors are raised."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import law, make_desk, rasad
from loading import GDELT2, ONE_EACH, accounted, cells, rejects
from rasad.errors import RasadError
from rasad.model.format import UNIT, Format
from rasad.sources import kept as keeping
from rasad.sources import pieces as cutting
from rasad.sources.formats import recognise
from rasad.sources.formats.mapped import mapped_format
from rasad.sources.kept import Kept, chunks, keep
from rasad.sources.sample import describe, sample

few = settings(law, max_examples=5)
sizes = st.sampled_from([(7, 20), (64, 64), (1 << 20, 1 << 22)])
"""Bytes that are read at once, and bytes of a segment: small ones make a few rows a big file."""
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\x01\x02\x1e\x1f"), max_size=12)
seeds = [file.read_bytes()[:3_000] for file in ONE_EACH]


@contextmanager
def kept_in(content: bytes, size: tuple[int, int] = (1 << 20, 1 << 22)) -> Iterator[tuple[Kept, Path]]:
    """A private copy of some bytes, and a folder for what is made of it."""
    chunk, segment = size
    with TemporaryDirectory() as name, mock.patch.object(keeping, "CHUNK", chunk):
        folder = Path(name)
        (folder / "given").write_bytes(content)
        with mock.patch.object(keeping, "SEGMENT", segment), mock.patch.object(cutting, "SEGMENT", segment):
            yield keep(folder / "given", folder / "kept"), folder


def read(kept: Kept, known: Format, folder: Path) -> list[str]:
    """The rows of a file, piece by piece."""
    found: list[str] = []
    for piece in cutting.pieces(kept, known, folder / "anew"):
        found += piece.path.read_text("utf-8").split("\n")[:-1]
    return found


@law
@given(st.binary(max_size=300), sizes)
def test_a_kept_text_is_given_back_byte_by_byte(content: bytes, size: tuple[int, int]):
    with kept_in(b"id" + content, size) as (kept, _):
        assert b"".join(chunks(kept)) == b"id" + content
        if kept.lines is not None:
            assert sum(kept.lines) == len((b"id" + content).removesuffix(b"\n").split(b"\n"))


@law
@given(
    st.lists(st.lists(texts, min_size=3, max_size=3).filter(any), max_size=8),
    st.sampled_from([",", ";"]),
    sizes,
)
def test_every_record_of_a_quoted_table_is_a_row_with_its_cells(
    rows: Sequence[Sequence[str]], delimiter: str, size: tuple[int, int]
):
    header = ["id", "day", "what"]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([header, *rows])
    with kept_in(text.getvalue().encode(), size) as (kept, folder):
        found = sample(kept)
        known = recognise(found, [mapped_format("notes", {"id": "id", "date": "day", "text": "what"})])
        assert known is not None
        cut = [row.replace("\x1e", "\n").split(UNIT) for row in read(kept, known, folder)]
    assert cut == [row for row in map(list, rows) if row != header]


@law
@given(st.sampled_from(seeds), st.data())
def test_spoilt_bytes_are_a_known_format_or_told_in_words(seed: bytes, data: st.DataObject):
    start = data.draw(st.integers(0, len(seed)))
    content = seed[:start] + data.draw(st.binary(max_size=40)) + seed[start + data.draw(st.integers(0, 90)) :]
    with kept_in(content) as (kept, folder), suppress(RasadError):
        found = sample(kept)
        known = recognise(found)
        if known is None:
            assert describe(kept, found)
        else:
            assert list(cutting.pieces(kept, known, folder / "anew"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("laws") / "desk")


@few
@given(
    st.lists(
        st.one_of(
            st.integers(0, 30).map(lambda number: "\t".join(cells(GDELT2)[number])),
            st.integers(0, 30).map(lambda number: "\t".join([*cells(GDELT2)[number][:31], "7", *cells(GDELT2)[number][32:]])),
            st.sampled_from(["", "cut\trow", "\t" * 60, "a\0b", "\udcff", '"', "=1+1"]),
        ),
        max_size=40,
    ),
)  # fmt: skip
def test_every_row_of_a_file_is_loaded_a_duplicate_or_rejected(desk: Path, lines: list[str]):
    file = desk / "lines.csv"
    first = "\t".join(cells(GDELT2)[40])
    file.write_bytes("".join(f"{line}\n" for line in [first, *lines]).encode("utf-8", "surrogateescape"))
    before = len(rejects(desk))
    told = json.loads(rasad("load", file, "--desk", desk, "--json").out)
    assert accounted(told)
    assert told["rows_read"] == 1 + sum(bool(line) for line in lines)
    assert len(rejects(desk)) - before in (told["rejected"], 0)
