"""Rules on likelihood: hedges on no step of the ladder, likelihood with confidence, forecasts without a deadline, chains of could."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern
from rasad.languages.likelihood import likelihoods, likelihoods_in, negation_in
from rasad.languages.numbers import fold_digits

A_CHAIN: Final = 3
A_SUMMARY: Final = 3
"""Steps of the ladder in one sentence from which on it sums up forecasts that stand elsewhere."""
LEAST_RESOLVED: Final = 1
A_HABIT: Final = 8
"""Hedges of a text from which on they are one habit and one finding."""

_PERCENT = re.compile(
    r"\d\s*(?:[-–]\s*\d+\s*)?(?:%|٪|per ?cent|percent|درصد|فیصد|سلنه|في المئة|بالمئة|في المائة)"
)
_BESIDE = re.compile(
    r"\(\D{0,12}?(\d{1,3})\s*(?:(?:[-–]|to|تا|تر|إلى)\s*(\d{1,3})\s*)?(?:%|٪|per ?cent|percent|درصد|فیصد|سلنه|في المئة|بالمئة|في المائة)"
)
_BEHIND = re.compile(
    r"(?:[,،]?\s+(?:at|with|by|about|around|بنسبة|به میزان|با|په)|[,،:])\s+(?:about |around |some |نحو |حدود |شاوخوا )?(\d{1,3})\s*(?:(?:[-–]|to|تا|تر|إلى)\s*(\d{1,3})\s*)?"
    r"(?:%|٪|per ?cent|percent|درصد|فیصد|سلن[هې]|في المئة|بالمئة|في المائة)"
)
BEHIND: Final = 14
"""Letters before such a number in which the word of the ladder has to stand."""

_CHANCE = re.compile(
    r"\b(?:chances?|probability|likelihood|odds|probable|likely)\b|احتمال|چانس|فرص|شونتیا", re.IGNORECASE
)
_QUOTES = re.compile('[“”«»"]')
_PERMITS = re.compile(
    r"\b(?:rul(?:e|es|ed|ing)|permi(?:t|ts|tted|ssion)|without (?:a|an|any) (?:permit|visa|licen[cs]e)|allow(?:s|ed)?|entitle[sd]?|decree|regulations?"
    r"|by-?laws?|statutes?|laws?|articles?|paragraphs?|clauses?|section \d|charter|constitution|licen[cs]ed?|order of|shall|must not|form \d+|quorum|standing orders?)\b",
    re.IGNORECASE,
)
"""Words of rules, beside which "may" gives a leave and tells no likelihood."""

_LEAVE: Final = frozenset(("may", "may not", "could"))
_ASKED = re.compile(
    r"\b(?:whether|if (?:and|or)|asks? (?:how|who|what)|say (?:how|what|who))\b[^.;:]{0,90}$", re.IGNORECASE
)
"""A question told in other words: "the court had to say whether he could be sent back"."""

_TWICE = re.compile(
    r"\s+(?:be|have been) (?:(?:registered|counted|listed|entered|recorded) (?:twice|again|more than once|several)"
    r"|(?:asked|quoted|reproduced|requested|obtained|consulted|downloaded|addressed|submitted|copied) )"
)
_COULD_NOT = re.compile(
    r"\bcould be (?:verified|confirmed|reached|seen|heard|traced|found|checked|established)\b|\b(?:no|none|nobody|neither|nothing)\b[^,.;:]{0,60}\bcould\b",
    re.IGNORECASE,
)
"""Past ability: "none of this could be verified"."""

_OUTCOME = re.compile(
    r"\s+(?:\w+ly |also |still |yet |even |soon )*(?:be (?:chang|reversed|repealed|dropped|abolished|near|close|over|lost)|become|lead|grow|rise|fall|end|increase|lose|worsen|collapse|weaken|strengthen"
    r"|cause|prompt|result|trigger|push|bring|face|follow|remain|prove|emerge|turn|have|want|decide|respond|react|agree|succeed|fail|last|happen)\b",
    re.IGNORECASE,
)
"""What comes about and is not done by leave: beside a law, "prices may rise" is still a guess."""

_BY_ITSELF = re.compile(
    r"\b(?:law|rule|decree|ruling|regulation|order|clause|charter|constitution)s?\s+$", re.IGNORECASE
)
_HOLDS = re.compile(
    r"(?!(?:We|I|It|They|One|This|That)\b)\b[A-Z][\w’'-]+ (?:(?:and [A-Z][\w’'-]+|et al\.) )?\((?:1[89]|20)\d\d[^)]{0,20}\) (?:hold|argue|think|find|suggest|believe|write|say|claim|note|conclude)s? that\b[^.;]{0,140}$"
)
RULES_REACH: Final = 160
_SAID_BY = re.compile(
    r",[”\"]? (?!as |which )(?:(?:the|an?|one|his|her|their|our) )?(?:[\w’'-]+ ){0,4}(?:said|says|told us|wrote|argued|added|thought|warned)\.?$"
)
"""The sentence is somebody's: "perhaps nobody knew, the clerk said"."""

