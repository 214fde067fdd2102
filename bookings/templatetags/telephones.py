"""The telephone that a button of the staff's pages calls."""

from django import template

from bookings.messages.call_numbers import (
    CallNumber,
    number_answered_from,
    number_for,
    number_to_call,
)
from bookings.models import Newcomer, Party, Reply, SummonsAnswer

register = template.Library()


@register.simple_tag
def number_of(party: Party, adult: Newcomer | None = None) -> CallNumber:
    """At which the adult, or the party, is called."""
    return number_for(party, adult)


@register.simple_tag
def number_of_reply(reply: Reply) -> CallNumber:
    """At which whoever has written the reply is called."""
    return number_answered_from(reply)


@register.simple_tag
def number_of_answer(answer: SummonsAnswer) -> CallNumber:
    """At which whoever wishes to be called back is called."""
    return number_to_call(answer)
