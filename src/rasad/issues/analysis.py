"""The blocks of analysis: assumptions, indicators, scenarios, hypotheses, benefits, third parties, changes.

Each is a fenced block with a caption, if it has one, and a list or a table; a part (``parts.py``) opens
every entry. docs/manuscript.md tells their form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from markdown_it.tree import SyntaxTreeNode

from rasad.errors import ManuscriptError, Place
from rasad.issues.parts import HOMES, SIGNS, sign_of
from rasad.model.issue import (
    Analysis,
    Citation,
    Inline,
    MeasureMark,
    Part,
    Run,
    Text,
    plain_text,
    walk_inlines,
)

LISTS = ("assumptions", "indicators", "scenarios", "changes")
TABLES = ("hypotheses", "benefits", "third-parties")
KINDS = (*LISTS, *TABLES)
SETTINGS: dict[str, tuple[str, ...]] = {"changes": ("since",)}
"""What a block may carry beside its id."""

WHOLE = 100
LEAST_SCENARIOS = 2
LEAST_HYPOTHESES = 2
THIRD_PARTY_COLUMNS = 4

Row = tuple[tuple[Inline, ...], ...]
ReadRun = Callable[[str, int], Run]
"""Reads the text of a paragraph, given its line in the manuscript."""


class AnalysisReader:
    """Reads one block of analysis; each language's text is held to the same form."""

    def __init__(self, kind: str, at: Place, read: ReadRun) -> None:
        self._kind = kind
        self._at = at
        self._read = read

    def block(self, block_id: str, given: dict[str, str], nodes: list[SyntaxTreeNode]) -> Analysis:
        """The block.

        Raises:
            ManuscriptError: If it does not have its form; it names the entry.
        """
        for name in given.keys() - set(SETTINGS.get(self._kind, ())):
            self._refuse(f"the block .{self._kind} has no '{name}='", self._at)
        caption: tuple[Inline, ...] = ()
        if nodes and nodes[0].type == "paragraph":
            caption = self._run(nodes[0].children[0].content, _line(nodes[0], self._at.line)).children
            nodes = nodes[1:]
        header, rows = self._body(nodes)
        return Analysis(self._kind, block_id, tuple(given.items()), caption, header, rows, self._at)

    def _body(self, nodes: list[SyntaxTreeNode]) -> tuple[Row, tuple[Row, ...]]:
        if self._kind == "changes" and not nodes:
            return (), ()
        wanted = "table" if self._kind in TABLES else "bullet_list"
        if len(nodes) != 1 or nodes[0].type != wanted:
            told = "table" if wanted == "table" else "list"
            do = f"Write a caption, if it has one, then one {told}; docs/manuscript.md shows it."
            self._refuse(f"the block .{self._kind} does not hold one {told}", self._at, do)
        return self._table(nodes[0]) if wanted == "table" else ((), self._list(nodes[0]))

    # ---- lists --------------------------------------------------------------

    def _list(self, node: SyntaxTreeNode) -> tuple[Row, ...]:
        runs = []
        for entry in node.children:
            line = _line(entry, self._at.line)
            if len(entry.children) != 1 or entry.children[0].type != "paragraph":
                at = Place(self._at.path, line)
                self._refuse(f"an entry of .{self._kind} is not one paragraph", at)
            run = self._run(entry.children[0].children[0].content, line)
            self._check_entry(run)
            runs.append(run)
        if self._kind == "scenarios":
            self._check_scenarios(runs)
        return tuple((run.children,) for run in runs)

    def _check_entry(self, run: Run) -> None:
        first, *others = HOMES[self._kind]
        kinds = [inline.kind for inline in run.children if isinstance(inline, Part)]
        opening = kinds[0] if kinds else ""
        begins = bool(run.children) and isinstance(run.children[0], Part)
        if self._kind == "changes":
            wanted = begins and len(kinds) == 1
        elif self._kind == "assumptions":
            wanted = begins and kinds == [first, *others]
        else:
            wanted = begins and kinds == [first]
        if not wanted:
            self._refuse(f"an entry of .{self._kind} does not have its form", run.at, _FORM[self._kind])
        if opening == "indicator":
            self._check_indicator(run)

    def _check_indicator(self, run: Run) -> None:
        part = run.children[0]
        assert isinstance(part, Part)  # noqa: S101  (the entry has its form)
        measures = [i for i in walk_inlines(run.children) if isinstance(i, MeasureMark) and not i.children]
        if part.get("threshold") and len(measures) != 1:
            what = f"the indicator '{part.part_id}' has a threshold and {len(measures) or 'no'} measures behind it"
            self._refuse(what, run.at, _FORM["indicators"])

    def _check_scenarios(self, runs: list[Run]) -> None:
        parts = [run.children[0] for run in runs]
        total = sum(int(part.get("probability")) for part in parts if isinstance(part, Part))
        if len(runs) < LEAST_SCENARIOS or total != WHOLE:
            do = "Scenarios exclude one another and together leave nothing out."
            self._refuse(f"the probabilities of the scenarios add up to {total}, not {WHOLE}", self._at, do)

    # ---- tables -------------------------------------------------------------

    def _table(self, node: SyntaxTreeNode) -> tuple[Row, tuple[Row, ...]]:
        lines = [row for part in node.children for row in part.children]
        header = tuple(run.children for run in self._cells(lines[0], is_header=True))
        if self._kind == "hypotheses":
            self._check_hypotheses(header)
        if self._kind == "third-parties" and len(header) != THIRD_PARTY_COLUMNS:
            do = "They are actor, exposure, interest and likely response; rasad adds the likelihood."
            self._refuse(f".third-parties has {len(header)} columns, not {THIRD_PARTY_COLUMNS}", self._at, do)
        if not lines[1:]:
            self._refuse(f"the table of .{self._kind} has no rows", self._at, "Write one, or take it out.")
        rows = []
        for line in lines[1:]:
            cells = self._cells(line, is_header=False)
            self._check_row(cells, Place(self._at.path, _line(line, self._at.line)))
            rows.append(tuple(cell.children for cell in cells))
        return header, tuple(rows)

    def _cells(self, row: SyntaxTreeNode, *, is_header: bool) -> list[Run]:
        line = _line(row, self._at.line)
        texts = [cell.children[0].content if cell.children else "" for cell in row.children]
        runs = []
        for column, text in enumerate(texts):
            if self._kind == "hypotheses" and column and not is_header:
                runs.append(Run(Place(self._at.path, line), (Text(self._sign(text, line)),)))
            else:
                runs.append(self._run(text, line))
        return runs

    def _sign(self, text: str, line: int) -> str:
        sign = sign_of(text)
        if not sign:
            told = f"'{text[:40]}' is not a sign" if text else "a cell has no sign"
            self._refuse(
                f"{told} of how evidence stands to a hypothesis",
                Place(self._at.path, line),
                f"Write {', '.join(SIGNS)}.",
            )
        return sign

    def _check_hypotheses(self, header: Row) -> None:
        columns = header[1:]
        named = [cell for cell in columns if len(cell) == 1 and isinstance(cell[0], Part)]
        if len(named) != len(columns) or len(named) < LEAST_HYPOTHESES:
            do = "Write | Evidence | [One]{.hypothesis #h1} | [Another]{.hypothesis #h2} |."
            self._refuse("the table of hypotheses does not name a hypothesis in each column", self._at, do)

    def _check_row(self, cells: list[Run], at: Place) -> None:
        told = plain_text(cells[0].children) if cells else ""
        if not cells or not cells[0].children:
            self._refuse(f"a row of .{self._kind} has no first cell", at)
        inlines = [inline for cell in cells for inline in walk_inlines(cell.children)]
        forecast = any(isinstance(inline, Part) and inline.get("forecast") for inline in inlines)
        cites = any(isinstance(inline, Citation | MeasureMark) for inline in inlines)
        if self._kind in ("hypotheses", "third-parties") and not (cites or forecast):
            self._refuse(
                f"the row '{told[:60]}' of .{self._kind} cites nothing",
                at,
                "Cite an event or a source in it.",
            )
        if self._kind == "benefits":
            self._check_benefits(cells[1:])

    def _check_benefits(self, cells: list[Run]) -> None:
        for cell in cells:
            if cell.children and not isinstance(cell.children[0], Part):
                told = plain_text(cell.children)[:60]
                do = "Begin with [words]{.benefit state=realised}, or leave the cell empty."
                self._refuse(f"'{told}' is told as neither benefit nor cost", cell.at, do)
            for part, behind in entries_of(cell.children):
                cites = any(
                    isinstance(i, Citation | MeasureMark) for i in walk_inlines((*part.children, *behind))
                )
                if part.get("state") == "realised" and not cites:
                    self._refuse(
                        f"the {part.kind} '{plain_text(part.children)[:60]}' is realised and cites nothing",
                        cell.at,
                        "Cite it, or say expected or speculative.",
                    )

    # ---- what all share -----------------------------------------------------

    def _run(self, text: str, line: int) -> Run:
        run = self._read(text, line) if text else Run(Place(self._at.path, line), ())
        outside = {id(inline) for inline in run.children}
        inside = (inline for inline in walk_inlines(run.children) if id(inline) not in outside)
        deep = [inline for inline in inside if isinstance(inline, Part)]
        if deep:
            self._refuse(f"a .{deep[0].kind} stands inside another mark", run.at)
        return run

    def _refuse(self, what: str, at: Place, do: str | None = None) -> NoReturn:
        raise ManuscriptError(what, at=at, do=do)


