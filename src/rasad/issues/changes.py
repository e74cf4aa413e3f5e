"""What changed since the last issue: judgements and forecasts that moved, and forecasts that were resolved.

A claim is matched with the one that its ``was="517#j2"`` names, or with the one that had its id in
the last issue, where the two sentences are alike: ids like ``j1`` begin anew in every issue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812  (an issue has a field of that name)
from difflib import SequenceMatcher

from rasad.errors import ManuscriptError, did_you_mean
from rasad.issues.parts import CLAIM_OF_ISSUE
from rasad.model.issue import Analysis, ClaimMark, Issue, Part, issue_inlines, plain_text, walk_inlines

ALIKE = 0.6
"""Share of text that two sentences of one id have in common to be one claim, reworded."""

SAYS_HOW_SURE = ("judgement", "forecast")
SETTLES = ("likelihood", "confidence", "by")
"""What makes a claim another when it changes."""


@dataclass(frozen=True)
class Stand:
    """What an earlier issue said in one claim; ``sentence`` a text a language, empty where it can't be written."""

    issue: int
    claim_id: str
    kind: str
    likelihood: str
    confidence: str
    by: str
    typed: str
    sentence: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"{self.issue}#{self.claim_id}"


@dataclass(frozen=True)
class Earlier:
    """An earlier issue: its number, its day, and its judgements and forecasts by id."""

    number: int
    date: Day
    stands: Mapping[str, Stand]


@dataclass(frozen=True)
class Changes:
    """What a block ``.changes`` tells.

    Args:
        since: The issue that this one is compared with; None where there is no earlier one.
        moves: By claim of this issue, what was said before, where likelihood, confidence or deadline differ.
        resolved: By name as ``517#f3``, the forecasts that the block resolves.
        due: Forecasts whose day has come, and which nobody resolved or took up again.
        dropped: Judgements that this issue does not take up again.
    """

    since: Earlier | None = None
    moves: Mapping[str, Stand] = field(default_factory=dict)
    resolved: Mapping[str, Stand] = field(default_factory=dict)
    due: tuple[Stand, ...] = ()
    dropped: tuple[Stand, ...] = ()

    def told(self, lang: str) -> list[str]:
        """What an edition prints of earlier issues, for its signature."""
        stands = (*self.moves.values(), *self.resolved.values(), *self.due, *self.dropped)
        return [f"{s.name} {s.likelihood} {s.confidence} {s.by} {s.sentence.get(lang, '')}" for s in stands]


def stand_of(issue: int, claim: ClaimMark, sentence: Mapping[str, str]) -> Stand:
    """What an issue says in a claim."""
    likelihood, confidence, by = (claim.get(name) for name in SETTLES)
    typed = plain_text(claim.children)
    return Stand(issue, claim.claim_id, claim.kind, likelihood, confidence, by, typed, sentence)


def claims_of(issue: Issue) -> dict[str, ClaimMark]:
    """The judgements and forecasts of an issue by id."""
    found = (inline for inline in issue_inlines(issue) if isinstance(inline, ClaimMark))
    return {claim.claim_id: claim for claim in found if claim.kind in SAYS_HOW_SURE}


def numbers_named(issue: Issue, block: Analysis) -> set[int]:
    """The numbers of the issues that ``was=``, ``since=`` and the block's resolutions name."""
    named = [claim.get("was") for claim in claims_of(issue).values()]
    named += [part.get("forecast") for part in _parts(block)]
    numbers = {int(match[1]) for text in named if (match := CLAIM_OF_ISSUE.fullmatch(text))}
    since = dict(block.attributes).get("since", "")
    return numbers | ({int(since)} if since.isascii() and since.isdigit() else set())


def compare(issue: Issue, block: Analysis, since: int | None, earlier: Mapping[int, Earlier]) -> Changes:
    """What moved from the earlier issues to this one; ``since`` is the one it is compared with."""
    resolved = {
        part.get("forecast"): stand
        for part in _parts(block)
        if part.kind == "resolved" and (stand := _named(part.get("forecast"), earlier)) is not None
    }
    if since is None:
        return Changes(resolved=resolved)
    last = earlier[since]
    before = {name: _before(claim, last, earlier) for name, claim in claims_of(issue).items()}
    matched = {stand.name for stand in before.values() if stand is not None} | set(resolved)
    left = [stand for stand in last.stands.values() if stand.name not in matched]
    return Changes(
        since=last,
        moves={n: s for n, s in before.items() if s is not None and _moved(claims_of(issue)[n], s)},
        resolved=resolved,
        due=tuple(s for s in left if s.by and Day.fromisoformat(s.by) <= issue.date),
        dropped=tuple(stand for stand in left if not stand.by),
    )


