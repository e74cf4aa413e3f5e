"""The page of an edition, and the page that leads to all editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from rasad import __version__
from rasad.editions.edition import Edition
from rasad.editions.web.ledger import LedgerView
from rasad.editions.web.markup import Html
from rasad.editions.words import words_of
from rasad.issues.coverage import Coverage
from rasad.languages import language
from rasad.model.issue import EVENT

STATIC = ("issue.css", "issue.js")
WEB_FONT = "Vazirmatn-Variable.woff2"


@dataclass(frozen=True)
class Other:
    """Another edition of the same issue, to be linked to."""

    code: str
    bcp47: str
    name: str
    direction: str


def others(languages: Sequence[str]) -> list[Other]:
    """The editions of an issue by language."""
    found = (language(code) for code in languages)
    return [Other(lang.code, lang.bcp47, lang.name, lang.direction) for lang in found]


def issue_page(edition: Edition, languages: Sequence[str]) -> str:
    """The HTML of one edition, whole: text, charts, evidence, events and references."""
    html = Html(edition)
    first, rest = (html.blocks(blocks) for blocks in edition.pages())
    return _template("issue.html.j2").render(
        edition=edition,
        issue=edition.issue,
        lang=edition.lang,
        words=edition.words,
        html=html,
        question=html.inlines(edition.issue.question),
        first=first,
        rest=rest,
        notes=list(enumerate(html.notes, start=1)),
        others=others(languages),
        event_prefix=EVENT,
        deadline=date.fromisoformat,
        version=__version__,
    )


def ledger_page(edition: Edition, languages: Sequence[str], told: Coverage) -> str:
    """The HTML of an edition's ledger: what it covers, and every claim with a way back to its sentence."""
    return _template("ledger.html.j2").render(
        edition=edition,
        issue=edition.issue,
        lang=edition.lang,
        words=edition.words,
        html=Html(edition),
        told=told,
        view=LedgerView(edition, told),
        others=others(languages),
        deadline=date.fromisoformat,
        version=__version__,
    )


def index_page(titles: Mapping[int, Mapping[str, str]], desk: str, dates: Mapping[int, str]) -> str:
    """The page that leads to every edition that was built, newest issue first."""
    numbers = sorted(titles, reverse=True)
    return _template("index.html.j2").render(
        desk=desk,
        issues=[(number, dates[number], titles[number]) for number in numbers],
        languages={other.code: other for other in others(sorted({c for t in titles.values() for c in t}))},
        words=words_of("en"),
    )


def relation_page(**told: Any) -> str:  # noqa: ANN401  (what the template prints)
    """The HTML of a dossier: one page that needs no other file."""
    return _template("relation.html.j2").render(version=__version__, **told)


def check_page(**told: Any) -> str:  # noqa: ANN401  (what the template prints)
    """The HTML of checked documents with their findings: one page that needs no other file."""
    return _template("check.html.j2").render(version=__version__, **told)


def assets() -> dict[str, bytes]:
    """The files that every page needs: style, script and the font with its licence."""
    here = files("rasad.editions")
    found = {name: (here / "web" / "static" / name).read_bytes() for name in STATIC}
    for name in (WEB_FONT, "OFL-Vazirmatn.txt"):
        found[name] = (here / "fonts" / name).read_bytes()
    return found


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("rasad.editions.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)
