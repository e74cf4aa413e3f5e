"""What a careless or hostile hand puts into a desk: one clear line, the last good build, and nothing run."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
import time
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from desks import (
    BODY,
    ENTRY,
    ROWS,
    build,
    chronology,
    copy_desk,
    line_of,
    make_desk,
    manuscript,
    page,
    rasad,
    rasad_process,
    refused,
    row,
    the_fault,
    tree,
    write_issue,
)  # fmt: skip
from rasad.errors import ChronologyError, Place

KILLS = 4
BLOCKS = """
::: {.table #tab-ladder name=first-steps}
The first steps.
:::

::: {.recommendation #r1 findings="j1"}
Wait and see.
:::
"""
CHART = """
::: {.figure #fig-timeline chart=timeline}
The record.
:::
"""
"""Charts take a second to draw, so few tests draw one."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = make_desk(tmp_path_factory.mktemp("good") / "desk", issue=manuscript(BODY + BLOCKS))
    assert build(desk).code == 0
    return desk


@pytest.fixture
def desk(good: Path, tmp_path: Path) -> Path:
    """A desk with a good build, of one's own."""
    return copy_desk(good, tmp_path)


def issue_of(desk: Path) -> Path:
    return desk / "issues" / "1" / "issue.md"


def broken(desk: Path, text: str) -> list[str]:
    """Build a manuscript that can't stand; the last good build must be as it was, byte by byte."""
    before = tree(desk / "build")
    write_issue(desk, text)
    faults = refused(build(desk))
    assert tree(desk / "build") == before
    assert sorted(path.name for path in (desk / "build").iterdir()) == ["1", "assets", "index.html"]
    return faults


# ---- marks and blocks that can't stand --------------------------------------

JUDGEMENT = '[It holds.]{.judgement #j2 confidence=low because="few events" evidence="C001"}'
FORECAST = (
    "[It is likely that it holds.]{.forecast #f1 likelihood=likely confidence=low by=2026-12-31 "
    'because="few events" evidence="C001"}'
)
FAULTY = {
    "a citation without a reference": ("It is so [@smith2026].", "'@smith2026' has no reference"),
    "a citation of no event": ("It is so [@event:C999].", "no event 'C999'"),
    "a citation that is cut off": ("It is so [@].", "can't be read"),
    "evidence that is nowhere": (JUDGEMENT.replace("C001", "C999"), "no event 'C999'"),
    "a figure of strangers": (
        "::: {.figure #f chart=ladder dyad=RUS-XYZ}\nx\n:::",
        "'XYZ' is not a known actor",
    ),
    "a figure of an unwatched dyad": (
        "::: {.figure #f chart=ladder dyad=USA-CHN}\nx\n:::",
        "dyad USA-CHN is unknown",
    ),
    "a figure of half a dyad": ("::: {.figure #f chart=ladder dyad=RUS}\nx\n:::", "'RUS' is not a dyad"),
    "a figure of no kind": ("::: {.figure #f chart=pie}\nx\n:::", "'pie'"),
    "a figure without a name": ("::: {.figure chart=ladder}\nx\n:::", "lacks 'id'"),
    "a figure without a caption": ("::: {.figure #f chart=ladder}\n:::", "caption"),
    "a figure with a stray argument": ("::: {.figure #f chart=ladder colour=red}\nx\n:::", "no 'colour='"),
    "a block of no kind": ("::: {.poem}\nx\n:::", "'.poem' is not a block"),
    "a claim id used twice": (JUDGEMENT.replace("#j2", "#j1"), "'j1' is used twice"),
    "a figure id used twice": (
        "::: {.figure #tab-ladder chart=ladder}\nx\n:::",
        "'tab-ladder' is used twice",
    ),
    "a figure with the id of a claim": ("::: {.figure #j1 chart=ladder}\nx\n:::", "'j1' is used twice"),
    "a recommendation on nothing": (
        '::: {.recommendation #r2 findings="j9"}\nx\n:::',
        "'j9', which is no claim",
    ),
    "a recommendation without findings": ("::: {.recommendation #r2}\nx\n:::", "lacks 'findings'"),
    "a forecast without a deadline": (FORECAST.replace("by=2026-12-31 ", ""), "lacks 'by='"),
    "a forecast with a deadline in the past": (FORECAST.replace("2026-12-31", "2026-01-31"), "2026-01-31"),
    "a forecast due on the day of the issue": (FORECAST.replace("2026-12-31", "2026-06-06"), "2026-06-06"),
    "a forecast due on an impossible day": (FORECAST.replace("2026-12-31", "2026-09-31"), "'2026-09-31'"),
    "a forecast due after all calendars": (FORECAST.replace("2026-12-31", "9999-12-31"), "9999"),
    "a forecast without a likelihood": (FORECAST.replace("likelihood=likely ", ""), "lacks 'likelihood='"),
    "a likelihood of no step": (FORECAST.replace("=likely", "=probably"), "'probably'"),
    "a likelihood in words it does not say": (
        FORECAST.replace("=likely", "=very-likely"),
        "marked very-likely",
    ),
    "a judgement without confidence": (JUDGEMENT.replace("confidence=low ", ""), "lacks 'confidence='"),
    "a judgement with odd confidence": (JUDGEMENT.replace("=low", "=total"), "'total' is not a confidence"),
    "a judgement without evidence": (JUDGEMENT.replace(' evidence="C001"', ""), "names no evidence"),
    "a judgement without a name": (JUDGEMENT.replace("#j2 ", ""), "lacks an id"),
    "a mark of no kind": ("[x]{.guess #g1}", "'.guess' is not a mark"),
    "a mark with a stray key": ("[x]{.fact #k1 colour=red}", "no 'colour='"),
    "an unknown measure": ("[]{.measure name=evnts}", "Did you mean 'events'?"),
    "an unknown argument": ("[]{.measure name=events rungs=D}", "Did you mean 'rung'?"),
    "a measure without a name": ("[]{.measure rung=D}", "lacks 'name='"),
    "a measure of strangers": ("[]{.measure name=events dyad=RUS-XYZ}", "'XYZ' is not a known actor"),
    "a measure of a stranger's acts": ("[]{.measure name=events source=XYZ}", "XYZ"),
    "a measure of a rung that is none": ("[]{.measure name=events rung=D9}", "D9"),
    "an unknown unit": ("[]{.measure name=events unit=parsec}", "'parsec' is not a unit"),
    "places that are none": ("[]{.measure name=events places=two}", "two"),
    "more places than a number has": ("[]{.measure name=events places=9999}", "9999"),
    "a range over the end of time": ("[]{.measure name=events until=9999-12}", "9999-12"),
    "words that no longer hold": ("[grew]{.measure name=index at=2026-05 is=down}", "is=down"),
    "words that hold nothing": ("[grew]{.measure name=events}", "without saying what they say"),
    "words tested against nonsense": ("[grew]{.measure name=events is=bigly}", "is=bigly"),
    "a comparison that fails": ('[many]{.measure name=events is=">500"}', "is=>500"),
    "a date that is none": ("[]{.date day=2026-02-30}", "'2026-02-30' is not a date"),
    "a date before all calendars": ("[]{.date day=0001-01-01}", "0001-01-01"),
    "a date after all calendars": ("[]{.date day=9999-12-31}", "9999-12-31"),
    "a month after all calendars": ("[]{.date day=9999-12 form=month}", "9999-12"),
    "a date with words": ("[today]{.date day=2026-05-27}", "takes no words"),
    "an actor that is none": ("[]{.actor code=XYZ}", "'XYZ' is not a known actor"),
    "a note without text": ("It is so.[^n]", "[^n]"),
    "a note that cites itself": ("It is so.[^n]\n\n[^n]: See here.[^n]", "[^n]"),
    "a picture": ("![x](https://a.example/x.png)", "picture"),
    "a block of code": ("```\nx\n```", "can't stand in an issue"),
}


@pytest.mark.parametrize("what", FAULTY)
def test_a_manuscript_that_cannot_stand_is_told_in_one_line_with_its_place(desk: Path, what: str):
    wrong, told = FAULTY[what]
    text = manuscript(f"{BODY}{BLOCKS}\n{wrong}\n")
    (line,) = broken(desk, text)
    assert told in line
    place = re.search(re.escape(str(issue_of(desk))) + r":(\d+):", line)
    assert place is not None, line
    first = line_of(text, wrong)
    assert first <= int(place[1]) <= first + wrong.count("\n") + 1


def test_all_findings_of_an_issue_are_told_at_once(desk: Path):
    wrong = "It is so [@nobody].\n\nOr so [@event:C999].\n\n[It is.]{.fact #j1}\n"
    faults = broken(desk, manuscript(f"{BODY}{BLOCKS}\n{wrong}"))
    assert len(faults) == 4
    assert len({fault.split(": ")[0] for fault in faults}) == 3


# ---- front matter -----------------------------------------------------------

FRONT = {
    "no front matter at all": ("# Hello\n", "front matter", 1),
    "nothing": ("", "front matter", 1),
    "YAML that is none": (manuscript().replace("title: ", "title: ["), "front matter", 7),
    "a tab in YAML": (manuscript().replace("as_of: ", "\tas_of: "), "front matter", 4),
    "a colon in a title": (manuscript(title="Russia: the turn"), "front matter", 6),
    "an anchor that is nowhere": (manuscript(title="*nowhere"), "front matter", 6),
    "a tag that builds objects": (
        manuscript(title="!!python/object/apply:os.system ['id']"),
        "front matter",
        6,
    ),
    "an impossible date": (manuscript(date="2026-02-30"), "date", 3),
    "an impossible month": (manuscript(as_of="2026-13-01"), "as_of", 4),
    "a date in words": (manuscript(date="last Friday"), "date", 3),
    "a date no calendar reaches": (manuscript(date="9999-12-31"), "9999-12-31", 3),
    "a number in words": (manuscript(number="one"), "number", 2),
    "another number than the folder's": (manuscript(number="7"), "the front matter says number 7", 0),
    "no title": (manuscript(title='""'), "title", 6),
    "an unknown key": (manuscript(tilte="x"), "tilte", 8),
    "half a dyad": (manuscript(dyad="RUS"), "'RUS' is not a dyad", 5),
    "a language nobody reads": (manuscript(languages="[en, fr]"), "'fr' is not a language", 7),
    "no English": (manuscript(languages="[prs]"), "begins with 'en'", 7),
    "a list for a title": (manuscript(title="[a, b]"), "title", 6),
    "a list for everything": ("---\n- a\n- b\n---\n\nx\n", "front matter", 1),
    "data from after the issue": (manuscript(as_of="2026-07-01"), "2026-07-01", 0),
    "brackets without end": (manuscript(title="[" * 3000), "front matter", 0),
}


@pytest.mark.parametrize("what", FRONT)
def test_front_matter_that_cannot_be_read_is_told_with_its_line(desk: Path, what: str):
    text, told, number = FRONT[what]
    (line,) = broken(desk, text)
    assert told in line
    assert line.startswith(f"{issue_of(desk)}:{number}: " if number else f"{issue_of(desk)}")


# ---- files that can't be read -----------------------------------------------


def test_a_manuscript_that_is_too_large_is_refused_before_it_is_read(desk: Path):
    begun = time.perf_counter()
    (line,) = broken(desk, manuscript("word " * 1_000_000))
    assert "over" in line
    assert time.perf_counter() - begun < 5


def test_a_manuscript_that_is_not_utf_8_is_told(desk: Path):
    issue_of(desk).write_bytes(manuscript("café").encode("latin-1"))
    assert "UTF-8" in the_fault(build(desk))


def test_a_manuscript_with_windows_line_ends_and_a_byte_order_mark_builds(desk: Path):
    text = manuscript(BODY + BLOCKS)
    issue_of(desk).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert build(desk).code == 0


def test_an_issue_without_a_manuscript_is_told(desk: Path):
    issue_of(desk).unlink()
    assert str(issue_of(desk)) in the_fault(build(desk))


def test_an_issue_that_is_not_there_is_told_with_those_that_are(desk: Path):
    assert "Issues here: 1." in the_fault(rasad("build", "99", "--desk", desk))


@pytest.mark.parametrize("folder", ["notes", "²", "-1", "1.5"])
def test_a_stray_folder_among_the_issues_does_no_harm(desk: Path, folder: str):
    (desk / "issues" / folder).mkdir()
    assert rasad("build", "--desk", desk).code == 0


REFERENCES = {
    "no JSON": "[",
    "no list": "3",
    "null": "null",
    "an entry without an id": '[{"title": "x"}]',
    "an entry that is a text": '["x"]',
    "a date without parts": '[{"id": "a", "issued": {"date-parts": []}}]',
    "a date in words": '[{"id": "a", "issued": {"date-parts": [["soon"]]}}]',
    "an id that stands twice": '[{"id": "a"}, {"id": "a"}]',
    "an id with a script": '[{"id": "<script>"}]',
    "an address with half a host": '[{"id": "a", "URL": "http://[::1"}]',
}


@pytest.mark.parametrize("what", REFERENCES)
def test_references_that_cannot_be_read_are_told_with_their_file(desk: Path, what: str):
    before = tree(desk / "build")
    (desk / "references.json").write_text(REFERENCES[what], "utf-8")
    assert f"{desk}/references.json" in the_fault(build(desk))
    assert tree(desk / "build") == before


def test_a_source_of_an_impossible_day_is_told_with_its_file(desk: Path):
    reference = {"id": "a", "issued": {"date-parts": [[2026, 2, 30]]}, "URL": "https://a.example"}
    (desk / "references.json").write_text(json.dumps([reference]), "utf-8")
    write_issue(desk, manuscript(BODY + BLOCKS + "\nIt is so [@a]."))
    assert f"{desk}/references.json" in the_fault(build(desk))


def test_what_a_reference_does_not_say_is_not_printed_as_none(desk: Path):
    reference = {
        "id": "a",
        "title": None,
        "container-title": None,
        "URL": "https://a.example",
        "language": None,
    }
    (desk / "references.json").write_text(json.dumps([reference]), "utf-8")
    write_issue(desk, manuscript(BODY + BLOCKS + "\nIt is so [@a]."))
    assert build(desk).code == 0
    assert "None" not in page(desk)
    assert "[title not recorded]" in page(desk)


@pytest.mark.parametrize("title", ["俄罗斯与阿富汗", "अफ़ग़ानिस्तान", "ავღანეთი", "Афганистан", "Ảnh 😀"])
def test_a_source_in_any_script_builds_or_is_told_with_its_file(desk: Path, title: str):
    reference = {"id": "a", "title": title, "URL": "https://a.example"}
    (desk / "references.json").write_text(json.dumps([reference]), "utf-8")
    write_issue(desk, manuscript(BODY + BLOCKS + "\nIt is so [@a]."))
    said = build(desk)
    if said.code:
        assert "references.json" in the_fault(said)
    else:
        assert title in page(desk)


# ---- desks that are none ----------------------------------------------------


@pytest.mark.parametrize(
    "command", [["build"], ["load"], ["measure", "events"], ["translate"], ["sign", "1", "en", "--by", "x"]]
)
def test_a_folder_that_is_no_desk_is_told_in_one_line(tmp_path: Path, command: list[str]):
    for said in (rasad(*command, cwd=tmp_path), rasad(*command, "--desk", tmp_path)):
        line = the_fault(said)
        assert str(tmp_path) in line
        assert "rasad new" in line
    assert list(tmp_path.iterdir()) == []


def test_a_desk_that_is_nowhere_is_told_in_one_line(tmp_path: Path):
    assert "nowhere" in the_fault(rasad("build", "--desk", tmp_path / "nowhere"))


SETTINGS = {
    "no TOML": ("[desk", 0),
    "no desk": ("", 0),
    "a desk that is a number": ("desk = 3", 0),
    "an unknown key": ('[desk]\nname = { en = "x" }\ncolour = "red"', 3),
    "no English name": ('[desk]\nname = { ps = "x" }', 2),
    "a stranger": ('[desk]\nname = { en = "x" }\nactors = ["XYZ"]', 3),
    "half a dyad": ('[desk]\nname = { en = "x" }\ndyads = ["RUS"]', 3),
    "a calendar nobody keeps": ('[desk]\nname = { en = "x" }\ncalendars = ["mayan"]', 3),
    "a language nobody reads": ('[desk]\nname = { en = "x" }\nlanguages = ["fr"]', 3),
}


@pytest.mark.parametrize("what", SETTINGS)
def test_settings_that_cannot_be_read_are_told_with_their_line(desk: Path, what: str):
    text, number = SETTINGS[what]
    (desk / "rasad.toml").write_text(text + "\n", "utf-8")
    line = the_fault(build(desk))
    assert line.startswith(f"{desk}/rasad.toml:{number}: " if number else f"{desk}/rasad.toml")


ACTORS = {
    "no TOML": "[[actor]",
    "no id": '[[actor]]\nnames = { en = "X" }',
    "no names": '[[actor]]\nid = "NRF"',
    "no English name": '[[actor]]\nid = "NRF"\nnames = { ps = "x" }',
    "an id in small letters": '[[actor]]\nid = "nrf"\nnames = { en = "X" }',
    "a list of texts": 'actor = ["NRF"]',
    "a number of actors": "actor = 3",
    "a role without a day": '[[actor]]\nid = "NRF"\nnames = { en = "X" }\n[[actor.role]]\nwhat = "x"\nsource = "y"',
    "a role from a word": (
        '[[actor]]\nid = "NRF"\ngoverns = "AFG"\nnames = { en = "X" }\n'
        '[[actor.role]]\nwhat = "government"\nsource = "y"\nvalid_from = "soon"'
    ),
}


@pytest.mark.parametrize("what", ACTORS)
def test_actors_that_cannot_be_read_are_told_with_their_file(desk: Path, what: str):
    (desk / "actors.toml").write_text(ACTORS[what] + "\n", "utf-8")
    assert f"{desk}/actors.toml" in the_fault(build(desk))


def test_an_actor_of_ones_own_can_act_in_the_chronology(desk: Path):
    (desk / "actors.toml").write_text('[[actor]]\nid = "NRF"\nnames = { en = "Resistance Front" }\n', "utf-8")
    (desk / "chronology.csv").write_text(chronology(*ROWS, row("C005", source_actor="NRF")), "utf-8")
    assert rasad("load", "--desk", desk).code == 0


# ---- the last good build ----------------------------------------------------


def test_a_chronology_that_went_wrong_leaves_the_last_good_build(desk: Path):
    before = tree(desk / "build")
    (desk / "chronology.csv").write_text(chronology(*ROWS, row("C005", cameo="999")), "utf-8")
    assert "chronology.csv:6:" in the_fault(build(desk))
    assert tree(desk / "build") == before


def test_an_issue_set_right_again_is_the_build_it_was(desk: Path):
    before = tree(desk / "build")
    broken(desk, manuscript(f"{BODY}{BLOCKS}\nIt is so [@nobody]."))
    write_issue(desk, manuscript(BODY + BLOCKS))
    assert build(desk).code == 0
    assert tree(desk / "build") == before


def test_nothing_is_ever_written_outside_the_builds_own_folder(desk: Path):
    inputs = {
        name: content for name, content in tree(desk).items() if not name.startswith(("build/", ".rasad/"))
    }
    write_issue(desk, manuscript(f"{BODY}{BLOCKS}\nOne more paragraph."))
    assert build(desk).code == 0
    after = {
        name: content for name, content in tree(desk).items() if not name.startswith(("build/", ".rasad/"))
    }
    assert after.keys() == inputs.keys()
    assert [name for name in inputs if inputs[name] != after[name]] == ["issues/1/issue.md"]
    assert [path.name for path in desk.parent.iterdir()] == ["desk"]


@pytest.mark.parametrize("out", ["issues", "."])
def test_a_build_into_the_desk_itself_does_not_cost_the_manuscript(desk: Path, out: str):
    text = issue_of(desk).read_bytes()
    rasad("build", "1", "--desk", desk, "--out", desk / out)
    assert issue_of(desk).is_file()
    assert issue_of(desk).read_bytes() == text


def test_a_build_does_not_take_the_place_of_a_folder_that_it_did_not_make(desk: Path, tmp_path: Path):
    mine = tmp_path / "papers" / "1"
    mine.mkdir(parents=True)
    (mine / "thesis.txt").write_text("years of work", "utf-8")
    rasad("build", "1", "--desk", desk, "--out", tmp_path / "papers")
    assert (mine / "thesis.txt").is_file()


def test_a_file_is_no_place_for_a_build(desk: Path, tmp_path: Path):
    (tmp_path / "file").write_text("x", "utf-8")
    the_fault(rasad("build", "1", "--desk", desk, "--out", tmp_path / "file"))


def whole(target: Path) -> bool:
    """Whether a build holds every file that its stamp names, as it was written."""
    stamp = json.loads((target / "build.json").read_text("utf-8"))
    return all(
        sha256((target / name).read_bytes()).hexdigest() == digest for name, digest in stamp["files"].items()
    )


def test_a_build_killed_at_any_moment_leaves_a_whole_edition(desk: Path):
    seed = secrets.randbelow(2**32)
    print(f"seed {seed}")  # noqa: T201  (the way back to a failure)
    moments = np.random.default_rng(seed)
    for number in range(KILLS):
        write_issue(desk, manuscript(f"{BODY}{BLOCKS}\nVersion {'x' * number}."))
        command = [sys.executable, "-c", ENTRY, "build", "1", "--desk", str(desk)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
            time.sleep(float(moments.uniform(0.3, 1.2)))
            running.kill()
        assert whole(desk / "build" / "1"), f"seed {seed}, kill {number}"
    assert build(desk).code == 0
    assert whole(desk / "build" / "1")


def test_a_build_that_someone_damaged_is_made_again(desk: Path):
    (desk / "build" / "1" / "en" / "index.html").write_text("half", "utf-8")
    assert build(desk).code == 0
    assert whole(desk / "build" / "1")


# ---- hostile texts ----------------------------------------------------------

SCRIPTS = (
    "<script>alert(document)</script>",
    "<img src=x onerror=alert(document)>",
    '"><svg onload=alert(document)>',
    "</title></style><iframe src=javascript:alert(document)>",
    "{{ x*x }} {% include '/etc/passwd' %}",
)
TYPESETTING = '#read("/etc/passwd") #eval("x") $ x $ <label> @ref // no *bold* \\ #import "x.typ"'


class Tags(HTMLParser):
    """Gathers what a browser would run or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = {name: value or "" for name, value in attrs}
        if tag == "script":
            self.scripts.append(given.get("src", "inline"))
        self.handlers += [name for name in given if name.startswith("on")]
        self.addresses += [given[name] for name in ("href", "src", "xlink:href", "action") if name in given]


def tags_of(text: str) -> Tags:
    found = Tags()
    found.feed(text)
    return found


def harmless(desk: Path, *, settings: str = "") -> str:
    """Build a hostile desk; the page must run and follow nothing but our own."""
    if settings:
        (desk / "rasad.toml").write_text(settings, "utf-8")
    said = build(desk)
    assert said.code == 0, said.err
    for path in (desk / "build" / "index.html", desk / "build" / "1" / "en" / "index.html"):
        found = tags_of(path.read_text("utf-8"))
        assert set(found.scripts) <= {"../../assets/issue.js"}
        assert found.handlers == []
        assert not found.tags & {"iframe", "object", "embed", "base", "form", "img"}
        strange = [
            a for a in found.addresses if re.match(r"\s*(javascript|data|vbscript|file|//)", a, re.IGNORECASE)
        ]
        assert strange == []
    assert "root:" not in page(desk)
    return page(desk)


def test_a_script_in_a_manuscript_is_printed_and_not_run(desk: Path):
    parts = [BODY, BLOCKS]
    for script in SCRIPTS:
        quoted = script.replace('"', "'").replace("|", "")
        parts += [
            f"# A heading {script}\n",
            f"A paragraph {script} and `{script}`.\n\n> A quotation {script}\n",
            f"| a | {quoted} |\n|---|---|\n| {quoted} | b |\n",
        ]
    everything = " ".join(SCRIPTS)
    reason = " ".join(SCRIPTS[:-1]).replace('"', "'")
    parts += [
        f"A note.[^n]\n\n[^n]: {everything}\n",
        f'[A fact {everything}]{{.fact #k1 evidence="C001"}}\n',
        f'[Held.]{{.judgement #j3 confidence=low because="{reason}" evidence="C001"}}\n',
    ]
    title = json.dumps(f"A title {everything}")
    write_issue(desk, manuscript("\n".join(parts), title=title, question=title))
    text = harmless(desk)
    for script in SCRIPTS:
        assert escape(script, quote=False) in text.replace("&#34;", '"').replace("&#39;", "'")


def test_a_script_in_a_chronology_is_printed_and_not_run(desk: Path):
    rows = [
        ROWS[n % 3] | {"id": f"C00{n + 1}", "event": script, "note": script}
        for n, script in enumerate(SCRIPTS)
    ]
    (desk / "chronology.csv").write_text(chronology(*rows), "utf-8")
    write_issue(desk, manuscript(BODY + BLOCKS + CHART))
    assert "C003" in harmless(desk)


def test_a_script_in_the_desks_names_sources_and_actors_is_printed_and_not_run(desk: Path):
    script = " ".join(SCRIPTS)
    text = json.dumps(script)
    (desk / "actors.toml").write_text(
        f'[[actor]]\nid = "RUS"\nkind = "state"\nnames = {{ en = {text} }}\n', "utf-8"
    )
    reference = {"id": "a", "title": script, "container-title": script, "author": [{"literal": script}],
                 "URL": "javascript:alert(document)", "custom": {"domain": script, "reliability": script}}  # fmt: skip
    (desk / "references.json").write_text(json.dumps([reference]), "utf-8")
    write_issue(desk, manuscript(f"{BODY}{BLOCKS}{CHART}\nIt is so [@a]."))
    settings = f"[desk]\nname = {{ en = {text} }}\nseries = {{ en = {text} }}\nimprint = {{ en = {text} }}\n"
    harmless(desk, settings=settings + 'dyads = ["RUS-AFG"]\n')


LINKS = (
    "[x](javascript:alert(document))",
    "[x](JaVaScRiPt:alert(document))",
    "[x](&#106;avascript:alert(document))",
    "[x](<java\tscript:alert(document)>)",
    "[x](data:text/html,<script>alert(document)</script>)",
    "[x](//elsewhere.example)",
    "[x](file:///etc/passwd)",
    "[x](vbscript:x)",
    "<javascript:alert(document)>",
    '[x](https://a.example "onmouseover=alert(document)")',
    "[x]: javascript:alert(document)\n\n[x]",
    "[x](http://[::x)",
    "[x](../../../../etc/passwd)",
    "[x](https://b.example){onclick=alert(document) style=position:fixed}",
    '[x]{.verbatim onclick="alert(document)" onmouseover="alert(document)"}',
)


def test_a_link_that_is_no_web_address_is_not_followed(desk: Path):
    links = "\n\n".join(f"See {link} here.\n\n{link}" for link in LINKS)
    write_issue(desk, manuscript(f"{BODY}{BLOCKS}\n{links}\n"))
    text = harmless(desk)
    assert "etc/passwd" not in "".join(tags_of(text).addresses)
    assert "https://a.example" in tags_of(text).addresses


def test_typst_code_in_any_text_is_printed_and_not_run(desk: Path):
    rows = [*ROWS[:2], ROWS[2] | {"event": TYPESETTING}]
    (desk / "chronology.csv").write_text(chronology(*rows), "utf-8")
    typed = TYPESETTING.replace("*", "\\*")
    write_issue(
        desk,
        manuscript(f"{BODY}{BLOCKS}{CHART}\n# Of {typed}\n\nOf {typed}\n", title=json.dumps(f"A {typed}")),
    )
    harmless(desk)
    with pypdfium2.PdfDocument(desk / "build" / "1" / "en" / "issue.pdf") as pdf:
        text = " ".join(
            " ".join(pdf[number].get_textpage().get_text_range().split()) for number in range(len(pdf))
        )
    assert text.count('#read("/etc/passwd")') >= 3
    assert "root:" not in text


@pytest.mark.parametrize(
    "name", ["../../outside", "/etc/x", "..", "a/b", "x.svg", 'x"y', "<b>", "%2e%2e", "a\x00b", "x" * 500]
)
def test_a_figure_cannot_be_named_like_a_path(desk: Path, name: str):
    before = tree(desk.parent)
    write_issue(desk, manuscript(f"{BODY}\n::: {{.figure #{name} chart=ladder}}\nx\n:::\n"))
    said = build(desk)
    if said.code:
        refused(said)
    assert {path for path in tree(desk.parent) if path.split("/")[1] not in ("build", ".rasad")} == {
        path for path in before if path.split("/")[1] not in ("build", ".rasad")
    }
    names = [
        path.relative_to(desk / "build" / "1").as_posix()
        for path in (desk / "build" / "1").rglob("*")
        if path.is_file()
    ]
    assert all(re.fullmatch(r"(en|data)/[\w.-]+|[\w.-]+", file) for file in names)


@pytest.mark.parametrize("odd", ["\x01", "\x0b", "\x1b[2J", "\x7f", "\u202e", "\ufffe", "北京", "😀"])
def test_a_character_that_no_font_holds_is_printed_or_told_with_its_line(desk: Path, odd: str):
    (desk / "chronology.csv").write_text(
        chronology(*ROWS[:2], ROWS[2] | {"event": f"They {odd} met."}), "utf-8"
    )
    said = build(desk)
    if said.code:
        assert f"{desk}/chronology.csv:4:" in the_fault(said)
    else:
        assert "\x1b" not in page(desk)


def test_a_cell_that_a_spreadsheet_would_run_is_quoted_in_the_data_beside_a_chart(desk: Path):
    (desk / "chronology.csv").write_text(
        chronology(*ROWS[:2], ROWS[2] | {"event": "=cmd|' /C calc'!A0"}), "utf-8"
    )
    assert build(desk).code == 0
    cells = [
        cell
        for path in (desk / "build" / "1" / "data").iterdir()
        for cell in path.read_text("utf-8").split(",")
    ]
    assert not [cell for cell in cells if cell.strip().strip('"').startswith(("=", "@"))]


@pytest.mark.parametrize("opening", ["> ", "- ", "[", "**", "*a **b ", "[x]{.fact #k "])
def test_a_text_nested_without_end_is_no_crash(desk: Path, opening: str):
    write_issue(desk, manuscript(f"{BODY}{BLOCKS}\n{opening * 1500}x\n"))
    said = build(desk)
    if said.code:
        refused(said)


# ---- messages ---------------------------------------------------------------


@pytest.mark.parametrize(
    "control", ["\n", "\r", "\x1b[31m", "\x1b]0;title\x07", "\x07", "\x08", "\x00", "\x9b2J"]
)
def test_a_message_is_one_line_without_control_characters(control: str):
    error = ChronologyError(
        f"'a{control}b' is wrong", at=Place(Path("c.csv"), 3), do=f"Write{control} it well."
    )
    told = str(error)
    assert told.isprintable()
    assert told.startswith("c.csv:3: 'a")


def test_a_fault_goes_to_standard_error_with_exit_two(desk: Path):
    write_issue(desk, manuscript(f"{BODY}\nIt is so [@nobody]."))
    said = rasad_process("build", "1", "--desk", desk)
    assert (said.code, said.out) == (2, "")
    assert len(said.faults) == 1


def test_an_unknown_command_or_option_is_told_without_a_traceback():
    for arguments in (["bulid"], ["build", "--fast"], ["build", "one"], ["sign"]):
        said = rasad(*arguments)
        assert said.code == 2
        assert "Traceback" not in said.err
        assert "Usage" in said.err
