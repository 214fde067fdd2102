"""Hand an absent caseworker's meetings to the colleague who stands in: same times, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Shift, User
from agencies.refusals import Refusal
from agencies.rosters.held import Held, Period, held_from, held_of, left_outside
from agencies.rosters.locks import lock_resources
from agencies.rosters.queries import offered_shifts
from agencies.rosters.who import require_editor
from bookings.availability.booked import names_in
from bookings.models import Claim, GroupMeeting


@dataclass(frozen=True, slots=True)
class Covered:
    """How many meetings somebody has taken over, `groups` of them with several parties."""

    meetings: int
    groups: int = 0

    def sentence(self, who: object) -> str:
        """What to tell whoever has handed them over."""
        words = {"number": self.meetings, "who": who}
        said = ngettext(
            "%(who)s takes over %(number)s meeting.", "%(who)s takes over %(number)s meetings.", self.meetings
        )
        among = [_("Group information is among them.")] if self.groups else []
        return " ".join([said % words, *among])


class CannotCover(Refusal):
    """The colleague cannot take all meetings: `chains` names those that are in the way."""

    kind = "cannot-cover"
    status = 409

    def __init__(self, absent: int, missed: Sequence[Held]) -> None:
        period = min(one.starts_at for one in missed), max(one.ends_at for one in missed)
        self.chains = sorted(set(names_in([absent], period)))
        words = {"number": len(missed), "chains": ", ".join(self.chains) or "–"}
        message = ngettext(
            "The colleague cannot take over %(number)s meeting: %(chains)s. Nothing was moved.",
            "The colleague cannot take over %(number)s meetings: %(chains)s. Nothing was moved.",
            len(missed),
        )
        super().__init__(message % words)


@transaction.atomic
def cover_shift(
    *, shift: Shift, colleague: Shift, by: User, at: datetime, period: Period | None = None
) -> Covered:
    """Hand what begins of the shift in the period, without one all of it, to the colleague's approved one.

    Groups as well. The letter tells no caseworker, so it stays as it is; each chain gets a new version and an event.
    Raises CannotCover, also when a meeting has begun; NotForYourRole or SiteNotYours.
    """
    absent, other = shift.resource_id, colleague.resource_id
    require_editor(by, [absent, other], site=shift.site_day.location.site)
    lock_resources([absent, other], days=[shift.site_day_id, colleague.site_day_id])
    period = period or (shift.starts_at, shift.ends_at)
    held = held_from([absent], period)
    if missed := missed_by(held, colleague):
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


def lock_groups(absent: int, period: Period) -> int:
    """Let nobody join or leave the groups that the resource holds from then on; gives how many these are."""
    claims = Claim.objects.filter(
        resource=absent, group__isnull=False, starts_at__gte=period[0], starts_at__lt=period[1]
    )
    groups = GroupMeeting.objects.filter(pk__in=claims.values("group")).order_by("pk")
    return len(groups.select_for_update(no_key=True))


def absent_from(shift: Shift, *, at: datetime) -> Period:
    """From when to when the shift's holder is missed, from the moment on; without an absence until its end."""
    away = list(
        shift.resource.absences.filter(
            starts_at__lt=shift.ends_at, ends_at__gt=max(shift.starts_at, at)
        ).values_list("starts_at", "ends_at")
    )
    first = min((starts for starts, _ends in away), default=shift.starts_at)
    last = max((ends for _starts, ends in away), default=shift.ends_at)
    last = min(shift.ends_at, last)
    return min(max(shift.starts_at, first, at), last), last  # of a shift that is over: nothing


def missed_by(held: Sequence[Held], colleague: Shift) -> list[Held]:
    """What of it lies outside the colleague's hours, in a break or absence, or where something else is booked."""
    now = offered_shifts().filter(pk=colleague.pk).first()
    hours = [(now.starts_at, now.ends_at)] if now else []
    absences = colleague.resource.absences.values_list("starts_at", "ends_at")
    breaks = colleague.breaks.values_list("starts_at", "ends_at")
    taken = held_of([colleague.resource_id], (colleague.starts_at, colleague.ends_at))
    spans = [(one.starts_at, one.ends_at) for one in taken]
    return left_outside(held, hours=hours, breaks=[*absences, *breaks, *spans])


def _cover(absent: int, colleague: int, period: Period) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cover_meetings(%s, %s, %s, %s)", [absent, colleague, *period])
        number: int = cursor.fetchone()[0]
        return number
