"""Queries of protected identities; row level security hides a sealed identity that the viewer has not opened."""

from django.db import connection
from django.db.models import QuerySet

from bookings.models import Opening, Party, SealedIdentity


def may_be_messaged(party: Party) -> bool:
    """Whether a text message or an e-mail may name a place, an agency or a time to this party."""
    return not party.is_protected


def is_protected(party: int) -> bool:
    """Whether the party's identity is protected, for its owner or an agency that it visits; two queries at most."""
    if Party.objects.filter(pk=party, is_protected=True).exists():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM protected_visits WHERE party_id = %s)", [party])
        return bool(cursor.fetchone()[0])


def opened_identity(party: Party) -> SealedIdentity | None:
    """Names and contacts, while the viewer's own opening lasts (a quarter of an hour)."""
    return SealedIdentity.objects.filter(party=party).first()


def identity_openings() -> QuerySet[Opening]:
    """Who opened which sealed identity and why, the latest first: a manager sees the agency's, others their own."""
    return Opening.objects.select_related("party", "by", "seen_by")
