"""The agencies beside each other: hours given, persons met and what became of the meetings."""

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.pictures import bars_beside
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of
from motesplats.followup.measures import MEASURES, Kind
from motesplats.followup.part_names import part_name

COLUMNS = (
    "hours_given",
    "persons_met",
    "persons_per_staff_hour",
    "agency_no_shows",
    "idle_share",
    "consent_share",
)
# What is no number of anything can be compared with the country's.
COMPARED = tuple(code for code in COLUMNS if MEASURES[code].kind != Kind.COUNT)


def agencies(look: Look) -> Table | None:
    """Each agency by its name; of a site, what can be compared stands beside the country's."""
    codes = look.figures.parts("persons_met", "agency")
    if not codes:
        return None
    rows = [TableRow(part_name("agency", code), _cells(look, code)) for code in codes]
    rows.sort(key=lambda row: row.name)
    met = MEASURES["persons_met"].name
    note = _(
        "Hours that were given, people who were met. Who is needed by fewer meets fewer: it is no ranking."
    )
    if look.is_whole:
        note += " " + _(
            "Other agencies stand as everybody reads them, two months at a time. Where only one other met few, so does "
            "the whole."
        )
    return Table(
        "agencies",
        _("The agencies beside each other"),
        [_("Agency"), *_titles(look)],
        rows,
        note=note,
        picture=bars_beside(str(met), rows, column=COLUMNS.index("persons_met")),
    )


def _titles(look: Look) -> list[str]:
    beside = [_("%(measure)s, the whole country") % {"measure": MEASURES[code].name} for code in COMPARED]
    return [*(str(MEASURES[code].name) for code in COLUMNS), *(beside if look.site else [])]


def _cells(look: Look, agency: str) -> list[TableCell]:
    part = ("agency", agency)
    beside = [cell_of(look.of_country(code, part), code) for code in COMPARED]
    return [*(cell_of(look.of(code, part), code) for code in COLUMNS), *(beside if look.site else [])]
