"""Day reports that have been typed and locked."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from agencies.models import Site, User
from agencies.secrecy.context import acting_as
from motesplats.followup.refresh import make_edition
from motesplats.followup.viewer import FIGURES
from motesplats.followup.within_tracks import added_up
from motesplats.models import DayCount, DayReport, SiteFigure

# Women and men of all ages; no part is small but the women of 65 and older, who are none.
PEOPLE = {"F|0-17": 6, "F|18-64": 12, "M|0-17": 7, "M|18-64": 14, "M|65+": 6}


def typed_report(
    site: Site,
    day: date,
    by: User,
    *,
    people: Mapping[str, int] = PEOPLE,
    tracks: Mapping[str, int] | None = None,
    within: Mapping[str, int] | None = None,
    locked: bool = True,
    **fields: object,
) -> DayReport:
    """A report of so many people by sex and age, all on track 1 at the main place unless it is said otherwise.

    `within`: those by track, sex and age, from which the others follow; a report of several tracks may lack them.
    """
    if within is not None:
        counted = added_up({("track_sex_age", key): count for key, count in within.items()})
        people, tracks = (
            {key: count for (name, key), count in counted.items() if name == dimension}
            for dimension in ("sex_age", "track")
        )
    at, number = timezone.now(), sum(people.values())
    lock = {"locked_at": at, "locked_by": by} if locked else {}
    values = (
        {"source": "reported", "parties": (number + 2) // 3, "filled_at": at, "saved_by": by} | lock | fields
    )
    report = DayReport.objects.create(site=site, date=day, **values)
    counts = {("sex_age", key): count for key, count in people.items()} | {("mode", "main"): number}
    counts |= {("track", key): count for key, count in (tracks or {"1": number}).items()}
    counts |= {("track_sex_age", key): count for key, count in (within or {}).items()}
    DayCount.objects.bulk_create(
        DayCount(report=report, dimension=dimension, key=key, people=count)
        for (dimension, key), count in counts.items()
        if count
    )
    return report


def counted_figures(
    site: Site,
    month: date,
    numbers: Mapping[tuple[str, str, str], tuple[float, float, int]],
    **fields: object,
) -> None:
    """As if a month had been counted, and published: amount, divisor and people by measure, dimension and part."""
    with acting_as(FIGURES):
        for (measure, dimension, key), (amount, over, people) in numbers.items():
            values = {"amount": amount, "over": over, "people": people} | fields
            told = {f"told_{name}": value for name, value in values.items()}
            place = {"site": site, "month": month, "measure": measure, "dimension": dimension, "key": key}
            SiteFigure.objects.create(**place, **values, **told)
    make_edition(year=month.year, at=timezone.now())
