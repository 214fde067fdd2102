"""A manager submits when every question has text and every day is locked; late ones are taken and marked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motesplats.followup.tertial.held import TertialNotReady, TertialOfOthers, TertialSubmitted
from motesplats.followup.tertial.submit import submit_tertial, what_is_missing
from motesplats.models import TertialReport, TertialText
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    main_place,
    the_site,
)
from tests.factories.followup import typed_report
from tests.factories.reporting import LAST_SUMMER, TEXTS, THIS_AUTUMN, write
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 9)


def submit(site, by, *, period=LAST_SUMMER, seen=1, at=NOW):
    return submit_tertial(site=site, period=period, seen=seen, by=by, at=at)


def test_a_submitted_report_is_the_secretariats_to_read(acting, norrkoping):
    manager, secretariat = ManagerFactory(), SecretariatFactory()
    with acting(manager):
        write(norrkoping, manager)
    with acting(secretariat):
        assert not TertialReport.objects.exists()
    with acting(manager):
        report = submit(norrkoping, manager)
    with acting(secretariat):
        found = TertialReport.objects.get()
        assert (found.submitted_by, found.texts.count()) == (manager, 5)
    assert report.submitted_at == NOW


def test_the_secretariat_changes_nothing_in_it(acting, norrkoping):
    manager = ManagerFactory()
    with acting(manager):
        write(norrkoping, manager)
        submit(norrkoping, manager)
    with acting(SecretariatFactory()):
        assert TertialReport.objects.update(version=9) == 0
        assert TertialText.objects.update(text="Annat.") == 0
        assert TertialReport.objects.all()._raw_delete("default") == 0


def test_a_report_is_read_at_its_own_site(acting, norrkoping):
    manager, neighbour = ManagerFactory(), ManagerFactory(sites=[the_site("malmo")])
    with acting(manager):
        write(norrkoping, manager)
        submit(norrkoping, manager)
    with acting(neighbour):
        assert not TertialReport.objects.exists()


def test_what_is_missing_is_said(acting, norrkoping):
    manager = ManagerFactory()
    SiteDayFactory(location=main_place(norrkoping), date=JUNE)
    with acting(manager):
        typed_report(norrkoping, JUNE + timedelta(days=1), manager, locked=False)
        report = write(norrkoping, manager, texts=TEXTS | {"staffing": ""})
        with pytest.raises(TertialNotReady) as refused:
            submit(norrkoping, manager)
        assert "Fråga 5, Bemanning, saknar svar." in refused.value.message
        assert "2026-06-09, 2026-06-10" in refused.value.message
        report.refresh_from_db()
        assert report.state == "open"


def test_once_the_days_are_locked_nothing_is_missing(acting, norrkoping):
    manager = ManagerFactory()
    SiteDayFactory(location=main_place(norrkoping), date=JUNE)
    with acting(manager):
        typed_report(norrkoping, JUNE, manager)
        assert what_is_missing(write(norrkoping, manager), at=NOW) == []


def test_a_day_that_was_called_off_is_not_asked_for(acting, norrkoping):
    manager = ManagerFactory()
    SiteDayFactory(location=main_place(norrkoping), date=JUNE, closed_at=NOW)
    with acting(manager):
        assert what_is_missing(write(norrkoping, manager), at=NOW) == []


def test_a_running_tertial_is_not_submitted(acting, norrkoping):
    manager = ManagerFactory()
    with acting(manager):
        write(norrkoping, manager, period=THIS_AUTUMN)
        with pytest.raises(TertialNotReady, match="2026-12-31"):
            submit(norrkoping, manager, period=THIS_AUTUMN)


def test_a_report_that_nobody_has_begun_is_not_submitted(acting, norrkoping):
    manager = ManagerFactory()
    with acting(manager):
        with pytest.raises(TertialNotReady):
            submit(norrkoping, manager, seen=0)
        assert not TertialReport.objects.exists()


def test_a_coordinator_submits_nothing(acting, norrkoping):
    coordinator = CoordinatorFactory()
    with acting(coordinator):
        write(norrkoping, coordinator)
        with pytest.raises(TertialOfOthers):
            submit(norrkoping, coordinator)


def test_it_is_submitted_once(acting, norrkoping):
    manager = ManagerFactory()
    with acting(manager):
        write(norrkoping, manager)
        submit(norrkoping, manager)
        with pytest.raises(TertialSubmitted):
            submit(norrkoping, manager, seen=2)


def test_after_its_day_it_is_taken_and_late(acting, norrkoping):
    manager = ManagerFactory()
    with acting(manager):
        write(norrkoping, manager)
        report = submit(norrkoping, manager, at=datetime(2026, 9, 17, 9, tzinfo=UTC))
    assert report.submitted_at.date() - report.due == timedelta(days=2)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_submit_at_once_one_is_told(acting, norrkoping):
    first, second = ManagerFactory(), ManagerFactory(agency="AF")
    with acting(first):
        write(norrkoping, first)
    with Together(2) as together:
        answers = together.do(
            acting_for(first, lambda: submit(norrkoping, first).state),
            acting_for(second, lambda: submit(norrkoping, second).state),
        )
    assert sorted(answers) == ["already-submitted", "submitted"]
