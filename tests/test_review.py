"""What a second reader found: each was once published, counted or run, and is now refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib
import pytest

from desks import (
    BODY,
    build,
    chronology,
    make_desk,
    manuscript,
    page,
    rasad,
    refused,
    row,
    the_fault,
    write_issue,
)
from rasad import flow
from rasad.relations.ladder import textbook_order
from rasad.settings import Desk
from rasad.store.store import Store


@pytest.mark.parametrize("name", ["a*b", "a?b", "a[b]", "year=2026"])
def test_a_folder_named_like_a_pattern_is_only_a_folder(tmp_path: Path, name: str) -> None:
    desk = make_desk(tmp_path / name / "desk")
    shutil.copytree(tmp_path / name, tmp_path / "axb")
    assert len(Store(Desk(desk).store).events()) == len(Store(Desk(tmp_path / "axb" / "desk").store).events())


def test_a_module_lying_in_a_desk_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path / "desk")
    (desk / "vl_convert.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')", "utf-8")
    monkeypatch.chdir(desk)
    flow.build(Desk(desk), 1)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    "broken",
    [
        "[It holds]{.judgement #jx, confidence=low}",
        "[]{.date day=2026-05-27",
        "[It holds]{judgement #jx}",
        "[It holds]{.judgement #jx confidence=low because=“curly” evidence=C001}",
        ":: {.figure #f1 chart=ladder}",
    ],
)
def test_a_broken_mark_is_refused_and_never_printed(tmp_path: Path, broken: str) -> None:
    desk = make_desk(tmp_path / "desk")
    write_issue(desk, manuscript(f"{BODY}\n\n{broken}\n"))
    assert refused(build(desk))


def test_a_fact_without_evidence_is_refused(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    write_issue(desk, manuscript(f"{BODY}\n\n[They will deliver.]{{.fact #kx}}\n"))
    assert "names no evidence" in the_fault(build(desk))


def test_a_forecast_says_the_deadline_of_its_mark(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    text = (
        "[It is likely by []{.date day=2027-09-30}.]{.forecast #fx likelihood=likely confidence=low by=2027-12-31 "
        'because="few" evidence="C001"}'
    )
    write_issue(desk, manuscript(f"{BODY}\n\n{text}\n"))
    assert "Make them agree" in the_fault(build(desk))


@pytest.mark.parametrize("sentence", ["It is not likely to hold.", "It is highly unlikely to hold."])
def test_a_word_that_turns_a_likelihood_is_not_read_as_the_word_alone(tmp_path: Path, sentence: str) -> None:
    desk = make_desk(tmp_path / "desk")
    step = "likely" if "not" in sentence else "unlikely"
    mark = f'{{.judgement #jx likelihood={step} confidence=low because="few" evidence="C001"}}'
    write_issue(desk, manuscript(f"{BODY}\n\n[{sentence}]{mark}\n"))
    assert refused(build(desk))


def test_a_count_is_no_direction(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    write_issue(desk, manuscript(f"{BODY}\n\nIt [rose]{{.measure name=events is=up}}.\n"))
    assert "no change" in the_fault(build(desk))


def test_letters_run_together_are_no_filter(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    for argument in ("grade=CDEF", "rung=PS", "places=56", "places=²"):
        the_fault(rasad("measure", "events", argument, "--desk", desk))


def test_a_base_rate_has_the_exposure_of_its_whole_record(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    said = the_fault(rasad("measure", "base-rate", "months=6", "since=2026-01-01", "--desk", desk))
    assert "no 'since='" in said


def test_steps_whose_order_is_not_known_are_not_ordered(tmp_path: Path) -> None:
    rows = [
        row("C1", date="2024-05", date_precision="month", rung="E1", source_actor="RUS", target_actor="AFG"),
        row("C2", date="2024-05-30", rung="P1", source_actor="RUS", target_actor="AFG"),
    ]
    desk = make_desk(tmp_path / "desk", rows=rows)
    assert textbook_order(Store(Desk(desk).store).events()).pairs == 0


def test_a_signature_does_not_outlive_a_number(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    write_issue(desk, manuscript(f"{BODY}\n\nThere are []{{.measure name=events unit=event}}.\n"))
    assert rasad("sign", "1", "en", "--by", "A. Reader", "--desk", desk).code == 0
    assert "signed by A. Reader" in build(desk).out
    (desk / "chronology.csv").write_text(
        chronology(row("C001"), row("C002"), row("C003"), row("C004"), row("C005"), row("C006")), "utf-8"
    )
    assert "signed by nobody" in build(desk).out


def test_a_catalogue_with_a_quote_left_out_loses_no_letter(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk", issue=manuscript(languages="[en, ar]"))
    path = desk / "issues" / "1" / "translations" / "ar.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "x"\nmsgstr ما هو معلوم\n', "utf-8")
    assert "ar.po:5" in refused(rasad("translate", "1", "--desk", desk))[0]


def test_a_note_that_nobody_cites_is_told_with_its_line(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    write_issue(desk, manuscript(f"{BODY}\n\n[^alone]: Nobody cites this.\n"))
    assert "[^alone] is cited nowhere" in the_fault(build(desk))


def test_a_paragraph_changed_and_changed_back_keeps_its_translation(tmp_path: Path) -> None:
    desk = make_desk(
        tmp_path / "desk", issue=manuscript(f"{BODY}\n\nA first wording of it.\n", languages="[en, ar]")
    )
    path = desk / "issues" / "1" / "translations" / "ar.po"
    rasad("translate", "1", "--desk", desk)
    catalogue = polib.pofile(str(path))
    entry = next(entry for entry in catalogue if entry.msgid == "A first wording of it.")
    entry.msgstr = "صياغة أولى."
    catalogue.save()
    for wording in ("A first wording of all of it.", "A first wording of it."):
        write_issue(desk, manuscript(f"{BODY}\n\n{wording}\n", languages="[en, ar]"))
        rasad("translate", "1", "--desk", desk)
    entry = next(entry for entry in polib.pofile(str(path)) if entry.msgid == "A first wording of it.")
    assert (entry.msgstr, entry.fuzzy) == ("صياغة أولى.", False)


def test_authors_are_named_on_the_page(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk", issue=manuscript(authors='["A. <b>Writer</b>", "ب. نویسنده"]'))
    assert build(desk).code == 0
    text = page(desk)
    assert "A. &lt;b&gt;Writer&lt;/b&gt;" in text
    assert "ب. نویسنده" in text
