"""The dossier of two actors as a user asks for it: on a terminal, as JSON, as a page, and from Python."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import rasad as package
from desks import ROWS, Said, chronology, make_desk, rasad, refused, row, the_fault
from example import copy_example
from loading import GDELT2, load
from rasad.errors import RasadError
from rasad.flow.relation import Relation
from rasad.languages import LANGUAGES, language
from rasad.model.dyad import Dyad
from rasad.relations.acts import CHANNELS
from rasad.shifts.history import FLOOR_BY_HAND

AS_OF = "2026-05-31"
DAY = date.fromisoformat(AS_OF)
ALONE = ("--dataset", "chronology")
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)> & "quoted" \'so\''
ROCKETS, ATTACKS, ARMING = {"C032", "C035", "C039"}, {"C207", "C210", "C213"}, {"C118", "C149", "C222"}
VOID = {"meta", "br", "img", "hr", "link", "input", "path", "line", "rect", "circle"}


# ---- desks ------------------------------------------------------------------


@pytest.fixture(scope="module")
def kabul(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example desk, loaded and not built."""
    root = copy_example(tmp_path_factory.mktemp("kabul"))
    assert rasad("load", "--desk", root).code == 0
    return root


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of the four usual rows, one event of PAK and TJK, hostile texts, and a day of GDELT with gaps."""
    rows = (
        *ROWS,
        row("C005", date="2026-04-01", event=HOSTILE, cameo="112", rung="N2"),
        row("C006", date="2026-03-01", event=HOSTILE, source_actor="ISKP", target_actor="RUS", bears_on="RUS-AFG",
            cameo="190", rung="N4"),
        row("C007", date="2026-03-05", source_actor="PAK", target_actor="TJK", cameo="057"),
    )  # fmt: skip
    root = make_desk(tmp_path_factory.mktemp("small") / "desk", rows=rows)
    load(root, GDELT2)
    return root


@pytest.fixture(scope="module")
def dossier(kabul: Path) -> dict[str, Any]:
    return told(kabul, "RUS", "AFG")


@cache
def told(desk: Path, *asked: str, as_of: str = AS_OF) -> dict[str, Any]:
    """A dossier as JSON; text that is not JSON, as NaN is not, fails."""
    said = rasad("relation", *asked, "--as-of", as_of, "--desk", desk, "--json")
    assert said.code == 0, said.err
    return strict(said)


@cache
def text(desk: Path, *asked: str, as_of: str = AS_OF) -> str:
    """A dossier as a terminal shows it."""
    said = rasad("relation", *asked, "--as-of", as_of, "--desk", desk)
    assert said.code == 0, said.err
    return said.out


def strict(said: Said) -> Any:  # noqa: ANN401  (whatever the command tells)
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} in JSON")

    return json.loads(said.out, parse_constant=refuse)


def ids(found: list[dict[str, Any]]) -> set[str]:
    return {one["id"] for one in found}


def within(desk: Path) -> list[dict[str, str]]:
    """The rows of a chronology within RUS-AFG that were over by the day, read plainly."""
    with (desk / "chronology.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    return [
        r for r in rows if {r["source_actor"], r["target_actor"]} == {"RUS", "AFG"} and r["date"] <= AS_OF
    ]


# ---- the terminal -----------------------------------------------------------


def test_a_dossier_tells_reading_index_ladder_shifts_partners_and_counter_evidence(kabul: Path):
    shown = text(kabul, "RUS", "AFG")
    for part in ("Reading: ", "Index", "Ladder", "Shifts", "Partners", "Counter-evidence", "counted nowhere"):
        assert part in shown, part
    assert "attention" in shown
    assert "have no rung" in shown
    assert "nan" not in shown.lower().split()


def test_both_orders_of_the_actors_tell_the_same(small: Path):
    one, other = (told(small, *pair, *ALONE) for pair in (("RUS", "AFG"), ("AFG", "RUS")))
    assert one["dyad"] == other["dyad"][::-1] == ["RUS", "AFG"]
    assert {k: v for k, v in one.items() if k not in ("dyad", "names")} == {
        k: v for k, v in other.items() if k not in ("dyad", "names")
    }


def test_a_reading_that_the_analyst_sets_is_the_reading(small: Path):
    found = told(small, "RUS", "AFG", *ALONE, "--reading", "colder")
    assert (found["reading"]["way"], found["reading"]["because"]) == ("colder", "given")
    assert "C003" in ids(found["counter_evidence"])


# ---- JSON -------------------------------------------------------------------


def test_the_json_names_its_methods_and_holds_every_part(dossier: dict[str, Any]):
    assert dossier.keys() >= {
        "dyad", "names", "as_of", "methods", "reading", "counter_evidence", "bearing", "ladder_test", "datasets",
    }  # fmt: skip
    assert dossier["as_of"] == AS_OF
    assert dossier["methods"].keys() >= {"index", "shifts", "alerts", "standing", "reading", "ladder_test"}
    (strand,) = dossier["datasets"]
    assert strand["kept_by_hand"] is True
    assert strand.keys() >= {
        "events", "sites", "gaps", "directed", "weeks", "months", "index", "smoothed", "goldstein", "plover",
        "ladder", "shifts", "alerts", "partners",
    }  # fmt: skip
    for series in (strand["weeks"], strand["months"]):
        lengths = {len(series[name]) for name in ("starts", "events", "sites", "left_out", "goldstein_sum")}
        lengths |= {len(column) for part in ("channels", "shares") for column in series[part].values()}
        assert len(lengths) == 1
        assert list(series["channels"]) == list(CHANNELS)


def test_the_numbers_of_a_dossier_are_those_counted_in_the_chronology(kabul: Path, dossier: dict[str, Any]):
    rows = within(kabul)
    (strand,) = dossier["datasets"]
    assert strand["events"] == len(rows)
    months = dict(zip(strand["months"]["starts"], strand["months"]["events"], strict=True))
    assert {start: n for start, n in months.items() if n} == Counter(f"{r['date'][:7]}-01" for r in rows)
    undated = sum(r["date_precision"] == "month" for r in rows)
    assert strand["weeks"]["known_to_the_month_only"] == undated
    assert sum(strand["weeks"]["events"]) == len(rows) - undated
    assert {source: d["events"] for source, d in strand["directed"].items()} == Counter(
        r["source_actor"] for r in rows
    )
    none = sum(r["rung"] == "0" for r in rows)
    assert strand["ladder"]["without_rung"] == pytest.approx(none / len(rows), abs=0.05)


def test_counter_evidence_names_rockets_attacks_and_the_arming_of_neighbours(dossier: dict[str, Any]):
    against = {one["id"]: one for one in dossier["counter_evidence"]}
    assert dossier["reading"]["way"] == "warmer"
    assert against.keys() >= ROCKETS | ATTACKS | ARMING
    assert {against[key]["because"] for key in ROCKETS | ATTACKS} == {"force_near"}
    assert {against[key]["because"] for key in ARMING} == {"hedging"}
    assert not any(against[key]["counted"] for key in ROCKETS | ATTACKS | ARMING)
    dates = [one["date"] for one in dossier["counter_evidence"]]
    assert dates == sorted(dates)


def test_the_terminal_names_the_same_counter_evidence(kabul: Path):
    against = text(kabul, "RUS", "AFG").split("Counter-evidence")[1]
    assert all(key in against for key in ROCKETS | ATTACKS | ARMING)


def test_what_bears_on_a_dyad_is_told_and_counted_nowhere_in_it(kabul: Path, dossier: dict[str, Any]):
    inside = {r["id"] for r in within(kabul)}
    assert ids(dossier["bearing"]) >= ROCKETS | ATTACKS
    assert not ids(dossier["bearing"]) & inside
    (strand,) = dossier["datasets"]
    named = ids(strand["ladder"]["setbacks"]) | ids(strand["shifts"]["dated_by_acts"])
    named |= ids(list(strand["ladder"]["first_steps"].values())) | set(dossier["reading"]["events"])
    assert named <= inside


def test_a_dossier_without_what_bears_on_it_counts_the_same(small: Path, tmp_path: Path):
    rows = (*ROWS[:3], row("C005", date="2026-04-01", event=HOSTILE, cameo="112", rung="N2"))
    alone = make_desk(tmp_path / "desk", rows=rows)
    one, other = (told(desk, "RUS", "AFG", *ALONE)["datasets"][0] for desk in (small, alone))
    assert {k: v for k, v in one.items() if k != "partners"} == {
        k: v for k, v in other.items() if k != "partners"
    }
    assert ids(told(small, "RUS", "AFG", *ALONE)["bearing"]) == {"C004", "C006"}


def test_first_steps_that_hang_on_a_judgement_name_what_would_hold_without_it(dossier: dict[str, Any]):
    firsts = dossier["datasets"][0]["ladder"]["first_steps"]
    assert (firsts["S1"]["id"], firsts["S1"]["is_judgement"], firsts["S1"]["otherwise"]["date"]) == (
        "C014",
        True,
        "2023-11-11",
    )
    assert (firsts["P3"]["id"], firsts["P3"]["is_judgement"], firsts["P3"]["otherwise"]) == (
        "C158",
        False,
        None,
    )
    assert (firsts["D2"]["id"], firsts["D2"]["is_judgement"]) == ("C246", True)


def test_the_floor_of_shifts_and_the_acts_that_date_changes_are_told(dossier: dict[str, Any]):
    shifts = dossier["datasets"][0]["shifts"]
    assert (shifts["n"], shifts["floor"], shifts["too_few"]) == (72, FLOOR_BY_HAND, FLOOR_BY_HAND > 72)
    assert shifts["shifts"] == [] or not shifts["too_few"]
    assert {"C158", "C246"} <= ids(shifts["dated_by_acts"])


def test_the_past_does_not_know_what_came_after(kabul: Path):
    before = told(kabul, "RUS", "AFG", as_of="2025-06-30")
    dates = [one["date"] for part in ("counter_evidence", "bearing") for one in before[part]]
    dates += [one["date"] for one in before["datasets"][0]["shifts"]["dated_by_acts"]]
    assert max(dates) <= "2025-06-30"
    assert before["datasets"][0]["months"]["starts"][-1] <= "2025-06-30"
    assert "P3" not in before["datasets"][0]["ladder"]["first_steps"]


# ---- few events, and gaps ---------------------------------------------------


def test_a_dyad_with_one_event_has_a_wide_band_and_no_shift(small: Path):
    found = told(small, "PAK", "TJK", *ALONE)
    (strand,) = found["datasets"]
    assert strand["events"] == 1
    assert strand["shifts"]["too_few"]
    assert strand["index"]["low"][-1] < 0 < strand["index"]["high"][-1]
    assert "nan" not in text(small, "PAK", "TJK", *ALONE).lower().split()


def test_a_dyad_with_a_gap_in_the_data_is_null_there_and_never_quiet(small: Path, tmp_path: Path):
    found = told(small, "RUS", "TUR", as_of="2019-10-31")
    (strand,) = found["datasets"]
    assert strand["dataset"] == "gdelt2"
    assert strand["gaps"]
    for series in (strand["weeks"], strand["months"]):
        for at, start in enumerate(series["starts"]):
            if "2018-12-01" <= start <= "2019-08-31":
                assert series["events"][at] is None
                assert {column[at] for column in series["channels"].values()} == {None}
        assert None in series["events"]
    for at, start in enumerate(strand["months"]["starts"]):
        if "2018-12-01" <= start <= "2019-08-31":
            assert strand["index"]["value"][at] is strand["smoothed"]["value"][at] is None
    said = rasad(
        "relation", "RUS", "TUR", "--as-of", "2019-10-31", "--desk", small, "--html", tmp_path / "gap.html"
    )
    assert said.code == 0, said.err
    shown = text(small, "RUS", "TUR", as_of="2019-10-31")
    assert "not known" in shown or "gap" in shown.lower()
    assert "nan" not in shown.lower().split()


# ---- the page ---------------------------------------------------------------


class Page(HTMLParser):
    """A page as its tags with their attributes, its text, and whether every tag was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open.pop() == tag, f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def values(self, attribute: str) -> list[str]:
        return [told[attribute] for _, told in self.tags if attribute in told]

    @property
    def text(self) -> str:
        return "".join(self.words)


