"""`rasad check --links`: which addresses are dead, have moved, can't be checked or are not followed, and who is asked."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from rasad.check.links import bare_addresses
from rasad.cli import progress
from rasad.cli.check import command
from rasad.flow import link_checking
from rasad.model.look import Look
from rasad.sources import addresses, manners
from rasad.sources.by_host import by_host
from rasad.sources.hosts import why_private
from rasad.sources.http import Door
from rasad.sources.looks import Looks
from rasad.sources.manners import Manners
from site_server import HANGS_UP, Reply, Site

QUICK = Manners(connections=16, pause=0, timeout=0.3, attempts=1, patience=1.5)
LINKS = ("link-dead", "link-moved", "link-unreachable", "link-refused")
NOBODY = "http://127.0.0.1:1/"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    """Wait for nothing, keep nothing of the user's, and no proxy or certificates: all is on this machine."""
    monkeypatch.setattr(manners, "LOOKING", QUICK)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


def check(path: Path, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(path), *map(str, arguments)])


def found(path: Path, *arguments: object) -> list[dict[str, Any]]:
    """What the rules on links find in a file, with ``--links``."""
    selected = [part for rule in LINKS for part in ("--select", rule)]
    return json.loads(check(path, "--links", "--json", *selected, *arguments).stdout)


def look(tmp_path: Path, site: Site, *links: str) -> dict[str, tuple[str, str]]:
    """The rule and message of each link of a document that has them all; its words are the number of the link."""
    path = written(tmp_path, "\n\n".join(f"[{number}]({link})" for number, link in enumerate(links)))
    told = found(path, "--trust", "127.0.0.1")
    return {links[int(one["text"])]: (one["rule"], one["message"]) for one in told}


def written(tmp_path: Path, text: str, name: str = "analysis.md") -> Path:
    path = tmp_path / name
    path.write_text(text + "\n", "utf-8")
    return path


def sleeping(seconds: float) -> Callable[[], None]:
    return lambda: time.sleep(seconds)


# ---- what is found ----------------------------------------------------------


def test_a_page_that_answers_is_no_finding_and_is_asked_for_its_headers_alone(tmp_path: Path, site: Site):
    assert look(tmp_path, site, site.put("/a"), site.put("/empty", Reply(204, b""))) == {}
    assert [asked.method for asked in site.asked] == ["HEAD", "HEAD"]
    assert site.asked[0].agent.startswith("rasad/")


@pytest.mark.parametrize(
    ("status", "words"), [(404, "the page is not there (404"), (410, "was taken away (410")]
)
def test_a_page_that_is_gone_is_dead(tmp_path: Path, site: Site, status: int, words: str):
    address = site.put("/gone", Reply(status))
    rule, message = look(tmp_path, site, address)[address]
    assert rule == "link-dead"
    assert words in message


def test_a_host_where_nobody_listens_is_dead_and_says_so(tmp_path: Path, site: Site):
    rule, message = look(tmp_path, site, NOBODY)[NOBODY]
    assert (rule, "refuses the connection" in message) == ("link-dead", True)


