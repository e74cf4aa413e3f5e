"""Spans of time in words against the dates beside them, in four languages; and a style that a text states."""

from __future__ import annotations

from datetime import date

import pytest

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading, language_of
from rasad.check.rules.house_style import house_style
from rasad.check.rules.resolvers import unresolved
from rasad.check.rules.spans import date_spans


def reading(
    *texts: str,
    issued: date | None = None,
    section: tuple[str, ...] = (),
    events: tuple[tuple[str, date, date], ...] = (),
) -> Reading:
    passages = tuple(
        Passage(number, "paragraph", 0, text, language_of(text), section) for number, text in enumerate(texts)
    )
    return Reading(passages, (), issued, events)


def spans(text: str, **given: tuple[tuple[str, date, date], ...]) -> list[Finding]:
    return list(date_spans(reading(text, **given)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words", "apart"),
    [
        ("The accord was signed on 3 May 2023 and ratified three years later, on 4 May 2025.", "three years later", "2 years"),
        ("The road was closed on 27 July 2025. It was opened on 11 November 2025, five months later.", "five months later", "3.5 months"),
        ("The talks began on 3 May 2023. Three years later, on 4 May 2025, they ended.", "Three years later", "2 years"),
        ("On 4 May 2025, three years after the accord of 3 May 2023, they met.", "three years after", "2 years"),
        ("Three years after the accord of 3 May 2023, on 4 May 2025, they met.", "Three years after", "2 years"),
        ("On 3 May 2023, two years before the treaty of 4 May 2026, they met.", "two years before", "3 years"),
        ("The ban came on 3 May 2023; within six weeks, by 4 September 2023, it was lifted.", "within six weeks", "17.7 weeks"),
        ("It was made on 1 January 2024, and two or three years later, on 1 February 2030, it fell.", "two or three years later", "6.1 years"),
        ("From 3 May 2023 to 4 May 2025 the office was closed for five years.", "for five years", "2 years"),
        ("The mission lasted four decades, from 2001 to 2021.", "lasted four decades", "19 to 21 years"),
        ("توافق در ۳ می ۲۰۲۳ امضا شد و سه سال بعد، در ۴ می ۲۰۲۵، تصویب شد.", "سه سال بعد", "2 years"),
        ("در ۴ می ۲۰۲۵، سه سال پس از توافق ۳ می ۲۰۲۳، دیدار کردند.", "سه سال پس از", "2 years"),
        ("تړون د ۲۰۲۳ کال د مې په ۳ لاسلیک شو او درې کاله وروسته، د ۲۰۲۵ کال د مې په ۴، تصویب شو.", "درې کاله وروسته", "2 years"),
        ("وُقّع الاتفاق في 3 مايو 2023، وبعد ثلاث سنوات، في 4 مايو 2025، صودق عليه.", "وبعد ثلاث سنوات", "2 years"),
        ("وُقّع الاتفاق في 3 مايو 2023، وبعد عامين، في 4 مايو 2027، صودق عليه.", "وبعد عامين", "4 years"),
        ("استمرت المهمة أربعين سنة.", "", ""),
        ("دامت المهمة عشر سنوات من 2001 إلى 2021.", "عشر سنوات", "19 to 21 years"),
    ],
)  # fmt: skip
def test_a_span_that_its_two_dates_do_not_bear_out_is_told(text: str, words: str, apart: str) -> None:
    found = spans(text)
    assert [one.text for one in found] == ([words] if words else [])
    assert all(apart in one.message and one.rule == "date-span" for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "The accord was signed on 3 May 2023 and ratified almost three years later, on 4 March 2026.",
        "The accord was signed on 3 May 2023 and ratified two years later, on 4 May 2025.",
        "The accord was signed on 3 May 2023 and ratified three years later, on 4 August 2025.",
        "The strike of 3 May 2023 was followed by another three days later, on 7 May 2023.",
        "They signed on 3 May 2023 a contract for three years and opened an office on 4 May 2024.",
        "It was signed on 3 May 2023; it would expire three years later, he said on 10 May 2023.",
        "From 2001 to 2021 the mission paid for three years of training.",
        "More than two years later, on 4 May 2028, the accord of 3 May 2023 held.",
        "For two decades, from 2001 to 2021, the mission stayed.",
        "They met on 3 May 2023. They met again on 10 May. Three days later, on 13 May 2023, they signed.",
        "It was founded on 3 May 1990. It grew. The war began. Three years later, on 4 May 2025, it closed.",
        "In 2021, two decades after the 2001 invasion and a year after the 2020 accord, they left.",
        "صدر القرار في 3 مايو 2025. وقبل عشرة أعوام، في 2015، صدر غيره. قبل عامين، في 2019، بدأت الحرب.",
        "پرېکړه د ۲۰۲۵ کال د مې په ۳ وشوه. درې کاله مخکې، په ۲۰۱۵ کې، جګړه پیل شوه.",
        "The war of 1979 to 1989 and the ban of 3 May 2023 came ten years later, in 2033.",
        "In May, 2000 soldiers left; three years later, on 4 May 2025, the accord of 3 May 2022 held.",
        "توافق در ۳ می ۲۰۲۳ امضا شد و دو سال بعد، در ۴ می ۲۰۲۵، تصویب شد.",
        "توافق در ثور ۱۴۰۲ امضا شد و دو سال بعد، در ۱۴ ثور ۱۴۰۴، تصویب شد.",
        "تړون د ۲۰۲۳ کال د مې په ۳ لاسلیک شو او دوه کاله وروسته، د ۲۰۲۵ کال د مې په ۴، تصویب شو.",
        "وُقّع الاتفاق في 3 مايو 2023، وبعد عامين، في 4 مايو 2025، صودق عليه.",
    ],
)  # fmt: skip
def test_a_span_that_is_right_by_a_unit_or_has_no_certain_dates_is_let_be(text: str) -> None:
    assert spans(text) == []


