"""Row numbers made unreadable: references to desks and interpreters, and whole proposals."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.utils.crypto import salted_hmac

from agencies.secrecy.sealing import secret_cipher

SALT = "motesplats.proposal"


def opaque(site_day: int, resource: int) -> str:
    """The same for one resource all through a site day, another one the next day."""
    return salted_hmac("motesplats.opaque", f"{site_day}:{resource}", algorithm="sha256").hexdigest()[:12]


def conceal(content: Any) -> str:
    """What JSON can hold as text for an address or a form; nobody else can read or make it."""
    plain = json.dumps(content, separators=(",", ":")).encode()
    return secret_cipher(SALT).encrypt(zlib.compress(plain, 9)).decode().rstrip("=")


def reveal(text: str, *, max_age: timedelta) -> Any:
    """What was concealed, or None when the text is forged or older."""
    padded = text + "=" * (-len(text) % 4)
    try:
        token = padded.encode()
        # Decoding leaves out what is not of the alphabet: then it is not what we made.
        if urlsafe_b64encode(urlsafe_b64decode(token)) != token:
            return None
        plain = secret_cipher(SALT).decrypt(token, ttl=int(max_age.total_seconds()))
    except (InvalidToken, ValueError):  # also text that is no UTF-8, or no base64
        return None
    return json.loads(zlib.decompress(plain))
