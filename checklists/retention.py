"""Retain: of a party made anonymous, its ticks are figures; what it wrote and answered is deleted."""

from datetime import datetime

from checklists.models import ConsentEvent, Note


def forget_words(*, key: int, at: datetime) -> None:
    """Delete the party's note and its answers, with whoever witnessed them."""
    Note.objects.filter(party=key).delete()
    ConsentEvent.objects.filter(party=key).delete()
