"""Hide, show and delete a checklist, as the party wishes."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.refusals import Refusal
from checklists.models import Checklist, Note, Part
from checklists.steps.open import open_checklist


class ChecklistDeleted(Refusal):
    kind = "checklist-deleted"
    status = 409


def hide_checklist(*, part: Part, at: datetime) -> None:
    """Close the checklist to every agency but for its own steps, whatever was disclosed. Raises ChecklistDeleted."""
    _update(part, at=at, hidden_at=at)


def show_checklist(*, part: Part, at: datetime) -> None:
    """Open what the party's consents disclose again, as far as they still hold. Raises ChecklistDeleted."""
    _update(part, at=at, hidden_at=None)


def delete_checklist(*, part: Part, at: datetime) -> None:
    """Delete the party's list and note for good. Raises ChecklistDeleted.

    The ticks stay each agency's own records, until the nightly task removes them by its retention rules.
    """
    _update(part, at=at, hidden_at=at, deleted_at=at)
    Note.objects.filter(party=part.party_id).delete()


def _update(part: Part, *, at: datetime, **changes: datetime | None) -> None:
    checklist = open_checklist(part=part, at=at)
    if not Checklist.objects.filter(pk=checklist.pk, deleted_at=None).update(**changes):
        raise ChecklistDeleted(_("The checklist has been deleted."))