_ABLE = re.compile(r"می[\u200c ]توان(?:د|ند)|کولا?[یای]+ شي|\w+لا?ی شي|\w+لای شي|(?:بوسع|بإمكان)\w*|يمكن أن")
"""What somebody is able or free to do: such words alone are a chain of possibilities only within a sentence."""

_TITLE = re.compile(
    r"(?:\W*\w{1,3}[.)]\s+)?(?:How|Why|What|Who|Where|When|Which|Whether|چگونه|چرا|چه|کدام|څنګه|ولې|څه|كيف|لماذا|ماذا|هل|ما|من)\s[^.!?؟۔]*",
)
"""A question that stands as a title, without a sign at its end."""

SLACK: Final = 1
_LADDER = {
    lang: "; ".join(step.words[lang][0] for step in likelihoods().values())
    for lang in ("en", "prs", "ps", "ar")
}


def hedges(reading: Reading) -> Iterator[Finding]:
    """A hedge in a sentence that has no step of the ladder and no per cent; one finding for each hedge of a text."""
    found: dict[tuple[str, str], list[tuple[Passage, int, int]]] = {}
    for passage in reading.prose():
        is_title = passage.is_reference and passage.kind != "note"
        if "hedge" not in passage.lists or passage.kind == "quote" or is_title:
            continue
        for (start, sentence), steps in zip(passage.sentences, passage.likely, strict=True):
            if steps or _PERCENT.search(sentence):
                continue
            for match in pattern(passage.lang, "hedge").finditer(sentence):
                if passage.is_quoted(start + match.start()) or _is_of_another(sentence, match.start()):
                    continue
                if _is_no_hedge(passage, start + match.start(), start + match.end()):
                    continue
                place = (passage, start + match.start(), start + match.end())
                found.setdefault((passage.lang, match[0].casefold()), []).append(place)
    for lang in dict.fromkeys(lang for lang, _ in found):
        own = {words: places for (told_in, words), places in found.items() if told_in == lang}
        yield from _habit(own, lang) if sum(map(len, own.values())) >= A_HABIT else _each(own, lang)


def _is_of_another(sentence: str, at: int) -> bool:
    """Whether a sentence gives what somebody else thinks: "Olsen (2022) holds that it might have"."""
    said = _SAID_BY.search(sentence, max(len(sentence) - RULES_REACH, 0))
    return said is not None or _HOLDS.search(sentence, max(at - 2 * RULES_REACH, 0), at) is not None


def _is_no_hedge(passage: Passage, at: int, end: int) -> bool:
    """Whether a verb of possibility gives leave under a rule, stands in a question, or warns of a double count.

    Only so much is read on both sides, so that a sentence of a thousand hedges is read in time.
    """
    text, word = passage.text, passage.text[at:end]
    if word.casefold() not in _LEAVE:
        return False
    begin, last = max(at - 2 * RULES_REACH, 0), end + 2 * RULES_REACH
    first, sentence = passage.sentence_at(at)
    first = max(first, begin)
    if word == "May" and at > first:
        return True
    if _TWICE.match(text, end) or _COULD_NOT.search(text, first, min(first + len(sentence), last)):
        return True
    is_leave = word.casefold() != "could" and _BY_ITSELF.search(text, max(at - RULES_REACH, 0), at) is None
    if is_leave and _OUTCOME.match(text, end) is None and _PERMITS.search(text, begin, last):
        return True
    return _ASKED.search(text, first, at) is not None


