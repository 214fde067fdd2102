"""What is deleted when a party is made anonymous; its ticks stay, because they name nobody."""

from datetime import datetime

from checklists.models import AgencyNote, ConsentEvent, Note


def forget_words(*, key: int, at: datetime) -> None:
    """Delete the notes and the consent events of the party with this primary key."""
    Note.objects.filter(party=key).delete()
    AgencyNote.objects.filter(party=key).delete()
    ConsentEvent.objects.filter(party=key).delete()
