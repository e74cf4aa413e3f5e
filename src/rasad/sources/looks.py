"""What was seen of addresses, kept for a while, so that a second run asks nobody again."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Final

from rasad.model.look import RESULTS, Look, Result

FILE: Final = "links.json"
VERSION: Final = 1
LARGEST: Final = 20_000_000
MOST: Final = 20_000
"""Looks that are kept, the newest."""

FRESH: Final[dict[Result, timedelta]] = {
    "alive": timedelta(days=3),
    "moved": timedelta(days=3),
    "dead": timedelta(days=1),
    "unreachable": timedelta(hours=1),
    "refused": timedelta(0),
}
"""How long a look is believed; one that was refused asked nobody, and is decided anew."""


class Looks:
    """The looks that are kept in a folder. What can't be read there is passed over: it can be had again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looks = _read(folder / FILE)

    def fresh(self, address: str, now: datetime) -> Look | None:
        """What was seen of an address not too long ago."""
        look = self._looks.get(address)
        if look is None or not timedelta(0) <= now - look.at < FRESH[look.result]:
            return None
        return look

    def keep(self, looks: Iterable[Look]) -> None:
        """Add looks, to what another run may have added meanwhile; a folder that can't be written keeps none."""
        self._looks = _read(self._folder / FILE) | {
            look.address: look for look in looks if FRESH[look.result] and look.cause != "no-network"
        }
        newest = sorted(self._looks.values(), key=lambda look: look.at, reverse=True)[:MOST]
        told = {"version": VERSION, "looks": [_told(look) for look in newest]}
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, name = mkstemp(prefix=f".{FILE}-", dir=self._folder)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                json.dump(told, file, ensure_ascii=False)
            Path(name).replace(self._folder / FILE)


def user_cache() -> Path:
    """The folder in which this user's programs keep what can be had again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "rasad" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "rasad"
    told = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return (told if told.is_absolute() else Path.home() / ".cache") / "rasad"


def _read(path: Path) -> dict[str, Look]:
    try:
        if path.stat().st_size > LARGEST:
            return {}
        told = json.loads(path.read_text("utf-8"))
        if told["version"] != VERSION:
            return {}
        looks = [_look(one) for one in told["looks"]]
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return {}
    return {look.address: look for look in looks}


def _told(look: Look) -> dict[str, str]:
    return {
        "address": look.address, "result": look.result, "told": look.told, "at": look.at.isoformat(),
        "moved_to": look.moved_to, "cause": look.cause,
    }  # fmt: skip


def _look(told: dict[str, Any]) -> Look:
    result = RESULTS[RESULTS.index(told["result"])]
    at = datetime.fromisoformat(told["at"]).astimezone(UTC)
    texts = [str(told[name]) for name in ("address", "told", "moved_to", "cause")]
    return Look(texts[0], result, texts[1], at, texts[2], texts[3])
