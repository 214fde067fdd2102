"""Disclose: open a part of a party to another agency for a time, and close it again."""

from datetime import datetime

from agencies.models import Agency, Site
from bookings.models import Disclosure


def disclose(
    *,
    party_id: int,
    newcomer_id: int | None,
    discloser: Agency,
    agency: Agency,
    site: Site,
    category: Disclosure.Category,
    source: Disclosure.Source,
    until: datetime,
    at: datetime,
) -> None:
    """Open it until then; what is open already is given the new end."""
    what = {
        "party_id": party_id,
        "newcomer_id": newcomer_id,
        "discloser": discloser,
        "agency": agency,
        "site": site,
        "category": category,
        "source": source,
    }
    there = Disclosure.objects.filter(**what)
    if there.filter(until=until).exists() or there.update(given_at=at, until=until):
        return
    Disclosure.objects.create(**what, given_at=at, until=until)


def close_disclosure(
    *,
    party_id: int,
    newcomer_id: int | None,
    discloser: Agency,
    agency: Agency,
    category: Disclosure.Category,
) -> int:
    """Close what consent had opened, from the next statement on; the number of doors that were open."""
    closed, _ = Disclosure.objects.filter(
        party_id=party_id,
        newcomer_id=newcomer_id,
        discloser=discloser,
        agency=agency,
        category=category,
        source=Disclosure.Source.CONSENT,
    ).delete()
    return closed
