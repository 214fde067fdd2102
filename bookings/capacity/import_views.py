"""A forecast's file: read in, or told what is wrong with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Site
from agencies.refusals import Refusal
from agencies.web.csv_file import csv_file
from agencies.web.csv_rows import WrongRow, wrong_rows
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.uploads import takes_file
from bookings.capacity.expect import SAYERS
from bookings.capacity.forecast_file import COLUMNS
from bookings.capacity.forms import ForecastFileForm
from bookings.capacity.import_forecast import ForecastNotUsable, import_forecast
from bookings.capacity.pages import MONTHS, site_asked
from bookings.capacity.spread import months_from
from bookings.capacity.views import said_words


@takes_file
@for_roles(*SAYERS)
@require_http_methods(["GET", "HEAD", "POST"])
def forecast_import(request: StaffRequest, site: str) -> HttpResponse:
    """Choose a file; it is saved if all of it is right."""
    found = site_asked(request.user, site)
    form = (
        ForecastFileForm(request.POST, files=request.FILES)
        if request.method == "POST"
        else ForecastFileForm()
    )
    if not form.is_bound or not form.is_valid():
        return _page(request, found, form)
    content = form.cleaned_data["file"].read()
    try:
        said = import_forecast(site=found, content=content, by=request.user, at=timezone.now())
    except ForecastNotUsable as refusal:
        return _page(request, found, form, refusal, wrong_rows(content, refusal.rows, COLUMNS))
    except Refusal as refusal:
        return _page(request, found, form, refusal)
    messages.success(request, said_words(said))
    return redirect("bookings:capacity", found.code)


@for_roles(*SAYERS)
@require_safe
def forecast_template(request: StaffRequest, site: str) -> HttpResponse:
    """The site's municipalities and months as a file to fill in."""
    found = site_asked(request.user, site)
    months = months_from(timezone.localdate(), MONTHS)
    homes = found.municipalities.order_by("-is_host", "code")
    rows = ([home.code, f"{month:%Y-%m}", "", "", "", ""] for home in homes for month in months)
    return csv_file(f"{found.code}-forecast", [COLUMNS, *rows])


def _page(
    request: StaffRequest,
    site: Site,
    form: ForecastFileForm,
    refusal: Refusal | None = None,
    wrong: list[WrongRow] | None = None,
) -> HttpResponse:
    context = {"site": site, "form": form, "columns": COLUMNS, "refusal": refusal, "wrong": wrong or []}
    status = refusal.status if refusal else form.status
    return render(request, "bookings/capacity/import.html", context, status=status)
