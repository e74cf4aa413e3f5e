"""From a checked issue to its editions, and from these to the files of a build."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from rasad.editions.charts import draw
from rasad.editions.charts.drawer import Drawer
from rasad.editions.charts.drawing import Drawing, Subject
from rasad.editions.edition import Edition, Masthead
from rasad.editions.pdf.press import issue_pdf
from rasad.editions.web.page import issue_page, ledger_page
from rasad.editions.words import words_of
from rasad.flow.draft import Draft
from rasad.flow.spreadsheet import as_csv
from rasad.issues.analysis_json import analysis_json
from rasad.issues.coverage import coverage
from rasad.issues.ledger import Ledger, build_ledger
from rasad.issues.ledger_json import ledger_json
from rasad.issues.ledger_rows import ledger_rows
from rasad.issues.manuscript import ORIGINAL
from rasad.languages import language
from rasad.model.issue import Figure, walk_blocks
from rasad.settings import Desk
from rasad.translation.event_texts import EventTexts

MAX_AT_ONCE = 2
"""PDFs set at the same time: type setting keeps a core and about 100 MB busy each."""


def editions(desk: Desk, draft: Draft) -> Iterator[Edition]:
    """The editions of an issue, the original first, each drawn when it is asked for."""
    planned = {lang: _plan(desk, draft, lang) for lang in draft.issues}
    specs = [plan.spec for plans in planned.values() for plan in plans.values() if plan.spec is not None]
    with Drawer(specs) as drawer:
        ledger = _ledger(draft, planned[ORIGINAL])
        for lang, plans in planned.items():
            drawings = {
                name: replace(plan, svg=drawer.take()) if plan.spec is not None else plan
                for name, plan in plans.items()
            }
            yield _edition(desk, draft, lang, ledger, drawings)


def edition_files(desk: Desk, draft: Draft, data: Mapping[str, str]) -> tuple[Ledger, dict[str, bytes]]:
    """The ledger, and every file of an issue's build by its path below the issue's folder.

    While one edition is set as PDF, the charts of the next are drawn.
    """
    files: dict[str, bytes] = {}
    pdfs = {}
    original: Edition | None = None
    languages = tuple(draft.issues)
    with ThreadPoolExecutor(MAX_AT_ONCE) as pool:
        for edition in editions(desk, draft):
            lang = edition.lang.code
            if original is None:
                original = edition
                covered = coverage(edition.ledger, draft.references, ORIGINAL)
            pdfs[lang] = pool.submit(issue_pdf, edition)
            files[f"{lang}/index.html"] = issue_page(edition, languages).encode()
            files[f"{lang}/ledger.html"] = ledger_page(edition, languages, covered).encode()
        files.update({f"{lang}/issue.pdf": pdf.result() for lang, pdf in pdfs.items()})
    assert original is not None  # noqa: S101  (an issue has at least its original)
    for name, drawing in original.drawings.items():
        files[f"data/{name}.csv"] = as_csv(drawing.header, drawing.rows).encode()
    told = ledger_json(original.ledger, original.issue, draft.references, data, covered)
    told["analysis"] = analysis_json(draft.issues, draft.numbers)
    files["ledger.json"] = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    files["ledger.csv"] = as_csv(*ledger_rows(original.ledger, draft.references, covered, languages)).encode()
    return original.ledger, files


def _ledger(draft: Draft, drawings: Mapping[str, Drawing]) -> Ledger:
    return build_ledger(
        draft.issues,
        draft.numbers,
        draft.references,
        draft.quotes,
        shown=[event for drawing in drawings.values() for event in drawing.events],
        cited=[event for drawing in drawings.values() if drawing.table for event in drawing.events],
    )


def _plan(desk: Desk, draft: Draft, lang: str) -> dict[str, Drawing]:
    """The charts and computed tables of one edition by figure id, not yet drawn."""
    issue = draft.issues[lang]
    found = {}
    for block in walk_blocks(issue.blocks):
        if isinstance(block, Figure):
            pair = dict(block.arguments).get("dyad", issue.dyad)
            subject = Subject(draft.numbers.record, pair, language(lang), words_of(lang), desk.actors)
            found[block.figure_id] = draw(block, subject)
    return found


def _edition(desk: Desk, draft: Draft, lang: str, ledger: Ledger, drawings: Mapping[str, Drawing]) -> Edition:
    settings = desk.settings
    masthead = Masthead(*(settings.text(t, lang) for t in (settings.name, settings.series, settings.imprint)))
    return Edition(
        issue=draft.issues[lang],
        original=ORIGINAL,
        lang=language(lang),
        words=words_of(lang),
        masthead=masthead,
        numbers=draft.numbers,
        ledger=ledger,
        references=draft.references,
        actors=desk.actors,
        review=draft.reviews[lang],
        drawings=drawings,
        event_text=EventTexts(desk.event_texts(lang), lang).text_of,
        changes=draft.changes,
    )
