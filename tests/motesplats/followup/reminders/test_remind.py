"""Coordinators are reminded of day reports and managers of tertial reports: once each, as a task and by one e-mail."""

from datetime import datetime, timedelta

import pytest

from agencies.clock import STOCKHOLM
from agencies.models import Dispatch, Holiday, Threshold, User
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.reminders.remind import is_time, remind, remind_all
from motesplats.followup.tertial.submit import submit_tertial
from motesplats.models import ReportReminder
from motesplats.tasks import remind_of_reports
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    UserFactory,
    main_place,
    the_site,
)
from tests.factories.followup import typed_report
from tests.factories.reporting import LAST_SUMMER, write
from tests.moment import NOW
from tests.motesplats.followup.reports.conftest import DAY
from tests.together import Together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
JUNE = datetime(2026, 6, 9, tzinfo=STOCKHOLM).date()


def reminders(user: User) -> list[tuple]:
    with acting_as(viewer_of(user)):
        rows = ReportReminder.objects.filter(user=user).order_by("of", "number")
        return list(rows.values_list("kind", "of", "number"))


def dispatches(user: User) -> int:
    with acting_as(viewer_of(user)):
        return Dispatch.objects.filter(kind="motesplats.reminders", by=user).count()


@pytest.fixture
def coordinator(db):
    return CoordinatorFactory()


@pytest.fixture
def manager(coordinator):
    return ManagerFactory()


def test_a_coordinator_is_reminded_of_a_day_once_and_once_more(coordinator):
    SiteDayFactory(location=main_place(the_site()), date=DAY)
    assert remind(user=coordinator, at=NOW) == 1
    assert remind(user=coordinator, at=NOW + timedelta(hours=1)) == 0
    assert remind(user=coordinator, at=NOW + timedelta(days=4)) == 0
    assert remind(user=coordinator, at=NOW + timedelta(days=5)) == 1
    assert remind(user=coordinator, at=NOW + timedelta(days=7)) == 0
    assert reminders(coordinator) == [("day", DAY, 1), ("day", DAY, 2)]
    assert dispatches(coordinator) == 1


def test_a_locked_day_is_no_matter_for_a_reminder(coordinator, acting):
    with acting(coordinator):
        typed_report(the_site(), DAY, coordinator)
    assert remind(user=coordinator, at=NOW) == 0


def test_a_manager_is_reminded_of_days_where_there_is_no_coordinator(coordinator, manager):
    SiteDayFactory(location=main_place(the_site()), date=DAY)
    assert ("day", DAY, 1) not in reminders_after(manager)
    coordinator.is_active = False
    coordinator.save()
    assert ("day", DAY, 1) in reminders_after(manager)


def reminders_after(user: User) -> list[tuple]:
    remind(user=user, at=NOW)
    return reminders(user)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime(2026, 8, 20, 8, tzinfo=STOCKHOLM), []),
        (datetime(2026, 9, 1, 8, tzinfo=STOCKHOLM), ["coming"]),
        (datetime(2026, 9, 15, 8, tzinfo=STOCKHOLM), ["coming"]),
        (datetime(2026, 9, 16, 8, tzinfo=STOCKHOLM), ["overdue"]),
    ],
)
def test_a_manager_is_reminded_a_fortnight_before_and_when_it_is_overdue(
    manager, acting, clock, day, expected
):
    clock.move_to(day)
    SiteDayFactory(location=main_place(the_site()), date=JUNE)
    remind(user=manager, at=day)
    assert [kind for kind, of, _number in reminders(manager) if of == LAST_SUMMER.first] == expected


