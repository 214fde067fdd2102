"""A day report is typed, or attendance's numbers are corrected with a reason."""

from datetime import date

import pytest

from agencies.rosters.who import SiteNotYours
from agencies.secrecy.context import acting_as
from agencies.web.roles import NotForYourRole
from motesplats.followup.reports.days import NoSuchDay
from motesplats.followup.reports.fill import fill_ended
from motesplats.followup.reports.save import ReportLocked, save_report
from motesplats.followup.reports.write import NumberNotUsable, NumbersDisagree, ReportChanged
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayReport
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    SecretariatFactory,
    SiteDayFactory,
    UserFactory,
    main_place,
    the_site,
)
from tests.moment import NOW
from tests.motesplats.followup.reports.conftest import DAY, EVENING, numbers
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db


def stored() -> list[tuple]:
    with acting_as(FIGURES):
        return list(DayReport.objects.values_list("date", "source", "parties", "version"))


def test_a_site_that_does_not_book_here_types_its_report(save):
    report = save(note="A long queue.", trouble=("room",), interpreting=3)
    assert (report.source, report.version, report.locked_at) == ("reported", 1, None)
    with acting_as(FIGURES):
        counts = {(row.dimension, row.key): (row.people, row.counted) for row in report.counts.all()}
    assert counts == {
        ("sex_age", "F|18-64"): (8, None),
        ("sex_age", "M|18-64"): (6, None),
        ("track", "1"): (14, None),
        ("mode", "main"): (14, None),
        ("track_sex_age", "1|F|18-64"): (8, None),
        ("track_sex_age", "1|M|18-64"): (6, None),
    }


def test_what_is_typed_is_typed_over_with_the_version_seen(save):
    first = save()
    save(version=first.version, women=9)
    assert stored() == [(DAY, "reported", 5, 2)]


def test_a_day_is_reported_once(save):
    save()
    with pytest.raises(ReportChanged) as refused:
        save(women=20)
    assert refused.value.version == 1
    with pytest.raises(ReportChanged):
        save(version=7)
    assert stored() == [(DAY, "reported", 5, 1)]


def test_a_number_that_differs_from_attendance_needs_a_reason(opened, save):
    fill_ended(at=EVENING)
    with pytest.raises(NumbersDisagree) as refused:
        save(version=1)
    assert "0 → 8" in refused.value.message
    assert stored() == [(DAY, "counted", 0, 1)]
    report = save(version=1, why="The bar code scanner stood still.")
    assert (report.parties, report.why) == (5, "The bar code scanner stood still.")


def test_a_day_that_was_open_and_not_filled_in_yet_is_counted_when_it_is_saved(opened, save):
    report = save(why="The scanner stood still.")
    assert (report.source, report.counted["parties"]) == ("counted", 0)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "has not been"),
        (date(2026, 11, 22), "weekends"),
        (date(2026, 5, 1), "public holidays"),
        (date(2015, 11, 24), "2016"),
    ],
)
def test_there_is_no_report_of_a_day_that_cannot_have_been_open(save, day, words):
    with pytest.raises(NoSuchDay, match=words):
        save(day=day)
    assert stored() == []


def test_a_site_that_books_here_reports_its_open_days_when_they_are_over(opened, save):
    with pytest.raises(NoSuchDay, match="was not open"):
        save(day=date(2026, 11, 18))
    SiteDayFactory(location=main_place(the_site()), date=NOW.date())
    with pytest.raises(NoSuchDay, match="16:00"):
        save(day=NOW.date())


@pytest.mark.parametrize("number", [-1, 1000, 10**12])
def test_numbers_that_no_day_has_are_refused(save, number):
    with pytest.raises(NumberNotUsable) as refused:
        save(people={("sex_age", "U|65+"): number})
    assert set(refused.value.errors) == {"sex_age"}
    assert stored() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"people": {("track", "9"): 1}}, "track"),
        ({"interpreting": 5}, "interpreting"),
        ({"trouble": ("rain",)}, "trouble"),
        ({"note": "x" * 501}, "note"),
        ({"why": "a\u202eb"}, "why"),
        ({"totals": {"no_shows": -2}}, "no_shows"),
    ],
)
def test_what_no_report_can_say_is_refused_beside_its_field(save, said, field):
    with pytest.raises(NumberNotUsable) as refused:
        save(**said)
    assert set(refused.value.errors) == {field}


def test_sums_agree_unless_the_report_is_unfinished(save):
    wrong = {("track", "2"): 1}
    with pytest.raises(NumbersDisagree) as refused:
        save(people=wrong)
    assert set(refused.value.errors) == {"track"}
    save(people=wrong, unfinished=True)
    assert stored() == [(DAY, "reported", 5, 1)]


def test_a_locked_report_is_not_saved_over(locked, save):
    with pytest.raises(ReportLocked):
        save(version=locked.version, women=9)


@pytest.mark.parametrize("factory", [HostFactory, SecretariatFactory])
def test_hosts_and_the_secretariat_write_no_report(factory, save):
    with pytest.raises(NotForYourRole):
        save(by=factory())


def test_nobody_reports_for_another_site(save):
    with pytest.raises(SiteNotYours):
        save(by=UserFactory(sites=[the_site("malmo")]))
    assert stored() == []


def test_another_sites_reports_are_not_there(save, acting):
    save()
    for stranger in (CoordinatorFactory(sites=[the_site("malmo")]), HostFactory(), SecretariatFactory()):
        with acting(stranger):
            assert not DayReport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_report_a_day_at_once_make_one_report():
    site, people = the_site(), [CoordinatorFactory(), UserFactory()]

    def act(by):
        return lambda: save_report(site=site, date=DAY, numbers=numbers(), version=0, by=by, at=NOW).pk

    with Together(2) as hands:
        told = hands.do(*[acting_for(by, act(by)) for by in people])
    assert told.count("day-has-a-report") == 1
    assert stored() == [(DAY, "reported", 5, 1)]
