"""Which other days have time for what is booked against a shift."""

from datetime import time, timedelta

import pytest

from agencies.models import Shift
from agencies.rosters.change import change_shift, remove_shift
from agencies.rosters.held import ShiftIsBooked
from agencies.rosters.other_days import left_of
from agencies.rosters.shifts import Duty, add_shifts, open_day
from tests.agencies.rosters.conftest import TUESDAY, desk_of
from tests.factories.agencies import UserFactory, main_place
from tests.moment import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def on_shift(norrkoping, user, day, *, starts=None, ends=None, lunch=None) -> Shift:
    found = open_day(location=main_place(norrkoping), day=day)
    return add_shifts(site_day=found, duties=[Duty(desk_of(user), starts, ends, lunch)])[0]


def test_the_next_three_days_with_room_are_told_and_no_others(norrkoping, shift, worker, said, hold):
    hold(shift.resource_id, shift.starts_at)
    full = on_shift(norrkoping, worker, TUESDAY + DAY, starts=time(9), ends=time(10))
    hold(full.resource_id, full.starts_at)
    on_shift(
        norrkoping,
        worker,
        TUESDAY + 2 * DAY,
        starts=time(9),
        ends=time(10, 30),
        lunch=(time(9, 30), time(10)),
    )
    on_shift(norrkoping, UserFactory(agency="AF"), TUESDAY + 3 * DAY)
    colleague = UserFactory(agency="FK")
    good = [TUESDAY - DAY, *(TUESDAY + n * DAY for n in (6, 7, 8))]
    for day in good:
        on_shift(norrkoping, colleague, day)
    with pytest.raises(ShiftIsBooked) as refused:
        remove_shift(shift=shift, **said)
    assert refused.value.other_days == good[:3]
    with pytest.raises(ShiftIsBooked) as refused:
        change_shift(shift=shift, duty=Duty(shift.resource, time(10)), **said)
    assert refused.value.other_days == good[:3]


def test_what_is_past_merged_or_called_off_is_not_offered(norrkoping, shift, worker, said, hold):
    hold(shift.resource_id, shift.starts_at)
    gone: list[dict[str, object]] = [{"merges_into": TUESDAY}, {"closed_at": NOW}]
    for n, changes in enumerate(gone, start=1):
        other = on_shift(norrkoping, worker, TUESDAY + n * DAY)
        type(other.site_day).objects.filter(pk=other.site_day_id).update(**changes)
    on_shift(norrkoping, worker, NOW.date())
    with pytest.raises(ShiftIsBooked) as refused:
        remove_shift(shift=shift, **said)
    assert refused.value.other_days == []


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(10, 20)]),
        ([(10, 20)], []),
        ([(0, 30)], []),
        ([(0, 10), (20, 30)], [(10, 20)]),
        ([(15, 25), (5, 12)], [(12, 15)]),
        ([(12, 14), (13, 16)], [(10, 12), (16, 20)]),
    ],
)
def test_what_is_left_of_a_span(taken, left):
    assert left_of((10, 20), taken) == left
