"""Import a roster from a file: all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.models import Break, Role, Shift, User
from agencies.rosters.held import Period, held_of, left_outside
from agencies.rosters.import_file import read_rows
from agencies.rosters.locks import lock_resources
from agencies.rosters.people import Wanted, read_directory
from agencies.rosters.shifts import in_one_place, require_open_days
from agencies.web.csv_rows import RowError
from agencies.web.roles import require_role
from agencies.web.whole_file import FileNotUsable

# One statement, so that it takes as long for a thousand shifts as for ten.
CHANGE = """
    UPDATE agencies_shift shift SET starts_at = new.starts_at, ends_at = new.ends_at, remote = new.remote,
      state = CASE WHEN %(state)s = 'approved' OR shift.state = 'released' THEN %(state)s ELSE shift.state END,
      standby_until = CASE WHEN shift.state = 'released' THEN NULL ELSE shift.standby_until END
    FROM unnest(%(ids)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[], %(remote)s::boolean[])
      AS new (id, starts_at, ends_at, remote)
    WHERE shift.id = new.id
"""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What the rows ask for: new shifts, and others hours of those that are there; `same`: rows that are there."""

    created: list[Wanted]
    changed: list[tuple[Shift, Wanted]]
    errors: list[RowError]
    same: list[Wanted]


@transaction.atomic
def import_roster(*, content: bytes, by: User, at: datetime, dry_run: bool = False) -> tuple[int, int]:
    """Put on shift whom the file names, or give them its hours; gives how many shifts were created and changed.

    A row that is there already changes nothing, and nobody's shift is removed. A manager's new shifts are drafts; a
    coordinator's file approves each shift that it names, so that a draft counts as changed by it.
    With `dry_run` nothing is saved. Raises FileNotUsable, NotForYourRole, ShiftNotAdded.
    """
    wanted, errors = _read(content, by=by)
    if not dry_run:
        lock_resources([one.resource for one in wanted], days=[one.site_day.pk for one in wanted])
    plan = _usable(wanted, errors, by=by)
    if not dry_run:
        _write(plan, by=by)
    return len(plan.created), len(plan.changed)


def preview_roster(*, content: bytes, by: User) -> ImportPlan:
    """What would come of an import now. Raises FileNotUsable or NotForYourRole."""
    return _usable(*_read(content, by=by), by=by)


def _read(content: bytes, *, by: User) -> tuple[list[Wanted], list[RowError]]:
    """The rows with what they name, and what is wrong with the others."""
    require_role(
        by,
        Role.COORDINATOR,
        Role.MANAGER,
        message=_("Coordinators and managers edit rosters, you read them."),
    )
    rows, errors = read_rows(content)
    directory = read_directory(rows, by=by)
    wanted = []
    for row in rows:
        found = directory.wanted(row)
        if isinstance(found, Wanted):
            wanted.append(found)
        else:
            errors += found
    return wanted, errors


def _usable(wanted: Sequence[Wanted], errors: Sequence[RowError], *, by: User) -> ImportPlan:
    plan = _plan(wanted, state=_state_by(by))
    if errors := [*errors, *plan.errors]:
        raise FileNotUsable(errors)
    return plan


def _state_by(by: User) -> Shift.State:
    """Of the shifts that this user's file names."""
    return Shift.State.DRAFT if by.role == Role.MANAGER else Shift.State.APPROVED


def _plan(wanted: Sequence[Wanted], *, state: Shift.State) -> ImportPlan:
    """Match the rows with the shifts that are there; `state` is what the file makes of drafts."""
    there = _shifts_there(wanted)
    grouped = defaultdict(list)
    for one in wanted:
        grouped[one.resource, one.site_day.pk].append(one)
    plan, kept = ImportPlan([], [], [], []), []
    for key, rows in grouped.items():
        kept += _match(rows, there.pop(key, []), plan, state=state)
    rest = [*kept, *(shift for shifts in there.values() for shift in shifts)]
    plan.errors.extend(_overlaps(plan, rest))
    plan.errors.extend(_uncovered(plan, rest))
    return plan


def _shifts_there(wanted: Sequence[Wanted]) -> dict[tuple[int, int], list[Shift]]:
    """The shifts of the file's people on its dates, also at other places, by person and day; two queries."""
    found: dict[tuple[int, int], list[Shift]] = defaultdict(list)
    shifts = Shift.objects.filter(
        resource__in={one.resource for one in wanted}, site_day__date__in={one.row.day for one in wanted}
    )
    for shift in shifts.prefetch_related("breaks").order_by("starts_at", "pk"):
        found[shift.resource_id, shift.site_day_id].append(shift)
    return found


