"""What the documentation says of the checks' accuracy still holds: no later change may lose it unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasad.evaluate.check import CheckReport, evaluate_check

FOLDER = Path(__file__).parent / "data"
FLOORS = {"en": 0.60, "prs": 0.68, "ps": 0.52, "ar": 0.66}
"""Share of all faults of the unseen texts that is found: a little under what was measured."""


@pytest.fixture(scope="module")
def unseen() -> CheckReport:
    return evaluate_check(FOLDER / "check_unseen")


@pytest.fixture(scope="module")
def known() -> CheckReport:
    return evaluate_check(FOLDER / "check")


@pytest.mark.parametrize("lang", FLOORS)
def test_faults_are_found_on_texts_that_no_rule_was_set_on(unseen: CheckReport, lang: str) -> None:
    scores = [one.recall for one in unseen.families if one.lang == lang]
    assert sum(one.hits for one in scores) / sum(one.n for one in scores) >= FLOORS[lang]


@pytest.mark.parametrize("lang", FLOORS)
def test_clean_texts_on_which_rules_were_set_have_hardly_an_alarm(known: CheckReport, lang: str) -> None:
    alarms = sum(one.alarms for one in known.families if one.lang == lang)
    assert 1000 * alarms / known.words[lang] < 0.3


def test_every_kind_of_fault_has_a_rule_that_is_to_find_it() -> None:
    from rasad.evaluate.check_corpus import read_corpora

    without = {
        label.kind
        for name in ("check", "check_unseen")
        for corpus in read_corpora(FOLDER / name)
        for label in corpus.labels
        if not label.rules
    }
    assert without == set()
