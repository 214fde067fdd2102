"""A forecast's file: read in, or told what is wrong with it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.web.csv_file import csv_file
from agencies.web.file_import import import_page
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.uploads import takes_file
from bookings.capacity.expect import SAYERS
from bookings.capacity.forecast_file import COLUMNS
from bookings.capacity.import_forecast import import_forecast
from bookings.capacity.pages import MONTHS, site_asked
from bookings.capacity.spread import months_from
from bookings.capacity.views import said_words


@takes_file
@for_roles(*SAYERS)
@require_http_methods(["GET", "HEAD", "POST"])
def forecast_import(request: StaffRequest, site: str) -> HttpResponse:
    """Choose a file; it is saved if all of it is right."""
    found = site_asked(request.user, site)
    return import_page(
        request,
        "bookings/capacity/import.html",
        lambda _values, content: said_words(
            import_forecast(site=found, content=content, by=request.user, at=timezone.now())
        ),
        columns=COLUMNS,
        back=reverse("bookings:capacity", args=[found.code]),
        site=found,
    )


@for_roles(*SAYERS)
@require_safe
def forecast_template(request: StaffRequest, site: str) -> HttpResponse:
    """The site's municipalities and months as a file to fill in."""
    found = site_asked(request.user, site)
    months = months_from(timezone.localdate(), MONTHS)
    homes = found.municipalities.order_by("-is_host", "code")
    rows = ([home.code, f"{month:%Y-%m}", "", "", "", ""] for home in homes for month in months)
    return csv_file(f"{found.code}-forecast", [COLUMNS, *rows])
