"""Share out an absent caseworker's meetings among colleagues on shift: same times, whatever they can take."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from agencies.models import Shift, User
from agencies.rosters.held import Held, held_from
from agencies.rosters.locks import lock_resources
from agencies.rosters.queries import offered_shifts
from agencies.rosters.who import require_editor
from bookings.chains.cover import CannotCover, Covered, absent_from, cover_shift, missed_by

Person = TypeVar("Person", bound=Hashable)


def shares(able: Mapping[Person, Sequence[Held]]) -> dict[Person, list[Held]]:
    """Who takes which, of what each is able to take; as few people as come of always asking whoever can take most."""
    left = {person: list(held) for person, held in able.items()}
    taken: dict[Person, list[Held]] = {}
    while any(left.values()):
        person = max(left, key=lambda one: len(left[one]))
        taken[person] = left.pop(person)
        left = {one: [held for held in own if held not in taken[person]] for one, own in left.items()}
    return taken


@transaction.atomic
def share_out(*, shift: Shift, by: User, at: datetime) -> tuple[dict[Shift, Covered], int]:
    """Hand each meeting of the absent to a colleague who is free then; gives how many each takes and how many are left.

    Only what the absence touches from the moment on; what nobody can take stays where it is.
    Raises NotForYourRole and SiteNotYours.
    """
    absent = shift.resource_id
    colleagues = _colleagues(shift)
    require_editor(by, [absent], site=shift.site_day.location.site)
    lock_resources([absent, *(one.resource_id for one in colleagues)], days=[shift.site_day_id])
    held = held_from([absent], absent_from(shift, at=at))
    able = {other: [one for one in held if not missed_by([one], other)] for other in colleagues}
    taken: dict[Shift, Covered] = {}
    for other, part in shares(able).items():
        parts = [_hand_over(shift, other, one, by=by, at=at) for one in part]
        covered = Covered(sum(one.meetings for one in parts), sum(one.groups for one in parts))
        taken |= {other: covered} if covered.meetings else {}
    return taken, len(held) - sum(covered.meetings for covered in taken.values())


def _colleagues(shift: Shift) -> list[Shift]:
    """The shifts of the same agency on that day that offer time."""
    desk = shift.resource.caseworker
    found = offered_shifts().filter(
        site_day=shift.site_day_id,
        resource__caseworker__agency=desk.agency_id,
        resource__caseworker__is_active=True,
    )
    return list(
        found.exclude(resource=shift.resource_id).select_related("resource__caseworker").order_by("pk")
    )


def _hand_over(shift: Shift, other: Shift, one: Held, *, by: User, at: datetime) -> Covered:
    """What the colleague has taken of it: nothing if the database knows better than the roster."""
    try:
        with transaction.atomic():
            period = one.starts_at, one.ends_at
            return cover_shift(shift=shift, colleague=other, by=by, at=at, period=period)
    except CannotCover:
        return Covered(0)