def entries_of(cell: tuple[Inline, ...]) -> list[tuple[Part, tuple[Inline, ...]]]:
    """The parts of a cell or an entry, each with what stands behind it up to the next."""
    found: list[tuple[Part, list[Inline]]] = []
    for inline in cell:
        if isinstance(inline, Part):
            found.append((inline, []))
        elif found:
            found[-1][1].append(inline)
    return [(part, tuple(behind)) for part, behind in found]


def unjoined(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """What stands behind a part, without the colon or dash that joined it."""
    if not inlines or not isinstance(inlines[0], Text):
        return inlines
    first = inlines[0].text.lstrip(" :،,;؛–—-\u00a0")
    return (Text(first), *inlines[1:]) if first else inlines[1:]


def _line(node: SyntaxTreeNode, otherwise: int) -> int:
    return node.map[0] + 1 if node.map else otherwise


_FORM = {
    "assumptions": 'Write - [what is assumed]{.assumption #a1 carries="j1"} [what follows if not]{.if-false}',
    "indicators": (
        'Write - [what is watched]{.indicator #i1 threshold=">=1"}: []{.measure name=…}, or seen= and day= '
        "where no measure can count it."
    ),
    "scenarios": "Write - [Its name]{.scenario #s1 probability=60} what happens in it.",
    "changes": 'Write - [why]{.moved claim=j2}, or [how]{.resolved forecast="517#f3" outcome=yes day=2026-06-01}.',
}
