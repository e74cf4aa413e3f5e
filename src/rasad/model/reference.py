"""A reference: what a reader needs to find a source, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """One entry of ``references.json``; what was not read is empty, never guessed.

    ``issued`` has one to three numbers: year, month, day. ``reliability`` is the Admiralty
    letter of the source; the digit, the credibility of one report, stays with the event.
    """

    key: str
    url: str
    title: str
    outlet: str
    authors: tuple[str, ...]
    issued: tuple[int, ...]
    language: str
    domain: str
    reliability: str
