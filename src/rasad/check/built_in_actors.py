"""The built-in actors, and what finds them in text: made once for all rules, since that takes a second."""

from __future__ import annotations

from functools import cache

from rasad.actors.actors import ActorTable
from rasad.actors.matcher import Matcher


@cache
def built_in_table() -> ActorTable:
    """Who is in rasad's own table."""
    return ActorTable.built_in()


@cache
def built_in_matcher() -> Matcher:
    """What finds them."""
    return Matcher(built_in_table())
