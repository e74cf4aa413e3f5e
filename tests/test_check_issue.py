"""`rasad check ISSUE`: what a build would refuse, the text that the editions print, and the editions against each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polib
import pytest

from desks import (
    COUNTED,
    JUDGED,
    TITLE,
    build,
    copy_desk,
    line_of,
    make_desk,
    manuscript,
    rasad,
    write_catalogue,
    write_issue,
)
from example import EXAMPLE, ISSUE, copy_example

MANY = """
# Key {#key}

[The agreement is technical.]{.judgement #j1 confidence=low because="the text is not public" evidence="C999"}

[It may be likely.]{.judgment #j2 confidence=low}

### Too deep

There were 14 attacks, says []{.measure name=evants unit=event}.

[They met.]{.fact #j1 evidence="C003"}

It names []{.actor code=NOBODYHERE}.

::: {.recommendation #r1 findings="j9"}
Wait.
:::
"""


def found(desk: Path, *arguments: object) -> list[dict[str, Any]]:
    """The findings of a desk's first issue."""
    said = rasad("check", "1", "--desk", desk, "--json", *arguments)
    assert said.code in (0, 1), said.err
    told: list[dict[str, Any]] = json.loads(said.out)
    assert said.code == bool(told)
    return told


def rules(desk: Path, *arguments: object) -> set[str]:
    return {one["rule"] for one in found(desk, *arguments)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("made") / "desk")


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return copy_desk(made, tmp_path)


# ---- what a build refuses ---------------------------------------------------


def test_an_issue_that_builds_has_no_finding_that_a_build_would_refuse(desk: Path) -> None:
    assert found(desk) == []


def test_every_fault_that_stops_a_build_is_a_finding_at_its_line_and_all_are_told_at_once(desk: Path) -> None:
    text = manuscript(MANY)
    write_issue(desk, text)
    assert build(desk).code != 0
    told = {one["rule"]: one for one in found(desk)}
    lines = {rule: one["line"] for rule, one in told.items()}
    expected = {
        "claim-source": "#j1 confidence",
        "manuscript-mark": "#j2",
        "manuscript-heading": "### Too deep",
        "figure-typed": "14 attacks",
        "figure-measure": "evants",
        "claim-id": "They met",
        "actor-unknown": "NOBODYHERE",
        "claim-finding": "::: {.recommendation",
    }
    assert {rule: lines.get(rule) for rule in expected} == {
        rule: line_of(text, part) for rule, part in expected.items()
    }
    assert {told[rule]["severity"] for rule in expected} == {"error"}
    assert told["figure-typed"]["text"] == "14"
    assert text.splitlines()[told["figure-typed"]["line"] - 1][
        told["figure-typed"]["column"] - 1 :
    ].startswith("14 ")


def test_a_line_that_a_build_prints_says_the_same_as_the_finding(desk: Path) -> None:
    write_issue(desk, manuscript(f"{JUDGED}\n\nThey fired 14 rockets.\n"))
    (refused,) = build(desk).faults
    (finding,) = found(desk)
    assert f"{finding['line']}: {finding['message'].partition('. ')[0]}" in refused


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("no front matter\n", "manuscript-front", "no front matter"),
        ("---\nnumber: x\n---\n", "manuscript-front", "'number'"),
        (manuscript(number="2"), "manuscript-front", "the folder says 1"),
        (manuscript("[Open]{.judgement\n"), "manuscript-mark", "can't be read"),
        (manuscript("::: {.figure #f chart=pie}\nA pie.\n:::\n"), "figure-measure", "'pie' is not a figure"),
        (manuscript("A note.[^a]\n\n[^a]: One.\n\n    Two.\n"), "manuscript-mark", "more than one paragraph"),
    ],
)
def test_an_issue_that_cannot_be_read_is_a_finding_and_no_crash(
    desk: Path, text: str, rule: str, words: str
) -> None:
    write_issue(desk, text)
    told = [one for one in found(desk) if one["rule"] == rule]
    assert any(words in one["message"] for one in told)
    assert told[0]["file"].endswith("issue.md")


def test_a_broken_row_of_the_chronology_is_told_in_its_own_file(desk: Path) -> None:
    path = desk / "chronology.csv"
    path.write_text(path.read_text("utf-8").replace("2026-05-27", "2026-05-37"), "utf-8")
    told = found(desk)
    assert [one["rule"] for one in told] == ["desk-file"]
    assert [Path(one["file"]).name for one in told] == ["chronology.csv"]
    assert told[0]["line"] == 4


def test_a_check_writes_nothing_into_the_desk(desk: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in desk.rglob("*")}
    found(desk)
    assert {path: path.stat().st_mtime_ns for path in desk.rglob("*")} == before


# ---- the text that is printed -----------------------------------------------


def test_the_rules_of_documents_read_what_the_edition_prints(desk: Path) -> None:
    text = manuscript(
        f"{JUDGED}\n\nOn Monday, []{{.date day=2026-05-27}}, []{{.measure name=events unit=event}} stood there.\n"
    )
    write_issue(desk, text)
    (one,) = [one for one in found(desk) if one["rule"] == "date-weekday"]
    assert one["line"] == line_of(text, "On Monday")
    assert "was a Wednesday, not a Monday" in one["message"]


def test_marks_of_ours_answer_the_rules_on_sources_forecasts_and_recommendations(desk: Path) -> None:
    body = (
        "[It is likely that the ministry will open an office.]{.forecast #f1 likelihood=likely by=2026-12-31"
        ' confidence=low because="none has opened" evidence="C003"}\n\n'
        "# Recommendations {#r}\n\n"
        '::: {.recommendation #r1 findings="f1"}\nWait for the office.\n:::\n\n'
        '::: {.recommendation #r2 findings="f1"}\nAsk for the text.\n:::\n'
    )
    write_issue(desk, manuscript(body))
    assert rules(desk, "--select", "sources", "--select", "likelihood", "--select", "structure") == set()


def test_a_forecast_of_what_nobody_sees_asks_for_a_resolver(desk: Path) -> None:
    forecast = (
        "[It is likely that relations improve by []{{.date day=2026-12-31}}.]{{.forecast #f1 likelihood=likely"
        ' by=2026-12-31 confidence=low because="they met" evidence="C003"{}}}\n'
    )
    write_issue(desk, manuscript(forecast.format("")))
    assert rules(desk) == {"forecast-unresolvable"}
    write_issue(desk, manuscript(forecast.format(' resolver="the index of the next issue"')))
    assert rules(desk) == set()
    assert build(desk).code == 0


def test_a_comment_with_a_reason_lets_a_finding_stand_and_is_not_printed(desk: Path) -> None:
    wrong = "On Monday, []{.date day=2026-05-27}, they met."
    ignore = "<!-- rasad: ignore date-weekday because the ministry says so -->"
    write_issue(desk, manuscript(f"{JUDGED}\n\n{ignore}\n{wrong}\n\nNo more. <!-- a note to myself -->\n"))
    assert rules(desk) == set()
    assert build(desk).code == 0
    page = (desk / "build" / "1" / "en" / "index.html").read_text("utf-8")
    assert "rasad: ignore" not in page
    assert "note to myself" not in page
    write_issue(desk, manuscript(f"{JUDGED}\n\n{ignore}\nThey met.\n"))
    assert rules(desk) == {"ignore-unused"}


def test_a_desk_may_leave_a_rule_out_and_the_command_line_may_ask_for_it(desk: Path) -> None:
    write_issue(desk, manuscript("They fired 14 rockets.\n"))
    (desk / "rasad.toml").write_text(
        (desk / "rasad.toml").read_text("utf-8") + '\n[check]\nignore = ["figures"]\n', "utf-8"
    )
    assert rules(desk) == set()
    assert rules(desk, "--select", "figure-typed") == {"figure-typed"}


def test_the_references_that_an_issue_cites_are_read_like_notes(desk: Path) -> None:
    entries = [
        {"id": "late", "title": "A treaty is signed in Kabul", "issued": {"date-parts": [[2026, 7, 1]]}},
        {"id": "bare", "title": "No day", "URL": "https://news.example/x"},
        {"id": "unread", "title": "Nobody cites it", "URL": "https://news.example/y"},
    ]
    (desk / "references.json").write_text(json.dumps(entries, indent=1), "utf-8")
    body = "They signed “A treaty is signed at Kabul” [@late], and more [@bare]."
    write_issue(desk, manuscript(f"{body}\n", languages="[en, prs]"))
    dari = {TITLE: "رابطه در این هفته", body: "آن‌ها پیمان را امضا کردند [@late] و جز آن [@bare]."}
    write_catalogue(desk, "prs", dari)
    findings = found(desk)
    told = {one["rule"]: one for one in findings}
    assert len(findings) == len(told)
    lines = (desk / "references.json").read_text("utf-8").splitlines()
    assert set(told) == {"source-later", "citation-undated", "quote-differs"}
    for rule, key in (("source-later", "late"), ("citation-undated", "bare")):
        assert told[rule]["file"].endswith("references.json")
        assert f'"{key}"' in lines[told[rule]["line"] - 1]
    assert told["quote-differs"]["file"].endswith("issue.md")


def test_a_source_of_an_event_that_only_holds_a_place_is_told_in_the_chronology(desk: Path) -> None:
    path = desk / "chronology.csv"
    path.write_text(
        path.read_text("utf-8").replace("https://news.example/C003", "https://example.com/x"), "utf-8"
    )
    write_issue(desk, manuscript("They met [@event:C003].\n"))
    (one,) = found(desk)
    assert (one["rule"], Path(one["file"]).name) == ("link-placeholder", "chronology.csv")
    assert path.read_text("utf-8").splitlines()[one["line"] - 1].startswith("C003")


def test_a_number_in_verbatim_words_is_held_against_the_record(desk: Path) -> None:
    says = "The note says [the record holds {} events between Russia and Afghanistan]{{.verbatim}}."
    write_issue(desk, manuscript(f"{JUDGED}\n\n{says.format(7)}\n"))
    (one,) = found(desk)
    assert (one["rule"], one["text"]) == ("figure-store", "7 events")
    assert "the record holds 3" in one["message"]
    write_issue(desk, manuscript(f"{JUDGED}\n\n{says.format(3)}\n"))
    assert found(desk) == []


# ---- translations -----------------------------------------------------------

PASHTO = "هغوی د دوشنبې په ورځ، []{.date day=2026-05-27}، سره وکتل."


def translated(desk: Path, **texts: str) -> tuple[str, str]:
    """An issue in English and Dari, its Dari texts replaced by those given; the manuscript and the catalogue."""
    body = "The ministers met on []{.date day=2026-05-27} at the airport."
    text = manuscript(f"{body}\n", languages="[en, prs]")
    write_issue(desk, text)
    dari = {
        TITLE: "رابطه در این هفته",
        body: "وزیران به تاریخ []{.date day=2026-05-27} در میدان هوایی دیدار کردند.",
    }
    path = write_catalogue(
        desk,
        "prs",
        {original: texts.get("body", told) if original == body else told for original, told in dari.items()},
    )
    return text, path.read_text("utf-8")


def test_a_finding_in_a_translation_stands_at_the_line_of_its_catalogue(desk: Path) -> None:
    _, catalogue = translated(
        desk, body="وزیران روز دوشنبه، []{.date day=2026-05-27}، در ۳۱ اپریل ۲۰۲۶ دیدار کردند."
    )
    (one,) = [one for one in found(desk) if one["rule"] == "date-impossible"]
    assert one["file"].endswith("prs.po")
    line = catalogue.splitlines()[one["line"] - 1]
    assert line[one["column"] - 1 :].startswith("۳۱ اپریل ۲۰۲۶")


def test_a_paragraph_without_translation_or_with_other_marks_is_a_finding(desk: Path) -> None:
    translated(desk, body="وزیران به تاریخ []{.date day=2026-05-28} دیدار کردند.")
    assert "edition-marks" in rules(desk)
    translated(desk, body="")
    (one,) = [one for one in found(desk) if one["rule"] == "edition-untranslated"]
    assert one["file"].endswith("prs.po")


def test_editions_that_say_other_likelihoods_or_days_differ(desk: Path) -> None:
    body = "It is unlikely that they meet again, as on 3 May 2026."
    write_issue(desk, manuscript(f"{body}\n", languages="[en, prs]"))
    write_catalogue(
        desk, "prs", {TITLE: "رابطه در این هفته", body: "محتمل است که باز دیدار کنند، چنان‌که در ۴ می ۲۰۲۶."}
    )
    assert rules(desk, "--select", "editions") == {"edition-likelihood", "edition-date"}


def test_a_comment_in_the_manuscript_speaks_of_its_paragraph_in_every_edition(desk: Path) -> None:
    body = "They met on Monday, 26 May 2026."
    ignore = "<!-- rasad: ignore date-weekday because both sources have it so -->"
    dari = {TITLE: "رابطه در این هفته", body: "در روز دوشنبه، ۲۶ می ۲۰۲۶ دیدار کردند."}
    write_catalogue(desk, "prs", dari)
    write_issue(desk, manuscript(f"{body}\n", languages="[en, prs]"))
    told = [Path(one["file"]).name for one in found(desk) if one["rule"] == "date-weekday"]
    assert told == ["issue.md", "prs.po"]
    write_issue(desk, manuscript(f"{body} {ignore}\n", languages="[en, prs]"))
    assert rules(desk) == set()


def test_fix_mends_a_catalogue_without_breaking_its_strings(desk: Path) -> None:
    settings = desk / "rasad.toml"
    settings.write_text(f'{settings.read_text("utf-8")}\n[house.TALIBAN]\nprs = "امارت اسلامی"\n', "utf-8")
    body = "They came to Kabul and said “yes”."
    write_issue(desk, manuscript(f"{body}\n", languages="[en, prs]"))
    dari = 'طالبان به "کابل" آمدند و «بلی» گفتند.'
    path = write_catalogue(desk, "prs", {TITLE: "رابطه در این هفته", body: dari})
    assert "house-name" in rules(desk)
    rasad("check", "1", "--desk", desk, "--fix", "--select", "names")
    entry = next(entry for entry in polib.pofile(str(path)) if entry.msgid == body)
    assert entry.msgstr == dari.replace("طالبان", "امارت اسلامی")
    assert "house-name" not in rules(desk)


# ---- other ways to be told --------------------------------------------------


def test_sarif_and_the_annotated_page_hold_the_findings_of_every_edition(desk: Path, tmp_path: Path) -> None:
    translated(desk, body="در ۳۱ اپریل ۲۰۲۶ دیدار کردند.")
    sarif, page = tmp_path / "out.sarif", tmp_path / "out.html"
    assert rasad("check", "1", "--desk", desk, "--sarif", sarif, "--annotate", page).code == 1
    results = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]
    assert {"date-impossible", "edition-marks"} <= {one["ruleId"] for one in results}
    text = page.read_text("utf-8")
    assert "date-impossible" in text
    assert "The ministers met on" in text


def test_the_file_of_an_issue_is_checked_as_the_issue(desk: Path) -> None:
    translated(desk, body="در ۳۱ اپریل ۲۰۲۶ دیدار کردند.")
    by_number = found(desk)
    by_file = json.loads(rasad("check", desk / "issues" / "1" / "issue.md", "--json").out)
    assert by_file == by_number


def test_a_manuscript_outside_of_a_desk_is_read_with_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text(
        manuscript(f"{JUDGED}\n\n{COUNTED} On Monday, []{{.date day=2026-05-27}}, they met.\n"), "utf-8"
    )
    told = json.loads(rasad("check", path, "--json").out)
    assert [one["rule"] for one in told] == ["date-weekday"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "7"), "no issue 7"),
        (("check", "1", "--no-desk"), "it is no file"),
        (("check", "1", "--desk", "/nowhere"), "not a desk"),
    ],
)
def test_an_issue_that_is_not_there_is_one_line_and_exit_2(
    desk: Path, arguments: tuple[str, ...], words: str
) -> None:
    said = rasad(*arguments, cwd=desk)
    assert said.code == 2
    assert len(said.faults) in (1, 2)
    assert words in said.faults[0]