def check_changes(
    issue: Issue, block: Analysis, changes: Changes, earlier: Mapping[int, Earlier]
) -> Iterator[ManuscriptError]:
    """Every ``was=`` and every entry of the block that names nothing, and every move that has no why."""
    for claim in claims_of(issue).values():
        was = claim.get("was")
        if was and _named(was, earlier) is None:
            yield _nameless(f"'{claim.claim_id}' was {was}", was, earlier, claim)
    told: dict[str, Part] = {}
    for part in _parts(block):
        if part.kind == "resolved":
            yield from _check_resolved(part, issue, earlier)
        named = part.get("claim") or part.get("forecast")
        if named in told:
            yield ManuscriptError(
                f"the block .changes speaks twice of '{named}'", at=part.at, do="Say it once."
            )
        told[named] = part
    for name, part in told.items():
        if part.kind == "moved" and name not in changes.moves:
            yield ManuscriptError(
                f"the block .changes says why '{name}' moved, and it has not moved",
                at=part.at,
                do=did_you_mean(name, changes.moves) or "Take the entry out.",
            )
    for name, stand in changes.moves.items():
        if name not in told:
            yield ManuscriptError(
                f"'{name}' has moved since {stand.name}, and the block .changes does not say why",
                at=block.at,
                do=f"Add - [why]{{.moved claim={name}}}.",
            )


def _check_resolved(part: Part, issue: Issue, earlier: Mapping[int, Earlier]) -> Iterator[ManuscriptError]:
    name = part.get("forecast")
    stand = _named(name, earlier)
    if stand is None:
        yield _nameless(f"the block .changes resolves {name}", name, earlier, part)
    elif stand.kind != "forecast":
        yield ManuscriptError(f"{name} is a {stand.kind}, which no day resolves", at=part.at)
    elif not earlier[stand.issue].date <= Day.fromisoformat(part.get("day")) <= issue.date:
        yield ManuscriptError(
            f"{name} can't have been resolved on {part.get('on')}",
            at=part.at,
            do=f"The day lies within {earlier[stand.issue].date} and {issue.date}.",
        )


def _nameless(
    what: str, name: str, earlier: Mapping[int, Earlier], mark: ClaimMark | Part
) -> ManuscriptError:
    match = CLAIM_OF_ISSUE.fullmatch(name)
    if match is None:
        return ManuscriptError(
            f"{what}, which names no claim", at=mark.at, do="Write issue and claim, as in 517#j2."
        )
    issue = earlier.get(int(match[1]))
    if issue is None:
        return ManuscriptError(
            f"{what}, and the desk has no earlier issue {match[1]}", at=mark.at, do="Name one that it has."
        )
    do = did_you_mean(match[2], issue.stands)
    return ManuscriptError(f"{what}, and issue {match[1]} has no such claim", at=mark.at, do=do)


def _parts(block: Analysis) -> list[Part]:
    return [i for row in block.rows for cell in row for i in walk_inlines(cell) if isinstance(i, Part)]


def _named(name: str, earlier: Mapping[int, Earlier]) -> Stand | None:
    match = CLAIM_OF_ISSUE.fullmatch(name)
    if match is None or int(match[1]) not in earlier:
        return None
    return earlier[int(match[1])].stands.get(match[2])


def _before(claim: ClaimMark, last: Earlier, earlier: Mapping[int, Earlier]) -> Stand | None:
    if claim.get("was"):
        return _named(claim.get("was"), earlier)
    same = last.stands.get(claim.claim_id)
    if same is None or same.kind != claim.kind:
        return None
    likeness = SequenceMatcher(None, same.typed, plain_text(claim.children), autojunk=False).ratio()
    return same if likeness >= ALIKE else None


def _moved(claim: ClaimMark, stand: Stand) -> bool:
    now = tuple(claim.get(name) for name in SETTLES)
    return now != (stand.likelihood, stand.confidence, stand.by)
