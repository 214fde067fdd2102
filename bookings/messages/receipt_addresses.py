"""The signed address at which a gateway reports what became of one message; whoever knows it can do that alone."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse


def receipt_address(key: UUID) -> str:
    """The whole address for the reports of the message of that key."""
    return f"{settings.BASE_URL}{reverse('api:api-receipt', args=[_signer().sign(key.hex)])}"


def key_of(signed: str) -> UUID | None:
    """The message's key, or None if we have not signed it."""
    try:
        return UUID(hex=_signer().unsign(signed))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(sep=":", salt="bookings.messages.receipts")
