"""By which way a message goes now: the first of its reader's that is open, and rather one by which things arrive."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from agencies.dispatches.channels.deliver import gateway_of
from bookings.messages.contacts import Contact, contact_of, digest_of, own_contacts
from bookings.models import Channel, ContactBlock, Message, Party, Reply

State = Message.State
# The gateway is tried so often before the other way is.
PATIENCE = 3
# What these say is no fault of the address.
OURS = frozenset({"unknown", "unreachable", "no_gateway"})


@dataclass(frozen=True, slots=True)
class Way:
    """A channel with the address there, and why nothing goes to it, or ""."""

    channel: str
    address: str
    why: str = ""

    @property
    def digest(self) -> str:
        return digest_of(self.channel, self.address)


def ways_to(party: Party, newcomer: int | None) -> list[Way]:
    """The electronic ways to that adult, the telephone before e-mail, each with why it is closed; two queries."""
    return _ways(party, [contact_of(party, newcomer)])


def all_ways_to(party: Party) -> list[Way]:
    """The electronic ways to the party and to each of its adults; two queries."""
    return _ways(party, [party, *own_contacts(party).values()])


def _ways(party: Party, contacts: Iterable[Contact]) -> list[Way]:
    found = [
        Way(channel, address)
        for contact in contacts
        for channel, address in ((Channel.SMS, contact.phone), (Channel.EMAIL, contact.email))
        if address
    ]
    blocks = ContactBlock.objects.filter(party=party.pk, lifted_at=None) if found else []
    closed = {(block.channel, block.digest): block.why for block in blocks}
    return [replace(way, why=closed.get((way.channel, way.digest), "")) for way in found]


def way_of(message: Message) -> Way:
    """The way for the message; with `why` when there is none.

    Where the same words have a message of their own for the other way, that one takes it.
    """
    ways = ways_to(message.party, message.newcomer_id)
    if [way.channel for way in ways] != [message.channel]:
        taken = set(same_words(message).values_list("channel", flat=True))
        ways = [way for way in ways if way.channel not in taken]
    usable = [way for way in ways if not way.why]
    if len(usable) > 1:
        failing = _failing(message.party, usable)
        return min(usable, key=lambda way: (_is_out(message, way), way.digest in failing))
    return next(iter([*usable, *ways]), Way(message.channel, "", "no_contact"))


def same_words(message: Message) -> QuerySet[Message]:
    """The messages for other ways with the same words; each receipt stands alone."""
    found = Message.objects.filter(link=message.link_id, version=message.version, kind=message.kind)
    found = found.exclude(pk=message.pk).exclude(channel=message.channel)
    return found if message.kind != Message.Kind.RECEIPT else found.filter(pk__gt=message.pk)


def _is_out(message: Message, way: Way) -> bool:
    """Whether nothing leaves by it just now."""
    has_failed = message.why == "no_gateway" or (
        message.why == "unreachable" and message.attempts >= PATIENCE
    )
    return gateway_of(way.channel) is None or (has_failed and message.channel == way.channel)


def _failing(party: Party, ways: Collection[Way]) -> set[str]:
    """The digests of those addresses at which the last that is known of did not arrive; nobody has written from it."""
    settled = Message.objects.filter(
        party=party.pk,
        address_digest__in=[way.digest for way in ways],
        state__in=[State.FAILED, State.DELIVERED],
        settled_at__isnull=False,
    ).exclude(why__in=OURS)
    last = {message.address_digest: message for message in settled.order_by("settled_at", "pk")}
    return {
        digest for digest, message in last.items() if message.state == State.FAILED and not _wrote(message)
    }


def _wrote(failed: Message) -> bool:
    later = Reply.objects.filter(
        party=failed.party_id, sender=failed.address_digest, at__gt=failed.settled_at
    )
    return later.exists()