def _each(found: dict[str, list[tuple[Passage, int, int]]], lang: str) -> Iterator[Finding]:
    """One finding for each hedge; the first tells the whole ladder, which the others need not repeat."""
    step = f"say which step of the ladder is meant ({_LADDER[lang]})"
    for words, places in found.items():
        times = "" if len(places) == 1 else f" ({len(places)} times)"
        yield _hedge(places, f"'{words}'{times} says no likelihood: {step}, or state a fact")
        step = "name a step of the ladder"


def _habit(found: dict[str, list[tuple[Passage, int, int]]], lang: str) -> Iterator[Finding]:
    """One finding for a text that hedges throughout, with the count of each hedge."""
    places = sorted(
        (place for some in found.values() for place in some), key=lambda place: (place[0].number, place[1])
    )
    counts = ", ".join(
        f"'{words}' ({len(some)})" for words, some in sorted(found.items(), key=lambda told: -len(told[1]))
    )
    yield _hedge(
        places,
        f"{len(places)} hedges that say no likelihood: {counts}; say which step of the ladder is meant ({_LADDER[lang]}), or state facts",
    )


def _hedge(places: list[tuple[Passage, int, int]], message: str) -> Finding:
    (passage, start, end), *others = places
    return Finding(
        "likelihood-hedge", "warning", passage.number, start, end, passage.text[start:end], message,
        others=tuple((other.number, one, last) for other, one, last in others),
    )  # fmt: skip


def with_confidence(reading: Reading) -> Iterator[Finding]:
    """A sentence that tells how likely something is and how confident its author is: readers take one for the other."""
    for passage in reading.prose():
        if "confidence" not in passage.lists:
            continue
        for (start, sentence), steps in zip(passage.sentences, passage.likely, strict=True):
            is_told = steps or (_PERCENT.search(sentence) and _CHANCE.search(sentence))
            if is_told and pattern(passage.lang, "confidence").search(sentence):
                yield Finding(
                    "likelihood-confidence", "warning", passage.number, start, start + len(sentence), sentence,
                    "likelihood and confidence stand in one sentence: say the likelihood here and the confidence in one of its own",
                )  # fmt: skip


def without_deadline(reading: Reading) -> Iterator[Finding]:
    """A forecast with its likelihood that says by when nowhere: nobody can tell later whether it came true.

    Where a section tells of most of its forecasts what will decide them, one that does not is told too.
    """
    forecasts = [told for passage in reading.prose() for told in _forecasts(passage)]
    resolved = [_is_resolved(passage, start, sentence) for passage, start, sentence in forecasts]
    usual = Counter(one[0].section for one, is_told in zip(forecasts, resolved, strict=True) if is_told)
    silent = Counter(one[0].section for one, is_told in zip(forecasts, resolved, strict=True) if not is_told)
    for (passage, start, sentence), is_resolved in zip(forecasts, resolved, strict=True):
        if len(likelihoods_in(sentence, passage.lang)) >= A_SUMMARY:
            continue
        is_timed = _is_timed(passage, start, sentence)
        is_usual = usual[passage.section] >= max(silent[passage.section], LEAST_RESOLVED)
        if is_timed and (is_resolved or not is_usual):
            continue
        yield Finding(
            "forecast-open", "warning", passage.number, start, start + len(sentence), sentence,
            "a forecast without what decides it: say which source will tell whether it came true"
            if is_timed else "a forecast without a deadline: say by which day it will have come true or not",
        )  # fmt: skip


def _forecasts(passage: Passage) -> Iterator[tuple[Passage, int, str]]:
    """The sentences of a passage that tell how likely something is that will come."""
    if "future" not in passage.lists:
        return
    for (start, sentence), steps in zip(passage.sentences, passage.likely, strict=True):
        is_told = steps or (_PERCENT.search(sentence) and pattern(passage.lang, "hedge").search(sentence))
        if is_told and pattern(passage.lang, "future").search(sentence) and not _TITLE.fullmatch(sentence):
            yield passage, start, sentence


def _is_timed(passage: Passage, start: int, sentence: str) -> bool:
    dated = any(start <= one.start < start + len(sentence) for one in passage.dates)
    return dated or pattern(passage.lang, "time").search(sentence) is not None


