"""What the page of a ledger prints beside the claims themselves, in the words of its edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rasad.editions.edition import Edition
from rasad.issues.coverage import Coverage, Pages
from rasad.languages.numbers import write_percent
from rasad.model.claim import KINDS, Claim
from rasad.model.issue import Heading, walk_blocks
from rasad.model.outlet import PRIVATE

MOST_SHOWN = 10
"""Countries of outlets that stand open; the rest of a long tail is folded."""

Row = tuple[str, str, str]


@dataclass(frozen=True)
class Section:
    """Claims under one heading."""

    title: str
    claims: Sequence[Claim]


@dataclass(frozen=True)
class LedgerView:
    """A ledger and what it covers, as one edition tells it."""

    edition: Edition
    told: Coverage

    def kinds(self) -> list[tuple[str, str, str]]:
        """A row a kind of sentence: its name, how many there are, how many rest on something."""
        rows = []
        for kind in KINDS:
            part, whole = self.told.supported_of(kind)
            part_told = "" if kind == "prose" else self.edition.number(part)
            rows.append((self.edition.words(f"kind_{kind}"), self.edition.number(whole), part_told))
        return rows

    def share(self) -> str:
        """How many claims rest on something, empty where there are none."""
        told = self.told
        if told.share is None:
            return ""
        return self.edition.words(
            "coverage_share",
            part=self.edition.number(told.with_evidence),
            whole=self.edition.number(told.claims),
            share=write_percent(told.share, self.edition.lang),
        )

    def pages_line(self) -> str:
        """On how many pages and sites the claims rest."""
        number = self.edition.number
        return self.edition.words(
            "pages_on_sites", pages=number(self.told.pages), sites=number(self.told.sites)
        )

    def diversity(self) -> list[tuple[str, list[Row], list[Row]]]:
        """The three tables of the sources: the name of each, its first rows of value, pages and sites, and the rest.

        What is not known is never among the rest.
        """
        words, told = self.edition.words, self.told
        return [
            (words("col_country"), *self._rows(told.countries, self._actor)),
            (words("col_language"), *self._rows(told.languages, self._language)),
            (words("col_side"), *self._rows(told.sides, self._actor)),
        ]

    def grades(self) -> list[tuple[str, str]]:
        """A row a grade: how many events have it."""
        none = self.edition.words("no_grade")
        return [(grade or none, self.edition.number(count)) for grade, count in self.told.grades.items()]

    def sections(self) -> Iterator[Section]:
        """The claims in reading order, under the headings of the edition."""
        titles = {
            block.section: self.edition.numbers.sentence(block.children, self.edition.lang.code)
            for block in walk_blocks(self.edition.issue.blocks)
            if isinstance(block, Heading)
        }
        groups: dict[str, list[Claim]] = {}
        for claim in self.edition.ledger.in_order:
            groups.setdefault(claim.section, []).append(claim)
        for section, claims in groups.items():
            yield Section(titles.get(section, ""), claims)

    def label(self, claim_id: str) -> str:
        """A claim's short name: its id where the author gave one, else its place among the claims."""
        claim = self.edition.ledger.claim(claim_id)
        return claim_id.upper() if claim.is_marked else self.edition.number(self._places[claim_id])

    def lacking(self, names: Sequence[str]) -> str:
        """What an unfinished claim lacks, in words."""
        keys = {"by": "deadline"}
        return self.edition.lang.comma.join(self.edition.words(keys.get(name, name)) for name in names)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {claim.claim_id: n for n, claim in enumerate(self.edition.ledger.in_order, start=1)}

    def _rows(self, groups: Sequence[Pages], name: Callable[[str], str]) -> tuple[list[Row], list[Row]]:
        number = self.edition.number
        rows = [(one.value, (name(one.value), number(one.pages), number(one.sites))) for one in groups]
        known = [row for value, row in rows if value]
        return [*known[:MOST_SHOWN], *(row for value, row in rows if not value)], known[MOST_SHOWN:]

    def _actor(self, value: str) -> str:
        """The name of a state or another actor; of what is not known, that it is not."""
        if not value:
            return self.edition.words("unknown")
        if value == PRIVATE:
            return self.edition.words("side_private")
        actors = self.edition.actors
        return actors.name(value, self.edition.lang.code) if value in actors else value

    def _language(self, code: str) -> str:
        if not code:
            return self.edition.words("unknown")
        key = f"language_{code}"
        return self.edition.words(key) if key in self.edition.words.keys() else code  # noqa: SIM118
