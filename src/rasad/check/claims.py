"""Rule: every id is used once, whatever a mark names is there, and a claim rests on something."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from rasad.errors import ManuscriptError, Place, did_you_mean
from rasad.issues.ledger import evidence_keys
from rasad.issues.references import References
from rasad.model.issue import (
    EVENT,
    Analysis,
    Citation,
    ClaimMark,
    DateMark,
    Figure,
    Heading,
    Issue,
    MeasureMark,
    Recommendation,
    Run,
    parts_of,
    walk_blocks,
    walk_inlines,
)

REFERENCES = "references"
_RESERVED = re.compile(r"m\d+|se_[0-9a-f]{16}|evidence|references|panel|(?:claim|event|ref|note)-.*")
"""Ids of numbers, cards and parts of a page."""


def check_claims(issue: Issue, events: Collection[str], references: References) -> Iterator[ManuscriptError]:
    """Ids used twice; citations, evidence and findings that name nothing; deadlines that have passed."""
    yield from _twice(issue)
    claims = {claim.claim_id for claim, _ in _claims(issue)}
    for run in issue.runs:
        for inline in walk_inlines(run.children):
            if isinstance(inline, Citation):
                yield from _citation(inline.keys, inline.at, events, references)
    for claim, _ in _claims(issue):
        evidence = evidence_keys(claim, references)
        yield from _citation(evidence, claim.at, events, references)
        yield from _deadline(claim, issue.date)
        yield from _links(claim, claims)
    for block in walk_blocks(issue.blocks):
        if isinstance(block, Recommendation):
            for finding in block.findings:
                if finding not in claims:
                    yield ManuscriptError(
                        f"the recommendation '{block.recommendation_id}' rests on '{finding}', which is no claim",
                        at=block.at,
                        do=did_you_mean(finding, claims),
                        rule="claim-finding",
                    )


def check_evidence(issue: Issue, references: References) -> Iterator[ManuscriptError]:
    """Claims that rest on nothing."""
    for claim, run in _claims(issue):
        if not evidence_keys(claim, references) and not _cites(claim):
            yield ManuscriptError(
                f"the {claim.kind} '{claim.claim_id}' names no evidence",
                at=run.at,
                do='Cite some in it, or add evidence="C246 …".',
            )


def _links(claim: ClaimMark, claims: Collection[str]) -> Iterator[ManuscriptError]:
    for name in claim.get("about").split():
        if name == claim.claim_id or name not in claims:
            what = "is itself" if name == claim.claim_id else "is no claim"
            yield ManuscriptError(
                f"the {claim.kind} '{claim.claim_id}' is about '{name}', which {what}",
                at=claim.at,
                do=did_you_mean(name, [other for other in claims if other != claim.claim_id]),
            )


def _claims(issue: Issue) -> Iterator[tuple[ClaimMark, Run]]:
    for run in issue.runs:
        for inline in walk_inlines(run.children):
            if isinstance(inline, ClaimMark):
                yield inline, run


def _twice(issue: Issue) -> Iterator[ManuscriptError]:
    seen: dict[str, Place] = {}
    sections = {(REFERENCES, block.at) for block in walk_blocks(issue.blocks) if isinstance(block, Heading)}
    places = [(claim.claim_id, claim.at) for claim, _ in _claims(issue)]
    places += [(part.part_id, part.at) for part in parts_of(issue) if part.part_id]
    for block in walk_blocks(issue.blocks):
        if isinstance(block, Recommendation):
            places.append((block.recommendation_id, block.at))
        elif isinstance(block, Figure):
            places.append((block.figure_id, block.at))
        elif isinstance(block, Analysis) and block.block_id:
            places.append((block.block_id, block.at))
        elif isinstance(block, Heading):
            places.append((block.section, block.at))
    for name, at in places:
        if _RESERVED.fullmatch(name) and (name, at) not in sections:
            yield ManuscriptError(
                f"the id '{name}' is one that pages need themselves",
                at=at,
                do="Take another.",
                rule="claim-id",
            )
        if name in seen:
            yield ManuscriptError(
                f"the id '{name}' is used twice, first in line {seen[name].line}",
                at=at,
                do="Give each its own.",
                rule="claim-id",
            )
        seen.setdefault(name, at)


def _citation(
    keys: Collection[str], at: Place, events: Collection[str], references: References
) -> Iterator[ManuscriptError]:
    for key in keys:
        if key.startswith(EVENT):
            name = key.removeprefix(EVENT)
            if name not in events:
                do = f"{did_you_mean(name, events)} Events are the ids of chronology.csv."
                yield ManuscriptError(f"there is no event '{name}' up to the day of the data", at=at, do=do,
                                      rule="claim-source")  # fmt: skip
        elif key not in references:
            do = f"{did_you_mean(key, references.keys())} References stand in references.json."
            what = f"the citation '@{key}' has no reference"
            yield ManuscriptError(what, at=at, do=do, rule="claim-source")


def _cites(claim: ClaimMark) -> bool:
    return any(isinstance(inline, Citation | MeasureMark) for inline in walk_inlines(claim.children))


def _deadline(claim: ClaimMark, issued: date) -> Iterator[ManuscriptError]:
    by = claim.get("by")
    said = [i.day for i in walk_inlines(claim.children) if isinstance(i, DateMark) and i.form == "day"]
    if by and said and date.fromisoformat(by) not in said:
        told = ", ".join(str(day) for day in said)
        yield ManuscriptError(
            f"'{claim.claim_id}' says {told}, its mark by={by}",
            at=claim.at,
            do="Make them agree.",
            rule="claim-deadline",
        )
    if by and date.fromisoformat(by) <= issued:
        yield ManuscriptError(
            f"the deadline {by} of '{claim.claim_id}' is not after the issue's date {issued}",
            at=claim.at,
            rule="claim-deadline",
        )
