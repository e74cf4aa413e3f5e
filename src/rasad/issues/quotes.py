"""Quotes: the words of sources that claims rest on, from ``quotes.toml`` and from the references.

A quote is held as the W3C's Web Annotation Data Model holds one (TextQuoteSelector): its exact words, and enough of
what stands before and after them to find the place again when the page has changed elsewhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from rasad.errors import Faults, ManuscriptError, Place, did_you_mean
from rasad.issues.references import References
from rasad.languages.letters import named, unprintable
from rasad.model.claim import Claim, Quote
from rasad.model.event import Event
from rasad.model.issue import EVENT

FILE = "quotes.toml"
MAX_BYTES = 4_000_000
LONGEST = 1_500
LONGEST_BESIDE = 300
_HEAD = re.compile(r"\s*\[\[\s*quote\s*\]\]")


class _Given(BaseModel):
    """One ``[[quote]]`` as it is written."""

    model_config = ConfigDict(extra="forbid")

    claims: list[str] = Field(min_length=1)
    event: str = ""
    source: str = ""
    exact: str = Field(max_length=LONGEST)
    prefix: str = Field(default="", max_length=LONGEST_BESIDE)
    suffix: str = Field(default="", max_length=LONGEST_BESIDE)

    @field_validator("exact", "prefix", "suffix")
    @classmethod
    def _can_be_printed(cls, text: str) -> str:
        if unprintable(text):
            raise ValueError(f"{named(unprintable(text))} is in no font of the editions")
        return text

    @model_validator(mode="after")
    def _names_words_of_one_source(self) -> _Given:
        if not self.exact.strip():
            raise ValueError("'exact' is empty; it holds the words as the page has them")
        if bool(self.event) == bool(self.source):
            raise ValueError("it names one of 'event' and 'source', and not both")
        return self


@dataclass(frozen=True)
class Quoted:
    """A quote of the file, with the claims that it is for and its place."""

    claims: tuple[str, ...]
    quote: Quote
    at: Place


def read_quotes(path: Path) -> tuple[Quoted, ...]:
    """The quotes of an issue; an issue without the file has none.

    Raises:
        ManuscriptError: If it is not TOML, or an entry is not a quote; every fault is told.
    """
    if not path.is_file():
        return ()
    if path.stat().st_size > MAX_BYTES:
        raise ManuscriptError(f"the quotes are over {MAX_BYTES:,} bytes", at=path)
    try:
        text = path.read_text("utf-8-sig")
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"the quotes are not TOML ({error})"
        raise ManuscriptError(what, at=path, do="A quote is a table [[quote]] with claims, event or source, and exact.") from error  # fmt: skip
    return _read(table, text, path)


def _read(table: Mapping[str, Any], text: str, path: Path) -> tuple[Quoted, ...]:
    for name in table:
        if name != "quote":
            do = did_you_mean(name, ["quote"])
            raise ManuscriptError(f"'{name}' is not a table that is read", at=path, do=do)
    entries = table.get("quote", [])
    if not isinstance(entries, list):
        raise ManuscriptError("a quote is written [quote]", at=path, do="Write [[quote]], as often as there are quotes.")  # fmt: skip
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if _HEAD.match(line)]
    faults, found = Faults(), []
    for n, entry in enumerate(entries):
        at = Place(path, lines[n] if n < len(lines) else 0)
        try:
            given = _Given.model_validate(entry)
        except ValidationError as error:
            faults.add(_refused(error, at))
            continue
        quote = Quote(given.exact.strip(), given.prefix, given.suffix, given.source, given.event)
        found.append(Quoted(tuple(given.claims), quote, at))
    faults.stop()
    return tuple(found)


def _refused(error: ValidationError, at: Place) -> ManuscriptError:
    first = error.errors()[0]
    field = ".".join(map(str, first["loc"]))
    told = first["msg"].removeprefix("Value error, ")
    return ManuscriptError(f"a quote can't be read, {f'{field!r}: ' if field else ''}{told}", at=at)


def check_quotes(
    quotes: Collection[Quoted],
    claims: Mapping[str, Claim],
    events: Mapping[str, Event],
    references: References,
) -> Iterator[ManuscriptError]:
    """Quotes of what there is not, for claims that there are not, or of what a claim does not rest on."""
    for one in quotes:
        quote = one.quote
        if quote.source and quote.source not in references:
            do = f"{did_you_mean(quote.source, references.keys())} References stand in references.json."
            yield ManuscriptError(f"the quoted source '{quote.source}' has no reference", at=one.at, do=do)
        elif quote.event and quote.event not in events:
            do = f"{did_you_mean(quote.event, events)} Events are the ids of chronology.csv."
            yield ManuscriptError(f"the quoted event '{quote.event}' is not there", at=one.at, do=do)
        elif quote.event and not events[quote.event].source_url:
            yield ManuscriptError(f"the quoted event '{quote.event}' has no page to quote", at=one.at)
        else:
            yield from _misplaced(one, claims)


def _misplaced(one: Quoted, claims: Mapping[str, Claim]) -> Iterator[ManuscriptError]:
    named = one.quote.event or one.quote.source
    for name in one.claims:
        if name not in claims:
            do = did_you_mean(name, claims)
            yield ManuscriptError(f"a quote is for '{name}', which is no claim", at=one.at, do=do)
        elif named not in (*claims[name].evidence.events, *claims[name].evidence.sources):
            cited = EVENT * bool(one.quote.event) + named
            yield ManuscriptError(
                f"a quote for '{name}' is of '{named}', which '{name}' does not rest on",
                at=one.at,
                do=f"Cite it in the sentence, [@{cited}], or name it in evidence=.",
            )


def by_claim(quotes: Collection[Quoted]) -> dict[str, list[Quote]]:
    """The quotes that the file holds for each claim."""
    found: dict[str, list[Quote]] = {}
    for one in quotes:
        for name in dict.fromkeys(one.claims):
            found.setdefault(name, []).append(one.quote)
    return found


def quotes_for(
    claim: Claim, quotes: Collection[Quote], events: Mapping[str, Event], references: References
) -> tuple[Quote, ...]:
    """The words of sources that a claim rests on: its own ``quotes``, then those that references hold."""
    own = [replace(quote, source=quote.source or _page(events[quote.event], references)) for quote in quotes]
    held = [
        *(_supporting(_page(events[name], references), name, references) for name in claim.evidence.events),
        *(_supporting(key, "", references) for key in claim.evidence.sources),
    ]
    told = {(quote.source, quote.exact) for quote in own}
    return (*own, *(one for one in held if one is not None and (one.source, one.exact) not in told))


def _page(event: Event, references: References) -> str:
    reference = references.of_url(event.source_url)
    return reference.key if reference is not None else ""


def _supporting(key: str, event: str, references: References) -> Quote | None:
    exact = references.find(key).supporting if key else ""
    return Quote(exact, source=key, event=event) if exact else None
