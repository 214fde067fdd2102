"""Open a chain's checklist: create its row when something is first written in it."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.refusals import Refusal
from checklists.models import Checklist, Part
from checklists.steps.sheet import template_in_force


class NoSteps(Refusal):
    kind = "no-steps"
    status = 409


class ChecklistDeleted(Refusal):
    kind = "checklist-deleted"
    status = 409


def open_checklist(*, part: Part, at: datetime) -> Checklist:
    """The chain's checklist, created with the template in force that day if there is none. Raises NoSteps."""
    template = template_in_force(part, on=local(at).date())
    if template is None:
        raise NoSteps(_("No steps yet."))
    defaults = {"template": template, "opened_at": at}
    return Checklist.objects.get_or_create(chain_id=part.chain_id, defaults=defaults)[0]


def require_kept(checklist: Checklist | None) -> None:
    """Raise ChecklistDeleted if the party has deleted it."""
    if checklist and checklist.deleted_at:
        raise ChecklistDeleted(_("The checklist has been deleted."))
