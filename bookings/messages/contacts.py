"""Where somebody is reached, the digest by which an address is known again, and the addresses that are closed."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from bookings.models import Channel, ContactBlock, OwnContact, Party

Contact = Party | OwnContact  # either has a telephone and an e-mail address, which may be empty


def digest_of(channel: str, address: str) -> str:
    """The keyed hash of a telephone number in international form, or of an e-mail address in any case."""
    subject = f"contact:{channel}:{address.strip().casefold()}"
    return hmac.new(settings.LINK_KEY.encode(), subject.encode(), hashlib.sha256).hexdigest()


def own_contacts(party: Party) -> dict[int, OwnContact]:
    """The own contacts of the party's adults by newcomer, of those who have one; one query.

    Only the party's owner sees them: for whoever holds a link there is none.
    """
    found = OwnContact.objects.filter(party=party.pk).exclude(phone="", email="")
    return {one.newcomer_id: one for one in found}


def contact_of(party: Party, newcomer: int | None) -> Contact:
    """Where messages to that adult go: to the own contact and nowhere else, or to the party's; one query."""
    return (own_contacts(party).get(newcomer) if newcomer else None) or party


def channel_of(contact: Contact) -> tuple[str, str]:
    """The electronic way and the address there: the telephone before e-mail; "" where there is neither."""
    if contact.phone:
        return Channel.SMS, contact.phone
    return (Channel.EMAIL, contact.email) if contact.email else (Channel.SMS, "")


def close_address(*, party: int, channel: str, digest: str, why: str, at: datetime) -> ContactBlock:
    """Let nothing go to the party's address of that digest any more; what is closed stays as it is."""
    block, _is_new = ContactBlock.objects.get_or_create(
        party_id=party, channel=channel, digest=digest, lifted_at=None, defaults={"why": why, "at": at}
    )
    return block
