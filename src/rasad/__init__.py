"""rasad: an analysis desk for people who write about the politics of a region.

``rasad.relation("RUS", "AFG")`` is the dossier of two actors: see :mod:`rasad.api`.
"""

from importlib import import_module
from importlib.metadata import version
from typing import Any

__version__ = version("rasad")
__all__ = ["__version__", "relation"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the name stands for)
    """Load what a notebook asks for only when it asks: commands start without it."""
    if name == "relation":
        return import_module("rasad.api").relation
    raise AttributeError(f"module 'rasad' has no attribute '{name}'")
