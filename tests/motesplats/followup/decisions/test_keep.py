"""The secretariat keeps both logs; coordinators and managers read them, nobody else does."""

from datetime import date

import pytest

from agencies.web.roles import NotForYourRole
from motesplats.followup.decisions.keep import LogChanged, LogRefused, save_decision, save_visit, say_done
from motesplats.followup.decisions.queries import decision_lists
from motesplats.models import SiteVisit, SteeringDecision
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)
from tests.moment import NOW

pytestmark = pytest.mark.django_db
VALUES = {
    "what": "En gemensam mall",
    "owner": "Kansliet",
    "decided_on": date(2026, 11, 2),
    "due": date(2026, 11, 20),
}


def decide(by, **changed):
    return save_decision(decision=None, values=VALUES | changed, seen=0, by=by, at=NOW)


def visit(by, site, **changed):
    values = {"site": site, "date": date(2026, 11, 20), "visitors": "Kansliet", "purpose": "Uppföljning"}
    return save_visit(visit=None, values=values | {"notes": ""} | changed, seen=0, by=by, at=NOW)


@pytest.fixture
def secretariat(db):
    return SecretariatFactory()


def test_what_is_overdue_comes_first_and_what_is_done_last(acting, secretariat):
    with acting(secretariat):
        late, later = decide(secretariat), decide(secretariat, due=date(2026, 12, 20))
        done, some_day = decide(secretariat), decide(secretariat, due=None)
        say_done(decision=done, is_done=True, seen=1, by=secretariat, at=NOW)
        lists = decision_lists(today=NOW.date())
        assert (lists.overdue, lists.open, [row.pk for row in lists.done]) == (
            [late],
            [later, some_day],
            [done.pk],
        )
        say_done(decision=done, is_done=False, seen=2, by=secretariat, at=NOW)
        assert len(decision_lists(today=NOW.date()).overdue) == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"decided_on": date(2026, 11, 24)}, "decided_on"),
        ({"due": date(2026, 11, 1)}, "__all__"),
        ({"what": ""}, "what"),
        ({"owner": "Kansl\u200biet"}, "owner"),
    ],
)
def test_a_wrong_value_leaves_nothing(acting, secretariat, changed, field):
    with acting(secretariat):
        with pytest.raises(LogRefused) as refused:
            decide(secretariat, **changed)
        assert field in refused.value.errors
        assert not SteeringDecision.objects.exists()


@pytest.mark.parametrize("changed", [{"date": date(2026, 11, 24)}, {"notes": "dolt\u202e"}, {"visitors": ""}])
def test_a_visit_to_come_or_with_hidden_signs_is_refused(acting, secretariat, norrkoping, changed):
    with acting(secretariat):
        with pytest.raises(LogRefused):
            visit(secretariat, norrkoping, **changed)
        assert not SiteVisit.objects.exists()


def test_whoever_has_not_seen_the_last_version_is_told(acting, secretariat):
    with acting(secretariat):
        one = decide(secretariat)
        save_decision(decision=one, values={"owner": "AF"}, seen=1, by=secretariat, at=NOW)
        with pytest.raises(LogChanged):
            say_done(decision=one, is_done=True, seen=1, by=secretariat, at=NOW)


def test_each_reads_what_is_theirs_to_read(acting, secretariat, norrkoping):
    with acting(secretariat):
        decide(secretariat)
        visit(secretariat, norrkoping)
    for reader, sees in (
        (CoordinatorFactory(), True),
        (ManagerFactory(), True),
        (UserFactory(), False),
        (HostFactory(), False),
    ):
        with acting(reader):
            assert (SteeringDecision.objects.exists(), SiteVisit.objects.exists()) == (sees, sees)
            with pytest.raises(NotForYourRole):
                decide(reader)
