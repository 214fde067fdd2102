"""A link's token and paper code: keyed hashes that can be made again for a reprint; only their hashes are stored."""

import base64
import hashlib
import hmac

from django.conf import settings
from django.urls import reverse

from bookings.models import Link
from bookings.references import ALPHABET

CODE_LENGTH = 8


def link_keys() -> tuple[str, ...]:
    """The present LINK_KEY, then the former ones, with which links were made that still open."""
    return settings.LINK_KEY, *settings.LINK_KEY_FALLBACKS


def token_of(link: Link) -> str:
    """The token for the link's present generation: 22 characters of base64, 132 bits."""
    return base64.urlsafe_b64encode(_keyed(_subject(link), _key_of(link)))[:22].decode()


def hash_of(token: str) -> str:
    """SHA-256 of a token in hexadecimal: what the database stores and the row-level policies compare."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(link: Link) -> str:
    """The paper code that only the letter carries: eight characters, 35 bits; ten wrong ones close it."""
    made = _keyed(f"code:{_subject(link)}", _key_of(link))[:CODE_LENGTH]
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in made)


def hash_of_code(code: str, link: Link | None = None) -> str:
    """The keyed hash of a paper code, with the key of its link, else with the present one.

    Without a key, a search through all codes would find the short code.
    """
    return _keyed(f"hash:{code}", _key_of(link) if link else link_keys()[0]).hex()


def _key_of(link: Link) -> str:
    """The key with which the link's token was made; the present one for a link that has none yet."""
    for key in link_keys():
        made = base64.urlsafe_b64encode(_keyed(_subject(link), key))[:22].decode()
        if hash_of(made) == link.token_hash:
            return key
    return link_keys()[0]


def address_of(link: Link) -> str:
    """The short address, for messages: it shows the day, but not what needs the paper code."""
    return f"{settings.BASE_URL}{reverse('bookings:open-link', args=[token_of(link)])}"


def paper_address_of(link: Link) -> str:
    """The address that only the letter's QR code carries, with the paper code in it."""
    return f"{address_of(link)}?k={code_of(link)}"


def _subject(link: Link) -> str:
    return f"{link.chain_id}:{link.newcomer_id}:{link.generation}"


def _keyed(subject: str, key: str) -> bytes:
    return hmac.new(key.encode(), subject.encode(), hashlib.sha256).digest()
