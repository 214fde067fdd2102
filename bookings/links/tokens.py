"""A link's token and paper code: keyed hashes that can be made again for a reprint; only their hashes are stored."""

import base64
import hashlib
import hmac

from django.conf import settings
from django.urls import reverse

from bookings.models import Link
from bookings.references import ALPHABET

CODE_LENGTH = 8


def token_of(link: Link) -> str:
    """The token for the link's present generation: 22 characters of base64, 132 bits."""
    return base64.urlsafe_b64encode(_keyed(_subject(link)))[:22].decode()


def hash_of(token: str) -> str:
    """SHA-256 of a token in hexadecimal: what the database stores and the row-level policies compare."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(link: Link) -> str:
    """The paper code that only the letter carries: eight characters, 35 bits; ten wrong ones close it."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in _keyed(f"code:{_subject(link)}")[:CODE_LENGTH])


def hash_of_code(code: str) -> str:
    """The keyed hash of a paper code; without a key, a search through all codes would find the short code."""
    return _keyed(f"hash:{code}").hex()


def address_of(link: Link) -> str:
    """The short address, for messages: it shows the day, but not what needs the paper code."""
    return f"{settings.BASE_URL}{reverse('bookings:open-link', args=[token_of(link)])}"


def paper_address_of(link: Link) -> str:
    """The address that only the letter's QR code carries, with the paper code in it."""
    return f"{address_of(link)}?k={code_of(link)}"


def _subject(link: Link) -> str:
    return f"{link.chain_id}:{link.newcomer_id}:{link.generation}"


def _keyed(subject: str) -> bytes:
    return hmac.new(settings.LINK_KEY.encode(), subject.encode(), hashlib.sha256).digest()
