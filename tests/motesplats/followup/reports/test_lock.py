"""A locked report counts in the figures; what is corrected afterwards keeps both numbers."""

import pytest

from agencies.secrecy.context import acting_as
from motesplats.followup.reports.correct import NotCorrected, correct_report
from motesplats.followup.reports.figures_job import CORRECTED, KIND
from motesplats.followup.reports.fill import fill_ended
from motesplats.followup.reports.lock import lock_report
from motesplats.followup.reports.save import ReportLocked
from motesplats.followup.reports.write import NumbersDisagree, ReportChanged
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayCorrection, DayReport, PublishedFigure
from tests.factories.agencies import CoordinatorFactory, UserFactory
from tests.moment import NOW
from tests.motesplats.followup.reports.conftest import EVENING, numbers
from tests.outbox import outbox, send_all
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db


def participants() -> int | None:
    found = PublishedFigure.objects.filter(measure="participants", dimension="", month=11, site=None).first()
    return int(found.amount) if found and found.amount is not None else None


@pytest.fixture
def correct(locked, coordinator, acting):
    def correct(*, version: int | None = None, **said) -> DayReport:
        with acting(coordinator):
            return correct_report(
                report=locked,
                numbers=numbers(**said),
                version=version or locked.version,
                by=coordinator,
                at=NOW,
            )

    return correct


def kept() -> list[tuple]:
    with acting_as(FIGURES):
        return list(DayCorrection.objects.order_by("field").values_list("field", "before", "after", "why"))


def test_locking_says_who_and_when_and_the_day_counts_in_the_figures(locked, coordinator):
    assert (locked.locked_by, locked.locked_at, locked.version) == (coordinator, NOW, 2)
    assert [one.subject for one in outbox(kind=KIND)] == [locked.pk]
    assert participants() is None
    assert send_all(KIND) == 1
    assert [one.state for one in outbox(kind=KIND)] == ["done"]
    assert participants() == 14


def test_a_filled_in_report_is_locked_as_attendance_counted_it(opened, coordinator, acting):
    fill_ended(at=EVENING)
    with acting(coordinator):
        report = lock_report(report=DayReport.objects.get(), version=1, by=coordinator, at=NOW)
    assert (report.source, report.saved_by_id) == ("counted", None)


def test_sums_that_do_not_agree_are_not_locked(save, coordinator, acting):
    report = save(people={("mode", "remote"): 3}, unfinished=True)
    with acting(coordinator), pytest.raises(NumbersDisagree):
        lock_report(report=report, version=1, by=coordinator, at=NOW)
    assert outbox(kind=KIND) == []


def test_a_report_is_locked_once_and_in_the_version_seen(save, coordinator, acting):
    report = save()
    with acting(coordinator):
        with pytest.raises(ReportChanged):
            lock_report(report=report, version=4, by=coordinator, at=NOW)
        lock_report(report=report, version=1, by=coordinator, at=NOW)
        with pytest.raises(ReportLocked):
            lock_report(report=report, version=2, by=coordinator, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_who_lock_at_once_lock_once(save, coordinator):
    report, other = save(), CoordinatorFactory()

    def act(by):
        return lambda: lock_report(report=report, version=1, by=by, at=NOW).pk

    with Together(2) as hands:
        told = hands.do(*[acting_for(by, act(by)) for by in (coordinator, other)])
    assert sorted(map(str, told)) == sorted([str(report.pk), "report-locked"])
    assert len(outbox(kind=KIND)) == 1


def test_a_correction_keeps_both_numbers_with_who_and_why_and_is_told(locked, correct, coordinator):
    send_all(KIND)
    correct(women=14, why="The family came at 11:30.", interpreting=2)
    assert kept() == [
        ("interpreting", "", "2", "The family came at 11:30."),
        ("mode main", "14", "20", "The family came at 11:30."),
        ("sex_age F|18-64", "8", "14", "The family came at 11:30."),
        ("track 1", "14", "20", "The family came at 11:30."),
    ]
    with acting_as(FIGURES):
        assert set(DayCorrection.objects.values_list("by", "at")) == {(coordinator.pk, NOW)}
        assert DayReport.objects.get().why == ""
    assert send_all(CORRECTED) == 1
    assert participants() == 20


def test_another_agency_corrects_while_the_figures_of_the_locked_report_still_wait(locked, acting):
    other = UserFactory(agency="SKV")
    with acting(other):
        correct_report(
            report=locked, numbers=numbers(women=14, why="They came late."), version=2, by=other, at=NOW
        )
    waiting = [one.by_id for kind in (KIND, CORRECTED) for one in outbox(kind=kind)]
    assert waiting == [locked.locked_by_id, other.pk]
    assert (send_all(KIND), send_all(CORRECTED)) == (1, 1)
    assert participants() == 20


@pytest.mark.parametrize(
    ("said", "words"),
    [({"women": 9}, "why"), ({"why": "Nothing."}, "Nothing"), ({"women": 9, "why": " "}, "why")],
)
def test_a_correction_changes_something_and_says_why(correct, said, words):
    with pytest.raises(NotCorrected, match=words):
        correct(**said)
    assert kept() == []


def test_a_correction_agrees_and_has_seen_the_version(correct):
    with pytest.raises(NumbersDisagree):
        correct(people={("track", "2"): 1}, why="A typing error.")
    with pytest.raises(ReportChanged):
        correct(women=9, why="A typing error.", version=1)


def test_what_is_not_locked_is_saved_and_not_corrected(save, coordinator, acting):
    report = save()
    with acting(coordinator), pytest.raises(NotCorrected):
        correct_report(report=report, numbers=numbers(women=9, why="x"), version=1, by=coordinator, at=NOW)


def test_a_correction_is_never_changed(locked, correct):
    from django.db import ProgrammingError, transaction

    correct(women=9, why="A typing error.")
    with acting_as(FIGURES), pytest.raises(ProgrammingError), transaction.atomic():
        DayCorrection.objects.update(why="x")
