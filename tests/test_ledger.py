"""The ledger of an issue: its sentences, what they rest on, and what of it a reader should look at."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

import rasad as api
from copied import BIDI, pdf_text
from desks import (
    build,
    copy_desk,
    law,
    make_desk,
    manuscript,
    page,
    rasad,
    refused,
    row,
    the_fault,
    write_catalogue,
    write_issue,
)
from example import ROOT, Example
from rasad.actors.actors import ActorTable
from rasad.errors import Place
from rasad.issues.alignment import align
from rasad.issues.sentences import sentences
from rasad.languages import LANGUAGES
from rasad.model.issue import Citation, Inline, MeasureMark, Strong, Text, plain_text
from rasad.model.outlet import outlets

SCHEMA = json.loads((ROOT / "docs" / "ledger.schema.json").read_text("utf-8"))
AT = Place(Path("issue.md"), 1)
JUDGED = (
    '[The deal is technical.]{.judgement #j1 confidence=low because="the text is secret" evidence="C003"}'
)


def ledger(desk: Path) -> dict:
    said = rasad("ledger", "1", "--json", "--desk", desk)
    assert said.code in (0, 1), said.err
    return json.loads(said.out)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("ledger") / "desk")


@pytest.fixture
def desk(loaded: Path, tmp_path: Path) -> Path:
    return copy_desk(loaded, tmp_path)


def desk_of(desk: Path, body: str, **front: str) -> Path:
    write_issue(desk, manuscript(body, **front))
    return desk


def kinds(told: dict) -> dict[str, str]:
    """The kind of each sentence by its English words."""
    listed = {claim["sentence"]["en"]: claim["kind"] for claim in told["claims"]}
    return listed | {one["sentence"]["en"]: "prose" for one in told["prose"]}


# ---- sentences --------------------------------------------------------------


def cut(*inlines: Inline) -> list[str]:
    return [plain_text(one.parts).strip() for one in sentences(tuple(inlines))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. envoy left. He did not return.", ["The U.S. envoy left.", "He did not return."]),
        ("Gen. Fazl came. So did Mr. Ali.", ["Gen. Fazl came.", "So did Mr. Ali."]),
        ("Who gains? Nobody! It holds.", ["Who gains?", "Nobody!", "It holds."]),
        ("He said “we will go.” Then he left.", ["He said “we will go.”", "Then he left."]),
        ("متن منتشر نشد. چرا؟ معلوم نیست.", ["متن منتشر نشد.", "چرا؟", "معلوم نیست."]),
        ("تړون لاسلیک شو. متن یې خپور نه شو.", ["تړون لاسلیک شو.", "متن یې خپور نه شو."]),
        ("وُقّع الاتفاق. لماذا؟ لا نعرف.", ["وُقّع الاتفاق.", "لماذا؟", "لا نعرف."]),
        ("در سال ۱۴۰۵ هـ.ش. امضا شد.", ["در سال ۱۴۰۵ هـ.ش. امضا شد."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_say(text: str, expected: list[str]):
    assert cut(Text(text)) == expected


def test_a_citation_behind_a_full_stop_belongs_to_what_it_follows():
    cited = Citation(("event:C001",), AT)
    first, second = sentences((Text("They met. "), cited, Text(" They left."), cited))
    assert first.citations == (cited,)
    assert second.citations == (cited,)


@law
@given(st.lists(st.text("aZ. ?!؟»”م1", max_size=12), max_size=8))
def test_no_letter_is_lost_or_moved_where_sentences_are_cut(texts: list[str]):
    cited = Citation(("event:C001",), AT)
    inlines = [one for text in texts for one in (Strong((Text(text),)), cited)]
    cut_up = sentences(tuple(inlines))
    letters = [letter for one in cut_up for letter in plain_text(one.parts) if letter.isalnum()]
    assert letters == [letter for text in texts for letter in text if letter.isalnum()]
    if letters:
        assert sum(len(one.citations) for one in cut_up) == len(texts)


def test_a_number_in_bold_makes_a_measure_and_a_citation_behind_a_claim_is_its_evidence(desk: Path):
    body = (
        "**The record holds []{.measure name=events unit=event}.**\n\n"
        "[They met.]{.fact #k1 evidence=C003} [@event:C001]\n"
    )
    measured, met = ledger(desk_of(desk, body))["claims"]
    assert (measured["kind"], measured["evidence"]["measures"]) == ("measure", ["m1"])
    assert [event["id"] for event in met["evidence"]["events"]] == ["C003", "C001"]


def test_a_long_paragraph_is_cut_in_no_time():
    from time import perf_counter

    begun = perf_counter()
    assert len(sentences((Text("Aa bb. " * 40_000),))) == 40_000
    assert perf_counter() - begun < 5


def test_joined_and_parted_sentences_are_aligned_by_what_they_hold():
    number = MeasureMark((("name", "events"),), (), AT)
    english = sentences((Text("It began. The record holds "), number, Text(". That is few. We say no more.")))
    dari = sentences((Text("آغاز شد و سابقه "), number, Text(" دارد. این کم است، و بیشتر نمی‌گوییم.")))
    told = [[plain_text(one.parts).strip() for one in own] for own in align(english, dari)]
    assert told == [
        ["آغاز شد و سابقه  دارد."],
        ["آغاز شد و سابقه  دارد."],
        ["این کم است، و بیشتر نمی‌گوییم."],
        ["این کم است، و بیشتر نمی‌گوییم."],
    ]


def test_every_sentence_is_of_one_kind(desk: Path):
    desk = desk_of(
        desk,
        "# Part {#part}\n\n"
        f"{JUDGED} However, the ministers met [@event:C003]. The record holds []{{.measure name=events unit=event}}. "
        "Nobody explained why.\n\n"
        "[They signed [@event:C003].]{.fact #k1}\n\n"
        "[It is likely that they meet by []{.date day=2026-12-31}.]{.forecast #f1 likelihood=likely by=2026-12-31 "
        'confidence=low because="they said so" evidence=C003}\n\n'
        '::: {.recommendation #r1 findings="j1"}\n**To all:** ask for the text. Then wait.\n:::\n',
    )
    assert kinds(ledger(desk)) == {
        "The deal is technical.": "judgement",
        "However, the ministers met.": "fact",
        "The record holds 3 events.": "measure",
        "Nobody explained why.": "prose",
        "They signed.": "fact",
        "It is likely that they meet by 31 December 2026 (10 Jadi 1405).": "forecast",
        "To all: ask for the text. Then wait.": "recommendation",
    }


def test_headings_and_labels_of_rows_are_no_sentences(desk: Path):
    desk = desk_of(desk, "# The drivers\n\n| Actor | Gain |\n|---|---|\n| Kabul | A patron. |\n")
    assert kinds(ledger(desk)) == {"A patron.": "prose"}


def test_the_id_of_a_sentence_stays_when_its_number_changes_and_goes_with_its_words(desk: Path):
    body = "It grew. The record holds []{.measure name=events unit=event}.\n"
    desk = desk_of(desk, body)
    (before,) = ledger(desk)["claims"]
    chronology = desk / "chronology.csv"
    chronology.write_text(
        chronology.read_text("utf-8").replace("C001,2025-07-03,,,RUS,AFG", "C001,2025-07-03,,,RUS,PAK"),
        "utf-8",
    )
    write_issue(desk, manuscript(f"A new beginning.\n\n{body}"))
    (after,) = ledger(desk)["claims"]
    assert before["sentence"]["en"] != after["sentence"]["en"]
    assert before["id"] == after["id"]
    write_issue(desk, manuscript(body.replace("holds", "has")))
    assert ledger(desk)["claims"][0]["id"] != before["id"]


# ---- what would change our mind ---------------------------------------------

UNLESS = '[The deal is technical.]{.judgement #j1 confidence=low because="the text is secret" unless="the text names arms" evidence="C003"}'


def test_what_would_change_our_mind_stands_on_the_card_in_each_language(desk: Path):
    desk = desk_of(desk, UNLESS, languages="[en, prs]")
    own = (
        '[این موافقتنامه تخنیکی است.]{.judgement #j1 because="متن پنهان است" unless="متن از اسلحه نام ببرد"}'
    )
    write_catalogue(desk, "prs", {"The relation this week": "رابطه در این هفته", UNLESS: own})
    assert build(desk).code == 0
    assert "What would change our mind" in page(desk)
    assert "the text names arms" in page(desk)
    assert "متن از اسلحه نام ببرد" in page(desk, "prs")
    assert "the text names arms" not in page(desk, "prs")
    (claim,) = json.loads((desk / "build" / "1" / "ledger.json").read_text("utf-8"))["claims"]
    assert claim["unless"] == {"en": "the text names arms", "prs": "متن از اسلحه نام ببرد"}


def test_a_translation_without_its_own_unless_is_refused(desk: Path):
    desk = desk_of(desk, UNLESS, languages="[en, prs]")
    own = '[این موافقتنامه تخنیکی است.]{.judgement #j1 because="متن پنهان است"}'
    write_catalogue(desk, "prs", {"The relation this week": "رابطه در این هفته", UNLESS: own})
    assert any("unless=" in line for line in refused(build(desk)))


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (UNLESS.replace("names arms", "names 40 tanks"), "the number '40' is typed by hand"),
        (JUDGED.replace("evidence=", 'about="j7" evidence='), "about 'j7', which is no claim"),
        (JUDGED.replace("evidence=", 'about="j1" evidence='), "about 'j1', which is itself"),
        ('[They met.]{.fact #k1 unless="no" evidence=C003}', "has no 'unless='"),
        ("[A heading's id.]{.fact #se_0123456789abcdef evidence=C003}", "pages need themselves"),
    ],
)
def test_a_mark_that_can_not_stand_is_told_in_one_line(desk: Path, mark: str, told: str):
    assert told in the_fault(build(desk_of(desk, mark)))


def test_a_claim_names_what_follows_from_it(desk: Path):
    forecast = (
        "[It is likely that they meet by []{.date day=2026-12-31}.]{.forecast #f1 likelihood=likely by=2026-12-31 "
        'confidence=low because="they said so" about=j1 evidence=C003}'
    )
    advice = '::: {.recommendation #r1 findings="j1 f1"}\nAsk.\n:::'
    told = {
        one["id"]: one for one in ledger(desk_of(desk, f"{JUDGED}\n\n{forecast}\n\n{advice}\n"))["claims"]
    }
    assert told["j1"]["forecasts"] == ["f1"]
    assert told["j1"]["recommendations"] == ["r1"]
    assert told["f1"]["about"] == ["j1"]
    assert told["r1"]["findings"] == ["j1", "f1"]


# ---- coverage ---------------------------------------------------------------


def test_a_claim_without_evidence_is_found_and_the_command_ends_with_one(desk: Path):
    bare = '[The deal is military.]{.judgement #j2 confidence=low because="we think so"}'
    advice = '::: {.recommendation #r1 findings="j2"}\nAsk.\n:::'
    desk = desk_of(desk, f"{JUDGED}\n\n{bare}\n\n{advice}\n")
    said = rasad("ledger", "1", "--desk", desk)
    assert said.code == 1
    assert "Without evidence: 2." in said.out
    assert "The deal is military." in said.out
    told = ledger(desk)["coverage"]
    assert told["unsupported"] == ["j2", "r1"]
    assert told["share"] == pytest.approx(1 / 3)
    assert "names no evidence" in the_fault(build(desk))


def test_an_issue_whose_claims_all_rest_on_something_ends_with_nought(desk: Path):
    assert rasad("ledger", "1", "--desk", desk_of(desk, JUDGED)).code == 0


def test_a_forecast_that_lacks_its_deadline_is_told_and_not_built(desk: Path):
    vague = "[It is likely that they meet.]{.forecast #f1 likelihood=likely evidence=C003}"
    desk = desk_of(desk, vague)
    assert ledger(desk)["coverage"]["unfinished"] == [{"claim": "f1", "lacks": ["confidence", "by"]}]
    assert "lacks confidence, a deadline" in rasad("ledger", "1", "--desk", desk).out
    assert "lacks 'by='" in the_fault(build(desk))


def test_prose_that_says_how_likely_is_named(desk: Path):
    desk = desk_of(desk, f"{JUDGED} It is likely to last.\n")
    told = ledger(desk)
    (name,) = told["coverage"]["unmarked_likelihood"]
    assert [one["sentence"]["en"] for one in told["prose"] if one["id"] == name] == ["It is likely to last."]


def test_a_claim_read_on_one_site_alone_is_found(tmp_path: Path):
    rows = [
        row("C001", source_url="https://www.tass.com/1"),
        row("C002", source_url="https://tass.com/2", date="2026-05-28"),
        row("C003", source_url="https://news.example/3", date="2026-05-29"),
        row("C004", source_url="", source_grade="", ground="general knowledge", date="2026-05-30"),
    ]
    body = (
        "[One agency.]{.fact #k1 evidence='C001 C002'}\n\n[Two sites.]{.fact #k2 evidence='C001 C003'}\n\n"
        "[No page.]{.fact #k3 evidence=C004}\n"
    ).replace("'", '"')
    desk = make_desk(tmp_path / "desk", rows=rows, issue=manuscript(body))
    told = ledger(desk)["coverage"]
    assert told["single_source"] == [{"claim": "k1", "site": "tass.com", "pages": 2}]
    assert told["without_page"] == ["k3"]


def test_what_is_not_known_of_an_outlet_is_counted_as_unknown(tmp_path: Path):
    rows = [
        row("C001", source_url="https://tass.com/1"),
        row("C002", source_url="https://mofa.gov.pk/2"),
        row("C003", source_url="https://paper.pk/3", source_grade=""),
        row("C004", source_url="https://blog.example/4"),
    ]
    desk = make_desk(
        tmp_path / "desk",
        rows=rows,
        issue=manuscript('[They met.]{.fact #k1 evidence="C001 C002 C003 C004"}'),
    )
    reference = {
        "id": "blog",
        "URL": "https://blog.example/4",
        "language": "fa-AF",
        "custom": {"country": "TJK", "side": "ISKP"},
    }
    (desk / "references.json").write_text(json.dumps([reference]), "utf-8")
    told = ledger(desk)["coverage"]
    assert [(one["value"], one["pages"]) for one in told["countries"]] == [
        ("PAK", 1),
        ("RUS", 1),
        ("TJK", 1),
        (None, 1),
    ]
    assert [(one["value"], one["pages"]) for one in told["languages"]] == [("fa", 1), (None, 3)]
    assert [(one["value"], one["pages"]) for one in told["sides"]] == [
        ("ISKP", 1),
        ("PAK", 1),
        ("RUS", 1),
        (None, 1),
    ]
    assert [(one["grade"], one["number"]) for one in told["grades"]] == [("B2", 3), (None, 1)]
    assert "not known 3" in rasad("ledger", "1", "--desk", desk).out


def test_a_changed_row_changes_the_coverage(desk: Path):
    desk = desk_of(desk, JUDGED)
    before = ledger(desk)["coverage"]
    chronology = desk / "chronology.csv"
    text = chronology.read_text("utf-8")
    chronology.write_text(
        text.replace("B2,source,https://news.example/C003", "A1,source,https://tass.com/3"), "utf-8"
    )
    after = ledger(desk)["coverage"]
    assert (before["grades"], before["countries"][0]["value"]) == ([{"grade": "B2", "number": 1}], None)
    assert (after["grades"], after["countries"][0]["value"]) == ([{"grade": "A1", "number": 1}], "RUS")
    assert after["single_source"][0]["site"] == "tass.com"


def test_every_outlet_names_states_and_actors_that_are_known():
    actors = ActorTable.built_in()
    for site, outlet in outlets().items():
        assert not outlet.country or actors.is_state(outlet.country), site
        assert outlet.side in ("", "private") or outlet.side in actors, site


def test_a_language_whose_translation_is_not_whole_is_left_out_and_told(desk: Path):
    desk = desk_of(desk, JUDGED, languages="[en, prs]")
    said = rasad("ledger", "1", "--json", "--desk", desk)
    assert said.code == 0
    assert "Without the 'prs' edition: " in said.err
    assert json.loads(said.out)["claims"][0]["sentence"] == {"en": "The deal is technical."}


# ---- quotes and grades ------------------------------------------------------

QUOTE = '[[quote]]\nclaims = ["j1"]\nevent = "C003"\nexact = "signed an agreement"\nprefix = "the ministers "\nsuffix = " near Moscow"\n'


def quoted(desk: Path, text: str) -> Path:
    desk = desk_of(desk, JUDGED)
    (desk / "issues" / "1" / "quotes.toml").write_text(text, "utf-8")
    return desk


def test_a_quote_is_held_by_what_stands_round_it(desk: Path):
    desk = quoted(desk, QUOTE)
    assert ledger(desk)["claims"][0]["evidence"]["quotes"] == [
        {
            "source": "https://news.example/C003",
            "event": "C003",
            "exact": "signed an agreement",
            "prefix": "the ministers ",
            "suffix": " near Moscow",
        }
    ]
    assert build(desk).code == 0
    told = (desk / "build" / "1" / "en" / "ledger.html").read_text("utf-8")
    assert "the ministers" in told
    assert "signed an agreement" in told
    before = (desk / "build" / "1" / "build.json").read_text("utf-8")
    (desk / "issues" / "1" / "quotes.toml").write_text(QUOTE.replace("signed", "initialled"), "utf-8")
    assert build(desk).code == 0
    assert (desk / "build" / "1" / "build.json").read_text("utf-8") != before
    assert "initialled an agreement" in page(desk)


def test_the_words_that_a_reference_keeps_are_quotes_of_its_events(desk: Path):
    desk = desk_of(desk, JUDGED)
    reference = {"id": "page", "URL": "https://news.example/C003", "custom": {"supporting": "the two signed"}}
    (desk / "references.json").write_text(json.dumps([reference]), "utf-8")
    (quote,) = ledger(desk)["claims"][0]["evidence"]["quotes"]
    assert (quote["source"], quote["event"], quote["exact"]) == ("page", "C003", "the two signed")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[quote]\n", "not TOML"),
        ("[[qoute]]\n", "'qoute' is not a table that is read. Did you mean 'quote'?"),
        ("[quote]\nexact = 'x'\n", "Write [[quote]]"),
        (QUOTE.replace("exact = ", "exakt = "), "'exact'"),
        (QUOTE.replace('"signed an agreement"', '" "'), "'exact' is empty"),
        (QUOTE.replace('"signed an agreement"', '"签署协议"'), "no font"),
        (QUOTE.replace('event = "C003"\n', ""), "one of 'event' and 'source'"),
        (QUOTE.replace('event = "C003"', 'event = "C003"\nsource = "page"'), "one of 'event' and 'source'"),
        (QUOTE.replace('["j1"]', '["j9"]'), "'j9', which is no claim"),
        (QUOTE.replace("C003", "C999"), "'C999' is not there"),
        (QUOTE.replace("C003", "C001"), "which 'j1' does not rest on"),
        (QUOTE.replace('event = "C003"', 'source = "nobody"'), "'nobody' has no reference"),
        (QUOTE.replace('["j1"]', "[]"), "'claims'"),
    ],
)
def test_a_quote_that_can_not_stand_is_refused_with_its_place(desk: Path, text: str, told: str):
    line = the_fault(rasad("ledger", "1", "--desk", quoted(desk, text)))
    assert "quotes.toml" in line
    assert told in line


def test_a_page_cited_without_an_event_has_its_own_digit(desk: Path):
    desk = desk_of(desk, "[They met [@page].]{.fact #k1}")
    reference = {
        "id": "page",
        "URL": "https://news.example/9",
        "custom": {"reliability": "B", "credibility": 3},
    }
    (desk / "references.json").write_text(json.dumps([reference]), "utf-8")
    (source,) = ledger(desk)["claims"][0]["evidence"]["sources"]
    assert source == {"key": "page", "reliability": "B", "credibility": "3"}
    (desk / "references.json").write_text(json.dumps([reference | {"custom": {"credibility": 9}}]), "utf-8")
    assert "not a digit from 1 to 6" in the_fault(rasad("ledger", "1", "--desk", desk))


# ---- the example, in every form ---------------------------------------------


def built_ledger(example: Example) -> dict:
    return json.loads((example.built / "ledger.json").read_text("utf-8"))  # type: ignore[no-any-return]


def test_every_claim_of_the_example_stands_in_four_languages(example: Example):
    told = built_ledger(example)
    jsonschema.validate(told, SCHEMA, cls=jsonschema.Draft202012Validator)
    for one in (*told["claims"], *told["prose"]):
        assert set(one["sentence"]) == set(LANGUAGES), one["id"]
        assert all(text.strip() for text in one["sentence"].values()), one["id"]
    assert sum(told["coverage"]["sentences"].values()) == len(told["claims"]) + len(told["prose"])


def test_the_command_the_object_and_the_build_tell_the_same(example: Example):
    told = built_ledger(example)
    found = api.ledger(518, desk=example.desk)
    assert found.to_dict()["claims"] == told["claims"]
    assert found.to_dict()["coverage"] == told["coverage"]
    said = rasad("ledger", "518", "--csv", "-", "--desk", example.desk)
    assert said.out == (example.built / "ledger.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [one["id"] for one in rows] == [one["id"] for one in told["claims"]]
    assert next(one for one in rows if one["id"] == "f1")["likelihood_high"] == "45"
    assert all(one[f"sentence_{lang}"] for one in rows for lang in LANGUAGES)


def test_the_csv_is_written_where_it_is_asked_for(example: Example, tmp_path: Path):
    said = rasad("ledger", "518", "--csv", tmp_path / "claims.csv", "--desk", example.desk)
    assert said.code == 0
    assert f"{len(built_ledger(example)['claims'])} claims" in said.err
    assert (tmp_path / "claims.csv").read_text("utf-8").startswith("id,kind,marked,")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_of_the_page_leads_back_to_its_sentence(example: Example, lang: str):
    from test_edition_pages import Tags

    text = (example.built / lang / "ledger.html").read_text("utf-8")
    tags, issue = Tags(text), Tags(example.page(lang))
    linked = [a["href"] for a in tags.named("a") if a.get("href", "").startswith("index.html#")]
    assert {link.removeprefix("index.html#") for link in linked} <= set(issue.ids)
    assert {f"index.html#{claim['id']}" for claim in built_ledger(example)["claims"]} <= set(linked)
    within = {a["href"][1:] for a in tags.named("a") if a.get("href", "").startswith("#")}
    assert within <= set(tags.ids)
    assert len(tags.ids) == len(set(tags.ids))
    assert not tags.named("script")
    for address in [
        a["href"] for a in (*tags.named("link"), *tags.named("a")) if not a["href"].startswith(("#", "http"))
    ]:
        assert (example.built / lang / address.partition("#")[0]).resolve().is_file(), address
    assert any(a.get("href") == "ledger.html" for a in issue.named("a"))


@pytest.mark.parametrize(("lang", "width"), [("en", 1200), ("ps", 1200), ("en", 390), ("ps", 390)])
def test_a_click_on_a_claim_leads_to_its_sentence_without_a_script(
    chromium: Browser, example: Example, lang: str, width: int
):
    context = chromium.new_context(
        offline=True, java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    browsed = context.new_page()
    browsed.goto((example.built / lang / "ledger.html").as_uri())
    assert browsed.evaluate("document.documentElement.scrollWidth") <= width
    unmarked = next(claim for claim in built_ledger(example)["claims"] if not claim["marked"])
    browsed.locator(f"#claim-{unmarked['id']} .sentence a").click()
    assert browsed.url.endswith(f"index.html#{unmarked['id']}")
    expect(browsed.locator(f"#{unmarked['id']}")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize(
    ("lang", "unless"), [("en", "names combat equipment"), ("prs", "از تجهیزات رزمی"), ("ps", "جنګي تجهیزات")]
)
def test_what_would_change_our_mind_stands_in_the_pdf_too(example: Example, lang: str, unless: str):
    text = " ".join(BIDI.sub(" ", unicodedata.normalize("NFKC", pdf_text(example.pdf(lang)))).split())
    assert unicodedata.normalize("NFKC", unless) in text
