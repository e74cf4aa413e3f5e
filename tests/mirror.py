"""A server on this machine that serves what GDELT does, and misbehaves as a test tells it to."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

QUARTER = timedelta(minutes=15)
LIST = "masterfilelist.txt"
UPSTREAM = "http://data.gdeltproject.org/gdeltv2"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def slots(since: datetime, until: datetime) -> list[datetime]:
    """Every quarter of an hour in [since, until)."""
    return [since + n * QUARTER for n in range((until - since) // QUARTER)]


def name_of(slot: datetime, table: str = "export") -> str:
    return f"{slot:%Y%m%d%H%M%S}.{table}.CSV.zip"


def make_zip(name: str, rows: bytes | None = None) -> bytes:
    """A zip as GDELT makes them: one file of tabs, whose content, if none is given, follows from its name."""
    noise = random.Random(name)  # noqa: S311
    row = [str(noise.getrandbits(64)), *[""] * 59, f"https://news.example/{noise.randbytes(2000).hex()}"]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo(name.removesuffix(".zip")), "\t".join(row) + "\n" if rows is None else rows
        )
    return content.getvalue()


@dataclass
class Asked:
    """One request: for what, from which byte, as whom, and how many bytes of a body were sent."""

    name: str
    start: int
    host: str
    agent: str
    at: float
    sent: int = 0


class Mirror:
    """Serves ``/gdeltv2/``: the list, and the files by name. Tricks are played one a request."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.files: dict[str, bytes] = {}
        self.lines: list[str] = []
        self.asked: list[Asked] = []
        self.tricks: dict[str, Iterator[Trick]] = {}
        self.every: Trick | None = None
        mirror = self

        class Handler(_Handler):
            pass

        Handler.mirror = mirror
        self._server = _Server((host, 0), Handler)
        self.base = f"http://{host}:{self._server.server_port}/gdeltv2"
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def publish(
        self, times: Iterable[datetime], tables: Sequence[str] = ("export", "mentions", "gkg")
    ) -> None:
        """Put files of some slots on the server and in the list; gkg is only listed."""
        for slot in times:
            for table in tables:
                name = f"{slot:%Y%m%d%H%M%S}.gkg.csv.zip" if table == "gkg" else name_of(slot, table)
                self.put(name, make_zip(name))

    def put(self, name: str, content: bytes) -> None:
        """Put a file on the server and at the end of the list."""
        self.files[name] = content
        self.lines.append(line(name, content))

    def play(self, name: str, *tricks: Trick) -> None:
        """Answer the next requests for a file with tricks; then serve it."""
        self.tricks[name] = iter(tricks)

    def always(self, name: str, trick: Trick) -> None:
        self.tricks[name] = iter(lambda: trick, None)

    def content(self, name: str) -> bytes | None:
        return "".join(f"{line}\n" for line in self.lines).encode() if name == LIST else self.files.get(name)

    def asked_for(self, name: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.name == name]

    @property
    def asked_files(self) -> list[str]:
        return [asked.name for asked in self.asked if asked.name != LIST]


def line(name: str, content: bytes, base: str = UPSTREAM) -> str:
    """A line of the list."""
    return f"{len(content)} {md5(content, usedforsecurity=False).hexdigest()} {base}/{name}"


# ---- tricks -----------------------------------------------------------------


def answers(status: int, **headers: str) -> Trick:
    """An answer without a file."""

    def trick(handler: _Handler, _: bytes, __: int) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.answer(status, b"<html>No.</html>", named)

    return trick


def sends(other: bytes) -> Trick:
    """Other bytes than the file's, with status 200."""
    return lambda handler, _content, _start: handler.answer(200, other)


def garbled(handler: _Handler, content: bytes, _: int) -> None:
    """The right length, another content."""
    handler.answer(200, content[:-20] + bytes(20))


def longer(handler: _Handler, content: bytes, _: int) -> None:
    """The file, and more."""
    handler.answer(200, content + bytes(5000))


def cut(handler: _Handler, content: bytes, start: int) -> None:
    """Half of what is left, and the line is dead."""
    half = content[start : start + (len(content) - start) // 2]
    handler.answer(206 if start else 200, content, sent=half, start=start)
    handler.close_connection = True


def dripping(seconds: float, pieces: int = 40) -> Trick:
    """The file, but piece by piece through so many seconds."""

    def trick(handler: _Handler, content: bytes, start: int) -> None:
        handler.answer(206 if start else 200, content, sent=b"", start=start)
        step = max(1, (len(content) - start) // pieces)
        for place in range(start, len(content), step):
            time.sleep(seconds / pieces)
            handler.send(content[place : place + step])

    return trick


# ---- the server -------------------------------------------------------------


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or is killed, is no fault here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    mirror: Mirror

    def do_GET(self) -> None:
        folder, _, name = self.path.rpartition("/")
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(found[1]) if found is not None else 0
        self.asked = Asked(name, start, self.headers["Host"], self.headers["User-Agent"], time.monotonic())
        self.mirror.asked.append(self.asked)
        content = self.mirror.content(name) if folder == "/gdeltv2" else None
        trick = next(self.mirror.tricks.get(name, iter(())), self.mirror.every)
        if trick is not None:
            trick(self, content or b"", start)
        elif content is None:
            self.answer(404, b"<html>Not found</html>")
        elif found is None:
            self.answer(200, content)
        elif start >= len(content):
            self.answer(416, b"")
        else:
            self.answer(206, content, start=start)

    def answer(
        self,
        status: int,
        content: bytes,
        headers: dict[str, str] | None = None,
        *,
        sent: bytes | None = None,
        start: int = 0,
    ) -> None:
        """Answer with a content from a byte on, or promise it and send something less."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) - start))
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.send(content[start:] if sent is None else sent)

    def send(self, body: bytes) -> None:
        with suppress(OSError):
            self.wfile.write(body)
            self.wfile.flush()
            self.asked.sent += len(body)

    def log_message(self, *_: object) -> None:
        """Requests are counted, not told."""


Trick = Callable[[_Handler, bytes, int], None]
