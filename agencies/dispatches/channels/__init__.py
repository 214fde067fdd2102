"""The ways out of the house: `deliver` gives one text to a gateway; until one is configured there is none."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text to one address; each attempt has the same key."""

    key: UUID
    channel: str  # sms or email
    to: str
    subject: str
    text: str
    language: str


class ChannelRefused(Exception):
    """It will never arrive; `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ChannelUnreachable(Exception):
    """Nothing was sent, and another attempt is worth while."""


class ChannelMissing(Exception):
    """No gateway is configured."""


class OutcomeUnknown(Exception):
    """It may have been sent; `may_retry` where the gateway knows the key again."""

    def __init__(self, *, may_retry: bool = False) -> None:
        super().__init__()
        self.may_retry = may_retry


def deliver(outgoing: Outgoing) -> str:
    """Send it, and give the gateway's number for it."""
    raise ChannelMissing
