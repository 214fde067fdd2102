"""The case of a planned message as it is at the moment of sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bookings.answers.queries import why_held_back
from bookings.messages.contacts import channel_of, why_closed
from bookings.messages.queries import arrival_of, told_before
from bookings.models import Chain, Channel, Link, Message, Summons

Kind = Message.Kind
# They hold whatever has become of the day.
OF_ANY_DAY = frozenset({Kind.RECEIPT, Kind.MISSED})


@dataclass(frozen=True, slots=True)
class Case:
    """Why nothing is sent, or ""; else where to, in which language, and what it tells of the day."""

    why: str
    arrive_at: datetime
    language: str = ""
    channel: str = ""
    address: str = ""
    is_same_time: bool = False


def as_it_is_now(message: Message, *, at: datetime) -> Case:
    """Read party, chain, contact and link anew; no name is read."""
    versions = {one.version: one for one in Summons.objects.filter(chain=message.chain_id)}
    spoken_of = versions.get(message.version)
    made_at = spoken_of.made_at if spoken_of else message.planned_at
    arrive_at = arrival_of(message.chain, newcomer=message.newcomer_id, made_at=made_at)
    channel, address = _address_of(message)
    why = _why_of_case(message, arrive_at, max(versions, default=0), at=at) or (
        why_closed(message.party, channel, address) if address else "no_contact"
    )
    if not why and message.kind in Message.REMINDERS:
        why = why_held_back(message)
    if why or message.link is None:
        return Case(why or "gone", arrive_at)
    own = Link.objects.filter(pk=message.link.pk).values_list("newcomer__letter_language", flat=True).first()
    is_same = message.kind == Kind.CHANGE and _is_same_time(message, versions)
    return Case("", arrive_at, own or message.party.language, channel, address, is_same)


def _why_of_case(message: Message, arrive_at: datetime, latest: int, *, at: datetime) -> str:
    chain = message.chain
    is_of_day = message.kind not in OF_ANY_DAY
    is_cancelled = chain.state == Chain.State.CANCELLED and message.kind != Kind.CANCELLATION
    reasons = {
        "protected": message.party.is_protected,
        "gone": message.link is None or message.party.anonymised_at is not None or not latest,
        "cancelled": is_of_day and is_cancelled,
        "replaced": is_of_day and latest > message.version,
        "past": (is_of_day and arrive_at <= at) or (message.link and message.link.valid_until <= at),
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _address_of(message: Message) -> tuple[str, str]:
    """The party's present way; e-mail where the text message with the same words has been refused."""
    if message.channel == Channel.EMAIL and message.party.email:
        same = Message.objects.filter(link=message.link_id, version=message.version, kind=message.kind)
        if same.filter(channel=Channel.SMS, state=Message.State.FAILED).exists():
            return Channel.EMAIL, message.party.email
    return channel_of(message.party)


def is_same_time(message: Message) -> bool:
    """Whether the adult was told the same day and time before; two queries."""
    versions = {one.version: one for one in Summons.objects.filter(chain=message.chain_id)}
    return _is_same_time(message, versions)


def _is_same_time(message: Message, versions: Mapping[int, Summons]) -> bool:
    """Whether the day and the first meeting are as the adult was told before."""
    before, now = versions.get(told_before(message)), versions.get(message.version)
    if before is None or now is None:
        return False
    return _first_of(before.day, message.newcomer_id) == _first_of(now.day, message.newcomer_id)


def _first_of(day: Mapping[str, Any], newcomer: int | None) -> tuple[int, str]:
    """The site day and the start of the first meeting to which the adult comes, of a day as it was summoned."""
    days = day.get("days", [day])
    told = [
        (one["site_day"], stop["starts_at"])
        for one in days
        for stop in one["stops"]
        if stop.get("alone") in (None, newcomer)
    ]
    return min(told, key=lambda each: each[1], default=(0, ""))
