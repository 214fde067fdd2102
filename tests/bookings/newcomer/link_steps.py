"""A newcomer's link with its paper code; inside `with acting(user):`."""

from django.utils import timezone

from agencies.models import User
from bookings.models import Link
from bookings.summons.issue import end_of_links, renew_link
from tests.factories.bookings import ChainFactory, PartyFactory, SummonsFactory


def issue_first_link(by: User) -> Link:
    """The link of the first member of a new party with a booked day."""
    party = PartyFactory(registered_by=by)
    chain = ChainFactory(party=party)
    SummonsFactory(chain=chain)
    return issue_link(Link(chain=chain, newcomer=party.members.first(), generation=0), by)


def issue_second_link(first: Link, by: User) -> Link:
    """The link of another member of the same party."""
    return issue_link(Link(chain=first.chain, newcomer=first.chain.party.members.last(), generation=0), by)


def issue_link(link: Link, by: User) -> Link:
    link.valid_until = end_of_links(link.chain)
    link.save()
    return renew_link(link=link, by=by, at=timezone.now())
