"""The rules of ``rasad check``, each with its id, its family and what it says; one idea a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from rasad.check import links
from rasad.check.finding import Finding
from rasad.check.passage import Reading
from rasad.check.rules import (
    acronyms,
    agreements,
    aliases,
    changes,
    citations,
    contents,
    cross_references,
    dates,
    differences,
    digits,
    issue_dates,
    letters,
    likelihood,
    name_spellings,
    names,
    numbering,
    parts,
    quotations,
    recommendations,
    shares,
    sources,
    spellings,
    structure,
    tables,
    told_twice,
    totals,
    uncited,
    unnamed,
)
from rasad.check.rules.house_style import house_style
from rasad.check.rules.resolvers import unresolved
from rasad.check.rules.spans import date_spans


@dataclass(frozen=True)
class Rule:
    """A function that finds faults of some ids, all of one family."""

    ids: tuple[str, ...]
    family: str
    find: Callable[[Reading], Iterator[Finding]]


RULES: Final = (
    Rule(("date-calendars",), "dates", dates.calendars),
    Rule(("date-impossible", "date-malformed"), "dates", dates.impossible),
    Rule(("date-malformed",), "dates", dates.misspelt),
    Rule(("date-weekday",), "dates", dates.weekdays),
    Rule(("date-span",), "dates", date_spans),
    Rule(("date-calendars",), "dates", dates.years),
    Rule(("date-malformed",), "dates", dates.odd_years),
    Rule(("date-malformed",), "dates", dates.two_months),
    Rule(("date-span",), "dates", dates.reversed_spans),
    Rule(("source-later", "issue-early"), "dates", issue_dates.later_than_issue),
    Rule(("event-later",), "dates", issue_dates.events),
    Rule(("date-recently",), "dates", issue_dates.recently),
    Rule(("link-empty", "link-placeholder"), "sources", sources.links),
    Rule((links.REFUSED,), "sources", links.refused),
    Rule(("source-placeholder",), "sources", sources.placeholders),
    Rule(("mark-without-note", "note-without-text", "note-unused"), "sources", sources.notes),
    Rule(
        ("mark-without-note", "note-without-text", "reference-uncited", "reference-twice"),
        "sources",
        citations.citations,
    ),
    Rule(("citation-undated",), "sources", citations.undated),
    Rule(("source-unnamed",), "sources", unnamed.unnamed),
    Rule(("quote-unsourced",), "sources", quotations.quotations),
    Rule(("quote-differs",), "sources", quotations.changed_titles),
    Rule(("section-uncited",), "sources", uncited.uncited_sections),
    Rule(("name-variants",), "names", names.several_names),
    Rule(("name-variants",), "names", aliases.aliases),
    Rule(("name-variants",), "names", agreements.agreements),
    Rule(("name-spelling",), "names", spellings.british_and_american),
    Rule(("name-spellings",), "names", name_spellings.name_spellings),
    Rule(("name-spellings",), "names", spellings.places),
    Rule(("acronym-unexpanded", "acronym-twice"), "names", acronyms.acronyms),
    Rule(("name-loaded",), "names", names.loaded),
    Rule(("house-style",), "names", house_style),
    Rule(("likelihood-hedge",), "likelihood", likelihood.hedges),
    Rule(("likelihood-confidence",), "likelihood", likelihood.with_confidence),
    Rule(("forecast-open",), "likelihood", likelihood.without_deadline),
    Rule(("forecast-open",), "likelihood", likelihood.flat_forecasts),
    Rule(("likelihood-chain",), "likelihood", likelihood.could_chains),
    Rule(("likelihood-number",), "likelihood", likelihood.off_the_ladder),
    Rule(("forecast-unresolvable",), "likelihood", unresolved),
    Rule(("structure-parts",), "structure", parts.announced_parts),
    Rule(("structure-numbering",), "structure", numbering.numbering),
    Rule(("structure-reference",), "structure", cross_references.dangling),
    Rule(("structure-broken",), "structure", structure.broken_sentences),
    Rule(("structure-contents",), "structure", contents.contents),
    Rule(("recommendation-unfounded", "recommendation-bare"), "structure", recommendations.recommendations),
    Rule(("figure-percent",), "figures", shares.shares),
    Rule(("figure-scenarios",), "figures", shares.scenarios),
    Rule(("figure-total",), "figures", totals.totals),
    Rule(("figure-total", "figure-percent"), "figures", tables.tables),
    Rule(("figure-change",), "figures", changes.changes),
    Rule(("figure-change",), "figures", differences.differences),
    Rule(("figure-differs",), "figures", told_twice.told_twice),
    Rule(("figure-count",), "figures", parts.counted_lists),
    Rule(("figure-digits",), "figures", digits.digits),
    Rule(("bidi-control",), "letters", letters.controls),
    Rule(("mixed-scripts",), "letters", letters.mixed_scripts),
    Rule(("letters-arabic",), "letters", letters.persian_letters),
)


def rule_ids() -> dict[str, str]:
    """Every rule id with its family."""
    return {name: rule.family for rule in RULES for name in rule.ids}


def check(reading: Reading) -> list[Finding]:
    """Everything that any rule finds in a document, in the order of the text; one fault once."""
    found = sorted(
        {finding for rule in RULES for finding in rule.find(reading)},
        key=lambda one: (one.rule, one.block, one.start, -one.end),
    )
    kept: list[Finding] = []
    for one in found:
        last = kept[-1] if kept else None
        inside = (
            last is not None and (last.rule, last.block) == (one.rule, one.block) and one.start < last.end
        )
        if not inside or one.text.casefold() not in (last.text.casefold() if last is not None else ""):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.block, one.start, one.rule))
