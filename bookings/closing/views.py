"""The page on which a coordinator empties a place before it closes or pauses."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.dates import full_date
from agencies.models import Location, Role
from agencies.refusals import Refusal
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.board.pages import location_asked
from bookings.board.queries import locations_of
from bookings.closing.ahead import days_ahead
from bookings.closing.ask import ask_to_move, call_off_empty_days
from bookings.closing.merge import Merged, keep_apart, merge_day

FAR = date(9999, 12, 31)


class MergeForm(RefusableForm):
    """Which day goes into which; `keep` when it no longer does."""

    day = forms.DateField()
    into = forms.DateField(required=False)
    keep = forms.BooleanField(required=False)


class EmptyingForm(RefusableForm):
    """From which day on, and until which, the place is to be empty."""

    first = forms.DateField(label=gettext_lazy("From"))
    last = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        help_text=gettext_lazy("Empty: for good, as when it closes."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The last day lies before the first."))
        return data


@for_roles(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: StaffRequest, site: str) -> HttpResponse:
    """What is booked ahead; POST asks its agencies to move it, or calls off the days without bookings."""
    place, at = location_asked(request, site), timezone.now()
    typed = request.POST if request.method == "POST" else None
    named = request.GET if "first" in request.GET else None
    form = EmptyingForm(named if typed is None else typed, initial={"first": timezone.localdate(at)})
    if typed is None or not form.is_valid():
        return _page(request, place, form, offered=_offered(request))
    period = {"first": form.cleaned_data["first"], "last": form.cleaned_data["last"] or FAR}
    try:
        if typed.get("do") == "call-off":
            messages.success(
                request, _called_off(call_off_empty_days(place=place, **period, by=request.user, at=at))
            )
        else:
            messages.success(request, _asked(ask_to_move(place=place, **period, by=request.user, at=at)))
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, place, form, status=refusal.status)
    return redirect(_address(place))


@for_roles(Role.COORDINATOR)
@require_POST
def merging(request: StaffRequest, site: str) -> HttpResponse:
    """Merge a day into another one, or keep them apart after all."""
    place, at = location_asked(request, site), timezone.now()
    typed = MergeForm(request.POST)
    form = EmptyingForm(initial={"first": timezone.localdate(at)})
    if not typed.is_valid():
        return _page(request, place, form, refusal=NoSuchDays(), status=NoSuchDays.status)
    day, into = typed.cleaned_data["day"], typed.cleaned_data["into"]
    if typed.cleaned_data["keep"]:
        keep_apart(place=place, day=day, by=request.user, at=at)
        messages.success(request, _("Families are booked on %(day)s again.") % {"day": _in_words(day)})
        return redirect(_address(place))
    try:
        merged = merge_day(place=place, day=day, into=into or day, by=request.user, at=at)
    except Refusal as refusal:
        return _page(request, place, form, refusal=refusal, status=refusal.status)
    messages.success(request, _merged(merged, day))
    return redirect(_address(place))


class NoSuchDays(Refusal):
    kind = "cannot-merge"

    def __init__(self) -> None:
        super().__init__(_("Say which day is merged into which."))


def _offered(request: StaffRequest) -> tuple[date, date] | None:
    """The merge to which a suggestion has led."""
    asked = MergeForm({"day": request.GET.get("day"), "into": request.GET.get("into")})
    found = (asked.cleaned_data["day"], asked.cleaned_data["into"]) if asked.is_valid() else None
    return found if found and found[1] and found[0] != found[1] else None


def _in_words(day: date) -> str:
    return full_date(day, get_language() or "sv")


def _merged(merged: Merged, day: date) -> str:
    if merged.is_called_off:
        return _("Nothing was booked on %(day)s: it is called off.") % {"day": _in_words(day)}
    return _asked(merged.asked) + " " + _("Nobody new is booked on %(day)s.") % {"day": _in_words(day)}


def _asked(number: int) -> str:
    return ngettext(
        "The agency of %(number)s family is asked to move it.",
        "The agencies of %(number)s families are asked to move them.",
        number,
    ) % {"number": number}


def _called_off(number: int) -> str:
    return ngettext(
        "%(number)s day without bookings is called off.",
        "%(number)s days without bookings are called off.",
        number,
    ) % {"number": number}


def _address(place: Location) -> str:
    address = reverse("bookings:closing", args=[place.site.code])
    is_main = place.kind == Location.Kind.MAIN
    return address if is_main else f"{address}?{urlencode({'location': place.name})}"


def _page(
    request: StaffRequest, place: Location, form: EmptyingForm, *, status: int = 0, **found: Any
) -> HttpResponse:
    period = form.cleaned_data if form.is_bound and form.is_valid() else None
    ahead = days_ahead(place, at=timezone.now())
    if offered := found.get("offered"):
        days = [day for day in ahead if day.site_day.date in offered]
    else:
        days = [day for day in ahead if _lies_in(period, day.site_day.date)]
    context = found | {
        "form": form,
        "place": place,
        "site": place.site,
        "places": locations_of(place.site),
        "period": period,
        "days": days,
        "waiting": sum(day.booked - day.asked for day in days),
        "empty": sum(not day.booked for day in days),
    }
    return render(request, "bookings/closing/closing.html", context, status=status or form.status)


def _lies_in(period: dict[str, Any] | None, day: date) -> bool:
    return period is None or period["first"] <= day <= (period["last"] or FAR)
