"""Finds what an order names: the open day, the agreement, the agency, an interpreter of the pool."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from agencies.clock import at_wall_clock
from agencies.models import Agency, Location, SiteDay
from agencies.spoken import of_letter
from interpreters.agreements.queries import agreements
from interpreters.models import Agreement, Form, Interpreter
from interpreters.orders.wish import Wish, unusable


def wish_and_agreement(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `ask_order` for what was typed: its day, hours and names. Raises OrderNotUsable."""
    day = asked["date"]
    site_day = open_day(asked["site"], day, location=asked.get("location", ""))
    agreement = agreements().filter(contract_number=asked["agreement"]).first()
    if not agreement:
        raise unusable("agreement", _("There is no agreement with that number."))
    interpreter, agency = asked.get("interpreter"), asked.get("agency")
    wish = Wish(
        site_day=site_day,
        language=of_letter(asked["language"]),
        form=Form(asked["form"]),
        starts_at=at_wall_clock(day, asked["starts"]),
        ends_at=at_wall_clock(day, asked["ends"]),
        level=asked.get("level", ""),
        sex=asked.get("sex", ""),
        interpreter=interpreter_named(interpreter, site_day=site_day) if interpreter else None,
    )
    return {
        "agreement": agreement,
        "wish": wish,
        "agency": agency_of(agreement, agency, site_day) if agency else None,
    }


def days_at(site: str, date: date) -> QuerySet[SiteDay]:
    """The site's open locations on the date, the main place first."""
    first = Case(When(location__kind=Location.Kind.MAIN, then=Value(0)), default=Value(1))
    return (
        SiteDay.objects.select_related("location__site")
        .filter(location__site__code=site, date=date, closed_at=None)
        .order_by(first, "pk")
    )


def open_day(site: str, date: date, *, location: str = "") -> SiteDay:
    """The day of the location, else of the main place or the first that is open. Raises OrderNotUsable."""
    days = days_at(site, date)
    found = (days.filter(location__name__iexact=location) if location else days).first()
    if not found:
        raise unusable("date", _("The site is not open on that day."))
    return found


def agency_of(agreement: Agreement, code: str, site_day: SiteDay) -> Agency:
    """The agreement's agency of that code; of several municipalities the one of the site's. Raises OrderNotUsable."""
    found = [one for one in agreement.agencies.all() if one.code == code]
    here = [
        one for one in found if one.municipality and one.municipality.site_id == site_day.location.site_id
    ]
    if not found:
        raise unusable("agency", _("This agreement is not that agency's."))
    return (here or found)[0]


def interpreter_named(name: str, *, site_day: SiteDay) -> Interpreter:
    """The one of the site's pool with that reference or name. Raises OrderNotUsable for none, or for several."""
    pool = Interpreter.objects.filter(sites=site_day.location.site)
    found = list(pool.filter(Q(resource__reference__iexact=name) | Q(name__iexact=name))[:2])
    if len(found) != 1:
        raise unusable(
            "interpreter", _("There is nobody, or more than one, with that name in this site's pool.")
        )
    return found[0]
