"""What stands on the page, in its order."""

from collections.abc import Callable
from typing import Any

from motesplats.followup.dashboard import sections
from motesplats.followup.dashboard.compare import compare, reached
from motesplats.followup.dashboard.effects import effects
from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.tables import Table
from motesplats.followup.figures.read import WHOLE
from motesplats.models import Series

Section = Callable[[Look], Table | None]
SECTIONS: tuple[Section, ...] = (
    sections.sexes_and_ages,
    sections.tracks_and_modes,
    sections.stops,
    sections.agencies,
    sections.no_shows,
    sections.survey,
)


def context_of(look: Look, series: Series | None) -> dict[str, Any]:
    """The goal, the effects, and the tables with their pictures; parts are compared with no series."""
    comparison = compare(look, series) if series and look.part == WHOLE else None
    tables = [sections.months(look, comparison), *([] if look.site else [sections.sites(look)])]
    tables += [table for section in SECTIONS if (table := section(look))]
    return {
        "comparison": comparison,
        "reached": reached(look, comparison) if comparison else None,
        "effects": effects(look),
        "tables": tables,
    }


def table_of(look: Look, series: Series | None, code: str) -> Table | None:
    """The table with this code, if the page has one."""
    found = context_of(look, series)
    tables = [*found["tables"], *(effect.table for effect in found["effects"])]
    return next((table for table in tables if table.code == code), None)
