"""The people by track and by mode."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.pictures import bars_beside
from motesplats.followup.dashboard.sections.shares import country, of_divided
from motesplats.followup.dashboard.tables import Table, TableRow, cell_of, share_cell
from motesplats.followup.dimensions import AGES, MODES, SEXES, TRACKS
from motesplats.followup.figures.read import Figure, Part
from motesplats.followup.measures import MEASURES

DIVIDED = {"track": TRACKS, "mode": MODES, "sex": SEXES, "age": AGES}  # each person is once in each


def tracks_and_modes(look: Look) -> Table:
    """How many of each, and their share; a site's beside the country's."""
    of, of_country = partial(look.of, "participants"), partial(look.of_country, "participants")
    wholes = [(of, _whole(of)), *([(of_country, _whole(of_country))] if look.site else [])]
    rows = [
        TableRow(
            str(name),
            [
                cell_of(of((dimension, key)), "participants"),
                *(share_cell(each((dimension, key)), whole) for each, whole in wholes),
            ],
        )
        for dimension in ("track", "mode")
        for key, name in DIVIDED[dimension].items()
    ]
    return Table(
        "track-mode",
        _("Track and mode"),
        [_("Part"), MEASURES["participants"].name, _("share"), *country(look)],
        rows,
        note=_(
            "Of two months at a time, in the first days of the next one. Each person stands once among the tracks and "
            "once among the modes."
        ),
        picture=bars_beside(_("Track and mode"), rows),
    )


def _whole(of: Callable[[Part], Figure]) -> Figure:
    """All of them, by whichever division hides nothing."""
    return of_divided(*([of((dimension, key)) for key in parts] for dimension, parts in DIVIDED.items()))
