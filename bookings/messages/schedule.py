"""When reminders fall, by the clock on Stockholm's walls, and the hours in which none is sent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from agencies.clock import at_wall_clock, local

QUIET_FROM, QUIET_TO = time(20), time(6, 30)
# So soon after the summons or a change nobody needs to be reminded of it.
FRESH = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """So many days before the day, at that time on the wall; or not at all."""

    days_before: int
    at: time
    is_on: bool = True


# By the kinds of ReminderTime.
EVERYWHERE: Mapping[str, ReminderRule] = {
    "week": ReminderRule(7, time(10)),
    "day": ReminderRule(1, time(10)),
    "morning": ReminderRule(0, time(7)),
}


def reminders(
    rules: Mapping[str, ReminderRule], *, arrive_at: datetime, at: datetime
) -> Iterator[tuple[str, datetime]]:
    """The kinds of reminders that are still to come, and when each is due; none when the family should be there."""
    for kind, rule in rules.items():
        due_at = due_of(rule, day=local(arrive_at).date())
        if rule.is_on and at + FRESH < due_at < arrive_at:
            yield kind, due_at


def due_of(rule: ReminderRule, *, day: date) -> datetime:
    """When the rule reminds of that day."""
    return after_quiet(at_wall_clock(day - timedelta(days=rule.days_before), rule.at))


def after_quiet(moment: datetime) -> datetime:
    """The moment, or in the quiet hours their end."""
    wall = local(moment)
    if wall.time() >= QUIET_FROM:
        return at_wall_clock(wall.date() + timedelta(days=1), QUIET_TO)
    return at_wall_clock(wall.date(), QUIET_TO) if wall.time() < QUIET_TO else moment


def in_order(rules: Iterable[tuple[str, ReminderRule]]) -> dict[str, ReminderRule]:
    """The rules of everywhere, with those of a site in their place."""
    return {**EVERYWHERE, **dict(rules)}
