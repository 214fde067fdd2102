"""The week's page, what is edited on it, and what is done with its days."""

import re
from datetime import timedelta

import pytest

from agencies.dates import clock
from agencies.models import Absence, Location, Shift, SiteDay
from agencies.rosters.shifts import Duty, add_shifts
from agencies.staff.manage import close_staff
from agencies.web.workbook import rows_of_workbook
from bookings.models import Meeting
from tests.agencies.rosters.conftest import desk_of
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    LocationFactory,
    ManagerFactory,
    UserFactory,
    main_place,
    the_site,
)
from tests.factories.bookings import ChainFactory, ClaimFactory, MeetingFactory, PartyFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
WEEK = "/roster/norrkoping/2026-W50/"
BEFORE = "/roster/norrkoping/2026-W48/"
DAY = "2026-12-08"
HOURS = {"starts": "08:30", "ends": "16:00"}


@pytest.fixture
def desk(coordinator):
    return browser_of(coordinator)


def press(browser, act, person, *, shift=None, day=DAY, **typed):
    named = {"act": act, "person": person.username, "day": day}
    if shift:
        named["shift"] = shift.pk
    return browser.post(f"{WEEK}person/", named | typed, follow=True)


def on_days(browser, act, *, week=WEEK, **typed):
    return browser.post(f"{week}days/", {"act": act} | typed, follow=True)


def test_the_week_shows_who_is_on_shift_with_hours_and_number_of_meetings(chain, worker, desk):
    page = words_of(desk.get(WEEK))
    assert "week 50" in page
    assert f"08:30–16:00 , Tue 8 Dec, {worker}, 1 1 meeting" in page
    assert "FK" in page
    assert "%" in page


def test_the_roster_begins_with_this_week_at_the_first_site(coordinator, desk):
    assert desk.get("/roster/").headers["Location"] == "/roster/norrkoping/2026-W48/"


@pytest.mark.parametrize(
    "address", ["9999-W52/", "0001-W01/", "2026-W54/", "2026-W00/", "2026-50/", "2026-W50/?location=Nowhere"]
)
def test_a_week_or_a_place_that_is_none_is_not_there(desk, address):
    assert desk.get(f"/roster/norrkoping/{address}").status_code == 404


def test_a_cell_opens_the_form_of_its_shift(booked, worker, desk):
    page = desk.get(f"{WEEK}?person={worker.username}&day={DAY}").text
    assert 'id="edit"' in page
    assert 'value="08:30"' in page
    assert "Save the shift" in page


def test_a_shift_is_changed_on_the_page(booked, worker, desk):
    answer = press(desk, "save", worker, shift=booked, **HOURS, desk="7", travel_minutes="30")
    assert "The shift is saved." in words_of(answer)
    booked.refresh_from_db()
    assert (booked.desk, booked.travel_minutes) == ("7", 30)


def seen_in(page) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page.text)
    assert found
    return found[1]


def test_what_two_coordinators_type_of_one_shift_is_not_lost(booked, worker, desk):
    other, cell = browser_of(CoordinatorFactory()), f"{WEEK}?person={worker.username}&day={DAY}"
    seen = seen_in(desk.get(cell))
    assert seen_in(other.get(cell)) == seen
    changed = press(other, "save", worker, shift=booked, starts="08:30", ends="15:30", desk="7", seen=seen)
    assert "The shift is saved." in words_of(changed)
    late = press(desk, "save", worker, shift=booked, **HOURS, desk="9", seen=seen)
    assert late.status_code == 409
    assert "Somebody has changed this shift: it is 08:30–15:30 now." in words_of(late)
    assert 'value="9"' in late.text
    booked.refresh_from_db()
    assert booked.desk == "7"
    press(desk, "save", worker, shift=booked, **HOURS, desk="9", seen=seen_in(late))
    booked.refresh_from_db()
    assert booked.desk == "9"


