"""Encryption of secrets that are stored in the database, with a key derived from SECRET_KEY."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str) -> str:
    """The text, encrypted with the current key."""
    return _cipher().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The decrypted text; also opens what SECRET_KEY_FALLBACKS have sealed. Raises InvalidToken."""
    return _cipher().decrypt(sealed.encode()).decode()


def _cipher() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac("agencies.sealing", "", key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