def _match(rows: list[Wanted], shifts: list[Shift], plan: ImportPlan, *, state: Shift.State) -> list[Shift]:
    """Of one person on one day: what is the same stays, then each further row changes a shift or is a new one.

    Gives the shifts that stay as they are.
    """
    left, new, kept = list(shifts), [], []
    for row in rows:
        same = next((shift for shift in left if _is_same(shift, row, state)), None)
        if same:
            left.remove(same)
            kept.append(same)
            plan.same.append(row)
        else:
            new.append(row)
    new.sort(key=lambda row: row.hours)
    plan.changed.extend(zip(left, new, strict=False))
    plan.created.extend(new[len(left) :])
    return [*kept, *left[len(new) :]]


def _is_same(shift: Shift, row: Wanted, state: Shift.State) -> bool:
    if shift.state == Shift.State.DRAFT != state:
        return False
    breaks = tuple((one.starts_at, one.ends_at) for one in shift.breaks.all())[:1]
    return (
        (shift.starts_at, shift.ends_at) == row.hours
        and breaks == row.breaks
        and shift.remote == row.row.remote
    )


def _overlaps(plan: ImportPlan, rest: Iterable[Shift]) -> Iterator[RowError]:
    """The rows in which somebody would be in two places at a time."""
    times: dict[int, list[tuple[datetime, datetime, Wanted | None]]] = defaultdict(list)
    for shift in rest:
        times[shift.resource_id].append((shift.starts_at, shift.ends_at, None))
    for row in (*plan.created, *(row for _shift, row in plan.changed)):
        times[row.resource].append((*row.hours, row))
    for spans in times.values():
        spans.sort(key=lambda span: (span[0], span[1], span[2] is not None))
        until = spans[0][0]
        last: Wanted | None = None
        for starts, ends, wanted in spans:
            if starts < until and (found := wanted or last):
                yield found.error("starts", _("This person already works at that time."))
            if ends > until:
                until, last = ends, wanted


def _uncovered(plan: ImportPlan, rest: Iterable[Shift]) -> Iterator[RowError]:
    """The rows whose hours leave out what is booked; one query."""
    changed = plan.changed
    if not changed:
        return
    hours: dict[int, list[Period]] = defaultdict(list)
    for shift in rest:
        if shift.state == Shift.State.APPROVED:
            hours[shift.resource_id].append((shift.starts_at, shift.ends_at))
    for row in (*plan.created, *(row for _shift, row in changed)):
        hours[row.resource].append(row.hours)
    period = min(shift.starts_at for shift, _row in changed), max(shift.ends_at for shift, _row in changed)
    held = defaultdict(list)
    for one in held_of((shift.resource_id for shift, _row in changed), period):
        held[one.resource].append(one)
    for shift, row in changed:
        touching = [
            one
            for one in held[shift.resource_id]
            if one.starts_at < shift.ends_at and shift.starts_at < one.ends_at
        ]
        if outside := left_outside(touching, hours=hours[shift.resource_id], breaks=row.breaks):
            words = {"number": len(outside)}
            yield row.error("starts", _("Meetings are booked outside these hours: %(number)s.") % words)


def _write(plan: ImportPlan, *, by: User) -> None:
    state = _state_by(by)
    new = [
        Shift(
            site_day=row.site_day,
            resource_id=row.resource,
            starts_at=row.hours[0],
            ends_at=row.hours[1],
            remote=row.row.remote,
            state=state,
        )
        for row in plan.created
    ]
    keys = [shift.pk for shift, _row in plan.changed]
    require_open_days({row.site_day.pk for row in plan.created})
    with in_one_place():
        _change(plan.changed, state)
        Shift.objects.bulk_create(new)
    Break.objects.filter(shift__in=keys).delete()
    rows = [*zip(new, plan.created, strict=True), *plan.changed]
    Break.objects.bulk_create(
        Break(shift=shift, starts_at=starts_at, ends_at=ends_at)
        for shift, row in rows
        for starts_at, ends_at in row.breaks
    )


def _change(changed: Sequence[tuple[Shift, Wanted]], state: Shift.State) -> None:
    values: dict[str, Any] = {
        "state": state,
        "ids": [shift.pk for shift, _row in changed],
        "starts": [row.hours[0] for _shift, row in changed],
        "ends": [row.hours[1] for _shift, row in changed],
        "remote": [row.row.remote for _shift, row in changed],
    }
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(CHANGE, values)