def is_sound(text: str, lang: str) -> Page:
    """A page of a language that is well formed, needs nothing else, and whose links lead somewhere."""
    assert text.startswith("<!doctype html>")
    page = Page(text)
    assert not page.open
    html = next(attributes for tag, attributes in page.tags if tag == "html")
    assert (html["lang"], html["dir"]) == (language(lang).bcp47, "ltr" if lang == "en" else "rtl")
    found = page.values("id")
    assert len(found) == len(set(found))
    anchors = [address for address in page.values("href") if address.startswith("#")]
    assert anchors
    assert {address[1:] for address in anchors} <= set(found)
    loaded = [
        t
        for t, a in page.tags
        if t in ("script", "link", "img", "iframe", "object", "embed", "base") or "src" in a
    ]
    assert loaded == []
    links = [a["href"] for t, a in page.tags if "href" in a]
    assert all(address.startswith(("#", "http://", "https://")) for address in links)
    assert all(t == "a" for t, a in page.tags if "href" in a)
    assert not [name for _, a in page.tags for name in a if name.startswith("on")]
    style = text[text.index("<style") : text.index("</style>")]
    assert "@import" not in style
    assert all(part.lstrip("\"'").startswith("data:") for part in style.split("url(")[1:])
    assert "nan" not in page.text.lower().split()
    return page


