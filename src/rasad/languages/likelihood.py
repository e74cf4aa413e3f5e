"""Words of likelihood and confidence: ICD 203 in four languages, one table for all."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rasad.languages.letters import fold_letters

ALSO: Final = "also_"
STEM: Final = 5
_VOWELS = re.compile("[\u064b-\u0652\u0670\u0640\ufb50-\ufefc]")


@dataclass(frozen=True)
class Likelihood:
    """A step of ICD 203: its range in per cent, its words, house form first, and what else is read as it."""

    step: str
    low: int
    high: int
    words: dict[str, tuple[str, ...]]
    also: dict[str, tuple[str, ...]]


@cache
def _table() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((files("rasad.languages") / "likelihood.toml").read_text("utf-8"))


@cache
def likelihoods() -> dict[str, Likelihood]:
    """The seven steps by id, from almost no chance to almost certain."""
    return {str(row["id"]): _likelihood(row) for row in _table()["likelihood"]}


def _likelihood(row: dict[str, object]) -> Likelihood:
    forms = {name: tuple(map(str, some)) for name, some in row.items() if isinstance(some, list)}
    words = {lang: some for lang, some in forms.items() if not lang.startswith(ALSO)}
    also = {lang: forms.get(f"{ALSO}{lang}", ()) for lang in words}
    return Likelihood(str(row["id"]), int(str(row["low"])), int(str(row["high"])), words, also)


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
    if not _may_have_a_step(sentence, lang):
        return []
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
    return {
        fold_letters(word): step.step
        for step in likelihoods().values()
        for word in (*step.words[lang], *step.also[lang])
    }


def _may_have_a_step(text: str, lang: str) -> bool:
    """Whether a text has the beginning of a word of the ladder: most have none, and need not be folded."""
    if _VOWELS.search(text) is not None:
        return True
    plain = text.lower().replace("ي", "ی").replace("ى", "ی").replace("ك", "ک")
    return any(stem in plain for stem in _stems(lang))


@cache
def _stems(lang: str) -> frozenset[str]:
    """Of each word of the ladder the beginning of its longest part, folded."""
    return frozenset(max(word.split(), key=len)[:STEM] for word in _step_of_word(lang))


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    words = sorted(_step_of_word(lang), key=len, reverse=True)
    return re.compile(rf"(?<![\w\u200c])({'|'.join(map(re.escape, words))})(?![\w\u200c])")
