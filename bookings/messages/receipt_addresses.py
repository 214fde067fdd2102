"""The signed addresses at which is told what became of one message; whoever knows one can do that alone.

A gateway posts to an address of the web. What mail servers, and people, have to say of an e-mail comes back to a
mailbox of its own: `mailbox+CODE@domain`.
"""

import re
from base64 import b32decode, b32encode
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE = 14  # bytes, so that the code has 48 characters of the 64 that may stand before @


def receipt_address(key: UUID) -> str:
    """The whole address for the reports of the message of that key."""
    return f"{settings.BASE_URL}{reverse('api:api-receipt', args=[_signer().sign(key.hex)])}"


def key_of(signed: str) -> UUID | None:
    """The message's key, or None if we have not signed it."""
    try:
        return UUID(hex=_signer().unsign(signed))
    except (BadSignature, ValueError):
        return None


def return_address(key: UUID) -> str:
    """Where mail about the e-mail of that key comes back to; "" where the installation has no such mailbox."""
    mailbox, _at, domain = settings.RETURN_ADDRESS.rpartition("@")
    if not mailbox:
        return ""
    code = b32encode(key.bytes + _signature(key, settings.SECRET_KEY)).decode().lower()
    return f"{mailbox}+{code}@{domain}"


def key_returned_to(recipients: str) -> UUID | None:
    """The key of the first address among them, as a mail's header names them, that `return_address` has made."""
    mailbox, _at, domain = map(re.escape, settings.RETURN_ADDRESS.rpartition("@"))
    if not mailbox:
        return None
    ours = re.compile(
        rf"(?<![\w.+-]){mailbox}\+([a-z2-7]{{48}})@{domain}(?![\w.-])", re.IGNORECASE | re.ASCII
    )
    return next(filter(None, map(_key_in, ours.findall(recipients))), None)


def _key_in(code: str) -> UUID | None:
    made = b32decode(code.upper())
    key, signature = UUID(bytes=made[:-SIGNATURE]), made[-SIGNATURE:]
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    is_ours = [constant_time_compare(signature, _signature(key, secret)) for secret in secrets]
    return key if any(is_ours) else None


def _signature(key: UUID, secret: str) -> bytes:
    made = salted_hmac("bookings.messages.returns", key.bytes, secret=secret, algorithm="sha256")
    return made.digest()[:SIGNATURE]


def _signer() -> Signer:
    return Signer(sep=":", salt="bookings.messages.receipts")
