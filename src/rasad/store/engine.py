"""The engine: DuckDB as the store uses it, bounded in memory and with the code table at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from rasad.model.codebook import codebook, plover_codes
from rasad.model.piece import literally

MEMORY = "1300MB"
"""What the engine may hold; the rest of a load's 2 GB is Python's and the allocator's."""

Connection = duckdb.DuckDBPyConnection


def sql(name: str, **places: str) -> str:
    """A statement of the store, its places filled."""
    text = (files("rasad.store") / "sql" / f"{name}.sql").read_text("utf-8")
    for place, filling in places.items():
        text = text.replace(f"{{{place}}}", filling)
    return text


@contextmanager
def engine(spill: Path | None = None) -> Iterator[Connection]:
    """A connection with the code table and the macros; what does not fit goes to ``spill``."""
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": MEMORY}
    if spill is not None:
        config["temp_directory"] = str(spill)
    with duckdb.connect(config=config) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(sql("macros"))
        connection.execute(_code_tables())
        yield connection


@cache
def _code_tables() -> str:
    """The statements that make the tables of the code book: what a code says, a PLOVER type, and a mode of it."""
    codes = [
        (c.code, c.plover_type, c.plover_mode, c.context, c.domain, c.rung, c.quad_class, c.channel, c.goldstein,
         c.plover_score)
        for c in codebook().values()
    ]  # fmt: skip
    plover = plover_codes()
    types = [(c.plover_type, c.quad_class, c.channel, c.score) for (_, mode), c in plover.items() if not mode]
    modes = [(c.plover_type, mode, c.score) for (_, mode), c in plover.items() if mode]
    return (
        "CREATE TEMP TABLE code (cameo VARCHAR, plover_type VARCHAR, plover_mode VARCHAR, context VARCHAR,"
        " domain VARCHAR, rung VARCHAR, quad_class UTINYINT, channel VARCHAR, goldstein DOUBLE, plover_score DOUBLE);"
        "CREATE TEMP TABLE plover (plover_type VARCHAR, quad_class UTINYINT, channel VARCHAR, score DOUBLE);"
        "CREATE TEMP TABLE plover_mode (plover_type VARCHAR, plover_mode VARCHAR, score DOUBLE);"
        f"INSERT INTO code VALUES {_literals(codes)};"
        f"INSERT INTO plover VALUES {_literals(types)};"
        f"INSERT INTO plover_mode VALUES {_literals(modes)};"
    )


def _literals(rows: Sequence[Sequence[str | float | None]]) -> str:
    """Rows of our own tables as SQL writes them: read many times faster than with a mark for each cell."""
    return ", ".join(f"({', '.join(_literal(cell) for cell in row)})" for row in rows)


def _literal(cell: str | float | None) -> str:
    return "NULL" if cell is None else quoted(cell) if isinstance(cell, str) else repr(cell)


def insert_rows(connection: Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Put rows of Python into a table, many a statement."""
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        marks = ", ".join("(" + ", ".join("?" for _ in row) + ")" for row in some)
        connection.execute(f"INSERT INTO {table} VALUES {marks}", [cell for row in some for cell in row])


def parquet(paths: Sequence[Path]) -> str:
    """The rows of several Parquet files, as a table of a statement."""
    told = ", ".join(quoted(literally(path)) for path in paths)
    return f"read_parquet([{told}], hive_partitioning = false)"


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def rows_of(
    connection: Connection, statement: str, given: dict[str, object] | None = None
) -> list[dict[str, Any]]:
    """The rows of a statement, each by the names of its columns."""
    cursor = connection.execute(statement, given or {})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
