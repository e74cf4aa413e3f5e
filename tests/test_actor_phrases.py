"""A name is found with the titles, adjectives and common nouns that the press writes beside it, and only then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rasad.actors.actors import ActorTable
from rasad.actors.matcher import Matcher
from rasad.actors.phrases import movements, readings
from rasad.actors.titles import title
from rasad.evaluate.actors import evaluate
from rasad.evaluate.labelled import read_labelled

TABLE = ActorTable.built_in()
MATCHER = Matcher(TABLE)
SECOND = Path(__file__).parent / "data" / "actors_second.csv"


@pytest.mark.parametrize(
    ("name", "lang", "on", "actor"),
    [
        ("Taliban insurgents", "en", date(2010, 5, 1), "TALIBAN"),
        ("ISKP militants", "en", date(2020, 5, 1), "ISKP"),
        ("Haqqani network fighters", "en", date(2012, 5, 1), "HAQQANI"),
        ("the interim Taliban government", "en", date(2022, 5, 1), "TALIBAN"),
        ("the Afghan government", "en", date(2012, 5, 1), "AFG"),
        ("Government of Pakistan", "en", date(2012, 5, 1), "PAK"),
        ("جنگجویان تحریک طالبان پاکستان", "prs", date(2020, 5, 1), "TTP"),
        ("نیروهای جبهه مقاومت ملی", "prs", date(2022, 5, 1), "NRF"),
        ("د طالبانو جنګیالي", "ps", date(2012, 5, 1), "TALIBAN"),
        ("د افغانستان حکومت", "ps", date(2012, 5, 1), "AFG"),
        ("مسلحو حركة طالبان باكستان", "ar", date(2014, 5, 1), "TTP"),
        ("تنظيم الدولة الإسلامية ولاية خراسان", "ar", date(2020, 5, 1), "ISKP"),
        ("الحكومة الأفغانية", "ar", date(2012, 5, 1), "AFG"),
        ("боевики «Талибана»", "ru", date(2010, 5, 1), "TALIBAN"),
        ("правительство талибов", "ru", date(2023, 5, 1), "TALIBAN"),
        ("российское правительство", "ru", date(2012, 5, 1), "RUS"),
    ],
)
def test_a_movement_or_a_state_is_meant_with_a_common_noun_beside_its_name(
    name: str, lang: str, on: date, actor: str
) -> None:
    assert MATCHER.resolve(name, lang, on).actor_id == actor


@pytest.mark.parametrize(
    ("name", "lang", "on", "actor"),
    [
        ("وزیراعظم عمران خان", "prs", date(2020, 5, 1), "IMRANKHAN"),
        ("وزیر اعظم عمران خان", "ps", date(2020, 5, 1), "IMRANKHAN"),
        ("صدراعظم عمران خان", "prs", date(2020, 5, 1), "IMRANKHAN"),
        ("رییس\u200cجمهور اشرف غنی", "prs", date(2018, 5, 1), "GHANI"),
        ("رییسجمهور غنی", "prs", date(2018, 5, 1), "GHANI"),
        ("رئيس جمهور غني", "ps", date(2018, 5, 1), "GHANI"),
        ("حامد کرزی رئیس جمهور پیشین افغانستان", "prs", date(2019, 5, 1), "KARZAI"),
        ("د پاکستان لومړی وزیر شهباز شریف", "ps", date(2022, 8, 30), "SSHARIF"),
        ("ولي العهد السعودي محمد بن سلمان", "ar", date(2020, 5, 1), "MBS"),
        ("ولي عهد أبو ظبي الشيخ محمد بن زايد", "ar", date(2018, 5, 1), "MBZ"),
        ("حمد بن جاسم آل ثاني", "ar", date(2010, 5, 1), "HBJ"),
        ("الأمير سلمان بن عبد العزيز", "ar", date(2013, 5, 1), "SALMAN"),
        ("الرئيس الأفغاني السابق حامد كرزاي", "ar", date(2019, 5, 1), "KARZAI"),
        ("Salman bin Abdulaziz", "en", date(2017, 5, 1), "SALMAN"),
        ("Abbas Araghchi, Iran's foreign minister", "en", date(2025, 5, 1), "ARAGHCHI"),
        ("Zamir Kabulov, Putin's special envoy", "en", date(2021, 3, 18), "KABULOV"),
        ("Qatar's Emir Sheikh Tamim bin Hamad", "en", date(2020, 5, 1), "TAMIM"),
        ("Deputy Foreign Minister Sher Mohammad Abbas Stanekzai", "en", date(2023, 5, 1), "SMASTANEKZAI"),
        (
            "US Special Representative for Afghanistan Reconciliation Zalmay Khalilzad",
            "en",
            date(2019, 5, 1),
            "KHALILZAD",
        ),
        ("экс-президент Афганистана Хамид Карзай", "ru", date(2018, 5, 1), "KARZAI"),
        ("глава МИД Саудовской Аравии Адель аль-Джубейр", "ru", date(2016, 8, 11), "JUBEIR"),
        ("министр иностранных дел движения «Талибан» Амир Хан Муттаки", "ru", date(2023, 5, 1), "MUTTAQI"),
    ],
)
def test_a_person_is_found_among_titles_states_and_adjectives(
    name: str, lang: str, on: date, actor: str
) -> None:
    assert MATCHER.resolve(name, lang, on).actor_id == actor


@pytest.mark.parametrize(
    ("name", "lang", "year"),
    [
        ("Jordan Peterson", "en", 2018),
        ("Chad Michael Murray", "en", 2018),
        ("India Arie", "en", 2008),
        ("Cuba Gooding Jr.", "en", 2008),
        ("Kenya Barris", "en", 2018),
        ("Prince Jordan of York", "en", 2018),
        ("King James Bible", "en", 2018),
        ("President Lavrov", "en", 2018),
        ("Foreign Minister Igor Lavrov", "en", 2018),
        ("special envoy of President Putin", "en", 2018),
        ("spokesman for President Karzai", "en", 2010),
        ("brother of President Hamid Karzai", "en", 2010),
        ("Hamid Karzai International Airport", "en", 2016),
        ("Putin's envoy", "en", 2018),
        ("Karzai government spokesman", "en", 2010),
        ("anti-Taliban fighters", "en", 2010),
        ("rebel fighters", "en", 2010),
        ("interim government", "en", 2010),
        ("the authorities", "en", 2010),
        ("Pakistani fighters", "en", 2010),
        ("Turkish movement", "en", 2010),
        ("Iran forces", "en", 2010),
        ("Minister of Culture of Iran", "en", 2010),
        ("Ambassador of Pakistan", "en", 2010),
        ("Sheikh Mohammed", "en", 2010),
        ("Prince Abdullah Street", "en", 2010),
        ("General Motors", "en", 2010),
        ("Secretary General", "en", 2010),
        ("former president", "en", 2010),
        ("Governor of Kandahar", "en", 2010),
        ("Major Putin Ivanov", "en", 2010),
        ("Deputy Foreign Minister Lavrov", "en", 2018),
        ("سخنگوی رئیس جمهور کرزی", "prs", 2010),
        ("مشاور اشرف غنی", "prs", 2018),
        ("نماینده ویژه پوتین", "prs", 2018),
        ("میدان هوایی حامد کرزی", "prs", 2018),
        ("نخست وزیر پاکستان", "prs", 2018),
        ("وزیر خارجه پاکستان", "prs", 2018),
        ("رئیس جمهور پیشین", "prs", 2018),
        ("امیر خان", "prs", 2018),
        ("گروه مسلح", "prs", 2018),
        ("جنگجویان پاکستانی", "prs", 2018),
        ("امور مالی", "prs", 2018),
        ("شاه محمود", "prs", 2012),
        ("د ولسمشر غني ویاند", "ps", 2018),
        ("د پاکستان لومړی وزیر", "ps", 2018),
        ("وسله وال", "ps", 2018),
        ("د طالبانو ضد ځواکونه", "ps", 2010),
        ("ملا محمد", "ps", 2010),
        ("المتحدث باسم الرئيس كرزاي", "ar", 2010),
        ("مستشار الرئيس بوتين", "ar", 2018),
        ("وزير الخارجية الباكستاني", "ar", 2018),
        ("الأمير محمد", "ar", 2018),
        ("الملك عبد العزيز", "ar", 2018),
        ("شارع الشيخ زايد بن خالد", "ar", 2018),
        ("المقاتلون الأفغان", "ar", 2010),
        ("مقاتلون", "ar", 2010),
        ("الأردني فيصل محمد", "ar", 2018),
        ("пресс-секретарь президента Путина", "ru", 2018),
        ("спецпредставитель Путина", "ru", 2018),
        ("помощник Лаврова", "ru", 2018),
        ("министр иностранных дел Пакистана", "ru", 2018),
        ("афганские боевики", "ru", 2018),
        ("движение", "ru", 2018),
        ("бывший президент", "ru", 2018),
        ("президент клуба Игорь Иванов", "ru", 2018),
        ("генерал Лебедь", "ru", 2002),
        ("шейх Мухаммед", "ru", 2012),
        ("глава МИД", "ru", 2012),
        ("режим", "ru", 2012),
        ("Georgia government agency", "en", 2018),
        ("Jordan River", "en", 2018),
        ("Turkey sandwiches", "en", 2018),
        ("unity government", "en", 2018),
        ("US forces", "en", 2018),
        ("Prince Salman bin Sultan", "en", 2018),
        ("King Hussein of Jordan", "en", 2018),
        ("Sheikh Zayed Road", "en", 2018),
        ("President Xi Jinping, Prime Minister Narendra Modi", "en", 2018),
        ("Pakistan group", "en", 2018),
        ("حكومة الوحدة الوطنية", "ar", 2018),
        ("جنبش سبز", "prs", 2018),
        ("режим прекращения огня", "ru", 2018),
        ("силы обороны", "ru", 2018),
        ("د پښتنو غورځنګ", "ps", 2018),
        ("الملك حسين", "ar", 2018),
        ("محمد الأردني", "ar", 2018),
    ],
)
def test_what_only_has_a_name_or_a_title_in_it_is_nobody(name: str, lang: str, year: int) -> None:
    assert MATCHER.resolve(name, lang, date(year, 5, 1)).actor_id == ""


def test_of_a_name_alone_nothing_is_taken_for_a_movement() -> None:
    assert list(movements(("taliban",))) == []
    assert list(movements(("fighters",))) == []


def test_after_a_title_that_asks_whose_it_is_no_name_is_read() -> None:
    words = ("adviser", "to", "president", "putin")
    read_off = readings(words, lambda _: False, lambda _: False, apart=None, turned=False)
    assert ("putin",) not in [reading.words for reading in read_off]


def test_a_title_is_one_however_it_is_spaced_and_whichever_ye_it_has() -> None:
    assert title(("رییسجمهور",)) == title(("رییس", "جمهور")) == title(("رئيس", "جمهور"))


def test_the_second_file_stays_as_right_as_the_page_says() -> None:
    report = evaluate(TABLE, read_labelled(SECOND))
    shares = (report.actor_accuracy, report.role_accuracy, report.unknown_accuracy)
    assert [round(share or 0, 3) for share in shares] == [0.989, 1.0, 1.0]
