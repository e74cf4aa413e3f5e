"""Rule: a translated paragraph carries the same marks as its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

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
        f"the translated paragraph {what} {mark}", at=run.at, do="Carry over every mark of the original, once."
    )


def _marks(run: Run) -> Counter[str]:
    return Counter(mark for inline in _of_run(run) if (mark := _mark(inline)))


def _of_run(run: Run) -> Iterator[Inline]:
    """What stands in the run itself: the text of a note is a run of its own."""
    for inline in run.children:
        yield from walk_inlines((inline,)) if not isinstance(inline, Note) else (inline,)


def _mark(inline: Inline) -> str:
    if isinstance(inline, ClaimMark):
        shared = {name: text for name, text in inline.attributes if name != "because"}
        given = " ".join(f'{name}="{text}"' for name, text in sorted(shared.items()))
        return f"the {inline.kind} '{inline.claim_id}' with {given or 'no attributes'}"
    if isinstance(inline, MeasureMark):
        given = " ".join(f"{name}={text}" for name, text in sorted(inline.arguments))
        return f"the measure {given}{'' if inline.children else ' (empty brackets)'}"
    if isinstance(inline, DateMark):
        return f"the date {inline.day} form={inline.form}"
    if isinstance(inline, ActorMark):
        return f"the actor {inline.actor}"
    if isinstance(inline, Citation):
        return f"the citation [{'; '.join(sorted(inline.keys))}]"
    if isinstance(inline, Note):
        return f"the note [^{inline.label}]"
    if isinstance(inline, Link):
        return f"the link to {inline.href}"
    return {Strong: "bold words", Verbatim: "a .verbatim"}.get(type(inline), "")
