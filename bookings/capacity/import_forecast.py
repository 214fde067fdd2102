"""Import a site's forecast from a file: all of it or nothing."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.dates import stockholm
from agencies.models import Municipality, Site, User
from agencies.web.csv_rows import RowError
from agencies.web.whole_file import require_right
from bookings.capacity.expect import Numbers, expect, mistake_in, require_sayer
from bookings.capacity.forecast_file import ForecastRow, read_forecast


def import_forecast(*, site: Site, content: bytes, by: User, at: datetime) -> int:
    """Say what the file says; gives how many rows say something new. Raises FileNotUsable and who may not."""
    require_sayer(by, site)
    rows, errors = read_forecast(content)
    homes = {name: one for one in site.municipalities.all() for name in _names(one)}
    errors += _mistakes(rows, homes, site=site, today=stockholm(at))
    require_right(rows, errors)
    numbers = [_numbers(row, homes[_plain(row.municipality)]) for row in rows]
    return expect(site=site, numbers=numbers, by=by, at=at)


def _names(municipality: Municipality) -> tuple[str, ...]:
    """What a file may call it: by code, also without the nought that a spreadsheet takes away, or by name."""
    names = municipality.code, municipality.code.lstrip("0"), municipality.short_name, municipality.name
    return tuple(map(_plain, names))


def _plain(name: str) -> str:
    return name.strip().casefold()


def _mistakes(
    rows: Sequence[ForecastRow], homes: dict[str, Municipality], *, site: Site, today: date
) -> Iterator[RowError]:
    seen: set[tuple[int, date]] = set()
    for row in rows:
        home = homes.get(_plain(row.municipality))
        if home is None:
            words = {"site": site}
            yield RowError(row.number, "municipality", _("No municipality of %(site)s is called so.") % words)
        elif (home.pk, row.month) in seen:
            yield RowError(row.number, "month", _("The file says this month twice."))
        elif mistake := mistake_in(_numbers(row, home), site=site, today=today):
            yield RowError(row.number, "month" if row.month < today.replace(day=1) else "source", mistake)
        else:
            seen.add((home.pk, row.month))


def _numbers(row: ForecastRow, home: Municipality) -> Numbers:
    return Numbers(home, row.month, row.lowest, row.likely, row.highest, row.source)
