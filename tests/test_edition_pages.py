"""The web page of each edition, read as its source: languages, links, evidence."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from example import ROOT, Example
from rasad.languages import LANGUAGES, language


class Tags(HTMLParser):
    """Collects every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def of_class(self, name: str) -> list[dict[str, str]]:
        return [a for _, a in self.tags if name in a.get("class", "").split()]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_says_its_language_and_direction(example: Example, lang: str) -> None:
    html = Tags(example.page(lang)).named("html")[0]
    assert html["lang"] == language(lang).bcp47
    assert html["dir"] == ("ltr" if lang == "en" else "rtl")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_id_stands_twice_on_a_page(example: Example, lang: str) -> None:
    ids = Tags(example.page(lang)).ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_within_a_page_leads_somewhere(example: Example, lang: str) -> None:
    tags = Tags(example.page(lang))
    links = [
        a[key] for a in tags.named("a") for key in ("href", "xlink:href") if a.get(key, "").startswith("#")
    ]
    assert links
    assert {link[1:] for link in links} <= set(tags.ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_that_leaves_the_page_is_the_address_of_a_source(example: Example, lang: str) -> None:
    ledger = json.loads((example.built / "ledger.json").read_text("utf-8"))
    rows = (example.desk / "chronology.csv").read_text("utf-8")
    known = {source["url"] for source in ledger["sources"]}
    outside = {a["href"] for a in Tags(example.page(lang)).named("a") if a.get("href", "").startswith("http")}
    assert outside
    assert all(address in known or address in rows for address in outside)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_file_a_page_needs_is_beside_it(example: Example, lang: str) -> None:
    tags = Tags(example.page(lang))
    needed = [a["href"] for a in tags.named("link")] + [a["src"] for a in tags.named("script")]
    needed += [a["href"] for a in tags.named("a") if not a.get("href", "#").startswith(("#", "http"))]
    for address in needed:
        assert (example.built / lang / address).resolve().is_file(), address


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_edition_names_all_others(example: Example, lang: str) -> None:
    found = {a["hreflang"] for a in Tags(example.page(lang)).named("link") if a["rel"] == "alternate"}
    assert found == {language(code).bcp47 for code in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_opens_a_card_that_names_its_events(example: Example, lang: str) -> None:
    page = example.page(lang)
    tags = Tags(page)
    cards = {a["data-opens"] for a in tags.of_class("measure")}
    assert len(cards) >= 30
    ledger = json.loads((example.built / "ledger.json").read_text("utf-8"))
    measures = {measure["id"]: measure for measure in ledger["measures"]}
    for card in cards:
        events = measures[card]["events"]
        assert events or measures[card]["value"] == 0
        assert {f"event-{event}" for event in events} <= set(tags.ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_that_claims_opens_a_card(example: Example, lang: str) -> None:
    tags = Tags(example.page(lang))
    opened = {a["data-opens"] for a in tags.of_class("claim")}
    ledger = json.loads((example.built / "ledger.json").read_text("utf-8"))
    marked = [claim for claim in ledger["claims"] if claim["marked"]]
    assert opened == {f"claim-{c['id']}" for c in marked if c["kind"] != "recommendation"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_has_alt_text_in_its_own_script(example: Example, lang: str) -> None:
    charts = Tags(example.page(lang)).of_class("chart")
    assert len(charts) == 4
    for chart in charts:
        arabic = any("\u0600" <= letter <= "\u06ff" for letter in chart["aria-label"])
        assert arabic is (lang != "en")


@pytest.mark.parametrize("lang", [code for code in LANGUAGES if code != "en"])
def test_a_translation_nobody_signed_says_so_on_its_face(example: Example, lang: str) -> None:
    page = example.page(lang)
    words = {"prs": "ترجمه به کمک ماشین", "ps": "د ماشین په مرسته", "ar": "ترجمة بمساعدة الآلة"}
    assert words[lang] in page[: page.index("<main>")]


def test_events_that_bear_on_the_dyad_are_shown_and_not_counted(example: Example) -> None:
    ledger = json.loads((example.built / "ledger.json").read_text("utf-8"))
    acts = next(m for m in ledger["measures"] if m["name"] == "events" and "rung" not in m["arguments"])
    bearing = next(m for m in ledger["measures"] if m["name"] == "bearing")
    assert bearing["events"]
    assert not set(bearing["events"]) & set(acts["events"])
    assert "C213" in bearing["events"]


def test_a_day_that_is_not_known_is_never_printed(example: Example) -> None:
    ledger = json.loads((example.built / "ledger.json").read_text("utf-8"))
    months = [event for event in ledger["events"] if len(event["date"]) == len("2026-05")]
    assert months
    for event in months:
        card = example.page("en").split(f'id="event-{event["id"]}"')[1].split("</li>")[0]
        assert "day not known" in card


def test_the_ledger_keeps_to_its_schema(example: Example) -> None:
    schema = json.loads((ROOT / "docs" / "ledger.schema.json").read_text("utf-8"))
    ledger = json.loads((example.built / "ledger.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(ledger, schema, cls=jsonschema.Draft202012Validator)


def test_every_judgement_and_forecast_rests_on_something_and_says_how_sure(example: Example) -> None:
    ledger = json.loads((example.built / "ledger.json").read_text("utf-8"))
    known = {event["id"] for event in ledger["events"]}
    for claim in ledger["claims"]:
        if claim["kind"] in ("judgement", "forecast"):
            assert claim["confidence"]
            assert set(claim["confidence_reason"]) == set(LANGUAGES)
            assert claim["evidence"]["events"]
            assert {event["id"] for event in claim["evidence"]["events"]} <= known
        if claim["kind"] == "forecast":
            assert claim["likelihood"]
            assert claim["by"] > ledger["date"]
        if claim["kind"] == "recommendation":
            assert claim["findings"]


def test_a_chart_has_its_data_beside_it(example: Example) -> None:
    names = {path.name for path in (example.built / "data").iterdir()}
    assert names == {
        "fig-ladder.csv",
        "fig-timeline.csv",
        "fig-index.csv",
        "fig-course.csv",
        "tab-ladder.csv",
    }
    lines = (example.built / "data" / "fig-timeline.csv").read_text("utf-8").splitlines()[1:]
    assert sum(1 for line in lines if line.endswith(",counted")) == 72
    assert sum(1 for line in lines if line.endswith(",bears on")) == 41


def test_a_second_build_changes_nothing_and_writes_the_same_bytes(example: Example, tmp_path: Path) -> None:
    from rasad import flow
    from rasad.settings import Desk

    again = flow.build(Desk(example.desk), 518)
    assert not again.fresh
    elsewhere = flow.build(Desk(example.desk), 518, tmp_path)
    assert elsewhere.fresh
    for path in sorted(example.built.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "518" / path.relative_to(example.built)).read_bytes(), (
                path
            )
