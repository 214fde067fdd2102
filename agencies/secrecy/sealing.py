"""Encryption of secrets that are stored in the database, with SEALING_KEY."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from agencies.refusals import Refusal

# A sealed text is "2:", eight hexadecimal digits that name its key, ":", and a Fernet token.
# Version 1 was the bare token, sealed with a key derived from SECRET_KEY.
VERSION = "2"
BARE = "gAAAA"  # how every Fernet token begins until the year 2106


class KeyMissing(Refusal):
    """The installation no longer has the key with which a text was sealed."""

    kind = "key-missing"
    status = 503


def seal(text: str) -> str:
    """The text, encrypted with the current key."""
    return _prefix(settings.SEALING_KEY) + _fernet("agencies.sealing.2", settings.SEALING_KEY).encrypt(
        text.encode()
    ).decode("ascii")


def unseal(sealed: str) -> str:
    """The decrypted text, whichever of the installation's keys has sealed it. Raises KeyMissing."""
    try:
        return _cipher(sealed).decrypt(sealed.rpartition(":")[2].encode()).decode()
    except (InvalidToken, ValueError):
        raise KeyMissing(_("A key of this installation is missing. Tell whoever runs it.")) from None


def is_sealed(text: str) -> bool:
    """Whether the text looks like one that `seal` made, in any version."""
    return text.startswith((f"{VERSION}:", BARE))


def is_sealed_with_current_key(sealed: str) -> bool:
    """Whether the text was sealed with the present SEALING_KEY."""
    return sealed.startswith(_prefix(settings.SEALING_KEY))


def _cipher(sealed: str) -> MultiFernet:
    """The keys that may open this text. Raises ValueError if there are none."""
    if not sealed.startswith(f"{VERSION}:"):
        return secret_cipher("agencies.sealing")
    keys = (settings.SEALING_KEY, *settings.SEALING_KEY_FALLBACKS)
    return MultiFernet(
        [_fernet("agencies.sealing.2", key) for key in keys if sealed.startswith(_prefix(key))]
    )


def secret_cipher(salt: str) -> MultiFernet:
    """Encrypts with SECRET_KEY for the purpose that the salt names; opens what its fallbacks have encrypted, too."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_fernet(salt, key) for key in keys])


def _prefix(key: str) -> str:
    return f"{VERSION}:{sha256(f'agencies.sealing.name:{key}'.encode()).hexdigest()[:8]}:"


def _fernet(salt: str, key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(salt, "", key, algorithm="sha256").digest()))
