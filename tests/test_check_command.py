"""`rasad check`: annotated copies, SARIF, ignores in the text, settings of a desk, exit codes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import typst
from click.testing import CliRunner, Result
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.text.paragraph import Paragraph
from lxml import etree
from playwright.sync_api import Page

from rasad.cli.check import command
from rasad.documents import Block, Span, read_document
from rasad.errors import DeskError
from rasad.settings import Desk

WRONG = "On Monday, 26 May 2026 the minister met."
RIGHT = "On Tuesday, 26 May 2026 the minister met."
DARI = "وزیر خارجه روز دوشنبه ۲۶ می ۲۰۲۶ به کابل رسید و با مقام‌ها دیدار کرد."
WEEKDAY = "date-weekday"
IGNORE = "<!-- rasad: ignore date-weekday because the source has it so -->"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def rules(path: Path, *arguments: object) -> list[str]:
    """The ids that are found in a file."""
    return [one["rule"] for one in json.loads(run(path, "--json", *arguments).stdout)]


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return written(tmp_path / "wrong.md", f"# News\n\n{WRONG} See [this]().\n")


# ---- exit codes and JSON ----------------------------------------------------


def test_a_finding_is_exit_1_and_none_is_exit_0(tmp_path: Path, wrong: Path) -> None:
    assert run(wrong).exit_code == 1
    assert run(written(tmp_path / "right.md", f"{RIGHT}\n"), "--select", "dates").exit_code == 0


def test_a_file_that_cannot_be_read_is_exit_2_and_the_others_are_still_told(
    tmp_path: Path, wrong: Path
) -> None:
    broken = written(tmp_path / "broken.docx", "no zip file")
    ran = run(broken, wrong, tmp_path / "missing.md", tmp_path)
    assert ran.exit_code == 2
    assert WEEKDAY in ran.stdout
    assert len([line for line in ran.stderr.splitlines() if str(tmp_path) in line]) == 3


def test_json_is_one_list_over_all_files_in_the_documented_form(tmp_path: Path, wrong: Path) -> None:
    other = written(tmp_path / "other.txt", f"{WRONG}\n")
    found = json.loads(run(wrong, other, "--select", WEEKDAY, "--json").stdout)
    assert [Path(one["file"]).name for one in found] == ["wrong.md", "other.txt"]
    keys = {"rule", "severity", "file", "line", "column", "text", "message", "fix"}
    assert all(set(one) == keys for one in found)
    assert (found[0]["line"], found[0]["column"], found[0]["text"]) == (3, 4, "Monday, 26 May 2026")
    assert json.loads(run(wrong, "--select", "figures", "--json").stdout) == []


def test_a_file_named_twice_is_checked_once(wrong: Path) -> None:
    assert len(json.loads(run(wrong, wrong, "--select", WEEKDAY, "--json").stdout)) == 1


def test_an_unknown_rule_is_one_line_however_many_files(tmp_path: Path, wrong: Path) -> None:
    ran = run(wrong, written(tmp_path / "b.md", WRONG), "--select", "date-weekdy")
    assert ran.exit_code == 2
    assert ran.stderr.count("Did you mean 'date-weekday'?") == 1


def test_a_fix_of_dari_leaves_the_letters_of_a_pashto_paragraph(tmp_path: Path) -> None:
    dari = (
        "وزیر خارجه در كابل گفت که این کار ادامه می‌یابد و با هیئت روسيه دیدار می‌کند، اما زمان آن روشن نیست."
    )
    pashto = "وزير په كابل کې د كاري ډلې په اړه وویل چې دا کار به دوام ومومي."
    path = written(tmp_path / "a.md", f"{dari}\n\n" * 41 + f"{pashto}\n")
    run(path, "--select", "letters-arabic", "--fix")
    *first, second = path.read_text("utf-8").strip().split("\n\n")
    assert set(first) == {dari.translate(str.maketrans("يك", "یک"))}
    assert second == pashto.replace("ك", "ک")


# ---- editions ---------------------------------------------------------------


@pytest.fixture
def editions(tmp_path: Path) -> dict[str, Path]:
    texts = {
        "en": "The minister met 30 traders on 26 May 2026.\n\nA second paragraph has 7 cows.\n\nRain fell.\n",
        "prs": "وزیر در ۲۶ می ۲۰۲۶ با ۳۰ بازرگان دید.\n\nپاراگراف دوم ۷ گاو دارد.\n\nباران بارید.\n",
        "ar": "التقى الوزير 30 تاجرا في 26 مايو 2026.\n\nوفي الفقرة الثانية 7 بقرات.\n\nوهطل المطر.\n",
    }
    return {lang: written(tmp_path / f"week.{lang}.md", text) for lang, text in texts.items()}


def test_editions_that_agree_in_three_scripts_differ_in_nothing(editions: dict[str, Path]) -> None:
    ran = run("--editions", *editions.values(), "--select", "editions")
    assert (ran.exit_code, ran.stdout) == (0, "")


@pytest.mark.parametrize(
    ("lang", "change", "rule", "text"),
    [
        ("prs", ("۳۰", "۳۱"), "edition-number", "۳۱"),
        ("ar", ("26 مايو", "27 مايو"), "edition-date", "27 مايو 2026"),
        ("en", ("7 cows", "7 cows [1]"), "edition-citation", "1"),
    ],
)
def test_an_edition_that_stands_alone_is_told_at_its_words(
    editions: dict[str, Path], lang: str, change: tuple[str, str], rule: str, text: str
) -> None:
    path = editions[lang]
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    ran = run("--editions", *editions.values(), "--select", "editions", "--json")
    (found,) = json.loads(ran.stdout)
    assert (Path(found["file"]), found["rule"], found["text"]) == (path, rule, text)


def test_a_paragraph_that_one_edition_lacks_is_told_where_it_should_stand(editions: dict[str, Path]) -> None:
    path = editions["ar"]
    path.write_text(path.read_text("utf-8").replace("وفي الفقرة الثانية 7 بقرات.\n\n", ""), "utf-8")
    ran = run("--editions", *editions.values(), "--select", "edition-missing", "--json")
    (found,) = json.loads(ran.stdout)
    assert (Path(found["file"]), found["line"]) == (path, 1)
    assert "7 cows" in found["message"] or "۷ گاو" in found["message"]


def test_two_files_of_one_language_or_one_file_are_no_editions(
    editions: dict[str, Path], wrong: Path
) -> None:
    ran = run("--editions", editions["en"], wrong)
    assert ran.exit_code == 2
    assert "both in 'en'" in ran.stderr
    assert run("--editions", wrong).exit_code == 2
    assert run("--editions", *editions.values(), "--fix").exit_code == 2


# ---- Word with comments -----------------------------------------------------


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """A Word file whose words stand in many runs, with a table, a link, a note and a comment of its own."""
    document = docx.Document()
    document.add_heading("The week", 1)
    document.add_paragraph("Kabul, 27 May 2026")
    paragraph = document.add_paragraph("On Mon")
    paragraph.add_run("day, 26").bold = True
    paragraph.add_run(" May 2026 the minister met.")
    _add_note_mark(paragraph, "2")
    paragraph.add_run(" More was said.")
    document.add_paragraph(DARI)
    document.add_table(1, 1).cell(0, 0).text = f"{WRONG} & <so on>"
    spoken = document.add_paragraph("A remark stands here.")
    document.add_comment(spoken.runs, "Is that so?", "Editor", "E")
    _add_footnotes(document, {"2": "Agency, 3 June 2026."})
    path = tmp_path / "week.docx"
    document.save(str(path))
    return path


def test_a_word_file_gets_each_finding_as_a_comment_on_exactly_its_words(word: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    assert run(word, "--select", WEEKDAY, "--annotate", out).exit_code == 1
    ours = [one for one in docx.Document(str(out)).comments if one.author == "rasad"]
    assert [one.initials for one in ours] == ["r"] * 3
    assert all(one.text.startswith("date-weekday (error): ") for one in ours)
    marked = [block.text[span.start : span.end] for block, span in _comments(out)]
    assert marked == ["Monday, 26 May 2026", "دوشنبه ۲۶ می ۲۰۲۶", "Monday, 26 May 2026"]


def test_a_finding_in_a_footnote_stands_at_the_mark_of_the_note(word: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    run(word, "--select", "source-later", "--annotate", out)
    root = docx.Document(str(out)).element.body
    mark = next(root.iter(qn("w:footnoteReference"))).getparent()
    assert mark.getprevious().tag == qn("w:commentRangeStart")
    assert mark.getnext().tag == qn("w:commentRangeEnd")
    name = mark.getprevious().get(qn("w:id"))
    text = next(one.text for one in docx.Document(str(out)).comments if str(one.comment_id) == name)
    assert "dated after the issue" in text


def test_the_annotated_word_file_is_whole(word: Path, tmp_path: Path) -> None:
    before = word.read_bytes()
    out = tmp_path / "out.docx"
    run(word, "--annotate", out)
    assert word.read_bytes() == before
    assert _texts(out) == _texts(word)
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        roots = {
            n: etree.fromstring(package.read(n)) for n in package.namelist() if n.endswith((".xml", ".rels"))
        }
    ids = [one.get(qn("w:id")) for one in roots["word/comments.xml"]]
    assert len(ids) == len(set(ids)) > 2
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(
            one.get(qn("w:id")) for one in roots["word/document.xml"].iter(qn(f"w:{kind}"))
        ) == sorted(ids)
    assert "Is that so?" in [one.text for one in docx.Document(str(out)).comments]


def test_a_note_without_text_is_commented_on_at_its_mark(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph()
    paragraph = document.add_paragraph("A claim")
    _add_note_mark(paragraph, "2")
    _add_footnotes(document, {"2": ""})
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    document.save(str(path))
    assert "note-without-text" in rules(path)
    run(path, "--select", "note-without-text", "--annotate", out)
    mark = next(docx.Document(str(out)).element.body.iter(qn("w:footnoteReference"))).getparent()
    assert mark.getprevious().tag == qn("w:commentRangeStart")


def test_a_finding_in_a_text_box_stands_where_the_box_hangs(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Beside it.").add_run()._r.append(_text_box(WRONG))
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    document.save(str(path))
    assert run(path, "--select", WEEKDAY, "--annotate", out).exit_code == 1
    root = docx.Document(str(out)).element.body
    assert not list(next(root.iter(qn("w:txbxContent"))).iter(qn("w:commentRangeStart")))
    assert next(root.iter(qn("w:pict"))).getparent().getprevious().tag == qn("w:commentRangeStart")


def test_a_word_file_without_findings_is_copied(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(RIGHT)
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    document.save(str(path))
    assert run(path, "--select", "dates", "--annotate", out).exit_code == 0
    assert _texts(out) == _texts(path)


# ---- a page with the findings in the margin ---------------------------------


def test_the_page_marks_the_words_and_escapes_all_that_it_shows(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a<b>.md", f"# A <script>alert(1)</script>\n\n{WRONG} `<img src=x onerror=alert(1)>`\n"
    )
    out = tmp_path / "out.html"
    assert run(path, "--select", WEEKDAY, "--annotate", out).exit_code == 1
    text = out.read_text("utf-8")
    assert '<mark class="error">Monday, 26 May 2026</mark>' in text
    assert "<script" not in text
    assert "<img" not in text
    assert "a&lt;b&gt;.md" in text
    assert "http" not in text.split("</style>")[1]


def test_a_control_that_turns_text_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "Trade \u202ecould\u202c grow.\n")
    out = tmp_path / "out.html"
    run(path, "--annotate", out)
    text = out.read_text("utf-8")
    assert "\u202e" not in text
    assert "U+202E" in text


@pytest.mark.parametrize("width", [390, 1100])
def test_the_margin_stands_at_the_end_of_the_line_in_both_directions(
    tmp_path: Path, page: Page, width: int
) -> None:
    english = written(tmp_path / "en.md", f"# News\n\n{WRONG}\n\n| a | b |\n|---|---|\n| {'x' * 90} | c |\n")
    dari = written(tmp_path / "prs.md", f"# خبر\n\n{DARI}\n")
    out = tmp_path / "out.html"
    run(english, dari, "--select", WEEKDAY, "--annotate", out)
    page.set_viewport_size({"width": width, "height": 900})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("request", lambda request: faults.append(request.url) if request.url[:4] == "http" else None)
    page.goto(out.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    rows = page.locator(".has-remarks")
    assert rows.count() == 2
    for index, direction in enumerate(("ltr", "rtl")):
        text, margin = rows.nth(index).locator(".text"), rows.nth(index).locator("aside")
        assert text.get_attribute("dir") == direction
        words, note = text.bounding_box(), margin.bounding_box()
        assert words is not None
        assert note is not None
        if width == 390:
            assert note["y"] >= words["y"] + words["height"]
        else:
            assert (note["x"] > words["x"]) == (direction == "ltr")
    page.locator(".remark .number").first.click()
    assert page.evaluate("document.querySelector(':target').id") == "place-1"
    assert page.locator(".list li").count() == 2
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == (
        page.locator("[id]").count()
    )
    assert not faults


def test_overlapping_findings_lose_no_character_of_the_text(tmp_path: Path, page: Page) -> None:
    text = "On Monday, 26 May 2026 (4 Jawza 1405; 9 Hamal 1405) & «more» <b> could."
    path = written(tmp_path / "a.txt", f"{text}\n")
    out = tmp_path / "out.html"
    run(path, "--annotate", out)
    page.goto(out.as_uri())
    page.evaluate("document.querySelectorAll('.text .number').forEach(one => one.remove())")
    assert page.locator(".text").first.text_content() == text


def test_the_copy_of_a_word_file_may_be_asked_for_as_a_page(word: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    run(word, "--select", WEEKDAY, "--annotate", out)
    assert "paragraph 3" in out.read_text("utf-8")


# ---- where copies may be written --------------------------------------------


def test_an_input_is_never_written_over(wrong: Path, tmp_path: Path) -> None:
    before = wrong.read_bytes()
    linked = tmp_path / "linked.html"
    linked.hardlink_to(wrong)
    pointing = tmp_path / "pointing.html"
    pointing.symlink_to(wrong)
    for out in (wrong, linked, pointing, tmp_path / "." / "wrong.md"):
        for option in ("--annotate", "--sarif"):
            ran = run(wrong, option, out)
            assert ran.exit_code == 2
            assert "never written over" in ran.stderr
    assert wrong.read_bytes() == before


def test_another_file_is_written_over(wrong: Path, tmp_path: Path) -> None:
    out = written(tmp_path / "out.html", "old")
    assert run(wrong, "--annotate", out).exit_code == 1
    assert out.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("option", ["--annotate", "--sarif"])
@pytest.mark.parametrize("out", ["", "missing/out.html", "wrong.md/out.html"])
def test_an_out_that_cannot_be_written_is_one_line(
    wrong: Path, tmp_path: Path, option: str, out: str
) -> None:
    ran = run(wrong, option, tmp_path / out)
    assert ran.exit_code == 2
    assert len([line for line in ran.stderr.splitlines() if "found in" not in line]) == 1


def test_a_page_is_not_named_as_a_word_file(wrong: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    ran = run(wrong, "--annotate", out)
    assert ran.exit_code == 2
    assert "Name it .html" in ran.stderr
    assert not out.exists()


def test_one_file_is_not_named_for_two_copies(wrong: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(wrong, "--annotate", out, "--sarif", out).exit_code == 2
    assert not out.exists()


# ---- SARIF ------------------------------------------------------------------


def test_sarif_tells_rules_results_and_regions(
    wrong: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spaced = written(tmp_path / "خبر 1.md", f"{DARI}\n")
    run(wrong, spaced, tmp_path / "missing.md", "--select", WEEKDAY, "--sarif", "out.sarif")
    told = json.loads(Path("out.sarif").read_text("utf-8"))
    assert told["version"] == "2.1.0"
    (sarif,) = told["runs"]
    known = [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]
    assert len(known) == len(set(known))
    first, second = sarif["results"]
    assert known[first["ruleIndex"]] == first["ruleId"] == WEEKDAY
    assert first["level"] == "error"
    (where,) = (one["physicalLocation"] for one in first["locations"])
    assert where["artifactLocation"]["uri"] == "wrong.md"
    assert where["region"] == {
        "startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 23,
        "snippet": {"text": "Monday, 26 May 2026"},
    }  # fmt: skip
    uri = second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "%D8%AE%D8%A8%D8%B1%201.md"
    assert first["partialFingerprints"] != second["partialFingerprints"]
    (invocation,) = sarif["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "missing.md" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_of_nothing_found_is_still_written(tmp_path: Path) -> None:
    out = tmp_path / "out.sarif"
    assert run(written(tmp_path / "a.md", RIGHT), "--select", "dates", "--sarif", out).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["runs"][0]["results"] == []


# ---- ignores ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"{IGNORE}\n{WRONG}\n",
        f"{IGNORE}\n\n{WRONG}\n",
        f"{WRONG} {IGNORE}\n",
        f"{WRONG[:-8]} {IGNORE} met.\n",
        f"> {IGNORE}\n>\n> {WRONG}\n",
        f"- {RIGHT}\n\n{IGNORE}\n\n- {WRONG}\n",
        f"{IGNORE.replace(WEEKDAY, 'dates')}\n{WRONG}\n",
        f"{IGNORE.replace(WEEKDAY, 'link-empty, date-weekday')}\n{WRONG} [x]()\n",
        f"<!-- rasad: ignore date-weekday\n     because the source\n     has it so -->\n{WRONG}\n",
        f"<!-- rasad: ignore date-weekday because منبع چنین دارد -->\n{DARI}\n",
    ],
)
def test_an_ignore_with_a_reason_silences_its_block(tmp_path: Path, text: str) -> None:
    found = rules(written(tmp_path / "a.md", text), "--no-desk")
    assert WEEKDAY not in found
    assert not [one for one in found if one.startswith("ignore-")]


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{RIGHT}</p>\n{IGNORE}\n<p>{WRONG}</p>",
        f"<p>{WRONG}{IGNORE}</p>",
        f"<p>{WRONG}</p> {IGNORE}\n<p>{RIGHT}</p>",
        f"<p>{RIGHT}</p>{IGNORE}<p>{WRONG}</p>",
    ],
)
def test_an_ignore_works_in_html(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "a.html", f"<!doctype html><body>{text}</body>")
    assert rules(path, "--select", "dates", "--select", "ignores") == []


def test_an_ignore_speaks_of_one_block_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "a.md", f"{IGNORE}\n{WRONG}\n\nThen: {WRONG}\n")
    found = json.loads(run(path, "--select", WEEKDAY, "--json").stdout)
    assert [one["line"] for one in found] == [4]


def test_an_ignore_without_a_reason_is_a_finding_itself(tmp_path: Path) -> None:
    for comment in ("<!-- rasad: ignore date-weekday -->", "<!-- rasad: ignore date-weekday because -->"):
        path = written(tmp_path / "a.md", f"# News\n\n  {comment}\n{WRONG}\n")
        found = json.loads(run(path, "--select", "dates", "--select", "ignores", "--json").stdout)
        assert [(one["rule"], one["line"], one["column"]) for one in found] == [
            ("ignore-without-reason", 3, 3)
        ]
        assert found[0]["text"] == comment


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{IGNORE}\n{RIGHT}\n", "delete it"),
        (f"{RIGHT}\n\n{IGNORE}\n", "delete it"),
        (f"{IGNORE.replace(WEEKDAY, 'date-weekdy')}\n{RIGHT}\n", "Did you mean 'date-weekday'?"),
        (f"<!-- rasad: ignore because I say so -->\n{RIGHT}\n", "names no rule"),
    ],
)
def test_an_ignore_that_ignores_nothing_is_a_finding(tmp_path: Path, text: str, told: str) -> None:
    ran = run(written(tmp_path / "a.md", text), "--select", "dates", "--select", "ignores", "--json")
    (one,) = json.loads(ran.stdout)
    assert one["rule"] == "ignore-unused"
    assert told in one["message"]


def test_an_ignore_is_used_even_where_its_rule_is_not_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path / "a.md", f"{IGNORE}\n{WRONG}\n")
    assert rules(path, "--ignore", "dates", "--select", "ignores", "--select", "dates") == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"```html\n{IGNORE}\n```\n\n{RIGHT}\n"),
        ("a.md", f"Write `{IGNORE}` before it.\n"),
        ("a.html", f"<p>{IGNORE.replace('<', '&lt;')}</p>"),
        ("a.txt", f"{IGNORE}\n\n{RIGHT}\n"),
        ("a.md", "<!-- rasad: ignore " * 3000),
    ],
)
def test_an_example_of_an_ignore_is_none(tmp_path: Path, name: str, text: str) -> None:
    assert rules(written(tmp_path / name, text), "--select", "ignores") == []


# ---- settings of a desk -----------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    (folder / "issues" / "1").mkdir(parents=True)
    written(folder / "issues" / "1" / "issue.md", f"{WRONG} See [this]().\n")
    return folder


def _settings(desk: Path, table: str) -> Path:
    return written(desk / "rasad.toml", f'[desk]\nname = {{ en = "A" }}\n\n{table}\n')


def test_the_settings_of_the_desk_that_a_file_lies_in_are_used(desk: Path) -> None:
    path = desk / "issues" / "1" / "issue.md"
    _settings(desk, '[check]\nselect = ["date-weekday", "sources"]\nignore = ["link-empty"]')
    assert set(rules(path)) == {WEEKDAY}
    assert {WEEKDAY, "link-empty"} <= set(rules(path, "--no-desk"))
    assert set(rules(path, "--ignore", WEEKDAY)) == set()
    assert set(rules(path, "--select", "link-empty")) == {"link-empty"}


def test_a_file_outside_of_a_desk_is_not_touched_by_its_settings(desk: Path, tmp_path: Path) -> None:
    _settings(desk, '[check]\nignore = ["dates"]')
    assert WEEKDAY in rules(written(tmp_path / "outside.md", WRONG))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('[check]\nignore = ["date-weekdy"]', "Did you mean 'date-weekday'?"),
        ('[check]\nselect = "dates"', "list"),
        ('[check]\nignores = ["dates"]', "ignores"),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_place(desk: Path, table: str, told: str) -> None:
    settings = _settings(desk, table)
    path = desk / "issues" / "1" / "issue.md"
    ran = run(path)
    assert ran.exit_code == 2
    (line, *_) = ran.stderr.splitlines()
    assert f"{settings}:5: [check]" in line
    assert told in line
    with pytest.raises(DeskError, match=r"\[check\]"):
        Desk(desk)
    assert run(path, "--no-desk").exit_code == 1


def test_a_desk_knows_what_it_says_of_checking(desk: Path) -> None:
    _settings(desk, '[check]\nignore = ["names"]')
    assert Desk(desk).check.ignore == ["names"]


# ---- Word files, made by hand -----------------------------------------------


def _add_note_mark(paragraph: Paragraph, name: str) -> None:
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), name)
    paragraph.add_run()._r.append(reference)


def _text_box(text: str) -> etree._Element:
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return parse_xml(
        f'<w:pict xmlns:w="{words}" xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
    )


def _add_footnotes(document: docx.document.Document, notes: dict[str, str]) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inside = "".join(
        f'<w:footnote w:id="{name}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for name, text in notes.items()
    )
    blob = f"<w:footnotes {space}>{inside}</w:footnotes>".encode()
    kind = CONTENT_TYPE.WML_FOOTNOTES
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _texts(path: Path) -> list[str]:
    return [block.text for block in read_document(path).all_blocks()]


def _comments(path: Path) -> Iterator[tuple[Block, Span]]:
    for block in read_document(path).blocks:
        for span in block.spans:
            if span.kind == "comment" and span.target.startswith(WEEKDAY):
                yield block, span


def test_a_fault_at_several_places_names_their_lines(tmp_path: Path) -> None:
    text = "# Talks\n\nThe envoy might come.\n\nThe minister might stay.\n\nHe might sign.\n"
    (found,) = json.loads(
        run(written(tmp_path / "a.md", text), "--json", "--select", "likelihood-hedge").stdout
    )
    assert found["line"] == 3
    assert "lines 5, 7" in found["message"]


def test_findings_of_a_pdf_stand_in_the_order_of_its_pages_and_name_them(tmp_path: Path) -> None:
    text = "#set page(height: 6cm, numbering: none)\nNews of the week.\n\nMore news.\n\n" + WRONG
    source = written(tmp_path / "a.typ", f"{text}\n#pagebreak()\n{WRONG.replace('26', '27')}\n")
    typst.compile(source, output=tmp_path / "a.pdf")
    found = json.loads(run(tmp_path / "a.pdf", "--json", "--select", WEEKDAY).stdout)
    assert [one["line"] for one in found] == [3, 1]
    assert "(page 1)" in found[0]["message"]
    assert "(page 2)" in found[1]["message"]
