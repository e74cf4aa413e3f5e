"""Rule: what a block of analysis names is there: claims, indicators, forecasts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rasad.errors import ManuscriptError, did_you_mean
from rasad.issues.analysis import entries_of
from rasad.model.issue import (
    Analysis,
    Citation,
    ClaimMark,
    Issue,
    Part,
    issue_inlines,
    parts_of,
    walk_blocks,
    walk_inlines,
)


def check_analysis(issue: Issue) -> Iterator[ManuscriptError]:
    """Assumptions that carry nothing, signposts that are no indicators, forecasts that are none."""
    claims = [inline for inline in issue_inlines(issue) if isinstance(inline, ClaimMark)]
    forecasts = {claim.claim_id for claim in claims if claim.kind == "forecast"}
    judged = forecasts | {claim.claim_id for claim in claims if claim.kind == "judgement"}
    indicators = {part.part_id for part in parts_of(issue) if part.kind == "indicator"}
    for part in parts_of(issue):
        yield from _names(part, "carries", judged, "no judgement or forecast")
        yield from _names(part, "signposts", indicators, "no indicator")
        yield from _names(part, "claim", judged, "no judgement or forecast")
        if part.kind == "response":
            yield from _names(part, "forecast", forecasts, "no forecast")
        if part.kind == "indicator" and part.get("day") > issue.date.isoformat():
            what = f"the indicator '{part.part_id}' was looked at on {part.get('on')}, after the issue's date"
            yield ManuscriptError(what, at=part.at)
    yield from _without_source(issue)


def _names(part: Part, attribute: str, known: Collection[str], none: str) -> Iterator[ManuscriptError]:
    told = f"the .{part.kind} '{part.part_id}'" if part.part_id else f"the .{part.kind}"
    for name in dict.fromkeys(part.get(attribute).split()):
        if name not in known:
            yield ManuscriptError(
                f"{told} names '{name}', which is {none}",
                at=part.at,
                do=did_you_mean(name, known),
            )


def _without_source(issue: Issue) -> Iterator[ManuscriptError]:
    """A forecast is resolved by a source, as it was made on one."""
    for block in walk_blocks(issue.blocks):
        if not isinstance(block, Analysis) or block.kind != "changes":
            continue
        for row in block.rows:
            for part, behind in entries_of(row[0]):
                cited = any(isinstance(i, Citation) for i in walk_inlines((*part.children, *behind)))
                if part.kind == "resolved" and not cited:
                    what = f"the block .changes resolves {part.get('forecast')} and cites nothing"
                    yield ManuscriptError(
                        what, at=part.at, do="Cite the event or the source that decides it."
                    )
