"""Change, remove and approve shifts; what is booked against them stays within them."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.dates import clock
from agencies.models import Break, Shift, User
from agencies.refusals import Refusal
from agencies.rosters.held import Period, ShiftIsBooked, held_of, left_outside
from agencies.rosters.locks import lock_resources
from agencies.rosters.other_days import other_days
from agencies.rosters.shifts import Duty, break_of, in_one_place, shift_of
from agencies.rosters.who import require_editor

CHANGED = ("starts_at", "ends_at", "remote", "desk", "standby_until", "travel_minutes")


class ShiftGone(Refusal):
    """Somebody has removed the shift meanwhile."""

    kind = "shift-gone"
    status = 409


class ShiftChanged(Refusal):
    """Somebody has changed the shift since the caller looked."""

    kind = "changed-meanwhile"
    status = 409

    def __init__(self, now: Shift) -> None:
        hours = f"{clock(now.starts_at)}–{clock(now.ends_at)}"
        words = _(
            "Somebody has changed this shift: it is %(hours)s now. What you typed is kept: look, and save again."
        )
        super().__init__(words % {"hours": hours})


def as_seen(shift: Shift) -> str:
    """What a form has seen of the shift: other with each change of it."""
    breaks = sorted((one.starts_at, one.ends_at) for one in shift.breaks.all())
    values = [getattr(shift, field) for field in CHANGED]
    return hashlib.sha256(repr((values, breaks)).encode()).hexdigest()[:16]


@transaction.atomic
def change_shift(*, shift: Shift, duty: Duty, by: User, at: datetime, seen: str = "") -> Shift:
    """Give the shift the duty's hours, break, desk, stand-by and travel; `seen`: as `as_seen` told the caller.

    Raises ShiftChanged, ShiftIsBooked when something booked would lie outside, ShiftGone, and what `add_shifts` raises.
    """
    shift = _locked(shift, by=by)
    if seen and seen != as_seen(shift):
        raise ShiftChanged(shift)
    wanted = shift_of(shift.site_day, duty)
    lunch = break_of(wanted, duty.lunch) if duty.lunch else None
    require_covered(
        shift, hours=[(wanted.starts_at, wanted.ends_at)], breaks=[_period(lunch)] if lunch else [], at=at
    )
    for field in CHANGED:
        setattr(shift, field, getattr(wanted, field))
    with in_one_place():
        shift.save(update_fields=CHANGED)
        shift.breaks.all().delete()
        if lunch:
            Break.objects.create(shift=shift, starts_at=lunch.starts_at, ends_at=lunch.ends_at)
    return shift


@transaction.atomic
def remove_shift(*, shift: Shift, by: User, at: datetime) -> None:
    """Remove the shift. Raises ShiftIsBooked, ShiftGone, NotForYourRole or SiteNotYours."""
    shift = _locked(shift, by=by)
    require_covered(shift, hours=[], at=at)
    shift.delete()


@transaction.atomic
def approve_shifts(*, shifts: Iterable[Shift], by: User, at: datetime) -> int:
    """Approve the drafts among the shifts, which from then on offer time; how many. Raises as `remove_shift`."""
    drafts = [one for one in shifts if one.state == Shift.State.DRAFT]
    for shift in drafts:
        require_editor(by, [shift.resource_id], site=shift.site_day.location.site)
    found = Shift.objects.filter(pk__in=[one.pk for one in drafts], state=Shift.State.DRAFT)
    return found.update(state=Shift.State.APPROVED)


def require_covered(
    shift: Shift, *, hours: list[Period], breaks: Iterable[Period] = (), at: datetime | None = None
) -> None:
    """Raise ShiftIsBooked if anything booked against the shift would lie outside these hours or in a break.

    What is booked across two shifts that meet lies within both. `at`: other days from then on are offered.
    """
    held = held_of([shift.resource_id], (shift.starts_at, shift.ends_at))
    if not held:
        return
    others = Shift.objects.filter(resource=shift.resource_id, site_day=shift.site_day_id).exclude(pk=shift.pk)
    also = others.filter(state=Shift.State.APPROVED).values_list("starts_at", "ends_at")
    if outside := left_outside(held, hours=[*hours, *also], breaks=list(breaks)):
        raise ShiftIsBooked(outside, other_days=other_days(shift, outside, at=at) if at else None)


def _locked(shift: Shift, *, by: User) -> Shift:
    """The shift, read again under its lock. Raises ShiftGone."""
    require_editor(by, [shift.resource_id], site=shift.site_day.location.site)
    lock_resources([shift.resource_id], days=[shift.site_day_id])
    found = Shift.objects.select_related("site_day__location__site").filter(pk=shift.pk).first()
    if found is None:
        raise ShiftGone(_("Somebody has removed this shift."))
    return found


def _period(lunch: Break) -> Period:
    return lunch.starts_at, lunch.ends_at
