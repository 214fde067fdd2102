"""Series' numbers as a file: read in, or saved in the same columns."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role
from agencies.web.csv_file import csv_file
from agencies.web.file_import import import_page
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.uploads import takes_file
from motesplats.followup.goals.import_values import import_values
from motesplats.followup.goals.tables import current
from motesplats.followup.goals.values_file import COLUMNS
from motesplats.followup.goals.views import READERS, READS_AND_WRITES, said_words
from motesplats.models import SeriesValue


@takes_file
@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def import_series(request: StaffRequest) -> HttpResponse:
    """Choose a file; it is saved if all of it is right."""
    return import_page(
        request,
        "motesplats/followup/goals/import.html",
        lambda _values, content: said_words(
            import_values(content=content, by=request.user, at=timezone.now())
        ),
        columns=COLUMNS,
        back=reverse("followup:goals"),
    )


@require_safe
@for_roles(*READERS)
def series_file(request: StaffRequest) -> HttpResponse:
    """The numbers that count, in the columns in which they can be read in again."""
    require_within_both("exports", request, request.user)
    found = current(SeriesValue.objects.select_related("series", "site"))
    return csv_file("series", [COLUMNS, *map(_cells, found)])


def _cells(row: SeriesValue) -> list[object]:
    value = f"ca {row.value}" if row.is_approximate else row.value
    place = [row.series.code, row.site.code if row.site else "", row.year, row.month or ""]
    return [*place, value, row.source, row.fetched_on or ""]
