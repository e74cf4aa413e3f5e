"""Dates in running text: what rasad writes is found again, and so is what people write; what is no date is not."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks import law
from rasad.languages import LANGUAGES, language
from rasad.languages.calendars import CALENDARS, in_calendar
from rasad.languages.dates import write_date, write_dual, write_month
from rasad.languages.written_dates import WrittenDate, find_dates, gregorian

languages = st.sampled_from(LANGUAGES)
calendars = st.sampled_from(CALENDARS)
days = st.dates(date(1930, 1, 1), date(2070, 1, 1))
"""Days for which all three calendars have a table."""

SENTENCES = {
    "en": "The ministry said on {} that trade had grown.",
    "prs": "وزارت خارجه به تاریخ {} گفت که تجارت رشد کرده است.",
    "ps": "د بهرنیو چارو وزارت پر {} وویل چې سوداګري پراخه شوې ده.",
    "ar": "قالت الوزارة في {} إن التجارة قد نمت.",
}


def the_date(text: str, lang: str) -> WrittenDate:
    found = find_dates(text, lang)
    assert len(found) == 1, [(one.text, one.calendar) for one in found]
    return found[0]


def parts(found: WrittenDate) -> tuple[str, int | None, int | None, int | None]:
    return found.calendar, found.year, found.month, found.day


# ---- what rasad writes ------------------------------------------------------


@law
@given(days, languages, calendars)
def test_a_date_that_rasad_writes_is_found_again_as_that_day(day: date, code: str, calendar: str):
    written = write_date(day, language(code), calendar)
    text = SENTENCES[code].format(written)
    found = the_date(text, code)
    assert parts(found) == (calendar, *in_calendar(day, calendar))
    assert found.fault == ""
    assert found.on == day
    assert text[found.start : found.end] == found.text
    assert written in found.text or found.text in written


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("calendar", CALENDARS)
def test_every_day_of_two_years_is_found_again(code: str, calendar: str):
    year = [date(2023, 3, 1) + timedelta(n) for n in range(2 * 366)]
    text = "\n\n".join(SENTENCES[code].format(write_date(day, language(code), calendar)) for day in year)
    assert [one.on for one in find_dates(text, code)] == year


@law
@given(days, languages)
def test_a_dual_date_is_two_dates_of_one_day(day: date, code: str):
    text = SENTENCES[code].format(write_dual(day, language(code), CALENDARS))
    found = find_dates(text, code)
    assert {one.calendar for one in found} == set(CALENDARS)
    assert [one.on for one in found] == [day] * 3


@law
@given(days, languages)
def test_a_month_alone_has_a_year_and_no_day(day: date, code: str):
    found = the_date(write_month(day, language(code), ["gregorian"]), code)
    assert (found.year, found.month, found.day) == (day.year, day.month, None)
    assert found.on is None
    assert found.fault == ""


@law
@given(st.lists(st.tuples(days, calendars), min_size=1, max_size=4), languages)
def test_places_are_exact_in_order_and_apart(wanted: list[tuple[date, str]], code: str):
    text = " ".join(SENTENCES[code].format(write_date(day, language(code), name)) for day, name in wanted)
    found = find_dates(text, code)
    assert [one.on for one in found] == [day for day, _ in wanted]
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= after.start for one, after in pairwise(found))
    assert all(one.text == one.text.strip() for one in found)


@law
@given(st.text("0123456789۰۱۲۳۴٠١٢/-.–, \n()مایmayاپرbجوز", max_size=60), languages)
def test_any_text_is_read_without_an_error(text: str, code: str):
    for one in find_dates(text, code):
        assert text[one.start : one.end] == one.text
        assert one.day is not None or one.month is not None or one.fault
        if one.fault:
            assert one.on is None


# ---- as people write them ---------------------------------------------------

ENGLISH = [
    ("13 April 2026", "gregorian", 2026, 4, 13),
    ("April 13, 2026", "gregorian", 2026, 4, 13),
    ("April 13 2026", "gregorian", 2026, 4, 13),
    ("April 13th, 2026", "gregorian", 2026, 4, 13),
    ("Apr. 13, 2026", "gregorian", 2026, 4, 13),
    ("Mon. 13 Apr 2026", "gregorian", 2026, 4, 13),
    ("Monday, 13 April 2026", "gregorian", 2026, 4, 13),
    ("Monday, April 13, 2026", "gregorian", 2026, 4, 13),
    ("Monday 13th April 2026", "gregorian", 2026, 4, 13),
    ("13th of April 2026", "gregorian", 2026, 4, 13),
    ("13th April, 2026", "gregorian", 2026, 4, 13),
    ("13 April, 2026", "gregorian", 2026, 4, 13),
    ("13 APRIL 2026", "gregorian", 2026, 4, 13),
    ("13-Apr-2026", "gregorian", 2026, 4, 13),
    ("13\u00a0April\u00a02026", "gregorian", 2026, 4, 13),
    ("13\nApril 2026", "gregorian", 2026, 4, 13),
    ("3 Sept. 2025", "gregorian", 2025, 9, 3),
    ("Sep 3, 2025", "gregorian", 2025, 9, 3),
    ("13/4/2026", "gregorian", 2026, 4, 13),
    ("13/04/2026", "gregorian", 2026, 4, 13),
    ("13.04.2026", "gregorian", 2026, 4, 13),
    ("13-04-2026", "gregorian", 2026, 4, 13),
    ("2026-04-13", "gregorian", 2026, 4, 13),
    ("2026/04/13", "gregorian", 2026, 4, 13),
    ("4/13/2026", "gregorian", 2026, 4, 13),
    ("1 May 2026", "gregorian", 2026, 5, 1),
    ("May 1, 2026", "gregorian", 2026, 5, 1),
    ("4 Jawza 1405", "solar", 1405, 3, 4),
    ("4 Jawza 1405 SH", "solar", 1405, 3, 4),
    ("Jawza 4, 1405", "solar", 1405, 3, 4),
    ("7/4/1405 SH", "solar", 1405, 4, 7),
    ("1405/3/4", "solar", 1405, 3, 4),
    ("1405-03-04", "solar", 1405, 3, 4),
    ("4 Khordad 1405", "solar", 1405, 3, 4),
    ("22 Bahman 1357", "solar", 1357, 11, 22),
    ("7 Saur 1357", "solar", 1357, 2, 7),
    ("28 Dhu al-Qada 1447 AH", "lunar", 1447, 11, 28),
    ("28 Dhu al-Qi'dah 1447", "lunar", 1447, 11, 28),
    ("12 Rabi al-Awwal 1447", "lunar", 1447, 3, 12),
    ("12 Rabi' al-Awwal 1447 AH", "lunar", 1447, 3, 12),
    ("1 Ramadan 1447 AH", "lunar", 1447, 9, 1),
]

DARI = [
    ("۴ جوزا ۱۴۰۵", "solar", 1405, 3, 4),
    ("۴ جوزای ۱۴۰۵", "solar", 1405, 3, 4),
    ("۴ جوزای سال ۱۴۰۵", "solar", 1405, 3, 4),
    ("4 جوزا 1405", "solar", 1405, 3, 4),
    ("۱۴۰۵/۳/۴", "solar", 1405, 3, 4),
    ("۱۴۰۵/۰۳/۰۴", "solar", 1405, 3, 4),
    ("۴/۳/۱۴۰۵", "solar", 1405, 3, 4),
    ("دوشنبه، ۴ جوزا ۱۴۰۵", "solar", 1405, 3, 4),
    ("دوشنبه ۴ جوزای ۱۴۰۵", "solar", 1405, 3, 4),
    ("۴ جوزا ۱۴۰۵ خورشیدی", "solar", 1405, 3, 4),
    ("۴ جوزای ۱۴۰۵ هجری شمسی", "solar", 1405, 3, 4),
    ("۲۴ اسد ۱۴۰۰", "solar", 1400, 5, 24),
    ("۴ خرداد ۱۴۰۵", "solar", 1405, 3, 4),
    ("۲۵ می ۲۰۲۶", "gregorian", 2026, 5, 25),
    ("۲۵ ماه می ۲۰۲۶", "gregorian", 2026, 5, 25),
    ("۲۵ می سال ۲۰۲۶", "gregorian", 2026, 5, 25),
    ("۲۵ می ۲۰۲۶ میلادی", "gregorian", 2026, 5, 25),
    ("۲۵ مه ۲۰۲۶", "gregorian", 2026, 5, 25),
    ("۱۳ اپریل ۲۰۲۶", "gregorian", 2026, 4, 13),
    ("۱۳ آوریل ۲۰۲۶", "gregorian", 2026, 4, 13),
    ("۱۵ آگست ۲۰۲۱", "gregorian", 2021, 8, 15),
    ("۲۵/۵/۲۰۲۶", "gregorian", 2026, 5, 25),
    ("۲۸ ذوالقعده ۱۴۴۷ قمری", "lunar", 1447, 11, 28),
    ("۲۸ ذیقعده ۱۴۴۷", "lunar", 1447, 11, 28),
    ("۱ رمضان ۱۴۴۷", "lunar", 1447, 9, 1),
    ("۱۲ ربیع الاول ۱۴۴۷", "lunar", 1447, 3, 12),
    ("۱۲ ربیع‌الاول ۱۴۴۷ هجری قمری", "lunar", 1447, 3, 12),
]

PASHTO = [
    ("د ۱۴۰۵ کال د غبرګولي ۴مه", "solar", 1405, 3, 4),
    ("د ۱۴۰۵ کال د غبرګولي ۴ مه", "solar", 1405, 3, 4),
    ("د ۱۴۰۵ کال د غبرګولي په ۴مه", "solar", 1405, 3, 4),
    ("د ۱۴۰۵ لمریز کال د غبرګولي ۴مه", "solar", 1405, 3, 4),
    ("د ۱۴۰۵ هجري لمریز کال د غبرګولي ۴مه", "solar", 1405, 3, 4),
    ("د ۱۴۰۵ کال د جوزا ۴مه", "solar", 1405, 3, 4),
    ("د ۱۴۰۰ کال د زمري ۲۴مه", "solar", 1400, 5, 24),
    ("۴ غبرګولی ۱۴۰۵", "solar", 1405, 3, 4),
    ("دوشنبه، ۴ غبرګولی ۱۴۰۵", "solar", 1405, 3, 4),
    ("۱۴۰۵/۳/۴", "solar", 1405, 3, 4),
    ("د ۲۰۲۶ کال د مې ۲۵مه", "gregorian", 2026, 5, 25),
    ("د ۲۰۲۶ میلادي کال د مې ۲۵مه", "gregorian", 2026, 5, 25),
    ("د ۲۰۲۶ز کال د مې ۲۵مه", "gregorian", 2026, 5, 25),
    ("د ۲۰۲۶ کال د اپرېل ۱۳مه", "gregorian", 2026, 4, 13),
    ("د ۲۰۲۶ کال د اپريل په ۱۳مه", "gregorian", 2026, 4, 13),
    ("۲۵ مې ۲۰۲۶", "gregorian", 2026, 5, 25),
    ("د ۲۰۲۱ کال د اګست ۱۵مه", "gregorian", 2021, 8, 15),
    ("د ۱۴۴۷ هجري قمري کال د روژې ۱مه", "lunar", 1447, 9, 1),
    ("۲۸ ذوالقعده ۱۴۴۷ قمري", "lunar", 1447, 11, 28),
]

ARABIC = [
    ("25 مايو 2026", "gregorian", 2026, 5, 25),
    ("٢٥ مايو ٢٠٢٦", "gregorian", 2026, 5, 25),
    ("٢٥ مايو ٢٠٢٦م", "gregorian", 2026, 5, 25),
    ("25 أيار 2026", "gregorian", 2026, 5, 25),
    ("25 أيار/مايو 2026", "gregorian", 2026, 5, 25),
    ("25 مايو/أيار 2026", "gregorian", 2026, 5, 25),
    ("25 أيار (مايو) 2026", "gregorian", 2026, 5, 25),
    ("يوم الاثنين 25 أيار/مايو 2026", "gregorian", 2026, 5, 25),
    ("الاثنين، 25 مايو 2026", "gregorian", 2026, 5, 25),
    ("الإثنين ٢٥ مايو ٢٠٢٦", "gregorian", 2026, 5, 25),
    ("25 مايو عام 2026", "gregorian", 2026, 5, 25),
    ("25 مايو من عام 2026", "gregorian", 2026, 5, 25),
    ("13 أبريل 2026", "gregorian", 2026, 4, 13),
    ("13 إبريل 2026", "gregorian", 2026, 4, 13),
    ("13 نيسان 2026", "gregorian", 2026, 4, 13),
    ("١٣/٤/٢٠٢٦", "gregorian", 2026, 4, 13),
    ("2026/4/13", "gregorian", 2026, 4, 13),
    ("٢٨ ذو القعدة ١٤٤٧ هـ", "lunar", 1447, 11, 28),
    ("28 ذي القعدة 1447هـ", "lunar", 1447, 11, 28),
    ("1 رمضان 1447 هـ", "lunar", 1447, 9, 1),
    ("28/11/1447 هـ", "lunar", 1447, 11, 28),
    ("12 ربيع الاول 1447", "lunar", 1447, 3, 12),
    ("4 الجوزاء 1405 هـ.ش", "solar", 1405, 3, 4),
    ("4 خرداد 1405 هـ.ش", "solar", 1405, 3, 4),
]

FORMS = [
    (code, text, tuple(told))
    for code, forms in zip(LANGUAGES, (ENGLISH, DARI, PASHTO, ARABIC), strict=True)
    for text, *told in forms
]


@pytest.mark.parametrize(("code", "text", "told"), FORMS)
def test_a_form_that_people_write_is_read(code: str, text: str, told: tuple[str, int, int, int]):
    whole = SENTENCES[code].format(text)
    found = the_date(whole, code)
    assert parts(found) == told
    assert found.fault == ""
    assert found.on == gregorian(*told)
    assert found.on is not None
    assert whole[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "13 April 2026"),
        ("en", "April 13, 2026"),
        ("en", "Mon. 13 Apr 2026"),
        ("en", "2026-04-13"),
        ("en", "13/4/2026"),
        ("en", "4 Jawza 1405"),
        ("prs", "۴ جوزا ۱۴۰۵"),
        ("prs", "دوشنبه، ۴ جوزا ۱۴۰۵"),
        ("prs", "۱۴۰۵/۳/۴"),
        ("ps", "۴ غبرګولی ۱۴۰۵"),
        ("ar", "25 أيار/مايو 2026"),
        ("ar", "الاثنين 25 مايو 2026"),
    ],
)
def test_the_place_is_that_of_the_words_with_their_weekday(code: str, text: str):
    whole = SENTENCES[code].format(text)
    found = the_date(whole, code)
    assert found.text == text
    assert (found.start, found.end) == (whole.index(text), whole.index(text) + len(text))


IRANIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
LEVANTINE = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول"
PERSIAN_GREGORIAN = "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"


@pytest.mark.parametrize(("month", "name"), list(enumerate(IRANIAN.split(), 1)))
def test_months_of_iran_are_read_in_dari(month: int, name: str):
    found = the_date(f"جلسه در ۱۲ {name} ۱۴۰۴ برگزار شد.", "prs")
    assert parts(found) == ("solar", 1404, month, 12)


@pytest.mark.parametrize(("month", "name"), list(enumerate(PERSIAN_GREGORIAN.split(), 1)))
def test_gregorian_months_of_iran_are_read_in_dari(month: int, name: str):
    found = the_date(f"جلسه در ۱۲ {name} ۲۰۲۵ برگزار شد.", "prs")
    assert parts(found) == ("gregorian", 2025, month, 12)


@pytest.mark.parametrize(("month", "name"), list(enumerate(LEVANTINE.split(","), 1)))
def test_both_systems_of_arabic_months_are_read_alone_and_together(month: int, name: str):
    other = language("ar").months["gregorian"][month - 1]
    for written in (name, other, f"{name}/{other}", f"{other}/{name}", f"{name} / {other}"):
        found = the_date(f"عقد الاجتماع في 12 {written} 2025 في كابل.", "ar")
        assert parts(found) == ("gregorian", 2025, month, 12)


@pytest.mark.parametrize("code", ["prs", "ps", "ar"])
@pytest.mark.parametrize("text", ["25 May 2026", "May 25, 2026"])
def test_english_months_are_read_in_every_language(code: str, text: str):
    assert the_date(SENTENCES[code].format(text), code).on == date(2026, 5, 25)


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("en", "in May 2026", ("gregorian", 2026, 5, None)),
        ("en", "in Jawza 1405", ("solar", 1405, 3, None)),
        ("en", "on 13 April", ("gregorian", None, 4, 13)),
        ("en", "on April 13", ("gregorian", None, 4, 13)),
        ("prs", "در ماه جوزای ۱۴۰۵", ("solar", 1405, 3, None)),
        ("prs", "در می ۲۰۲۶", ("gregorian", 2026, 5, None)),
        ("prs", "در ۲۴ اسد", ("solar", None, 5, 24)),
        ("ps", "د ۱۴۰۵ کال په غبرګولي کې", ("solar", 1405, 3, None)),
        ("ps", "د ۲۰۲۶ کال د مې په میاشت کې", ("gregorian", 2026, 5, None)),
        ("ps", "د زمري ۲۴مه", ("solar", None, 5, 24)),
        ("ar", "في أيار/مايو 2026", ("gregorian", 2026, 5, None)),
        ("ar", "في شهر مايو 2026", ("gregorian", 2026, 5, None)),
        ("ar", "في 25 مايو", ("gregorian", None, 5, 25)),
    ],
)
def test_what_is_not_written_is_none(code: str, text: str, told: tuple[str, int | None, int, int | None]):
    found = the_date(text, code)
    assert parts(found) == told
    assert found.on is None
    assert found.fault == ""


def test_two_dates_of_a_span_are_two_dates():
    found = find_dates("From 13 April to 2 May 2026 nothing moved.", "en")
    assert [(one.day, one.month) for one in found] == [(13, 4), (2, 5)]
    assert found[1].on == date(2026, 5, 2)


@pytest.mark.parametrize(
    "text", ["3–13 April 2026", "3-13 April 2026", "3 to 13 April 2026", "April 3–13, 2026"]
)
def test_days_of_a_span_are_no_fault(text: str):
    found = find_dates(f"The talks of {text} failed.", "en")
    assert found
    assert all(one.fault == "" and one.month == 4 for one in found)
    assert {one.year for one in found} <= {2026, None}


def test_marks_of_direction_in_and_round_a_date_are_no_hindrance():
    for text in ("\u2068۴ جوزا ۱۴۰۵\u2069", "\u200f۴ جوزا ۱۴۰۵\u200f", "۴\u200f جوزا ۱۴۰۵"):
        assert the_date(f"وزارت در {text} گفت.", "prs").on == date(2026, 5, 25)


# ---- weekdays ---------------------------------------------------------------

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "prs": "دوشنبه سه‌شنبه چهارشنبه پنج‌شنبه جمعه شنبه یک‌شنبه",
    "ps": "دوشنبه سه‌شنبه چارشنبه پنجشنبه جمعه شنبه یکشنبه",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}


@pytest.mark.parametrize(
    ("code", "number", "name"),
    [(code, number, name) for code, names in WEEKDAYS.items() for number, name in enumerate(names.split())],
)
def test_a_weekday_is_read_and_belongs_to_its_date(code: str, number: int, name: str):
    day = date(2026, 5, 25) + timedelta(number)
    for comma in (" ", "، " if code != "en" else ", "):
        written = f"{name}{comma}{write_date(day, language(code), 'gregorian')}"
        whole = SENTENCES[code].format(written)
        found = the_date(whole, code)
        assert found.weekday == number == day.weekday()
        assert found.text == written


@pytest.mark.parametrize("name", ["سه شنبه", "سهشنبه", "سه‌شنبه"])
def test_a_weekday_of_two_words_may_be_joined_or_not(name: str):
    assert the_date(f"{name}، ۵ جوزا ۱۴۰۵", "prs").weekday == 1


@pytest.mark.parametrize(
    ("short", "number"),
    [
        ("Mon", 0),
        ("Tue.", 1),
        ("Tues.", 1),
        ("Wed", 2),
        ("Thu", 3),
        ("Thurs.", 3),
        ("Fri.", 4),
        ("Sat", 5),
        ("Sun.", 6),
    ],
)
def test_a_short_weekday_is_read(short: str, number: int):
    assert the_date(f"{short} {25 + number} May 2026", "en").weekday == number


def test_a_date_without_a_weekday_has_none():
    assert the_date("He came on Sunday. 13 April 2026 was quiet.", "en").weekday is None
    assert the_date("13 April 2026", "en").weekday is None


def test_a_wrong_weekday_is_read_as_it_stands():
    found = the_date("Sunday, 13 April 2026", "en")
    assert (found.weekday, found.on) == (6, date(2026, 4, 13))


# ---- days that no calendar has ----------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("en", "31 April 2026", ("gregorian", 2026, 4, 31)),
        ("en", "April 31, 2026", ("gregorian", 2026, 4, 31)),
        ("en", "31/4/2026", ("gregorian", 2026, 4, 31)),
        ("en", "2026-04-31", ("gregorian", 2026, 4, 31)),
        ("en", "29 February 2025", ("gregorian", 2025, 2, 29)),
        ("en", "30 February", ("gregorian", None, 2, 30)),
        ("en", "31 Mizan 1405", ("solar", 1405, 7, 31)),
        ("en", "30 Hut 1405", ("solar", 1405, 12, 30)),
        ("en", "31 Ramadan 1447 AH", ("lunar", 1447, 9, 31)),
        ("prs", "۳۱ میزان ۱۴۰۵", ("solar", 1405, 7, 31)),
        ("prs", "۳۲ جوزا ۱۴۰۵", ("solar", 1405, 3, 32)),
        ("prs", "۳۰ حوت ۱۴۰۵", ("solar", 1405, 12, 30)),
        ("prs", "۱۴۰۵/۷/۳۱", ("solar", 1405, 7, 31)),
        ("prs", "۳۱ اپریل ۲۰۲۶", ("gregorian", 2026, 4, 31)),
        ("ps", "۳۱ تله ۱۴۰۵", ("solar", 1405, 7, 31)),
        ("ps", "د ۱۴۰۵ کال د تلې ۳۱مه", ("solar", 1405, 7, 31)),
        ("ps", "د ۲۰۲۶ کال د اپرېل ۳۱مه", ("gregorian", 2026, 4, 31)),
        ("ar", "31 أبريل 2026", ("gregorian", 2026, 4, 31)),
        ("ar", "31 نيسان/أبريل 2026", ("gregorian", 2026, 4, 31)),
        ("ar", "٣١ رمضان ١٤٤٧ هـ", ("lunar", 1447, 9, 31)),
        ("ar", "٣٠ شباط ٢٠٢٦", ("gregorian", 2026, 2, 30)),
    ],
)
def test_an_impossible_day_is_found_and_says_so(
    code: str, text: str, told: tuple[str, int | None, int, int | None]
):
    whole = SENTENCES[code].format(text)
    found = the_date(whole, code)
    assert parts(found) == told
    assert found.fault == "impossible"
    assert found.on is None
    assert whole[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "29 February 2024"), ("en", "30 Hut 1403"), ("prs", "۳۰ حوت ۱۴۰۳"), ("en", "29 February")],
)
def test_a_leap_day_is_no_fault(code: str, text: str):
    assert the_date(text, code).fault == ""


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "13/13/2026"),
        ("en", "13/2025"),
        ("en", "2026-13-04"),
        ("en", "45/4/2026"),
        ("en", "0 May 2026"),
        ("en", "2026-00-10"),
        ("prs", "۱۴۰۵/۱۳/۴"),
        ("prs", "۱۳/۱۳/۱۴۰۵ خورشیدی"),
        ("ps", "۱۴۰۵/۱۵/۴۰"),
        ("ar", "٤٥/٥/٢٠٢٦"),
    ],
)
def test_a_malformed_date_is_found_and_says_so(code: str, text: str):
    found = the_date(SENTENCES[code].format(text), code)
    assert found.fault in {"impossible", "malformed"}
    assert found.on is None


@pytest.mark.parametrize(
    ("code", "text", "calendar", "month", "day"),
    [
        ("en", "4 Jawza 2026", "solar", 3, 4),
        ("en", "25 May 1405", "gregorian", 5, 25),
        ("prs", "۴ جوزا ۲۰۲۶", "solar", 3, 4),
        ("prs", "۲۵ می ۱۴۰۵", "gregorian", 5, 25),
        ("ps", "۴ غبرګولی ۲۰۲۶", "solar", 3, 4),
        ("ar", "25 مايو 1405", "gregorian", 5, 25),
    ],
)
def test_a_month_with_the_year_of_another_calendar_keeps_its_calendar_and_says_so(
    code: str, text: str, calendar: str, month: int, day: int
):
    found = the_date(SENTENCES[code].format(text), code)
    assert (found.calendar, found.month, found.day) == (calendar, month, day)
    assert found.fault != ""


def test_one_fault_does_not_hide_the_next():
    text = "On 31 April 2026, again on 13/13/2026 and on 5 May 2026 (15 Sawr 1405) they met."
    assert [bool(one.fault) for one in find_dates(text, "en")] == [True, True, False, False]


def test_a_day_that_a_calendar_lacks_has_no_gregorian_day():
    assert gregorian("gregorian", 2026, 2, 29) is None
    assert gregorian("solar", 1405, 12, 30) is None
    assert gregorian("solar", 1403, 12, 30) == date(2025, 3, 20)
    assert gregorian("gregorian", 2026, 13, 1) is None
    assert gregorian("solar", 1405, 0, 1) is None


@law
@given(days, calendars)
def test_gregorian_undoes_in_calendar(day: date, calendar: str):
    assert gregorian(calendar, *in_calendar(day, calendar)) == day


# ---- what is no date --------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Version 3.4.2 was released.",
        "The server at 192.168.12.26 was down.",
        "Hosts 10.4.20.26 and 8.8.8.8 answered.",
        "See pp. 12-14 and pages 4–13 of the report.",
        "Afghanistan won 3-2, then 4-1.",
        "They played 4-3-3 all evening.",
        "Call +93 20 210 1234 or 0799-12-34-56.",
        "Telephone 020-221-2026.",
        "The 5 may return next year.",
        "Of the 12 may yet come 3.",
        "Prices may 5 times exceed those of last year.",
        "They may, in 2026, return.",
        "Kabul may 2026 notwithstanding agree.",
        "Some 12 march every week through the town.",
        "They march 20 kilometres a day.",
        "The troops will march 2 by 2.",
        "It costs $4.12, or 13.4 million in all.",
        "In 1405 the plan begins; 2026 was no better.",
        "The years 2025-26 and 1404–05 were poor.",
        "Between 2019 and 2026 trade grew by 12/20.",
        "It holds 24/7, and 9/11 changed it.",
        "Resolution 2593 and document S/2026/12 say so.",
        "Section 4.3.1 explains it.",
        "At 13:04:20 the line went dead.",
        "ISBN 978-3-16-148410-0.",
        "One in 3/4 of the 1/2 cases.",
        "President Assad 2026 plans differ.",
        "An august 12 of them sat 3 exams.",
        "He asked for 1,405 tonnes and 2,026 litres.",
        "The ratio was 1/2/3 throughout.",
        "Article 13(4) of 2026 applies.",
        "Coordinates 34.5553 and 69.2075.",
        "A second 12-month period began.",
    ],
)
def test_what_is_no_date_in_english_gives_none(text: str):
    assert [one.text for one in find_dates(text, "en")] == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("prs", "شمار آنان به ۲۰ می‌رسد."),
        ("prs", "هر سال ۵ می‌گویند و ۶ می‌روند."),
        ("prs", "صادرات به میزان ۲۰ درصد بالا رفت."),
        ("prs", "بشار اسد ۲۴ سال حکومت کرد."),
        ("prs", "در سال ۱۴۰۵ و در ۲۰۲۶ چیزی نشد."),
        ("prs", "صفحه‌های ۱۲–۱۴ گزارش را ببینید."),
        ("prs", "نتیجه ۳–۲ شد."),
        ("prs", "شماره ۰۷۹۹-۱۲-۳۴-۵۶ است."),
        ("prs", "قیمت آن ۱۳٫۴ دالر است."),
        ("prs", "دو سوم یا ۲/۳ مردم."),
        ("prs", "۱۲ تیر چوبی خریدند."),
        ("prs", "سرطان ۱۲ تن را کشت."),
        ("ps", "په ۱۴۰۵ کال کې هیڅ ونه شول."),
        ("ps", "۱۲ کسان راغلل، ۳ لاړل."),
        ("ps", "بیه یې ۱۳٫۴ ډالره ده."),
        ("ps", "د راپور ۱۲–۱۴ مخونه ووینئ."),
        ("ar", "كانت النتيجة 3 مقابل صفر."),
        ("ar", "كانت درجة الحرارة صفر 5 أيام."),
        ("ar", "في عام 2026 وفي 1447 لم يتغير شيء."),
        ("ar", "انظر الصفحات 12-14."),
        ("ar", "عنوان الخادم 192.168.12.26."),
        ("ar", "بلغ السعر 13.4 دولارا."),
        ("ar", "آب 12 رجلا إلى ديارهم."),
    ],
)
def test_what_is_no_date_in_other_languages_gives_none(code: str, text: str):
    assert [one.text for one in find_dates(text, code)] == []


def test_an_empty_text_has_no_date():
    assert all(find_dates(text, code) == [] for code in LANGUAGES for text in ("", " ", "\n"))


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("en", "1 "),
        ("en", "1/"),
        ("en", "Mon. "),
        ("en", "13 April "),
        ("prs", "\u200c۱ "),
        ("ps", "د ۱۴۰۵ کال "),
        ("ar", "25 أيار/"),
    ],
)
def test_a_long_text_of_half_dates_is_read_in_time(code: str, part: str):
    begun = time.perf_counter()
    find_dates(part * 6000, code)
    assert time.perf_counter() - begun < 2
