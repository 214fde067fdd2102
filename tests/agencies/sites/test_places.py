"""Places are added, paused and closed, rooms renamed and closed; nobody is summoned to a closed door."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from agencies.models import Location, LocationChange, Shift, SiteDay
from agencies.rosters.queries import room_hours
from agencies.rosters.shifts import DayNotOpened, Duty, add_shifts, open_day
from agencies.sites.ahead import SiteIsBooked
from agencies.sites.places import RoomIsBooked, change_location, change_room
from agencies.sites.rooms import add_room
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ResourceFactory,
    SiteDayFactory,
    main_place,
    the_site,
)

pytestmark = pytest.mark.django_db
PAGE = "/sites/norrkoping/"


def close(place: Location, by) -> None:
    change_location(
        location=place, values={"state": "closed"}, seen=the_site().version, by=by, at=timezone.now()
    )


def test_a_branch_and_a_room_are_added_and_their_changes_are_history():
    coordinator = CoordinatorFactory()
    browser = browser_of(coordinator)
    typed = inputs(browser, f"{PAGE}new-place/") | {"name": "Finspång", "kind": "branch"}
    del typed["checks_identity"]
    assert browser.post(f"{PAGE}new-place/", typed)["Location"] == PAGE
    branch = Location.objects.get(name="Finspång")
    assert not branch.checks_identity
    second_main = browser.post(f"{PAGE}new-place/", typed | {"kind": "main", "version": the_site().version})
    assert second_main.status_code == 422
    rooms = f"{PAGE}places/{branch.pk}/rooms/"
    room = {"name": "Eken", "step_free": "on", "equipment": ["screen", "loop"], "version": the_site().version}
    assert browser.post(rooms, room)["Location"] == PAGE
    assert browser.post(rooms, room | {"version": the_site().version}).status_code == 422
    assert branch.rooms.get(resource__kind="room").equipment == ["screen", "loop"]
    page = words_of(browser.get(PAGE))
    assert all(word in page for word in ("Finspång", "Eken", "hearing loop", "identity is not checked there"))
    assert LocationChange.objects.filter(pgh_obj=branch, by=coordinator).count() == 2


def test_a_room_is_renamed_and_closed_and_no_meeting_is_planned_in_it(hold):
    coordinator = CoordinatorFactory()
    browser = browser_of(coordinator)
    day = SiteDayFactory()
    room = add_room(location=day.location, name="Eken")
    address = f"{PAGE}rooms/{room.pk}/"
    typed = inputs(browser, address) | {"name": "Björken"}
    assert browser.post(address, typed)["Location"] == PAGE
    assert browser.post(address, typed | {"closed": "on"}).status_code == 409
    room.refresh_from_db()
    assert (room.name, room.closed_at) == ("Björken", None)
    assert [one.holder for one in room_hours([day])] == [room.pk]
    assert browser.post(address, inputs(browser, address) | {"closed": "on"})["Location"] == PAGE
    assert room_hours([day]) == []
    assert browser.post(address, inputs(browser, address) | {"closed": ""})["Location"] == PAGE
    hold(room.resource_id, timezone.now())
    with pytest.raises(RoomIsBooked) as refused:
        change_room(
            room=room,
            name="Björken",
            step_free=True,
            equipment=[],
            closed=True,
            seen=the_site().version,
            by=coordinator,
            at=timezone.now(),
        )
    assert refused.value.meetings == 1


def test_a_closed_or_paused_place_opens_no_new_day():
    coordinator = CoordinatorFactory()
    place = main_place(the_site())
    for state in ("paused", "closed"):
        change_location(
            location=place,
            values={"state": state},
            seen=the_site().version,
            by=coordinator,
            at=timezone.now(),
        )
        place.refresh_from_db()
        with pytest.raises(DayNotOpened):
            open_day(location=place, day=timezone.localdate() + timedelta(days=30))
    assert not SiteDay.objects.exists()


def test_a_place_with_days_ahead_is_not_closed_and_says_how_much_is_booked(hold):
    coordinator = CoordinatorFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)
    day = SiteDayFactory(date=tomorrow)
    [shift] = add_shifts(site_day=day, duties=[Duty(ResourceFactory())])
    hold(shift.resource_id, shift.starts_at)
    hold(shift.resource_id, datetime.combine(tomorrow + timedelta(days=5), time(9), UTC))
    with pytest.raises(SiteIsBooked) as refused:
        close(day.location, coordinator)
    assert (refused.value.days, refused.value.meetings) == (1, 1)
    Shift.objects.all().delete()
    SiteDay.objects.update(closed_at=timezone.now())
    close(day.location, coordinator)
    assert Location.objects.get(pk=day.location_id).state == "closed"


def state_of_directions() -> str:
    """Of the main place's directions in Tigrinya."""
    return Location.objects.values_list("directions_state_ti", flat=True).get(pk=main_place(the_site()).pk)


def test_checked_directions_that_change_are_a_draft_again():
    browser = browser_of(CoordinatorFactory())
    address = f"{PAGE}places/{main_place(the_site()).pk}/"
    typed = inputs(browser, address) | {"directions_ti": "ኣውቶቡስ 4", "directions_state_ti": "checked"}
    assert browser.post(address, typed)["Location"] == PAGE
    assert state_of_directions() == "checked"
    assert browser.post(address, inputs(browser, address))["Location"] == PAGE
    assert state_of_directions() == "checked"
    again = inputs(browser, address) | {"directions_ti": "ኣውቶቡስ 5"}
    assert browser.post(address, again)["Location"] == PAGE
    assert state_of_directions() == "draft"
    empty = inputs(browser, address) | {"directions_ti": "", "directions_state_ti": "checked"}
    assert browser.post(address, empty)["Location"] == PAGE
    assert state_of_directions() == "draft"