def _is_resolved(passage: Passage, start: int, sentence: str) -> bool:
    """Whether a sentence, or the one after it, says what will decide a forecast."""
    after = next((words for begin, words in passage.sentences if begin >= start + len(sentence)), "")
    return any(pattern(passage.lang, "resolver").search(words) for words in (sentence, after))


def flat_forecasts(reading: Reading) -> Iterator[Finding]:
    """What will come, told as a fact without a likelihood or a day; one finding with the count of a text."""
    found: dict[str, list[tuple[Passage, int, int]]] = {}
    for passage in reading.prose():
        if passage.kind not in ("paragraph", "list-item") or is_reference(passage):
            continue
        if "flat_future" not in passage.lists or _QUOTES.search(passage.text):
            continue
        for (start, sentence), steps in zip(passage.sentences, passage.likely, strict=True):
            if (
                steps
                or pattern(passage.lang, "flat_future").search(sentence) is None
                or sentence.endswith(("?", "؟"))
                or sentence[0].islower()
            ):
                continue
            is_told = any(
                pattern(passage.lang, name).search(sentence) for name in ("reported", "hedge", "time")
            )
            if not is_told and not _is_timed(passage, start, sentence) and not _PERCENT.search(sentence):
                found.setdefault(passage.lang, []).append((passage, start, start + len(sentence)))
    for lang, places in found.items():
        passage, start, end = places[0]
        times = "" if len(places) == 1 else f" ({len(places)} times)"
        yield Finding(
            "forecast-open", "warning", passage.number, start, end, passage.text[start:end],
            f"what will come is told as a fact{times}: say how likely it is ({_LADDER[lang]}) and by which day",
            others=tuple((other.number, one, last) for other, one, last in places[1:]),
        )  # fmt: skip


def off_the_ladder(reading: Reading) -> Iterator[Finding]:
    """A word of likelihood beside a number that is not of its step: ``roughly even (70%)``."""
    for passage in reading.prose():
        for (start, sentence), steps in zip(passage.sentences, passage.likely, strict=True):
            told = _number_beside(sentence, passage.lang) if len(steps) == 1 else None
            if told is None or negation_in(sentence, passage.lang):
                continue
            step = likelihoods()[steps[0]]
            low, high = float(told[1]), float(told[2] or told[1])
            if low < step.low - SLACK or high > step.high + SLACK:
                first, last = start + told.start(), start + told.end()
                yield Finding(
                    "likelihood-number", "error", passage.number, first, last, passage.text[first:last],
                    f"'{step.words[passage.lang][0]}' means {step.low} to {step.high} per cent",
                )  # fmt: skip


def _number_beside(sentence: str, lang: str) -> re.Match[str] | None:
    """The number that tells a likelihood: in brackets, or as "unlikely, at 10 per cent" directly behind its word."""
    folded = fold_digits(sentence)
    told = _BESIDE.search(folded)
    if told is not None:
        return told
    for match in _BEHIND.finditer(folded):
        if likelihoods_in(sentence[max(match.start() - BEHIND, 0) : match.start()], lang):
            return match
    return None


def could_chains(reading: Reading) -> Iterator[Finding]:
    """Three verbs of possibility and more in one sentence or two: likelihoods that multiply into next to nothing."""
    for passage in reading.prose():
        if "could" not in passage.lists:
            continue
        after = -1
        for at, (start, _sentence) in enumerate(passage.sentences):
            if start < after:
                continue
            two = passage.sentences[at : at + 2]
            for run in (two[:1], two):
                end = run[-1][0] + len(run[-1][1])
                found = [
                    match
                    for match in pattern(passage.lang, "could").finditer(passage.text, start, end)
                    if not passage.is_quoted(match.start())
                ]
                is_told = len(run) == 1 or not all(_ABLE.fullmatch(match[0]) for match in found)
                if len(found) >= A_CHAIN and is_told:
                    after = end
                    yield Finding(
                        "likelihood-chain", "warning", passage.number, found[0].start(), found[-1].end(),
                        passage.text[found[0].start() : found[-1].end()],
                        f"{len(found)} possibilities in a row: say how likely the whole is, or only the first step",
                    )  # fmt: skip
                    break
