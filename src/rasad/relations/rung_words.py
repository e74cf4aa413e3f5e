"""The English words of domains and levels, for terminals and JSON; editions have their own."""

from __future__ import annotations

from typing import Final

DOMAIN_WORDS: Final = {"E": "economic", "P": "political", "S": "security", "D": "defence"}
LEVEL_WORDS: Final = {0: "none", 1: "talk or intent", 2: "agreement or tie", 3: "delivery or joint act"}
