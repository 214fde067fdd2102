"""Open a chain's checklist: create its row when something is first written in it."""

from datetime import datetime

from agencies.clock import local
from checklists.models import Checklist, Part
from checklists.steps.sheet import template_in_force


def open_checklist(*, part: Part, at: datetime) -> Checklist:
    """The chain's checklist, created with the template in force that day if there is none."""
    template = template_in_force(part, on=local(at).date())
    defaults = {"template": template, "opened_at": at}
    return Checklist.objects.get_or_create(chain_id=part.chain_id, defaults=defaults)[0]
