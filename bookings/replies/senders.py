"""Who may have sent a reply: the parties that were written to at that number and still have it."""

from dataclasses import dataclass

from django.db import connection

from agencies.secrecy.context import Viewer
from bookings.messages.contacts import digest_of
from bookings.models import Channel

# Row level security shows it the replies and nothing else; the function below asks for the rest.
REPLIES = Viewer(role="replies")


@dataclass(frozen=True, slots=True)
class Replier:
    """A party by keys: the latest text to it, whether its day still holds, and the link that the text had."""

    party: int
    chain: int
    link: int
    token_hash: str
    language: str
    is_open: bool


def senders_of(number: str) -> list[Replier]:
    """The parties of a number in international form; one query, as REPLIES."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM senders_of(%s, %s)", [number, digest_of(Channel.SMS, number)])
        return [Replier(*row) for row in cursor.fetchall()]
