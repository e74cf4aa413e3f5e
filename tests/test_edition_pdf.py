"""The PDF of each edition, read as somebody who copies from it does."""

from __future__ import annotations

import re
import unicodedata

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from copied import BIDI, copied, pdf_text, words
from example import Example
from rasad.languages import LANGUAGES

LEAST_SHARE = 0.90


@pytest.mark.parametrize("lang", LANGUAGES)
def test_copied_text_gives_back_the_words_of_the_edition(example: Example, lang: str) -> None:
    share, lost = copied(example.built / lang)
    assert share >= LEAST_SHARE, lost.most_common(20)


@pytest.mark.parametrize(
    ("lang", "name"), [("prs", "امارت اسلامی"), ("ps", "اسلامي امارت"), ("ar", "الإمارة الإسلامية")]
)
def test_the_name_of_the_emirate_can_be_found_in_a_pdf(example: Example, lang: str, name: str) -> None:
    text = " ".join(BIDI.sub(" ", unicodedata.normalize("NFKC", pdf_text(example.pdf(lang)))).split())
    assert text.count(unicodedata.normalize("NFKC", name)) >= 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pdf_is_tagged_and_names_its_language_and_title(example: Example, lang: str) -> None:
    document = pypdfium2.PdfDocument(example.pdf(lang))
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_value("Title") in example.page(lang)
    document.close()
    content = example.pdf(lang).read_bytes()
    expected = {"en": b"en", "prs": b"fa-AF", "ps": b"ps", "ar": b"ar"}[lang]
    assert b"/Lang (" + expected + b")" in content or b"(" + expected + b")" in content
    assert b"pdfuaid:part" in content


@pytest.mark.parametrize("lang", ["prs", "ps", "ar"])
def test_page_and_note_numbers_are_in_the_edition_s_digits(example: Example, lang: str) -> None:
    document = pypdfium2.PdfDocument(example.pdf(lang))
    digit = {"prs": "۲", "ps": "۲", "ar": "٢"}[lang]
    page = document[1]
    width, _ = page.get_size()
    foot = page.get_textpage().get_text_bounded(left=0, bottom=0, right=width, top=50)
    document.close()
    assert foot.strip() == digit


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_key_judgements_stand_on_the_first_page(example: Example, lang: str) -> None:
    document = pypdfium2.PdfDocument(example.pdf(lang))
    first = words(document[0].get_textpage().get_text_bounded())
    document.close()
    key = example.page(lang).split('class="box key-judgements"')[1].split("</div>")[0]
    judgements = words(re.sub(r"<[^>]+>", " ", key))
    assert sum((judgements & first).values()) >= 0.85 * sum(judgements.values())
