"""From the addresses of a document to what is wrong with them: asked through the one door, many hosts at a time."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from rasad.check.finding import Finding
from rasad.check.links import REFUSED, Use, by_address, link_findings, uses, why_refused
from rasad.check.passage import Reading
from rasad.documents import Block, Document, Note
from rasad.errors import FetchError
from rasad.model.look import Look
from rasad.settings import SETTINGS
from rasad.sources import manners
from rasad.sources.addresses import RefusedError, is_trusted, read_address
from rasad.sources.by_host import by_host
from rasad.sources.http import Door
from rasad.sources.looking import look_at
from rasad.sources.looks import Looks, user_cache

ALWAYS_THERE: Final = "a.root-servers.net"
ENOUGH: Final = 3
"""Addresses for which no server of names answers, before the others are given up."""

Told = Callable[[int, int], None]
"""Hears how many addresses were looked at, of how many."""


class Links:
    """Looks at the addresses of documents; opened once for a run, and closed behind it.

    Attributes:
        offline: Why the addresses could not be checked at all; None where they could.
    """

    def __init__(
        self, *, trusted: AbstractSet[str] = frozenset(), anew: bool = False, progress: Told | None = None
    ) -> None:
        """Open the door.

        Args:
            trusted: Hosts that the user named, which may be anywhere, as ``127.0.0.1:8000``.
            anew: Whether to pass over what was seen before.
            progress: Hears how far it is.
        """
        self._door = Door(manners.LOOKING, trusted=trusted)
        self._anew = anew
        self._progress = progress
        self._kept: dict[Path, Looks] = {}
        self._seen: dict[str, Look] = {}
        self.offline: FetchError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        self._door.__exit__(*told)

    def findings(
        self,
        document: Document,
        reading: Reading,
        holders: Sequence[Block | Note],
        kept: Mapping[str, str],
    ) -> list[Finding]:
        """What is wrong with the addresses of a document.

        Args:
            document: The document.
            reading: What rules read of it.
            holders: The block or note of each passage.
            kept: Where the text of a page is kept, by its address.
        """
        found = [use for use in uses(reading) if not _is_cut(use, document, holders)]
        pages = {
            address: places
            for address, places in by_address(found).items()
            if self._is_trusted(address) or why_refused(address) is None
        }
        return list(link_findings(pages, self._looks(list(pages), document.path), kept))

    def without_trusted(self, findings: Iterable[Finding], reading: Reading) -> list[Finding]:
        """The findings, without the refusal of addresses whose host the user named."""
        trusted = {(use.passage.number, use.start) for use in uses(reading) if self._is_trusted(use.address)}
        return [one for one in findings if one.rule != REFUSED or (one.block, one.start) not in trusted]

    def _is_trusted(self, address: str) -> bool:
        try:
            return is_trusted(read_address(address), self._door.trusted)
        except RefusedError:
            return False

    def _looks(self, addresses: Sequence[str], path: Path) -> dict[str, Look]:
        """What was seen of addresses, asking only for those of which nothing is known."""
        folder = cache_folder(path)
        kept = self._kept.setdefault(folder, Looks(folder))
        now = datetime.now(UTC)
        for address in addresses:
            look = None if self._anew else kept.fresh(address, now)
            if look is not None:
                self._seen.setdefault(address, look)
        missing = [address for address in addresses if address not in self._seen]
        fresh = self._ask(missing)
        if fresh:
            kept.keep(fresh.values())
        self._seen |= fresh
        return {address: self._seen[address] for address in addresses if address in self._seen}

    def _ask(self, addresses: Sequence[str]) -> dict[str, Look]:
        ours = [address for address in addresses if self._is_trusted(address)]
        others = sorted(set(addresses).difference(ours))
        if others and not has_route():
            self.offline, others = _no_network("no way leads out of this machine"), []
        total, silence = len(ours) + len(others), Silence(len(others))
        looks: dict[str, Look] = {}
        self._tell(0, total)
        for address, look in by_host([*ours, *others], self._look, at_once=self._door.manners.connections):
            looks[address] = look
            self._tell(len(looks), total)
            if not self._is_trusted(address):
                silence.hear(look)
                if silence.is_of_the_network():
                    self.offline = _no_network("no name of a host is known here, and nobody answers")
                    return {one: looks[one] for one in ours if one in looks}
        return looks

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None and total:
            self._progress(done, total)

    def _look(self, address: str) -> Look:
        return look_at(self._door, address)


class Silence:
    """Whether what was seen so far says more of the network here than of the addresses.

    Where no name at all is known, one is asked for that always is: so a document whose sources are
    made up is told from a machine without a network.
    """

    def __init__(self, wanted: int) -> None:
        """Of so many addresses."""
        self._left = wanted
        self._unknown = 0
        self._unheard = 0
        self._answered = False

    def hear(self, look: Look) -> None:
        """Take account of one look."""
        self._left -= 1
        self._unknown += look.cause == "no-host"
        self._unheard += look.cause == "no-network"
        self._answered |= not look.cause and look.result != "refused"

    def is_of_the_network(self) -> bool:
        """Whether nobody has answered, and it is no fault of theirs."""
        if self._answered or not self._unknown + self._unheard:
            return False
        return self._unheard >= ENOUGH or (self._left == 0 and not has_names())


def has_names() -> bool:
    """Whether names of hosts can be looked up here."""
    try:
        socket.getaddrinfo(ALWAYS_THERE, 53, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return True


def has_route() -> bool:
    """Whether a way leads out of this machine; nothing is sent to find out. A proxy is one."""
    if any(
        os.environ.get(name) or os.environ.get(name.lower())
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    ):
        return True
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as line:
                line.connect((address, 9))
        except OSError:
            continue
        return True
    return False


def cache_folder(path: Path) -> Path:
    """Where what was seen is kept for a file: in ``.rasad`` of its desk, else with the user's other caches."""
    for folder in path.resolve().parents:
        if (folder / SETTINGS).is_file():
            own = folder / ".rasad"
            return user_cache() if own.is_symlink() else own
    return user_cache()


def _no_network(why: str) -> FetchError:
    return FetchError(f"the links were not checked: {why}", do="Run it again where there is a network.")


def _is_cut(use: Use, document: Document, holders: Sequence[Block | Note]) -> bool:
    """Whether a bare address of a PDF ends where its line does, and may go on in the next one."""
    if use.is_link or document.kind != "pdf":
        return False
    holder = holders[use.passage.number]
    pieces = holder.pieces if isinstance(holder, Block) else ()
    after = [piece for piece in pieces if piece.start >= use.end]
    before = [piece for piece in pieces if piece.start < use.end]
    return bool(after and before) and use.end >= before[-1].end - 1 and after[0].line != before[-1].line