@pytest.fixture(scope="module")
def shown(kabul: Path) -> Relation:
    """The dossier of the example desk."""
    return package.relation("RUS", "AFG", desk=kabul, as_of=DAY)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_stands_by_itself_in_every_language(shown: Relation, lang: str):
    page = is_sound(shown.html(lang), lang)
    anchors = [address for address in page.values("href") if address.startswith("#event-")]
    assert {address.removeprefix("#event-") for address in anchors} >= ROCKETS | ATTACKS | ARMING | {
        "C158",
        "C246",
    }


def test_the_command_writes_the_page_and_tells_json_if_it_is_asked_to(
    kabul: Path, shown: Relation, dossier: dict[str, Any], tmp_path: Path
):
    file, asked = tmp_path / "page.html", ("relation", "RUS", "AFG", "--as-of", AS_OF, "--desk", kabul)
    said = rasad(*asked, "--html", file, "--language", "ps")
    assert (said.code, said.out) == (0, "")
    assert str(file) in said.err
    assert file.read_text("utf-8") == shown.html("ps")
    assert strict(rasad(*asked, "--html", file, "--json")) == dossier
    assert file.read_text("utf-8") == shown.html("en")


@pytest.fixture(scope="module")
def hostile(small: Path) -> Relation:
    """The dossier of the small desk, in which two events have a hostile text."""
    return package.relation("RUS", "AFG", desk=str(small), as_of=DAY)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_texts_of_a_chronology_are_texts_on_the_page(hostile: Relation, lang: str):
    shown = hostile.html(lang)
    page = is_sound(shown, lang)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<script>alert" in page.text


