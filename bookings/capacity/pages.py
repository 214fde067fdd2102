"""What the capacity page shows: the weeks ahead, what to do about them, the forecast and how earlier ones held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from agencies.models import Location, Role, Site, User
from bookings.capacity.chart import chart_of
from bookings.capacity.days import WEEK, WeekAhead, monday_of, shortage_of, weeks_ahead
from bookings.capacity.expect import SAYERS
from bookings.capacity.forms import MonthForm
from bookings.capacity.outcome import PastMonth, latest, past_months
from bookings.capacity.queries import SiteAhead, load_site, thin_limits
from bookings.capacity.spread import months_from
from bookings.capacity.suggest import PlaceToOpen, Suggestion, suggestions
from bookings.capacity.thin import thin_days

WEEKS, MONTHS, PAST = 13, 12, 6


@dataclass(frozen=True, slots=True)
class SuggestedStep:
    """A suggestion with the address of the week's page where it is done; empty for who may not do it."""

    suggestion: Suggestion
    address: str


def sites_seen(user: User) -> list[Site]:
    """The sites whose capacity the user sees, in order."""
    found = Site.objects.all() if user.role == Role.SECRETARIAT else user.sites.all()
    return list(found.order_by("order", "code"))


def site_asked(user: User, code: str) -> Site:
    """The site of that code among those. Raises Http404."""
    site = next((site for site in sites_seen(user) if site.code == code), None)
    if site is None:
        raise Http404
    return site


def load_ahead(site: Site, *, today: date) -> tuple[SiteAhead, list[WeekAhead]]:
    """What is known of the site, and its weeks from this one on."""
    mondays = [monday_of(today) + n * WEEK for n in range(WEEKS)]
    ahead = load_site(site, mondays, today=today)
    return ahead, weeks_ahead(mondays, ahead.days, ahead.expected)


def capacity_context(site: Site, *, month: date, viewer: User, today: date) -> dict[str, Any]:
    """All that the page shows; `month` is the one whose forecast can be typed."""
    ahead, weeks = load_ahead(site, today=today)
    limits = thin_limits(site, today=today)
    thin = thin_days(ahead.days, ahead.expected, limits, today=today, party_size=ahead.party_size)
    main = site.locations.filter(kind=Location.Kind.MAIN, state=Site.State.OPEN).first()
    earliest = today + timedelta(days=site.minimum_notice_days)
    opening = (
        PlaceToOpen(main.pk, "", earliest, ahead.holidays) if main and site.state == Site.State.OPEN else None
    )
    steps = suggestions(weeks, ahead.days, thin, opening=opening, today=today)
    homes = list(site.municipalities.order_by("-is_host", "code"))
    return {
        "site": site,
        "sites": sites_seen(viewer),
        "ahead": ahead,
        "weeks": weeks,
        "shortage": shortage_of(weeks),
        "chart": chart_of(weeks),
        "steps": [SuggestedStep(one, _address(site, one, viewer)) for one in steps],
        "thin": thin,
        "homes": homes,
        "month": month,
        "months": months_from(today, MONTHS),
        "month_form": MonthForm(municipalities=homes, month=month, said=list(latest(ahead.said).values())),
        "past": _past(ahead, viewer, today),
        "said_on": max((one.said_on for one in ahead.said), default=None),
        "says": viewer.role in SAYERS,
        "is_rounded": viewer.role == Role.SECRETARIAT,
    }


def _past(ahead: SiteAhead, viewer: User, today: date) -> list[PastMonth]:
    """The months before this one; who sees rounded numbers is not told a month without anybody from a hidden one."""
    months = months_before(today, PAST)
    nobody = None if viewer.role == Role.SECRETARIAT else 0
    return past_months(months, ahead.said, {month: ahead.came.get(month, nobody) for month in months})


def months_before(today: date, number: int) -> list[date]:
    """So many months before this one, the earliest first."""
    found: list[date] = []
    while len(found) < number:
        found.append((min(found, default=today.replace(day=1)) - timedelta(days=1)).replace(day=1))
    return found[::-1]


def within(past: Sequence[PastMonth]) -> tuple[int, int, int | None]:
    """Of how many months how many lay within their span, and the mean error in per cent; None: of none."""
    judged = [month.is_within for month in past if month.is_within is not None]
    errors = [month.error for month in past if month.error is not None]
    return sum(judged), len(judged), round(sum(errors) / len(errors)) if errors else None


def _address(site: Site, suggestion: Suggestion, viewer: User) -> str:
    """The week's page with that day opened on it; of days to merge the page on which one press does it."""
    if viewer.role != Role.COORDINATOR:
        return ""
    query = {"location": suggestion.place} if suggestion.place else {}
    if suggestion.into:
        query |= {"day": suggestion.on.isoformat(), "into": suggestion.into.isoformat()}
        return f"{reverse('bookings:closing', args=[site.code])}?{urlencode(query)}#merge"
    query["on"] = suggestion.on.isoformat()
    path = reverse("bookings:roster", args=[site.code, suggestion.monday])
    return f"{path}?{urlencode(query)}#on-day"
