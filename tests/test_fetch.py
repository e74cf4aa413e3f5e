"""A fetch brings what GDELT lists, whole and checked, from a server that may do anything."""

from __future__ import annotations

import errno
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks import ENTRY, Said, law, rasad, the_fault, tree
from loading import GDELT2, MENTIONS
from mirror import (
    LIST,
    QUARTER,
    UPSTREAM,
    Mirror,
    Trick,
    answers,
    cut,
    dripping,
    garbled,
    line,
    longer,
    make_zip,
    name_of,
    sends,
    slots,
    utc,
)  # fmt: skip
from rasad.sources import addresses, manners
from rasad.sources.gdelt_gaps import Gap, spans
from rasad.sources.http import Door
from rasad.sources.manners import Manners

QUICK = Manners(pause=0, timeout=1.0, slowest=1000, first_wait=0.01, longest_wait=0.02, jitter=0)
START = utc(2025, 6, 14, 23)
STOP = utc(2025, 6, 16, 1)
PAGE = b"<html><body>Please try again later.</body></html>"
KILLS = 3


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wait for nothing; no proxy, and no certificates to read, for all is plain and on this machine."""
    monkeypatch.setattr(manners, "MANNERS", QUICK)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    """The last hour of 14 June 2025 and the first of the 16th; of the 15th GDELT has nothing."""
    with Mirror() as server:
        server.publish([*slots(START, utc(2025, 6, 15)), *slots(utc(2025, 6, 16), STOP)])
        yield server


@pytest.fixture
def desk(mirror: Mirror, tmp_path: Path) -> Path:
    return make_desk(tmp_path / "desk", f'mirror = "{mirror.base}"')


def make_desk(root: Path, fetch: str) -> Path:
    root.mkdir()
    (root / "rasad.toml").write_text(f'[desk]\nname = {{ en = "Desk" }}\n\n[fetch.gdelt]\n{fetch}\n', "utf-8")
    return root


def fetch(desk: Path, *more: str, since: datetime = START, until: datetime = STOP) -> Said:
    times = ("--since", f"{since:%Y-%m-%dT%H:%M}", "--until", f"{until:%Y-%m-%dT%H:%M}")
    return rasad("fetch", "gdelt", *times, "--no-load", "--json", "--desk", desk, *more)


def told(said: Said, code: int = 0) -> dict[str, Any]:
    """What a fetch printed, once it ended as it should."""
    assert said.code == code, said.err
    return json.loads(said.out)


def results(said: Said, code: int = 0) -> dict[str, int]:
    """How many files ended how, without those that none did."""
    return {result: count for result, count in told(said, code)["results"].items() if count}


def kept(desk: Path) -> dict[str, bytes]:
    """The files that have their name."""
    folder = desk / ".rasad" / "fetch" / "gdelt"
    return {path.name: path.read_bytes() for path in folder.glob("*.zip")}


def ledger(desk: Path) -> dict[str, str]:
    """The gap ledger: the reason of each slot."""
    lines = (desk / ".rasad" / "fetch" / "gdelt" / "gaps.jsonl").read_text("utf-8").splitlines()
    return {gap["slot"]: gap["reason"] for gap in map(json.loads, lines)}


def the_list(desk: Path) -> Path:
    (path,) = (desk / ".rasad" / "fetch" / "gdelt").glob("masterfilelist-????????.txt")
    return path


def grow_old(desk: Path) -> None:
    """Let the desk's copy of the list be an hour old."""
    then = time.time() - 3600
    os.utime(the_list(desk), (then, then))


# ---- what is fetched --------------------------------------------------------


def test_what_is_listed_is_fetched_and_a_day_without_files_is_a_gap(desk: Path, mirror: Mirror):
    said = told(fetch(desk))
    assert said["results"] | {"fetched": 0, "not_listed": 0} == dict.fromkeys(said["results"], 0)
    assert (said["results"]["fetched"], said["results"]["not_listed"]) == (8, 96)
    assert [gap["told"] for gap in said["gaps"]] == ["2025-06-15 00:00 – 23:45, 96 slots, not in the list"]
    assert kept(desk) == {name: mirror.files[name] for name in mirror.files if ".export." in name}
    assert said["bytes"] == sum(map(len, kept(desk).values()))
    assert set(ledger(desk).values()) == {"not in the list"}
    assert len(ledger(desk)) == 96


