"""Proposals as sealed text: nothing of them is in the database, and nobody else can read or make one."""

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from agencies.clock import UTC
from bookings.attendance.keys import key_of
from bookings.planner import SLOT_MINUTES
from bookings.proposals.opaque import conceal, reveal

LIFETIME = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Offer:
    """One meeting of a proposal, by primary keys; half-open, in minutes since 1970.

    `adult`: the number, by age, of the adult who is met alone.
    """

    agency: int
    code: str
    desk: int
    room: int | None
    start: int
    end: int
    adult: int | None = field(default=None, repr=False)

    @property
    def key(self) -> str:
        """The meeting's name in its chain."""
        return key_of(self.code, self.adult)

    @property
    def slots(self) -> int:
        return (self.end - self.start) // SLOT_MINUTES

    @property
    def starts_at(self) -> datetime:
        return datetime.fromtimestamp(self.start * 60, tz=UTC)

    @property
    def ends_at(self) -> datetime:
        return datetime.fromtimestamp(self.end * 60, tz=UTC)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A chain that could be booked; `party` is a reference, or a fingerprint before registration."""

    party: str
    site_day: int
    track: int
    interpreter: int | None
    waiting_minutes: int
    offers: tuple[Offer, ...]
    meeting: str = ""  # the key of the only meeting that moves, when one meeting of a chain is moved
    version: int = 0  # of the chain that is to move
    outside: bool = False  # an interpreter is ordered outside the pool
    days: int = 0  # how many the party had had when this was proposed
    without: tuple[str, ...] = ()  # codes of agencies whose meetings are turned off when it is booked
    together: tuple[
        tuple[str, str], ...
    ] = ()  # keys of meetings that are held with others, and those of the others

    def sign(self) -> str:
        """The proposal as text for pages and the API; `read_proposal` reads it for twelve hours."""
        fields = asdict(self)
        for offer in fields["offers"]:
            if offer["adult"] is None:
                del offer["adult"]  # it is long enough
        return conceal(fields)

    @property
    def resources(self) -> list[int]:
        """The desks, rooms and interpreter that it needs."""
        keys = [key for offer in self.offers for key in (offer.desk, offer.room)]
        return [key for key in (*keys, self.interpreter) if key is not None]

    @property
    def spans(self) -> list[tuple[int, datetime, datetime]]:
        """Each resource with the beginning and the end of its use."""
        return [
            (key, offer.starts_at, offer.ends_at)
            for offer in self.offers
            for key in (offer.desk, offer.room, self.interpreter)
            if key is not None
        ]

    @property
    def digest(self) -> str:
        """The same for the same chain, however often it is proposed."""
        alone = tuple(offer.key for offer in self.offers)
        plain = repr(
            (
                self.party,
                self.site_day,
                self.track,
                self.interpreter,
                self.offers,
                *(["outside"] if self.outside else []),
                *([alone] if any(offer.adult for offer in self.offers) else []),
                *(self.together and [self.together]),
            )
        )
        return hashlib.sha256(plain.encode()).hexdigest()


def read_proposal(signed_proposal: str) -> Proposal | None:
    """The proposal, or None when it is forged or too old."""
    fields = reveal(signed_proposal, max_age=LIFETIME)
    if fields is None:
        return None
    offers = tuple(Offer(**offer) for offer in fields.pop("offers"))
    together = tuple((key, host) for key, host in fields.pop("together", ()))
    without = tuple(fields.pop("without", ()))
    return Proposal(offers=offers, without=without, together=together, **fields)
