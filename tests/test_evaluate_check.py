"""``rasad evaluate check``: planted faults that are found, complaints of clean text, and what is too little to measure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desks import rasad, the_fault
from rasad.evaluate.check_corpus import Complaint, read_corpora
from rasad.evaluate.check_scores import Share, judge

WRONG = "On Monday, 26 May 2026 the minister met."
HEAD = "file,line,family,kind,text,right,half\n"


def corpus(root: Path, *, faults: int, found: int, half: str = "held") -> Path:
    """So many labelled weekdays, of which so many are wrong in truth; one clean text with a wrong weekday."""
    (root / "clean").mkdir(parents=True)
    (root / "planted").mkdir()
    (root / "clean" / "a.md").write_text(f"{WRONG}\n", "utf-8")
    lines = [WRONG if at < found else WRONG.replace("Monday", "Tuesday") for at in range(faults)]
    (root / "planted" / "b.md").write_text("\n\n".join(lines) + "\n", "utf-8")
    labels = [
        f'planted/b.md,{2 * at + 1},dates,weekday,"{line[3:22]}",,{half}\n' for at, line in enumerate(lines)
    ]
    (root / "labels.csv").write_text(HEAD + "".join(labels), "utf-8")
    (root / "kinds.csv").write_text("family,kind,rule\ndates,weekday,date-weekday\n", "utf-8")
    return root


def told(folder: Path, *arguments: object) -> dict[str, list[dict[str, object]]]:
    said = rasad("evaluate", "check", folder, "--json", *arguments)
    assert said.code == 0, said.err
    found: dict[str, list[dict[str, object]]] = json.loads(said.out)
    return found


def test_recall_and_alarms_are_told_by_language_family_and_rule(tmp_path: Path):
    corpus(tmp_path / "en", faults=12, found=9)
    report = told(tmp_path)
    dates = next(one for one in report["families"] if one["name"] == "dates")
    rule = next(one for one in report["rules"] if one["name"] == "date-weekday")
    for one in (dates, rule):
        assert (one["lang"], one["recall"]["hits"], one["recall"]["n"]) == ("en", 9, 12)
        assert one["recall"]["value"] == 0.75
        assert one["recall"]["interval"][0] < 0.75 < one["recall"]["interval"][1]
        assert one["alarms"] == 1
    assert report["languages"]["en"] == {"clean_words": 8, "alarms": 1, "per_1000": 125.0}


def test_fewer_than_ten_faults_are_not_measured(tmp_path: Path):
    corpus(tmp_path / "en", faults=9, found=9)
    assert told(tmp_path)["families"][0]["recall"] == {"hits": 9, "n": 9, "value": None, "interval": None}
    assert "not measured" in rasad("evaluate", "check", tmp_path).out


def test_a_half_leaves_the_other_out(tmp_path: Path):
    corpus(tmp_path / "en", faults=10, found=10)
    assert told(tmp_path, "--half", "held")["families"][0]["recall"]["n"] == 10
    assert told(tmp_path, "--half", "dev")["families"][0]["recall"]["n"] == 0


def test_a_complaint_beside_the_words_is_on_the_line_and_not_in_the_words(tmp_path: Path):
    (one,) = read_corpora(corpus(tmp_path / "en", faults=10, found=10))
    beside = judge(one, lambda _: [Complaint(line, 30, 34, family="dates") for line in range(1, 20, 2)], 8)
    (score,) = beside.families()
    assert (score.recall.hits, score.in_words.hits) == (10, 0)
    there = judge(one, lambda _: [Complaint(line, 4, 8, family="dates") for line in range(1, 20, 2)], 8)
    assert there.families()[0].in_words.hits == 10


def test_a_checker_without_families_is_judged_by_the_place(tmp_path: Path):
    (one,) = read_corpora(corpus(tmp_path / "en", faults=10, found=10))
    score = judge(one, lambda _: [Complaint(1, 1, 40), Complaint(2, 1, 1)], 8).all_of_any()
    assert (score.recall.hits, score.precision.hits, score.precision.n, score.alarms) == (1, 1, 2, 2)


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (10, 10), (37, 50)])
def test_an_interval_holds_its_share(hits: int, n: int):
    low, high = Share(hits, n).interval
    assert 0 <= low <= hits / n <= high <= 1


def test_editions_are_judged_where_the_folder_has_sets(tmp_path: Path):
    corpus(tmp_path / "en", faults=10, found=10)
    for name, number in (("06", "۴"), ("01", "۳")):
        folder = tmp_path / "editions" / name
        folder.mkdir(parents=True)
        (folder / "en.md").write_text("# Talks\n\nThree ministers met 3 times.\n", "utf-8")
        (folder / "ar.md").write_text("# محادثات\n\nالتقى الوزراء ٣ مرات.\n", "utf-8")
        (folder / "prs.md").write_text(f"# گفتگوها\n\nوزیران {number} بار دیدار کردند.\n", "utf-8")
    labels = "set,lang,line,kind,text,right,half\n06,prs,3,number,۴,۳,dev\n"
    (tmp_path / "editions" / "labels.csv").write_text(labels, "utf-8")
    editions = told(tmp_path)["editions"]
    assert editions["kinds"]["number"]["hits"] == 1
    assert (editions["alarms"], editions["precision"]["n"]) == (0, 1)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("planted/b.md,x,dates,weekday,a,,held\n", "not a label"),
        ("planted/b.md,1,dates,weekday,a,,other\n", "not a label"),
        ("../../b.md,1,dates,weekday,a,,held\n", "is not in the corpus"),
    ],
)
def test_a_label_that_is_none_is_told_with_its_line(tmp_path: Path, row: str, says: str):
    root = corpus(tmp_path / "en", faults=1, found=1)
    (root / "labels.csv").write_text(HEAD + row, "utf-8")
    fault = the_fault(rasad("evaluate", "check", tmp_path))
    assert says in fault
    assert "labels.csv:2" in fault


def test_a_folder_without_labels_is_told(tmp_path: Path):
    assert "labels.csv" in the_fault(rasad("evaluate", "check", tmp_path))
