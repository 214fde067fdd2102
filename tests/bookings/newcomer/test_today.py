"""How the day stands at a moment: what is over, now and next, and how late it is."""

from dataclasses import replace
from datetime import timedelta

from bookings.newcomer.today import GRACE, HeldToday, Today, today_of
from tests.bookings.summons.samples import sample_page

PAGE = sample_page("sv", "sv", 4)


def today(*attendances: str, minutes: int = 0, stop: int = 0) -> Today:
    """The page's day with what is recorded, so many minutes after that stop's beginning."""
    record = zip(PAGE.stops, attendances, strict=False)
    held = {(each.code, each.starts_at): HeldToday(attendance) for each, attendance in record}
    return today_of(PAGE.stops, held, at=PAGE.stops[stop].starts_at + timedelta(minutes=minutes))


def test_before_anybody_has_come_the_first_meeting_is_next():
    day = today(minutes=-10)
    assert (day.now, day.next, len(day.then), day.over) == (None, day.stops[0], 3, ())
    assert (day.late, day.has_come, day.is_awaited) == (0, False, False)


def test_what_has_begun_is_now_and_what_is_done_is_over():
    day = today("done", "began", stop=1, minutes=2)
    assert day.over == day.stops[:1]
    assert day.now == day.stops[1]
    assert day.next == day.stops[2]
    assert day.then == day.stops[3:]


def test_a_family_that_waits_is_told_how_late_it_is():
    assert today("done", "arrived", stop=1, minutes=4).late == 0
    assert today("done", "arrived", stop=1, minutes=15).late == 15
    assert today("done", "began", stop=2, minutes=7).late == 7


def test_a_family_that_has_not_come_is_not_told_that_the_office_is_late():
    day = today(minutes=20)
    assert (day.late, day.is_awaited) == (0, True)


def test_nothing_is_next_when_all_is_over():
    day = today("done", "done", "no_show", "left", stop=3, minutes=50)
    assert (day.now, day.next, day.then, day.late) == (None, None, (), 0)


def at_a_distance(stop: int, *attendances: str, minutes: int) -> Today:
    """The same day with that stop by telephone."""
    stops = [replace(each, form="telephone" if at == stop else "") for at, each in enumerate(PAGE.stops)]
    record = {
        (each.code, each.starts_at): HeldToday(said) for each, said in zip(stops, attendances, strict=False)
    }
    return today_of(stops, record, at=stops[stop].starts_at + timedelta(minutes=minutes))


def test_who_waits_for_a_call_at_home_is_told_how_late_it_is_and_is_not_awaited_at_the_place():
    day = at_a_distance(0, minutes=20)
    assert (day.late, day.is_awaited) == (20, False)


def test_who_should_have_come_after_a_call_is_awaited_for_the_first_meeting_at_the_place():
    day = today_of(
        [replace(PAGE.stops[0], form="telephone"), *PAGE.stops[1:]], {}, at=PAGE.stops[1].starts_at + GRACE
    )
    assert day.is_awaited
