"""The code book: what every code carries, and that each choice between disagreeing sources is the one in the table."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import rasad.model
from rasad.model.codebook import CODEBOOK_VERSION, Code, PloverCode, codebook, plover_codes
from rasad.model.rung import Rung

TABLES = Path(rasad.model.__file__).parent / "codebook"
PAGE = Path(__file__).parents[1] / "docs" / "codebook.md"

QUAD_CLASS = {
    **dict.fromkeys(("01", "02"), 0),
    **dict.fromkeys(("03", "04", "05"), 1),
    **dict.fromkeys(("06", "07", "08"), 2),
    **dict.fromkeys(("09", "10", "11", "12", "13"), 3),
    **dict.fromkeys(("14", "15", "16", "17", "18", "19", "20"), 4),
}
VIOLENT_ROOTS = ("18", "19", "20")
CHANNEL = {0: "ST", 1: "VC", 2: "MC", 3: "VF"}

CODES = list(codebook().values())
PLOVER = list(plover_codes().values())


def table(name: str) -> list[dict[str, str]]:
    lines = (TABLES / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


DISAGREEMENTS = table("disagreements.csv")


def channel(quad_class: int, *, violent: bool) -> str:
    return CHANNEL.get(quad_class) or ("MV" if violent else "MN")


# ---- CAMEO ------------------------------------------------------------------


def test_no_code_stands_twice_and_none_is_lost():
    assert len(table("cameo.csv")) == len(CODES) == 313
    assert [len(code.code) for code in CODES].count(2) == 20


def test_codes_are_text_with_their_leading_zeros():
    assert all(re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", code.code) for code in CODES)
    assert codebook()["010"].label == "Make statement"
    assert codebook()["10"].label == "DEMAND"


def test_every_code_stands_under_the_codes_it_refines():
    heads = {code.code[:length] for code in CODES for length in range(2, len(code.code))}
    assert heads <= codebook().keys()
    assert all(code.code + "0" in codebook() for code in CODES if len(code.code) == 2)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_a_code_has_label_goldstein_quad_class_channel_and_a_rung_that_is_one(code: Code):
    root = code.code[:2]
    assert code.label.strip()
    assert -10 <= code.goldstein <= 10
    assert code.quad_class == QUAD_CLASS[root]
    assert code.channel == channel(code.quad_class, violent=root in VIOLENT_ROOTS)
    assert not code.rung or Rung.parse(code.rung)
    assert bool(code.rung) == bool(code.quad_class)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_a_code_has_the_score_of_its_plover_type_and_mode(code: Code):
    if code.quad_class == 0:
        assert (code.plover_type, code.plover_mode, code.context, code.plover_score) == ("", "", "", None)
    else:
        assert code.plover_score == plover_codes()[code.plover_type, code.plover_mode].score


def test_a_code_and_its_plover_type_are_of_one_quad_class_but_for_concessions():
    apart = {
        code.plover_type
        for code in CODES
        if code.plover_type and plover_codes()[code.plover_type, ""].quad_class != code.quad_class
    }
    assert apart == {"CONCEDE"}


# ---- PLOVER -----------------------------------------------------------------


def test_plover_has_sixteen_types_and_their_modes_once_each():
    assert len(table("plover.csv")) == len(PLOVER) == 94
    assert Counter(not code.plover_mode for code in PLOVER) == {True: 16, False: 78}


@pytest.mark.parametrize("code", PLOVER, ids=lambda code: f"{code.plover_type}-{code.plover_mode}")
def test_a_mode_has_the_quad_class_and_channel_of_its_type(code: PloverCode):
    kind = plover_codes()[code.plover_type, ""]
    assert code.quad_class == kind.quad_class
    assert code.channel == channel(code.quad_class, violent=code.plover_type == "ASSAULT")


@pytest.mark.parametrize("code", PLOVER, ids=lambda code: f"{code.plover_type}-{code.plover_mode}")
def test_cooperation_scores_above_zero_and_conflict_below(code: PloverCode):
    assert -10 <= code.score <= 10
    if code.plover_type == "REQUEST":
        assert -1 <= code.score <= 0.5, "the manual counts a request as conflict and scores it near nothing"
    elif code.quad_class <= 2:
        assert code.score > 0
    else:
        assert code.score < 0


def test_an_accusation_has_the_minus_that_the_manual_lost():
    modes = [code.score for code in PLOVER if code.plover_type == "ACCUSE" and code.plover_mode]
    assert plover_codes()["ACCUSE", ""].score == -3.0 == sum(modes) / len(modes)


# ---- disagreements ----------------------------------------------------------


def chosen(code: str, what: str) -> str:
    """What stands in the tables."""
    if what == "row":
        return "present" if code in codebook() else "absent"
    if code[0].isdigit():
        value = getattr(codebook()[code], what)
    else:
        kind, _, mode = code.partition("/")
        value = getattr(plover_codes()[kind, mode], {"plover_score": "score"}.get(what, what))
    return str(value)


@pytest.mark.parametrize("row", DISAGREEMENTS, ids=lambda row: f"{row['code']}-{row['what']}-{row['source']}")
def test_what_was_chosen_is_what_stands_in_the_table(row: dict[str, str]):
    assert chosen(row["code"], row["what"]) == row["chosen"]
    assert row["says"] != row["other_says"]
    assert row["source"]
    assert row["other_source"]
    assert row["because"]


def test_no_disagreement_is_told_twice_and_all_are_there():
    told = Counter((row["code"], row["what"], row["source"]) for row in DISAGREEMENTS)
    assert set(told.values()) == {1}
    assert Counter(row["what"] for row in DISAGREEMENTS) == {
        "row": 3,
        "label": 12,
        "goldstein": 7,
        "plover_type": 15,
        "plover_mode": 7,
        "context": 4,
        "quad_class": 9,
        "plover_score": 14,
    }


def test_the_known_quarrels_of_the_field_are_among_them():
    told = {(row["code"], row["what"]): (row["says"], row["other_says"]) for row in DISAGREEMENTS}
    assert told["016", "goldstein"] == ("-2.0", "-5.0")
    assert told["022", "goldstein"] == ("3.2", "3.4")
    assert told["164", "goldstein"] == ("-7.0", "-6.5")
    assert told["165", "goldstein"] == ("-6.5", "-7.0")
    assert told["08", "plover_type"] == ("CONCEDE", "RETREAT")
    assert told["SANCTION", "quad_class"] == ("3", "4")
    assert told["ACCUSE", "plover_score"] == ("3.0", "-3.0")
    assert {("106", "row"), ("1213", "row"), ("1214", "row")} <= set(told)


# ---- versions and the page --------------------------------------------------


@pytest.mark.parametrize("name", ["cameo.csv", "plover.csv", "disagreements.csv"])
def test_each_table_says_the_version_that_the_library_says(name: str):
    first = (TABLES / name).read_text("utf-8").splitlines()[0]
    assert f"version: {CODEBOOK_VERSION.removeprefix('cameo ')} (" in first


def test_the_page_names_the_version():
    assert f"`{CODEBOOK_VERSION}`" in PAGE.read_text("utf-8")


def test_the_page_lists_the_disagreements_as_the_table_does():
    printed = [line for line in PAGE.read_text("utf-8").splitlines() if re.match(r"\| `", line)]
    assert printed == [
        f"| `{row['code']}` | {row['what']} | {row['source']}: {row['says'] or '–'} "
        f"| {row['other_source']}: {row['other_says'] or '–'} | {row['chosen'] or '–'} | {row['because']} |"
        for row in DISAGREEMENTS
    ]
