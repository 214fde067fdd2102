"""Let a colleague stand in for somebody who is absent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Shift, User
from agencies.refusals import Refusal
from agencies.rosters.shifts import Duty, add_shifts
from agencies.rosters.who import require_editor


class NotASubstitute(Refusal):
    kind = "not-a-substitute"
    field = "colleague"


@transaction.atomic
def substitute(*, shift: Shift, colleague: User, by: User, at: datetime) -> Shift:
    """Put the colleague on shift at the same hours, as the one who covers; nothing that is booked moves by itself.

    Raises NotASubstitute unless the colleague is of the same agency, works at the site and has a desk; and what
    `add_shifts` raises. A manager's substitute is a draft as any new shift.
    """
    site = shift.site_day.location.site
    require_editor(by, [shift.resource_id], site=site)
    absent = User.objects.filter(resource=shift.resource_id).first()
    is_fit = colleague.is_active and colleague.resource_id and colleague != absent
    if (
        not absent
        or not is_fit
        or colleague.agency_id != absent.agency_id
        or not colleague.sites.contains(site)
    ):
        raise NotASubstitute(_("A colleague of the same agency who works at the site stands in."))
    assert colleague.resource
    pause = shift.breaks.first()
    duty = Duty(
        colleague.resource,
        local(shift.starts_at).time(),
        local(shift.ends_at).time(),
        (local(pause.starts_at).time(), local(pause.ends_at).time()) if pause else None,
        remote=shift.remote,
        desk=shift.desk,
        covers=shift,
    )
    return add_shifts(site_day=shift.site_day, duties=[duty], by=by, at=at)[0]
