"""The page of a site day's interpreters and their orders."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import SiteDay
from agencies.refusals import Refusal
from agencies.web.csv_file import csv_file
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.interpreting.choices import days_at, wish_and_agreement
from bookings.interpreting.day import interpreter_rows, is_unfilled, lacks, order_rows
from bookings.interpreting.forms import AskForm
from bookings.interpreting.serve import serve_chain
from bookings.interpreting.sheet import sheet_orders, sheet_pdf, sheet_rows
from bookings.interpreting.split import SplitOrder, split_orders
from bookings.models import InterpretedMeeting
from interpreters.models import OrderEvent
from interpreters.orders.allowed import ORDERING_ROLES
from interpreters.orders.answer import confirm_order, decline_order, receive_order
from interpreters.orders.ask import ask_next, ask_order
from interpreters.orders.close import cancel_order, complain
from interpreters.orders.queries import orders, orders_on

LARGEST_SUM = 10  # digits


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*ORDERING_ROLES)
def interpreter_day(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The day's interpreters; POST orders one, or does with an order what `do` says."""
    site_day = _site_day(request, site, day)
    form = AskForm(site_day=site_day)
    try:
        if request.method == "POST" and "order" in request.POST:
            _do(request, site_day)
            return redirect(request.path)
        if request.method == "POST":
            form = AskForm(request.POST, site_day=site_day)
            if form.is_accepted(_ask(request, site_day)):
                return redirect(request.path)
    except Refusal as refusal:
        return _page(request, site_day, form, refusal)
    return _page(request, site_day, form)


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
        site_day = _site_day(request, site, day)
        return _page(request, site_day, AskForm(site_day=site_day), refusal)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{_sheet_name(request, site, day)}.pdf"'
    return answer


def _sheet(request: StaffRequest, site: str, day: date) -> list[SplitOrder]:
    """What stands on the sheet that is asked for. Raises Http404 if that is nothing."""
    splits = split_orders(orders_on(_site_day(request, site, day)))
    found = sheet_orders(splits, request.GET.get("order", ""))
    if not found:
        raise Http404
    return found


def _sheet_name(request: StaffRequest, site: str, day: date) -> str:
    return request.GET.get("order") or f"{site}-{day}"


def _site_day(request: StaffRequest, site: str, day: date) -> SiteDay:
    found = days_at(site, day).filter(location__site__in=request.user.sites.all()).first()
    if not found:
        raise Http404
    return found


def _ask(request: StaffRequest, site_day: SiteDay) -> Callable[[dict[str, Any]], object]:
    place = {"site": site_day.location.site.code, "date": site_day.date}
    return lambda typed: ask_order(**wish_and_agreement(typed | place), by=request.user, at=timezone.now())


def _do(request: StaffRequest, site_day: SiteDay) -> None:
    """The verb that the pressed button names."""
    said = request.POST
    order = get_object_or_404(orders(), reference=said["order"].replace("\x00", ""), site_day=site_day)
    who: dict[str, Any] = {"order": order, "by": request.user, "at": timezone.now()}
    why = said.get("why", "").replace("\x00", "")
    match said.get("do", ""):
        case "receive":
            receive_order(**who)
        case "confirm":
            confirm_order(**who)
        case "decline":
            decline_order(**who, why=why)
        case "next":
            ask_next(**who)
        case "cancel":
            cancel_order(**who, why=why, seen_ore=_number(said, "cost"))
        case "complain" if said.get("fault") in OrderEvent.Fault.values:
            complain(**who, why=why, fault=OrderEvent.Fault(said["fault"]))
        case "serve":
            serve_chain(chain=_number(said, "chain"), order=order, by=request.user)
        case _:
            raise Http404


def _number(said: QueryDict, name: str) -> int:
    typed = said.get(name, "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= LARGEST_SUM):
        raise Http404
    return int(typed)


def _page(
    request: StaffRequest, site_day: SiteDay, form: AskForm, refusal: Refusal | None = None
) -> HttpResponse:
    at = timezone.now()
    met = list(InterpretedMeeting.objects.filter(site_day=site_day).select_related("agency"))
    splits = split_orders(orders_on(site_day))
    context = {
        "site_day": site_day,
        "before": _beside(site_day, -1),
        "after": _beside(site_day, 1),
        "rows": interpreter_rows(site_day, met),
        "orders": order_rows(splits, at=at),
        "lacks": lacks(site_day, met),
        "unfilled": [split.order for split in splits if is_unfilled(split.order)],
        "held": [split.order for split in splits if split.order.state in split.order.HELD],
        "faults": OrderEvent.Fault.choices,
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else form.status
    return render(request, "bookings/interpreting/day.html", context, status=status)


def _beside(site_day: SiteDay, way: int) -> date | None:
    """The location's open day before or after this one."""
    days = SiteDay.objects.filter(location=site_day.location, closed_at=None)
    if way < 0:
        days = days.filter(date__lte=site_day.date - timedelta(days=1)).order_by("-date")
    else:
        days = days.filter(date__gte=site_day.date + timedelta(days=1)).order_by("date")
    return days.values_list("date", flat=True).first()
