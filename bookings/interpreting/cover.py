"""Give meetings to an interpreter of the pool: an absent one's, or those of a chain that has nobody; all or none."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Shift, User
from agencies.refusals import Refusal
from agencies.rosters.held import Held, Period, held_from
from agencies.rosters.locks import lock_resources
from agencies.rosters.who import require_coordinator
from agencies.spoken import interpreted_as
from bookings.chains.cover import CannotCover, Covered, lock_groups, missed_by
from bookings.models import InterpretedMeeting
from interpreters.models import Interpreter, Spare
from interpreters.pool.on_shift import put_on_shift


@transaction.atomic
def cover_interpreter(*, shift: Shift, other: Interpreter, by: User, at: datetime) -> Covered:
    """Let the other one interpret all that is booked against the shift from the moment on, groups as well.

    Whoever is not on shift is put on it for the same hours, a spare is one no longer; each chain gets a new version
    and an event. The letter names no interpreter, so it stays as it is, unless the other one comes in another way: the
    chain's page tells that. Raises CannotCover when the other one is
    busy, does not interpret a language, or is not wished for; NotInPool, ShiftNotAdded, NotForYourRole, SiteNotYours.
    """
    require_coordinator(by, shift.site_day.location.site)
    there = _on_shift(shift, other, by=by, at=at)
    absent = shift.resource_id
    lock_resources([absent, other.resource_id], days=[shift.site_day_id])
    period = min(max(shift.starts_at, at), shift.ends_at), shift.ends_at
    held = held_from([absent], period)
    if missed := missed_by(held, there):
        raise CannotCover(absent, missed)
    groups = lock_groups(absent, period)
    try:
        with transaction.atomic():
            covered = _cover(absent, other, period)
            if covered != len(held):
                raise CannotCover(absent, held)
    except IntegrityError as error:
        raise CannotCover(absent, held) from error
    return Covered(covered, groups)


class CannotTake(Refusal):
    """The interpreter cannot take the chain, or it waits for nobody any more."""

    kind = "cannot-take"
    status = 409


@transaction.atomic
def take_chain(*, chain: int, shift: Shift, by: User, at: datetime) -> Covered:
    """Let the interpreter of the shift take the chain with this key, which waits for one from outside and has no order.

    A spare is one no longer. What the letter says of the interpreter is then no longer so: the chain's page tells it.
    Raises CannotTake, NotForYourRole and SiteNotYours.
    """
    require_coordinator(by, shift.site_day.location.site)
    other = Interpreter.objects.prefetch_related("masteries").get(resource=shift.resource_id)
    lock_resources([other.resource_id], days=[shift.site_day_id])
    waits = InterpretedMeeting.objects.filter(
        chain_id=chain, site_day=shift.site_day, together_with_id=None
    ).exclude(outside_interpreter="")
    held = [Held(other.resource_id, one.starts_at, one.ends_at) for one in waits]
    is_fit = held and not missed_by(held, shift)
    try:
        with transaction.atomic():
            if not is_fit or _take(chain, other) != len(held):
                raise _cannot_take(other)
    except IntegrityError as error:
        raise _cannot_take(other) from error
    Spare.objects.filter(shift=shift).delete()
    return Covered(len(held))


def _cannot_take(other: Interpreter) -> CannotTake:
    return CannotTake(_("%(who)s cannot interpret all of that day. Nothing was changed.") % {"who": other})


def serves(other: Interpreter) -> list[str]:
    """The languages that the interpreter serves: the own ones, and those that these stand for."""
    masters = [mastery.language for mastery in other.masteries.all()]
    return sorted({code for language in masters for code in interpreted_as(language)})


def _on_shift(shift: Shift, other: Interpreter, *, by: User, at: datetime) -> Shift:
    own = Shift.objects.filter(
        resource=other.resource_id,
        site_day=shift.site_day_id,
        starts_at__lt=shift.ends_at,
        ends_at__gt=shift.starts_at,
    )
    there = own.first()
    if there is None:
        hours = local(shift.starts_at).time(), local(shift.ends_at).time()
        return put_on_shift(
            interpreter=other, site_day=shift.site_day, starts=hours[0], ends=hours[1], by=by, at=at
        )
    Spare.objects.filter(shift=there).delete()
    return there


def _take(chain: int, other: Interpreter) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT take_interpreted(%s, %s, %s::varchar[])", [chain, other.resource_id, serves(other)]
        )
        number: int = cursor.fetchone()[0]
        return number


def _cover(absent: int, other: Interpreter, period: Period) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cover_interpreted(%s, %s, %s::varchar[], %s, %s)",
            [absent, other.resource_id, serves(other), *period],
        )
        number: int = cursor.fetchone()[0]
        return number