def test_hours_that_leave_out_what_is_booked_are_refused_with_its_name_and_stay_typed(booked, worker, desk):
    answer = press(desk, "save", worker, shift=booked, starts="08:30", ends="08:35")
    assert answer.status_code == 409
    assert "meeting is booked then" in words_of(answer)
    assert 'value="08:35"' in answer.text
    assert not Shift.objects.filter(pk=booked.pk).exclude(ends_at=booked.ends_at)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"starts": "8", "ends": "16:00"}, "Write a time as 08:30."),
        ({"starts": "16:00", "ends": "09:00"}, "A shift starts before it ends."),
        ({"starts": "07:00", "ends": "16:00"}, "within the hours of the day"),
        (HOURS | {"break_starts": "12:00"}, "A break has a beginning and an end."),
        (HOURS | {"break_starts": "17:00", "break_ends": "17:30"}, "A break lies within its shift."),
        (HOURS | {"travel_minutes": "601"}, "600"),
        (HOURS | {"standby_until": "soon"}, "yyyy-mm-dd"),
        (HOURS | {"desk": "x" * 21}, "At most 20 characters."),
    ],
)
def test_what_a_shift_cannot_be_is_said_beside_its_field(chain, colleague, desk, typed, message):
    answer = press(desk, "save", colleague, **typed)
    assert answer.status_code == 422
    assert message in words_of(answer)
    assert not colleague.resource.shifts.exists()


def test_somebody_is_put_on_shift_and_taken_off_again(chain, colleague, desk):
    press(desk, "save", colleague, **HOURS, standby_until="2026-12-04")
    shift = colleague.resource.shifts.get()
    assert shift.state == Shift.State.APPROVED
    assert "stand-by until Fri 4 Dec" in words_of(desk.get(WEEK))
    assert "The shift is released." in words_of(press(desk, "release", colleague, shift=shift))
    assert "The shift is removed." in words_of(press(desk, "remove", colleague, shift=shift))
    assert not colleague.resource.shifts.exists()


def test_a_shift_with_meetings_is_not_removed(booked, worker, desk):
    answer = press(desk, "remove", worker, shift=booked)
    assert answer.status_code == 409
    assert "1 meeting is booked then" in words_of(answer)
    assert "There is free time for that: Wednesday 9 December 2026; Thursday 10" in words_of(answer)
    assert f'href="/closing/norrkoping/?first={DAY}&amp;last={DAY}"' in answer.text
    assert Shift.objects.filter(pk=booked.pk).exists()


def test_where_no_other_day_has_time_a_booked_shift_says_so(booked, worker, desk):
    Shift.objects.exclude(site_day=booked.site_day).update(state=Shift.State.DRAFT)
    answer = press(desk, "remove", worker, shift=booked)
    assert "No other open day of the next weeks has free time for that." in words_of(answer)


def test_somebody_who_is_ill_is_told_with_the_meetings_and_a_colleague_takes_them(
    booked, worker, colleague, chain, acting, desk
):
    page = words_of(press(desk, "absent", worker, kind="ill"))
    assert f"{worker} is absent Tue 8 Dec. 1 meeting is booked then." in page
    assert "Berit Ek takes over" in page
    answer = press(desk, "cover", worker, shift=booked, colleague="fk.berit")
    assert "Berit Ek takes over 1 meeting." in words_of(answer)
    assert "is booked then" not in words_of(answer)
    with acting(chain.booked_by):
        assert Meeting.objects.get(chain=chain, agency__code="FK").caseworker == colleague


def closes_the_account(worker):
    close_staff(user=worker, by=ManagerFactory(agency="FK"), at=NOW)


def leaves_the_site(worker):
    worker.sites.clear()


@pytest.mark.parametrize("goes", [closes_the_account, leaves_the_site])
def test_who_has_left_with_meetings_booked_stays_on_the_page_until_a_colleague_takes_them(
    booked, worker, colleague, chain, acting, desk, goes
):
    goes(worker)
    page = words_of(desk.get(WEEK))
    assert f"{worker} works here no more, and is on shift Tue 8 Dec. 1 meeting is booked then." in page
    assert f"{worker} takes over" not in page
    answer = press(desk, "cover", worker, shift=booked, colleague="fk.berit")
    assert "Berit Ek takes over 1 meeting." in words_of(answer)
    assert str(worker) not in words_of(answer)
    with acting(chain.booked_by):
        assert Meeting.objects.get(chain=chain, agency__code="FK").caseworker == colleague


def test_whoever_is_booked_or_absent_then_is_not_offered(ill, booked, colleague, coordinator, desk):
    Absence.objects.create(
        resource=colleague.resource,
        starts_at=booked.starts_at,
        ends_at=booked.ends_at,
        kind="leave",
        by=coordinator,
        at=NOW,
    )
    page = words_of(desk.get(WEEK))
    assert "Berit Ek takes over" not in page
    assert "No colleague is free. Move them one by one." in page


