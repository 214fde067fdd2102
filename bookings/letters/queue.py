"""The letters that wait: whose, since when, and what keeps one from being printed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from agencies.models import User
from bookings.messages.queries import letters_to_post
from bookings.models import Message
from bookings.summons.missing import what_is_missing

AT_ONCE = 20  # letters in one PDF


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that waits; `missing` keeps it from being printed."""

    message: Message
    missing: tuple[str, ...]

    @property
    def has_address(self) -> bool:
        return bool(self.message.party.address) and not self.message.party.is_protected


def waiting_letters(viewer: User) -> list[Waiting]:
    """The agency's letters, the one that has waited longest first."""
    found = letters_to_post(agency=viewer.agency_id).select_related(
        "chain__site_day__location__site", "party__municipality"
    )
    return [
        Waiting(
            one,
            tuple(what_is_missing(location=one.chain.site_day.location, home=one.party.municipality)),
        )
        for one in found
    ]


def next_bundle(waiting: Iterable[Waiting], *, named: Collection[UUID] = ()) -> list[Message]:
    """The first of those that can be printed; of the named ones alone, where some are."""
    found = [one.message for one in waiting if not one.missing]
    return [one for one in found if not named or one.key in named][:AT_ONCE]
