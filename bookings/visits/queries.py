"""Queries of the parties that come to the viewer's agency, and of the occupied desks of a site."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from bookings.models import Chain, ExpectedParty, Meeting, Newcomer, OccupiedDesk
from bookings.models.expected import at_hand


def visits() -> QuerySet[ExpectedParty]:
    """The parties that the viewer's agency expects at its sites, in time order."""
    return ExpectedParty.objects.select_related(
        "agency__municipality", "caseworker", "room", "interpreter", "site_day__location__site"
    )


def visits_on(day: date) -> QuerySet[ExpectedParty]:
    """The visits of one day."""
    return visits().filter(date=day)


def visits_by_code(code: str) -> QuerySet[ExpectedParty]:
    """The visits of the chain or the party with this reference, in time order."""
    of_party = visits().filter(party_reference=code)
    return of_party if of_party.exists() else visits().filter(chain_reference=code)


def visit_named(reference: str, named: str = "") -> ExpectedParty | None:
    """The chain's visit that a name such as "AF:2" means; without one, or if it means none, the first of them."""
    found = {visit.key: visit for visit in visits().filter(chain_reference=reference)}
    return found.get(named) or next(iter(found.values()), None)


def is_seen(reference: str) -> bool:
    """Whether a chain has this reference that the viewer's agency owns or expects."""
    own = Chain.objects.filter(at_hand("party_id"), reference=reference)
    return own.exists() or visits().filter(chain_reference=reference).exists()


def names_of(visit: ExpectedParty) -> list[Newcomer]:
    """The party's people whose names are disclosed to the viewer."""
    return list(Newcomer.objects.filter(party=visit.party_id))


def with_people(found: Iterable[ExpectedParty]) -> list[ExpectedParty]:
    """The visits, each with the eldest `person` of the party whose name the viewer may read; two queries."""
    rows = list(found)
    people = Newcomer.objects.filter(party__in={visit.party_id for visit in rows}).order_by(
        "party_id", "birth_date", "pk"
    )
    eldest = {person.party_id: person for person in people.distinct("party_id")}
    for visit in rows:
        visit.person = eldest.get(visit.party_id)
    return rows


def meetings_beside(visit: ExpectedParty) -> list[Meeting]:
    """The chain's other meetings, if they are disclosed to the viewer."""
    others = Meeting.objects.filter(chain=visit.chain_id).exclude(pk=visit.pk)
    return list(others.select_related("agency__municipality", "room").order_by("starts_at"))


def desks_on(day: date) -> QuerySet[OccupiedDesk]:
    """The occupied desks of a day, in time order, for the coordinator and the host of a site."""
    desks = OccupiedDesk.objects.filter(site_day__date=day)
    return desks.select_related(
        "agency__municipality", "caseworker", "room", "site_day__location__site"
    ).order_by("starts_at", "agency", "pk")
