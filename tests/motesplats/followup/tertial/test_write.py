"""A site's report: written by its managers and coordinators, by several at once, and by nobody else."""

import pytest

from motesplats.followup.tertial.held import (
    TertialChanged,
    TertialNotBegun,
    TertialOfOthers,
    TertialSubmitted,
    TertialTextRefused,
)
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.submit import submit_tertial
from motesplats.models import TertialReport
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.factories.reporting import LAST_SUMMER, TEXTS, THIS_AUTUMN, write
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db


def test_what_is_written_is_kept_with_whoever_wrote_it(acting, norrkoping):
    manager, coordinator = ManagerFactory(), CoordinatorFactory()
    with acting(manager):
        report = write(norrkoping, manager)
        assert (str(report.due), report.version, report.codes) == ("2026-09-15", 1, ["H1", "M2"])
    with acting(coordinator):
        write(norrkoping, coordinator, seen=1, texts=TEXTS | {"staffing": "Ett pass saknades."})
        found = {text.question: (text.text, text.written_by) for text in report.texts.all()}
    assert found["staffing"] == ("Ett pass saknades.", coordinator)
    assert found["referrals"] == (TEXTS["referrals"], manager)


def test_whoever_has_not_seen_the_last_version_is_told(acting, norrkoping):
    manager = ManagerFactory()
    with acting(manager):
        write(norrkoping, manager)
        with pytest.raises(TertialChanged):
            write(norrkoping, manager, seen=0, texts=TEXTS | {"staffing": "Annat."})
        report = TertialReport.objects.get()
        assert report.texts.get(question="staffing").text == TEXTS["staffing"]


def test_a_tertial_that_has_not_begun_has_no_report(acting, norrkoping):
    manager = ManagerFactory()
    with acting(manager):
        with pytest.raises(TertialNotBegun):
            write(norrkoping, manager, period=TertialPeriod(2027, 1))
        write(norrkoping, manager, period=THIS_AUTUMN)
        assert TertialReport.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"texts": TEXTS | {"staffing": "ord " * 201}}, "staffing"),
        ({"texts": TEXTS | {"referrals": "do\u200blt"}}, "referrals"),
        ({"codes": ["H1", "Z9"]}, "codes"),
    ],
)
def test_a_refused_text_leaves_nothing(acting, norrkoping, changed, field):
    manager = ManagerFactory()
    with acting(manager):
        with pytest.raises(TertialTextRefused) as refused:
            write(norrkoping, manager, **changed)
        assert list(refused.value.errors) == [field]
        assert not TertialReport.objects.exists()


@pytest.mark.parametrize("make", [UserFactory, SecretariatFactory])
def test_others_write_nothing(acting, norrkoping, make):
    user = make()
    with acting(user), pytest.raises(TertialOfOthers):
        write(norrkoping, user)


def test_a_neighbour_writes_nothing(acting):
    manager = ManagerFactory()
    with acting(manager), pytest.raises(TertialOfOthers):
        write(the_site("malmo"), manager)


def test_a_submitted_report_is_not_written_in(acting, norrkoping):
    manager = ManagerFactory()
    with acting(manager):
        report = write(norrkoping, manager)
        submit_tertial(site=norrkoping, period=LAST_SUMMER, seen=report.version, by=manager, at=NOW)
        with pytest.raises(TertialSubmitted):
            write(norrkoping, manager, seen=2)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_it_at_once_one_is_told(acting, norrkoping):
    manager, coordinator = ManagerFactory(), CoordinatorFactory()
    with Together(2) as together:
        answers = together.do(
            acting_for(manager, lambda: write(norrkoping, manager).version),
            acting_for(coordinator, lambda: write(norrkoping, coordinator).version),
        )
    assert sorted(map(str, answers)) == ["1", "changed-meanwhile"]
