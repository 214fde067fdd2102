"""Where a code that somebody types or scans leads."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from agencies.models import User
from bookings.models import ExpectedParty
from bookings.parties.queries import chains, reachable_parties
from bookings.references import code_in, is_whole
from bookings.visits.queries import visits_by_code


def address_of_code(typed: str, *, by: User, today: date) -> str:
    """The page of the one party, chain or visit with this code that the user may open; "" if it is not one.

    A party that comes to the user's agency several times is opened at the visit of today, or else the next.
    """
    code = code_in(typed)
    if not is_whole(code):
        return ""
    found = {*_own(code), *_of_visits(visits_by_code(code).exclude(owner=by.agency_id), today=today)}
    return found.pop() if len(found) == 1 else ""


def _own(code: str) -> Iterator[str]:
    if reachable_parties().filter(reference=code).exists():
        yield reverse("bookings:party", args=[code])
    if chains().filter(reference=code).exists():
        yield reverse("bookings:chain", args=[code])


def _of_visits(visits: QuerySet[ExpectedParty], *, today: date) -> Iterator[str]:
    found = list(visits.values_list("chain_reference", "date"))
    ahead = [row for row in found if row[1] >= today]
    for reference, _day in ahead[:1] or found[-1:]:
        yield reverse("bookings:visit", args=[reference])