def test_the_secretariat_says_when_it_is_due_and_when_managers_are_reminded(manager, clock):
    by = SecretariatFactory()
    for code, value in (("tertial_due", 40), ("tertial_remind", 5)):
        Threshold.objects.create(
            code=code, value=value, valid_from=datetime(2026, 8, 1, tzinfo=STOCKHOLM), set_by=by
        )
    SiteDayFactory(location=main_place(the_site()), date=JUNE)
    clock.move_to(datetime(2026, 10, 5, 8, tzinfo=STOCKHOLM))
    assert "to be submitted by 2026-10-12" in words_of(browser_of(manager).get("/tertial-reports/"))
    remind(user=manager, at=datetime(2026, 10, 5, 8, tzinfo=STOCKHOLM))
    assert reminders(manager) == []
    remind(user=manager, at=datetime(2026, 10, 7, 8, tzinfo=STOCKHOLM))
    assert reminders(manager) == [("coming", LAST_SUMMER.first, 1)]


def test_a_submitted_report_is_no_matter_for_a_reminder(manager, acting):
    with acting(manager):
        write(the_site(), manager)
        submit_tertial(site=the_site(), period=LAST_SUMMER, seen=1, by=manager, at=NOW)
    assert remind(user=manager, at=NOW) == 0


def test_caseworkers_are_not_written_to_and_find_the_day_among_their_tasks(coordinator, acting):
    caseworker = UserFactory()
    with acting(coordinator):
        typed_report(the_site(), DAY - timedelta(days=14), coordinator)
    remind_all(at=NOW)
    assert reminders(caseworker) == []
    words = words_of(browser_of(caseworker).get("/todo/"))
    assert "Day reports to fill in 1" in words


def test_a_manager_finds_the_tertial_among_the_tasks_until_it_is_submitted(manager, acting):
    with acting(manager):
        write(the_site(), manager)
    browser = browser_of(manager)
    assert "Tertial reports" not in words_of(browser.get("/todo/")).partition("Whose")[2]
    remind(user=manager, at=NOW)
    words = words_of(browser.get("/todo/"))
    assert "Tertial reports to submit 1" in words
    assert "To do 1" in words
    with acting(manager):
        submit_tertial(site=the_site(), period=LAST_SUMMER, seen=1, by=manager, at=NOW)
    assert "Tertial reports to submit" not in words_of(browser.get("/todo/"))


def test_a_day_that_is_typed_leaves_the_tasks(coordinator, acting):
    with acting(coordinator):
        typed_report(the_site(), DAY - timedelta(days=14), coordinator)
    remind(user=coordinator, at=NOW)
    browser = browser_of(coordinator)
    assert "Day reports to fill in 1" in words_of(browser.get("/todo/"))
    with acting(coordinator):
        typed_report(the_site(), DAY, coordinator)
    assert "Day reports to fill in" not in words_of(browser.get("/todo/"))


def test_somebody_elses_reminders_are_not_written():
    other = ManagerFactory()
    with pytest.raises(Exception, match="row-level security"), acting_as(viewer_of(CoordinatorFactory())):
        ReportReminder.objects.create(site=the_site(), kind="day", of=DAY, user=other, at=NOW)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 7, tzinfo=STOCKHOLM), True),
        (datetime(2026, 11, 23, 10, tzinfo=STOCKHOLM), False),
        (datetime(2026, 11, 22, 8, tzinfo=STOCKHOLM), False),
        (datetime(2026, 12, 25, 8, tzinfo=STOCKHOLM), False),
    ],
)
def test_reminders_come_in_the_morning_of_a_working_day(moment, expected):
    Holiday.objects.get_or_create(date=moment.date().replace(month=12, day=25), defaults={"name": "Juldagen"})
    assert is_time(moment) is expected


def test_the_task_reminds_everybody(coordinator, manager):
    SiteDayFactory(location=main_place(the_site()), date=DAY)
    remind_of_reports()
    assert reminders(coordinator) == [("day", DAY, 1)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_remind_once(coordinator):
    SiteDayFactory(location=main_place(the_site()), date=DAY)
    with Together(2) as both:
        both.do(*[lambda: remind(user=coordinator, at=NOW)] * 2)
    assert reminders(coordinator) == [("day", DAY, 1)]
    assert dispatches(coordinator) == 1
