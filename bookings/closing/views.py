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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from agencies.models import Location, Role
from agencies.refusals import Refusal
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.board.pages import location_asked
from bookings.board.queries import locations_of
from bookings.closing.ahead import days_ahead
from bookings.closing.ask import ask_to_move, call_off_empty_days

FAR = date(9999, 12, 31)


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
    form = EmptyingForm(typed, initial={"first": timezone.localdate(at)})
    if typed is None or not form.is_valid():
        return _page(request, place, form)
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


def _page(request: StaffRequest, place: Location, form: EmptyingForm, *, status: int = 0) -> HttpResponse:
    days = days_ahead(place, at=timezone.now())
    context = {
        "form": form,
        "place": place,
        "site": place.site,
        "places": locations_of(place.site),
        "days": days,
        "booked": sum(day.booked for day in days),
        "asked": sum(day.asked for day in days),
        "empty": sum(not day.booked for day in days),
    }
    return render(request, "bookings/closing/closing.html", context, status=status or form.status)
