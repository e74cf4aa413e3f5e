"""How many planted faults a checker finds and how often it complains of clean text, by language, family and rule.

A fault is *found* when a complaint of its family stands on its line or names its line among its places, and *found in its
words* when the complaint moreover touches the very words of the label. Of clean text every complaint is a false alarm; in
planted text one is right when a fault of its family stands on a line that it names.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from rasad.evaluate.check_corpus import Complaint, Corpus, Label, span_of

LEAST: Final = 10
"""Planted faults, or findings, below which a share is not measured."""

ALSO: Final = {"letters": ("names", "dates", "figures", "structure"), "claims": ("likelihood", "structure")}
"""Families under which writers of labels put what a family of rules finds."""

Checker = Callable[[Path], Sequence[Complaint]]


@dataclass(frozen=True)
class Share:
    """So many of so many, with Wilson's interval at 95 % (1927); ``value`` is None where there are too few."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        return self.hits / self.n if self.n >= LEAST else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Low and high.

        Example:
            >>> Share(8, 10).interval
            (0.49, 0.943)
            >>> Share(3, 4).interval is None
            True
        """
        if self.n < LEAST:
            return None
        z, share = 1.959964, self.hits / self.n
        middle = share + z * z / (2 * self.n)
        reach = z * math.sqrt(share * (1 - share) / self.n + z * z / (4 * self.n * self.n))
        whole = 1 + z * z / self.n
        return round((middle - reach) / whole, 3), round((middle + reach) / whole, 3)

    def told(self) -> dict[str, object]:
        """As JSON tells it; ``value`` and ``interval`` are null where it is not measured."""
        value = self.value
        return {
            "hits": self.hits, "n": self.n, "value": None if value is None else round(value, 3),
            "interval": None if self.interval is None else list(self.interval),
        }  # fmt: skip


@dataclass(frozen=True)
class Score:
    """Of one family, or one rule, in one language.

    Attributes:
        lang: Language of the corpus.
        name: The family or rule.
        recall: Faults found on their line.
        in_words: Faults found in their very words.
        precision: Complaints in planted text that stand where a fault is.
        alarms: Complaints in clean text.
        words: Words of clean text.
    """

    lang: str
    name: str
    recall: Share
    in_words: Share
    precision: Share
    alarms: int
    words: int

    @property
    def per_1000(self) -> float:
        return 1000 * self.alarms / self.words if self.words else 0.0

    def told(self) -> dict[str, object]:
        return {
            "lang": self.lang, "name": self.name, "recall": self.recall.told(), "in_words": self.in_words.told(),
            "precision": self.precision.told(), "alarms": self.alarms, "per_1000": round(self.per_1000, 3),
        }  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a checker said of all documents of a corpus, and how well that fits the labels."""

    corpus: Corpus
    clean: Mapping[Path, Sequence[Complaint]]
    planted: Mapping[Path, Sequence[Complaint]]
    words: int

    @cached_property
    def lines(self) -> dict[Path, list[str]]:
        return {path: path.read_text("utf-8-sig").split("\n") for path in self.planted if _is_text(path)}

    def families(self) -> list[Score]:
        """A score for each family that has faults or alarms, in the order of names."""
        names = {label.family for label in self.corpus.labels} | {
            one.family for some in self.clean.values() for one in some
        }
        return [self._score(name, _in_family(name), _of_family(name)) for name in sorted(names)]

    def rules(self) -> list[Score]:
        """A score for each rule that has faults, findings or alarms."""
        names = {rule for label in self.corpus.labels for rule in label.rules}
        names |= {one.rule for some in (*self.clean.values(), *self.planted.values()) for one in some}
        return [self._score(name, _by_rule(name), _of_rule(name)) for name in sorted(names)]

    def all_of_any(self) -> Score:
        """One score for a checker that has no families: any complaint counts for any fault."""
        return self._score("all", lambda _: True, lambda _: True)

    def _score(self, name: str, wants: Callable[[Label], bool], counts: Callable[[Complaint], bool]) -> Score:
        wanted = [label for label in self.corpus.labels if wants(label)]
        found = in_words = told = right = 0
        for path, complaints in self.planted.items():
            labels = self.corpus.of(path)
            for label in labels:
                if wants(label):
                    fitting = [one for one in complaints if self._speaks_of(one, label)]
                    found += bool(fitting)
                    in_words += any(self._touches(one, label, path) for one in fitting)
            for one in filter(counts, complaints):
                told += 1
                right += any(self._speaks_of(one, label) for label in labels)
        alarms = sum(1 for some in self.clean.values() for one in some if counts(one))
        return Score(
            self.corpus.lang, name, Share(found, len(wanted)), Share(in_words, len(wanted)), Share(right, told),
            alarms, self.words,
        )  # fmt: skip

    def _speaks_of(self, one: Complaint, label: Label) -> bool:
        fits = not one.family or one.family == label.family or label.family in ALSO.get(one.family, ())
        return fits and label.line in (one.line, *one.others)

    def _touches(self, one: Complaint, label: Label, path: Path) -> bool:
        lines = self.lines.get(path)
        span = (
            span_of(label, lines[label.line - 1]) if lines is not None and label.line <= len(lines) else None
        )
        if span is None or label.line in one.others:
            return True
        return one.first < span[1] and span[0] < max(one.last, one.first + 1)


def judge(corpus: Corpus, checker: Checker, words: int) -> Told:
    """What a checker says of a corpus; ``words`` is how many its clean text has."""
    clean = {path: checker(path) for path in corpus.clean()}
    planted = {path: checker(path) for path in corpus.planted()}
    return Told(corpus, clean, planted, words)


def alarms_by_rule(told: Sequence[Told]) -> Counter[str]:
    """How often each rule complained of clean text, the most frequent first."""
    found = Counter(one.rule for some in told for complaints in some.clean.values() for one in complaints)
    return Counter(dict(found.most_common()))


def _in_family(name: str) -> Callable[[Label], bool]:
    return lambda label: label.family == name


def _by_rule(name: str) -> Callable[[Label], bool]:
    return lambda label: name in label.rules


def _of_family(name: str) -> Callable[[Complaint], bool]:
    return lambda one: one.family == name


def _of_rule(name: str) -> Callable[[Complaint], bool]:
    return lambda one: one.rule == name


def _is_text(path: Path) -> bool:
    return path.suffix not in (".docx", ".pdf")