def test_an_event_of_the_desk_that_is_cited_is_one_of_the_two_dates() -> None:
    events = (("C140", date(2025, 4, 17), date(2025, 4, 17)),)
    text = "The ban was suspended [@event:C140]; three months later, on {} 2025, came recognition."
    assert spans(text.format("3 July"), events=events) == []
    (one,) = spans(text.format("3 November"), events=events)
    assert "6.6 months" in one.message
    assert spans(text.format("3 November")) == []


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("It was signed on 11 December 2010, about ten years before this issue.", "15.4 years"),
        ("Three years ago, on 3 May 2016, they met.", "10 years"),
        ("در ۳ می ۲۰۱۶، یعنی سه سال پیش، دیدار کردند.", "10 years"),
        ("د ۲۰۱۶ کال د مې په ۳، درې کاله مخکې، سره وکتل.", "10 years"),
        ("كانت القوة قد أُنشئت في 3 مايو 2016، أي قبل ثلاث سنوات.", "10 years"),
        ("كان المنصب شاغرًا منذ 3 مايو 2024، أي منذ عشرة أشهر.", "24 months"),
    ],
)
def test_a_span_that_counts_back_from_the_day_of_the_text_is_held_against_it(text: str, apart: str) -> None:
    (one,) = date_spans(reading(text, issued=date(2026, 5, 3)))
    assert apart in one.message
    assert "the day of the text" in one.message
    assert spans(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ten years ago, on 3 May 2016, they met.",
        "More than three years ago, on 3 May 2016, they met.",
        "He wrote in 2019 that three years ago, on 3 May 2016, they had met.",
        "He said: “Three years ago, on 3 May 2016, we met.”",
        "لم تتغير القوة منذ عام 1989 في شيء.",
        "Twelve years ago, on 3 May 2020, they met, says a text whose own day may be later.",
    ],
)
def test_a_span_back_from_the_day_of_the_text_that_may_be_right_is_let_be(text: str) -> None:
    assert list(date_spans(reading(text, issued=date(2026, 5, 3)))) == []


def test_a_span_that_lasted_until_a_day_began_with_the_day_before_it() -> None:
    text = "Exports stopped on 25 March 2023. The halt lasted {} years, until 27 September 2025."
    (one,) = spans(text.format("five"))
    assert "2.5 years" in one.message
    assert spans(text.format("almost three")) == []


# ---- a style that the text states -------------------------------------------


@pytest.mark.parametrize(
    ("text", "good", "bad", "times"),
    [
        ("We write “Islamic Emirate”, not “Taliban”. The Taliban came; he said “the Taliban”. The Taliban left.", "Islamic Emirate", "Taliban", 2),
        ("In this report we write Kabul, not Cabul. Cabul is a city.", "Kabul", "Cabul", 1),
        ("ما «امارت اسلامی» می‌نویسیم، نه «طالبان». طالبان آمدند.", "امارت اسلامی", "طالبان", 1),
        ("می‌نویسیم تاجکستان نه تاجیکستان. تاجیکستان همسایه است.", "تاجکستان", "تاجیکستان", 1),
        ("موږ «اسلامي امارت» لیکو، نه «طالبان». طالبان راغلل.", "اسلامي امارت", "طالبان", 1),
        ("نكتب «الإمارة الإسلامية» لا «طالبان». جاءت طالبان.", "الإمارة الإسلامية", "طالبان", 1),
    ],
)  # fmt: skip
def test_a_text_that_states_its_style_is_held_to_it(text: str, good: str, bad: str, times: int) -> None:
    (one,) = house_style(reading(text))
    assert (one.rule, one.text, len(one.others)) == ("house-style", bad, times - 1)
    assert one.fix is not None
    assert (one.fix.text, len(one.fix.others)) == (good, times - 1)


@pytest.mark.parametrize(
    "text",
    [
        "We say this clearly, not loudly. Loudly they went.",
        "We use force, not talks. Talks failed.",
        "نستخدم القوة لا الحوار. فشل الحوار.",
        "We write “Islamic Emirate”, not “Taliban”. It came.",
    ],
)
def test_a_sentence_that_states_no_style_or_a_style_that_is_held_is_let_be(text: str) -> None:
    assert list(house_style(reading(text))) == []


# ---- forecasts that name who would tell -------------------------------------

OUTLOOK = ("Outlook",)
RESOLVED = (
    "It is likely that gas rises by 31 December 2026, as reported by the ministry.",
    "It is unlikely that the road opens by 31 December 2026, according to the railway.",
)


def test_among_forecasts_that_name_who_would_tell_one_that_does_not_is_told() -> None:
    silent = "It is likely that the pact fails by 31 December 2026."
    (one,) = unresolved(reading(*RESOLVED, silent, section=OUTLOOK))
    assert (one.rule, one.text) == ("forecast-unresolvable", silent)
    assert list(unresolved(reading(RESOLVED[0], silent, section=OUTLOOK))) == []
    assert list(unresolved(reading(*RESOLVED, silent))) == []
