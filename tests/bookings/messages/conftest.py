"""A booked family with a telephone, and a gateway that remembers what it was given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from agencies.dispatches.channels.outgoing import Outgoing
from agencies.models import SiteDay, User
from bookings.messages import send
from bookings.messages.plan import KIND
from bookings.models import Chain, Message, Party
from bookings.parties.members import Member
from tests.bookings import booking_steps
from tests.moment import NOW
from tests.outbox import send_all

PHONE, EMAIL = "+46701740612", "layla@example.org"


@dataclass
class Gateway:
    """Honours the key, as a gateway should; `fails` is raised once for each that is in it, None lets through."""

    fails: list[Exception | None] = field(default_factory=list)
    seen: dict[UUID, Outgoing] = field(default_factory=dict)
    attempts: int = 0

    def deliver(self, outgoing: Outgoing) -> str:
        self.attempts += 1
        error = self.fails.pop(0) if self.fails else None
        if error:
            raise error
        self.seen[outgoing.key] = outgoing
        return f"s{self.attempts}"

    @property
    def texts(self) -> list[str]:
        return [outgoing.text for outgoing in self.seen.values()]


@pytest.fixture
def gateway(monkeypatch) -> Gateway:
    made = Gateway()
    monkeypatch.setattr(send, "deliver", made.deliver)
    return made


@pytest.fixture
def reach(acting, caseworker) -> Callable[..., None]:
    """Correct how the party is reached."""

    def reached(chain: Chain, **contact: object) -> None:
        with acting(caseworker):
            Party.objects.filter(pk=chain.party_id).update(**contact)

    return reached


@pytest.fixture
def couple(acting, caseworker, gateway):
    """Book a couple whose members are as they are said, and let the outbox send what is due."""

    def family(*adults: Member, **particulars: Any) -> Chain:
        if not SiteDay.objects.exists():
            booking_steps.open_days()
        with acting(caseworker):
            members = [*adults, Member("Noor", "Haddad", date(2020, 8, 9), "F")]
            party = booking_steps.register(caseworker, members=members, **({"phone": PHONE} | particulars))
            chain = booking_steps.book(party, caseworker)
        sweep(NOW)
        return chain

    return family


@pytest.fixture
def chain(book, reach) -> Chain:
    booked: Chain = book()
    reach(booked, phone=PHONE)
    return booked


@pytest.fixture
def fates(acting, caseworker) -> Callable[[Chain], list[tuple[str, str, str, str]]]:
    """Kind, channel, state and why of each message but letters, in the order in which they are due."""

    def told(chain: Chain) -> list[tuple[str, str, str, str]]:
        with acting(caseworker):
            found = Message.objects.filter(chain=chain).exclude(channel="letter")
            return list(found.order_by("due_at", "pk").values_list("kind", "channel", "state", "why"))

    return told


def sweep(at: datetime) -> int:
    return send_all(KIND, at=at)


def letters_of(chain: Chain, by: User, acting) -> list[tuple[str, str, str]]:
    with acting(by):
        found = Message.objects.filter(chain=chain, channel="letter").order_by("pk")
        return list(found.values_list("kind", "state", "why"))
