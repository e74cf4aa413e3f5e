"""Quotations against the pages that a desk keeps, and dead links whose text it has."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desks import rasad
from rasad.check.quotes import quote_in
from rasad.sources import manners
from rasad.sources.archive import Archive
from rasad.sources.manners import Manners
from rasad.sources.seen import Seen
from site_server import Reply, Site

URL = "https://news.example/talks"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
FILLING = "The talks went on through the night, and nobody left the building before the morning came. " * 6
SAID = "We will not send troops to any country that has not asked for them"
QUOTE = "quote-not-in-source"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk that keeps one page, in which the minister says something."""
    root = tmp_path / "desk"
    root.mkdir()
    (root / "rasad.toml").write_text('[desk]\nname = { en = "Desk" }\n', "utf-8")
    (root / "references.json").write_text(json.dumps([{"id": "talks", "URL": URL}]), "utf-8")
    keep(root, f"<p>The minister said: “{SAID}.”</p>")
    return root


def keep(desk: Path, html: str, url: str = URL, *, lang: str = "en", filling: str = FILLING) -> None:
    page = f"<html lang='{lang}'><title>Talks</title><main>{html}<p>{filling}</p></main></html>".encode()
    seen = Seen(url, (), url, 200, "OK", (("Content-Type", "text/html; charset=utf-8"),), page)
    with Archive(desk) as archive:
        archive.add("talks", seen, NOON)


def found(desk: Path, text: str) -> list[dict[str, Any]]:
    path = desk / "analysis.md"
    path.write_text(text + "\n", "utf-8")
    return json.loads(rasad("check", path, "--json", "--select", QUOTE).out)


# ---- in a text --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("He said “we  agree\nnow”.", "we agree now"),
        ("He said ‘we agree’", '"We agree"'),
        ("a well–known re\u00adsult", "well-known result"),
        ("وزير خارجه گفت که مي‌آيد", "وزیر خارجه گفت که میآید"),
        ("د بهرنیو چارو وزیر وویل ۱۴۰۵", "د بهرنیو چارو وزیر وویل 1405"),
        ("قالَ الوزيرُ إنّ الاتفاق", "قال الوزير ان الاتفاق"),
        ("It happened. This was new", "[t]his was new"),
    ],
)
def test_what_is_only_set_otherwise_is_the_same_quotation(text: str, exact: str):
    assert quote_in(text, exact) is not None


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "wanted"),
    [
        ("peace", "", "", 0),
        ("peace", "lasting", "", 25),
        ("peace", "", "now", 46),
        ("peace", "no", "", None),
        ("war", "", "", None),
        ("", "", "", None),
        (" ", "", "", None),
    ],
)
def test_a_quotation_is_held_by_what_stands_around_it(
    exact: str, prefix: str, suffix: str, wanted: int | None
):
    text = "Peace came; it was a fair\nlasting peace. Others want peace  now."
    text = text.replace("a fair\nlasting", "lasting")
    span = quote_in(text, exact, prefix, suffix)
    if wanted is None:
        assert span is None
    else:
        assert span is not None
        assert text[slice(*span)].lower() == "peace"
        assert text[: span[0]].lower().rstrip().endswith(prefix)
        assert text[span[1] :].lstrip().startswith(suffix)


def test_a_long_text_is_searched_at_once():
    begun = time.monotonic()
    assert quote_in("a b " * 100_000 + "the end", "the end", prefix="b") is not None
    assert quote_in("ab" * 100_000, "ab" * 50 + "c") is None
    assert time.monotonic() - begun < 2


# ---- in the pages of a desk -------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"He said: “{SAID}” ([talks]({URL})).",
        f"He said: «{SAID.upper()}» ([talks]({URL}#part)).",
        f'He said: "We will not send troops … that has not asked for them" ({URL}).',
        f"He said: “{SAID}” [@talks].",
        f"He said: “{SAID}”.[^1]\n\n[^1]: The talks, {URL}.",
    ],
)
def test_a_quotation_that_the_page_has_is_no_finding(desk: Path, text: str):
    assert found(desk, text) == []


@pytest.mark.parametrize("cited", [f"([talks]({URL}))", f"({URL})", "[@talks]", f"[^1]\n\n[^1]: {URL}"])
def test_a_quotation_that_the_page_has_in_other_words_tells_them(desk: Path, cited: str):
    (one,) = found(desk, f"He said: “We will send troops to any country that has asked for them” {cited}.")
    assert one["severity"] == "error"
    assert SAID in one["message"]
    assert "2026-06-01" in one["message"]
    assert one["text"].startswith("“We will send")


def test_a_quotation_that_the_page_does_not_have_is_a_warning(desk: Path):
    (one,) = found(desk, f"He said: “Nobody has ever offered us a better price for wheat” ({URL}).")
    assert one["severity"] == "warning"


@pytest.mark.parametrize(
    "text",
    [
        "He said: “Nobody has ever offered us a better price for wheat”.",
        "He said: “Nobody has ever offered us a better price for wheat” (https://news.example/other).",
        f"He said: “Nobody has ever offered us a better price” ({URL}, https://news.example/other).",
        f"The so-called “better price” ({URL}).",
        f"او گفت: «هیچ کسی هرگز قیمت بهتری برای گندم به ما پیشنهاد نکرده است» ({URL}).",
    ],
)
def test_nothing_is_told_where_it_can_not_be_known(desk: Path, text: str):
    assert found(desk, text) == []


def test_a_page_in_another_language_or_a_notice_before_a_page_tells_nothing(desk: Path):
    keep(desk, "<p>Nous n'enverrons pas de troupes.</p>", "https://news.example/fr", lang="fr")
    keep(desk, "<p>Please accept our cookies.</p>", "https://news.example/wall", filling="")
    for page in ("fr", "wall"):
        assert found(desk, f"He said: “{SAID}” (https://news.example/{page}).") == []


def test_a_quotation_in_dari_is_found_whatever_letters_the_page_has(desk: Path):
    said = "ما به هیچ کشوری که از ما نخواسته باشد نیرو نمی‌فرستیم"
    filling = "گفت‌وگوها تمام شب ادامه داشت و هیچ کسی پیش از صبح ساختمان را ترک نکرد. " * 8
    keep(desk, f"<p>{said.replace('ی', 'ي').replace('ک', 'ك')}</p>", lang="fa", filling=filling)
    assert found(desk, f"او گفت: «{said}» ({URL}).") == []
    (one,) = found(desk, f"او گفت: «{said.replace('هیچ', 'هر')}» ({URL}).")
    assert "the page has it as" in one["message"]


def test_an_ignore_of_a_quotation_is_not_called_unused_outside_of_the_desk(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_text(f"<!-- rasad: ignore {QUOTE} because it was translated -->\nHe spoke in 2026.\n", "utf-8")
    assert "ignore-unused" not in rasad("check", path).out


# ---- dead links -------------------------------------------------------------


def test_a_dead_link_says_where_its_text_is_kept(desk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(manners, "LOOKING", Manners(pause=0, timeout=0.5))
    monkeypatch.setenv("NO_PROXY", "*")
    with Site() as site:
        address = site.put("/talks", Reply(404))
        keep(desk, f"<p>{SAID}</p>", address)
        path = desk / "analysis.md"
        path.write_text(f"See [the talks]({address}#part).\n", "utf-8")
        said = rasad("check", path, "--links", "--json", "--select", "link-dead", "--trust", site.host)
    (one,) = json.loads(said.out)
    assert "its text was kept on 2026-06-01 in archive/20260601T120000Z" in one["message"]
