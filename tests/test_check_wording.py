"""The faults of wording as real drafts have them: dates in many forms, names in many forms, forecasts in many words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rasad.check.passage import Passage, issue_day
from rasad.flow.checking import Located, check_file


def checked(folder: Path, text: str, *rules: str) -> list[Located]:
    path = folder / "draft.md"
    path.write_text(text, "utf-8")
    return list(check_file(path, select=rules).findings)


def words(found: list[Located]) -> list[str]:
    return [one.finding.text for one in found]


# ---- dates -------------------------------------------------------------------

WRONG_PAIRS = [
    "Kabul, 11 May 2026 / 22 Sawr 1405.",
    "Kabul, 22 Sawr 1405 (equivalent to 11 May 2026).",
    "Kabul, 1405/2/22 (2026-05-11).",
    "Issue 517 - 11 May 2026 (22 Sawr 1405)",
    "The talks of 10–12 May 2026 (20–23 Sawr 1405) failed.",
    "کابل، ۱۱ می ۲۰۲۶ (۲۲ ثور ۱۴۰۵).",
    "کابل، دوشنبه — ۲۲ ثور ۱۴۰۵، ۱۱ می ۲۰۲۶.",
    "تهران، ۲۲ اردیبهشت سال ۱۴۰۵ خورشیدی برابر با ۱۱ می ۲۰۲۶ میلادی.",
    "کابل، یازدهم می ۲۰۲۶ (بیست و دوم ثور ۱۴۰۵).",
    "کابل، ۲۲/ثور/۱۴۰۵ - ۱۱/می/۲۰۲۶",
    "در سال ۱۴۰۰ (۲۰۲۴) صادرات کم شد.",
    "کابل، د ۱۴۰۵ کال د غويي ۲۲مه (د ۲۰۲۶ کال د مې ۱۱مه).",
    "كابل، 11 أيار/مايو 2026 (22 ثور 1405 هـ ش).",
    "كابل، الاثنين 11 مايو 2026م الموافق 20 ذو القعدة 1447هـ.",
    "كابل، الخميس 9 أكتوبر 2025 (17 ميزان 1404 هـ ش، و20 ربيع الآخر 1447 هـ).",
    "Riyadh, 20 Dhul-Qa'dah 1447 AH (11 May 2026).",
]


@pytest.mark.parametrize("text", WRONG_PAIRS)
def test_calendars_that_disagree_are_found_in_every_way_of_writing(tmp_path: Path, text: str):
    assert len(checked(tmp_path, text, "date-calendars")) == 1


RIGHT_PAIRS = [
    "Kabul, 11 May 2026 / 21 Sawr 1405.",
    "The talks of 10–12 May 2026 (20–22 Sawr 1405) failed.",
    "From 11 May 2026 to 4 Jawza 1405 it was closed.",
    "Kabul, 1405/2/21 (2026-05-11), issue 12 - 11 May 2026.",
    "در سال ۱۴۰۰ (۲۰۲۱) و در ۱۴۰۴/۲۰۲۵ صادرات کم شد.",
    "کابل، دوشنبه — ۲۱ ثور ۱۴۰۵، ۱۱ می ۲۰۲۶.",
    "در ۱۴۰۵/۲/۲۱ و ۲۰۲۶-۰۶-۱۱ دیدار کردند.",
    "كابل، 11 أيار/مايو 2026 (21 ثور 1405 هـ ش، و24 ذو القعدة 1447 هـ).",
    "The book has 1400 (2023) entries in all.",
]


@pytest.mark.parametrize("text", RIGHT_PAIRS[:-1])
def test_calendars_that_agree_are_no_fault(tmp_path: Path, text: str):
    assert words(checked(tmp_path, text, "date-calendars")) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("They met on 26 October 2023, a Tuesday, in Astana.", "Thursday"),
        ("They met on 24 May 1993 (Sunday).", "Monday"),
        ("آنان در ۲۱ ثور ۱۴۰۵، روز جمعه، دیدار کردند.", "دوشنبه"),
        ("هغوی د ۱۴۰۵ کال د غويي ۲۱مه (جمعه) غونډه وکړه.", "دوشنبه"),
        ("التقوا في 11 مايو 2026، يوم الجمعة.", "الاثنين"),
    ],
)
def test_a_weekday_after_its_date_is_checked_too(tmp_path: Path, text: str, right: str):
    (one,) = checked(tmp_path, text, "date-weekday")
    assert right in one.finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Ministry, “Exports”, read on 5 May 226.",
        "Ministry, “Exports”, 5 May 20226.",
        "وزارت، «صادرات»، ۵ ثور ۱۴۰.",
        "وزارة المالية، 22 أيلول/سبتمر 2025.",
        "وزارة المالية، 22 أيلول/أغسطس 2025.",
        "The 31 Febuary 2026 came.",
    ],
)
def test_a_malformed_date_is_told(tmp_path: Path, text: str):
    assert [one.finding.rule for one in checked(tmp_path, text, "dates")] == ["date-malformed"]


def test_dates_in_notes_are_checked(tmp_path: Path):
    text = "Trade grew.[^1]\n\n[^1]: Ministry of Trade, Sunday, 25 May 2026 (6 Jawza 1405)."
    rules = {one.finding.rule for one in checked(tmp_path, text, "dates")}
    assert rules == {"date-weekday", "date-calendars"}


MASTHEADS = [
    ("Issue 517 | 11 May 2026", "2026-05-11"),
    ("Weekly, No. 61 - 30 April 2026 (10 Hamal 1405)", "2026-04-30"),
    ("شمارهٔ ۵۱۷ | دوشنبه، ۲۱ ثور ۱۴۰۵ | ۱۱ می ۲۰۲۶", "2026-05-11"),
    ("العدد 12 – الاثنين 11 مايو 2026", "2026-05-11"),
    ("Covers: 4 to 10 May 2026\nDate: 11 May 2026\nNext report: 18 May 2026", "2026-05-11"),
    ("Opinion · 22 January 2026 · by N. Harithi", "2026-01-22"),
]


@pytest.mark.parametrize(("text", "day"), MASTHEADS)
def test_the_day_of_an_issue_is_read_beside_its_label(text: str, day: str):
    lang = "en" if text.isascii() or "·" in text else "ar" if "العدد" in text else "prs"
    assert str(issue_day([Passage(0, "paragraph", 0, text, lang)])) == day


@pytest.mark.parametrize(
    "text",
    [
        "The envoys met only the other week, in August, in Doha.",
        "He visited the port last week, the first of August, with two ministers.",
        "The minister came a few days ago, on 9 August, and left again.",
    ],
)
def test_recently_is_held_against_days_without_a_year(tmp_path: Path, text: str):
    assert len(checked(tmp_path, f"# Review\n\n18 November 2025\n\n{text}\n", "date-recently")) == 1


def test_recently_beside_the_name_of_an_old_treaty_is_no_fault(tmp_path: Path):
    text = "# Review\n\n18 November 2025\n\nBoth recently confirmed the treaty of 3 March 2020.\n"
    assert checked(tmp_path, text, "date-recently") == []


def test_a_source_in_a_link_or_in_brackets_may_not_be_later_than_the_issue(tmp_path: Path):
    text = (
        "# Review\n\n18 November 2025\n\nTrade grew ([Kabul Ledger, 21 December 2025](https://kabul.af/a)). "
        "Roads did not (Radio Amu, 22 December 2025).\n\nThe parties will meet again (Doha, 3 January 2026).\n"
    )
    assert words(checked(tmp_path, text, "source-later")) == ["21 December 2025", "22 December 2025"]


# ---- names -------------------------------------------------------------------

SEVERAL = [
    "The Taliban met. The Islamic Emirate denied it, and the de facto authorities kept silent.",
    "طالبان نشست کردند. امارت اسلامی آن را رد کرد و حکومت سرپرست چیزی نگفت.",
    "طالبانو غونډه وکړه. اسلامي امارت رد کړه او سرپرست حکومت څه ونه ویل.",
    "اجتمعت حركة طالبان. ونفت الإمارة الإسلامية ذلك، وصمتت سلطات الأمر الواقع.",
    "The Saudi energy ministry cut exports. The Riyadh oil office denied it.",
    "کمیتهٔ حفاظت خبرنگاران گزارش داد. کمیتهٔ محافظت از ژورنالیستان آن را نشر کرد.",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_an_actor_under_several_names_is_one_finding(tmp_path: Path, text: str):
    (one,) = checked(tmp_path, text, "name-variants")
    assert "several names" in one.finding.message


AGREEMENTS = [
    (
        (
            "Kabul and Moscow signed a military-technical cooperation agreement on 11 May 2026. "
            "The military-technical cooperation agreement runs for five years.\n\nThe defence pact brings spare parts. "
            "Critics of the Moscow Accord point to its cost, and the security deal was not published."
        ),
        ["defence pact", "Moscow Accord", "security deal"],
    ),
    (
        (
            "کابل و مسکو توافق‌نامهٔ همکاری نظامی را در ۱۱ می ۲۰۲۶ امضا کردند.\n\n"
            "پیمان دفاعی پرزه می‌آورد. منتقدان معاهدهٔ مسکو از هزینه می‌گویند."
        ),
        ["پیمان دفاعی", "معاهدهٔ مسکو"],
    ),
    ("د پوځي همکارۍ هوکړه‌لیک لاسلیک شو.\n\nد دفاعي تړون له مخې پرزې ورکول کېږي.", ["دفاعي تړون"]),
    ("وقّعت كابل وموسكو اتفاقية التعاون العسكري.\n\nوتمنح معاهدة الدفاع كابل قطع غيار.", ["معاهدة الدفاع"]),
    ("The Algiers Agreement ended the war. The Algiers Pact drew the line.", ["Algiers Pact"]),
    (
        "The agreement was signed in Doha. Kuwait calls it the Umm Qasr Accord, and so does Basra.",
        ["Umm Qasr Accord"],
    ),
]


@pytest.mark.parametrize(("text", "names"), AGREEMENTS)
def test_an_agreement_under_several_names_is_one_finding_that_lists_them(
    tmp_path: Path, text: str, names: list[str]
):
    (one,) = checked(tmp_path, text, "name-variants")
    assert all(name in one.finding.message for name in names), one.finding.message


@pytest.mark.parametrize(
    "text",
    [
        "The Indus Waters Treaty of 1960 divides the rivers. The Helmand treaty of 1973 is older, and the transit agreement expired.",
        "The Doha Agreement was signed in 2020. The agreement, and later the Agreement, was never carried out.",
        "The treaty has a protocol and a memorandum; the protocol lapsed.",
        "توافق‌نامهٔ دوحه در ۲۰۲۰ امضا شد. معاهدهٔ هلمند قدیمی است و قرارداد مس عینک با شرکتی چینی است.",
        "وُقع اتفاق الدوحة عام 2020. أما معاهدة هلمند فقديمة، واتفاقية خور عبد الله أُبطلت.",
        "The Ministry of Foreign Affairs spoke. The foreign ministry in Kabul and the Iranian interior ministry did not.",
    ],
)
def test_different_agreements_and_short_forms_are_no_fault(tmp_path: Path, text: str):
    assert words(checked(tmp_path, text, "name-variants")) == []


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("نمایندهٔ او آی سی در کابل بود.", "او آی سی"),
        ("ادارهٔ آی‌او‌ام کمک کرد.", "آی‌او‌ام"),
        ("شرکت ا.ز.ت.م معدن را گرفت.", "ا.ز.ت.م"),
        ("بیمستک از کابل دعوت نکرد.", "بیمستک"),
        ("سازمان SCO در دوشنبه نشست.", "SCO"),
        ("د ایس سي او په غونډه کې کابل نه و.", "ایس سي او"),
        ("وشارك صندوق AHF بعشرة ملايين.", "AHF"),
    ],
)
def test_acronyms_in_arabic_script_must_be_expanded(tmp_path: Path, text: str, acronym: str):
    (one,) = checked(tmp_path, text, "acronym-unexpanded")
    assert one.finding.text == acronym


@pytest.mark.parametrize(
    "text",
    [
        "سازمان همکاری اسلامی (او آی سی) نشست کرد. نمایندهٔ او آی سی در کابل بود.",
        "سازمان همکاری شانگهای (SCO) نشست کرد و SCO بیانیه داد.",
        "بی‌بی‌سی و ناتو و UN گفتند.",
        "او ای برادر است و دی آمد.",
        "وقال مكتب تنسيق الشؤون الإنسانية (أوتشا) إن أوتشا باقية.",
    ],
)
def test_expanded_and_known_acronyms_are_no_fault(tmp_path: Path, text: str):
    assert words(checked(tmp_path, text, "acronym-unexpanded", "acronym-twice")) == []


def test_an_acronym_in_two_ways_says_both(tmp_path: Path):
    text = "The Afghan Justice Survey (AJS) is old.\n\nThe Afghan Judicial Survey (AJS) is new."
    (one,) = checked(tmp_path, text, "acronym-twice")
    assert "Afghan Justice Survey" in one.finding.message
    assert "Afghan Judicial Survey" in one.finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Baluchestan is dry. The roads of Balochistan are long.",
        "They flew to Türkiye. Turkey has asked for more.",
        "قال جوزاف عون ذلك. ثم سافر جوزيف عون.",
        "رئیس اتحادیه عبدالرحمن سپیدار بود. عبدالرحمان سپیدار رفت.",
        "به دره‌صوف رفتند. راه درهٔ دره صوف بسته است.",
        "He came from Kiev. Kyiv was dark.",
    ],
)
def test_one_name_in_two_spellings_is_found(tmp_path: Path, text: str):
    assert len(checked(tmp_path, text, "name-spellings")) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "Pakistan and the Pakistani minister, Armenia and Armenians, the Ministry and the Minister met.",
        "مجلس الأمن ومجالس الأمن المحلية اجتمعت.",
        "مليون دولار ثم ملايين دولار أخرى.",
        "وزیر خارجه و وزارت خارجه و وزرای خارجه.",
    ],
)
def test_words_of_one_root_are_no_two_spellings(tmp_path: Path, text: str):
    assert words(checked(tmp_path, text, "name-spellings")) == []


def test_one_british_word_in_an_american_text_is_found(tmp_path: Path):
    text = "The harbor is two kilometers long. The labor office has a color map and a theater.\n\nThe harbour silts up, and neighbours watch."
    assert set(words(checked(tmp_path, text, "name-spelling"))) == {"harbour", "neighbours"}


# ---- likelihood ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Russia will recognise the rulers of Kabul.",
        "بازرگانان راه چابهار را جایگزین کراچی خواهند ساخت.",
        "د ویزو نوبت به له منځه ولاړ شي.",
        "وسوف تنسحب باكستان من لجنة المسار.",
        "Onions are likely (60%) to cost less than 2,000 rupees a sack.",
    ],
)
def test_a_forecast_without_a_day_is_found_in_other_words(tmp_path: Path, text: str):
    assert len(checked(tmp_path, text, "forecast-open")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said that Russia will recognise the rulers of Kabul.",
        "Russia will recognise them by 30 June 2026.",
        "وزارت گفت که بازرگانان راه را جایگزین خواهند ساخت.",
        "وزارت وویل چې نوبت به له منځه ولاړ شي.",
        "وأعلن الجانبان أن اللجنة سوف تجتمع.",
    ],
)
def test_what_others_say_will_come_is_no_open_forecast(tmp_path: Path, text: str):
    assert words(checked(tmp_path, text, "forecast-open")) == []


def test_a_forecast_needs_what_decides_it_where_others_have_it(tmp_path: Path):
    first = "It is likely (70%) that the gate will open by 30 June 2026, as the customs register shows."
    second = "It is unlikely (25%) that the line will be doubled by 31 December 2026."
    (one,) = checked(tmp_path, f"{first}\n\n{second}\n", "forecast-open")
    assert one.finding.text == second
    assert checked(tmp_path, second, "forecast-open") == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("It is roughly even (70%) that it opens by June 2026.", "45 to 55"),
        ("بسیار بعید (۶۰٪) است که مرز تا جون ۲۰۲۶ باز شود.", "5 to 20"),
        ("من المستبعد جداً (٦٠٪) أن تفتح الحدود بحلول يونيو 2026.", "5 to 20"),
        ("ډېره ناشونې (۶۰٪) ده چې پوله د ۲۰۲۶ تر جون پرانیستل شي.", "5 to 20"),
        ("ډېر محتمل ده (۶۵ سلنه) چې بار به تر جون ۲۰۲۶ پورې ولېږدول شي.", "80 to 95"),
        ("A meeting before June 2026 is unlikely, at 10 per cent.", "20 to 45"),
        ("وعقد الاجتماع قبل يونيو 2026 مستبعد بنسبة 10 في المئة.", "20 to 45"),
    ],
)
def test_steps_are_known_in_their_other_forms(tmp_path: Path, text: str, right: str):
    (one,) = checked(tmp_path, text, "likelihood-number")
    assert right in one.finding.message


def test_a_negated_step_is_held_against_no_number(tmp_path: Path):
    text = "ومن غير المرجح (30 في المئة) أن يُفتح المعبر قبل يونيو 2026."
    assert checked(tmp_path, text, "likelihood-number") == []


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("د لارې تړل کلي وژلی شي، مړ کلی ځوانان لېږدولی شي او لېږد جرګه کمزورې کولی شي.", 1),
        ("والی می‌تواند جواز بدهد و شاروال می‌تواند آن را لغو کند. مردم می‌توانند بگذرند.", 0),
        ("روسیه می‌تواند احتمالاً پیشنهادی بدهد که ممکن است به بند برق بینجامد.", 1),
    ],
)
def test_what_one_is_able_to_do_is_a_chain_only_within_a_sentence(tmp_path: Path, text: str, n: int):
    assert len(checked(tmp_path, text, "likelihood-chain")) == n


ISSUED = "# Note\n\nPublished Friday, 6 November 2026\n\n"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The gate closed on 2 November (13 Aqrab).", "date-calendars"),
        ("دروازه در ۱۳ عقرب (۲ نومبر) بسته شد.", "date-calendars"),
        ("دروازه په ۱۴۰۵/۸/۱۴ وتړل شوه، چې له ۶ نومبر ۲۰۲۶ سره سمون خوري.", "date-calendars"),
        ("They met on Friday, 2 November.", "date-weekday"),
        ("دروازه له ۱۳ لړم (۴ نومبر) راهیسې، یعنې درې اوونۍ کېږي چې تړلې ده.", "date-span"),
        ("The line stood for three weeks, from 3–14 February 2026, and reopened.", "date-span"),
        (
            "They met on 10 March 2023, and six months later, in September 2025, signed a note (Faris 2025).",
            "date-span",
        ),
    ],
)
def test_days_without_a_year_and_spans_in_other_words_are_checked(tmp_path: Path, text: str, rule: str):
    assert len(checked(tmp_path, ISSUED + text, rule)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The gate closed on Monday, 2 November (11 Aqrab), and since then nothing passed.",
        "دروازه در ۱۱ عقرب (۲ نومبر) بسته شد. از آن روز تا امروز، چهار روز می‌گذرد.",
        "دروازه له ۱۲ لړم (۳ نومبر) راهیسې، یعنې درې ورځې کېږي چې تړلې ده.",
        "The treaty is of 13 March 1973. Since then fifty-three years have passed.",
        "این معاهده در ۱۳ مارچ ۱۹۷۳ امضا شد. از آن روز بیش از پنجاه و سه سال گذشته است.",
        "In 2020 they met on Friday, 2 November.",
    ],
)
def test_days_without_a_year_that_may_be_right_are_no_fault(tmp_path: Path, text: str):
    assert words(checked(tmp_path, ISSUED + text, "date-calendars", "date-weekday", "date-span")) == []


def test_a_condition_that_ends_a_forecast_is_its_deadline(tmp_path: Path):
    text = "The agreement is likely to hold for as long as Kabul needs parts that Moscow sells."
    assert checked(tmp_path, text, "forecast-open") == []


def test_many_hedges_are_one_habit_with_its_count(tmp_path: Path):
    text = "\n\n".join(
        f"The gate {verb} be closed in week {week}." for week in range(1, 6) for verb in ("may", "might")
    )
    (one,) = checked(tmp_path, text, "likelihood-hedge")
    assert "10 hedges" in one.finding.message
    assert len(one.other_lines) == 9


# ---- hostile texts ------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["ا" * 60_000, "12 May 2026 (1 Sawr 1405) " * 2_000, "The Accord " * 6_000, "بی سی " * 10_000]
)
def test_a_long_text_of_one_thing_is_read_in_seconds(tmp_path: Path, text: str):
    begin = time.process_time()
    checked(tmp_path, f"# Review\n\n3 March 2026\n\n{text}\n", "dates", "names", "likelihood", "letters")
    assert time.process_time() - begin < 8


# ---- what is no date, no name and no hedge -----------------------------------

NO_WRONG_DATES = [
    "In April 61 per cent of the boxes went on, and in May 44 per cent.",
    "Report 17/2026 follows resolution 63/2025 of the council.",
    "[1] Mill Union, Monthly Return, Sawr 1405, 27 June 2026, p. 3.",
    "[2] شرکت برق، «گزارش ماهانه، ثور ۱۴۰۵»، ۲۷ جون ۲۰۲۶.",
    "[3] شركة الكهرباء، «النشرة، 5 حمل 1405»، 2 مايو 2026.",
    "تر ۳۱ ډیسمبر ۲۰۲۶ پورې به پاتې وي.",
]


@pytest.mark.parametrize("text", NO_WRONG_DATES)
def test_numbers_of_reports_counts_and_dates_of_titles_are_no_wrong_dates(tmp_path: Path, text: str):
    assert words(checked(tmp_path, text, "dates")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was shut in 13/2025.",
        "They met on April 31 in Herat.",
        "Kabul, Sawr 1405 (27 October 2026).",
    ],
)
def test_days_and_months_that_are_none_are_found_beside_them(tmp_path: Path, text: str):
    assert len(checked(tmp_path, text, "dates")) == 1


NO_HEDGES = [
    'The agent said: "We may take them out any day, and perhaps we could have them by rail."',
    "The chair ruled that dates may be given in two calendars.",
    "The court had to say whether a former clerk could be sent back.",
    "The ministry counts entries; one person may be registered twice.",
    "None of this could be verified from the outside.",
    "In May use of the road fell.",
    "Olsen and Weber (2022) hold that it might have been the dam.",
    "The chair may be asked to write again.",
    "The lake shrank.\n\n## References\n\nOlsen, P. (2022) 'Might the Lake Return?', Letters.",
    "عضو می‌تواند به جلسه نیاید.",
    "Livestock may be driven over until autumn. The regulation names no end.",
    "Perhaps nobody knew why it was made, the clerk said.",
    "لا يمكن أن تعود الشاحنات بلا إذن.",
    "رئیس گفت: «شاید فردا بیاییم و ممکن است بمانیم».",
]


@pytest.mark.parametrize("text", NO_HEDGES)
def test_leave_questions_and_the_words_of_others_are_no_hedges(tmp_path: Path, text: str):
    assert words(checked(tmp_path, text, "likelihood-hedge")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The road may be shut again.",
        "The law may be changed.",
        "Under the decree prices may rise.",
        "Talks could be broken off.",
        "يمكن أن تعود الشاحنات.",
    ],
)
def test_the_same_words_are_hedges_where_the_author_says_them(tmp_path: Path, text: str):
    assert len(checked(tmp_path, text, "likelihood-hedge")) == 1


NO_NAMES = [
    "د اوبو رژیم د بندیزونو له رژیم سره ټکر نه کوي.",
    "رژیم تحریم‌ها سه بخش دارد. رژیم در این معنا اصطلاحی حقوقی است.",
    "د ګلاب په نامه دوه کلي دي.",
    "د غلې بیه لوړه شوه او غله ګدام ته ولاړه.",
    "The towns of Bokhtar and Bakhtar lie far apart.",
    "پروژهٔ کاسا–۱۰۰۰ ده سال دارد. دبیرخانهٔ کاسا خاموش است.",
    "The Taliban hold Kabul. In 2025 Russia recognised the Islamic Emirate.",
    "وصل الوزير من كابل وقابل الرئيس.",
    "قبضت الشرطة على لصوص السيارات.",
    "تکالیف دولت روشن است. هر کس تکلیف خود را می‌داند. حروف تازه را حریف نوشت.",
    "این رژیم سه بخش دارد. رژیم ویزه برداشته شد.",
    "The so-called “green lane” is the paper's word. The OHCHR (the rights office of the UN) did not count.",
    "TAPI, the Turkmenistan–Afghanistan–Pakistan–India pipeline, is not built; TAPI has no date.",
    "The corridor, INSTC for short, is long. INSTC has no date.",
    "MINUTES of the group on labour",
    "تنظيم «الدولة الإسلامية» (داعش) غائب. وتنظيم داعش ورد مرة.",
    "The Oxus Desk writes of the Amu Darya.",
    "In 1996 the Taliban took Kabul. Now the Islamic Emirate denies it.",
    "The Levies' barracks stand; the Levies left.",
    "عملاء المصرف كثيرون، وفتح العميل حسابًا. ونُقل الجرحى إلى مستشفى شهداء البلدة في ساحة الشهداء.",
    "«دفتر هماهنگی امور بشری» (اوچا) آمد. اوچا می‌گوید ۵۸.",
    "در سنجش‌ها معیار ICD ۲۰۳ و ISO 9001 به کار رفته است.",
    "د CASA-1000 لیکه د جدول برخه نه ده.",
    "در اعلامیه از «راه سبز برای همسایگان» (RSBH) نام برده شد. RSBH سه بند دارد.",
    "وقّعت الحكومة وقوات سوريا الديمقراطية (قسد) الاتفاق. وقالت قسد إنها باقية.",
    "دعت الأمم المتحدة إلى هدنة. وللأمم المتحدة مكتب هناك.",
    "كان بين الولايات المتحدة وحركة طالبان اتفاق في 29 فبراير 2020. والإمارة الإسلامية تنفي ذلك في 2026.",
    "تعمل وحدة المياه منذ عام. والنهر وحده لا يكفي.",
    "هو يصلح الجسر وذاك يسلح الحرس.",
    "الاتفاقية أو ملحقها ينشر غدًا. والمعاهدة أو نصها ينشر بعد غد.",
    "خبرنگاران ثبت‌شده آمدند و نام‌شان ثبت شده است.",
    "په سیمه کې اوبه نشته. د دوو ډلو نښته پای ته ورسېده.",
    "د لوري مشر راغی او بیې لوړې دي.",
    "تهران «حقابه» می‌نویسد و کابل «حق‌آبه». حقابه واژهٔ ماست.",
    "روزنامه نوشت: «الطريق مشترك والرسوم ليست مشتركة».",
]


@pytest.mark.parametrize("text", NO_NAMES)
def test_terms_inflections_and_words_that_only_look_alike_are_no_faults_of_names(tmp_path: Path, text: str):
    long = f"{text}\n\n" + "2026-06-01\n"
    assert words(checked(tmp_path, long, "names", "letters")) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("رژیم کابل این را نمی‌پذیرد. رژیم تحریم‌ها سه بخش دارد.", "name-loaded"),
        ("The so-called authorities left.", "name-loaded"),
        ("هاجم عملاء الاحتلال القرية.", "name-loaded"),
        ("TAPI, the long pipeline, is not built.", "acronym-unexpanded"),
        ("گزارش CASAB را نپذیرفتند.", "acronym-unexpanded"),
        ("قال أبو حمزة إنه عاد. ثم قال أبو حمزه إنه باق.", "name-spellings"),
        ("للطاقة الذرية مكتب. وقالت الوكالة للطاقه الذرية إنه أغلق.", "name-spellings"),
        ("وزارت معادن و پترولیم آمد. پترولیم و نفت. پطرولیم را بردند.", "name-spellings"),
        ("رئيس گفت كه كار تمام شد و مي‌آيد.", "letters-arabic"),
        ("شیرزاد خوجایف راغی. خاجایېف وویل.", "name-spellings"),
        ("قال وزير الخارجية أمير خان متقي هذا. ولم يتطرق متّكي إلى ذاك.", "name-spellings"),
        ("سازمان همکاری شانگهای (سهش) آمد. سازمان همکاری شانگهای (ساهش) رفت.", "acronym-twice"),
        ("برنامهٔ جهانی غذا (دبلیواف‌پی) آمد. پروگرام خوراک ملل متحد (دبلیواف‌پی) رفت.", "acronym-twice"),
        ("رسم نام‌ها: «دالر» نه «دلار».\n\nده میلیون دلار رسید.", "house-style"),
        ("د نومونو دود: «کندهار» لیکو.\n\nد قندهار خلک راغلل.", "house-style"),
        ("House style: “armed men”, never “terrorists”.\n\nTwo terrorists crossed.", "house-style"),
        ("ګوډاګیو ډزې وکړې.", "name-loaded"),
        ("گروه حاکم در افغانستان نیامد. طالبان آمدند.", "name-variants"),
    ],
)
def test_what_they_resemble_is_told(tmp_path: Path, text: str, rule: str):
    assert {one.finding.rule for one in checked(tmp_path, text, rule)} == {rule}


def test_a_title_that_asks_and_a_clause_of_a_list_are_no_forecasts(tmp_path: Path):
    text = (
        "How the capitals are likely to respond in the end\n\nWe hold:\n\n- that it will not take one;\n\n"
        "It is unlikely that they will meet by 1 July 2026, with a signed paper as the test. "
        "It is likely that Kabul will pay by 1 July 2026, as the bulletin shows.\n"
    )
    assert words(checked(tmp_path, text, "forecast-open")) == []
