"""Every number of an issue is computed: it follows the chronology into every page and PDF."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import polib
import pypdfium2
import pytest

from example import Example, copy_example
from rasad import flow
from rasad.errors import RasadError
from rasad.languages import LANGUAGES, language
from rasad.languages.numbers import write_digits
from rasad.settings import Desk

ISSUE = 518
MEASURE = re.compile(r'<a class="measure" href="#(m\d+)" data-opens="m\d+"><bdi[^>]*>(.*?)</bdi></a>')


def _rows(desk: Path) -> list[dict[str, str]]:
    with (desk / "chronology.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _acts(desk: Path) -> int:
    """How many acts the dyad has, counted here from the file and not by rasad."""
    return sum(1 for row in _rows(desk) if {row["source_actor"], row["target_actor"]} == {"RUS", "AFG"})


def _pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    document.close()
    return text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_number_of_acts_is_that_of_the_file(example: Example, lang: str) -> None:
    count = write_digits(str(_acts(example.desk)), language(lang))
    printed = [text for _, text in MEASURE.findall(example.page(lang))]
    assert any(re.search(rf"(?<!\w){count}(?!\w)", text) for text in printed)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_changed_row_changes_the_number_on_every_page(
    example: Example, changed: Example, lang: str
) -> None:
    assert _acts(changed.desk) == _acts(example.desk) - 1
    before, after = (dict(MEASURE.findall(built.page(lang))) for built in (example, changed))
    old, new = (write_digits(str(_acts(built.desk)), language(lang)) for built in (example, changed))
    moved = [key for key in before if old in before[key] and new in after[key]]
    assert moved
    assert all(old not in text.split() for text in after.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_changed_row_changes_the_number_in_every_pdf(
    example: Example, changed: Example, lang: str
) -> None:
    old, new = (write_digits(str(_acts(built.desk)), language(lang)) for built in (example, changed))
    unit = language(lang).units["event"].get("many", language(lang).units["event"]["other"])
    noun = unit.replace("{n}", "").strip()
    before, after = (_pdf_text(built.pdf(lang)) for built in (example, changed))
    assert _counts(before, old, noun)
    assert _counts(after, new, noun)
    assert not _counts(after, old, noun)


def _counts(text: str, number: str, noun: str) -> bool:
    """Whether a number stands before its noun; a PDF may give a word's vowel signs in another place."""
    followers = re.findall(rf"(?<!\w){number}\W*(\w+(?:[\u064b-\u0652]\w*)*)", text)
    return any(sorted(follower) == sorted(noun) for follower in followers)


def _typed(tmp_path: Path, lang: str, old: str, new: str) -> str:
    """The complaint of a build in which ``old`` was replaced by ``new`` in a language's text."""
    root = copy_example(tmp_path)
    issue = root / "issues" / str(ISSUE)
    if lang == "en":
        file = issue / "issue.md"
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
        desk = Desk(root)
        flow.load(desk)
        manuscript = file.read_text("utf-8")
        assert new in manuscript
    else:
        catalogue = polib.pofile(str(issue / "translations" / f"{lang}.po"))
        entry = next(entry for entry in catalogue if old in entry.msgstr)
        entry.msgstr = entry.msgstr.replace(old, new, 1)
        catalogue.save()
        desk = Desk(root)
        flow.load(desk)
    with pytest.raises(RasadError) as error:
        flow.build(desk, ISSUE)
    return str(error.value)


def test_a_constant_in_the_place_of_a_measure_stops_the_build(tmp_path: Path) -> None:
    told = _typed(tmp_path, "en", "[]{.measure name=events unit=event}", "72 events")
    assert "'72' is typed by hand" in told
    assert "issue.md" in told


def test_a_number_word_in_the_place_of_a_measure_stops_the_build(tmp_path: Path) -> None:
    told = _typed(tmp_path, "en", "[]{.measure name=events unit=event}", "seventy-two events")
    assert "'seventy' says a number by hand" in told


def test_a_word_of_direction_without_a_measure_stops_the_build(tmp_path: Path) -> None:
    told = _typed(tmp_path, "en", "That is few for a statistic", "Contacts rose")
    assert "'rose' says a number by hand" in told


@pytest.mark.parametrize(
    ("lang", "digits"), [("prs", "۱۲ مورد دیگر"), ("ps", "۱۲ نورې"), ("ar", "١٢ أخرى"), ("ar", "12 أخرى")]
)
def test_eastern_digits_typed_into_a_translation_stop_the_build(
    tmp_path: Path, lang: str, digits: str
) -> None:
    told = _typed(tmp_path, lang, "[^rungs] ", f"[^rungs] {digits} ")
    assert f"'{digits.split(maxsplit=1)[0]}' is typed by hand" in told
    assert f"{lang}.po:" in told


@pytest.mark.parametrize(
    ("lang", "word"), [("prs", "هفتاد"), ("ps", "دېرش"), ("ar", "وثلاثة"), ("prs", "افزایش"), ("ar", "معظم")]
)
def test_number_words_typed_into_a_translation_stop_the_build(tmp_path: Path, lang: str, word: str) -> None:
    told = _typed(tmp_path, lang, "[^rungs] ", f"[^rungs] {word} ")
    assert f"'{word}' says a number by hand" in told


def test_words_that_a_number_no_longer_bears_out_stop_the_build(tmp_path: Path) -> None:
    root = copy_example(tmp_path)
    chronology = root / "chronology.csv"
    text = chronology.read_text("utf-8")
    chronology.write_text(text.replace("at 418,000 tonnes", "at 200,000 tonnes"), "utf-8")
    desk = Desk(root)
    flow.load(desk)
    with pytest.raises(RasadError, match=r"the words say is=>2, but 'ratio' is 1\.13"):
        flow.build(desk, ISSUE)
