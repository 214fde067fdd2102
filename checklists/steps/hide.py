"""Hide, show and delete a checklist, as the party wishes."""

from datetime import datetime

from django.db import transaction

from checklists.models import Checklist, Note, Part
from checklists.order import lock_party
from checklists.steps.open import open_checklist, require_kept


def hide_checklist(*, part: Part, at: datetime) -> None:
    """Close the checklist to every agency but for its own steps, whatever was disclosed. Raises ChecklistDeleted."""
    with transaction.atomic():
        checklist = _open(part, at=at)
        require_kept(checklist)
        if checklist.hidden_at is None:
            _update(checklist, hidden_at=at)


def show_checklist(*, part: Part, at: datetime) -> None:
    """Open what the party's consents disclose again, as far as they still hold. Raises ChecklistDeleted."""
    with transaction.atomic():
        checklist = _open(part, at=at)
        require_kept(checklist)
        _update(checklist, hidden_at=None)


def delete_checklist(*, part: Part, at: datetime) -> None:
    """Delete the party's list and note for good; a second time changes nothing.

    The ticks stay each agency's own records, until the nightly task removes them by its retention rules.
    """
    with transaction.atomic():
        checklist = _open(part, at=at)
        if checklist.deleted_at is None:
            _update(checklist, hidden_at=at, deleted_at=at)
            Note.objects.filter(party=part.party_id).delete()


def _open(part: Part, *, at: datetime) -> Checklist:
    """The checklist, read under the party's lock."""
    lock_party(part.party_id)
    return open_checklist(part=part, at=at)


def _update(checklist: Checklist, **changes: datetime | None) -> None:
    Checklist.objects.filter(pk=checklist.pk).update(**changes)
