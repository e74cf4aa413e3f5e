"""What each mark of a manuscript may and must carry, and the inlines made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from markdown_it.token import Token

from rasad.errors import ManuscriptError, Place, did_you_mean
from rasad.issues.parts import PARTS, check_part
from rasad.languages.calendars import read_day
from rasad.languages.likelihood import confidences, likelihoods
from rasad.model.issue import (
    ActorMark,
    Citation,
    ClaimMark,
    DateMark,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    MeasureMark,
    Note,
    Part,
    Strong,
    Text,
    Verbatim,
)

_KEY = r"@(?:event:)?[\w][\w.:-]*"
_CITATION = re.compile(rf"\[({_KEY}(?:\s*;\s*{_KEY})*)\]")
_BROKEN = re.compile(r"\]\{|\{[.#]|^\s*::")
"""What stays of a mark that Markdown could not read as one."""
_UNREAD = re.compile(r"\[[^\[\]]*(?<!\w)@\w?[^\]]*")
ID = re.compile(r"[A-Za-z][\w-]{0,63}", re.ASCII)
MONTH_LENGTH = len("2026-05")

_REQUIRED: dict[str, tuple[str, ...]] = {
    "fact": ("id",),
    "judgement": ("id", "confidence", "because"),
    "forecast": ("id", "likelihood", "by", "confidence", "because"),
    "measure": ("name",),
    "date": ("day",),
    "actor": ("code",),
    "verbatim": (),
    **{kind: required for kind, (required, _) in PARTS.items()},
}
_ALLOWED: dict[str, tuple[str, ...]] = {
    "fact": ("evidence",),
    "judgement": ("likelihood", "evidence", "unless", "about", "was"),
    "forecast": ("evidence", "unless", "about", "was", "resolver"),
    "date": ("form",),
    "actor": ("day",),
    "verbatim": (),
    **{kind: optional for kind, (_, optional) in PARTS.items()},
}

_LATER: dict[str, tuple[str, ...]] = {
    "judgement": ("confidence", "because"),
    "forecast": ("confidence", "because", "likelihood", "by"),
}
"""What a claim may still lack while its issue is being written: ``rasad ledger`` tells it, and no build passes it."""

PROSE = frozenset({"because", "unless", "resolver"})
"""Attributes that are prose, which each language writes itself."""

Inherited = Mapping[str, Mapping[str, str]]
"""Attributes by claim id, which a translation may leave out and the original gives."""


@dataclass(frozen=True)
class InlineReader:
    """Turns the inline tokens of one paragraph into inlines, checking each mark.

    Args:
        at: Where the paragraph stands, for messages.
        notes: Reads the text of a footnote by its label.
        inherited: What claims of a translation take from the original.
        finished: Whether every claim must say how sure it is, and every forecast until when.
    """

    at: Place
    notes: Callable[[str], tuple[Inline, ...]]
    inherited: Inherited
    finished: bool = True

    def read(self, tokens: list[Token]) -> tuple[Inline, ...]:
        """All inlines of a run of tokens.

        Raises:
            ManuscriptError: If a mark is unknown or lacks what it must carry.
        """
        inlines: list[Inline] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.nesting == 1:
                end = _closing(tokens, position)
                children = self.read(tokens[position + 1 : end])
                inlines.append(self._around(token, children))
                position = end
            else:
                inlines.extend(self._leaf(token))
            position += 1
        return tuple(inlines)

    def _leaf(self, token: Token) -> list[Inline]:
        if token.type in ("text", "code_inline", "text_special"):
            return self._text(token.content)
        if token.type == "softbreak":
            return [Text(" ")]
        if token.type == "hardbreak":
            return [LineBreak()]
        if token.type == "footnote_ref":
            label = str(token.meta.get("label", ""))
            return [Note(label, self.notes(label))]
        if token.type == "image":
            self._refuse("a picture can't stand in an issue yet", "Use a figure block with a chart.")
        return self._refuse(f"'{token.type}' can't stand in an issue")

    def _text(self, text: str) -> list[Inline]:
        inlines = _with_citations(text, self.at)
        for inline in inlines:
            if isinstance(inline, Text):
                self._check_leftovers(inline.text)
        return inlines

    def _check_leftovers(self, text: str) -> None:
        """Stop at what was meant as a mark, a citation or a note, and stays as text."""
        unread = _UNREAD.search(text)
        if unread is not None:
            self._refuse(
                f"the citation '{unread[0][:40]}' can't be read", "Write [@key] or [@key; @event:C246]."
            )
        broken = _BROKEN.search(text)
        if broken is not None:
            told = f"a mark can't be read at '{text[broken.start() :][:40]}'"
            self._refuse(
                told, "Check that its brackets, braces and quotes are closed and its quotes straight."
            )
        if "[^" in text:
            label = text[text.index("[^") :].split("]", maxsplit=1)[0][:40]
            self._refuse(f"the note {label}] has no text", f"Give it a line {label}]: with its text.")

    def _around(self, token: Token, children: tuple[Inline, ...]) -> Inline:
        if token.type == "strong_open":
            return Strong(children)
        if token.type == "em_open":
            return Emphasis(children)
        if token.type == "link_open":
            return Link(str(token.attrGet("href") or ""), children)
        if token.type == "span_open":
            return self._span({key: str(value) for key, value in token.attrs.items()}, children)
        return self._refuse(f"'{token.type}' can't stand in an issue")

    def _span(self, attributes: dict[str, str], children: tuple[Inline, ...]) -> Inline:
        given = {**self.inherited.get(attributes.get("id", ""), {}), **attributes}
        kind = given.pop("class", "")
        self._check(kind, given)
        if kind == "measure":
            return MeasureMark(tuple(given.items()), children, self.at)
        if kind == "date":
            return self._date(given, children)
        if kind == "actor":
            if children:
                self._refuse(
                    "an .actor takes no words, it writes the name itself", "Leave the brackets empty."
                )
            day = self._day(given["day"], "an actor") if "day" in given else None
            return ActorMark(given["code"], day)
        if kind == "verbatim":
            return Verbatim(children)
        if kind in PARTS:
            return self._part(kind, given, children)
        claim_id = given.pop("id")
        return ClaimMark(claim_id, kind, tuple(given.items()), children, self.at)

    def _part(self, kind: str, given: dict[str, str], children: tuple[Inline, ...]) -> Part:
        try:
            check_part(kind, given)
        except ValueError as error:
            self._refuse(f"a .{kind} {self._named(given)}{error}")
        if "day" in given:
            self._day(given["day"], "a day")
        return Part(kind, given.pop("id", ""), tuple(given.items()), children, self.at)

    def _check(self, kind: str, given: dict[str, str]) -> None:
        if kind not in _REQUIRED:
            self._refuse(f"'.{kind}' is not a mark", did_you_mean(kind, _REQUIRED))
        for name in _REQUIRED[kind]:
            if not given.get(name) and (self.finished or name not in _LATER.get(kind, ())):
                shown = "an id, as in #j1" if name == "id" else f"'{name}='"
                self._refuse(f"a .{kind} {self._named(given)}lacks {shown}")
        if kind != "measure":
            known = {*_REQUIRED[kind], *_ALLOWED[kind], "id"}
            for name in given.keys() - known:
                self._refuse(f"a .{kind} {self._named(given)}has no '{name}='", did_you_mean(name, known))
        self._check_values(given)

    def _check_values(self, given: dict[str, str]) -> None:
        if "id" in given and ID.fullmatch(given["id"]) is None:
            self._refuse(f"'#{given['id']}' is not an id; use letters, digits and hyphens")
        if given.get("likelihood") and given["likelihood"] not in likelihoods():
            word = given["likelihood"]
            self._refuse(f"'{word}' is not a step of likelihood", did_you_mean(word, likelihoods()))
        if given.get("confidence") and given["confidence"] not in confidences():
            word = given["confidence"]
            self._refuse(f"'{word}' is not a confidence", did_you_mean(word, confidences()))
        if given.get("by"):
            self._day(given["by"], "a deadline")

    def _date(self, given: dict[str, str], children: tuple[Inline, ...]) -> DateMark:
        if children:
            self._refuse("a .date takes no words, it writes the date itself", "Leave the brackets empty.")
        form = given.get("form", "day")
        if form not in ("day", "month"):
            self._refuse(f"'{form}' is not a form of a date", "Use form=day or form=month.")
        text = given["day"]
        whole = f"{text}-01" if form == "month" and len(text) == MONTH_LENGTH else text
        return DateMark(self._day(whole, "a date"), form)

    def _day(self, text: str, what: str) -> date:
        try:
            return read_day(text)
        except ValueError:
            self._refuse(
                f"'{text}' is not {what}", "Write year-month-day within 1800 to 2200, as in 2026-05-27."
            )

    def _named(self, given: dict[str, str]) -> str:
        return f"'{given['id']}' " if given.get("id") else ""

    def _refuse(self, what: str, do: str | None = None) -> NoReturn:
        raise ManuscriptError(what, at=self.at, do=do)


def _closing(tokens: list[Token], start: int) -> int:
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens)


def _with_citations(text: str, at: Place) -> list[Inline]:
    inlines: list[Inline] = []
    end = 0
    for match in _CITATION.finditer(text):
        if match.start() > end:
            inlines.append(Text(text[end : match.start()]))
        keys = tuple(key.strip().removeprefix("@") for key in match[1].split(";"))
        inlines.append(Citation(keys, at))
        end = match.end()
    if end < len(text):
        inlines.append(Text(text[end:]))
    return inlines
