"""Named reads of protected identities; a seal that the viewer has not opened is not there."""

from django.db import connection
from django.db.models import QuerySet

from bookings.models import Opening, Party, SealedIdentity


def may_be_messaged(party: Party) -> bool:
    """Whether a text message or an e-mail may tell this party of a place, an agency or a time."""
    return not party.is_protected


def is_protected(party: int) -> bool:
    """Whether the party's identity is protected, for its owner or an agency that it visits; two queries at most."""
    if Party.objects.filter(pk=party, is_protected=True).exists():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM protected_visits WHERE party_id = %s)", [party])
        return bool(cursor.fetchone()[0])


def opened_identity(party: Party) -> SealedIdentity | None:
    """Who they are, for as long as the viewer's own opening lasts."""
    return SealedIdentity.objects.filter(party=party).first()


def openings() -> QuerySet[Opening]:
    """What a manager looks at, the latest first; everybody else sees only one's own."""
    return Opening.objects.select_related("party", "by", "seen_by")
