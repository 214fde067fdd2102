"""What goes out by a channel, and how that can end."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text to one address; each attempt has the same key."""

    key: UUID
    channel: str  # sms or email
    to: str  # a number in E.164 or an e-mail address
    subject: str  # of an e-mail
    text: str
    language: str
    receipt: str = ""  # the address at which the gateway, or by mail anybody, tells what became of it


class Gateway(Protocol):
    """Takes one text; returns its own number for it, or raises one of the exceptions below."""

    def send(self, outgoing: Outgoing) -> str: ...


class ChannelRefused(Exception):
    """It will never arrive there; `why` is a code: bad_address, bounced or refused."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ChannelUnreachable(Exception):
    """Nothing was sent; another attempt is worth while."""


class ChannelMissing(Exception):
    """There is no gateway, or it does not take what we send because of our account there."""


class OutcomeUnknown(Exception):
    """It may have been sent; `may_retry` where the gateway recognises the key of an earlier attempt."""

    def __init__(self, *, may_retry: bool = False) -> None:
        super().__init__()
        self.may_retry = may_retry
