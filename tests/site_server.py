"""A site on this machine: pages by path, which answer as a test tells them to, and a list of who asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Self

HANGS_UP = -1


@dataclass
class Reply:
    """An answer; ``before`` runs first, as to wait."""

    status: int = 200
    body: bytes = b"<html><title>A page</title><p>Words.</p></html>"
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    to_head: int = 0
    """What a HEAD is answered with instead; 0 for the same as a GET, HANGS_UP for nothing."""


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    agent: str
    range: str
    at: float
    cookie: str = ""


class Site:
    """Serves pages by path; several replies of one path are given in turn, the last one for ever."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, list[Reply]] = {}
        self.asked: list[Asked] = []
        self.at_once = 0
        """How many requests were under way at a time, at most."""
        self._now = 0
        self._lock = Lock()
        site = self

        class Handler(_Handler):
            pass

        Handler.site = site
        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.host = f"{host}:{self._server.server_port}"
        self.base = f"http://{self.host}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def put(self, path: str, *replies: Reply) -> str:
        """Put a page on the site; its address."""
        self.pages[path] = list(replies) or [Reply()]
        return self.base + path

    def redirect(self, path: str, to: str, status: int = 301) -> str:
        return self.put(path, Reply(status, b"", {"Location": to}))

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def reply(self, path: str) -> Reply:
        replies = self.pages.get(path, [Reply(404, b"<html>Not here</html>")])
        return replies.pop(0) if len(replies) > 1 else replies[0]

    def enter(self) -> None:
        with self._lock:
            self._now += 1
            self.at_once = max(self.at_once, self._now)

    def leave(self) -> None:
        with self._lock:
            self._now -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        get = self.headers.get
        asked = Asked(
            self.command,
            self.path,
            get("User-Agent", ""),
            get("Range", ""),
            time.monotonic(),
            get("Cookie", ""),
        )
        self.site.asked.append(asked)
        self.site.enter()
        try:
            self._reply(self.site.reply(self.path), with_body=with_body)
        finally:
            self.site.leave()

    def _reply(self, reply: Reply, *, with_body: bool) -> None:
        reply.before()
        if reply.to_head == HANGS_UP and not with_body:
            self.close_connection = True
            return
        with suppress(OSError):
            self.send_response(reply.status if with_body or not reply.to_head else reply.to_head)
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(reply.body))}
            for name, value in (headers | reply.headers).items():
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        """Requests are counted, not told."""
