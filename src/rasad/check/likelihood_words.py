"""Rule: a sentence says the likelihood that its mark gives, in the one table's words, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from rasad.errors import ManuscriptError
from rasad.languages.likelihood import likelihoods, likelihoods_in, negation_in
from rasad.model.issue import ClaimMark, Issue, plain_text, walk_inlines


def check_likelihood_words(issue: Issue) -> Iterator[ManuscriptError]:
    """Every judgement and forecast whose words and mark disagree."""
    for run in issue.runs:
        for inline in walk_inlines(run.children):
            if isinstance(inline, ClaimMark):
                yield from _check(inline, issue.language)


def _check(claim: ClaimMark, lang: str) -> Iterator[ManuscriptError]:
    sentence = plain_text(claim.children)
    negated = negation_in(sentence, lang)
    if negated:
        yield ManuscriptError(
            f"the {claim.kind} '{claim.claim_id}' says '{negated}', which is no step of likelihood",
            at=claim.at,
            do="Say the step itself.",
        )
        return
    said = set(likelihoods_in(sentence, lang))
    marked = claim.get("likelihood")
    if said == ({marked} if marked else set()):
        return
    if not marked:
        yield ManuscriptError(
            f"the {claim.kind} '{claim.claim_id}' says '{min(said)}' but its mark gives no likelihood",
            at=claim.at,
            do=f"Add likelihood={min(said)}, or say it without a word of likelihood.",
        )
        return
    house = likelihoods()[marked].words[lang][0]
    says = f"says {', '.join(sorted(said))}" if said else "does not say it"
    yield ManuscriptError(
        f"the {claim.kind} '{claim.claim_id}' is marked {marked} but its sentence {says}",
        at=claim.at,
        do=f"In '{lang}' write “{house}”, and no other word of likelihood.",
    )
