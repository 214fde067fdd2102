"""What is booked against shifts; the app that books registers who answers, and is known here by nothing else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agencies.dates import full_date
from agencies.refusals import Refusal

Period = tuple[datetime, datetime]  # half-open
FAR = timedelta(days=3650)  # nothing is booked so far ahead


@dataclass(frozen=True, slots=True)
class Held:
    """A time for which a meeting holds a resource."""

    resource: int
    starts_at: datetime
    ends_at: datetime


# Both are asked for resources and a period: what touches it is held of them; what the meetings that begin in it are
# called to the viewer.
Answer = Callable[[Sequence[int], Period], list[Held]]
Names = Callable[[Sequence[int], Period], list[str]]
_registered: list[tuple[Answer, Names]] = []


def register(held: Answer, names: Names) -> None:
    """Let these two answer."""
    _registered[:] = [(held, names)]


def held_of(resources: Iterable[int], period: Period) -> list[Held]:
    """What meetings hold of the resources in the period."""
    keys = list(set(resources))
    return [one for held, _names in _registered for one in held(keys, period)] if keys else []


def held_from(resources: Iterable[int], period: Period) -> list[Held]:
    """What of it begins in the period."""
    return [one for one in held_of(resources, period) if one.starts_at >= period[0]]


class Booked(Refusal):
    """Meetings hang on what was to go: how many, and in `chains` what the viewer may call them.

    `other_days`: on which they could be met instead; None where nobody has looked.
    """

    status = 409

    def __init__(self, held: Sequence[Held], *, other_days: Sequence[date] | None = None) -> None:
        keys = list({one.resource for one in held})
        period = min(one.starts_at for one in held), max(one.ends_at for one in held)
        self.chains = sorted({name for _held, names in _registered for name in names(keys, period)})
        self.other_days = other_days
        super().__init__(" ".join(filter(None, (self.sentence(len(held)), self._offer()))))

    def sentence(self, number: int) -> str:
        words = {"number": number, "chains": ", ".join(self.chains) or "–"}
        return (
            ngettext(
                "%(number)s meeting is booked then: %(chains)s. Move it first.",
                "%(number)s meetings are booked then: %(chains)s. Move them first.",
                number,
            )
            % words
        )

    def _offer(self) -> str:
        if self.other_days is None:
            return ""
        if not self.other_days:
            return _("No other open day of the next weeks has free time for that.")
        language = get_language() or "sv"
        days = "; ".join(full_date(day, language) for day in self.other_days)
        return _("There is free time for that: %(days)s.") % {"days": days}


class ShiftIsBooked(Booked):
    kind = "shift-is-booked"


class DayIsBooked(Booked):
    kind = "day-is-booked"


def left_outside(
    held: Iterable[Held], *, hours: Sequence[Period], breaks: Sequence[Period] = ()
) -> list[Held]:
    """What does not lie within the hours, or touches a break; hours that meet count as one."""
    whole = merged(hours)
    return [
        one
        for one in held
        if not any(starts <= one.starts_at and one.ends_at <= ends for starts, ends in whole)
        or any(one.starts_at < ends and starts < one.ends_at for starts, ends in breaks)
    ]


def merged(hours: Iterable[Period]) -> list[Period]:
    """The hours in order, those that meet or overlap as one."""
    found: list[Period] = []
    for starts, ends in sorted(hours):
        if found and starts <= found[-1][1]:
            found[-1] = found[-1][0], max(ends, found[-1][1])
        else:
            found.append((starts, ends))
    return found
