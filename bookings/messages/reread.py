"""The case of a planned message as it is at the moment of sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bookings.answers.queries import why_held_back
from bookings.messages.crossing import OF_ANY_DAY, is_summoned_anew
from bookings.messages.queries import arrival_of
from bookings.messages.told import PERHAPS_TOLD, told_before
from bookings.messages.ways import way_of
from bookings.models import Chain, Link, Meeting, Message, Summons
from bookings.parties.queries import day_ahead

Kind = Message.Kind


@dataclass(frozen=True, slots=True)
class Case:
    """Why nothing is sent, or ""; else where to, in which language, and what it tells of the day."""

    why: str
    arrive_at: datetime
    language: str = ""
    channel: str = ""
    address: str = ""
    is_same_time: bool = False
    is_first: bool = False


def as_it_is_now(message: Message, *, at: datetime) -> Case:
    """Read party, chain, contact and link anew; no name is read."""
    versions = {one.version: one for one in Summons.objects.filter(chain=message.chain_id)}
    spoken_of = versions.get(message.version)
    made_at = spoken_of.made_at if spoken_of else message.planned_at
    arrive_at = arrival_of(message.chain, newcomer=message.newcomer_id, made_at=made_at)
    why = _why_of_case(message, arrive_at, max(versions, default=0), at=at)
    if not why and message.kind in Message.REMINDERS:
        why = why_held_back(message)
    way = None if why else way_of(message)
    if way is None or way.why or message.link is None:
        return Case(why or (way.why if way else "") or "gone", arrive_at)
    own = Link.objects.filter(pk=message.link.pk).values_list("newcomer__letter_language", flat=True).first()
    language = own or message.party.language
    return Case("", arrive_at, language, way.channel, way.address, *_news(message, versions))


def _why_of_case(message: Message, arrive_at: datetime, latest: int, *, at: datetime) -> str:
    chain = message.chain
    is_of_day = message.kind not in OF_ANY_DAY
    is_cancelled = chain.state == Chain.State.CANCELLED and message.kind != Kind.CANCELLATION
    reasons = {
        "protected": message.party.is_protected,
        "gone": message.link is None or message.party.anonymised_at is not None or not latest,
        "cancelled": is_of_day and is_cancelled,
        "replaced": is_of_day and (latest > message.version or _is_overtaken(message)),
        "past": _is_past(message, arrive_at, at=at),
        "came": message.kind == Kind.MISSED and _somebody_came(chain),
        "new_day": message.kind == Kind.MISSED and day_ahead(message.party, at=at) is not None,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _is_overtaken(message: Message) -> bool:
    return message.kind == Kind.CANCELLATION and is_summoned_anew(message)


def _somebody_came(chain: Chain) -> bool:
    """Whether it turned out that the day was not missed."""
    return chain.meetings.exclude(attendance=Meeting.Attendance.NO_SHOW).exists()


def _is_past(message: Message, arrive_at: datetime, *, at: datetime) -> bool:
    """Whether it comes too late; not to come is news for as long as the day is open."""
    if message.link and message.link.valid_until <= at:
        return True
    until = message.chain.site_day.closes_at if message.kind == Kind.CANCELLATION else arrive_at
    return message.kind not in OF_ANY_DAY and until <= at


def news_of(message: Message) -> tuple[bool, bool]:
    """Whether a change tells the adult the same time as before, and whether it is the first thing told; three queries.

    Of other kinds neither.
    """
    return _news(message, {one.version: one for one in Summons.objects.filter(chain=message.chain_id)})


def _news(message: Message, versions: Mapping[int, Summons]) -> tuple[bool, bool]:
    now = versions.get(message.version)
    if message.kind != Kind.CHANGE or now is None:
        return False, False
    told = told_before(message, versions)
    before = versions.get(told or PERHAPS_TOLD)
    is_same = before is not None and _first_of(before.day, message.newcomer_id) == _first_of(
        now.day, message.newcomer_id
    )
    return is_same, told is None


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
