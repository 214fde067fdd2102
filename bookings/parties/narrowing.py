"""Narrow a list of parties: to a site, to one's own, to those with or without a day ahead, to a date."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.models import Chain, Party


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is left empty does not narrow. `site` is a code, `registered_by` a user's key."""

    site: str = ""
    registered_by: int | None = None
    booked: bool | None = None
    day: date | None = None

    def __bool__(self) -> bool:
        """Whether anything narrows."""
        return self != Narrowing()

    def of(self, parties: QuerySet[Party], *, at: datetime) -> QuerySet[Party]:
        """The parties for which all of it holds."""
        days = Chain.objects.filter(party=OuterRef("pk")).order_by()
        if self.site:
            there = Exists(days.filter(site_day__location__site__code=self.site))
            registered_there = ~Exists(days) & Q(registered_by__sites__code=self.site)
            parties = parties.filter(there | registered_there)
        if self.registered_by is not None:
            parties = parties.filter(registered_by=self.registered_by)
        if self.booked is not None:
            ahead = Exists(days.filter(state=Chain.State.BOOKED, site_day__closes_at__gt=at))
            parties = parties.filter(ahead if self.booked else ~ahead)
        if self.day:
            met = days.filter(site_day__date=self.day).exclude(state=Chain.State.CANCELLED)
            parties = parties.filter(Exists(met))
        return parties
