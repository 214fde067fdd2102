"""Write down the numbers of a series; what was written before stays, the last counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.dates import stockholm
from agencies.models import Role, Site, User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from agencies.web.roles import require_role
from motesplats.models import Series, SeriesValue

FIRST_YEAR, MOST = 2000, 9_999_999
LONGEST_SOURCE = 120


class SeriesValueWrong(Refusal):
    """Numbers that no series can have."""

    kind = "series-value-wrong"


@dataclass(frozen=True, slots=True)
class NewValue:
    """A series' number of a year, or of its month; of the country, or of a site."""

    series: Series
    year: int
    month: int | None
    value: int
    source: str
    is_approximate: bool = False
    site: Site | None = None
    fetched_on: date | None = None

    @property
    def place(self) -> tuple[int, int | None, int, int | None]:
        return self.series.pk, self.site.pk if self.site else None, self.year, self.month


@transaction.atomic
def set_values(*, values: Sequence[NewValue], by: User, at: datetime) -> int:
    """Write what is new; gives how many. Raises NotForYourRole and SeriesValueWrong."""
    require_role(by, Role.SECRETARIAT, message=_("Series are kept by the secretariat."))
    for one in values:
        for field, mistake in mistakes_in(one, today=stockholm(at)):
            raise SeriesValueWrong(mistake, errors={field: [mistake]})
    written = _written(values)
    new = [one for one in values if written.get(one.place) != _said(one)]
    SeriesValue.objects.bulk_create(
        SeriesValue(
            series=one.series,
            site=one.site,
            year=one.year,
            month=one.month,
            value=one.value,
            is_approximate=one.is_approximate,
            source=one.source,
            fetched_on=one.fetched_on,
            set_by=by,
            set_at=at,
        )
        for one in new
    )
    return len(new)


def mistakes_in(one: NewValue, *, today: date) -> Iterator[tuple[str, str]]:
    """Each field that cannot stand, and why."""
    if not FIRST_YEAR <= one.year <= today.year:
        yield "year", _("From %(first)s to this year.") % {"first": FIRST_YEAR}
    if one.month is not None and not 1 <= one.month <= 12:
        yield "month", _("A month is 1 to 12.")
    if not 0 <= one.value <= MOST:
        yield "value", _("Write a whole number of persons, 0 or more.")
    if not one.source:
        yield "source", _("Say where the number comes from.")
    elif wrong := _wrong_text(one.source):
        yield "source", wrong
    if one.fetched_on and one.fetched_on > today:
        yield "fetched_on", _("That day has not come yet.")


def _wrong_text(source: str) -> str:
    if len(source) > LONGEST_SOURCE:
        return _("At most %(most)s characters.") % {"most": LONGEST_SOURCE}
    try:
        validate_plain(source)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _said(one: NewValue | SeriesValue) -> tuple[int, bool, str, date | None]:
    return one.value, one.is_approximate, one.source, one.fetched_on


def _written(values: Sequence[NewValue]) -> dict[tuple[int, int | None, int, int | None], object]:
    """What was last written of these series and years."""
    rows = SeriesValue.objects.filter(
        series__in={one.series.pk for one in values}, year__in={one.year for one in values}
    )
    return {(row.series_id, row.site_id, row.year, row.month): _said(row) for row in rows.order_by("pk")}
