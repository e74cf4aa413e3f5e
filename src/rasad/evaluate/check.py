"""How right ``rasad check`` is on documents with planted faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rasad.check.ignores import known_rules
from rasad.errors import DocumentError, EvaluationError
from rasad.evaluate.check_corpus import Complaint, Corpus, read_corpora
from rasad.evaluate.check_scores import Score, Told, alarms_by_rule, judge
from rasad.flow.checking import Checked, Located, check_file


@dataclass(frozen=True)
class CheckReport:
    """All scores by language, family and rule, with the words of clean text and the rules that complained of it."""

    half: str
    words: dict[str, int]
    families: tuple[Score, ...]
    rules: tuple[Score, ...]
    alarms_by_rule: dict[str, int]

    def told(self) -> dict[str, object]:
        """As JSON tells it."""
        alarms = {lang: sum(one.alarms for one in self.families if one.lang == lang) for lang in self.words}
        return {
            "half": self.half,
            "languages": {
                lang: {"clean_words": words, "alarms": alarms[lang], "per_1000": round(1000 * alarms[lang] / max(words, 1), 3)}
                for lang, words in self.words.items()
            },
            "families": [one.told() for one in self.families],
            "rules": [one.told() for one in self.rules],
            "alarms_by_rule": self.alarms_by_rule,
        }  # fmt: skip


def evaluate_check(folder: Path, half: str = "") -> CheckReport:
    """Check every document of a corpus, and compare.

    Args:
        folder: With ``labels.csv``, or holding such folders, one a language.
        half: ``dev`` or ``held`` for the faults of one half alone.

    Raises:
        EvaluationError: If there is no corpus, or its labels can't be read.
    """
    told = [_told(corpus) for corpus in read_corpora(folder, half)]
    return CheckReport(
        half or "all",
        {one.corpus.lang: one.words for one in told},
        tuple(score for one in told for score in one.families()),
        tuple(score for one in told for score in one.rules()),
        dict(alarms_by_rule(told)),
    )


def complaints(document: Checked) -> list[Complaint]:
    """The findings of a document as a score reads them."""
    families = known_rules()
    return [_complaint(located, families[located.finding.rule]) for located in document.findings]


def words_in(documents: Iterable[Checked]) -> int:
    """How many words documents have, between blanks."""
    return sum(len(block.text.split()) for one in documents for block in one.document.all_blocks())


def _told(corpus: Corpus) -> Told:
    clean = [checked(path) for path in corpus.clean()]
    return judge(corpus, lambda path: complaints(checked(path)), words_in(clean))


def _complaint(located: Located, family: str) -> Complaint:
    same = located.end is not None and located.end.line == located.line
    last = (
        located.end.column if same and located.end is not None else located.column + len(located.finding.text)
    )
    return Complaint(
        located.line, located.column, last, located.finding.rule, family, tuple(located.other_lines)
    )


def checked(path: Path) -> Checked:
    """A document of a corpus with its findings.

    Raises:
        EvaluationError: If it can't be read.
    """
    try:
        return check_file(path)
    except DocumentError as error:
        raise EvaluationError(f"a document of the corpus can't be read ({error.what})", at=path) from error