def test_what_nobody_can_take_alone_is_shared_out_among_those_on_shift(
    ill, booked, worker, colleague, chain, acting, desk
):
    """Berit is on shift and free then, but booked in the hours of Anna's other meeting."""
    other = UserFactory(agency="FK", username="fk.cleo", first_name="Cleo", last_name="Dal")
    add_shifts(site_day=booked.site_day, duties=[Duty(desk_of(one)) for one in (colleague, other)])
    with acting(chain.booked_by):
        mine = Meeting.objects.get(chain=chain, agency__code="FK")
        times = [mine.ends_at + timedelta(minutes=30 * number) for number in range(2)]
        for met, starts in ((worker, times[0]), (colleague, times[0]), (other, mine.starts_at)):
            more = ChainFactory(party=PartyFactory(registered_by=chain.booked_by), site_day=chain.site_day)
            ends = starts + timedelta(minutes=5)
            ClaimFactory(meeting=MeetingFactory(chain=more, caseworker=met, starts_at=starts, ends_at=ends))
    page = words_of(desk.get(WEEK))
    assert "Nobody is free for all of them, but on shift: Berit Ek (1), Cleo Dal (1)" in page
    answer = press(desk, "share-out", worker, shift=booked)
    said = words_of(answer)
    assert "Berit Ek takes over 1 meeting. Cleo Dal takes over 1 meeting." in said
    assert "is booked then" not in said


def test_what_is_left_is_told_with_its_time(ill, booked, worker, chain, acting, desk):
    with acting(chain.booked_by):
        starts = Meeting.objects.get(chain=chain, agency__code="FK").starts_at
    page = words_of(desk.get(WEEK))
    assert "No colleague is free. Move them one by one." in page
    assert f"Nobody is free at {clock(starts)} To the day's board" in page
    assert "1 meeting is left: nobody is free then." in words_of(
        press(desk, "share-out", worker, shift=booked)
    )
    asked = words_of(press(desk, "ask", worker, shift=booked))
    assert "The agency of 1 family is asked to move it." in asked
    with acting(chain.booked_by):
        chain.refresh_from_db()
        assert (chain.state, chain.must_move) == ("booked", True)
    again = press(desk, "ask", worker, shift=booked)
    assert again.status_code == 409
    assert "All have been asked about before" in words_of(again)


def test_only_those_whom_the_absent_one_would_have_met_are_asked_about(
    ill, booked, worker, chain, book, acting, desk
):
    """A manager asks nobody: that is the coordinator's."""
    with acting(chain.booked_by):
        other = ChainFactory(party=PartyFactory(registered_by=chain.booked_by), site_day=chain.site_day)
    press(desk, "ask", worker, shift=booked)
    with acting(chain.booked_by):
        other.refresh_from_db()
        assert not other.must_move
    manager = browser_of(ManagerFactory(agency="FK"))
    assert press(manager, "ask", worker, shift=booked).status_code == 403
    assert "Ask their agencies to move them" not in words_of(manager.get(WEEK))


def test_a_colleague_who_cannot_take_over_is_not_left_on_shift(ill, booked, worker, desk):
    elsewhere = UserFactory(agency="AF", username="af.erik")
    answer = press(desk, "cover", worker, shift=booked, colleague="af.erik")
    assert answer.status_code == 422
    assert "A colleague of the same agency" in words_of(answer)
    assert not desk_of(elsewhere).shifts.exists()


def test_an_absence_is_taken_back(ill, worker, desk):
    answer = press(desk, "withdraw", worker, absence=ill.pk)
    assert "The absence is taken back." in words_of(answer)
    assert not Absence.objects.exists()


def test_the_same_absence_again_is_refused_in_words(ill, worker, desk):
    answer = press(desk, "absent", worker, kind="ill")
    assert answer.status_code == 422
    assert "This absence is recorded already." in words_of(answer)


def test_why_somebody_is_absent_is_told_to_editors_alone(ill, desk):
    assert "ill" in words_of(desk.get(WEEK)).split()
    page = words_of(browser_of(HostFactory()).get(WEEK))
    assert "absent" in page
    assert "ill" not in page.split()


