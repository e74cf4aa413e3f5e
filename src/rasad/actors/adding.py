"""A new actor, written at the end of a desk's ``actors.toml``: checked before, and in one step."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rasad.actors.actors import ActorTable
from rasad.actors.checking import check
from rasad.errors import ActorError

Cell = str | bool | date


@dataclass(frozen=True)
class NewActor:
    """What is to be written; ``role`` has the keys of a role in ``actors.toml``."""

    actor_id: str
    kind: str
    names: Mapping[str, str]
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    governs: str = ""
    role: Mapping[str, Cell] = field(default_factory=dict)


def add(new: NewActor, path: Path) -> ActorTable:
    """Write an actor at the end of a desk's file; nothing is written if anything is wrong with it.

    Returns:
        The table with it.

    Raises:
        ActorError: If the id is taken, or a check finds something wrong.
        DeskError: If the file can't be read.
    """
    table = ActorTable.of_desk(path)
    if new.actor_id in table:
        told = f"'{new.actor_id}' is known already, as {table.name(new.actor_id, 'en')} ({table.get(new.actor_id).at})"
        raise ActorError(told, do=f"See it with 'rasad actors show {new.actor_id}', or take another id.")
    before = path.read_text("utf-8") if path.is_file() else ""
    text = (before.rstrip("\n") + "\n\n" if before.strip() else "") + as_toml(new)
    with_it = ActorTable.of_text(text, path)
    wrong = [found for found in check(with_it) if found.wrong and found.actor_id == new.actor_id]
    if wrong:
        raise ActorError.all_of([ActorError(found.what, do="Nothing was written.") for found in wrong])
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except UnicodeEncodeError as error:
        raise ActorError(f"a letter that can't be written ({error})", do="Nothing was written.") from error
    finally:
        beside.unlink(missing_ok=True)
    return with_it


def as_toml(new: NewActor) -> str:
    """The lines of an actor.

    Example:
        >>> print(as_toml(NewActor("XYZ", "movement", {"en": "X"}, codes={"ucdp": ["7"]})))
        [[actor]]
        id = "XYZ"
        kind = "movement"
        codes = { ucdp = ["7"] }
        names = { en = "X" }
        <BLANKLINE>
    """
    lines = ["[[actor]]", f"id = {_told(new.actor_id)}", f"kind = {_told(new.kind)}"]
    if new.governs:
        lines.append(f"governs = {_told(new.governs)}")
    for key, table in (("codes", new.codes), ("names", new.names), ("also", new.also)):
        if table:
            cells = ", ".join(f"{_told(name)[1:-1]} = {_told(value)}" for name, value in table.items())
            lines.append(f"{key} = {{ {cells} }}")
    if new.role:
        lines += ["", "[[actor.role]]", *(f"{key} = {_told(cell)}" for key, cell in new.role.items())]
    return "\n".join(lines) + "\n"


def _told(value: Cell | Sequence[str]) -> str:
    if isinstance(value, date):
        return value.isoformat()
    # JSON's strings, lists and booleans are TOML's too, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
