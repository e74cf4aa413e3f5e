"""What is wrong with an actor table: each finding with its file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from rasad.actors.actor import NAME_LANGUAGES, Actor, Role
from rasad.actors.actors import ActorTable
from rasad.actors.codes import code_table, label_of, parts_of_cameo
from rasad.actors.folding import key
from rasad.actors.scripts import strange_letters
from rasad.errors import Place, did_you_mean

EXCLUSIVE = frozenset((
    "supreme leader", "leader", "head of state", "head of government", "crown prince", "foreign minister",
    "defence minister", "interior minister", "finance minister", "homeland security secretary",
    "secretary of the security council", "national security adviser", "intelligence chief", "secretary-general",
    "director general", "prosecutor", "high representative", "governor of the central bank", "chief of army staff",
    "commander of ISAF", "commander of Resolute Support", "commander of the Revolutionary Guards",
    "commander of the Quds Force",
))  # fmt: skip
"""Posts that one person of an institution holds at a time."""
KINDS = ("state", "government", "movement", "organisation", "force", "person", "unknown", "actor")
SYSTEMS = ("cameo", "ucdp", "name")
A_MONTH = timedelta(days=31)
BEGIN, END = date.min, date.max

Held = tuple[Actor, Role]


@dataclass(frozen=True, order=True)
class Finding:
    """One thing about the table: ``wrong``, or only to be looked at, as two people of one name are."""

    at: Place
    rule: str
    actor_id: str
    what: str
    wrong: bool = True

    def __str__(self) -> str:
        return f"{self.at}: {self.what} [{self.rule}]"


def check(table: ActorTable) -> list[Finding]:
    """All findings, in the order of files and lines."""
    rules = (_days, _sources, _ids, _languages, _codes, _twice_held, _twice_at_once, _gaps, _twice_named)
    return sorted({finding for rule in rules for finding in rule(table)})


def _days(table: ActorTable) -> Iterator[Finding]:
    for actor, role in _roles(table):
        if role.valid_to is not None and role.valid_to <= role.valid_from:
            told = (
                f"'{role.title}' of {actor.actor_id} ends on {role.valid_to}, and began on {role.valid_from}"
            )
            yield Finding(role.at, "ends before it begins", actor.actor_id, told)
        elif role.seen_on is not None and not role.holds_on(role.seen_on):
            told = f"'{role.title}' of {actor.actor_id} was seen on {role.seen_on}, when it did not hold"
            yield Finding(role.at, "seen at another time", actor.actor_id, told)
    for told_by in table.recognitions:
        if told_by.until is not None and told_by.until <= told_by.on:
            told = f"recognition of {told_by.of} by {told_by.by} ends on {told_by.until}, and began on {told_by.on}"
            yield Finding(told_by.at, "ends before it begins", told_by.of, told)


def _sources(table: ActorTable) -> Iterator[Finding]:
    for actor, role in _roles(table):
        if not role.source.strip():
            told = f"'{role.title}' of {actor.actor_id} has no source; where no page was read write \"general knowledge\""
            yield Finding(role.at, "no source", actor.actor_id, told)
        elif role.ground == "page" and not role.words:
            told = f"'{role.title}' of {actor.actor_id} rests on a page, and its words are not quoted"
            yield Finding(role.at, "no words", actor.actor_id, told, wrong=False)


def _ids(table: ActorTable) -> Iterator[Finding]:
    named = [(a, a.governs, "governs", a.at) for a in table.actors()]
    named += [(a, r.institution, "institution", r.at) for a, r in _roles(table)]
    named += [(a, r.country, "country", r.at) for a, r in _roles(table)]
    for actor, other, field, at in named:
        if other and other not in table:
            told = f"{field} '{other}' of {actor.actor_id} is no actor. {table.suggest(other)}"
            yield Finding(at, f"unknown {field}", actor.actor_id, told)
        elif other and field in ("governs", "country") and not table.is_state(other):
            told = f"{field} '{other}' of {actor.actor_id} is no state"
            yield Finding(at, f"unknown {field}", actor.actor_id, told)
    for recognition in table.recognitions:
        for other in (recognition.by, recognition.of):
            if other not in table:
                told = f"'{other}' in a recognition is no actor. {table.suggest(other)}"
                yield Finding(recognition.at, "unknown actor", other, told)
    for actor in table.actors():
        if actor.kind not in KINDS:
            told = f"'{actor.kind}' is no kind of actor that rasad knows. {did_you_mean(actor.kind, KINDS)}"
            yield Finding(actor.at, "unknown kind", actor.actor_id, told, wrong=False)


def _languages(table: ActorTable) -> Iterator[Finding]:
    for actor in table.actors():
        for lang in actor.names.keys() | actor.also.keys():
            if lang not in NAME_LANGUAGES:
                told = f"'{lang}' is no language of names. {did_you_mean(lang, NAME_LANGUAGES)}"
                yield Finding(actor.at, "unknown language", actor.actor_id, told)
                continue
            for name in actor.spellings(lang):
                for letter in strange_letters(name, lang):
                    told = f"'{name}', a name of {actor.actor_id} in '{lang}', has {letter}"
                    yield Finding(actor.at, "wrong script", actor.actor_id, told)


def _codes(table: ActorTable) -> Iterator[Finding]:
    owners: dict[tuple[str, str], Actor] = {}
    for actor in table.actors():
        for system, code in actor.codes:
            fault = _fault_of_code(system, code)
            if fault:
                yield Finding(actor.at, "unknown code", actor.actor_id, f"{fault}, of {actor.actor_id}")
            first = owners.setdefault((system, code), actor)
            if first is not actor:
                told = f"{system} '{code}' is a code of {first.actor_id} ({first.at}) and of {actor.actor_id}"
                yield Finding(actor.at, "code used twice", actor.actor_id, told)


def _fault_of_code(system: str, code: str) -> str:
    if system not in SYSTEMS:
        return f"'{system}' is no system of codes; known: {', '.join(SYSTEMS)}"
    if system == "ucdp" and not (code.isascii() and code.isdigit()):
        return f"ucdp '{code}' is no number of an actor"
    if system == "cameo":
        parts = [code[start : start + 3] for start in range(0, len(code), 3)]
        known = parts_of_cameo()
        for part in parts:
            if part not in code_table("cameo") and part not in known and not label_of("cameo", part):
                return f"cameo '{code}' has '{part}', which CAMEO does not know"
    return ""


def _twice_held(table: ActorTable) -> Iterator[Finding]:
    for (post, institution), holders in _posts(table).items():
        for (one, first), (other, second) in combinations(holders, 2):
            begin, end = _common(first, second)
            loose = "month" in (first.precision, first.precision_to, second.precision, second.precision_to)
            if begin < end and not (loose and end - begin <= A_MONTH):
                until = "now" if end == END else str(end)
                who = one.actor_id if one is other else f"{one.actor_id} and {other.actor_id}"
                told = f"{who}: two terms as {post} of {institution} from {begin} to {until}; the other: {first.at}"
                yield Finding(second.at, "held twice", other.actor_id, told)


def _twice_at_once(table: ActorTable) -> Iterator[Finding]:
    for actor in table.actors():
        stands = sorted((role for role in actor.roles if role.what), key=lambda role: role.valid_from)
        for first, second in pairwise(stands):
            begin, end = _common(first, second)
            if begin < end:
                told = f"{actor.actor_id} is '{first.what}' and '{second.what}' from {begin}"
                yield Finding(second.at, "held twice", actor.actor_id, told)
            elif first.valid_to is not None and first.valid_to < second.valid_from:
                told = f"the table has nothing that {actor.actor_id} was from {first.valid_to} to {second.valid_from}"
                yield Finding(second.at, "gap", actor.actor_id, told, wrong=False)


def _gaps(table: ActorTable) -> Iterator[Finding]:
    for (post, institution), holders in _posts(table).items():
        end = holders[0][1].valid_to
        for actor, role in holders[1:]:
            if end is None:
                break
            if role.valid_from - end > (
                A_MONTH if "month" in (role.precision, role.precision_to) else timedelta(1)
            ):
                told = f"the table has nobody as {post} of {institution} from {end} to {role.valid_from}"
                yield Finding(role.at, "gap", actor.actor_id, told, wrong=False)
            end = None if role.valid_to is None else max(end, role.valid_to)


def _twice_named(table: ActorTable) -> Iterator[Finding]:
    named: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for actor in table.actors():
        for lang in NAME_LANGUAGES:
            for name in actor.spellings(lang):
                of = named[lang, key(name, lang)]
                of[actor.actor_id] = of.get(actor.actor_id, False) or name == actor.names.get(lang)
    for (lang, folded), of in named.items():
        for one, other in combinations(of, 2) if folded else ():
            first, second = table.get(one), table.get(other)
            if _on_one_day(first, second):
                told = f"one name in '{lang}' for {one} ({first.at}) and {other} on one day: '{_spelt(second, lang, folded)}'"
                yield Finding(second.at, "name used twice", other, told, wrong=of[one] and of[other])


def _spelt(actor: Actor, lang: str, folded: str) -> str:
    return next(name for name in actor.spellings(lang) if key(name, lang) == folded)


def _on_one_day(one: Actor, other: Actor) -> bool:
    if not one.roles or not other.roles:
        return True
    return any(begin < end for a in one.roles for b in other.roles for begin, end in [_common(a, b)])


def _common(one: Role, other: Role) -> tuple[date, date]:
    return max(one.valid_from, other.valid_from), min(one.valid_to or END, other.valid_to or END)


def _posts(table: ActorTable) -> dict[tuple[str, str], list[Held]]:
    posts: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for actor, role in _roles(table):
        if role.post in EXCLUSIVE and role.institution:
            posts[role.post, role.institution].append((actor, role))
    return {
        post: sorted(held, key=lambda of: (of[1].valid_from, of[0].actor_id)) for post, held in posts.items()
    }


def _roles(table: ActorTable) -> Iterable[Held]:
    return ((actor, role) for actor in table.actors() for role in actor.roles)
