"""Disclosures: let another agency see a part of a party for a time, and end that."""

from datetime import datetime
from typing import Any

from django.db.models import Q

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
    """Let the agency see the category until then; an existing disclosure gets the new end."""
    what: dict[str, Any] = {
        "party_id": party_id,
        "newcomer_id": newcomer_id,
        "discloser": discloser,
        "agency": agency,
        "site": site,
        "category": category,
        "source": source,
    }
    existing = Disclosure.objects.filter(**what)
    if existing.filter(until=until).exists() or existing.update(given_at=at, until=until):
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
    """Delete the disclosures that consent has given; returns their number."""
    closed, _ = Disclosure.objects.filter(
        Q(newcomer_id=newcomer_id),
        party_id=party_id,
        discloser=discloser,
        agency=agency,
        category=category,
        source=Disclosure.Source.CONSENT,
    ).delete()
    return closed


def close_check_in(*, party_id: int, agency: Agency, site: Site, but_until: datetime | None = None) -> None:
    """Delete the disclosures that the agency's own check-ins have given, but not the one until then."""
    given = Disclosure.objects.filter(
        party_id=party_id, agency=agency, site=site, source=Disclosure.Source.CHECK_IN
    )
    (given.exclude(until=but_until) if but_until else given).delete()
