"""Queries of the parties that come to the viewer's agency."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from bookings.attendance.keys import key_of, keys_named
from bookings.models import Chain, ExpectedParty, GroupMeeting, Meeting, MeetingForm, Newcomer
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


def the_one_named(named: str, of_chain: Iterable[ExpectedParty]) -> ExpectedParty | None:
    """Of a chain's visits the one that a name such as "AF:2" means; without one, or if it is unclear, the first."""
    by_key = {key_of(visit.agency.code, visit.adult): visit for visit in of_chain}
    return next((by_key[key] for key in [*keys_named(named, by_key), *by_key]), None)


def is_seen(reference: str) -> bool:
    """Whether a chain has this reference that the viewer's agency owns or expects."""
    own = Chain.objects.filter(at_hand("party_id"), reference=reference)
    return own.exists() or visits().filter(chain_reference=reference).exists()


def names_of(visit: ExpectedParty) -> list[Newcomer]:
    """The party's people, or the adult who is met alone, if their names are disclosed to the viewer."""
    people = Newcomer.objects.filter(party=visit.party_id)
    return list(people.filter(pk=visit.alone_id) if visit.alone_id else people)


def with_people(found: Iterable[ExpectedParty]) -> list[ExpectedParty]:
    """The visits, each with a `person` whose name the viewer may read: who is met alone, else the party's eldest.

    And with the `form` of those at a distance, and `together` the codes of agencies that meet the party at once.
    Three queries, four if anybody is met alone.
    """
    rows = list(found)
    people = Newcomer.objects.filter(party__in={visit.party_id for visit in rows}).order_by(
        "party_id", "birth_date", "pk"
    )
    eldest = {person.party_id: person for person in people.distinct("party_id")}
    keys = [visit.alone_id for visit in rows if visit.alone_id]
    alone = Newcomer.objects.in_bulk(keys) if keys else {}
    tell_manners(rows)
    for visit in rows:
        visit.person = alone.get(visit.alone_id) if visit.alone_id else eldest.get(visit.party_id)
    return rows


def tell_manners(found: Iterable[ExpectedParty]) -> None:
    """Give each visit its `form`, its `group` and the other agencies with which it is held; two queries at most."""
    rows = list(found)
    manners = MeetingForm.objects.in_bulk([visit.pk for visit in rows])
    keys = {manner.group_id for manner in manners.values() if manner.group_id}
    groups = GroupMeeting.objects.select_related("interpreter").in_bulk(keys) if keys else {}
    for visit in rows:
        manner = manners.get(visit.pk)
        visit.form = manner.at_a_distance if manner else ""
        visit.together = manner.together if manner else []
        is_told = bool(manner and visit.interpreter_language)  # else the group would tell the language
        visit.group = groups.get(manner.group_id or 0) if manner and is_told else None


def meetings_beside(visit: ExpectedParty) -> list[Meeting]:
    """The chain's meetings with other agencies, if they are disclosed to the viewer."""
    others = Meeting.objects.filter(chain=visit.chain_id).exclude(agency=visit.agency_id)
    return list(others.select_related("agency__municipality", "room").order_by("starts_at"))
