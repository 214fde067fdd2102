"""The people by track and by mode."""

from functools import partial

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.shares import country, of_divided
from motesplats.followup.dashboard.tables import Table, TableRow, cell_of, share_cell
from motesplats.followup.dimensions import MODES, TRACKS
from motesplats.followup.measures import MEASURES


def tracks_and_modes(look: Look) -> Table:
    """How many of each, and their share; a site's beside the country's."""
    of, of_country = partial(look.of, "participants"), partial(look.of_country, "participants")
    whole, whole_country = of_divided(of), of_divided(of_country)
    rows = [
        TableRow(
            str(name),
            [
                cell_of(of((dimension, key)), "participants"),
                share_cell(of((dimension, key)), whole),
                *([share_cell(of_country((dimension, key)), whole_country)] if look.site else []),
            ],
        )
        for dimension, parts in (("track", TRACKS), ("mode", MODES))
        for key, name in parts.items()
    ]
    return Table(
        "track-mode",
        _("Track and mode"),
        [_("Part"), MEASURES["participants"].name, _("share"), *country(look)],
        rows,
        note=_(
            "Of the months that have ended. Each person stands once among the tracks and once among the modes."
        ),
    )
