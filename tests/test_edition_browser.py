"""The web page in a browser: what a reader clicks and sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from example import Example
from rasad.languages import LANGUAGES, language


def _open(page: Page, example: Example, lang: str) -> None:
    page.goto((example.built / lang / "index.html").as_uri())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_click_on_a_sentence_opens_its_evidence(page: Page, example: Example, lang: str) -> None:
    _open(page, example, lang)
    panel = page.locator("#panel")
    expect(panel).to_be_hidden()
    page.locator("#j1").click()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text(page.locator("#j1").inner_text()[:40])
    expect(panel.get_by_text("C246").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_click_on_a_number_leads_to_its_events_and_back(page: Page, example: Example, lang: str) -> None:
    _open(page, example, lang)
    panel = page.locator("#panel")
    page.locator("#key ~ .key-judgements a.measure").first.click()
    expect(panel).to_contain_text("C158")
    panel.locator("a", has_text="C158").first.click()
    expect(panel).to_contain_text("CAMEO 054")
    panel.locator("button.back").click()
    expect(panel).to_contain_text("C246")


def test_a_keyboard_alone_opens_the_evidence(page: Page, example: Example) -> None:
    _open(page, example, "en")
    page.locator("#j1 + a.tag").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()


def test_a_point_of_a_chart_opens_its_event(page: Page, example: Example) -> None:
    _open(page, example, "ps")
    page.locator('#fig-ladder svg a[href="#event-C246"]').click()
    expect(page.locator("#panel")).to_contain_text("C246")


def test_without_a_script_a_link_still_leads_to_the_evidence(chromium: Browser, example: Example) -> None:
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    _open(page, example, "prs")
    page.locator("#j1 + a.tag").click()
    assert page.url.endswith("#claim-j1")
    expect(page.locator("#claim-j1")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_fits_a_telephone(chromium: Browser, example: Example, lang: str) -> None:
    context = chromium.new_context(offline=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    _open(page, example, lang)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_shows_its_letters_in_the_font_it_brings(page: Page, example: Example, lang: str) -> None:
    _open(page, example, lang)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px Vazirmatn', 'امارت اسلامی ټډړږښځڅڼېۍئګ')")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert any("Vazirmatn" in family for family in loaded)


@pytest.mark.parametrize("lang", ["prs", "ps", "ar"])
def test_the_panel_opens_on_the_side_where_a_line_ends(page: Page, example: Example, lang: str) -> None:
    page.set_viewport_size({"width": 1200, "height": 800})
    _open(page, example, lang)
    page.locator("#j1").click()
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["x"] < 10


def test_every_issue_is_led_to_from_the_index(page: Page, example: Example) -> None:
    page.goto((example.built.parent / "index.html").as_uri())
    for lang in LANGUAGES:
        link = page.locator(f'[lang="{language(lang).bcp47}"] a').first
        assert f"518/{lang}/index.html" in (link.get_attribute("href") or "")