def test_the_house_name_is_put_into_the_manuscript_by_fix(desk: Path) -> None:
    settings = desk / "rasad.toml"
    settings.write_text(f'{settings.read_text("utf-8")}\n[house.TALIBAN]\nen = "Islamic Emirate"\n', "utf-8")
    write_issue(desk, manuscript("The Taliban came, and the Taliban stayed.\n"))
    (one,) = found(desk)
    assert (one["rule"], one["fix"]) == ("house-name", "Islamic Emirate")
    assert rasad("check", "1", "--desk", desk, "--fix").code == 0
    text = (desk / "issues" / "1" / "issue.md").read_text("utf-8")
    assert "The Islamic Emirate came, and the Islamic Emirate stayed." in text
    assert (desk / "issues" / "1" / "issue.md.orig").is_file()


# ---- the example ------------------------------------------------------------


def test_the_example_has_no_finding_that_is_not_explained() -> None:
    said = rasad("check", ISSUE, "--desk", EXAMPLE)
    assert said.out == ""
    assert said.code == 0


def test_the_first_issue_of_a_new_desk_has_no_finding(tmp_path: Path) -> None:
    assert rasad("new", "desk", cwd=tmp_path).code == 0
    said = rasad("check", "1", cwd=tmp_path / "desk")
    assert (said.out, said.code) == ("", 0)


def test_a_built_edition_that_the_record_has_left_behind_is_told(tmp_path: Path) -> None:
    desk = copy_example(tmp_path)
    built = desk / "build" / str(ISSUE)
    built.mkdir(parents=True)
    measure = {"arguments": {"name": "events", "unit": "event"}, "value": 1, "name": "events"}
    ledger = {"as_of": "2026-05-31", "measures": [measure]}
    (built / "ledger.json").write_text(json.dumps(ledger), "utf-8")
    told = json.loads(rasad("check", ISSUE, "--desk", desk, "--select", "figures", "--json").out)
    assert [one["rule"] for one in told] == ["figure-stale"]
    assert "says 1 here" in told[0]["message"]
    assert (
        "The record of this dyad"
        in (desk / "issues" / "518" / "issue.md").read_text("utf-8").splitlines()[told[0]["line"] - 1]
    )
