"""What could not be fetched, in words."""

from __future__ import annotations

from rasad.settings import Desk
from rasad.sources.gdelt_gaps import FILE, Ledger, spans


def fetch_gaps(desk: Desk) -> list[str]:
    """Every span of slots that a desk asked for and does not have, with the reason."""
    path = desk.fetched("gdelt") / FILE
    if not path.is_file():
        return []
    return [f"gdelt {span.table} {span}" for span in spans(Ledger(path).all())]
