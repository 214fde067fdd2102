"""What the week's pages have in common: whose week of which place is looked at, and its addresses."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from agencies.clock import local
from agencies.dates import clock
from agencies.models import Location, Role, User
from bookings.board.queries import locations_of
from bookings.capacity.queries import thin_around
from bookings.interpreting.alarms import Alarm, alarms
from bookings.week.forms import AbsenceForm, CopyForm, DutyForm, OpenDayForm, OpenWeeksForm, typed_of
from bookings.week.picture import WeekPicture, offers, picture_of
from bookings.week.queries import Week, Worker, load_week
from interpreters.orders.queries import ALARM

EDITORS = (Role.COORDINATOR, Role.MANAGER)


def address(location: Location, monday: date, *, name: str = "roster", **query: str) -> str:
    """The address of a page of the week; a location is named where it is not the main place."""
    if location.kind != Location.Kind.MAIN:
        query = {"location": location.name} | query
    path = reverse(f"bookings:{name}", args=[location.site.code, monday])
    return f"{path}?{urlencode(query)}" if query else path


def week_context(location: Location, monday: date, *, viewer: User, at: datetime) -> dict[str, Any]:
    """What the page shows before anything is opened on it."""
    week = load_week(location, monday, viewer=viewer)
    picture = picture_of(week)
    base = address(location, monday)
    last = max(week.open_days, default=monday)
    return {
        "week": week,
        "location": location,
        "site": location.site,
        "picture": picture,
        "places": locations_of(location.site),
        "sites": viewer.sites.order_by("order", "code"),
        "opens": base + ("&" if "?" in base else "?"),
        "edits": viewer.role in EDITORS,
        "coordinates": viewer.role == Role.COORDINATOR,
        "thin": thin_around(location, monday, today=local(at).date())
        if viewer.role == Role.COORDINATOR
        else {},
        "hours_per_person": location.site.thin_hours,
        "tells_why": viewer.role in EDITORS,
        "without_interpreter": _without_interpreter(week, at) if viewer.role == Role.COORDINATOR else [],
        "trouble": {block.shift.pk: offers(week, block) for _worker, block in picture.trouble},
        "weeks_form": OpenWeeksForm(auto_id="weeks-%s"),
        "day_form": OpenDayForm(auto_id="day-%s"),
        "copy_form": CopyForm(monday=monday, auto_id="copy-%s"),
        "shown_day": _shown(week, last),
    }


def _without_interpreter(week: Week, at: datetime) -> list[Alarm]:
    """Of this place and week; no query unless one of its days is that near."""
    near = {day.pk for day in week.open_days.values() if day.closes_at > at and day.opens_at <= at + ALARM}
    return (
        [alarm for alarm in alarms([week.location.site], at=at) if alarm.site_day.pk in near] if near else []
    )


def _shown(week: Week, last: date) -> date:
    """The one day that a narrow screen shows first."""
    return min(week.open_days, default=last)


def edit_context(week: Week, worker: Worker, day: date, picture: WeekPicture) -> dict[str, Any]:
    """The forms of a person's day."""
    cells = (cell for group in picture.groups for row in group.rows for cell in row.cells)
    cell = next((one for one in cells if one.worker == worker and one.date == day), None)
    if cell is None or cell.site_day is None:
        return {}
    forms = [
        (block, DutyForm(initial=typed_of(block.shift), auto_id=f"s{block.shift.pk}-%s"))
        for block in cell.blocks
    ]
    return {
        "cell": cell,
        "shift_forms": forms,
        "new_form": None if forms else DutyForm(initial=_day_hours(week, day), auto_id="new-%s"),
        "absence_form": AbsenceForm(auto_id="away-%s"),
        "shown_day": day,
    }


def _day_hours(week: Week, day: date) -> dict[str, str]:
    site_day = week.open_days[day]
    return {"starts": clock(site_day.opens_at), "ends": clock(site_day.closes_at)}
