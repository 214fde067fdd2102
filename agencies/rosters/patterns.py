"""Say on which weekdays a location is open and who is on shift then, and end that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import Location, PatternShift, Resource, User, WeeklyPattern
from agencies.refusals import Refusal
from agencies.rosters.who import require_coordinator, require_editor


class PatternNotUsable(Refusal):
    kind = "pattern-not-usable"
    field = "weekday"


@dataclass(frozen=True, slots=True)
class PatternHours:
    """The hours of a weekday, which are those of its people; `lunch`: their break."""

    opens: time
    closes: time
    lunch: tuple[time, time] | None = None


@transaction.atomic
def add_pattern(
    *,
    location: Location,
    weekday: int,
    hours: PatternHours,
    valid_from: date,
    valid_to: date | None,
    people: Sequence[Resource],
    by: User,
    at: datetime,
) -> WeeklyPattern:
    """Let the location be open on that weekday from one date to another, with these people on shift all day.

    Opens no day by itself. Raises PatternNotUsable, NotForYourRole or SiteNotYours.
    """
    require_coordinator(by, location.site)
    require_editor(by, [one.pk for one in people], site=location.site)
    pattern = WeeklyPattern(
        location=location,
        weekday=weekday,
        opens=hours.opens,
        closes=hours.closes,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    pause = hours.lunch or (None, None)
    if hours.lunch and not hours.opens <= hours.lunch[0] < hours.lunch[1] <= hours.closes:
        raise PatternNotUsable(_("A break lies within its shift."))
    try:
        with transaction.atomic():
            pattern.full_clean()
            pattern.save()
            PatternShift.objects.bulk_create(
                PatternShift(
                    pattern=pattern,
                    resource=one,
                    starts=hours.opens,
                    ends=hours.closes,
                    break_starts=pause[0],
                    break_ends=pause[1],
                )
                for one in people
            )
    except ValidationError as error:
        raise PatternNotUsable(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise PatternNotUsable(_("The location has a pattern for that weekday at that time.")) from error
    return pattern


@transaction.atomic
def remove_pattern(*, pattern: WeeklyPattern, by: User, at: datetime) -> None:
    """Remove the pattern; days that it has opened stay open. Raises NotForYourRole or SiteNotYours."""
    require_coordinator(by, pattern.location.site)
    pattern.delete()
