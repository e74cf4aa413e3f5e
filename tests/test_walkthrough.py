"""The walkthrough of the documentation: a plain Word analysis with twenty faults, from `check` to clean."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from rasad.cli.check import command

FOLDER = Path(__file__).parent.parent / "docs" / "walkthrough"
PAGE = FOLDER.parent / "walkthrough.md"


def check(path: Path, *arguments: object) -> list[dict[str, Any]]:
    ran = CliRunner().invoke(command, ["--json", "--no-desk", str(path), *map(str, arguments)])
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def mends() -> list[dict[str, str]]:
    with (FOLDER / "mends.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mend(paragraph: Paragraph, wrong: str, right: str) -> None:
    """Write a paragraph anew as a person would: the words, or the address of its one link without any."""
    if not wrong:
        (link,) = paragraph._p.iter(qn("w:hyperlink"))
        link.set(qn("r:id"), paragraph.part.relate_to(right, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return
    (run,) = [run for run in paragraph.runs if wrong in run.text]
    run.text = run.text.replace(wrong, right)


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    document = docx.Document(str(FOLDER / "analysis.docx"))
    for one in mends():
        mend(document.paragraphs[int(one["paragraph"]) - 1], one["wrong"], one["right"])
    document.save(str(tmp_path / "mended.docx"))
    return tmp_path / "mended.docx"


def test_the_word_file_has_twenty_faults_and_each_is_found_in_its_paragraph() -> None:
    found = sorted((one["line"], one["rule"]) for one in check(FOLDER / "analysis.docx"))
    assert found == sorted((int(one["paragraph"]), one["rule"]) for one in mends())
    assert len(found) == 20


def test_the_mended_file_is_clean(mended: Path) -> None:
    assert check(mended) == []


def test_each_mend_takes_away_its_own_finding_and_no_other_comes(tmp_path: Path) -> None:
    before = {(one["line"], one["rule"]) for one in check(FOLDER / "analysis.docx")}
    for one in mends():
        document = docx.Document(str(FOLDER / "analysis.docx"))
        mend(document.paragraphs[int(one["paragraph"]) - 1], one["wrong"], one["right"])
        document.save(str(tmp_path / "one.docx"))
        after = {(told["line"], told["rule"]) for told in check(tmp_path / "one.docx")}
        assert before - after == {(int(one["paragraph"]), one["rule"])}
        assert after <= before


def test_the_annotated_copy_has_a_comment_a_fault(tmp_path: Path) -> None:
    out = tmp_path / "annotated.docx"
    check(FOLDER / "analysis.docx", "--annotate", out)
    assert len(list(docx.Document(str(out)).comments)) == 20


def test_the_page_shows_what_is_found_and_what_is_put_there() -> None:
    page = PAGE.read_text("utf-8")
    for one in mends():
        assert f"`{one['rule']}`" in page
        assert one["right"].replace("|", "\\|") in page