def test_a_name_without_a_host_is_dead_where_other_names_are_known(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(link_checking, "has_names", lambda: True)
    monkeypatch.setattr(link_checking, "has_route", lambda: True)
    address = "https://news.invalid/a"
    assert look(tmp_path, site, address)[address] == (
        "link-dead", f"'{address}' is dead: no such host",
    )  # fmt: skip


@pytest.mark.parametrize("status", [401, 403, 418, 429, 500, 503])
def test_a_server_that_fails_or_keeps_machines_out_is_never_called_dead(
    tmp_path: Path, site: Site, status: int
):
    address = site.put("/a", Reply(status))
    rule, message = look(tmp_path, site, address)[address]
    assert rule == "link-unreachable"
    assert "could not be checked" in message
    assert str(status) in message


def test_a_server_that_answers_a_head_wrongly_is_asked_for_the_first_bytes(tmp_path: Path, site: Site):
    pages = [site.put(f"/{status}", Reply(to_head=status)) for status in (HANGS_UP, 403, 404, 405, 500, 501)]
    assert look(tmp_path, site, *pages) == {}
    gets = [asked for asked in site.asked if asked.method == "GET"]
    assert [asked.range for asked in gets] == ["bytes=0-1023"] * 6


def test_a_server_that_is_silent_could_not_be_checked(tmp_path: Path, site: Site):
    slow, quick = site.put("/slow", Reply(before=sleeping(0.5))), site.put("/quick")
    told = look(tmp_path, site, slow, quick)
    assert list(told) == [slow]
    assert "no whole answer" in told[slow][1]
    assert len(site.asked_for("/slow")) == 1


@contextmanager
def dripping(first: bytes, then: bytes) -> Iterator[str]:
    """A server that answers with some bytes, and with others one by one; its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):
                line.sendall(first)
                for letter in then:
                    line.send(bytes([letter]))
                    time.sleep(0.05)

        Thread(target=drip, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/a"


def test_a_server_that_drips_its_headers_is_cut_off(tmp_path: Path):
    begun = time.monotonic()
    with dripping(b"HTTP/1.1 200 OK\r\n", b"X-Long: " + b"x" * 400) as address:
        told = found(written(tmp_path, address), "--trust", "127.0.0.1")
    assert [one["rule"] for one in told] == ["link-unreachable"]
    assert time.monotonic() - begun < 3


def test_a_body_that_was_cut_off_is_never_taken_for_a_whole_one():
    begun = time.monotonic()
    with (
        dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 400) as address,
        Door(QUICK, trusted={"127.0.0.1"}) as door,
        pytest.raises(addresses.UnreachableError, match="no whole answer"),
    ):
        door.look(address, most=100_000)
    assert time.monotonic() - begun < 3


def test_a_huge_body_and_one_of_an_odd_kind_are_not_read(tmp_path: Path, site: Site):
    huge = Reply(body=bytes(30_000_000), to_head=405)
    odd = Reply(body=b"\x00\x01", headers={"Content-Type": "application/x-nobody; ="}, to_head=405)
    assert look(tmp_path, site, site.put("/huge", huge), site.put("/odd", odd)) == {}


def test_a_server_that_says_when_to_come_back_is_asked_again_then(tmp_path: Path, site: Site):
    address = site.put("/busy", Reply(429, headers={"Retry-After": "1"}), Reply())
    assert look(tmp_path, site, address) == {}
    first, second = site.asked
    assert second.at - first.at >= 0.95


def test_nobody_waits_longer_than_patience_and_the_host_is_left_alone(tmp_path: Path, site: Site):
    busy = site.put("/busy", Reply(503, headers={"Retry-After": "3600"}))
    told = look(tmp_path, site, busy, site.put("/other"))
    assert {rule for rule, _ in told.values()} == {"link-unreachable"}
    assert len(told) == 2
    assert len(site.asked) == 1


# ---- redirects --------------------------------------------------------------


def test_a_page_that_moved_for_good_is_a_note_that_says_where(tmp_path: Path, site: Site):
    new = site.put("/new")
    moved = site.redirect("/old", "/new")
    passing = site.redirect("/passing", "/new", 302)
    (one,) = found(written(tmp_path, f"[a]({moved}) [b]({passing})"), "--trust", site.host)
    assert (one["rule"], one["severity"]) == ("link-moved", "note")
    assert f"moved for good to '{new}'" in one["message"]


def test_the_same_page_spelt_otherwise_has_not_moved(tmp_path: Path, site: Site):
    site.put("/a/")
    assert look(tmp_path, site, site.redirect("/a", "/a/")) == {}


def test_a_redirect_to_a_page_that_is_gone_is_dead(tmp_path: Path, site: Site):
    address = site.redirect("/old", "/gone", 302)
    rule, message = look(tmp_path, site, address)[address]
    assert rule == "link-dead"
    assert f"it leads to {site.base}/gone: the page is not there" in message


def test_a_circle_of_redirects_could_not_be_checked(tmp_path: Path, site: Site):
    address = site.redirect("/a", "/b")
    site.redirect("/b", "/a")
    rule, message = look(tmp_path, site, address)[address]
    assert rule == "link-unreachable"
    assert "redirects" in message


def test_a_redirect_into_a_private_network_is_refused(tmp_path: Path, site: Site):
    with Site() as inside:
        address = site.redirect("/a", f"{inside.base}/admin", 302)
        (one,) = found(written(tmp_path, f"[a]({address})"), "--trust", site.host)
        assert one["rule"] == "link-refused"
        assert "this very machine (loopback)" in one["message"]
        assert inside.asked == []


def test_a_name_that_stands_for_a_private_address_is_refused(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
):
    port = int(site.host.rpartition(":")[2])
    address = f"http://innocent.example:{port}/"
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.1", port))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: inside)
    monkeypatch.setattr(link_checking, "has_route", lambda: True)
    (one,) = found(written(tmp_path, f"[a]({address})"))
    assert one["rule"] == "link-refused"
    assert "a private network" in one["message"]
    assert site.asked == []


def test_a_host_never_gets_the_cookie_of_another_at_the_same_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(addresses, "is_public", lambda _: True)
    port = int(site.host.rpartition(":")[2])
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: here if host.endswith(".example") else resolve(host, *a, **k),
    )
    site.put("/a", Reply(headers={"Set-Cookie": "who=first; Path=/"}))
    with Door(QUICK) as door:
        for host in ("one", "one", "two"):
            assert door.look(f"http://{host}.example:{port}/a").status == 200
    assert [asked.cookie for asked in site.asked] == ["", "", ""]


# ---- without the network ----------------------------------------------------


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:8000/a", "this very machine"),
        ("http://localhost/a", "this very machine"),
        ("http://2130706433/", "this very machine"),
        ("http://[::ffff:10.0.0.1]/", "a private network"),
        ("https://192.168.1.1/admin", "a private network"),
        ("http://169.254.169.254/latest", "link-local"),
        ("file:///home/me/notes.docx", "the author's machine"),
        ("javascript:alert(1)", "no page of the web"),
    ],
)
def test_an_address_that_nobody_should_follow_is_told_without_the_network(
    tmp_path: Path, address: str, why: str
):
    said = check(written(tmp_path, f"See [this]({address})."), "--select", "link-refused", "--json")
    (one,) = json.loads(said.stdout)
    assert why in one["message"]
    assert one["text"] == "this"


@pytest.mark.parametrize(
    "address",
    ["https://news.example/a", "mailto:me@news.example", "other.md", "#part", "tel:+93", "doi:10.1/a"],
)
def test_other_addresses_are_not_refused(tmp_path: Path, address: str):
    said = check(written(tmp_path, f"See [this]({address})."), "--select", "link-refused", "--json")
    assert json.loads(said.stdout) == []


def test_without_links_nothing_leaves(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch):
    def nobody(*_: object, **__: object) -> None:
        raise AssertionError("a host was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    monkeypatch.setattr(socket.socket, "connect", nobody)
    said = check(written(tmp_path, f"See {site.base}/a and https://news.example/b."), "--trust", site.host)
    assert said.exception is None or isinstance(said.exception, SystemExit)
    assert site.asked == []


def test_a_machine_without_a_network_is_one_line_and_no_link_is_called_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def no_names(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    path = written(tmp_path, "\n\n".join(f"[a](https://news{n}.example.org/a)" for n in range(9)))
    said = check(path, "--links", "--select", "sources")
    assert said.exit_code == 2
    assert "link-dead" not in said.stdout
    assert len([line for line in said.stderr.splitlines() if "not checked" in line]) == 1


def test_names_that_nobody_answers_for_end_the_look_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def silent(host: str, *_: object, **__: object) -> None:
        asked.append(host)
        time.sleep(0.01)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    monkeypatch.setattr(link_checking, "has_route", lambda: True)
    path = written(tmp_path, "\n\n".join(f"[a](https://news{n}.example.org/a)" for n in range(300)))
    assert check(path, "--links").exit_code == 2
    assert len(asked) < 300


# ---- politely ---------------------------------------------------------------


def test_one_page_of_a_host_at_a_time_and_many_hosts(tmp_path: Path):
    with Site() as one, Site() as two, Site() as three:
        sites = (one, two, three)
        links = [s.put(f"/{n}", Reply(before=sleeping(0.05))) for s in sites for n in range(4)]
        begun = time.monotonic()
        assert look(tmp_path, one, *links) == {}
        took = time.monotonic() - begun
    assert [server.at_once for server in sites] == [1, 1, 1]
    assert [len(server.asked) for server in sites] == [4, 4, 4]
    assert took < 12 * 0.05


def test_a_pause_stands_between_two_requests_to_a_host(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(manners, "LOOKING", Manners(pause=0.1, timeout=1, patience=1.5))
    look(tmp_path, site, *(site.put(f"/{n}") for n in range(3)))
    times = [asked.at for asked in site.asked]
    assert min(after - before for before, after in pairwise(times)) > 0.09


def test_an_address_in_several_places_is_asked_for_once_and_is_one_finding(tmp_path: Path, site: Site):
    address = f"{site.base}/gone"
    text = f"[A]({address}) and [B]({address}#part).\n\nBare: {address}.\n\nNote.[^1]\n\n[^1]: See {address}."
    (one,) = found(written(tmp_path, text), "--trust", site.host)
    assert "(4 places)" in one["message"]
    assert len(site.asked_for("/gone")) == 2  # by HEAD, and by GET to be sure


# ---- what was seen is kept --------------------------------------------------


def test_a_second_run_asks_nobody_and_says_the_same(tmp_path: Path, site: Site):
    path = written(tmp_path, f"[a]({site.put('/a')}) [b]({site.base}/gone)")
    first = found(path, "--trust", site.host)
    count = len(site.asked)
    assert found(path, "--trust", site.host) == first != []
    assert len(site.asked) == count
    site.put("/gone")
    assert found(path, "--trust", site.host, "--anew") == []


def test_what_was_seen_lies_in_the_desk_of_a_document_or_with_the_user(tmp_path: Path, site: Site):
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "rasad.toml").write_text('[desk]\nname = { en = "Desk" }\n', "utf-8")
    found(written(desk, f"[a]({site.put('/a')})"), "--trust", site.host)
    assert (desk / ".rasad" / "links.json").is_file()
    assert not (tmp_path / "cache").exists()
    found(written(tmp_path, f"[a]({site.put('/a')})"), "--trust", site.host)
    assert link_checking.user_cache().joinpath("links.json").is_file()


def test_a_desk_whose_folder_leads_elsewhere_is_not_written_through(tmp_path: Path, site: Site):
    desk, outside = tmp_path / "desk", tmp_path / "outside"
    desk.mkdir()
    outside.mkdir()
    (desk / "rasad.toml").write_text('[desk]\nname = { en = "Desk" }\n', "utf-8")
    (desk / ".rasad").symlink_to(outside)
    found(written(desk, f"[a]({site.put('/a')})"), "--trust", site.host)
    assert list(outside.iterdir()) == []


def test_looks_grow_old(tmp_path: Path):
    now = datetime(2026, 6, 1, tzinfo=UTC)
    looks = Looks(tmp_path)
    looks.keep([Look("http://a/", "alive", "", now), Look("http://b/", "unreachable", "busy", now)])
    assert Looks(tmp_path).fresh("http://a/", now + timedelta(days=2)) is not None
    assert Looks(tmp_path).fresh("http://b/", now + timedelta(hours=2)) is None
    assert Looks(tmp_path).fresh("http://a/", now + timedelta(days=4)) is None


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 1, "looks": [{"address": 1}]}', "[" * 50_000]
)
def test_kept_looks_that_cannot_be_read_are_passed_over(tmp_path: Path, content: str):
    (tmp_path / "links.json").write_text(content, "utf-8")
    assert Looks(tmp_path).fresh("http://a/", datetime.now(UTC)) is None


# ---- which addresses --------------------------------------------------------


def test_addresses_of_word_html_and_text_are_looked_at(tmp_path: Path, site: Site):
    gone = f"{site.base}/gone"
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(gone, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True))  # fmt: skip
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "this"
    run.append(words)
    link.append(run)
    paragraph._p.append(link)
    document.save(str(tmp_path / "a.docx"))
    written(
        tmp_path, f"<html><body><main><p>Read <a href='{gone}'>this</a>.</p></main></body></html>", "a.html"
    )
    written(tmp_path, f"وزارت خارجه گفت ({gone})، و دیگران نیز.", "a.txt")
    for name in ("a.docx", "a.html", "a.txt"):
        (one,) = found(tmp_path / name, "--trust", site.host)
        assert one["rule"] == "link-dead", name
        assert one["text"] == (gone if name == "a.txt" else "this")


def test_an_address_that_a_line_of_a_pdf_breaks_is_not_called_dead(tmp_path: Path, site: Site):
    import typst

    source = tmp_path / "a.typ"
    long = f"{site.host}/a/very/long/road/that/goes/on"
    source.write_text(
        '#set page(width: 9cm, height: 9cm)\n#set text(font: "Libertinus Serif")\n'
        f'Read #("http:" + "//{long} " + "and/on/and/on/to/the/end").\n\nOr #("http:" + "//{site.host}/gone"), a page.',
        "utf-8",
    )
    (tmp_path / "a.pdf").write_bytes(typst.compile(str(source)))
    told = found(tmp_path / "a.pdf", "--trust", site.host)
    assert [one["text"] for one in told] == [f"http://{site.host}/gone"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(see https://a.example/b_(c)).", "https://a.example/b_(c)"),
        ("«https://a.example/b»، و", "https://a.example/b"),
        ("https://a.example/b?x=1&y=2#z!", "https://a.example/b?x=1&y=2#z"),
        ("https://a.example/ب؟ نعم", "https://a.example/ب"),
        ("<https://a.example/b>", "https://a.example/b"),
    ],
)
def test_a_bare_address_ends_where_its_sentence_does(text: str, wanted: str):
    ((start, end),) = bare_addresses(text)
    assert text[start:end] == wanted


def test_a_long_row_of_brackets_is_read_at_once():
    begun = time.monotonic()
    list(bare_addresses("https://a" + ")" * 200_000 + " https://" * 20_000))
    assert time.monotonic() - begun < 2


def test_a_host_is_private_however_it_is_written():
    private = (
        "0",
        "127.1",
        "0x7f.1",
        "017700000001",
        "[::1]",
        "10.1.2.3",
        "fe80::1%eth0",
        "a.localhost",
        "0.0.0.0",  # noqa: S104
    )
    assert [host for host in private if why_private(host) is None] == []
    assert [host for host in ("news.example", "93.184.216.34", "1.2.3.4.5", "") if why_private(host)] == []


# ---- the command ------------------------------------------------------------


def test_a_host_is_trusted_with_its_port_and_not_with_another(tmp_path: Path, site: Site):
    path = written(tmp_path, f"[a]({site.put('/a')})")
    assert [one["rule"] for one in found(path, "--trust", "127.0.0.1:1")] == ["link-refused"]
    assert site.asked == []
    assert found(path, "--trust", site.host) == []


def test_the_settings_of_a_desk_trust_nobody(tmp_path: Path):
    (tmp_path / "rasad.toml").write_text(
        '[desk]\nname = { en = "D" }\n[check]\ntrust = ["10.0.0.1"]\n', "utf-8"
    )
    said = check(written(tmp_path, "Text."), "--links")
    assert said.exit_code == 2
    assert "trust" in said.stderr


def test_what_is_no_host_is_refused(tmp_path: Path):
    said = check(written(tmp_path, "Text."), "--links", "--trust", "http://a/")
    assert said.exit_code == 2
    assert "is not a host" in said.stderr


def test_rules_that_are_left_out_ask_nobody(tmp_path: Path, site: Site):
    check(written(tmp_path, f"[a]({site.base}/gone)"), "--links", "--select", "dates", "--trust", site.host)
    assert site.asked == []


def test_an_ignore_of_a_dead_link_is_heeded_and_never_unused(tmp_path: Path, site: Site):
    ignore = "<!-- rasad: ignore link-dead because it is kept in the archive -->"
    path = written(tmp_path, f"{ignore}\nSee [a]({site.base}/gone) of 2026.")
    assert found(path, "--trust", site.host) == []
    assert "ignore-unused" not in check(path).stdout


def test_an_error_in_one_of_many_is_raised_and_ends_the_rest():
    def fails(address: str) -> str:
        if address.endswith("3"):
            raise ValueError(address)
        return address

    with pytest.raises(ValueError, match="http://b/3"):
        list(by_host([f"http://b/{n}" for n in range(9)], fails, at_once=2))


def test_a_proxy_counts_as_a_way_out(monkeypatch: pytest.MonkeyPatch):
    def none(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", none)
    for name in [name for name in os.environ if name.upper().endswith("_PROXY")]:
        monkeypatch.delenv(name)
    assert not link_checking.has_route()
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert link_checking.has_route()


def test_a_bar_appears_where_a_person_waits_and_nowhere_else(monkeypatch: pytest.MonkeyPatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def shown(terminal: io.StringIO, wait: float) -> str:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress.counting_bar("Looking at links") as bar:
            if bar is not None:
                bar(0, 9)
                time.sleep(wait)
                bar(4, 9)
        return terminal.getvalue()

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "SOON", 0.05)
    assert "Looking at links" in shown(Terminal(), 0.2)
    assert shown(Terminal(), 0) == ""
    assert shown(io.StringIO(), 0.1) == ""