# ---- shifts and predictability ----------------------------------------------


def test_a_dyad_below_the_floor_is_dated_by_named_acts(kabul: Path):
    said = rasad("shifts", "AFG-TJK", "--as-of", AS_OF, "--desk", kabul)
    assert said.code == 0, said.err
    assert f"needs {FLOOR_BY_HAND}" in said.out
    dated = [line.split()[:2] for line in said.out.splitlines() if "C169" in line or "C212" in line]
    assert dated == [["setback", "2025-08-24"], ["first", "step"]]


def test_the_changes_of_a_desks_dyads_are_those_of_each_dossier(kabul: Path, dossier: dict[str, Any]):
    found = strict(rasad("shifts", "--as-of", AS_OF, "--desk", kabul, "--json"))
    by_dyad = {
        str(Dyad.of(*one["dyad"]) if isinstance(one["dyad"], list) else Dyad.parse(one["dyad"])): one
        for one in found
    }
    assert set(by_dyad) == {"AFG-RUS", "AFG-PAK", "AFG-TJK"}
    (strand,) = by_dyad["AFG-RUS"]["datasets"]
    assert strand["shifts"] in (dossier["datasets"][0]["shifts"], dossier["datasets"][0]["shifts"]["shifts"])


def test_named_dyads_are_told_instead_and_one_without_events_says_so(kabul: Path):
    said = rasad("shifts", "RUS-KAZ", "--as-of", AS_OF, "--desk", kabul)
    assert (said.code, "no events" in said.out) == (0, True)
    assert "AFG" not in said.out
    (told_of,) = strict(rasad("shifts", "RUS-KAZ", "--as-of", AS_OF, "--desk", kabul, "--json"))
    assert told_of["datasets"] == []


