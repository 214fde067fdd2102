"""One's shifts as a calendar: its secret address, made anew or ended, and what a calendar program fetches there."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies.models import User
from agencies.rosters.feed import feed_of
from agencies.staff.credentials import end_calendar_address, hash_of_key, make_calendar_address
from agencies.web.limits import require_within_address
from agencies.web.requests import StaffRequest


@require_POST
@never_cache
def new_calendar(request: StaffRequest) -> HttpResponse:
    """Make a secret address and show it once; the former one ends."""
    key = make_calendar_address(user=request.user, at=timezone.now())
    address = settings.BASE_URL + reverse("agencies:calendar-feed", args=[key])
    return render(request, "agencies/sign_in/calendar.html", {"address": address})


@require_POST
def end_calendar(request: StaffRequest) -> HttpResponse:
    """End one's secret address."""
    end_calendar_address(user=request.user, by=request.user, at=timezone.now())
    return redirect("mfa_index")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has this address and an open account."""
    user = User.objects.filter(calendar_address__key_hash=hash_of_key(secret), is_active=True).first()
    if user is None:
        require_within_address("wrong-link", request)
        raise Http404
    return HttpResponse(feed_of(user, at=timezone.now()), content_type="text/calendar; charset=utf-8")