def test_a_person_reads_counts_and_spans(desk: Path):
    said = rasad(
        "fetch", "gdelt", "--since", "2025-06-14T23:00", "--until", "2025-06-16", "--no-load", "--desk", desk
    )
    assert said.code == 0
    first, gap = said.out.splitlines()
    assert first.startswith("export, 2025-06-14 23:00 to 2025-06-16 00:00: 4 fetched, 96 not in the list; ")
    assert gap == "  gap: export 2025-06-15 00:00 – 23:45, 96 slots, not in the list"
    assert said.err == ""


def test_running_it_again_asks_for_nothing(desk: Path, mirror: Mirror):
    fetch(desk)
    mirror.asked.clear()
    assert results(fetch(desk)) == {"there": 8, "not_listed": 96}
    assert mirror.asked == []


def test_a_file_that_was_spoilt_is_fetched_anew(desk: Path, mirror: Mirror):
    fetch(desk)
    spoilt = desk / ".rasad" / "fetch" / "gdelt" / name_of(START)
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"!")
    assert results(fetch(desk)) == {"fetched": 1, "there": 7, "not_listed": 96}
    assert spoilt.read_bytes() == mirror.files[spoilt.name]


def test_mentions_come_only_when_asked_for(desk: Path, mirror: Mirror):
    said = fetch(desk, "--mentions", until=utc(2025, 6, 15))
    assert results(said) == {"fetched": 8}
    assert sorted(kept(desk)) == sorted(
        name_of(s, t) for s in slots(START, utc(2025, 6, 15)) for t in told(said)["tables"]
    )


def test_the_end_is_not_fetched_and_slots_begin_at_the_quarter(desk: Path):
    said = fetch(desk, since=START + timedelta(minutes=1), until=START + timedelta(minutes=45))
    assert results(said) == {"fetched": 2}
    assert sorted(kept(desk)) == [name_of(START + QUARTER), name_of(START + 2 * QUARTER)]


def test_a_file_between_the_quarters_is_fetched_too(desk: Path, mirror: Mirror):
    mirror.publish([START + timedelta(minutes=7)])
    assert results(fetch(desk, until=START + QUARTER)) == {"fetched": 2}


def test_the_server_is_told_who_asks(desk: Path, mirror: Mirror):
    fetch(desk)
    assert {asked.agent.split("/")[0] for asked in mirror.asked} == {"rasad"}


def test_what_was_fetched_is_loaded_and_what_can_not_be_loaded_is_told(desk: Path, mirror: Mirror):
    slot, bad = utc(2025, 6, 16, 1), utc(2025, 6, 16, 1, 15)
    rows = GDELT2.read_bytes()
    mirror.put(name_of(slot), make_zip(name_of(slot), rows))
    mirror.put(name_of(slot, "mentions"), make_zip(name_of(slot, "mentions"), MENTIONS.read_bytes()))
    times = ("--since", "2025-06-16T01:00", "--until", "2025-06-16T01:15")
    said = rasad("fetch", "gdelt", *times, "--mentions", "--json", "--desk", desk)
    loaded = told(said)["loaded"]
    assert (loaded["files"], loaded["failed"]) == (2, 0)
    assert loaded["rows_read"] == rows.count(b"\n") + MENTIONS.read_bytes().count(b"\n")
    assert loaded["rows_read"] == loaded["loaded"] + loaded["duplicates"] + loaded["rejected"]

    mirror.put(name_of(bad), make_zip(name_of(bad), PAGE))
    times = ("--since", "2025-06-16T01:00", "--until", "2025-06-16T01:30")
    said = rasad("fetch", "gdelt", *times, "--desk", desk)
    assert said.code == 1
    assert name_of(bad) in said.err
    assert f"1 file: {len(rows.splitlines()):,} rows read, 0 loaded" in said.out


# ---- the list ---------------------------------------------------------------


