"""The digest by which an address is known again without being stored, and the addresses that are closed."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from bookings.models import Channel, ContactBlock, Party


def digest_of(channel: str, address: str) -> str:
    """The keyed hash of a telephone number in international form, or of an e-mail address in any case."""
    subject = f"contact:{channel}:{address.strip().casefold()}"
    return hmac.new(settings.LINK_KEY.encode(), subject.encode(), hashlib.sha256).hexdigest()


def channel_of(party: Party) -> tuple[str, str]:
    """The electronic way to the party and its address there: the telephone before e-mail; "" where it has neither."""
    if party.phone:
        return Channel.SMS, party.phone
    return (Channel.EMAIL, party.email) if party.email else (Channel.SMS, "")


def close_address(*, party: int, channel: str, digest: str, why: str, at: datetime) -> ContactBlock:
    """Let nothing go to the party's address of that digest any more; what is closed stays as it is."""
    block, _is_new = ContactBlock.objects.get_or_create(
        party_id=party, channel=channel, digest=digest, lifted_at=None, defaults={"why": why, "at": at}
    )
    return block
