"""A link's token and paper code: keyed hashes that can be made again for a reprint; only their hashes are stored."""

import base64
import hashlib
import hmac
import re
import unicodedata
from urllib.parse import unquote

from django.conf import settings
from django.urls import reverse

from bookings.models import Link
from bookings.references import ALPHABET

CODE_LENGTH = 8
# Crockford's: no I, L, O or U. As many characters as 130 bits need, so that no mail program finds an end to cut.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 26
TOKEN_LOOK_ALIKES = str.maketrans("OILU", "011V")
OLD_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


def token_of(link: Link) -> str:
    """The token for the link's present generation: 26 characters, 130 bits; a letter of before keeps its own."""
    digest = _keyed(_subject(link))
    new, old = _in_base_32(digest), base64.urlsafe_b64encode(digest)[:22].decode()
    return old if link.token_hash == hash_of(old) else new


def as_token(text: str) -> str:
    """A token as it was printed, from an address or a field: any case, look-alikes, blanks, what a mail glued to it.

    What cannot be a token stays as it is, so that it is unknown.
    """
    letters = re.sub(r"[^\w-]", "", unicodedata.normalize("NFKC", unquote(text)), flags=re.ASCII)
    if OLD_TOKEN.fullmatch(letters):
        return letters
    read = letters.upper().replace("-", "").replace("_", "").translate(TOKEN_LOOK_ALIKES)[:TOKEN_LENGTH]
    return read if len(read) == TOKEN_LENGTH else text


def _in_base_32(digest: bytes) -> str:
    number = int.from_bytes(digest)
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(TOKEN_LENGTH))


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
    """The short address, for messages: it shows the day without names, and nothing that needs the paper code."""
    return f"{settings.BASE_URL}{reverse('bookings:open-link', args=[token_of(link)])}"


def paper_address_of(link: Link) -> str:
    """The address that only the letter's QR code carries: the paper code is its fragment, which no browser sends."""
    return f"{address_of(link)}#{code_of(link)}"


def _subject(link: Link) -> str:
    return f"{link.chain_id}:{link.newcomer_id}:{link.generation}"


def _keyed(subject: str) -> bytes:
    return hmac.new(settings.LINK_KEY.encode(), subject.encode(), hashlib.sha256).digest()
