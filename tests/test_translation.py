"""Four editions that can't disagree: every paragraph translated, every mark carried over, every number computed."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest

from desks import (
    BODY,
    COUNTED,
    JUDGED,
    TITLE,
    build,
    copy_desk,
    line_of,
    make_desk,
    manuscript,
    page,
    rasad,
    refused,
    the_fault,
    tree,
    write_catalogue,
    write_issue,
)  # fmt: skip
from rasad.flow.draft import read_issue
from rasad.languages.likelihood import likelihoods
from rasad.settings import Desk
from rasad.store.store import Store

EASTERN = ("prs", "ps", "ar")

TITLES = {"prs": "رابطه در این هفته", "ps": "په دې اونۍ کې اړیکه", "ar": "العلاقة هذا الأسبوع"}
JUDGEMENTS = {
    "prs": '[این موافقتنامه تخنیکی است.]{.judgement #j1 confidence=low because="متن علنی نیست" evidence="C003"}',
    "ps": '[دا هوکړه‌لیک تخنیکي دی.]{.judgement #j1 confidence=low because="متن عام نه دی" evidence="C003"}',
    "ar": '[الاتفاق تقني.]{.judgement #j1 confidence=low because="النص غير معلن" evidence="C003"}',
}
COUNTS = {
    "prs": "در این سوابق []{.measure name=events unit=event} ثبت است.",
    "ps": "په دې ثبت کې []{.measure name=events unit=event} دي.",
    "ar": "وعدد ما في السجل: []{.measure name=events unit=event}.",
}


def texts(lang: str, **changed: str) -> dict[str, str]:
    """The translations of the small issue; ``counted`` and ``judged`` stand in for the right ones."""
    return {
        TITLE: changed.get("title", TITLES[lang]),
        JUDGED: changed.get("judged", JUDGEMENTS[lang]),
        COUNTED: changed.get("counted", COUNTS[lang]),
    }


def translated(root: Path, body: str = BODY) -> Path:
    desk = make_desk(root, issue=manuscript(body, languages="[en, prs, ps, ar]"))
    for lang in EASTERN:
        write_catalogue(desk, lang, texts(lang))
    return desk


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = translated(tmp_path_factory.mktemp("translation") / "desk")
    assert build(desk).code == 0
    return desk


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return translated(tmp_path_factory.mktemp("loaded") / "desk")


@pytest.fixture
def desk(loaded: Path, tmp_path: Path) -> Path:
    return copy_desk(loaded, tmp_path)


# ---- whole ------------------------------------------------------------------


def test_one_number_is_printed_in_the_words_and_digits_of_each_edition(built: Path):
    printed = {"en": "3 events", "prs": "۳ رویداد", "ps": "۳ پېښې", "ar": "٣ أحداث"}
    for lang, text in printed.items():
        assert text in page(built, lang)


def test_an_edition_that_nobody_signed_says_so_on_its_face(built: Path):
    assert "A person has not yet signed this edition" in page(built, "en")
    for lang in EASTERN:
        assert page(built, lang) != page(built, "en")
    assert "ترجمه" in page(built, "prs")
    assert "Reviewed by" not in page(built, "en")


# ---- not whole --------------------------------------------------------------


@pytest.mark.parametrize("lang", EASTERN)
def test_a_missing_catalogue_stops_the_build_with_the_way_out(desk: Path, lang: str):
    path = desk / "issues" / "1" / "translations" / f"{lang}.po"
    path.unlink()
    faults = refused(build(desk))
    assert str(path) in faults[0]
    assert "rasad translate" in faults[0]
    assert not (desk / "build").exists()


@pytest.mark.parametrize("lang", EASTERN)
def test_a_missing_paragraph_is_told_with_its_file_and_the_line_of_its_original(desk: Path, lang: str):
    path = write_catalogue(desk, lang, {key: text for key, text in texts(lang).items() if key != COUNTED})
    line = the_fault(build(desk))
    assert str(path) in line
    assert "The record holds" in line
    issue = (desk / "issues" / "1" / "issue.md").read_text("utf-8")
    assert f"issue.md line {line_of(issue, COUNTED)}" in line


def test_an_empty_translation_is_a_missing_one(desk: Path):
    write_catalogue(desk, "ps", texts("ps", counted="  "))
    assert "no 'ps' translation" in the_fault(build(desk))


def test_a_fuzzy_paragraph_is_not_printed(desk: Path):
    path = write_catalogue(desk, "prs", texts("prs"), fuzzy=[COUNTED])
    line = the_fault(build(desk))
    assert f"{path}:" in line
    assert "older than its original" in line


def test_a_paragraph_changed_in_english_waits_for_its_translators(desk: Path):
    changed = COUNTED.replace("The record holds", "The whole record holds")
    write_issue(desk, manuscript(f"{JUDGED}\n\n{changed}\n", languages="[en, prs, ps, ar]"))
    assert "rasad translate" in the_fault(build(desk))
    assert rasad("translate", "1", "--desk", desk).code == 0
    assert "older than its original" in the_fault(build(desk))
    catalogue = polib.pofile(str(desk / "issues" / "1" / "translations" / "prs.po"))
    (entry,) = [entry for entry in catalogue if entry.msgid == changed]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (COUNTS["prs"], True, COUNTED)


def test_updating_catalogues_twice_changes_nothing(desk: Path):
    rasad("translate", "1", "--desk", desk)
    before = tree(desk / "issues")
    assert rasad("translate", "1", "--desk", desk).code == 0
    assert tree(desk / "issues") == before


def test_no_translation_is_lost_when_its_paragraph_goes_and_comes_back(desk: Path):
    write_issue(desk, manuscript(JUDGED, languages="[en, prs, ps, ar]"))
    rasad("translate", "1", "--desk", desk)
    write_issue(desk, manuscript(languages="[en, prs, ps, ar]"))
    rasad("translate", "1", "--desk", desk)
    for lang in EASTERN:
        catalogue = polib.pofile(str(desk / "issues" / "1" / "translations" / f"{lang}.po"))
        (entry,) = [e for e in catalogue if e.msgid == COUNTED]
        assert (entry.msgstr, entry.obsolete) == (COUNTS[lang], False)


@pytest.mark.parametrize("garbage", [b"msgid broken", b"\xff\xfe\x00", b'msgid "x"\nmsgstr'])
def test_a_catalogue_that_is_none_is_told(desk: Path, garbage: bytes):
    path = desk / "issues" / "1" / "translations" / "ar.po"
    path.write_bytes(garbage)
    assert str(path) in refused(build(desk))[0]


# ---- marks ------------------------------------------------------------------

MARK = "[]{.measure name=events unit=event}"
TAMPERED = {
    "a mark dropped": ("counted", MARK, "", "lacks the measure"),
    "a mark doubled": ("counted", MARK, f"{MARK} {MARK}", "adds the measure"),
    "another mark": ("counted", "name=events", "name=bearing", "measure"),
    "another filter": ("counted", "name=events", "name=events rung=D", "measure"),
    "words in its brackets": ("counted", "[]{.measure", "[x]{.measure", "measure"),
    "a citation added": ("counted", MARK, f"{MARK} [@event:C001]", "adds the citation"),
    "a link added": ("counted", MARK, f"{MARK} [x](https://elsewhere.example)", "adds the link"),
    "another confidence": ("judged", "confidence=low", "confidence=high", "confidence"),
    "other evidence": ("judged", 'evidence="C003"', 'evidence="C001"', "j1"),
    "another name for a judgement": ("judged", "#j1", "#j2", "j2"),
    "a likelihood of its own": ("judged", "confidence=low", "confidence=low likelihood=likely", "j1"),
}


@pytest.mark.parametrize("lang", EASTERN)
@pytest.mark.parametrize("what", TAMPERED)
def test_a_translation_that_differs_in_its_marks_stops_the_build(desk: Path, lang: str, what: str):
    paragraph, old, new, told = TAMPERED[what]
    right = {"counted": COUNTS, "judged": JUDGEMENTS}[paragraph][lang]
    assert old in right
    path = write_catalogue(desk, lang, texts(lang, **{paragraph: right.replace(old, new)}))
    faults = refused(build(desk))
    assert any(told in fault and str(path) in fault for fault in faults), faults


@pytest.mark.parametrize("lang", EASTERN)
def test_a_judgement_whose_mark_the_translation_dropped_stops_the_build(desk: Path, lang: str):
    words = JUDGEMENTS[lang][1:].split("]")[0]
    write_catalogue(desk, lang, texts(lang, judged=words))
    assert "lacks the judgement 'j1'" in the_fault(build(desk))


# ---- numbers and words typed by hand ----------------------------------------

TYPED = [
    *(
        ("en", text)
        for text in ("72", "۷۲", "٧٢", "1,200", "3.5", "seventeen", "twenty-two", "Dozens of", "½")
    ),
    *(("en", text) for text in ("rose", "Most", "has fallen", "doubled", "a majority")),
    *(
        ("prs", text)
        for text in ("72", "۷۲", "٧٢", "پنج", "بیست", "صدها", "افزایش", "اکثریت", "بیشترین", "۷۲٫۵")
    ),
    *(
        ("ps", text)
        for text in ("72", "۷۲", "٧٢", "پنځه", "شل", "سلګونه", "زیاتوالی", "اکثریت", "تر ټولو ډېر")
    ),
    *(
        ("ar", text)
        for text in ("72", "۷۲", "٧٢", "خمسة", "عشرين", "مئات", "ارتفع", "معظم", "والأغلبية", "وثلاثون")
    ),
]


@pytest.mark.parametrize(("lang", "typed"), TYPED)
def test_a_number_or_a_word_of_direction_typed_by_hand_stops_the_build(desk: Path, lang: str, typed: str):
    if lang == "en":
        write_issue(desk, manuscript(f"{BODY}\nThe record, {typed} of it, is thin."))
    else:
        write_catalogue(desk, lang, texts(lang, counted=f"{COUNTS[lang]} ({typed})"))
    faults = refused(build(desk))
    assert any("by hand" in fault for fault in faults), faults


HIDDEN = {
    "a heading": "# Of 72 events\n",
    "a list": "- Of 72 events\n",
    "a table": "| a | b |\n|---|---|\n| x | 72 |\n",
    "a note": "A note.[^n]\n\n[^n]: Of 72 events.\n",
    "a caption": "::: {.figure #fig-a chart=timeline}\nOf 72 events.\n:::\n",
    "a quotation block": "> Of 72 events.\n",
    "bold": "Of **72** events.\n",
    "a link": "See [72 events](https://a.example).\n",
    "code": "Of `72` events.\n",
    "a reason": '[It holds.]{.judgement #j2 confidence=low because="of 72 events" evidence="C001"}\n',
    "a claim": '[Of 72 events.]{.fact #k1 evidence="C001"}\n',
    "words on a measure": 'There were [72 events]{.measure name=events is=">0"}.\n',
    "a count that looks like a year": "Of 2,024 events and of 1400.5 tonnes.\n",
}


@pytest.mark.parametrize("where", HIDDEN)
def test_a_number_typed_by_hand_is_found_wherever_a_reader_sees_it(desk: Path, where: str):
    write_issue(desk, manuscript(f"{BODY}\n{HIDDEN[where]}"))
    assert any("is typed by hand" in fault for fault in refused(build(desk)))


def test_words_on_a_measure_can_be_words_of_direction_but_no_number(desk: Path):
    write_issue(desk, manuscript(f'{BODY}\nThe record [grew]{{.measure name=events is=">2"}}.'))
    assert build(desk).code == 0
    for typed in ("grew by 500", "grew fivefold to ۵۰۰", "twelve"):
        write_issue(desk, manuscript(f'{BODY}\nThe record [{typed}]{{.measure name=events is=">2"}}.'))
        assert any("by hand" in fault for fault in refused(build(desk)))


@pytest.mark.parametrize("title", ["72 events in a year", "Twelve steps", "Trade doubled"])
def test_the_title_has_no_number_typed_by_hand(desk: Path, title: str):
    write_issue(desk, manuscript(title=f'"{title}"'))
    assert any("by hand" in fault for fault in refused(build(desk)))


def test_a_translated_title_has_no_number_typed_by_hand(desk: Path):
    write_catalogue(desk, "prs", texts("prs", title="۷۲ رویداد"))
    assert any("by hand" in fault for fault in refused(build(desk)))


def test_the_question_has_no_number_typed_by_hand(desk: Path):
    write_issue(desk, manuscript(question='"What do 72 events say?"'))
    assert any("by hand" in fault for fault in refused(build(desk)))


def test_dates_citations_and_quotations_may_hold_digits(desk: Path):
    body = (
        "On 27 May 2026, on 2025-07-03 and in 2024 they met [@event:C001].\n\n"
        "Resolution [2593]{.verbatim} stands, signed on []{.date day=2026-05-27}."
    )
    write_issue(desk, manuscript(f"{BODY}\n{body}"))
    assert build(desk).code == 0


# ---- words of likelihood ----------------------------------------------------

ORIGINAL = (
    "[It is likely that it holds.]{.judgement #j1 likelihood=likely confidence=low "
    'because="the text is not public" evidence="C003"}'
)
HOLDS = {"prs": "که برقرار بماند", "ps": "چې پاتې شي", "ar": "أن يستمر"}


def likely(lang: str, word: str) -> str:
    return ORIGINAL.replace("It is likely that it holds", f"{word} {HOLDS[lang]}").replace(
        "the text is not public", "x"
    )


def with_judgement(desk: Path, lang: str, words: str) -> None:
    write_issue(desk, manuscript(ORIGINAL, languages=f"[en, {lang}]"))
    write_catalogue(desk, lang, {TITLE: TITLES[lang], ORIGINAL: words})


@pytest.mark.parametrize("lang", EASTERN)
def test_every_form_of_the_right_word_of_likelihood_passes(desk: Path, lang: str):
    for word in likelihoods()["likely"].words[lang]:
        with_judgement(desk, lang, likely(lang, word))
        (desk / "issues" / "1" / "issue.md").touch()
        said = rasad("sign", "1", lang, "--by", "A. Reader", "--desk", desk)
        assert said.code == 0, said.err
    assert build(desk).code == 0


@pytest.mark.parametrize("lang", EASTERN)
@pytest.mark.parametrize("step", [step for step in likelihoods() if step != "likely"])
def test_a_word_of_likelihood_that_disagrees_with_its_mark_stops_the_build(desk: Path, lang: str, step: str):
    for word in likelihoods()[step].words[lang]:
        with_judgement(desk, lang, likely(lang, word))
        line = the_fault(build(desk))
        assert "'j1' is marked likely" in line
        assert step in line


@pytest.mark.parametrize("lang", EASTERN)
def test_a_translation_that_leaves_the_likelihood_out_stops_the_build(desk: Path, lang: str):
    with_judgement(desk, lang, likely(lang, "…"))
    assert "does not say it" in the_fault(build(desk))


@pytest.mark.parametrize(
    "sentence",
    [
        "It is unlikely that it holds.",
        "It is very likely that it holds.",
        "It holds.",
        "It is likely, or unlikely.",
    ],
)
def test_an_english_sentence_that_disagrees_with_its_mark_stops_the_build(desk: Path, sentence: str):
    write_issue(desk, manuscript(ORIGINAL.replace("It is likely that it holds.", sentence)))
    assert "'j1' is marked likely" in the_fault(build(desk))


def test_a_likelihood_said_but_not_marked_stops_the_build(desk: Path):
    write_issue(desk, manuscript(ORIGINAL.replace(" likelihood=likely", "")))
    assert "Add likelihood=likely" in the_fault(build(desk))


# ---- signatures -------------------------------------------------------------


def sign(desk: Path, lang: str, by: str = "Laila Noorzai") -> None:
    said = rasad("sign", "1", lang, "--by", by, "--on", "2026-06-05", "--desk", desk)
    assert said.code == 0, said.err


def test_a_signed_edition_shows_who_reviewed_it_and_the_others_do_not(desk: Path):
    sign(desk, "prs", "Dr. <b>Laila</b> Noorzai")
    assert build(desk).code == 0
    assert "Dr. &lt;b&gt;Laila&lt;/b&gt; Noorzai" in page(desk, "prs")
    assert "۲۰۲۶" in page(desk, "prs")
    for lang in ("en", "ps", "ar"):
        assert "Laila" not in page(desk, lang)


@pytest.mark.parametrize("lang", ["en", "ps"])
def test_any_later_change_of_its_text_voids_a_signature(desk: Path, lang: str):
    sign(desk, lang)
    if lang == "en":
        write_issue(desk, manuscript(BODY.replace("is technical", "is purely technical")))
    else:
        write_catalogue(desk, lang, texts(lang, counted=f"نن {COUNTS[lang]}"))
    assert build(desk).code == 0
    assert "Laila" not in page(desk, lang)


CHANGES = {
    "the title": (TITLE, "Another title"),
    "a paragraph taken out": (COUNTED, ""),
    "a paragraph said twice": (COUNTED, f"{COUNTED}\n\n{COUNTED}"),
    "paragraphs the other way round": (BODY, f"{COUNTED}\n\n{JUDGED}\n"),
    "the evidence": ('evidence="C003"', 'evidence="C001"'),
    "the confidence": ("confidence=low", "confidence=high"),
    "what is measured": ("name=events unit=event", "name=bearing unit=event"),
    "the findings of a recommendation": ('findings="j1"', 'findings="j1 k1"'),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_signature_does_not_outlive_a_change_of(desk: Path, what: str):
    old, new = CHANGES[what]
    blocks = (
        '\n[They met.]{.fact #k1 evidence="C001"}\n\n::: {.recommendation #r1 findings="j1"}\nWait.\n:::\n'
    )
    text = manuscript(BODY + blocks)
    assert old in text
    write_issue(desk, text)
    sign(desk, "en")
    assert signed(desk) == "Laila Noorzai"
    write_issue(desk, text.replace(old, new))
    assert signed(desk) == ""


def signed(desk: Path) -> str:
    """Who stands for the English edition, without setting it."""
    events = Store(desk / ".rasad" / "store").events()
    return read_issue(Desk(desk), 1, events).reviews["en"].by


def test_a_change_in_one_edition_keeps_the_signatures_of_the_others(desk: Path):
    for lang in ("prs", "ar"):
        sign(desk, lang)
    write_catalogue(desk, "ar", texts("ar", title="علاقة الأسبوع"))
    assert build(desk).code == 0
    assert "Laila" in page(desk, "prs")
    assert "Laila" not in page(desk, "ar")


@pytest.mark.parametrize("by", ["", "   ", "\n"])
def test_nobody_is_no_signature(desk: Path, by: str):
    said = rasad("sign", "1", "prs", "--by", by, "--desk", desk)
    assert said.code == 2
    assert "Signed" not in said.out


def test_an_edition_that_is_not_whole_cannot_be_signed(desk: Path):
    write_catalogue(desk, "ps", {TITLE: TITLES["ps"]})
    assert all(
        "ps.po" in line for line in refused(rasad("sign", "1", "ps", "--by", "A. Reader", "--desk", desk))
    )
    assert not (desk / "issues" / "1" / "signatures.json").exists()


def test_only_an_edition_of_the_issue_can_be_signed(desk: Path):
    assert "Did you mean 'prs'?" in the_fault(rasad("sign", "1", "pr", "--by", "A. Reader", "--desk", desk))
    assert "no issue 2" in the_fault(rasad("sign", "2", "prs", "--by", "A. Reader", "--desk", desk))


@pytest.mark.parametrize(
    "garbage", ["", "[]", '{"en": 1}', '{"en": {"by": "x"}}', '{"en": {"by": "x", "on": "soon"}}']
)
def test_signatures_that_cannot_be_read_are_told(desk: Path, garbage: str):
    path = desk / "issues" / "1" / "signatures.json"
    path.write_text(garbage, "utf-8")
    line = the_fault(build(desk))
    assert str(path) in line
    assert "rasad sign" in line


def test_a_signature_written_for_other_words_does_not_hold(desk: Path):
    signature = {"en": {"by": "Laila", "on": "2026-06-05", "text": "0" * 64}}
    (desk / "issues" / "1" / "signatures.json").write_text(json.dumps(signature), "utf-8")
    assert build(desk).code == 0
    assert "Laila" not in page(desk, "en")
