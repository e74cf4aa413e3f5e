"""The blocks of analysis: what a reader finds in them, and what an author is told who writes them wrongly."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from desks import (
    BODY,
    build,
    copy_desk,
    line_of,
    make_desk,
    manuscript,
    page,
    refused,
    write_catalogue,
    write_issue,
)
from example import Example
from rasad.editions.pdf.document import Document
from rasad.editions.web.page import issue_page
from rasad.editions.words import words_of
from rasad.errors import RasadError
from rasad.flow import build as build_issue
from rasad.flow import editions
from rasad.flow.draft import read_issue
from rasad.issues.manuscript import Manuscript
from rasad.languages import LANGUAGES, language
from rasad.languages.numbers import write_digits, write_percent
from rasad.model.event import Event
from rasad.settings import Desk
from rasad.store.store import Store

TAG = re.compile(r"<[^>]+>")
BLOCK = re.compile(r'<figure class="analysis ([\w-]+)".*?</figure>', re.DOTALL)
ROW = re.compile(r'<tr role="row".*?</tr>', re.DOTALL)
CELL = re.compile(r"<t[hd] .*?</t[hd]>", re.DOTALL)


def plain(html: str) -> str:
    """The words of a piece of a page."""
    return " ".join(unescape(TAG.sub(" ", html)).replace("\u00a0", " ").split())


def block_of(whole: str, kind: str) -> str:
    """The first block of a kind on a page."""
    return next(match[0] for match in BLOCK.finditer(whole) if match[1] == kind)


def rows_of(whole: str, kind: str) -> list[list[str]]:
    """The words of each cell of a block, the headings first."""
    return [[plain(cell) for cell in CELL.findall(row)] for row in ROW.findall(block_of(whole, kind))]


# ---- the example, in four languages -----------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_block_stands_on_the_page_of_each_edition(example: Example, lang: str):
    kinds = [match[1] for match in BLOCK.finditer(example.page(lang))]
    assert sorted(kinds) == [
        "assumptions", "benefits", "changes", "hypotheses", "indicators", "scenarios", "third-parties",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_indicator_gives_its_threshold_its_value_and_whether_it_is_reached(example: Example, lang: str):
    words = words_of(lang)
    _, _, defence, _, attacks, statement = rows_of(example.page(lang), "indicators")
    assert defence[3] == attacks[3] == words("not_reached")
    assert write_digits("3", language(lang)) in attacks[1]
    assert write_digits("3", language(lang)) in attacks[2]
    assert statement[1] == words("not_measured")
    assert statement[3] == words("seen_no")
    assert plain(words("analyst_on", date="")).rstrip("،, ") in statement[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_probabilities_are_in_the_digits_of_the_edition_and_lead_to_their_signposts(
    example: Example, lang: str
):
    rows = rows_of(example.page(lang), "scenarios")[1:]
    assert [row[1] for row in rows] == [write_percent(share, language(lang)) for share in (0.55, 0.25, 0.2)]
    assert [row[2] for row in rows] == ["I1", "I1 I2 I3", "I4 I5"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_evidence_that_tells_hypotheses_apart_stands_first_and_the_rest_says_that_it_does_not(
    example: Example, lang: str
):
    words = words_of(lang)
    rows = rows_of(example.page(lang), "hypotheses")[1:]
    assert words("sign_very_inconsistent") in rows[0][2]
    assert words("hypotheses_alike") in rows[-2][0]
    assert [words("hypotheses_alike") in row[0] for row in rows].count(True) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_evidence_against_each_hypothesis_is_counted_and_none_wins(example: Example, lang: str):
    words = words_of(lang)
    last = rows_of(example.page(lang), "hypotheses")[-1]
    one, three = (write_digits(str(n), language(lang)) for n in (1, 3))
    assert last == [words("hypotheses_against"), one, f"{three} {words('hypotheses_strongly', n=one)}"]
    assert words("hypotheses_note") in plain(block_of(example.page(lang), "hypotheses"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_matrix_says_of_each_entry_what_it_is_and_of_an_empty_cell_that_nothing_was_found(
    example: Example, lang: str
):
    words = words_of(lang)
    rows = rows_of(example.page(lang), "benefits")[1:]
    assert words("benefit_realised") in rows[0][1]
    assert words("cost_speculative") in rows[0][3]
    assert words("gain_uncited") in rows[0][3]
    assert [row[2] for row in rows[2:]] == [words("no_evidence_found")] * 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_third_party_s_response_carries_the_likelihood_of_its_forecast(example: Example, lang: str):
    words = words_of(lang)
    rows = rows_of(example.page(lang), "third-parties")[1:]
    assert [row[4].split()[-1] == words("no_forecast").split()[-1] for row in rows] == [
        False, False, True, True, False, False,
    ]  # fmt: skip
    assert "F3" in rows[0][4]
    assert write_digits("45", language(lang)) in rows[0][4]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_claim_names_the_assumptions_that_it_rests_on(example: Example, lang: str):
    card = example.page(lang).split('id="claim-j1"')[1].split("</article>")[0]
    assert 'href="#a1"' in card


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_issue_of_a_desk_says_that_there_is_none_to_compare_with(example: Example, lang: str):
    assert plain(block_of(example.page(lang), "changes")) == words_of(lang)("no_earlier_issue")


def test_the_ledger_holds_what_time_will_judge(example: Example):
    analysis = json.loads((example.built / "ledger.json").read_text("utf-8"))["analysis"]
    indicators = {one["id"]: one for one in analysis["indicators"]}
    assert indicators["i4"]["threshold"] == ">3"
    assert indicators["i4"]["reached"] is False
    assert (indicators["i1"]["seen"], indicators["i1"]["day"], indicators["i1"]["measure"]) == (
        "no",
        "2026-05-31",
        None,
    )
    assert sum(scenario["probability"] for scenario in analysis["scenarios"]) == 100
    assert analysis["scenarios"][0]["text"]["en"].startswith("Upkeep and training go on")
    (table,) = analysis["hypotheses"]
    assert table["evidence"][2]["signs"] == {"h1": "+", "h2": "--"}
    assert table["evidence"][2]["events"] == ["C118", "C222"]
    assert set(analysis["assumptions"][0]["if_false"]) == set(LANGUAGES)


def test_a_cell_of_a_narrow_page_says_which_column_it_is_of(example: Example):
    block = block_of(example.page("prs"), "third-parties")
    assert block.count(f'data-label="{words_of("prs")("likelihood")}"') == 6


# ---- a desk of one's own ----------------------------------------------------

FORECAST = (
    "[It is likely that it holds until []{.date day=2026-12-31}.]{.forecast #f1 likelihood=likely "
    'confidence=low by=2026-12-31 because="few events" evidence="C001"}'
)
ASSUMPTIONS = """::: {.assumptions}
- [The record is whole.]{.assumption #a1 carries="j1 f1"} [Then it is not.]{.if-false}
:::
"""
INDICATORS = """::: {.indicators}
- [A step on the defence rung]{.indicator #i1 threshold=">=1"}: []{.measure name=events rung=D unit=event}
- [A step in security]{.indicator #i2 threshold=">=1"}: []{.measure name=events rung=S unit=event};
- [The share of what counts as political]{.indicator #i3 threshold=">50"}: []{.measure name=share rung=P}
- [The text appears]{.indicator #i4 seen=yes day=2026-06-02}: it stands on a page [@event:C003].
:::
"""
SCENARIOS = """::: {.scenarios}
- [It holds]{.scenario #s1 probability=60 signposts="i1"}: All goes on.
- [It ends]{.scenario #s2 probability=40}: All is over.
:::
"""
HYPOTHESES = """::: {.hypotheses #tab-h}
What stands to what.

| Evidence | [Parts]{.hypothesis #h1} | [A pact]{.hypothesis #h2} |
|---|---|---|
| They met [@event:C002] | + | ++ |
| They signed [@event:C003] | – | n/a |
| Nothing since, []{.measure name=events rung=S unit=event} | ++ | −− |
:::
"""
MATRIX = """::: {{.benefits}}
| Actor | Political |
|---|---|
| Russia | {} |
:::
"""
BENEFITS = """::: {.benefits}
| Actor | Political | Economic |
|---|---|---|
| []{.actor code=RUS} | [a friend]{.benefit state=realised} [@event:C001] [a foe]{.cost state=expected} | |
:::
"""
THIRD = """::: {.third-parties}
| Actor | Exposed | Wants | Will do |
|---|---|---|---|
| Pakistan | next door [@event:C004] | | [asks]{.response forecast=f1} |
:::
"""
ALL = "\n".join((BODY, FORECAST, "", ASSUMPTIONS, INDICATORS, SCENARIOS, HYPOTHESES, BENEFITS, THIRD))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = make_desk(tmp_path_factory.mktemp("blocks") / "desk", issue=manuscript(ALL))
    assert build(desk).code == 0
    return desk


@pytest.fixture(scope="module")
def spoiled(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose issue each test writes anew, and none builds."""
    return copy_desk(good, tmp_path_factory.mktemp("spoiled"))


@pytest.fixture
def desk(good: Path, tmp_path: Path) -> Path:
    """A desk of one's own."""
    return copy_desk(good, tmp_path)


def test_an_indicator_is_reached_when_its_measure_is_at_its_threshold(good: Path):
    rows = rows_of(page(good), "indicators")[1:]
    assert [row[3] for row in rows] == ["reached", "not reached", "not reached", "seen"]
    assert [row[1] for row in rows[:3]] == ["at least 1 event", "at least 1 event", "more than 50%"]
    assert rows[0][2] == "1 event last: 27 May 2026"
    assert rows[1][2] == "0 events"
    assert rows[3][2].startswith("it stands on a page [")
    assert rows[3][2].endswith("the analyst's word, 2 June 2026")


def test_dashes_that_an_editor_made_of_signs_are_read_and_strength_is_sorted(good: Path):
    rows = rows_of(page(good), "hypotheses")[1:]
    assert [row[0].split()[1] for row in rows[:3]] == ["since,", "met", "signed"]
    assert rows[0][2] == "−− strongly inconsistent"
    assert rows[2][1:] == ["− inconsistent", "not applicable"]
    assert [cell[:1] for cell in rows[3][1:]] == ["1", "1"]


def test_many_hypotheses_have_signs_alone_and_their_words_below(desk: Path):
    names = " | ".join(f"[H]{{.hypothesis #h{n}}}" for n in range(1, 7))
    row = "| They met [@event:C002] | + | - | -- | 0 | ++ | n/a |"
    write_issue(
        desk, manuscript(f"{BODY}\n::: {{.hypotheses}}\n| Evidence | {names} |\n{'|---' * 7}|\n{row}\n:::\n")
    )
    assert build(desk).code == 0
    assert rows_of(page(desk), "hypotheses")[1][1:] == ["+", "−", "−−", "0", "++", "n/a"]
    assert "−− strongly inconsistent" in plain(block_of(page(desk), "hypotheses"))


def test_an_actor_of_a_matrix_may_be_a_mark(good: Path):
    (row,) = rows_of(page(good), "benefits")[1:]
    assert row[0] == "Russia"
    assert row[1] == "Benefit, realised a friend [ 3 ] Cost, expected a foe (no source)"
    assert row[2] == "no evidence found"


def test_signs_are_nothing_to_translate(good: Path):
    units = [unit.text for unit in Manuscript(good / "issues" / "1" / "issue.md").units()]
    assert "They met [@event:C002]" in units
    assert not {"+", "++", "–", "−−", "n/a"} & set(units)


def test_an_entry_is_one_paragraph_to_translate(good: Path):
    units = [unit.text for unit in Manuscript(good / "issues" / "1" / "issue.md").units()]
    assert sum("{.if-false}" in unit for unit in units) == 1
    assert sum("#s1" in unit for unit in units) == 1


def test_a_translation_keeps_what_an_entry_is(desk: Path):
    body = f"{BODY}\n{BENEFITS}"
    write_issue(desk, manuscript(body, languages="[en, ps]"))
    units = Manuscript(desk / "issues" / "1" / "issue.md").units()
    settings = desk / "rasad.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[desk]", '[desk]\nlanguages = ["en", "ps"]'), "utf-8"
    )
    texts = {unit.text: unit.text for unit in units}
    entry = next(text for text in texts if "a friend" in text)
    write_catalogue(
        desk, "ps", texts | {entry: entry.replace("{.cost state=expected}", "{.cost state=speculative}")}
    )
    faults = refused(build(desk))
    assert len(faults) == 2
    assert all("ps.po" in fault and "the cost with state=" in fault for fault in faults)


def test_a_translation_keeps_each_source_with_its_entry(desk: Path):
    cell = "[a friend]{.benefit state=realised} [@event:C001] [a foe]{.cost state=realised} [@event:C002]"
    write_issue(desk, manuscript(f"{BODY}\n{MATRIX.format(cell)}", languages="[en, ps]"))
    settings = desk / "rasad.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[desk]", '[desk]\nlanguages = ["en", "ps"]'), "utf-8"
    )
    texts = {unit.text: unit.text for unit in Manuscript(desk / "issues" / "1" / "issue.md").units()}
    swapped = cell.replace("C001", "C00X").replace("C002", "C001").replace("C00X", "C002")
    write_catalogue(desk, "ps", texts | {cell: swapped})
    faults = refused(build(desk))
    assert len(faults) == 4
    assert all("the citation [event:C00" in fault and "at part" in fault for fault in faults)


def test_a_claim_may_stand_in_a_block_and_is_in_the_ledger(desk: Path):
    judged = '[It lasts.]{.judgement #j5 confidence=low because="it is new" evidence="C003"}'
    write_issue(desk, manuscript(f"{BODY}\n{INDICATORS}\n{SCENARIOS.replace('All goes on.', judged)}"))
    edition = editions(Desk(desk), 1)["en"]
    assert edition.ledger.claim("j5").sentence == {"en": "It lasts."}
    assert 'data-opens="claim-j5"' in block_of(issue_page(edition, ("en",)), "scenarios")


FAULTY = {
    "probabilities that don't add up": (SCENARIOS.replace("=40", "=35"), "add up to 95, not 100"),
    "a scenario alone": (SCENARIOS.splitlines()[0] + "\n- [It holds]{.scenario #s1 probability=99} x\n:::", "add up to 99"),
    "a probability in words": (SCENARIOS.replace("=40", "=some"), "probability=some"),
    "a probability of everything": (SCENARIOS.replace("=40", "=100"), "from 1 to 99"),
    "a signpost that is nowhere": (SCENARIOS.replace('"i1"', '"i9"'), "'i9', which is no indicator"),
    "an assumption that carries nothing": (ASSUMPTIONS.replace(' carries="j1 f1"', ""), "lacks 'carries='"),
    "an assumption that carries a stranger": (ASSUMPTIONS.replace("f1", "f9"), "'f9', which is no judgement"),
    "an assumption without its if-false": (
        ASSUMPTIONS.replace(" [Then it is not.]{.if-false}", ""), "does not have its form",
    ),
    "an indicator without a measure": (
        "::: {.indicators}\n- [Steps]{.indicator #i1 threshold=\">1\"}: many\n:::", "no measures behind it",
    ),
    "an indicator with neither threshold nor eyes": ("::: {.indicators}\n- [Steps]{.indicator #i1}\n:::", "needs threshold="),
    "an indicator both measured and seen": (
        INDICATORS.replace("seen=yes", 'threshold=">1" seen=yes'), "measured and seen at once",
    ),
    "a threshold that compares nothing": (INDICATORS.replace('">50"', '"many"'), "threshold=many"),
    "an indicator that was seen after the issue": (INDICATORS.replace("2026-06-02", "2026-07-02"), "after the issue's date"),
    "an indicator seen on no day": (INDICATORS.replace("2026-06-02", "2026-06-31"), "'2026-06-31' is not a day"),
    "an answer that is none": (INDICATORS.replace("seen=yes", "seen=perhaps"), "it can be yes, no, unclear"),
    "an indicator that stands alone": ("[Steps]{.indicator #i1 threshold=\">1\"}", "outside a block .indicators"),
    "a part of another block": (BENEFITS.replace("{.cost state=expected}", "{.response}"), "outside a block .third-parties"),
    "a part inside another mark": (SCENARIOS.replace("- [It holds]", "- **[It holds]").replace("signposts=\"i1\"}", "signposts=\"i1\"}**"), "inside another mark"),
    "an id used twice": (SCENARIOS.replace("#s2", "#s1"), "'s1' is used twice"),
    "an id that a claim has": (SCENARIOS.replace("#s2", "#j1"), "'j1' is used twice"),
    "a sign that is none": (HYPOTHESES.replace("| ++ |", "| yes |"), "'yes' is not a sign"),
    "a cell without a sign": (HYPOTHESES.replace("| n/a |", "| |"), "a cell has no sign"),
    "evidence that cites nothing": (HYPOTHESES.replace(" [@event:C002]", ""), "the row 'They met' of .hypotheses cites nothing"),
    "one hypothesis": ("::: {.hypotheses}\n| E | [A]{.hypothesis #h1} |\n|---|---|\n| x [@event:C001] | + |\n:::", "does not name a hypothesis in each column"),
    "a table without rows": ("::: {.benefits}\n| Actor | Political |\n|---|---|\n:::", "has no rows"),
    "an entry that is neither": (BENEFITS.replace("[a friend]{.benefit state=realised}", "a friend"), "neither benefit nor cost"),
    "an entry of no state": (BENEFITS.replace("state=expected", "state=hoped"), "it can be realised, expected, speculative"),
    "a realised benefit without a source": (BENEFITS.replace(" [@event:C001]", ""), "is realised and cites nothing"),
    "a third party without a source": (
        THIRD.replace(" [@event:C004]", "").replace(" forecast=f1", ""), "the row 'Pakistan' of .third-parties cites nothing",
    ),
    "a response that rests on no forecast": (THIRD.replace("f1", "j1"), "'j1', which is no forecast"),
    "a matrix with a column too few": (
        "::: {.third-parties}\n| A | B | C |\n|---|---|---|\n| x | y | z |\n:::", "has 3 columns, not 4",
    ),
    "a list where a table belongs": ("::: {.benefits}\n- x\n:::", "does not hold one table"),
    "a table where a list belongs": ("::: {.scenarios}\n| a |\n|---|\n| b |\n:::", "does not hold one list"),
    "a block with a stray key": (SCENARIOS.replace("{.scenarios}", "{.scenarios sum=90}"), "has no 'sum='"),
    "a number typed into a scenario": (SCENARIOS.replace("All goes on", "All 7 go on"), "'7' is typed by hand"),
}  # fmt: skip


@pytest.fixture(scope="module")
def events(good: Path) -> list[Event]:
    return Store(Desk(good).store).events()


@pytest.mark.parametrize("what", FAULTY)
def test_a_block_that_cannot_stand_is_told_in_one_line_with_its_place(
    spoiled: Path, events: list[Event], what: str
):
    wrong, told = FAULTY[what]
    needs_indicators = "i1" in wrong and ".indicator" not in wrong
    text = manuscript("\n".join((BODY, FORECAST, "", INDICATORS if needs_indicators else "", wrong)))
    write_issue(spoiled, text)
    with pytest.raises(RasadError) as raised:
        read_issue(Desk(spoiled), 1, events)
    (line,) = str(raised.value).splitlines()
    assert told in line
    place = re.search(r"issue\.md:(\d+):", line)
    assert place is not None
    first = line_of(text, wrong)
    assert first <= int(place[1]) <= first + wrong.count("\n")


UNMEASURED = {
    "of part of an event": (
        INDICATORS.replace(
            '">=1"}: []{.measure name=events rung=S', '">=1.5"}: []{.measure name=events rung=S'
        ),
        "no whole number",
    ),
    "on a date": (
        INDICATORS.replace("[]{.measure name=share rung=P}", "[]{.measure name=first-event}"),
        "can't be held to a threshold",
    ),
}


@pytest.mark.parametrize("what", UNMEASURED)
def test_a_threshold_that_its_measure_cannot_be_held_to_stops_the_build(spoiled: Path, what: str):
    wrong, told = UNMEASURED[what]
    write_issue(spoiled, manuscript(f"{BODY}\n{wrong}"))
    (line,) = refused(build(spoiled))
    assert told in line
    assert "issue.md:" in line


def test_what_a_hand_writes_into_a_block_is_never_html(desk: Path):
    wicked = SCENARIOS.replace("All goes on.", "<img src=x onerror=alert()>").replace("It ends", "It <b>ends")
    write_issue(desk, manuscript(f"{BODY}\n{INDICATORS}\n{wicked}"))
    edition = editions(Desk(desk), 1)["en"]
    assert "<img" not in issue_page(edition, ("en",))
    assert "It <b>ends" in plain(block_of(issue_page(edition, ("en",)), "scenarios"))


# ---- what changed since the last issue --------------------------------------

JUDGED = '[The agreement is technical.]{{.judgement #{} confidence={} because="{}" evidence="C003"{}}}'
LIKELY = (
    "[It is {0} that it holds until []{{.date day={1}}}.]{{.forecast #f{2} likelihood={0} confidence=low by={1} "
    'because="few events" evidence="C001"}}'
)


def before() -> str:
    body = (
        JUDGED.format("j1", "low", "the text is not public", ""),
        '[Trade comes first.]{.judgement #j2 confidence=low because="it is early" evidence="C002"}',
        LIKELY.format("likely", "2026-06-05", 1),
        LIKELY.format("unlikely", "2026-06-04", 2),
        LIKELY.format("likely", "2026-12-31", 3),
    )
    return manuscript("\n\n".join(body), date="2026-06-01")


NOW = "\n\n".join(
    (
        JUDGED.format("j7", "high", "the text is public", ' was="1#j1"'),
        LIKELY.format("unlikely", "2026-12-31", 3),
        """::: {.changes}
- [The text has been published [@event:C003].]{.moved claim=j7}
- [The attack came in between.]{.moved claim=f3} [@event:C004]
- [It held]{.resolved forecast="1#f1" outcome=yes day=2026-06-05} [@event:C003]
:::""",
    )
)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose second issue was built after its first."""
    root = make_desk(tmp_path_factory.mktemp("moved") / "desk", issue=before())
    (root / "issues" / "2").mkdir()
    write_second(root, NOW)
    return root


@pytest.fixture(scope="module")
def untold(moved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same desk, whose second issue each test writes anew."""
    return copy_desk(moved, tmp_path_factory.mktemp("untold"))


def write_second(desk: Path, body: str) -> None:
    (desk / "issues" / "2" / "issue.md").write_text(manuscript(body, number="2"), "utf-8")


def second(desk: Path) -> str:
    """The page of the second issue, without its PDF."""
    return issue_page(editions(Desk(desk), 2)["en"], ("en",))


def test_a_judgement_that_moved_says_from_what_to_what_and_why(moved: Path):
    judgement = rows_of(second(moved), "changes")[1]
    assert judgement[0] == "The agreement is technical. J7"
    assert judgement[1:3] == ["Confidence: low", "Confidence: high"]
    assert judgement[3].startswith("The text has been published")


def test_a_forecast_of_the_same_id_and_words_is_matched_without_a_word(moved: Path):
    forecast = rows_of(second(moved), "changes")[2]
    assert forecast[1].startswith("likely Confidence: low")
    assert forecast[2].startswith("unlikely Confidence: low")


def test_a_resolved_forecast_shows_what_was_said_and_what_came_of_it(moved: Path):
    resolved = next(row for row in rows_of(second(moved), "changes") if row[0].startswith("1 F1"))
    assert resolved[1].startswith("likely")
    assert resolved[2] == "came true 5 June 2026"
    assert resolved[3].startswith("It held [")


def test_a_forecast_whose_day_has_come_and_a_judgement_that_was_left_are_not_passed_over(moved: Path):
    block = plain(block_of(second(moved), "changes"))
    assert "Due and not resolved" in block
    assert "1 F2 It is unlikely that it holds until 4 June 2026" in block
    assert "Not taken up again 1 J2 Trade comes first." in block


def test_an_issue_that_is_compared_names_the_one_it_is_compared_with(moved: Path):
    assert "Compared with issue 1 of 1 June 2026" in plain(block_of(second(moved), "changes"))


def test_the_pdf_is_set_from_the_same_rows_as_the_page(moved: Path):
    data = Document(editions(Desk(moved), 2)["en"]).data()
    (sheet,) = [block for block in data["blocks"] if block["t"] == "sheet"]
    assert [len(grid["rows"]) for grid in sheet["grids"]] == [2, 1, 1]


def test_a_change_in_the_earlier_issue_builds_the_later_one_anew(moved: Path, tmp_path: Path):
    desk = copy_desk(moved, tmp_path)
    assert build_issue(Desk(desk), 2).fresh
    assert not build_issue(Desk(desk), 2).fresh
    text = (desk / "issues" / "1" / "issue.md").read_text("utf-8")
    write_issue(desk, text.replace("confidence=low", "confidence=moderate", 1))
    assert build_issue(Desk(desk), 2).fresh
    assert "Confidence: moderate" in (desk / "build" / "2" / "en" / "index.html").read_text("utf-8")


UNTOLD = {
    "a move without its why": (NOW.replace("- [The text has been published [@event:C003].]{.moved claim=j7}\n", ""), "does not say why"),
    "a why without a move": (NOW.replace(' was="1#j1"', ""), "'j7' moved, and it has not moved"),
    "a why of a stranger": (NOW.replace("claim=j7", "claim=j9"), "'j9', which is no judgement"),
    "a claim of an issue that is not there": (NOW.replace("1#j1", "9#j1"), "has no earlier issue 9"),
    "a claim that the earlier issue lacks": (NOW.replace("1#j1", "1#j9"), "issue 1 has no such claim"),
    "a claim named badly": (NOW.replace("1#j1", "j1"), "which names no claim"),
    "a resolution of a judgement": (NOW.replace("1#f1", "1#j1"), "which no day resolves"),
    "a resolution of nothing": (NOW.replace("1#f1", "f1"), "name issue and forecast"),
    "a resolution from the future": (NOW.replace("2026-06-05", "2026-06-07"), "can't have been resolved"),
    "a resolution without a source": (NOW.replace("outcome=yes day=2026-06-05} [@event:C003]", "outcome=yes day=2026-06-05}"), "cites nothing"),
    "an outcome that is none": (NOW.replace("outcome=yes", "outcome=maybe"), "it can be yes, no, void"),
    "a comparison with an issue to come": (NOW.replace("{.changes}", "{.changes since=3}"), "no issue before 2"),
    "a move told twice": (
        NOW.replace("::: {.changes}\n", "::: {.changes}\n- [So it is.]{.moved claim=j7}\n"),
        "speaks twice of 'j7'",
    ),
    "a second block of changes": (NOW + "\n\n::: {.changes}\n:::\n", "a second block .changes"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNTOLD)
def test_changes_that_cannot_be_told_are_refused_with_their_place(
    untold: Path, events: list[Event], what: str
):
    body, words = UNTOLD[what]
    write_second(untold, body)
    with pytest.raises(RasadError) as raised:
        read_issue(Desk(untold), 2, events)
    lines = str(raised.value).splitlines()
    assert any(words in line for line in lines), lines
    assert all("issues/2/issue.md:" in line for line in lines)
