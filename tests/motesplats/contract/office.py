"""A caseworker's office with days, parties and booked chains, as clients outside find it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from agencies.models import User
from agencies.secrecy.context import acting_as, viewer_of
from bookings.models import Chain, Party
from motesplats.demo.rosters import working_days
from tests.bookings.booking_steps import ask, book, open_days, register
from tests.factories.agencies import SiteDayFactory, UserFactory
from tests.factories.bookings import (
    ChainFactory,
    ClaimFactory,
    MeetingFactory,
    PartyFactory,
    SummonsFactory,
)
from tests.signing_in import key_of

DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 3)
CHAINS = 4
DAYS = 6


@dataclass(frozen=True)
class Office:
    """Who works there, and what a client may name: parties, chains with their sealed proposals, a time to search."""

    token: str
    parties: list[str]
    chains: list[str]
    proposals: list[str]
    first: str
    last: str


def open_office(*, parties: int) -> Office:
    """Fill the database, as of now; the caller's test commits."""
    at = timezone.now()
    days = working_days(timezone.localdate() + timedelta(days=10), DAYS)
    open_days(*days, desks=DESKS, interpreters={"ar": 3})
    search: dict[str, Any] = {"first": days[0], "last": days[-1], "at": at}
    caseworker, neighbour = UserFactory.create(), UserFactory.create(agency="PM")
    with acting_as(viewer_of(neighbour)):
        meets = _today(neighbour, at_desk_of=caseworker, hour=0)
    with acting_as(viewer_of(caseworker)):
        chains = [book(register(caseworker, at=at), caseworker, **search) for _ in range(CHAINS)]
        chains.append(_today(caseworker, at_desk_of=caseworker, hour=1))
        found = [PartyFactory.create(registered_by=caseworker) for _ in range(parties)]
        return Office(
            token=key_of(caseworker),
            parties=[party.reference for party in found[:5]],
            chains=[*(chain.reference for chain in chains), meets.reference],
            proposals=[_proposal(party, **search) for party in found[:5]],
            first=str(days[0]),
            last=str(days[-1]),
        )


def _proposal(party: Party, **search: Any) -> str:
    return ask(party, **search).options[0].proposal.sign()


def _today(owner: User, *, at_desk_of: User, hour: int) -> Chain:
    """A chain of the owner's agency whose only meeting is today, so many hours after the day opens."""
    party = PartyFactory.create(registered_by=owner)
    chain = ChainFactory.create(party=party, site_day=SiteDayFactory.create())
    starts_at = chain.site_day.opens_at + timedelta(hours=hour)
    ClaimFactory.create(
        meeting=MeetingFactory.create(chain=chain, caseworker=at_desk_of, starts_at=starts_at)
    )
    SummonsFactory.create(chain=chain)
    return chain