def test_malformed_lines_are_counted_and_left_out(desk: Path, mirror: Mirror):
    good = mirror.lines[3]
    mirror.lines[3:3] = [
        "",
        "150383",
        "12 http://data.gdeltproject.org/gdeltv2/20250614230000.export.CSV.zip",
        good[:60],
        good.replace(" ", "\t"),
        good.replace("20250614231500", "2025061423150"),
        good.replace("20250614231500", "20250614234599"),
        "9" * 12 + " " + good.split(" ", 1)[1],
        "\0\xff" * 40,
        "x" * 5_000_000,
    ]
    said = fetch(desk)
    assert results(said) == {"fetched": 8, "not_listed": 96}
    assert told(said)["list"]["malformed_lines"] == 9
    assert "9 malformed lines" in said.err


@pytest.mark.parametrize(
    "address",
    ["{other}/{name}", "http://h/gdeltv2/../../../{name}", "http://h/%2e%2e/{name}", "file:///etc/{name}"],
)
def test_the_list_decides_neither_where_from_nor_where_to(
    desk: Path, mirror: Mirror, tmp_path: Path, address: str
):
    name = name_of(START)
    before = {path for path in tree(tmp_path) if "fetch" not in path}
    with Mirror() as other:
        other.publish([START])
        size, digest, _ = mirror.lines[0].split(" ")
        mirror.lines[0] = f"{size} {digest} {address.format(other=other.base, name=name)}"
        fetch(desk)
        assert other.asked == []
    written = set(tree(tmp_path)) - before
    assert {str(Path(path).parent) for path in written} == {"desk/.rasad/fetch/gdelt"}


def test_of_two_lines_on_one_file_the_later_counts(desk: Path, mirror: Mirror):
    name = name_of(START)
    mirror.lines.insert(0, line(name, b"an older one"))
    assert results(fetch(desk, until=START + QUARTER)) == {"fetched": 1}
    newer = make_zip("newer")
    mirror.files[name] = newer
    mirror.lines.append(line(name, newer))
    grow_old(desk)
    assert results(fetch(desk, until=START + QUARTER)) == {"fetched": 1}
    assert kept(desk)[name] == newer


def test_only_what_is_new_of_an_old_list_is_fetched(desk: Path, mirror: Mirror):
    fetch(desk)
    before = the_list(desk).stat().st_size
    mirror.publish([STOP])
    grow_old(desk)
    mirror.asked.clear()
    assert results(fetch(desk, until=STOP + QUARTER)) == {"fetched": 1, "there": 8, "not_listed": 96}
    (asked,) = mirror.asked_for(LIST)
    assert asked.start > before - 1000
    assert asked.sent < 1000
    assert the_list(desk).read_bytes() == mirror.content(LIST)


def test_a_list_that_does_not_reach_far_enough_is_asked_for_at_once(desk: Path, mirror: Mirror):
    fetch(desk)
    mirror.publish([STOP])
    assert results(fetch(desk, until=STOP + QUARTER))["fetched"] == 1


def test_a_list_that_was_rewritten_is_fetched_whole(desk: Path, mirror: Mirror):
    fetch(desk)
    mirror.lines = [text.replace(UPSTREAM, "http://elsewhere.example/gdeltv2") for text in mirror.lines[:-3]]
    grow_old(desk)
    assert results(fetch(desk)) == {"there": 7, "not_listed": 96, "not_yet": 1}
    assert the_list(desk).read_bytes() == mirror.content(LIST)


def test_an_old_list_will_do_where_no_newer_one_is_to_be_had(desk: Path, mirror: Mirror):
    fetch(desk)
    grow_old(desk)
    mirror.always(LIST, sends(PAGE))
    said = fetch(desk)
    assert results(said) == {"there": 8, "not_listed": 96}
    assert "old one" in said.err
    mirror.play(LIST)
    assert told(fetch(desk))["list"]["stale_because"] is None


