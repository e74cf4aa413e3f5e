"""A reference: what a reader needs to find a source, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """One entry of ``references.json``; what was not read is empty, never guessed.

    ``issued`` has one to three numbers: year, month, day. ``reliability`` is the Admiralty
    letter of the source. The digit, the credibility of one report, stays with the event; ``credibility`` is that of
    what the page itself says, for claims that cite it without an event. ``supporting`` are the words of the page that
    bear it out. ``country`` and ``side`` win over what is known of the outlet.
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
    credibility: str = ""
    supporting: str = ""
    country: str = ""
    side: str = ""

    @property
    def grade(self) -> str:
        """The letter and the digit, as far as they are given."""
        return self.reliability + self.credibility
