"""The page of a site day's interpreters and their orders, and the sheet of these."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role, SiteDay
from agencies.refusals import Refusal
from agencies.spoken import common_languages
from agencies.web.csv_file import csv_file
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.interpreting.acts import InterpreterPress
from bookings.interpreting.addresses import address
from bookings.interpreting.candidates import with_candidates
from bookings.interpreting.choices import days_at
from bookings.interpreting.day import InterpreterDay, is_unfilled, load_days
from bookings.interpreting.figures import InterpreterFigures
from bookings.interpreting.forms import AskForm, ConfirmForm, PoolShiftForm, pool_at
from bookings.interpreting.lanes import LanesOfDay
from bookings.interpreting.panel import panel_of
from bookings.interpreting.sheet import sheet_orders, sheet_pdf, sheet_rows
from bookings.interpreting.split import SplitOrder, split_orders
from interpreters.models import InterpreterOrder, OrderEvent
from interpreters.orders.allowed import ORDERING_ROLES
from interpreters.orders.queries import orders_on

SUNDAY = timedelta(days=6)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ORDERING_ROLES)
def interpreter_day(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The day's interpreters; POST does what `do` says, and shows what was refused."""
    site_day = _site_day(request, site, day)
    if request.method != "POST":
        return _page(request, site_day)
    press = InterpreterPress(request.POST, site_day, by=request.user, at=timezone.now())
    try:
        said = press.carry_out()
    except Refusal as refusal:
        return _page(request, site_day, press=press, refusal=refusal)
    if press.is_refused:
        return _page(request, site_day, press=press)
    if said:
        messages.success(request, said)
    return redirect(address(site_day, order=press.shown))


@require_safe
@for_roles(*ORDERING_ROLES)
def order_file(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The day's order sheet as CSV; `order`: of that one alone."""
    found = _sheet(request, site, day)
    require_within_both("exports", request, request.user)
    return csv_file(_sheet_name(request, site, day), sheet_rows(found, at=timezone.now()))


@require_safe
@for_roles(*ORDERING_ROLES)
def order_sheet(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The day's order sheet as PDF; `order`: of that one alone."""
    found = _sheet(request, site, day)
    require_within_both("exports", request, request.user)
    try:
        pdf = sheet_pdf(found, at=timezone.now())
    except Refusal as refusal:
        return _page(request, _site_day(request, site, day), refusal=refusal)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{_sheet_name(request, site, day)}.pdf"'
    return answer


def _site_day(request: StaffRequest, site: str, day: date) -> SiteDay:
    """The open day at the location asked for, else at the main place or the first. Raises Http404."""
    days = days_at(site, day).filter(location__site__in=request.user.sites.all())
    named = (request.GET.get("location") or request.POST.get("location") or "").replace("\x00", "")
    found = (days.filter(location__name__iexact=named) if named else days).first()
    if not found:
        raise Http404
    return found


def _sheet(request: StaffRequest, site: str, day: date) -> list[SplitOrder]:
    """What stands on the sheet that is asked for. Raises Http404 if that is nothing."""
    splits = split_orders(orders_on(_site_day(request, site, day)))
    found = sheet_orders(splits, request.GET.get("order", ""))
    if not found:
        raise Http404
    return found


def _sheet_name(request: StaffRequest, site: str, day: date) -> str:
    return request.GET.get("order") or f"{site}-{day}"


def _page(
    request: StaffRequest,
    site_day: SiteDay,
    *,
    press: InterpreterPress | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    at = timezone.now()
    week = load_days(_week_of(site_day))
    day = next(one for one in week if one.site_day == site_day)
    pool = pool_at(site_day)
    split = _shown(day, press.shown if press else request.GET.get("order", ""))
    lanes = LanesOfDay(day, at)
    context: dict[str, Any] = {
        "site_day": site_day,
        "places": days_at(site_day.location.site.code, site_day.date),
        "before": _beside(site_day, -1),
        "after": _beside(site_day, 1),
        "grid": lanes.grid,
        "groups": with_candidates(lanes.groups(), day),
        "figures": day.figures,
        "week": [(one.site_day, one.figures) for one in week],
        "week_figures": sum((one.figures for one in week), InterpreterFigures()),
        "settled": [one for one in day.splits if _is_settled(one.order)],
        "panel": panel_of(day, split, at=at) if split else None,
        "confirm_form": ConfirmForm(order=split.order, pool=pool) if split else None,
        "languages": common_languages(),
        "ask_form": AskForm(initial=request.GET.dict(), site_day=site_day, pool=pool),
        "asks": "language" in request.GET or not day.splits,
        "shift_form": PoolShiftForm(pool=pool) if request.user.role == Role.COORDINATOR else None,
        "faults": OrderEvent.Fault.choices,
        "refusal": refusal,
        "at": at,
    }
    status = refusal.status if refusal else 200
    if press and press.is_refused and press.form:
        names: dict[type, str] = {
            AskForm: "ask_form",
            ConfirmForm: "confirm_form",
            PoolShiftForm: "shift_form",
        }
        context[names[type(press.form)]] = press.form
        context["asks"] = isinstance(press.form, AskForm)
        status = press.form.status
    return render(request, "bookings/interpreting/day.html", context, status=status)


def _shown(day: InterpreterDay, reference: str) -> SplitOrder | None:
    """The order asked for, else the first that lacks an answer, else the first."""
    first = sorted(day.splits, key=lambda split: not is_unfilled(split.order))
    return day.split_of(reference) or next(iter(first), None)


def _is_settled(order: InterpreterOrder) -> bool:
    """Whether it stands in no lane: cancelled, or declined and asked of somebody else."""
    return order.state not in InterpreterOrder.HELD and not is_unfilled(order)


def _week_of(site_day: SiteDay) -> list[SiteDay]:
    """The location's open days of that week."""
    monday = site_day.date - timedelta(days=site_day.date.weekday())
    days = SiteDay.objects.filter(
        location=site_day.location, date__range=(monday, monday + SUNDAY), closed_at=None
    )
    return list(days.select_related("location__site").order_by("date"))


def _beside(site_day: SiteDay, way: int) -> SiteDay | None:
    """The location's open day before or after this one."""
    days = SiteDay.objects.filter(location=site_day.location, closed_at=None)
    days = days.select_related("location__site")
    if way < 0:
        return days.filter(date__lt=site_day.date).order_by("-date").first()
    return days.filter(date__gt=site_day.date).order_by("date").first()