@pytest.mark.parametrize(
    "trick",
    [answers(404), answers(503), sends(PAGE), sends(b""), cut],
    ids=["404", "503", "a page", "nothing", "cut"],
)
def test_without_a_list_it_can_not_run(desk: Path, mirror: Mirror, trick: Trick):
    mirror.always(LIST, trick)
    if trick is cut:
        mirror.lines = mirror.lines[:1]
    assert "the list of files can't be had" in the_fault(fetch(desk))
    assert kept(desk) == {}


def test_a_server_that_is_not_there_is_told(tmp_path: Path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        desk = make_desk(tmp_path / "desk", f'mirror = "http://127.0.0.1:{nobody.getsockname()[1]}/gdeltv2"')
        assert "the list of files can't be had" in the_fault(fetch(desk))


def test_a_list_that_lags_is_a_problem_and_one_that_is_new_is_none(desk: Path, mirror: Mirror):
    said = fetch(desk, until=STOP + timedelta(days=1))
    assert results(said, 1) == {"fetched": 8, "not_listed": 96, "not_yet": 96}
    assert "ends at 2025-06-16 00:45" in said.err
    now = datetime.now(STOP.tzinfo)
    last = now - (now - START) % QUARTER - QUARTER
    mirror.publish([last - QUARTER])
    said = rasad(
        "fetch", "gdelt", "--since", f"{last - QUARTER:%Y-%m-%dT%H:%M}", "--no-load", "--json", "--desk", desk
    )
    assert results(said)["fetched"] == 1
    assert results(said)["not_yet"] in (2, 3)


# ---- files that are not what they should be ---------------------------------


@pytest.mark.parametrize(
    ("trick", "result"),
    [
        (answers(404), "missing"),
        (answers(403), "unreachable"),
        (answers(500), "unreachable"),
        (answers(200, Content_Encoding="gzip"), "unreachable"),
        (garbled, "wrong_sum"),
        (longer, "wrong_size"),
        (sends(make_zip("another")[:300]), "wrong_size"),
        (sends(PAGE), "not_a_zip"),
        (sends(PAGE * 1000), "not_a_zip"),
        (sends(b""), "not_a_zip"),
        (answers(302, Location="ftp://127.0.0.1/file"), "refused"),
        (answers(302, Location="http://[broken/"), "unreachable"),
        (answers(302, Location="again"), "refused"),
    ],
)
def test_a_file_that_can_not_be_had_is_in_the_ledger_until_it_is(
    desk: Path, mirror: Mirror, trick: Trick, result: str
):
    name = name_of(START)
    mirror.always(name, trick)
    mirror.always("again", answers(302, Location="again"))
    said = fetch(desk)
    assert results(said, 1) == {"fetched": 7, "not_listed": 96, result: 1}
    assert name not in kept(desk)
    assert ledger(desk)["2025-06-14T23:00:00Z"] != "not in the list"
    assert told(said, 1)["gaps"][0]["slots"] == 1

    mirror.play(name)
    assert results(fetch(desk)) == {"fetched": 1, "there": 7, "not_listed": 96}
    assert "2025-06-14T23:00:00Z" not in ledger(desk)
    assert not list((desk / ".rasad").rglob("*.part"))


@pytest.mark.parametrize("trick", [garbled, longer, sends(PAGE), cut, answers(500), answers(429)])
def test_what_goes_wrong_once_is_tried_again(desk: Path, mirror: Mirror, trick: Trick):
    for name in mirror.files:
        mirror.play(name, trick)
    assert results(fetch(desk)) == {"fetched": 8, "not_listed": 96}
    assert kept(desk) == {name: mirror.files[name] for name in mirror.files if ".export." in name}


def test_a_gap_keeps_the_day_it_was_first_seen(desk: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch):
    path = desk / ".rasad" / "fetch" / "gdelt" / "gaps.jsonl"
    fetch(desk)
    long_ago = {"first_seen": "2025-07-01T00:00:00Z", "last_tried": "2025-07-01T00:00:00Z"}
    old = [json.loads(text) | long_ago for text in path.read_text("utf-8").splitlines()]
    path.write_text("".join(f"{json.dumps(gap)}\n" for gap in old), "utf-8")
    fetch(desk)
    gaps = [json.loads(text) for text in path.read_text("utf-8").splitlines()]
    assert {gap["first_seen"][:10] for gap in gaps} == {"2025-07-01"}
    assert "2025-07-01" not in {gap["last_tried"][:10] for gap in gaps}


def test_a_dead_line_is_gone_on_with_where_it_broke(desk: Path, mirror: Mirror):
    name = name_of(START)
    mirror.play(name, cut, cut)
    assert results(fetch(desk, until=START + QUARTER)) == {"fetched": 1}
    first, second, third = mirror.asked_for(name)
    assert first.start < second.start < third.start
    assert sum(asked.sent for asked in mirror.asked_for(name)) < 1.4 * len(mirror.files[name])
    assert kept(desk)[name] == mirror.files[name]


def test_a_part_that_is_left_of_another_file_is_thrown_away(desk: Path, mirror: Mirror):
    name = name_of(START)
    folder = desk / ".rasad" / "fetch" / "gdelt"
    folder.mkdir(parents=True)
    (folder / f"{name}.part").write_bytes(make_zip("another")[:1000])
    assert results(fetch(desk, until=START + QUARTER)) == {"fetched": 1}
    assert kept(desk)[name] == mirror.files[name]


# ---- manners ----------------------------------------------------------------


def test_a_server_that_says_when_to_come_back_is_left_alone_until_then(desk: Path, mirror: Mirror):
    mirror.play(name_of(START), answers(429, Retry_After="1"))
    assert results(fetch(desk)) == {"fetched": 8, "not_listed": 96}
    first, second = mirror.asked_for(name_of(START))
    assert second.at - first.at >= 1
    between = [asked for asked in mirror.asked if first.at + 0.3 < asked.at < first.at + 0.9]
    assert between == []


def test_nobody_waits_an_hour(desk: Path, mirror: Mirror):
    mirror.every = answers(503, Retry_After="3600")
    mirror.play(LIST, sends(mirror.content(LIST) or b""))
    begun = time.monotonic()
    said = fetch(desk)
    assert results(said, 1)["unreachable"] == 8
    assert time.monotonic() - begun < 2
    assert "asks to come back" in said.err
    assert len(mirror.asked) <= 3


def test_a_server_that_is_down_is_not_asked_for_every_file(desk: Path, mirror: Mirror):
    mirror.publish(slots(STOP, STOP + timedelta(hours=10)))
    mirror.every = answers(502)
    mirror.play(LIST, sends(mirror.content(LIST) or b""))
    assert results(fetch(desk, until=STOP + timedelta(hours=10)), 1)["unreachable"] == 48
    assert len(set(mirror.asked_files)) < 10


def test_a_slow_answer_is_waited_for_and_a_trickle_is_not(
    desk: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
):
    mirror.play(name_of(START), dripping(0.8))
    assert results(fetch(desk, until=START + QUARTER)) == {"fetched": 1}

    strict = Manners(pause=0, timeout=0.2, slowest=10_000, attempts=2, first_wait=0.01, jitter=0)
    monkeypatch.setattr(manners, "MANNERS", strict)
    mirror.always(name_of(START + QUARTER), dripping(2))
    begun = time.monotonic()
    said = fetch(desk, since=START + QUARTER, until=START + 2 * QUARTER)
    assert results(said, 1) == {"unreachable": 1}
    assert time.monotonic() - begun < 2
    assert "too slowly" in said.err


def test_two_files_at_a_time_and_no_more(desk: Path, mirror: Mirror):
    for name in mirror.files:
        mirror.play(name, dripping(0.05, pieces=5))
    fetch(desk)
    starts = sorted(asked.at for asked in mirror.asked if asked.name != LIST)
    assert starts[7] - starts[0] > 0.1


# ---- where an address may lead ----------------------------------------------


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.2", "2130706433", "[::ffff:127.0.0.1]", "innocent.example"]
)
def test_a_redirect_never_leads_into_a_private_network(
    desk: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch, host: str
):
    resolve = socket.getaddrinfo

    def both(name: str, *rest: Any, **more: Any) -> list[Any]:  # noqa: ANN401
        if name != "innocent.example":
            return resolve(name, *rest, **more)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "192.168.1.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with Mirror("0.0.0.0") as other:  # noqa: S104  (a test asks whether anybody reaches it)
        other.publish([START])
        mirror.always(
            name_of(START), answers(302, Location=f"http://{host}:{other.port}/gdeltv2/{name_of(START)}")
        )
        said = fetch(desk)
        assert results(said, 1)["refused"] == 1
        assert other.asked == []
    assert "private address" in said.err


