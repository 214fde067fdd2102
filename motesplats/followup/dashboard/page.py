"""What stands on the page, in its order."""

from collections.abc import Callable
from typing import Any

from motesplats.followup.dashboard import sections
from motesplats.followup.dashboard.effects import effects
from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.tables import Table

Section = Callable[[Look], Table | None]
# Of the country; of one site the map is left out.
SECTIONS: tuple[Section, ...] = (
    sections.months,
    sections.sites,
    sections.sexes_and_ages,
    sections.tracks_and_modes,
    sections.stops,
    sections.agencies,
    sections.no_shows,
    sections.survey,
)


def context_of(look: Look) -> dict[str, Any]:
    """The effects, and the tables with their pictures."""
    tables = [
        table
        for section in SECTIONS
        if not (look.site and section is sections.sites)
        if (table := section(look))
    ]
    return {"effects": effects(look), "tables": tables, "hides": any(table.hides for table in tables)}


def table_of(look: Look, code: str) -> Table | None:
    """The table with this code, if the page has one."""
    found = context_of(look)
    tables = [*found["tables"], *(effect.table for effect in found["effects"])]
    return next((table for table in tables if table.code == code), None)
