"""Whom a button calls: an adult at the own telephone or the party's, never at another adult's."""

from dataclasses import dataclass

from bookings.messages.contacts import digest_of
from bookings.models import Channel, Newcomer, Party, Reply, SummonsAnswer


@dataclass(frozen=True, slots=True)
class CallNumber:
    """The number, or ""; and whether it is the party's though its adult is reached apart from the party."""

    number: str
    is_of_others: bool = False


def number_for(party: Party, adult: Newcomer | None) -> CallNumber:
    """Of the adult; without one that of the party. A query unless the own contacts are read along."""
    if adult is None:
        return CallNumber(party.call_number)
    if adult.own_phone:
        return CallNumber(adult.own_phone)
    return CallNumber(party.phone, is_of_others=bool(adult.own_email))


def number_to_call(answer: SummonsAnswer) -> CallNumber:
    """Of whoever wishes to be called back: the number that was said, else the adult's."""
    said = answer.call_number
    return CallNumber(said) if said else number_for(answer.party, answer.newcomer)


def number_answered_from(reply: Reply) -> CallNumber:
    """The one of the party's numbers from which it came; else as of the party."""
    numbers = [reply.party.phone, *(one.phone for one in reply.party.own_contacts.all())]
    own = (number for number in numbers if number and digest_of(Channel.SMS, number) == reply.sender)
    return CallNumber(next(own, reply.party.call_number))
