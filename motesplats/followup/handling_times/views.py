"""Skatteverket's handling times: the comparison with the country as page and file, and a site's weeks to type."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role, Site
from agencies.web.csv_file import csv_file
from agencies.web.forms import with_capitals
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.workbook import workbook_file
from motesplats.followup.handling_times.comparison import (
    TimesComparison,
    imported_comparisons,
    quarter_comparison,
)
from motesplats.followup.handling_times.forms import WeekForm
from motesplats.followup.handling_times.quarters import open_mondays, week_name
from motesplats.followup.handling_times.queries import (
    imported_shares,
    told_of,
    told_quarters,
    typed_of,
    weeks_of,
)
from motesplats.followup.handling_times.type_week import type_week

READERS = (Role.COORDINATOR, Role.MANAGER, Role.SECRETARIAT)
FILES = {"csv": csv_file, "xlsx": workbook_file}


@require_safe
@for_roles(*READERS)
def comparison(request: StaffRequest) -> HttpResponse:
    """A told quarter, the last unless another is asked for, and the imported week."""
    context = {
        "quarters": [f"{year}-{number}" for year, number in told_quarters()],
        "told": _quarter_asked(request),
        "imported": imported_comparisons(imported_shares()),
        "sites": request.user.sites.order_by("order", "code")
        if request.user.role != Role.SECRETARIAT
        else (),
    }
    return render(request, "motesplats/followup/handling_times/comparison.html", context)


@require_safe
@for_roles(*READERS)
def comparison_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The told quarter and the imported week as CSV or workbook."""
    require_within_both("exports", request, request.user)
    told = _quarter_asked(request)
    shown = [*([told] if told else []), *imported_comparisons(imported_shares())]
    return FILES[kind]("handling-times", _rows(shown))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.COORDINATOR, Role.MANAGER)
def site_weeks(request: StaffRequest, site: str) -> HttpResponse:
    """The weeks of one's own site."""
    found = request.user.sites.filter(code=site).first()
    if found is None:
        raise Http404
    return _weeks(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.SECRETARIAT)
def country_weeks(request: StaffRequest) -> HttpResponse:
    """The weeks of the whole country."""
    return _weeks(request, None)


def _weeks(request: StaffRequest, site: Site | None) -> HttpResponse:
    mondays, key = open_mondays(timezone.localdate()), site.pk if site else None
    form = WeekForm(request.POST or None, mondays=mondays)

    def verb(typed: dict[str, Any]) -> None:
        type_week(
            site=site,
            monday=typed["monday"],
            counts=form.counts,
            why=typed["why"],
            by=request.user,
            at=timezone.now(),
        )

    if form.is_accepted(verb):
        messages.success(request, _("The week is saved."))
        return redirect(request.path)
    with_capitals(form)
    own, country = weeks_of(key, mondays), weeks_of(None, mondays) if site else {}
    context = {
        "site": site,
        "form": form,
        "weeks": [(week_name(day), own.get(day), country.get(day)) for day in mondays],
        "typed": [(week_name(row.monday), row) for row in typed_of(key)],
    }
    return render(request, "motesplats/followup/handling_times/weeks.html", context, status=form.status)


def _quarter_asked(request: StaffRequest) -> TimesComparison | None:
    """The quarter that is asked for, as 2026-3, else the last; None before any is told."""
    known = {f"{year}-{number}": (year, number) for year, number in told_quarters()}
    asked = request.GET.get("quarter", "") or next(iter(known), "")
    if asked not in known:
        if request.GET.get("quarter"):
            raise Http404
        return None
    own = set(request.user.sites.values_list("pk", flat=True))
    return quarter_comparison(told_of(*known[asked]), title=asked, own=own)


def _rows(shown: list[TimesComparison]) -> Iterator[list[object]]:
    hidden = _("hidden")
    yield [
        _("Period"),
        _("Where"),
        _("1–7 days, %"),
        _("8–30 days, %"),
        _("more than 30 days, %"),
        _("Decisions"),
    ]
    for one in shown:
        for row in one.rows:
            shares = row.shares.all if row.shares else (hidden,) * 3
            yield [one.title, row.name, *shares, "" if row.number is None else row.number]
