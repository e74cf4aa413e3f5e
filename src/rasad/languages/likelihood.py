"""Words of likelihood and confidence: ICD 203 in four languages, one table for all."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rasad.languages.letters import fold_letters


@dataclass(frozen=True)
class Likelihood:
    """A step of ICD 203: its range in per cent and its words, house form first."""

    step: str
    low: int
    high: int
    words: dict[str, tuple[str, ...]]


@cache
def _table() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((files("rasad.languages") / "likelihood.toml").read_text("utf-8"))


@cache
def likelihoods() -> dict[str, Likelihood]:
    """The seven steps by id, from almost no chance to almost certain."""
    return {str(row["id"]): _likelihood(row) for row in _table()["likelihood"]}


def _likelihood(row: dict[str, object]) -> Likelihood:
    words = {
        lang: tuple(str(form) for form in forms) for lang, forms in row.items() if isinstance(forms, list)
    }
    return Likelihood(str(row["id"]), int(str(row["low"])), int(str(row["high"])), words)


@cache
def confidences() -> dict[str, dict[str, str]]:
    """Low, moderate and high by id, each with its word per language."""
    return {
        str(row["id"]): {lang: str(word) for lang, word in row.items() if lang != "id"}
        for row in _table()["confidence"]
    }


def likelihoods_in(sentence: str, lang: str) -> list[str]:
    """The steps whose words stand in a sentence; a longer form hides the shorter one inside it.

    Example:
        >>> likelihoods_in("It is very unlikely that it holds.", "en")
        ['very-unlikely']
    """
    found = _pattern(lang).findall(fold_letters(sentence))
    return [_step_of_word(lang)[word] for word in found]


def negation_in(sentence: str, lang: str) -> str:
    """A negated word of likelihood in a sentence, which no reader can put on the scale; empty if none.

    Example:
        >>> negation_in("It is not likely to hold.", "en")
        'not likely'
    """
    folded = fold_letters(sentence)
    forms = [fold_letters(str(form)) for form in _table()["negated"][lang]]  # type: ignore[call-overload]
    return next((form for form in forms if form in folded), "")


@cache
def _step_of_word(lang: str) -> dict[str, str]:
    return {fold_letters(word): step.step for step in likelihoods().values() for word in step.words[lang]}


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    words = sorted(_step_of_word(lang), key=len, reverse=True)
    return re.compile(rf"(?<![\w\u200c])({'|'.join(map(re.escape, words))})(?![\w\u200c])")