def test_a_manager_sees_and_edits_own_people_alone_and_approves_them_together(
    chain, manager, worker, colleague
):
    browser = browser_of(manager)
    other = UserFactory(agency="AF", username="af.erik")
    page = words_of(browser.get(WEEK))
    assert str(worker) in page
    assert str(other) not in page
    assert press(browser, "save", other, **HOURS).status_code == 422
    press(browser, "save", colleague, **HOURS)
    assert colleague.resource.shifts.get().state == Shift.State.DRAFT
    page = words_of(browser.get(WEEK))
    assert "draft" in page
    assert "1 shift is a draft" in page
    assert "1 shift is approved." in words_of(on_days(browser, "approve"))
    assert colleague.resource.shifts.get().state == Shift.State.APPROVED


def test_a_manager_opens_no_days(manager, norrkoping):
    answer = on_days(browser_of(manager), "open", date="2026-12-09", opens="08:30", closes="16:00")
    assert answer.status_code == 403
    assert not SiteDay.objects.filter(date="2026-12-09").exists()


def test_a_host_and_a_caseworker_read_the_week_and_edit_nothing(booked, worker):
    for reader in (HostFactory(), worker):
        browser = browser_of(reader)
        page = browser.get(f"{WEEK}?person={worker.username}&day={DAY}").text
        assert str(worker) in page
        assert 'id="edit"' not in page
        assert press(browser, "remove", worker, shift=booked).status_code == 403


def test_a_day_is_opened_and_closed_again(desk, coordinator):
    assert "Open the day" in words_of(desk.get(f"{BEFORE}?on=2026-11-27"))
    answer = on_days(
        desk, "open", week=BEFORE, on="2026-11-27", date="2026-11-27", opens="09:00", closes="15:00"
    )
    assert answer.status_code == 409
    assert "the letter of this site needs" in words_of(answer)
    typed = {"date": "2026-11-27", "opens": "09:00", "closes": "15:00", "short_notice": "on"}
    assert "The day is open." in words_of(on_days(desk, "open", week=BEFORE, **typed))
    page = words_of(desk.get(BEFORE))
    assert "opened at short notice" in page
    assert "Close the day" in words_of(desk.get(f"{BEFORE}?on=2026-11-27"))
    assert "The day is closed." in words_of(on_days(desk, "close", week=BEFORE, on="2026-11-27"))
    assert not SiteDay.objects.filter(date="2026-11-27").exists()


def test_a_day_on_which_something_is_booked_is_not_closed(chain, desk):
    answer = on_days(desk, "close", on=DAY)
    assert answer.status_code == 409
    assert "meetings are booked then" in words_of(answer)


def test_a_week_is_copied_where_days_are_open_and_told_where_not(booked, worker, desk):
    answer = on_days(desk, "copy", to="2026-12-14")
    assert answer.status_code == 200
    assert "The location is not open on 2026-12-15" in words_of(answer)
    assert "Select a valid choice" in words_of(on_days(desk, "copy", to="2026-12-15"))


def test_weeks_are_opened_by_the_pattern_with_its_people_and_told_day_by_day(desk, colleague):
    pattern = {"weekday": "2", "opens": "09:00", "closes": "15:00", "valid_from": "2026-12-01"}
    people = {"people": ["fk.berit"], "break_starts": "12:00", "break_ends": "12:30"}
    answer = desk.post("/roster/norrkoping/pattern/", pattern | people, follow=True)
    assert "The pattern is saved." in words_of(answer)
    assert "Tuesday 09:00–15:00" in words_of(answer)
    answer = on_days(desk, "weeks", first="2027-01-04", last="2027-01-17")
    assert "Tue 5 Jan opened" in words_of(answer)
    assert "Tue 12 Jan opened" in words_of(answer)
    assert colleague.resource.shifts.count() == 2
    assert "That day is already open" in words_of(
        on_days(desk, "weeks", first="2027-01-04", last="2027-01-17")
    )
    clash = desk.post("/roster/norrkoping/pattern/", pattern)
    assert clash.status_code == 422
    assert "The location has a pattern for that weekday" in words_of(clash)


def test_two_places_are_open_on_the_same_weekday(desk, coordinator, norrkoping):
    pattern = {"weekday": "2", "opens": "09:00", "closes": "15:00", "valid_from": "2026-12-01"}
    branch = LocationFactory(site=norrkoping, name="Finspång", kind="branch")
    for place in ("", "?location=Finsp%C3%A5ng"):
        assert desk.post(f"/roster/norrkoping/pattern/{place}", pattern).status_code == 302
    assert [place.patterns.count() for place in (main_place(norrkoping), branch)] == [1, 1]
    assert "/roster/norrkoping/pattern/?location=Finsp%C3%A5ng" in desk.get(f"{WEEK}?location=Finspång").text