def test_predictability_below_its_floor_tells_what_is_missing(kabul: Path):
    said = rasad("predictability", "RUS", "--desk", kabul)
    assert said.code == 0, said.err
    assert "too few events" in said.out
    assert "300" in said.out
    found = strict(rasad("predictability", "RUS", "--desk", kabul, "--json"))
    assert "300" in json.dumps(found)


# ---- bad input --------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("RUS", "RUS"), "RUS"),
        (("RUS", "KAZ"), "no events between RUS and KAZ"),
        (("RUS", "NOWHERE"), "'NOWHERE' is not a known actor"),
        (("NOWHERE", "RUS"), "'NOWHERE' is not a known actor"),
        (("", "RUS"), "not a known actor"),
        (("RUS", "AFG', 'x"), "not a known actor"),
        (("RUS\n\x1b[31m", "AFG"), "not a known actor"),
        (("RUS", "AFG", "--as-of", "2001-01-01"), "2001-01-01"),
        (("RUS", "AFG", "--dataset", "nope"), "'nope'"),
        (("RUS", "AFG", "--dataset", "chronology", "--dataset", "../.."), "'../..'"),
    ],
    ids=lambda told: " ".join(map(ascii, told)) if isinstance(told, tuple) else "",
)
def test_what_cannot_be_told_is_one_plain_line(small: Path, asked: tuple[str, ...], words: str):
    said = rasad("relation", *asked, "--json", "--desk", small)
    assert words in the_fault(said)
    assert said.out == ""


@pytest.mark.parametrize(
    "option", [("--as-of", "2026-13-01"), ("--language", "xx"), ("--reading", "sideways")]
)
def test_an_option_of_no_meaning_is_refused(small: Path, option: tuple[str, str]):
    assert any(
        option[1] in line for line in refused(rasad("relation", "RUS", "AFG", *option, "--desk", small))
    )


def test_a_page_that_cannot_be_written_is_told_with_its_path(small: Path, tmp_path: Path):
    path = small / "rasad.toml" / "page.html"
    said = rasad("relation", "RUS", "AFG", *ALONE, "--as-of", AS_OF, "--desk", small, "--html", path)
    assert str(path) in the_fault(said)
    assert refused(rasad("relation", "RUS", "AFG", "--desk", small, "--html", tmp_path))


@pytest.mark.parametrize("dyad", ["RUS", "RUS-RUS", "RUS-NOWHERE", "RUS AFG", ""])
def test_a_dyad_that_is_none_is_told_by_shifts(small: Path, dyad: str):
    the_fault(rasad("shifts", dyad, "--desk", small))


def test_a_dataset_that_is_not_there_is_told_by_all(small: Path):
    assert "'nope'" in the_fault(rasad("shifts", "--dataset", "nope", "--desk", small))
    assert "'nope'" in the_fault(rasad("predictability", "RUS", "--dataset", "nope", "--desk", small))


def test_a_desk_without_a_store_is_told(small: Path, tmp_path: Path):
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in ("rasad.toml", "chronology.csv", "references.json"):
        (bare / name).write_bytes((small / name).read_bytes())
    for command in (("relation", "RUS", "AFG"), ("shifts",), ("predictability", "RUS")):
        assert "rasad load" in the_fault(rasad(*command, "--desk", bare))
    the_fault(rasad("relation", "RUS", "AFG", "--desk", tmp_path / "nowhere"))


def test_a_desk_that_watches_no_dyad_is_told_by_shifts(tmp_path: Path):
    desk = make_desk(tmp_path / "desk")
    settings = (desk / "rasad.toml").read_text("utf-8")
    (desk / "rasad.toml").write_text(settings.replace('dyads = ["RUS-AFG"]', "dyads = []"), "utf-8")
    the_fault(rasad("shifts", "--desk", desk))