def test_a_redirect_on_the_host_that_the_user_gave_is_followed(desk: Path, mirror: Mirror):
    with Mirror() as other:
        other.publish([START])
        mirror.play(name_of(START), answers(307, Location=f"{other.base}/{name_of(START)}"))
        mirror.play(name_of(START + QUARTER), answers(301, Location=f"./{name_of(START + QUARTER)}"))
        assert results(fetch(desk)) == {"fetched": 8, "not_listed": 96}


def test_a_redirect_goes_to_the_address_that_was_judged(
    desk: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(addresses, "is_public", lambda _: True)
    known = {"mirror.example": "127.0.0.1"}
    resolve = socket.getaddrinfo
    asked: list[str] = []

    def once(host: str, *rest: Any, **more: Any) -> object:  # noqa: ANN401
        asked.append(host)
        return resolve(known.pop(host, host), *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    mirror.play(
        name_of(START), answers(302, Location=f"http://mirror.example:{mirror.port}/gdeltv2/{name_of(START)}")
    )
    assert results(fetch(desk, until=START + QUARTER)) == {"fetched": 1}
    assert mirror.asked_for(name_of(START))[1].host == f"mirror.example:{mirror.port}"
    assert asked.count("mirror.example") == 1


def test_a_found_address_is_judged_and_a_typed_one_is_not(mirror: Mirror, tmp_path: Path):
    with Door() as door:
        door.fetch(f"{mirror.base}/{name_of(START)}", tmp_path / "typed", limit=10_000)
        with pytest.raises(addresses.RefusedError, match="private address"):
            door.fetch(
                f"{mirror.base}/{LIST}", tmp_path / "found", limit=10_000, found_in="https://news.example/a"
            )
    assert (tmp_path / "typed").read_bytes() == mirror.files[name_of(START)]
    assert mirror.asked_for(LIST) == []


@pytest.mark.parametrize(
    "text", ["10.1.2.3", "169.254.169.254", "::1", "fe80::1", "fd00::1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1"]
)  # fmt: skip
def test_a_private_address_is_known_however_it_is_written(text: str):
    assert not addresses.is_public(addresses.ip_address(text))


def test_a_link_in_place_of_a_part_is_not_written_through(desk: Path, tmp_path: Path):
    folder = desk / ".rasad" / "fetch" / "gdelt"
    folder.mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    (folder / f"{name_of(START)}.part").symlink_to(outside)
    the_fault(fetch(desk, until=START + QUARTER))
    assert outside.read_bytes() == b"mine"


def test_a_full_disk_is_told_in_a_line_and_the_next_run_goes_on(
    desk: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    fetch(desk, until=START + QUARTER)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert the_fault(fetch(desk)) == "No space left on device."
    assert results(fetch(desk)) == {"fetched": 7, "there": 1, "not_listed": 96}
    assert len(mirror.asked_for(name_of(START))) == 1


# ---- what is refused --------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        ("2015-02-18", "2015-03-01", "GDELT 2.0 begins on 2015-02-18 23:00"),
        ("2999-01-01", "2999-01-02", "in the future"),
        ("2025-06-16", "2025-06-16", "not before --until"),
        ("2025-06-16", "2025-06-14", "not before --until"),
    ],
)
def test_days_without_files_are_refused(desk: Path, mirror: Mirror, since: str, until: str, says: str):
    assert says in the_fault(rasad("fetch", "gdelt", "--since", since, "--until", until, "--desk", desk))
    assert mirror.asked == []


@pytest.mark.parametrize("arguments", [[], ["--since", "yesterday"], ["--since", "2025-02-30"]])
def test_what_is_no_day_is_refused(desk: Path, arguments: list[str]):
    said = rasad("fetch", "gdelt", *arguments, "--desk", desk)
    assert said.code == 2
    assert "--since" in said.err


@pytest.mark.parametrize(
    ("fetch_table", "says"),
    [
        ('mirror = "data.gdeltproject.org"', "rasad.toml:5: [fetch] gdelt.mirror: 'data.gdeltproject.org' is not an address"),
        ('mirror = "ftp://host/gdeltv2"', "is not an address as https://host/gdeltv2"),
        ('mirror = "https://me:secret@host/gdeltv2"', "a user or a password"),
        ('mirror = "https://host/gdeltv2/masterfilelist.txt"', "name the folder"),
        ("mirror = 3", "should be a valid string"),
        ('miror = "https://host/gdeltv2"', "[fetch] gdelt.miror: Extra inputs are not permitted"),
    ],
)  # fmt: skip
def test_a_mirror_that_is_none_is_told_in_a_line(tmp_path: Path, fetch_table: str, says: str):
    assert says in the_fault(fetch(make_desk(tmp_path / "desk", fetch_table)))


def test_a_ledger_that_was_spoilt_is_told_by_its_line(desk: Path):
    fetch(desk)
    path = desk / ".rasad" / "fetch" / "gdelt" / "gaps.jsonl"
    path.write_bytes(path.read_bytes().replace(b"{", b"(", 1))
    assert "gaps.jsonl:1: not a line of a gap ledger" in the_fault(fetch(desk))


def test_two_fetches_do_not_mix(desk: Path):
    fcntl = pytest.importorskip("fcntl")
    fetch(desk)
    with (desk / ".rasad" / "fetch" / "gdelt" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another fetch is at work here" in the_fault(fetch(desk))


# ---- spans ------------------------------------------------------------------


@law
@given(
    st.sets(st.tuples(st.integers(0, 300), st.sampled_from(["export", "mentions"])), max_size=80),
    st.randoms(),
)
def test_spans_hold_every_gap_once_and_none_besides(entries: set[tuple[int, str]], shuffled: random.Random):
    gaps = [
        Gap(START + n * QUARTER, table, "missing (404)" if n % 7 else "wrong sum", START, STOP)
        for n, table in entries
    ]
    shuffled.shuffle(gaps)
    held = [
        (slot, span.table, span.reason)
        for span in spans(gaps)
        for slot in slots(span.first, span.last + QUARTER)
    ]
    assert sorted(held) == sorted((gap.slot, gap.table, gap.reason) for gap in gaps)
    assert sum(span.slots for span in spans(gaps)) == len(gaps)
    assert {text.count("slot") for text in map(str, spans(gaps))} <= {1}


# ---- killed -----------------------------------------------------------------


def test_a_fetch_that_was_killed_is_gone_on_with(desk: Path, mirror: Mirror):
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201  (shown when it fails)
    moment = random.Random(seed)  # noqa: S311
    until = STOP + timedelta(hours=6)
    mirror.publish(slots(STOP, until))
    mirror.every = dripping(0.04, pieces=4)
    wanted = {name: content for name, content in mirror.files.items() if ".export." in name}
    command = [
        sys.executable, "-c", ENTRY, "fetch", "gdelt", "--desk", str(desk), "--no-load", "--json",
        "--since", f"{START:%Y-%m-%dT%H:%M}", "--until", f"{until:%Y-%m-%dT%H:%M}",
    ]  # fmt: skip
    for _ in range(KILLS):
        mirror.asked.clear()
        before = kept(desk)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        enough = moment.randint(1, 8)
        while len(mirror.asked) < enough and process.poll() is None:
            time.sleep(0.002)
        time.sleep(moment.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert kept(desk).items() <= wanted.items()
        assert not before.keys() & set(mirror.asked_files)
    before = kept(desk)
    mirror.asked.clear()
    mirror.every = None
    said = told(fetch(desk, until=until))
    assert (said["results"]["fetched"], said["results"]["there"]) == (32 - len(before), len(before))
    assert kept(desk) == wanted
    assert sorted(mirror.asked_files) == sorted(set(mirror.asked_files))
    assert not before.keys() & set(mirror.asked_files)
