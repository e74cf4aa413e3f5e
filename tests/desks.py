"""Small desks in a temporary folder, and the command as a user runs it."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polib
from hypothesis import settings

from rasad.cli import main
from rasad.model.codebook import codebook
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.ids import make_id
from rasad.model.rung import Rung

COULD_NOT_RUN = 2
COLUMNS = (
    "id", "date", "date_sh", "date_precision", "source_actor", "target_actor", "place_country", "bears_on",
    "event", "cameo", "rung", "source_grade", "ground", "source_url", "source_date", "note",
)  # fmt: skip
ENTRY = "import sys; from rasad.cli import main; main()"
law = settings(max_examples=60, deadline=None)
"""How often a law is tried; without a deadline, since the first try loads the numerics."""

# ---- the command ------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


def rasad(*arguments: object, cwd: Path | None = None) -> Said:
    """Run the command in this process, which is quick; an error that nobody caught fails the test."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.argv
    sys.argv = ["rasad", *map(str, arguments)]
    code: object = 0
    try:
        with redirect_stdout(out), redirect_stderr(err), chdir(cwd or Path.cwd()):
            main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.argv = before
    return Said(int(str(code)), out.getvalue(), err.getvalue())


def rasad_process(*arguments: str | bytes | Path, cwd: Path | None = None) -> Said:
    """Run the command as a process of its own, without a terminal."""
    ended = subprocess.run(
        [sys.executable, "-c", ENTRY, *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return Said(ended.returncode, ended.stdout.decode(), ended.stderr.decode("utf-8", "backslashreplace"))


def refused(said: Said) -> list[str]:
    """The lines in which a command says why it could not run; each must be fit for a terminal."""
    assert said.code == COULD_NOT_RUN, f"exit {said.code}: {said.out}{said.err}"
    assert "Traceback" not in said.err
    assert said.faults
    assert not [c for c in said.err if unicodedata.category(c) == "Cc" and c != "\n"]
    assert max(map(len, said.faults)) < 1000
    return said.faults


def the_fault(said: Said) -> str:
    """The one line in which a command says why it could not run."""
    (line,) = refused(said)
    return line


# ---- chronologies -----------------------------------------------------------


def row(key: str = "C001", **cells: str) -> dict[str, str]:
    """A row that is right, but for the cells given."""
    right = {
        "id": key,
        "date": "2026-05-27",
        "source_actor": "RUS",
        "target_actor": "AFG",
        "event": "The two defence ministers signed an agreement.",
        "cameo": "057",
        "source_grade": "B2",
        "ground": "source",
        "source_url": f"https://news.example/{key}",
    }
    return right | cells


ROWS = (
    row("C001", date="2025-07-03", event="Russia recognised the Islamic Emirate.", cameo="057", rung="P3"),
    row("C002", date="2025-12-01", date_precision="month", event="A trade mission came to Kabul.", cameo="042", rung="E1"),
    row("C003", date="2026-05-27", date_sh="1405-03-06", rung="D2"),
    row("C004", date="2026-02-14", source_actor="ISKP", target_actor="RUS", place_country="AFG", bears_on="RUS-AFG",
        event="Gunmen attacked the embassy.", cameo="190", rung="N4"),
)  # fmt: skip


def chronology(*rows: Mapping[str, str], columns: Sequence[str] = COLUMNS) -> str:
    """Rows as the text of a chronology, header in line 1 and a row a line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


# ---- manuscripts ------------------------------------------------------------

TITLE = "The relation this week"
JUDGED = '[The agreement is technical.]{.judgement #j1 confidence=low because="the text is not public" evidence="C003"}'
COUNTED = "The record holds []{.measure name=events unit=event}."
BODY = f"{JUDGED}\n\n{COUNTED}\n"


def manuscript(body: str = BODY, **front: str) -> str:
    """An ``issue.md`` whose front matter is right, but for the keys given."""
    keys = {
        "number": "1",
        "date": "2026-06-06",
        "as_of": "2026-05-31",
        "dyad": "RUS-AFG",
        "title": f'"{TITLE}"',
        "languages": "[en]",
    } | front
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\n{lines}---\n\n{body}"


def line_of(text: str, part: str) -> int:
    """The line of a text in which a part stands, from 1."""
    return text[: text.index(part)].count("\n") + 1


# ---- desks ------------------------------------------------------------------


def make_desk(
    root: Path, *, rows: Sequence[Mapping[str, str]] = ROWS, issue: str = "", settings: str = ""
) -> Path:
    """A desk with a chronology, one issue and a loaded store."""
    (root / "issues" / "1").mkdir(parents=True)
    lines = ["[desk]", 'name = { en = "Test Desk" }', 'dyads = ["RUS-AFG"]', settings]
    (root / "rasad.toml").write_text("\n".join(lines) + "\n", "utf-8")
    (root / "references.json").write_text("[]\n", "utf-8")
    (root / "chronology.csv").write_text(chronology(*rows), "utf-8")
    write_issue(root, issue or manuscript())
    assert rasad("load", "--desk", root).code == 0
    return root


def copy_desk(desk: Path, folder: Path) -> Path:
    """A copy of a desk, store and all, to spoil."""
    return Path(shutil.copytree(desk, folder / "desk"))


def write_issue(desk: Path, text: str) -> None:
    """Replace the manuscript of a desk's first issue."""
    (desk / "issues" / "1" / "issue.md").write_text(text, "utf-8")


def write_catalogue(desk: Path, lang: str, texts: Mapping[str, str], fuzzy: Sequence[str] = ()) -> Path:
    """Write the translations of a desk's first issue, by their originals."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": lang}
    for original, translated in texts.items():
        flags = ["fuzzy"] if original in fuzzy else []
        catalogue.append(polib.POEntry(msgid=original, msgstr=translated, flags=flags))
    path = desk / "issues" / "1" / "translations" / f"{lang}.po"
    path.parent.mkdir(exist_ok=True)
    catalogue.save(str(path))
    return path


def build(desk: Path) -> Said:
    """Build a desk's first issue."""
    return rasad("build", "1", "--desk", desk)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def page(desk: Path, lang: str = "en") -> str:
    """The web page of an edition."""
    return (desk / "build" / "1" / lang / "index.html").read_text("utf-8")


# ---- events -----------------------------------------------------------------


def event(key: str = "C001", **fields: object) -> Event:
    """An event of RUS toward AFG; ``cameo`` brings its quad class, ``rung`` and ``bears_on`` are texts."""
    code = codebook()[str(fields.pop("cameo", "057"))]
    rung = str(fields.pop("rung", ""))
    bears_on = tuple(Dyad.parse(text) for text in str(fields.pop("bears_on", "")).split())
    plain: dict[str, object] = {
        "event_id": make_id("ev", "chronology", key),
        "dataset": "chronology",
        "dataset_event_id": key,
        "snapshot_id": "sn_0",
        "row": 0,
        "occurred_on": date(2026, 5, 27),
        "date_precision": "day",
        "published_on": "",
        "source_actor": "RUS",
        "target_actor": "AFG",
        "place_country": "",
        "text": "They met.",
        "cameo": code.code,
        "plover_type": code.plover_type,
        "plover_mode": code.plover_mode,
        "context": code.context,
        "domain": code.domain,
        "quad_class": code.quad_class,
        "channel": code.channel,
        "goldstein": code.goldstein,
        "source_grade": "",
        "ground": "source",
        "source_url": "",
        "note": "",
    }
    return Event(**(plain | fields), rung=Rung.parse(rung) if rung else None, bears_on=bears_on)  # type: ignore[arg-type]
