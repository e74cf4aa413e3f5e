"""rasad: an analysis desk for people who write about the politics of a region.

``rasad.relation("RUS", "AFG")`` is the dossier of two actors, ``rasad.ledger(518)`` what an issue rests on: see
:mod:`rasad.api`.
"""

from importlib import import_module
from importlib.metadata import version
from typing import Any

__version__ = version("rasad")
__all__ = ["__version__", "ledger", "relation"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the name stands for)
    """Load what a notebook asks for only when it asks: commands start without it."""
    if name in ("ledger", "relation"):
        return getattr(import_module("rasad.api"), name)
    raise AttributeError(f"module 'rasad' has no attribute '{name}'")
