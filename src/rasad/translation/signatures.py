"""Signatures: who has reviewed an edition, bound to the text that was reviewed.

``signatures.json`` beside the manuscript holds, per language, a name, a day and the digest of
the edition's text. When the text or a number in it changes, the signature no longer holds, and the edition says
again that nobody has signed it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from rasad.errors import TranslationError
from rasad.issues.manuscript import Manuscript
from rasad.issues.marks import PROSE
from rasad.issues.numbers import Numbers
from rasad.model.issue import ClaimMark, Issue, walk_inlines

FILE = "signatures.json"


@dataclass(frozen=True)
class Review:
    """Who has signed an edition, and when; ``by`` is empty until a person has."""

    by: str = ""
    on: str = ""


def text_digest(manuscript: Manuscript, issue: Issue, numbers: Numbers, earlier: Sequence[str] = ()) -> str:
    """The digest of an edition as it is read: manuscript, paragraphs with numbers, reasons, and ``earlier`` issues."""
    printed = [numbers.sentence(run.children, issue.language) for run in issue.runs]
    reasons = [
        inline.get(name)
        for run in issue.runs
        for inline in walk_inlines(run.children)
        if isinstance(inline, ClaimMark)
        for name in sorted(PROSE)
    ]
    texts = [manuscript.text, *printed, *reasons, *earlier]
    return sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()


def read_review(path: Path, lang: str, digest: str) -> Review:
    """The review of an edition, empty where nobody signed the text as it is now.

    Raises:
        TranslationError: If the file can't be read.
    """
    signature = _read(path).get(lang, {})
    if signature.get("text") != digest:
        return Review()
    return Review(str(signature["by"]), str(signature["on"]))


def write_review(path: Path, lang: str, digest: str, by: str, on: date) -> Review:
    """Sign an edition's text as it is now."""
    review = Review(by, on.isoformat())
    signatures = _read(path) | {lang: {**asdict(review), "text": digest}}
    part = path.with_suffix(".json.part")
    part.write_text(json.dumps(signatures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(path)
    return review


def _read(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    try:
        signatures: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
        for signature in signatures.values():
            date.fromisoformat(signature["on"])
            str(signature["by"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        do = "Delete it and sign again with 'rasad sign'."
        raise TranslationError("the signatures can't be read", at=path, do=do) from error
    return signatures
