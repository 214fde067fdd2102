"""The newcomer's link: a keyed hash that can be made again for each reprint; only its own hash is stored."""

import base64
import hashlib
import hmac

from django.conf import settings

from bookings.models import Link


def token_of(link: Link) -> str:
    """The token for the link's present generation; 132 bits."""
    subject = f"{link.chain_id}:{link.newcomer_id}:{link.generation}"
    digest = hmac.new(settings.LINK_KEY.encode(), subject.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest)[:22].decode()


def hash_of(token: str) -> str:
    """What the database stores and the wall compares."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(link: Link) -> str:
    """The short address that the letter's QR code carries."""
    return f"{settings.BASE_URL}/d/{token_of(link)}"
