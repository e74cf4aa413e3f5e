"""How long 'rasad check --links' takes: 200 links over 20 hosts of this machine, each 50 ms away, with its own manners.

Run: python bench/links.py
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from rasad.flow.checking import check_file
from rasad.flow.link_checking import Links

HOSTS, LINKS, FAR = 20, 200, 0.05


class _Handler(BaseHTTPRequestHandler):
    asked = 0

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        """Answer after a while; every tenth page is gone."""
        _Handler.asked += 1
        time.sleep(FAR)
        self.send_response(404 if self.path.endswith("0") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def main() -> int:
    with ExitStack() as stack:
        servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Handler) for _ in range(HOSTS)]
        for server in servers:
            stack.callback(server.shutdown)
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        hosts = [f"127.0.0.1:{server.server_port}" for server in servers]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "rasad.toml").write_text('[desk]\nname = { en = "Bench" }\n', "utf-8")
        path = folder / "analysis.md"
        links = [f"[{n}](http://{hosts[n % HOSTS]}/{n // HOSTS})" for n in range(LINKS)]
        path.write_text("\n\n".join(links) + "\n", "utf-8")
        for run in ("first", "second"):
            _Handler.asked, begun = 0, time.perf_counter()
            with Links(trusted=frozenset(hosts)) as looks:
                found = check_file(path, select=["link-dead"], links=looks).findings
            took = time.perf_counter() - begun
            told = {"run": run, "links": LINKS, "hosts": HOSTS, "seconds": round(took, 2)}
            print(json.dumps({**told, "requests": _Handler.asked, "dead": len(found)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
