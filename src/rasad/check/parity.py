"""Rule: a translated paragraph carries the same marks as its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from rasad.errors import TranslationError
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
    Run,
    Strong,
    Verbatim,
    walk_inlines,
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
    return Counter(mark for inline in _of_run(run) if (mark := _mark(inline)))


def _of_run(run: Run) -> Iterator[Inline]:
    """What stands in the run itself: the text of a note is a run of its own."""
    for inline in run.children:
        yield from walk_inlines((inline,)) if not isinstance(inline, Note) else (inline,)


def _mark(inline: Inline) -> str:
    """A mark in words, the same for the same mark; empty for plain text."""
    describe = _DESCRIBE.get(type(inline))
    return describe(inline) if describe is not None else ""


def _claim(claim: ClaimMark) -> str:
    shared = {name: text for name, text in claim.attributes if name != "because"}
    given = " ".join(f'{name}="{text}"' for name, text in sorted(shared.items()))
    return f"the {claim.kind} '{claim.claim_id}' with {given or 'no attributes'}"


def _measure(mark: MeasureMark) -> str:
    given = " ".join(f"{name}={text}" for name, text in sorted(mark.arguments))
    return f"the measure {given}{'' if mark.children else ' (empty brackets)'}"


_DESCRIBE: dict[type, Callable[..., str]] = {
    ClaimMark: _claim,
    MeasureMark: _measure,
    DateMark: lambda mark: f"the date {mark.day} form={mark.form}",
    ActorMark: lambda mark: f"the actor {mark.actor} day={mark.on}",
    Citation: lambda citation: f"the citation [{'; '.join(sorted(citation.keys))}]",
    Note: lambda note: f"the note [^{note.label}]",
    Link: lambda link: f"the link to {link.href}",
    Strong: lambda _: "bold words",
    Verbatim: lambda _: "a .verbatim",
}
