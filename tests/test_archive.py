"""`rasad sources`: pages kept with their hash, told and shown; nothing of them is ever written over or outside."""

from __future__ import annotations

import csv
import gzip
import json
import socket
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from desks import Said, rasad, the_fault, tree
from rasad.errors import DocumentError, SourceError
from rasad.flow import link_checking
from rasad.sources import archive as archives
from rasad.sources import manners
from rasad.sources.archive import Archive
from rasad.sources.manners import Manners
from rasad.sources.page_text import read_page_text, text_of
from rasad.sources.seen import Seen
from site_server import Reply, Site

QUICK = Manners(connections=8, pause=0, timeout=0.5, attempts=2, first_wait=0.01, longest_wait=0.02, jitter=0, patience=1.5)  # fmt: skip
PAGE = "<html><head><title>{title}</title></head><body><nav>Menu</nav><main><h1>{title}</h1><p>{text}</p></main></body></html>"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wait for nothing; no proxy and no certificates: all is on this machine."""
    monkeypatch.setattr(manners, "KEEPING", QUICK)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = tmp_path / "desk"
    root.mkdir()
    (root / "rasad.toml").write_text('[desk]\nname = { en = "Desk" }\n', "utf-8")
    return root


def page(text: str, title: str = "A page") -> Reply:
    return Reply(body=PAGE.format(title=title, text=text).encode())


def refer(desk: Path, **urls: str) -> None:
    """The references of a desk, by key."""
    entries = [
        {"id": key, "URL": url, "container-title": f"The {key}", "custom": {"reliability": "B"}}
        for key, url in urls.items()
    ]
    (desk / "references.json").write_text(json.dumps(entries), "utf-8")


def sources(desk: Path, *arguments: object) -> Said:
    return rasad("sources", *arguments, "--desk", desk)


def keep(desk: Path, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
    said = sources(desk, "archive", "--json", "--trust", "127.0.0.1", *arguments)
    assert said.code == code, said.err
    return json.loads(said.out)


def lines(desk: Path) -> list[dict[str, str]]:
    with (desk / "archive" / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(desk: Path) -> list[tuple[str, str, str, bytes]]:
    """Kind, address, digest and body of every record, each checked by the library against its digests."""
    found = []
    for path in sorted((desk / "archive").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                get = record.rec_headers.get_header
                body = record.content_stream().read()
                found.append(
                    (record.rec_type, get("WARC-Target-URI") or "", get("WARC-Payload-Digest") or "", body)
                )
    return [one for one in found if one[0] != "warcinfo"]


# ---- what is kept -----------------------------------------------------------


def test_a_page_is_kept_as_it_was_sent_with_its_hash(desk: Path, site: Site):
    reply = page("The ministers met.", "Talks in Doha")
    refer(desk, talks=site.put("/talks", reply))
    (told,) = keep(desk)
    assert (told["key"], told["result"]) == ("talks", "new")
    ((kind, address, digest, body),) = records(desk)
    assert (kind, address, body) == ("response", f"{site.base}/talks", reply.body)
    assert digest == f"sha256:{sha256(reply.body).hexdigest()}"
    (line,) = lines(desk)
    assert line["sha256"] == sha256(reply.body).hexdigest()
    assert (line["title"], line["status"], line["bytes"]) == ("Talks in Doha", "200", str(len(reply.body)))
    assert int(line["text_length"]) == len("Talks in Doha\n\nThe ministers met.")
    assert datetime.fromisoformat(line["retrieved_at"]).tzinfo is not None


def test_a_page_that_has_not_changed_is_a_revisit_and_its_text_is_still_shown(desk: Path, site: Site):
    refer(desk, talks=site.put("/talks", page("The ministers met.")))
    keep(desk)
    assert [one["result"] for one in keep(desk)] == ["same"]
    assert [kind for kind, *_ in records(desk)] == ["response", "revisit"]
    assert "The ministers met." in sources(desk, "show", "talks").out


def test_a_page_that_has_changed_is_a_second_record_and_nothing_is_written_over(desk: Path, site: Site):
    refer(desk, talks=site.put("/talks", page("They met."), page("They did not meet.")))
    keep(desk)
    before = tree(desk / "archive")
    assert [one["result"] for one in keep(desk)] == ["changed"]
    after = tree(desk / "archive")
    index = after.pop("index.csv")
    assert index.startswith(before.pop("index.csv"))
    assert {name: after[name] for name in before} == before
    assert "They did not meet." in sources(desk, "show", "talks").out
    assert "2 versions" in sources(desk, "list").out


def test_the_text_of_a_dead_link_is_still_there(desk: Path, site: Site):
    refer(desk, talks=site.put("/talks", page("The ministers met."), Reply(404)))
    keep(desk)
    (told,) = keep(desk, code=1)
    assert told["result"] == "failed"
    assert "404" in told["why"]
    assert "The ministers met." in sources(desk, "show", "talks").out


def test_redirects_are_kept_with_the_page(desk: Path, site: Site):
    site.put("/new", page("Moved."))
    refer(desk, talks=site.redirect("/old", "/new"))
    keep(desk)
    assert [address for _, address, *_ in records(desk)] == [f"{site.base}/old", f"{site.base}/new"]
    assert lines(desk)[0]["final_url"] == f"{site.base}/new"


def test_the_text_is_that_of_the_page_in_the_encoding_its_server_told(desk: Path, site: Site):
    dari = "وزیر خارجه با همتای روس خود دیدار کرد."
    body = PAGE.format(title="خبر", text=dari).encode("windows-1256", "ignore")
    reply = Reply(body=body, headers={"Content-Type": "text/html; charset=windows-1256"})
    refer(desk, khabar=site.put("/a", reply))
    keep(desk)
    shown = sources(desk, "show", "khabar").out
    assert body.decode("windows-1256").partition("<p>")[2].partition("</p>")[0] in shown
    assert "Menu" not in shown


def test_a_page_that_was_packed_unasked_is_read(desk: Path, site: Site):
    packed = gzip.compress(page("Packed.").body)
    refer(desk, a=site.put("/a", Reply(body=packed, headers={"Content-Encoding": "gzip"})))
    keep(desk)
    assert records(desk)[0][3] == page("Packed.").body
    assert "Packed." in sources(desk, "show", "a").out


# ---- which pages ------------------------------------------------------------


def test_events_that_no_reference_records_are_sources_too(desk: Path, site: Site):
    from desks import chronology, row

    urls = [site.put(f"/{name}", page(name)) for name in ("a", "b")]
    rows = [row("C001", source_url=urls[0]), row("C002", source_url=urls[1]), row("C003", source_url=urls[1])]
    (desk / "chronology.csv").write_text(chronology(*rows), "utf-8")
    refer(desk, first=urls[0])
    assert [one["key"] for one in keep(desk)] == ["first", "C002"]
    assert [len(site.asked_for(path)) for path in ("/a", "/b")] == [1, 1]
    assert "b" in sources(desk, "show", "C003").out
    assert "a" in sources(desk, "show", urls[0]).out


def test_an_issue_names_what_it_cites_and_what_its_claims_rest_on(desk: Path, site: Site):
    from desks import chronology, manuscript, row

    url = {name: site.put(f"/{name}", page(name)) for name in ("cited", "rested", "event", "other")}
    refer(desk, **{name: url[name] for name in ("cited", "rested", "other")})
    (desk / "chronology.csv").write_text(chronology(row("C003", source_url=url["event"])), "utf-8")
    claim = '[It is so.]{.judgement #j1 confidence=low because="thin" evidence="C003 rested"}'
    (desk / "issues" / "1").mkdir(parents=True)
    (desk / "issues" / "1" / "issue.md").write_text(manuscript(f"{claim}\n\nThey met [@cited].\n"), "utf-8")
    assert {one["key"] for one in keep(desk, "1")} == {"cited", "rested", "C003"}
    assert {one["key"] for one in keep(desk, "other")} == {"other"}


def test_missing_leaves_out_what_is_kept(desk: Path, site: Site):
    refer(desk, a=site.put("/a"), b=site.put("/b"))
    keep(desk, "a")
    assert [one["key"] for one in keep(desk, "--missing")] == ["b"]


def test_an_unknown_name_is_one_line(desk: Path):
    refer(desk, talks="https://news.example/a")
    assert "Did you mean 'talks'?" in the_fault(sources(desk, "archive", "talk"))
    assert "rasad sources archive talks" in the_fault(sources(desk, "show", "talks"))


def test_the_list_tells_outlet_grade_and_age(desk: Path, site: Site):
    refer(desk, talks=site.put("/talks"), other="https://news.example/a")
    keep(desk, "talks")
    said = sources(desk, "list")
    kept, missing = said.out.splitlines()
    assert "The talks" in kept
    assert " B " in kept
    assert "today" in kept
    assert "not kept" in missing
    assert "1 of 2 sources are kept" in said.err
    assert [one["kept"] for one in json.loads(sources(desk, "list", "--json").out)] == [1, 0]


def test_a_page_is_shown_as_it_was_on_a_day(desk: Path):
    refer(desk, talks="https://news.example/a")
    with Archive(desk) as archive:
        for day, text in ((1, "They met."), (5, "They did not meet.")):
            seen = Seen("https://news.example/a", (), "https://news.example/a", 200, "OK",
                        (("Content-Type", "text/html"),), page(text).body)  # fmt: skip
            archive.add("talks", seen, datetime(2026, 6, day, tzinfo=UTC))
    assert "They met." in sources(desk, "show", "talks", "--on", "2026-06-03").out
    assert "nothing is kept" in the_fault(sources(desk, "show", "talks", "--on", "2026-05-31"))


# ---- servers that misbehave -------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(404), "404"),
        (Reply(403), "403"),
        (Reply(500), "500"),
        (Reply(headers={"Content-Length": "9999"}), ""),
        (Reply(body=bytes(200_000)), "it has over"),
    ],
)
def test_what_is_no_whole_page_is_not_kept(
    desk: Path, site: Site, monkeypatch: pytest.MonkeyPatch, reply: Reply, why: str
):
    monkeypatch.setattr("rasad.sources.pages.LARGEST_PAGE", 100_000)
    refer(desk, a=site.put("/a", reply), b=site.put("/b", page("Well.")))
    told = {one["key"]: one for one in keep(desk, code=1)}
    assert (told["a"]["result"], told["b"]["result"]) == ("failed", "new")
    assert why in told["a"]["why"]
    assert [line["key"] for line in lines(desk)] == ["b"]


def test_a_server_that_was_busy_is_asked_again(desk: Path, site: Site):
    refer(desk, a=site.put("/a", Reply(503), page("Well.")))
    assert [one["result"] for one in keep(desk)] == ["new"]


def test_a_reference_that_leads_inside_is_refused(desk: Path, site: Site):
    with Site() as inside:
        refer(desk, a=f"{inside.base}/a", b=site.redirect("/b", f"{inside.base}/b"))
        said = sources(desk, "archive", "--trust", site.host)
        assert said.code == 1
        assert said.out.count("leads to a private address") == 2
        assert inside.asked == []
    assert not (desk / "archive").exists()


def test_a_picture_is_kept_and_has_no_text(desk: Path, site: Site):
    refer(desk, map=site.put("/a.png", Reply(body=b"\x89PNG", headers={"Content-Type": "image/png"})))
    (told,) = keep(desk)
    assert "no text" in told["why"]
    assert "image/png" in the_fault(sources(desk, "show", "map"))


def test_without_a_network_it_is_one_line(desk: Path, monkeypatch: pytest.MonkeyPatch):
    def no_names(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    refer(desk, **{f"a{n}": f"https://news{n}.example/a" for n in range(5)})
    assert "no network" in the_fault(sources(desk, "archive"))
    refer(desk, a="https://news.example/a")
    assert "no network" in the_fault(sources(desk, "archive"))
    monkeypatch.setattr("rasad.flow.archiving.has_route", lambda: True)
    monkeypatch.setattr("rasad.flow.archiving.has_names", lambda: True)
    assert "no such host" in sources(desk, "archive").out


# ---- nothing outside, and nothing that is believed unseen -------------------


def test_names_of_a_page_never_become_names_of_files(desk: Path, site: Site):
    evil = page("Evil.", "../../../../etc/passwd\x1b[2J")
    refer(
        desk, a=site.put("/..%2f..%2fetc%2fpasswd", evil), b=site.put("/x?=../../y", page("=cmd()", "=cmd()"))
    )
    before = {path for path in desk.parent.rglob("*") if path.is_file()}
    keep(desk)
    fresh = {path for path in desk.parent.rglob("*") if path.is_file()} - before
    assert {path.parent for path in fresh} == {desk / "archive"}
    assert "\x1b" not in sources(desk, "list").out + (desk / "archive" / "index.csv").read_text("utf-8")
    assert {line["title"][:1] for line in lines(desk)} == {".", "'"}


def test_an_archive_that_leads_out_of_the_desk_is_refused(desk: Path, site: Site, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (desk / "archive").symlink_to(outside)
    refer(desk, a=site.put("/a"))
    assert "leads out of the desk" in the_fault(sources(desk, "archive", "--trust", site.host))
    (desk / "archive").unlink()
    (desk / "archive").mkdir()
    (desk / "archive" / "index.csv").symlink_to(outside / "index.csv")
    assert sources(desk, "archive", "--trust", site.host).code == 2
    assert list(outside.iterdir()) == []


def test_bytes_that_were_changed_since_are_told(desk: Path, site: Site):
    refer(desk, a=site.put("/a", page("The truth.")))
    keep(desk)
    (path,) = (desk / "archive").glob("*.warc.gz")
    line = lines(desk)[0]
    whole = path.read_bytes()
    forged = gzip.decompress(whole[int(line["offset"]) :]).replace(b"The truth.", b"The false.")
    path.write_bytes(whole[: int(line["offset"])] + gzip.compress(forged))
    assert "is not what was kept" in the_fault(sources(desk, "show", "a"))
    path.write_bytes(whole[: int(line["offset"]) + 40])
    the_fault(sources(desk, "show", "a"))
    path.unlink()
    assert "is not there" in the_fault(sources(desk, "show", "a"))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("warc", "../../../etc/passwd"),
        ("warc", "/etc/passwd"),
        ("offset", "x"),
        ("sha256", "0"),
        ("retrieved_at", "2026-06-01T00:00:00"),
        ("record", "other"),
    ],
)
def test_an_index_that_was_spoilt_is_one_line_that_says_where(
    desk: Path, site: Site, column: str, value: str
):
    refer(desk, a=site.put("/a"))
    keep(desk)
    (line,) = lines(desk)
    path = desk / "archive" / "index.csv"
    path.write_text(",".join(line) + "\n" + ",".join({**line, column: value}.values()) + "\n", "utf-8")
    assert "line 2 of the index" in the_fault(sources(desk, "list"))


def test_an_index_that_an_editor_saved_without_its_last_line_end_is_gone_on_with(desk: Path, site: Site):
    refer(desk, a=site.put("/a"))
    keep(desk)
    path = desk / "archive" / "index.csv"
    path.write_bytes(path.read_bytes().rstrip().replace(b"\n", b"\r\n"))
    keep(desk)
    assert [line["record"] for line in lines(desk)] == ["response", "revisit"]


@pytest.mark.parametrize("offset", ["-1", "999999999", "1" + "0" * 40, "3"])
def test_an_offset_that_leads_nowhere_is_one_line(desk: Path, site: Site, offset: str):
    refer(desk, a=site.put("/a"))
    keep(desk)
    (line,) = lines(desk)
    path = desk / "archive" / "index.csv"
    path.write_text(",".join(line) + "\n" + ",".join({**line, "offset": offset}.values()) + "\n", "utf-8")
    the_fault(sources(desk, "show", "a"))


def test_a_record_that_is_a_bomb_is_not_unpacked(desk: Path, site: Site):
    refer(desk, a=site.put("/a"))
    keep(desk)
    (path,) = (desk / "archive").glob("*.warc.gz")
    offset = int(lines(desk)[0]["offset"])
    bomb = gzip.compress(b"WARC/1.1\r\nX: " + bytes(60_000_000), 9)
    path.write_bytes(path.read_bytes()[:offset] + bomb)
    assert "larger than any page" in the_fault(sources(desk, "show", "a"))


def test_a_full_archive_takes_no_more(desk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", 100)
    seen = Seen("https://a.example/", (), "https://a.example/", 200, "OK", (), b"x" * 200)
    with Archive(desk) as archive:
        archive.add("a", seen, NOON)
        with pytest.raises(SourceError, match="the archive has over"):
            archive.add("b", seen, NOON)


def test_a_run_begins_another_file_when_one_is_large(desk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "LARGEST_FILE", 500)
    with Archive(desk) as archive:
        kept = [
            archive.add("a", Seen(url, (), url, 200, "OK", (), url.encode()), NOON)
            for url in ("https://a.example/", "https://b.example/")
        ]
        assert [archive.body(one) for one in kept] == [b"https://a.example/", b"https://b.example/"]
    assert [one.warc for one in kept] == ["20260601T120000Z.warc.gz", "20260601T120000Z_02.warc.gz"]


# ---- text -------------------------------------------------------------------


def test_a_bomb_is_not_unpacked():
    bomb = zlib.compress(bytes(50_000_000), 9)
    with pytest.raises(DocumentError, match="unpacks to more"):
        read_page_text(bomb, "text/html", "deflate")


@pytest.mark.parametrize(
    "content_type", ["text/html; charset=nonsense", "text/html", "text/html; charset=rot13", ""]
)
def test_a_charset_that_is_none_is_passed_over(content_type: str):
    assert text_of(read_page_text("<p>سلام دنیا</p>".encode(), content_type)) == "سلام دنیا"


def test_a_machine_with_a_way_out_is_known_without_sending_anything(monkeypatch: pytest.MonkeyPatch):
    sent: list[object] = []
    monkeypatch.setattr(socket.socket, "send", lambda *told: sent.append(told), raising=False)
    link_checking.has_route()
    assert sent == []
