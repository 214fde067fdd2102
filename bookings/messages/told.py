"""Of which version of its summons an adult was told last: by letter, by a message, or by another's at that address."""

from collections.abc import Iterable, Mapping

from bookings.messages.contacts import Contact, digest_of, own_contacts
from bookings.messages.crossing import PERHAPS
from bookings.models import Channel, Message, Summons

State = Message.State
KINDS = (Message.Kind.SUMMONS, Message.Kind.CHANGE)
# What may have been told, and nobody knows: no version has this number.
PERHAPS_TOLD = 0
UNKNOWN = frozenset({"unknown", *PERHAPS.values()})


def told_before(message: Message, versions: Mapping[int, Summons]) -> int | None:
    """The last version, before the message's, of which its adult was told; PERHAPS_TOLD, or None if of none.

    Two queries.
    """
    earlier = Message.objects.filter(chain=message.chain_id, kind__in=KINDS, version__lt=message.version)
    rows = [one for one in earlier if one.version in versions]
    of_others = _addresses_of_others(message)
    told, perhaps = 0, 0
    for version in {one.version for one in rows}:
        if not _is_called(versions[version], message.newcomer_id):
            continue
        reaching = list(_reaching(message, [one for one in rows if one.version == version], of_others))
        if any(one.state in (State.SENT, State.DELIVERED) for one in reaching):
            told = max(told, version)
        elif any(one.why in UNKNOWN for one in reaching):
            perhaps = max(perhaps, version)
    return PERHAPS_TOLD if perhaps > told else told or None


def _reaching(message: Message, rows: list[Message], of_others: set[str]) -> Iterable[Message]:
    """Of the rows of one version the letter, and the adult's own, or without one those that others read with it."""
    letters = [one for one in rows if one.channel == Channel.LETTER]
    own = [one for one in rows if one.newcomer_id == message.newcomer_id and one.newcomer_id]
    shared = [one for one in rows if one.channel != Channel.LETTER and one.address_digest not in of_others]
    return [*letters, *(own or shared)]


def _addresses_of_others(message: Message) -> set[str]:
    """The digests of the addresses that other adults have for themselves."""
    found = own_contacts(message.party)
    own = found.pop(message.newcomer_id, None) if message.newcomer_id else None
    of_others = {digest for one in found.values() for digest in _digests(one)}
    return of_others - set(_digests(own or message.party))


def _digests(contact: Contact) -> Iterable[str]:
    for channel, address in ((Channel.SMS, contact.phone), (Channel.EMAIL, contact.email)):
        if address:
            yield digest_of(channel, address)


def _is_called(summons: Summons, newcomer: int | None) -> bool:
    """Whether the adult was called by that version; it has no letter of an earlier one."""
    days = summons.day.get("days", [summons.day])
    return any(newcomer in stop["members"] for one in days for stop in one["stops"])
