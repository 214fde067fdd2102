"""Who could take over what is booked against an absent person's shift: one colleague all of it, or several a part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agencies.models import Shift
from agencies.rosters.held import Held
from bookings.chains.share_out import shares
from bookings.week.picture import ShiftBlock
from bookings.week.queries import Week, Worker


@dataclass(frozen=True, slots=True)
class Rescue:
    """`colleagues` (at most three) can each take all; else `parts` says who takes how many, `left` what nobody can."""

    colleagues: tuple[Worker, ...]
    parts: tuple[tuple[Worker, int], ...] = ()
    left: tuple[Held, ...] = ()

    @property
    def number(self) -> int:
        """How many can be shared out."""
        return sum(number for _worker, number in self.parts)


def rescue(week: Week, block: ShiftBlock, *, at: datetime) -> Rescue:
    """What the page offers for the shift; interpreters' meetings are not shared out: a party keeps one interpreter."""
    shift = block.shift
    worker = next(one for one in week.workers if one.resource == shift.resource_id)
    alike = [one for one in week.workers if (one.code, one.title) == (worker.code, worker.title)]
    others = [one for one in alike if one != worker and not one.has_left]
    missed = week.missed_within(shift, has_left=worker.has_left)
    all_at_once = week.held_within(shift) if worker.is_interpreter else missed
    ahead = [one for one in all_at_once if one.starts_at >= at]
    colleagues = tuple(one for one in others if _can_cover(week, one, shift, ahead))[:3]
    if colleagues or worker.is_interpreter:
        return Rescue(colleagues)
    there = {one.resource_id for one in week.shifts if one.site_day_id == shift.site_day_id}
    on_shift = [one for one in others if one.resource in there]
    able = {one: [each for each in ahead if _can_cover(week, one, shift, [each])] for one in on_shift}
    taken = shares(able)
    left = tuple(one for one in ahead if not any(one in part for part in taken.values()))
    return Rescue((), tuple((one, len(part)) for one, part in taken.items()), left)


def _can_cover(week: Week, colleague: Worker, shift: Shift, held: Sequence[Held]) -> bool:
    taken = [(one.starts_at, one.ends_at) for one in week.held.get(colleague.resource, ())]
    gone = [(one.starts_at, one.ends_at) for one in week.absences if one.resource_id == colleague.resource]
    if any(one.starts_at < ends and starts < one.ends_at for one in held for starts, ends in (*taken, *gone)):
        return False
    own = [
        one
        for one in week.shifts
        if one.resource_id == colleague.resource
        and one.starts_at < shift.ends_at
        and one.ends_at > shift.starts_at
    ]
    if not own:
        return True
    there = own[0]
    if len(own) > 1 or there.site_day_id != shift.site_day_id or there.state != Shift.State.APPROVED:
        return False
    pauses = [(pause.starts_at, pause.ends_at) for pause in week.breaks_in(there)]
    return all(
        there.starts_at <= one.starts_at
        and one.ends_at <= there.ends_at
        and not any(one.starts_at < ends and starts < one.ends_at for starts, ends in pauses)
        for one in held
    )
