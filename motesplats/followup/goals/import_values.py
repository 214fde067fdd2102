"""Read in series' numbers from a file: all of it or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.dates import stockholm
from agencies.models import Role, Site, User
from agencies.web.csv_rows import RowError
from agencies.web.roles import require_role
from agencies.web.whole_file import require_few, require_right
from motesplats.followup.goals.set_values import NewValue, mistakes_in, set_values
from motesplats.followup.goals.values_file import ValueRow, read_values
from motesplats.models import Series


def import_values(*, content: bytes, by: User, at: datetime) -> int:
    """Write down what the file says; gives how many rows say something new.

    Raises NotForYourRole and FileNotUsable.
    """
    require_role(by, Role.SECRETARIAT, message=_("Series are kept by the secretariat."))
    rows, errors = read_values(content)
    require_few(rows)
    series = {one.code: one for one in Series.objects.all()}
    sites = {name.casefold(): site for site in Site.objects.all() for name in (site.code, site.name)}
    errors += _mistakes(rows, series, sites, today=stockholm(at))
    require_right(rows, errors)
    return set_values(values=[_value(row, series, sites) for row in rows], by=by, at=at)


def _mistakes(
    rows: Sequence[ValueRow], series: Mapping[str, Series], sites: Mapping[str, Site], *, today: date
) -> Iterator[RowError]:
    seen = set()
    for row in rows:
        if row.series not in series:
            words = {"codes": ", ".join(series)}
            yield RowError(row.number, "series", _("There is no such series; there are %(codes)s.") % words)
        elif row.site and row.site.casefold() not in sites:
            yield RowError(row.number, "site", _("No site is called so."))
        else:
            value = _value(row, series, sites)
            for field, mistake in mistakes_in(value, today=today):
                yield RowError(row.number, field, mistake)
            if value.place in seen:
                yield RowError(row.number, "month", _("The file says this period twice."))
            seen.add(value.place)


def _value(row: ValueRow, series: Mapping[str, Series], sites: Mapping[str, Site]) -> NewValue:
    return NewValue(
        series=series[row.series],
        site=sites[row.site.casefold()] if row.site else None,
        year=row.year,
        month=row.month or None,
        value=row.value,
        is_approximate=row.is_approximate,
        source=row.source,
        fetched_on=row.fetched_on,
    )
