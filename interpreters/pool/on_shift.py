"""Put interpreters on shift on a site day, also as spares that are offered to nobody until they are used."""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Shift, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.held import ShiftIsBooked, held_of
from agencies.rosters.locks import lock_resources
from agencies.rosters.shifts import Duty, add_shifts
from agencies.rosters.who import require_coordinator
from interpreters.models import Interpreter, Spare


class NotInPool(Refusal):
    """The interpreter does not work at the site."""

    kind = "not-in-pool"
    field = "interpreter"


@transaction.atomic
def put_on_shift(
    *,
    interpreter: Interpreter,
    site_day: SiteDay,
    by: User,
    at: datetime,
    starts: time | None = None,
    ends: time | None = None,
    spare: bool = False,
) -> Shift:
    """Let the interpreter work on the day, by default from opening to closing, on site or remotely as known.

    Raises NotInPool, NotForYourRole, SiteNotYours and what `add_shifts` raises.
    """
    require_coordinator(by, site_day.location.site)
    if not interpreter.sites.filter(pk=site_day.location.site_id).exists():
        raise NotInPool(_("That interpreter is not in this site's pool."))
    duty = Duty(interpreter.resource, starts, ends, remote=interpreter.remote)
    shift = add_shifts(site_day=site_day, duties=[duty], by=by, at=at)[0]
    if spare:
        Spare.objects.create(shift=shift)
    return shift


@transaction.atomic
def set_spare(*, shift: Shift, by: User, at: datetime) -> None:
    """Let the interpreter stand by from now on. Raises ShiftIsBooked, NotForYourRole and SiteNotYours."""
    require_coordinator(by, shift.site_day.location.site)
    lock_resources([shift.resource_id], days=[shift.site_day_id])
    if held := held_of([shift.resource_id], (shift.starts_at, shift.ends_at)):
        raise ShiftIsBooked(held)
    Spare.objects.get_or_create(shift=shift)


@transaction.atomic
def use_spare(*, shift: Shift, by: User, at: datetime) -> None:
    """Offer the spare's time from now on, as any other's. Raises NotForYourRole and SiteNotYours."""
    require_coordinator(by, shift.site_day.location.site)
    Spare.objects.filter(shift=shift).delete()
