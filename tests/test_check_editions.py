"""`rasad check --editions`: passages, names and their order in four languages of one text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rasad.check.edition_names import consonants
from rasad.cli.check import command

TEXT = {
    "en": [
        "# Talks",
        "Rafael Grossi came to Tehran with 12 inspectors.",
        "Trade fell by 3.2 billion dollars in 2025.",
        "Pakistan sent 40 lorries to Kandahar.",
        "Kuwait lent 7 million.",
    ],
    "prs": [
        "# گفتگوها",
        "رافائل گروسی با ۱۲ بازرس به تهران آمد.",
        "تجارت در ۲۰۲۵ به اندازهٔ ۳٫۲ میلیارد دالر کم شد.",
        "پاکستان ۴۰ لاری به کندهار فرستاد.",
        "کویت ۷ میلیون قرض داد.",
    ],
    "ps": [
        "# خبرې",
        "رافایل ګروسي له ۱۲ پلټونکو سره تهران ته راغی.",
        "سوداګري په ۲۰۲۵ کې ۳٫۲ میلیارده ډالر راټیټه شوه.",
        "پاکستان ۴۰ لارۍ کندهار ته ولېږلې.",
        "کویت ۷ میلیونه پور ورکړ.",
    ],
    "ar": [
        "# محادثات",
        "وصل رافائيل غروسي إلى طهران مع ١٢ مفتشا.",
        "انخفضت التجارة ٣٫٢ مليار دولار في ٢٠٢٥.",
        "أرسلت باكستان ٤٠ شاحنة إلى قندهار.",
        "أقرضت الكويت ٧ ملايين.",
    ],
}


def findings(folder: Path, text: dict[str, list[str]]) -> list[dict[str, Any]]:
    paths = []
    for lang, passages in text.items():
        paths.append(folder / f"week.{lang}.md")
        paths[-1].write_text("\n\n".join(passages) + "\n", "utf-8")
    arguments = ["--editions", "--json", "--no-desk", "--select", "editions", *map(str, paths)]
    found: list[dict[str, Any]] = json.loads(CliRunner().invoke(command, arguments).stdout)
    return found


def changed(lang: str, at: int, old: str, new: str) -> dict[str, list[str]]:
    assert old in TEXT[lang][at]
    return {
        one: [words.replace(old, new) if (one, n) == (lang, at) else words for n, words in enumerate(text)]
        for one, text in TEXT.items()
    }


def test_four_editions_that_say_the_same_have_no_difference(tmp_path: Path) -> None:
    assert findings(tmp_path, TEXT) == []


@pytest.mark.parametrize(
    ("lang", "at", "names", "says"),
    [
        ("prs", 1, ("گروسی", "کمالوندی"), "Rafael Grossi"),
        ("ar", 1, ("غروسي", "مندوب"), "Rafael Grossi"),
        ("ar", 4, ("الكويت", "قطر"), "الكويت"),
        ("ps", 3, ("پاکستان", "ایران"), "پاکستان"),
    ],
)
def test_a_name_that_one_edition_has_otherwise_is_told_there(
    tmp_path: Path, lang: str, at: int, names: tuple[str, str], says: str
) -> None:
    (found,) = findings(tmp_path, changed(lang, at, *names))
    assert found["rule"] == "edition-name"
    assert found["file"].endswith(f"week.{lang}.md")
    assert found["line"] == 2 * at + 1
    assert says in found["message"]


@pytest.mark.parametrize("lang", ["en", "prs", "ps", "ar"])
def test_two_paragraphs_that_changed_places_are_one_finding_in_their_edition(
    tmp_path: Path, lang: str
) -> None:
    one, two = TEXT[lang][2:4]
    text = TEXT | {lang: [*TEXT[lang][:2], two, one, TEXT[lang][4]]}
    (found,) = findings(tmp_path, text)
    assert found["rule"] == "edition-order"
    assert found["file"].endswith(f"week.{lang}.md")
    assert found["line"] in (5, 7)


@pytest.mark.parametrize("lang", ["en", "prs", "ps", "ar"])
def test_a_paragraph_that_one_edition_lacks_is_told_there(tmp_path: Path, lang: str) -> None:
    text = TEXT | {lang: [*TEXT[lang][:2], *TEXT[lang][3:]]}
    (found,) = findings(tmp_path, text)
    assert (found["rule"], found["line"]) == ("edition-missing", 3)
    assert found["file"].endswith(f"week.{lang}.md")


@pytest.mark.parametrize("lang", ["en", "prs", "ps", "ar"])
def test_a_paragraph_that_only_one_edition_has_is_told_there(tmp_path: Path, lang: str) -> None:
    more = {
        "en": "A rumour of 99 tanks.",
        "prs": "آوازهٔ ۹۹ تانک.",
        "ps": "د ۹۹ ټانکونو آوازه.",
        "ar": "شائعة عن ٩٩ دبابة.",
    }
    text = TEXT | {lang: [*TEXT[lang][:3], more[lang], *TEXT[lang][3:]]}
    (found,) = findings(tmp_path, text)
    assert (found["rule"], found["line"]) == ("edition-extra", 7)
    assert found["file"].endswith(f"week.{lang}.md")


def test_a_name_has_the_same_consonants_in_both_scripts() -> None:
    for latin, *others in (
        ("Kandahar", "کندهار", "قندهار"),
        ("Muttaqi", "متقی"),
        ("Bashir", "البشير", "بشیر"),
        ("Qatar", "قطر"),
    ):
        assert {consonants(other) for other in others} == {consonants(latin)}
