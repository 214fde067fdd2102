"""Who may have sent a reply: the parties that have that number, or the one to which that e-mail went."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from agencies.secrecy.context import Viewer
from bookings.messages.contacts import digest_of
from bookings.models import Channel

# Row level security shows it the replies and nothing else; the functions below ask for the rest.
REPLIES = Viewer(role="replies")


@dataclass(frozen=True, slots=True)
class Replier:
    """A party by keys: the text to it that is answered, whether its day still holds, and the link that the text had."""

    party: int
    chain: int
    link: int
    token_hash: str
    language: str
    is_open: bool
    digest: str  # of the address to which the text went


def senders_of(number: str) -> list[Replier]:
    """The parties that were written to at a number in international form and still have it; one query, as REPLIES."""
    digest = digest_of(Channel.SMS, number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM senders_of(%s, %s)", [number, digest])
        return [Replier(*(*row, digest)) for row in cursor.fetchall()]


def recipients_of(key: UUID) -> list[Replier]:
    """The party to which the e-mail of that key went, if there is one; one query, as REPLIES."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recipients_of(%s)", [key])
        return [Replier(*row) for row in cursor.fetchall()]
