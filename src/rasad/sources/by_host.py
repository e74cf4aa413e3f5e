"""Many addresses at a time: hosts beside one another, and the addresses of one host after one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar
from urllib.parse import urlsplit

Result = TypeVar("Result")


def by_host(
    addresses: Iterable[str], do: Callable[[str], Result], *, at_once: int
) -> Iterator[tuple[str, Result]]:
    """Do something with every address, and give what came of each as soon as it is there.

    Whoever stops listening leaves the rest undone, but for what is under way.

    Args:
        addresses: Each once.
        do: What is done with one; an error of it ends all.
        at_once: How many hosts at a time.
    """
    lines = _lines(addresses)
    work = _Work(lines, do)
    for number in range(min(at_once, len(lines))):
        Thread(target=work, name=f"by-host-{number}", daemon=True).start()
    try:
        for _ in range(sum(map(len, lines))):
            address, result, error = work.done.get()
            if error is not None or result is None:
                raise error or RuntimeError("nothing came of it")
            yield address, result
    finally:
        work.is_over = True


class _Work(Generic[Result]):
    """What every thread does: take a host, and go through its addresses, until no host waits or all is over."""

    def __init__(self, lines: Iterable[list[str]], do: Callable[[str], Result]) -> None:
        self.done: SimpleQueue[tuple[str, Result | None, BaseException | None]] = SimpleQueue()
        self.is_over = False
        self._do = do
        self._waiting: SimpleQueue[list[str]] = SimpleQueue()
        for line in lines:
            self._waiting.put(line)

    def __call__(self) -> None:
        while not self.is_over:
            try:
                line = self._waiting.get_nowait()
            except Empty:
                return
            for address in line:
                if not self.is_over:
                    self.done.put(self._ended(address))

    def _ended(self, address: str) -> tuple[str, Result | None, BaseException | None]:
        try:
            return address, self._do(address), None
        except BaseException as error:  # noqa: BLE001  (raised again where it is heard)
            return address, None, error


def _lines(addresses: Iterable[str]) -> list[list[str]]:
    """The addresses of each host, the host with the most first, since it takes the longest."""
    lines: dict[str, list[str]] = {}
    for address in addresses:
        lines.setdefault(_host(address), []).append(address)
    return sorted(lines.values(), key=len, reverse=True)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
