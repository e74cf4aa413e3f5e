"""Rule: a forecast says what would decide it, so that it can be scored on its day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rasad.check.finding import Finding

RULE: Final = "forecast-unresolvable"

_SEEN: Final = re.compile(
    r"\b(?:announc|appoint|arrest|attack|ban(?:s|ned)?\b|call(?:s|ed)? for|carr(?:y|ies|ied) out|claim|clos(?:e|es|ed|ing)\b|condemn|confirm|criticis|criticiz"
    r"|declar|deliver|denounc|deni(?:es|ed)|deny|depart|deploy|expel|fire[sd]?\b|hand(?:s|ed)? over|hold(?:s)? (?:a|an|the|talks|elections)|invit|issu(?:es|ed)"
    r"|join(?:s|ed)?\b|kill|launch|lift(?:s|ed)?\b|meet(?:s|ing|ings)?\b|met\b|name[sd]?\b|open(?:s|ed|ing)?\b|publish|ratif|recall|recogni[sz]|refus|releas|report"
    r"|resign|return(?:s|ed)? to|sanction|say(?:s)? (?:in public|publicly)|send(?:s)?\b|ship|sign(?:s|ed|ing)?\b|spokes|stat(?:es|ed|ement)|strik(?:e|es)\b|struck|suspend|vote[sd]?\b"
    r"|visit|withdraw|ask(?:s|ed)?\b|count|number of|per ?cent|according to|decree|elect|flights?\b|transfer|supply|supplies|supplied)",
    re.IGNORECASE,
)
"""Acts and counts that somebody sees and reports."""

_VAGUE: Final = re.compile(
    r"\b(?:improv\w*|deteriorat\w*|worsen\w*|deepen\w*|strengthen\w*|weaken\w*|tensions?|warm(?:er|s|ing)?|cool(?:er|s|ing)?|closer|more (?:friendly|hostile|stable|unstable|cooperative|assertive)"
    r"|stay(?:s)? (?:friendly|tense|stable|close)|remain(?:s)? (?:friendly|tense|stable|close|strained|important|committed)|trust|influence (?:grows?|declines?|increases?)|matter(?:s)? more|play(?:s)? a (?:bigger|larger|greater) role"
    r"|want(?:s)?|hope(?:s)?|consider(?:s)?|prefer(?:s)?|seek(?:s)?|hedg\w*|drift\w*|stabili[sz]\w*|normali[sz]\w*)\b",
    re.IGNORECASE,
)
"""Changes that nobody can see happen on a day."""

Forecast = tuple[int, int, int, str, str, bool]
"""Block, beginning, end, words, ``resolver=``, and whether a number of the desk stands in it."""


def unresolvable(forecasts: Iterable[Forecast]) -> Iterator[Finding]:
    """Forecasts of a manuscript about a change that nobody sees, with nothing named that would decide it.

    Example:
        >>> [f.rule for f in unresolvable([(0, 0, 9, "It is likely that relations improve by May.", "", False)])]
        ['forecast-unresolvable']
        >>> list(unresolvable([(0, 0, 9, "It is likely that the ministry announces a visit.", "", False)]))
        []
    """
    for block, start, end, words, resolver, counted in forecasts:
        vague = _VAGUE.search(words)
        if vague is not None and not resolver and not counted and _SEEN.search(words) is None:
            yield Finding(
                RULE, "warning", block, start, end, words,
                f"nothing here would decide whether '{vague[0]}' came true: name an act that somebody would report,"
                ' a number, or resolver="who would say so"',
            )  # fmt: skip
