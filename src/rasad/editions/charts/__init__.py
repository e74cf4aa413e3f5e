"""Charts and tables that are computed: drawn as SVG, told as alt text, given as CSV."""

from __future__ import annotations

from collections.abc import Callable

from rasad.editions.charts.changes import change_table, draw_course
from rasad.editions.charts.drawing import Drawing, Subject
from rasad.editions.charts.index import draw_index
from rasad.editions.charts.ladder import draw_ladder, first_step_table
from rasad.editions.charts.timeline import draw_timeline
from rasad.errors import ManuscriptError, did_you_mean
from rasad.model.issue import Figure

_DRAW: dict[str, dict[str, Callable[[Subject], Drawing]]] = {
    "figure": {"ladder": draw_ladder, "timeline": draw_timeline, "index": draw_index, "course": draw_course},
    "table": {"first-steps": first_step_table, "changes": change_table},
}


def draw(figure: Figure, subject: Subject) -> Drawing:
    """Draw what a figure block asks for.

    Raises:
        ManuscriptError: If there is no such chart or table, or it takes no such argument.
    """
    known = _DRAW[figure.kind]
    if figure.name not in known:
        do = did_you_mean(figure.name, known)
        raise ManuscriptError(
            f"'{figure.name}' is not a {figure.kind} that can be computed", at=figure.at, do=do
        )
    for name, _ in figure.arguments:
        if name != "dyad":
            raise ManuscriptError(f"the {figure.kind} '{figure.figure_id}' has no '{name}='", at=figure.at)
    return known[figure.name](subject)
