"""All sentences of an issue in reading order, each with what says the same in every edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasad.issues.alignment import align
from rasad.issues.sentences import Sentence, sentences
from rasad.model.ids import make_id
from rasad.model.issue import (
    Block,
    Citation,
    ClaimMark,
    Heading,
    Inline,
    Issue,
    MeasureMark,
    Note,
    Paragraph,
    Recommendation,
    inline_runs,
    walk_blocks,
    walk_inlines,
)

Runs = Mapping[str, tuple[Inline, ...]]
"""One run by language, the original first."""


@dataclass(frozen=True)
class Told:
    """A sentence, and where it stands.

    ``sentence_id`` is the id of its claim, else one made of its words, which stays as long as they stay.
    ``recommendation`` is the id of the block that it stands in, if it stands in one.
    """

    sentence_id: str
    section: str
    line: int
    by_language: Mapping[str, tuple[Sentence, ...]]
    recommendation: str = ""

    @property
    def original(self) -> Sentence:
        return next(iter(self.by_language.values()))[0]

    @property
    def claim(self) -> ClaimMark | None:
        return self.original.claim


@dataclass(frozen=True)
class _Passage:
    runs: Runs
    section: str
    block: Block | None
    recommendation: str = ""


def tell(issues: Mapping[str, Issue]) -> list[Told]:
    """The sentences of an issue; headings and labels are none, but for the claims in them."""
    lines = {id(run.children): run.at.line for run in next(iter(issues.values())).runs}
    seen: Counter[str] = Counter()
    found = []
    for passage in _passages(issues):
        by_language = {lang: sentences(run) for lang, run in passage.runs.items()}
        first, *others = by_language
        aligned = {lang: align(by_language[first], by_language[lang]) for lang in others}
        line = lines.get(id(passage.runs[first]), 0)
        for n, sentence in enumerate(by_language[first]):
            if sentence.claim is None and not _is_sentence(sentence, passage.block):
                continue
            each = {first: (sentence,), **{lang: aligned[lang][n] for lang in others}}
            name = _id(sentence, seen)
            found.append(Told(name, passage.section, line, each, passage.recommendation))
    return found


def _is_sentence(sentence: Sentence, block: Block | None) -> bool:
    """Whether words are more than a heading or the label of a row; a number or a citation makes them so."""
    if isinstance(block, Heading):
        return False
    held = any(isinstance(part, MeasureMark | Citation) for part in sentence.parts)
    return isinstance(block, Paragraph | None) or sentence.ends or held


def _id(sentence: Sentence, seen: Counter[str]) -> str:
    if sentence.claim is not None:
        return sentence.claim.claim_id
    written = sentence.signature
    seen[written] += 1
    return make_id("se", written, *([str(seen[written])] if seen[written] > 1 else []))


def _passages(issues: Mapping[str, Issue]) -> Iterator[_Passage]:
    """Every run of the issue once, its notes after it."""
    notes: set[str] = set()
    yield from _with_notes({lang: i.question for lang, i in issues.items()}, "", None, "", notes)
    section, inside = "", _recommended(next(iter(issues.values())).blocks)
    for blocks in zip(*(walk_blocks(issue.blocks) for issue in issues.values()), strict=True):
        section = blocks[0].section if isinstance(blocks[0], Heading) else section
        for runs in zip(*map(inline_runs, blocks), strict=True):
            told = dict(zip(issues, runs, strict=True))
            yield from _with_notes(told, section, blocks[0], inside.get(id(blocks[0]), ""), notes)


def _with_notes(
    runs: Runs, section: str, block: Block | None, recommendation: str, seen: set[str]
) -> Iterator[_Passage]:
    yield _Passage(runs, section, block, recommendation)
    cited = {
        lang: {one.label: one for one in walk_inlines(run) if isinstance(one, Note)}
        for lang, run in runs.items()
    }
    for label in next(iter(cited.values())):
        if label not in seen:
            seen.add(label)
            told = {lang: notes[label].children if label in notes else () for lang, notes in cited.items()}
            yield _Passage(told, section, None, recommendation)


def _recommended(blocks: Sequence[Block]) -> dict[int, str]:
    """The id of the recommendation that a block of the original stands in, by the block's identity."""
    return {
        id(inner): block.recommendation_id
        for block in walk_blocks(tuple(blocks))
        if isinstance(block, Recommendation)
        for inner in walk_blocks(block.blocks)
    }
