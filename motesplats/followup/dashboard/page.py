"""What stands on the page, in its order."""

from collections.abc import Callable, Iterator
from typing import Any

from motesplats.followup.dashboard.compare import SeriesComparison, comparison_of, overlap_at, reached
from motesplats.followup.dashboard.effects import EFFECTS, effect_of
from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.agencies import agencies
from motesplats.followup.dashboard.sections.capacity import capacity
from motesplats.followup.dashboard.sections.handling_times import handling_times
from motesplats.followup.dashboard.sections.months import months
from motesplats.followup.dashboard.sections.no_shows import no_shows
from motesplats.followup.dashboard.sections.results import results
from motesplats.followup.dashboard.sections.sexes_and_ages import sexes_and_ages
from motesplats.followup.dashboard.sections.sites import sites
from motesplats.followup.dashboard.sections.stops import stops
from motesplats.followup.dashboard.sections.survey import survey
from motesplats.followup.dashboard.sections.tracks_and_modes import tracks_and_modes
from motesplats.followup.dashboard.tables import Table

# By the code of their table; the first ones also stand beside a series.
COMPARED: dict[str, Callable[[Look, SeriesComparison | None], Table | None]] = {
    "months": months,
    "sites": sites,
}
SECTIONS: dict[str, Callable[[Look], Table | None]] = {
    "sex-age": sexes_and_ages,
    "track-mode": tracks_and_modes,
    "capacity": capacity,
    "handling-times": handling_times,
    "stops": stops,
    "agencies": agencies,
    "no-shows": no_shows,
    "survey": survey,
    "results": results,
}


def context_of(look: Look) -> dict[str, Any]:
    """The goal, the effects, and the tables with their pictures."""
    comparison = comparison_of(look)
    both = overlap_at(look, comparison, look.place) if comparison else None
    return {
        "comparison": comparison,
        "goal": comparison.goal(look.place) if comparison else None,
        "reached": reached(comparison, both, look.place) if comparison and both else None,
        "effects": [effect_of(look, code) for code in EFFECTS],
        "tables": [table for table in _tables(look, comparison) if table],
    }


def _tables(look: Look, comparison: SeriesComparison | None) -> Iterator[Table | None]:
    yield from (compared(look, comparison) for compared in COMPARED.values())
    yield from (section(look) for section in SECTIONS.values())


def table_of(look: Look, code: str) -> Table | None:
    """The table with this code, composed alone; None if the page of what is chosen has none."""
    if code in COMPARED:
        return COMPARED[code](look, comparison_of(look))
    if code in SECTIONS:
        return SECTIONS[code](look)
    return effect_of(look, code).table if code in EFFECTS else None
