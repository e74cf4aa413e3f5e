"""Rule: a translated paragraph carries the same marks as its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from rasad.errors import TranslationError
from rasad.issues.marks import PROSE
from rasad.languages.numbers import fold_digits
from rasad.model.issue import (
    ActorMark,
    Citation,
    ClaimMark,
    DateMark,
    Inline,
    Issue,
    Link,
    MeasureMark,
    Note,
    Part,
    Run,
    Strong,
    Verbatim,
    child_inlines,
    plain_text,
)


def check_parity(original: Issue, translated: Issue) -> Iterator[TranslationError]:
    """Every mark that one edition has and the other lacks."""
    for one, other in zip(original.runs, translated.runs, strict=True):
        wanted, given = _marks(one), _marks(other)
        for mark in wanted - given:
            yield _finding("lacks", mark, other)
        for mark in given - wanted:
            yield _finding("adds", mark, other)


def _finding(what: str, mark: str, run: Run) -> TranslationError:
    return TranslationError(
        f"the translated paragraph {what} {mark}",
        at=run.at,
        do="Carry over every mark of the original, once.",
    )


def _marks(run: Run) -> Counter[str]:
    return Counter(_within(run.children, ""))


def _within(inlines: tuple[Inline, ...], inside: str) -> Iterator[str]:
    """The marks of a run with what each stands in; the text of a note is a run of its own.

    What stands behind a part of a block of analysis, its citation for one, belongs to that part.
    """
    entry, parts = inside, 0
    for inline in inlines:
        if isinstance(inline, Part):
            parts += 1
            entry = f" at part {parts}"
        mark = _mark(inline)
        if mark:
            yield mark + entry
        within = f" within '{inline.claim_id}'" if isinstance(inline, ClaimMark) else entry
        if not isinstance(inline, Note):
            yield from _within(child_inlines(inline), within)


def _mark(inline: Inline) -> str:
    """A mark in words, the same for the same mark; empty for plain text."""
    describe = _DESCRIBE.get(type(inline))
    return describe(inline) if describe is not None else ""


def _claim(claim: ClaimMark) -> str:
    shared = {name: text for name, text in claim.attributes if name not in PROSE}
    given = " ".join(f'{name}="{text}"' for name, text in sorted(shared.items()))
    told = f"the {claim.kind} '{claim.claim_id}' with {given or 'no attributes'}"
    return f"{told} and its own unless=" if claim.get("unless") else told


def _part(part: Part) -> str:
    given = " ".join(f'{name}="{text}"' for name, text in sorted(part.attributes))
    named = f"the {part.kind} '{part.part_id}'" if part.part_id else f"the {part.kind}"
    return f"{named} with {given or 'no attributes'}"


def _measure(mark: MeasureMark) -> str:
    given = " ".join(f"{name}={text}" for name, text in sorted(mark.arguments))
    return f"the measure {given}{'' if mark.children else ' (empty brackets)'}"


def _digits(text: str) -> str:
    return "".join(letter for letter in fold_digits(text) if letter.isdigit()) or "none"


_DESCRIBE: dict[type, Callable[..., str]] = {
    ClaimMark: _claim,
    Part: _part,
    MeasureMark: _measure,
    DateMark: lambda mark: f"the date {mark.day} form={mark.form}",
    ActorMark: lambda mark: f"the actor {mark.actor} day={mark.on}",
    Citation: lambda citation: f"the citation [{'; '.join(sorted(citation.keys))}]",
    Note: lambda note: f"the note [^{note.label}]",
    Link: lambda link: f"the link to {link.href}",
    Strong: lambda _: "bold words",
    Verbatim: lambda words: f"a .verbatim with the digits {_digits(plain_text(words.children))}",
}
