"""Documents that lie in a desk: their figures against its record, and the names that its house gives actors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from desks import rasad
from example import copy_example
from rasad.documents import reading as document_reading

DYAD = "Russia and Afghanistan"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_example(tmp_path_factory.mktemp("desk"))
    house = '\n[house.TALIBAN]\nen = "Islamic Emirate"\nprs = "امارت اسلامی"\n'
    (folder / "rasad.toml").write_text((folder / "rasad.toml").read_text("utf-8") + house, "utf-8")
    return folder


def told(path: Path, *arguments: object) -> list[dict[str, Any]]:
    said = rasad("check", path, "--json", *arguments)
    assert said.code in (0, 1), said.err
    found: list[dict[str, Any]] = json.loads(said.out)
    return found


def figures(desk: Path, text: str) -> list[str]:
    """What a draft in the desk is told of its figures."""
    (desk / "draft.md").write_text(f"{text}\n", "utf-8")
    return [one["message"] for one in told(desk / "draft.md", "--select", "figure-store")]


@pytest.mark.parametrize(
    ("text", "says", "holds"),
    [
        (f"The record holds 71 events between {DYAD}.", "71 events", "72 between RUS and AFG"),
        ("The database counts 14 attacks by ISKP on Russia.", "14 attacks", "2 by ISKP against RUS"),
        (f"In 2025 there were 5 events between {DYAD}.", "5 events", "22 between RUS and AFG from 2025-01-01"),
        (f"The chronology holds 30 acts between {DYAD} since 1 January 2026.", "30 acts", "since 2026-01-01"),
        (f"The first event between {DYAD} on record is of 3 May 2019.", "3 May 2019", "2021-08-25 (C001)"),
        (f"The last event between {DYAD} was on 2 May 2025.", "2 May 2025", "2026-05-28 (C248)"),
        (f"The index between {DYAD} stood at +0.10 in May 2026.", "+0.10", "+0.90 for 2026-05"),
        ("ثبت ما ۹۹ رویداد میان روسیه و افغانستان دارد.", "99 events", "72"),
        ("په ثبت کې د روسیې او افغانستان ترمنځ ۹۹ پېښې شته.", "99 events", "72"),
        ("يضم السجل 99 حدثًا بين روسيا وأفغانستان.", "99 events", "72"),
        ("شاخص میان روسیه و افغانستان در می ۲۰۲۶ برابر با ۰٫۱۰ بود.", "0.10", "+0.90 for 2026-05"),
        ("د روسیې او افغانستان ترمنځ شاخص د ۲۰۲۶ کال په مې کې ۰٫۱۰ و.", "0.10", "+0.90 for 2026-05"),
        ("بلغ المؤشر بين روسيا وأفغانستان 0.10 في مايو 2026.", "0.10", "+0.90 for 2026-05"),
        ("آخر حدث بين روسيا وأفغانستان كان في 2 مايو 2025.", "2 مايو 2025", "2026-05-28"),
        ("از ۱ جنوری ۲۰۲۵ تا ۳۱ دسمبر ۲۰۲۵ میان روسیه و افغانستان ۵ رویداد ثبت شده است.", "5 events", "22"),
        ("نخستین رویداد میان روسیه و افغانستان در ۳ می ۲۰۱۹ بود.", "۳ می ۲۰۱۹", "2021-08-25"),
    ],
)  # fmt: skip
def test_a_figure_that_the_record_has_otherwise_is_told_with_both_values(
    desk: Path, text: str, says: str, holds: str
) -> None:
    (message,) = figures(desk, text)
    assert says in message
    assert holds in message


@pytest.mark.parametrize(
    "text",
    [
        f"The record holds 72 events between {DYAD}.",
        f"The last event between {DYAD} was on 27 May 2026.",
        f"The index between {DYAD} stood at +0.90 in May 2026.",
        f"About 40 events between {DYAD} are on record.",
        f"There were 4 events between {DYAD} this week.",
        f"Of these, 4 events between {DYAD} were attacks.",
        f"There were 3 meetings between {DYAD} in 2025.",
        "Pakistan hosted 4 events.",
        "Russia, Pakistan and Afghanistan share 4 events in the record.",
        "ثبت ما ۷۲ رویداد میان روسیه و افغانستان دارد.",
    ],
)
def test_a_figure_that_is_right_or_can_be_read_in_two_ways_is_let_be(desk: Path, text: str) -> None:
    assert figures(desk, text) == []


def test_the_word_draft_of_an_analyst_is_held_against_the_record_of_its_desk(
    desk: Path, tmp_path: Path
) -> None:
    draft = docx.Document()
    draft.add_paragraph(f"The record holds 71 events between {DYAD}.")
    for folder in (desk, tmp_path):
        draft.save(str(folder / "draft.docx"))
    (one,) = told(desk / "draft.docx")
    assert (one["rule"], one["text"], one["line"]) == ("figure-store", "71 events", 1)
    assert told(tmp_path / "draft.docx") == []
    assert told(desk / "draft.docx", "--no-desk") == []


def test_a_house_name_is_held_in_any_document_of_a_desk_and_fix_puts_it_there(
    desk: Path, tmp_path: Path
) -> None:
    text = "The Taliban came.\n\nHe said “the Taliban are here”. Then the Taliban left.\n\nطالبان از کابل رفتند و به کندهار برگشتند.\n"
    for folder in (desk, tmp_path):
        (folder / "note.md").write_text(text, "utf-8")
    found = told(desk / "note.md", "--select", "house-name")
    assert [(one["text"], one["fix"]) for one in found] == [
        ("Taliban", "Islamic Emirate"),
        ("طالبان", "امارت اسلامی"),
    ]
    assert "(2 times)" in found[0]["message"]
    assert told(tmp_path / "note.md", "--select", "house-name") == []
    rasad("check", desk / "note.md", "--fix", "--select", "house-name")
    mended = (desk / "note.md").read_text("utf-8")
    assert mended.startswith(
        "The Islamic Emirate came.\n\nHe said “the Taliban are here”. Then the Islamic Emirate left."
    )


def test_an_event_that_a_draft_cites_dates_a_span(desk: Path) -> None:
    path = desk / "span.md"
    path.write_text(
        "The ban was suspended [@event:C140]; five years later, on 3 July 2025, came recognition.\n", "utf-8"
    )
    assert [one["rule"] for one in told(path, "--select", "date-span")] == ["date-span"]


def test_a_slip_in_the_files_of_a_desk_stops_no_check_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "rasad.toml").write_text("[desk]\nname = 3\n", "utf-8")
    (tmp_path / "draft.md").write_text(
        f"On Monday, 26 May 2026 there were 4 events between {DYAD}.\n", "utf-8"
    )
    assert [one["rule"] for one in told(tmp_path / "draft.md")] == ["date-weekday"]


def test_editions_whose_names_tell_no_language_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.md").write_text("They met on 3 May 2026 in Kabul.\n", "utf-8")
    (tmp_path / "two.md").write_text("آن‌ها در ۳ می ۲۰۲۶ در کابل دیدار کردند.\n", "utf-8")
    read: list[Path] = []
    once = document_reading.read_document

    def counting(path: Path) -> object:
        read.append(path)
        return once(path)

    monkeypatch.setattr("rasad.flow.checking.read_document", counting)
    assert rasad("check", "--editions", tmp_path / "one.md", tmp_path / "two.md").code == 0
    assert sorted(path.name for path in read) == ["one.md", "two.md"]
