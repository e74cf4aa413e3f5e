"""How four languages write numbers, plurals, dates and likelihood: laws, and pairs that are known."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from importlib.resources import files
from itertools import pairwise
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks import law
from rasad.issues.measures import measure_names
from rasad.languages import LANGUAGES, language
from rasad.languages.calendars import from_solar, in_calendar
from rasad.languages.dates import write_date, write_dual, write_month
from rasad.languages.likelihood import confidences, likelihoods, likelihoods_in
from rasad.languages.numbers import MINUS, fold_digits, write_count, write_number, write_percent

EASTERN = ("prs", "ps", "ar")
languages = st.sampled_from(LANGUAGES)
days = st.dates(date(1930, 1, 1), date(2070, 1, 1))
"""Days for which all three calendars have a table."""


def read_back(text: str, code: str) -> Decimal:
    lang = language(code)
    plain = text.removeprefix(lang.sign_mark) if lang.sign_mark else text
    plain = fold_digits(plain).replace(lang.group, "").replace(lang.decimal, ".").replace(MINUS, "-")
    return Decimal(plain)


# ---- numbers ----------------------------------------------------------------


@law
@given(languages, st.floats(-1e12, 1e12), st.integers(0, 4), st.booleans())
def test_a_number_read_back_is_the_number_that_was_written(
    code: str,
    value: float,
    places: int,
    signed: bool,  # noqa: FBT001  (hypothesis gives it by name)
):
    written = write_number(value, language(code), places=places, signed=signed)
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    assert read_back(written, code) == rounded


@law
@given(languages, st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_has_only_the_digits_of_its_language(code: str, value: float, places: int):
    written = write_number(value, language(code), places=places)
    assert {c for c in written if c.isdigit()} <= set(language(code).digits)


@law
@given(languages, st.floats(-0.49, 0.49))
def test_no_minus_stands_before_zero(code: str, value: float):
    assert write_number(value, language(code), signed=True) == language(code).digits[0]


@pytest.mark.parametrize(
    ("code", "written"), [("en", "1,234.5"), ("prs", "۱٬۲۳۴٫۵"), ("ps", "۱٬۲۳۴٫۵"), ("ar", "١٬٢٣٤٫٥")]
)
def test_separators_are_those_of_the_language(code: str, written: str):
    assert write_number(1234.5, language(code), places=1) == written


@law
@given(languages, st.floats(0, 1))
def test_a_share_is_written_in_per_cent_and_never_as_none_or_all_of_what_is_not(code: str, share: float):
    lang = language(code)
    number = write_percent(share, lang).removesuffix(lang.percent).removeprefix(lang.percent_mark)
    percent = float(read_back(number, code))
    assert abs(percent - 100 * share) <= 0.5 + 1e-9
    assert (percent in (0, 100)) == (share in (0, 1))


# ---- plurals ----------------------------------------------------------------

ARABIC = {
    0: "٠ حدث", 1: "حدث واحد", 2: "حدثين", 3: "٣ أحداث", 10: "١٠ أحداث", 11: "١١ حدثًا", 99: "٩٩ حدثًا",
    100: "١٠٠ حدث", 101: "١٠١ حدث", 102: "١٠٢ حدث", 103: "١٠٣ أحداث", 110: "١١٠ أحداث", 111: "١١١ حدثًا",
    1000: "١٬٠٠٠ حدث",
}  # fmt: skip


@pytest.mark.parametrize(("count", "written"), ARABIC.items())
def test_arabic_counts_take_their_six_forms(count: int, written: str):
    assert write_count(count, "event", language("ar")) == written


@pytest.mark.parametrize(
    ("code", "none", "one", "many"),
    [
        ("en", "0 events", "1 event", "2 events"),
        ("prs", "۰ رویداد", "۱ رویداد", "۲ رویداد"),
        ("ps", "۰ پېښې", "۱ پېښه", "۲ پېښې"),
    ],
)
def test_one_event_is_not_two(code: str, none: str, one: str, many: str):
    assert [write_count(n, "event", language(code)) for n in (0, 1, 2)] == [none, one, many]


@law
@given(languages, st.sampled_from(sorted(language("en").units)), st.integers(0, 10_000))
def test_a_count_of_any_unit_says_its_number_and_leaves_no_gap(code: str, unit: str, count: int):
    written = write_count(count, unit, language(code))
    assert "{" not in written
    if code != "ar" or count not in (1, 2):
        assert fold_digits(written).startswith(f"{count:,}".replace(",", language(code).group))


# ---- calendars --------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "solar"),
    [
        (date(2026, 5, 11), (1405, 2, 21)),
        (date(2026, 5, 30), (1405, 3, 9)),
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(2021, 8, 15), (1400, 5, 24)),
    ],
)
def test_solar_days_that_are_known(day: date, solar: tuple[int, int, int]):
    assert in_calendar(day, "solar") == solar
    assert from_solar(*solar) == day


@pytest.mark.parametrize(
    ("day", "lunar", "written"),
    [
        (date(2026, 5, 11), (1447, 11, 24), "24 Dhu al-Qada 1447 AH"),
        (date(2026, 5, 30), (1447, 12, 13), "13 Dhu al-Hijja 1447 AH"),
    ],
)
def test_lunar_days_that_are_known(day: date, lunar: tuple[int, int, int], written: str):
    assert in_calendar(day, "lunar") == lunar
    assert write_date(day, language("en"), "lunar") == written


@law
@given(days)
def test_a_solar_day_goes_back_to_its_own_day(day: date):
    assert from_solar(*in_calendar(day, "solar")) == day


@law
@given(days, st.sampled_from(["gregorian", "solar", "lunar"]))
def test_the_day_after_is_the_next_day_in_every_calendar(day: date, calendar: str):
    today, tomorrow = (in_calendar(d, calendar) for d in (day, day + timedelta(days=1)))
    assert today < tomorrow
    assert tomorrow[2] in (today[2] + 1, 1)


def test_a_calendar_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="julian"):
        in_calendar(date(2026, 5, 27), "julian")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("calendar", ["gregorian", "solar", "lunar"])
def test_every_calendar_has_twelve_different_months(code: str, calendar: str):
    assert len(set(language(code).months[calendar])) == 12


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "27 May 2026 (6 Jawza 1405)"),
        ("prs", "۶ جوزا ۱۴۰۵ (۲۷ می ۲۰۲۶)"),
        ("ps", "۶ غبرګولی ۱۴۰۵ (۲۷ مې ۲۰۲۶)"),
        ("ar", "٢٧ مايو ٢٠٢٦ (٦ الجوزاء ١٤٠٥ هـ.ش)"),
    ],
)
def test_a_dual_date_begins_with_the_calendar_of_its_readers(code: str, written: str):
    assert write_dual(date(2026, 5, 27), language(code)) == written


@law
@given(st.sampled_from(EASTERN), days)
def test_dates_of_eastern_editions_have_no_latin_digit(code: str, day: date):
    for written in (
        write_dual(day, language(code), ["gregorian", "solar", "lunar"]),
        write_month(day, language(code)),
    ):
        assert not re.search("[0-9A-Za-z]", written)


@law
@given(languages, days)
def test_a_month_is_written_without_any_day(code: str, day: date):
    numbers = re.findall(r"\d+", fold_digits(write_month(day, language(code))))
    assert min(map(int, numbers)) > 1300


@law
@given(languages, days)
def test_the_days_of_a_month_all_write_the_same_month(code: str, day: date):
    assert write_month(day, language(code)) == write_month(day.replace(day=1), language(code))


# ---- likelihood -------------------------------------------------------------


def test_likelihood_has_the_seven_steps_of_icd_203_without_a_gap():
    steps = list(likelihoods().values())
    assert [(step.low, step.high) for step in steps] == [
        (1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99),
    ]  # fmt: skip
    assert all(one.high == other.low for one, other in pairwise(steps))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_stands_for_two_likelihoods(code: str):
    words = [word.lower() for step in likelihoods().values() for word in step.words[code]]
    assert len(set(words)) == len(words)
    assert all(step.words[code] for step in likelihoods().values())


@law
@given(languages, st.sampled_from(sorted(likelihoods())), st.integers(0, 3))
def test_every_word_of_likelihood_is_read_as_its_own_step_alone(code: str, step: str, position: int):
    words = likelihoods()[step].words[code]
    word = words[position % len(words)]
    for sentence in (word, f"… {word}.", f"({word})", f"{word.capitalize()} …"):
        assert likelihoods_in(sentence, code) == [step]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_confidence_has_its_own_word(code: str):
    words = [by_language[code] for by_language in confidences().values()]
    assert list(confidences()) == ["low", "moderate", "high"]
    assert len(set(words)) == 3


# ---- no language is half there ----------------------------------------------


def words_of(code: str) -> dict[str, str]:
    return tomllib.loads((files("rasad.editions.words") / f"{code}.toml").read_text("utf-8"))


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", EASTERN)
def test_every_word_of_an_edition_is_translated_with_the_same_gaps(code: str):
    english, other = words_of("en"), words_of(code)
    assert other.keys() == english.keys()
    assert {key: gaps(text) for key, text in other.items()} == {
        key: gaps(text) for key, text in english.items()
    }
    assert [key for key, text in other.items() if not text.strip()] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_measure_has_a_title_in_every_edition(code: str):
    assert [name for name in measure_names() if f"measure_{name}" not in words_of(code)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_unit_can_be_counted_in_every_language(code: str):
    assert language(code).units.keys() == language("en").units.keys()
    assert [unit for unit, forms in language(code).units.items() if "other" not in forms] == []


def test_every_arabic_unit_has_all_six_forms():
    six = {"zero", "one", "two", "few", "many", "other"}
    assert {
        unit: six - forms.keys() for unit, forms in language("ar").units.items() if six - forms.keys()
    } == {}


@pytest.mark.parametrize("code", EASTERN)
def test_right_to_left_languages_say_so_and_have_digits_of_their_own(code: str):
    lang = language(code)
    assert lang.is_rtl
    assert len(set(lang.digits)) == 10
    assert not set(lang.digits) & set("0123456789")
