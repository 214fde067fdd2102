"""Named reads of protected identities; a seal that the viewer has not opened is not there."""

from django.db.models import QuerySet

from bookings.models import Opening, Party, SealedIdentity


def may_be_messaged(party: Party) -> bool:
    """Whether a text message or an e-mail may tell this party of a place, an agency or a time."""
    return not party.is_protected


def opened_identity(party: Party) -> SealedIdentity | None:
    """Who they are, for as long as the viewer's own opening lasts."""
    return SealedIdentity.objects.filter(party=party).first()


def openings() -> QuerySet[Opening]:
    """What a manager looks at, the latest first; everybody else sees only one's own."""
    return Opening.objects.select_related("party", "by", "seen_by")
