"""Steps of a booking for the tests of the verbs: register, propose, book; all at Norrköping."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from agencies.models import Municipality, SiteDay, User
from bookings.chains.book import book_chain
from bookings.models import Chain, LegalBasis, Party, Track
from bookings.parties.members import Member
from bookings.parties.queries import profile_of
from bookings.parties.register import Particulars, register_party
from bookings.proposals.answer import Answer
from bookings.proposals.propose import propose
from tests.factories.agencies import the_site
from tests.factories.interpreters import open_day
from tests.moment import NOW

FIRST, SECOND, THIRD = date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 10)
ONE_DESK_EACH = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 1)
PARENTS = (date(1992, 5, 17), date(1989, 11, 2))
FAMILY = (*PARENTS, date(2015, 3, 28), date(2020, 8, 9))


def open_days(
    *days: date, desks: dict[str, int] | None = None, interpreters: dict[str, int] | None = None
) -> list[SiteDay]:
    """Open Norrköping on these days, each agency with one desk, and one interpreter of Arabic."""
    return [
        open_day(the_site(), day, desks=desks or ONE_DESK_EACH, interpreters=interpreters or {"ar": 1})
        for day in days or (FIRST, SECOND, THIRD)
    ]


def people(births: Iterable[date]) -> list[Member]:
    return [Member("Layla", "Haddad", birth) for birth in births]


def register(
    by: User,
    *,
    births: Sequence[date] = FAMILY,
    language: str = "ar",
    municipality: str = "0581",
    basis: str = "UTL-5-1",
    at: datetime = NOW,
    registration: Any = None,
    members: Sequence[Member] | None = None,
    **particulars: Any,
) -> Party:
    """Register a family with the verb."""
    return register_party(
        language=language,
        municipality=Municipality.objects.get(code=municipality),
        legal_basis=LegalBasis.objects.get(code=basis),
        members=people(births) if members is None else members,
        particulars=Particulars(**{"address": "Exempelgatan 2, 602 00 Norrköping"} | particulars),
        by=by,
        at=at,
        registration=registration,
    )


def ask(
    party: Party,
    *,
    track: int = 1,
    first: date = FIRST,
    last: date = THIRD,
    at: datetime = NOW,
    **more: Any,
) -> Answer:
    """Propose days for the party."""
    return propose(
        profile=profile_of(party),
        site=the_site(),
        track=Track.objects.get(number=track),
        first=first,
        last=last,
        at=at,
        **more,
    )


def signed_proposal(party: Party, **search: Any) -> str:
    """The best proposal, signed."""
    return ask(party, **search).options[0].proposal.sign()


def book(party: Party, by: User, *, at: datetime = NOW, **search: Any) -> Chain:
    """Book the best proposal."""
    return book_chain(party=party, proposal=signed_proposal(party, **search), by=by, at=at)


def met(answer: Answer) -> list[tuple[date, list[str]]]:
    """For each proposal its day and the agencies in time order."""
    return [
        (option.site_day.date, [offer.code for offer in option.proposal.offers]) for option in answer.options
    ]
