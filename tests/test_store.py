"""The store holds what was loaded: the newest row of an id, whole, whatever happens to a load."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import ROWS, build, chronology, copy_desk, make_desk, rasad, row, the_fault, tree
from rasad import flow
from rasad.errors import StoreError
from rasad.settings import Desk
from rasad.store.store import Store

KILLS = 8
MANY = 120


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("loaded") / "desk")


@pytest.fixture
def desk(loaded: Path, tmp_path: Path) -> Path:
    return copy_desk(loaded, tmp_path)


def store_of(desk: Path) -> Store:
    return Store(desk / ".rasad" / "store")


def texts(desk: Path) -> dict[str, str]:
    return {event.dataset_event_id: event.text for event in store_of(desk).events()}


def counts(desk: Path, *rows: dict[str, str]) -> dict[str, int]:
    (desk / "chronology.csv").write_text(chronology(*rows), "utf-8")
    said = rasad("load", "--desk", desk, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


# ---- loading ----------------------------------------------------------------


def test_loading_twice_loads_nothing(desk: Path):
    before = tree(desk / ".rasad")
    again = counts(desk, *ROWS)
    assert (again["rows_read"], again["loaded"], again["revised"], again["duplicates"]) == (4, 0, 0, 4)
    assert tree(desk / ".rasad") == before


def test_a_revised_row_replaces_the_one_before_it(desk: Path):
    told = counts(desk, *ROWS[:3], ROWS[3] | {"event": "Gunmen attacked the embassy in Kabul."})
    assert (told["loaded"], told["revised"], told["duplicates"], told["withdrawn"]) == (1, 1, 3, 0)
    assert texts(desk)["C004"] == "Gunmen attacked the embassy in Kabul."
    assert len(texts(desk)) == 4


def test_a_withdrawn_row_is_no_longer_current(desk: Path):
    told = counts(desk, *ROWS[:3])
    assert (told["loaded"], told["revised"], told["duplicates"], told["withdrawn"]) == (0, 0, 3, 1)
    assert "C004" not in texts(desk)


def test_a_row_that_only_moved_is_not_revised(desk: Path):
    told = counts(desk, *reversed(ROWS))
    assert (told["loaded"], told["revised"], told["duplicates"], told["withdrawn"]) == (0, 0, 4, 0)


def test_a_correction_taken_back_brings_the_first_wording_back(desk: Path):
    counts(desk, *ROWS[:3], ROWS[3] | {"event": "Something else."})
    assert counts(desk, *ROWS)["revised"] == 1
    assert texts(desk)["C004"] == "Gunmen attacked the embassy."


def test_every_file_that_was_loaded_stays_readable_byte_by_byte(desk: Path):
    first = (desk / "chronology.csv").read_bytes()
    counts(desk, *ROWS[:2])
    kept = [store_of(desk).original(snapshot) for snapshot in store_of(desk).snapshots()]
    assert first in kept
    assert (desk / "chronology.csv").read_bytes() in kept


def test_a_failed_load_leaves_the_manifest_as_it_was(desk: Path):
    manifest = desk / ".rasad" / "store" / "manifest.json"
    before = manifest.read_bytes()
    (desk / "chronology.csv").write_text(chronology(*ROWS, row("C005", cameo="999")), "utf-8")
    the_fault(rasad("load", "--desk", desk))
    assert manifest.read_bytes() == before
    assert len(texts(desk)) == 4


def test_an_empty_chronology_with_its_header_withdraws_every_row(desk: Path):
    assert counts(desk)["withdrawn"] == 4
    assert texts(desk) == {}


versions = st.lists(
    st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from(["one", "two", "three"]), max_size=5),
    min_size=1,
    max_size=4,
)


@settings(max_examples=8, deadline=None)
@given(versions)
def test_the_store_always_holds_the_last_version_and_tells_what_changed(files: list[dict[str, str]]):
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder) / "desk", rows=())
        held: dict[str, str] = {}
        for version in files:
            told = counts(desk, *(row(key, event=text) for key, text in version.items()))
            assert texts(desk) == version
            assert told["loaded"] - told["revised"] == len(version.keys() - held.keys())
            assert told["withdrawn"] == len(held.keys() - version.keys())
            assert told["revised"] == sum(
                1 for key in version.keys() & held.keys() if version[key] != held[key]
            )
            assert told["rows_read"] == told["loaded"] + told["duplicates"]
            held = version


# ---- killed -----------------------------------------------------------------

LOAD = """
import sys
from pathlib import Path
from rasad import flow
from rasad.settings import Desk
desk = Desk(Path(sys.argv[1]))
print("go", flush=True)
flow.load(desk)
"""


def version_of(number: int) -> list[dict[str, str]]:
    return [row(f"C{n}", event=f"Version {number} of row {n}.") for n in range(MANY)]


def test_a_load_killed_at_any_moment_leaves_the_store_as_before_or_after(tmp_path: Path):
    seed = secrets.randbelow(2**32)
    print(f"seed {seed}")  # noqa: T201  (the way back to a failure)
    moments = np.random.default_rng(seed)
    desk = make_desk(tmp_path / "desk", rows=version_of(0))
    begun = time.perf_counter()
    (desk / "chronology.csv").write_text(chronology(*version_of(1)), "utf-8")
    flow.load(Desk(desk))
    takes = time.perf_counter() - begun
    for number in range(2, 2 + KILLS):
        before = texts(desk)
        rows = version_of(number)
        (desk / "chronology.csv").write_text(chronology(*rows), "utf-8")
        with subprocess.Popen([sys.executable, "-c", LOAD, str(desk)], stdout=subprocess.PIPE) as load:
            assert load.stdout is not None
            load.stdout.readline()
            time.sleep(float(moments.uniform(0, 1.3 * takes)))
            load.kill()
        after = {r["id"]: r["event"] for r in rows}
        assert texts(desk) in (before, after), f"seed {seed}, kill {number}"
    assert rasad("load", "--desk", desk).code == 0
    assert texts(desk) == after


# ---- a store that is not there, or damaged ----------------------------------


def test_a_build_without_a_store_says_what_to_run(desk: Path):
    for path in sorted((desk / ".rasad").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    line = the_fault(build(desk))
    assert "no event store" in line
    assert "'rasad load'" in line
    assert not (desk / "build").exists()


def test_a_measure_without_a_store_says_what_to_run(desk: Path):
    (desk / ".rasad" / "store" / "manifest.json").unlink()
    assert "'rasad load'" in the_fault(rasad("measure", "events", "--desk", desk))


@pytest.mark.parametrize(
    "garbage", [b"", b"{", b"[]", b'{"version": 1}', b'{"version": 99, "snapshots": []}', b"\xff"]
)
def test_a_damaged_manifest_is_told_with_the_way_out(desk: Path, garbage: bytes):
    manifest = desk / ".rasad" / "store" / "manifest.json"
    manifest.write_bytes(garbage)
    line = the_fault(build(desk))
    assert str(manifest) in line
    assert "Delete the .rasad/store folder" in line


@pytest.mark.parametrize("damage", ["gone", "cut short"])
def test_a_damaged_part_is_told_with_the_way_out(desk: Path, damage: str):
    (part,) = (desk / ".rasad" / "store" / "event").rglob("*.parquet")
    if damage == "gone":
        part.unlink()
    else:
        part.write_bytes(part.read_bytes()[:100])
    line = the_fault(build(desk))
    assert str(part) in line
    assert "Delete the .rasad/store folder" in line


def test_a_store_rebuilt_from_nothing_holds_the_same_events(desk: Path):
    before = store_of(desk).events()
    for path in sorted((desk / ".rasad").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert rasad("load", "--desk", desk).code == 0
    assert store_of(desk).events() == before


def test_a_store_that_is_not_there_is_not_made_by_reading_it(tmp_path: Path):
    with pytest.raises(StoreError):
        Store(tmp_path / "store").events()
    assert list(tmp_path.iterdir()) == []
