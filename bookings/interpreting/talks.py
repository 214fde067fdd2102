"""Times for which somebody interprets: a meeting, those of several agencies at once, or group information."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from agencies.models import Agency, SiteDay
from bookings.models import Chain, GroupMeeting, InterpretedMeeting
from interpreters.models import Interpreter


@dataclass(frozen=True, slots=True)
class Talk:
    """A time with one interpreter; `meetings` and `chains` are keys, a group's are of those who come to it.

    `order_id`: the order that serves it from outside. `is_outside`: nobody of the pool interprets it; else without an
    `interpreter` there is one who is not told of, since the identity is protected.
    """

    site_day_id: int
    starts_at: datetime
    ends_at: datetime
    language: str
    agencies: tuple[Agency, ...]
    meetings: tuple[int, ...]
    chains: tuple[int, ...]
    interpreter: Interpreter | None
    order_id: int | None
    is_outside: bool
    is_waiting: bool  # for one from outside, whom nobody has confirmed
    group: GroupMeeting | None = None

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


def talks_on(site_days: Sequence[SiteDay]) -> list[Talk]:
    """What is interpreted on the days, by time; two queries."""
    met = InterpretedMeeting.objects.filter(site_day__in=site_days).select_related("agency", "interpreter")
    groups = GroupMeeting.objects.filter(site_day__in=site_days, state=GroupMeeting.State.OPEN)
    told = [one for one in groups.select_related("agency", "interpreter") if one.is_interpreted]
    rows = list(met)
    alone = [one for one in rows if one.group_id is None]
    found = [*_of_meetings(alone), *(_of_group(one, rows) for one in told)]
    return sorted(found, key=lambda talk: talk.starts_at)


def _of_meetings(rows: Iterable[InterpretedMeeting]) -> Iterator[Talk]:
    """One for all that are held at once."""
    together: dict[int, list[InterpretedMeeting]] = {}
    for row in rows:
        together.setdefault(row.together_with_id or row.pk, []).append(row)
    for host, held in together.items():
        first = next((row for row in held if row.pk == host), held[0])
        yield Talk(
            first.site_day_id,
            first.starts_at,
            first.ends_at,
            first.language,
            (first.agency, *(row.agency for row in held if row != first)),
            tuple(row.pk for row in held),
            (first.chain_id,),
            first.interpreter,
            first.order_id if first.outside_interpreter else None,
            bool(first.outside_interpreter),
            first.outside_interpreter == Chain.Outside.ORDERED,
        )


def _of_group(group: GroupMeeting, rows: Iterable[InterpretedMeeting]) -> Talk:
    own = [row for row in rows if row.group_id == group.pk]
    is_outside = group.interpreter is None
    return Talk(
        group.site_day_id,
        group.starts_at,
        group.ends_at,
        group.language,
        (group.agency,),
        tuple(row.pk for row in own),
        tuple(row.chain_id for row in own),
        group.interpreter,
        group.order_id,
        is_outside,
        is_outside,
        group,
    )
