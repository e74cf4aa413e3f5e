"""CommonMark's inline parser, which also tells where each of its tokens stands.

markdown-it keeps the lines of blocks and forgets the columns of words. Each rule of its inline parser
starts at ``state.pos`` and leaves it at its end, so the tokens of a rule stand between the two.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,100})\](?!:)")
_ATTRIBUTES = re.compile(r"\{[^{}\n]{0,400}\}")


class PlacedState(StateInline):
    """The state of the parser, with the beginning of the words that wait to become a token."""

    pending_at = 0

    def pushPending(self) -> Token:  # noqa: N802  # markdown-it's name
        token = super().pushPending()
        token.meta["at"] = self.pending_at
        return token


class PlacedParser(ParserInline):
    """Parses inline text into tokens whose ``meta`` holds ``at`` and ``end``, offsets in that text."""

    def tokenize(self, state: StateInline) -> None:
        rules, limit = self.ruler.getRules(""), state.md.options["maxNesting"]
        end = state.posMax
        while state.pos < end:
            at, before = state.pos, len(state.tokens)
            if isinstance(state, PlacedState) and not state.pending:
                state.pending_at = at
            if state.level < limit and any(rule(state, False) for rule in rules):
                _stamp(state.tokens[before:], at, state.pos)
            else:
                state.append_pending(state.src[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _stamp(tokens: list[Token], at: int, end: int) -> None:
    texts = 0
    for token in tokens:
        if "at" not in token.meta:
            # A run of asterisks is a token for each, of which those that pair off become empty.
            token.meta["at"] = at + texts
            texts += token.type == "text"
        token.meta.setdefault("end", end)


def placed_parser() -> PlacedParser:
    """The parser of CommonMark's inline rules, with note marks and pandoc's bracketed spans."""
    parser = PlacedParser()
    parser.ruler.before("link", "note_mark", _note_mark)
    parser.ruler.after("link", "span", _span)
    looks = ("text", "newline", "escape", "backticks", "emphasis", "html_inline", "entity")
    parser.ruler.enableOnly([*looks, "note_mark", "link", "span", "image", "autolink"])
    # Joined, the asterisks that paired off with none would lose their places.
    parser.ruler2.enableOnly(["balance_pairs", "emphasis"])
    return parser


def _note_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """``[^1]``, whether or not there is such a note: a mark without one is what a checker looks for."""
    match = _NOTE_MARK.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if match is None:
        return False
    if not silent:
        state.push("note_mark", "", 0).meta["label"] = match[1]
    state.pos = match.end()
    return True


def _span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """``[words]{.class key=value}``, of which a reader sees the words."""
    if state.src[state.pos] != "[":
        return False
    start, maximum = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start, False)
    attributes = _ATTRIBUTES.match(state.src, end + 1, maximum) if end >= 0 else None
    if attributes is None:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, end
        state.push("span_open", "span", 1)
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = attributes.end(), maximum
    return True