# ---- from Python ------------------------------------------------------------


def frame_of(desk: Path) -> dict[str, list[str]]:
    """The chronology's dated acts within RUS-AFG as columns."""
    rows = [r for r in within(desk) if r["date_precision"] != "month"]
    names = {"occurred_on": "date", "source_actor": "source_actor", "target_actor": "target_actor", "cameo": "cameo",
             "source_url": "source_url", "text": "event"}  # fmt: skip
    return {name: [r[column] for r in rows] for name, column in names.items()}


def test_a_notebook_shows_the_dossier_of_a_desk(small: Path, hostile: Relation):
    assert json.loads(json.dumps(hostile.told(), allow_nan=False)) == told(small, "RUS", "AFG")
    assert "\n".join(hostile.lines()).strip() in text(small, "RUS", "AFG")
    assert repr(hostile).startswith("Russia")
    with pytest.raises(KeyError):
        hostile.html("fr")


def test_what_a_notebook_shows_is_escaped(hostile: Relation):
    shown = hostile._repr_html_()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("library", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_frame_tells_the_counts_of_the_desk_it_was_taken_from(kabul: Path, library: Any):  # noqa: ANN401
    of_frame = package.relation("RUS", "AFG", frame=library(frame_of(kabul)), as_of=DAY).told()["datasets"][0]
    of_desk = told(kabul, "RUS", "AFG")["datasets"][0]
    assert of_frame["events"] == of_desk["events"] - of_desk["weeks"]["known_to_the_month_only"]
    counted = dict(zip(of_desk["weeks"]["starts"], of_desk["weeks"]["events"], strict=True))
    for start, n in zip(of_frame["weeks"]["starts"], of_frame["weeks"]["events"], strict=True):
        assert counted[start] == n


def test_a_hostile_frame_is_escaped_and_no_script_is_an_address():
    frame = {"day": ["2026-05-27"] * 2, "source_actor": ["RUS", "AFG"], "target_actor": ["AFG", "RUS"], "cameo": ["057", "190"],
             "text": [HOSTILE, "</style></script><b>"], "source_url": ["javascript:alert(1)", 'https://a.example/"><script>']}  # fmt: skip
    found = package.relation("RUS", "AFG", frame=pl.DataFrame(frame), names={"occurred_on": "day"})
    for lang in LANGUAGES:
        page = is_sound(found.html(lang), lang)
        assert not [address for address in page.values("href") if "javascript" in address]
    assert "<script" not in found._repr_html_()


def test_actors_of_a_frame_may_be_any_codes():
    frame = pl.DataFrame(
        {"occurred_on": ["2026-05-27"], "source_actor": ["XQ1"], "target_actor": ["ZZ9"], "cameo": ["057"]}
    )
    assert package.relation("XQ1", "ZZ9", frame=frame).told()["dyad"] == ["XQ1", "ZZ9"]
    with pytest.raises(RasadError, match="no events"):
        package.relation("XQ1", "AFG", frame=frame)
    with pytest.raises(RasadError):
        package.relation("XQ1", "XQ1", frame=frame)


def test_what_python_cannot_be_told_is_an_error_to_read(small: Path, tmp_path: Path):
    with pytest.raises(RasadError, match="no events"):
        package.relation("RUS", "KAZ", desk=small)
    with pytest.raises(RasadError, match="not a known actor"):
        package.relation("RUS", "NOWHERE", desk=small)
    with pytest.raises(RasadError):
        package.relation("RUS", "AFG", desk=tmp_path)
    with pytest.raises(TypeError):
        package.relation("RUS", "AFG", frame=[1, 2])


def test_a_chronology_in_another_order_tells_the_same_dossier(tmp_path: Path, small: Path):
    with (small / "chronology.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    desk = make_desk(tmp_path / "desk", rows=rows[::-1])
    assert (desk / "chronology.csv").read_text("utf-8") == chronology(*rows[::-1])
    asked = ("RUS", "AFG", *ALONE)
    assert told(desk, *asked) == told(small, *asked)
