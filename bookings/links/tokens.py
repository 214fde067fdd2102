"""A link's token and paper code: keyed hashes that can be made again for a reprint; only their hashes are stored."""

import base64
import hashlib
import hmac
import re
import unicodedata
from urllib.parse import unquote

from django.conf import settings
from django.urls import reverse

from agencies.references import ALPHABET
from bookings.models import Link

CODE_LENGTH = 8
# Crockford's: no I, L, O or U. As many characters as 130 bits need, so that no mail program finds an end to cut.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 26
TOKEN_LOOK_ALIKES = str.maketrans("OILU", "011V")
OLD_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


def link_keys() -> tuple[str, ...]:
    """The present LINK_KEY, then the former ones, with which links were made that still open."""
    return settings.LINK_KEY, *settings.LINK_KEY_FALLBACKS


def token_of(link: Link) -> str:
    """The token for the link's present generation: 26 characters, 130 bits; a letter of before keeps its own."""
    new, old = _tokens(link, _key_of(link))
    return old if link.token_hash == hash_of(old) else new


def _tokens(link: Link, key: str) -> tuple[str, str]:
    """The link's token made with the key, and as it was made before."""
    digest = _keyed(_subject(link), key)
    return _in_base_32(digest), base64.urlsafe_b64encode(digest)[:22].decode()


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
    return _eight(f"code:{_subject(link)}", _key_of(link))


def typed_of(link: Link) -> str:
    """What whoever has no camera types after `/b/`: eight characters, 35 bits; it opens nothing without the code."""
    return _eight(f"typed:{_subject(link)}", _key_of(link))


def typed_hash_of(typed: str, key: str) -> str:
    """The keyed hash of the end of a typed address; keyed for the same reason as that of a paper code."""
    return _keyed(f"hash of typed:{typed}", key).hex()


def hash_of_code(code: str, link: Link | None = None, *, key: str = "") -> str:
    """The keyed hash of a paper code: with that key, or the key of its link, else with the present one.

    Without a key, a search through all codes would find the short code.
    """
    return _keyed(f"hash:{code}", key or (_key_of(link) if link else link_keys()[0])).hex()


def _key_of(link: Link) -> str:
    """The key with which the link's token was made; the present one for a link that has none yet."""
    for key in link_keys():
        if link.token_hash in map(hash_of, _tokens(link, key)):
            return key
    return link_keys()[0]


def set_hashes(link: Link) -> None:
    """Give the link the hashes of its present generation."""
    link.token_hash, link.code_hash = hash_of(token_of(link)), hash_of_code(code_of(link))
    set_typed_hash(link)


def set_typed_hash(link: Link) -> None:
    """Give the link the hash of its typed address, which one that was issued long ago lacks."""
    link.typed_hash = typed_hash_of(typed_of(link), _key_of(link))


def address_of(link: Link) -> str:
    """The short address, for messages: it shows the day without names, and nothing that needs the paper code."""
    return f"{settings.BASE_URL}{reverse('bookings:open-link', args=[token_of(link)])}"


def paper_address_of(link: Link, *, language: str = "") -> str:
    """The address that only the letter's QR code carries: the paper code is its fragment, which no browser sends.

    `language`: the own one of the letter; where it is blank the page speaks the phone's.
    """
    return f"{address_of(link)}{f'?language={language}' if language else ''}#{code_of(link)}"


def typed_address_of(link: Link) -> str:
    """The address that can be typed, without `https://`; "" for a link that was issued before there was one."""
    if not link.typed_hash:
        return ""
    host: str = settings.BASE_URL.partition("//")[2]
    return host + reverse("bookings:typed-link", args=[typed_of(link)])


def _subject(link: Link) -> str:
    return f"{link.chain_id}:{link.newcomer_id}:{link.generation}"


def _eight(subject: str, key: str) -> str:
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in _keyed(subject, key)[:CODE_LENGTH])


def _keyed(subject: str, key: str) -> bytes:
    return hmac.new(key.encode(), subject.encode(), hashlib.sha256).digest()
