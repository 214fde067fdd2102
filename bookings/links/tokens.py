"""The newcomer's link: a keyed hash that can be made again for each reprint; only its own hash is stored."""

import base64
import hashlib
import hmac

from django.conf import settings

from bookings.models import Link
from bookings.references import ALPHABET

CODE_LENGTH = 8


def token_of(link: Link) -> str:
    """The token for the link's present generation; 132 bits."""
    return base64.urlsafe_b64encode(_keyed(_subject(link)))[:22].decode()


def hash_of(token: str) -> str:
    """What the database stores and the wall compares."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(link: Link) -> str:
    """The paper code that only the letter carries; 35 bits, far from what ten tries reach."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in _keyed(f"code:{_subject(link)}")[:CODE_LENGTH])


def hash_of_code(code: str) -> str:
    """Keyed, because a short code would not withstand a search through all of them."""
    return _keyed(f"hash:{code}").hex()


def address_of(link: Link) -> str:
    """The short address, for messages: whoever holds it sees the day and no more."""
    return f"{settings.BASE_URL}/d/{token_of(link)}"


def paper_address_of(link: Link) -> str:
    """The address that only the letter's QR code carries, with the paper code in it."""
    return f"{address_of(link)}?k={code_of(link)}"


def _subject(link: Link) -> str:
    return f"{link.chain_id}:{link.newcomer_id}:{link.generation}"


def _keyed(subject: str) -> bytes:
    return hmac.new(settings.LINK_KEY.encode(), subject.encode(), hashlib.sha256).digest()
