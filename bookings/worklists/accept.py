"""Book the freed day that a waiting party is offered, by one press."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.chains.book import book_chain, move_chain
from bookings.models import Chain, WaitingParty
from bookings.parties.queries import day_ahead
from bookings.waiting.queries import waiting_parties
from bookings.worklists.offers import find_day


class OfferGone(Refusal):
    """The freed day no longer fits the party; the page still leads to the search."""

    kind = "offer-gone"
    status = 409


def accept_offer(*, waiting: WaitingParty, by: User, at: datetime) -> Chain:
    """Book the day for the party, or move its booked one there. Raises OfferGone, or what booking and moving raise.

    A second press finds that the party no longer waits.
    """
    booked = day_ahead(waiting.party, at=at)
    # Read after the booked day, so that whoever was booked meanwhile no longer waits.
    now = waiting_parties().filter(pk=waiting.pk).first()
    option = None
    if now and now.offered_day:
        option = find_day(now.party, now.offered_day, by=by, at=at, moving=booked)
    if option is None:
        raise OfferGone(_("That time is taken by now. Search for another one."))
    proposal = option.proposal.sign()
    if booked:
        return move_chain(chain=booked, proposal=proposal, by=by, at=at)
    return book_chain(party=waiting.party, proposal=proposal, by=by, at=at)
