"""Numbers of series, and a goal."""

from datetime import date

from django.utils import timezone

from agencies.models import Site, User
from motesplats.followup.goals.set_goal import Target, set_goal
from motesplats.followup.goals.set_values import NewValue, set_values
from motesplats.models import Goal, Series


def permits() -> Series:
    return Series.objects.get(code="permits")


def say(
    value: int,
    by: User,
    *,
    year: int = 2026,
    month: int | None = None,
    site: Site | None = None,
    ca: bool = False,
) -> int:
    """Write how many permits there were."""
    new = NewValue(permits(), year, month, value, "Migrationsverket", ca, site)
    return set_values(values=[new], by=by, at=timezone.now())


def half_of_the_permits(by: User, *, valid_from: date = date(2016, 7, 28), site: Site | None = None) -> Goal:
    """The mission's goal."""
    return set_goal(
        site=site,
        target=Target(percent=50, series=permits()),
        valid_from=valid_from,
        why="It replaced 45 000 persons",
        decided_by="The steering group",
        by=by,
        at=timezone.now(),
    )
