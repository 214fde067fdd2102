"""The pages of day reports: the list of a user's sites, and one day's report."""

import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role, Site, User
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from motesplats.followup.reports.correct import correct_report
from motesplats.followup.reports.day_page import DayPage, day_context, load_day
from motesplats.followup.reports.forms import DayReportForm, WhichDayForm
from motesplats.followup.reports.lacking import missing
from motesplats.followup.reports.list_page import MOST_RECENT, aside
from motesplats.followup.reports.lock import lock_report
from motesplats.followup.reports.numbers import DayNumbers
from motesplats.followup.reports.own_sites import own_site, sites_of
from motesplats.followup.reports.save import save_report

LOCK, SAVE, CORRECT, CLOSED = "lock", "save", "correct", "closed"


@for_roles(*AGENCY_ROLES)
@require_safe
def day_reports(request: StaffRequest) -> HttpResponse:
    """What is missing, recent and corrected at the user's sites; `date` leads to that day's report."""
    sites = sites_of(request.user)
    form = WhichDayForm(request.GET if "date" in request.GET else None, sites=sites)
    if form.is_valid() and sites:
        site: Site = form.cleaned_data.get("site") or sites[0]
        return redirect("followup:day-report", site.code, form.cleaned_data["date"])
    context = aside(sites, today=timezone.localdate(), most=MOST_RECENT)
    context |= {"form": form, "is_of_several": len(sites) > 1}
    status = 400 if form.is_bound else 200
    return render(request, "motesplats/followup/reports/list.html", context, status=status)


@for_roles(Role.SECRETARIAT)
@require_safe
def missing_reports(request: StaffRequest) -> HttpResponse:
    """Which days lack their report, at every site that is not closed."""
    sites = Site.objects.exclude(state=Site.State.CLOSED)
    context = {"missing": missing(sites, today=timezone.localdate())}
    return render(request, "motesplats/followup/reports/missing.html", context)


@for_roles(*AGENCY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def day_report(request: StaffRequest, site: str, date: datetime.date) -> HttpResponse:
    """A day's report: a form until it is locked, then read only; `?correct` opens it again."""
    at = timezone.now()
    page = load_day(own_site(request.user, site), date, at=at)
    if request.method == "POST":
        form = page.form(request.POST)
        act = request.POST.get("do", SAVE)
        if form.is_accepted(lambda _values: _write(page, form, act, by=request.user, at=at)):
            messages.success(request, _done(act))
            return redirect("followup:day-report", site, date)
        return _page(request, page, form, at=at)
    is_open = not page.problem and (not page.is_locked or CORRECT in request.GET)
    return _page(request, page, page.form() if is_open else None, at=at)


def _page(
    request: StaffRequest, page: DayPage, form: DayReportForm | None, *, at: datetime.datetime
) -> HttpResponse:
    context = day_context(page, form, viewer=request.user, at=at)
    status = form.status if form else 200
    return render(request, "motesplats/followup/reports/day.html", context, status=status)


def _write(page: DayPage, form: DayReportForm, act: str, *, by: User, at: datetime.datetime) -> None:
    """Save, lock or correct, or say that the site was not open; all of it or nothing."""
    numbers, version = form.numbers(), form.cleaned_data["version"]
    if act == CLOSED:
        numbers = DayNumbers(note=numbers.note, why=numbers.why, was_open=False)
    with transaction.atomic():
        if page.report and (act == CORRECT or (act == CLOSED and page.is_locked)):
            correct_report(report=page.report, numbers=numbers, version=version, by=by, at=at)
            return
        report = save_report(
            site=page.site,
            date=page.day,
            numbers=numbers,
            version=version,
            by=by,
            at=at,
            unfinished=act not in (LOCK, CLOSED),
        )
        if act in (LOCK, CLOSED):
            lock_report(report=report, version=report.version, by=by, at=at)


def _done(act: str) -> str:
    if act == CLOSED:
        return _("It is kept that the site was not open that day.")
    if act == LOCK:
        return _("The report is locked, and counts in the figures.")
    return _("The correction is saved, with both numbers.") if act == CORRECT else _("The report is saved.")