def test_the_next_weekday_begins_with_the_hours_and_people_of_the_last(desk, colleague):
    page = desk.get("/roster/norrkoping/pattern/").text
    assert "checked" not in page
    pattern = {"weekday": "2", "opens": "09:00", "closes": "15:00", "valid_from": "2027-03-01"}
    desk.post("/roster/norrkoping/pattern/", pattern | {"people": ["fk.berit"]})
    page = desk.get("/roster/norrkoping/pattern/").text
    assert 'value="fk.berit"' in page.split("checked")[0]
    assert page.count("checked") == 1
    assert 'value="09:00"' in page
    assert 'value="2027-03-01"' in page


def test_weeks_without_a_pattern_lead_to_where_one_is_made(desk):
    answer = on_days(desk, "weeks", first="2027-01-04", last="2027-01-17")
    assert "Nothing was opened: the place has no weekly pattern for those dates." in words_of(answer)
    assert 'href="/roster/norrkoping/pattern/"' in answer.text


def test_the_week_of_a_site_is_found_without_its_number(desk):
    assert desk.get("/roster/norrkoping/").headers["Location"] == "/roster/norrkoping/2026-W48/"
    assert desk.get("/roster/malmo/").status_code == 404


def test_a_pattern_is_removed_and_its_days_stay(desk, norrkoping):
    main = main_place(norrkoping)
    pattern = main.patterns.create(weekday=1, opens="08:30", closes="16:00", valid_from="2026-12-01")
    desk.post("/roster/norrkoping/pattern/", {"remove": pattern.pk})
    assert not main.patterns.exists()


@pytest.mark.parametrize("press_of", [{}, {"act": "x"}, {"act": "save", "person": "nobody", "day": "1"}])
def test_a_press_without_sense_is_refused_in_words(desk, press_of):
    for part in ("person/", "days/"):
        answer = desk.post(WEEK + part, press_of)
        assert answer.status_code == 422
        assert "no longer on the page" in words_of(answer)


def test_a_branch_has_a_week_of_its_own_and_shows_who_is_elsewhere(booked, worker, desk):
    LocationFactory(name="Finspång", kind=Location.Kind.BRANCH)
    page = words_of(desk.get(f"{WEEK}?location=Finspång"))
    assert "closed" in page
    assert "08:30–16:00" in page


def test_the_week_is_written_as_the_file_that_an_import_takes(booked, worker, desk):
    rows = csv_rows(desk.get(f"{WEEK}roster.csv"))
    assert rows[0][0] == "date"
    assert [row for row in rows if worker.username in row]
    assert rows_of_workbook(desk.get(f"{WEEK}roster.csv", {"format": "xlsx"}).content) == rows


@pytest.mark.parametrize("people", [1, 3])
def test_a_week_costs_the_same_queries_however_many_work(
    chain, coordinator, people, django_assert_num_queries
):
    for _ in range(people):
        add_shifts(site_day=chain.site_day, duties=[Duty(desk_of(UserFactory(agency="AF")))])
    browser = browser_of(coordinator)
    with django_assert_num_queries(42):
        assert browser.get(WEEK).status_code == 200


def test_another_site_s_coordinator_finds_no_week(chain):
    elsewhere = browser_of(CoordinatorFactory(sites=[the_site("malmo")]))
    assert elsewhere.get(WEEK).status_code == 404


def test_a_day_that_reaches_too_few_warns_at_its_head_and_says_what_merging_saves(chain, desk, manager):
    page = words_of(desk.get(WEEK))
    assert "thin: 40 staff hours, travel included, for 4 persons" in page
    opened = words_of(desk.get(f"{WEEK}?on={DAY}"))
    assert "A day is thin when it takes more than 6 staff hours" in opened
    assert "Merged with Wed 9 Dec, which has room, it saves 40 staff hours" in opened
    assert "thin:" not in words_of(browser_of(manager).get(WEEK))


def test_a_week_that_has_passed_is_not_warned_of(chain, desk, clock):
    clock.move_to("2026-12-14T09:00+01:00")
    assert "thin:" not in words_of(browser_of(CoordinatorFactory()).get(WEEK))
