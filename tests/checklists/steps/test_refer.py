"""Joint efforts: only who may start one starts it, and only once its precondition holds."""

from datetime import timedelta

import pytest

from checklists.models import Referral, ReferralKind
from checklists.steps.refer import NotStarted, NotYoursToStart, PreconditionMissing
from checklists.steps.sheet import kinds_on
from tests.checklists.checklist_steps import TODAY, start

pytestmark = pytest.mark.django_db

STARTERS = {
    "sip": {"KOM"},
    "avstamningsmote": {"FK"},
    "gemensam-kartlaggning": {"FK", "AF"},
    "rehabkoordinator": set(),
}


@pytest.mark.parametrize("kind", STARTERS)
@pytest.mark.parametrize("code", ["MIG", "AF", "FK", "SKV", "KOM"])
def test_who_may_start_what(chain, desk, acting, kind, code):
    user = desk(code)
    with acting(user):
        if code in STARTERS[kind]:
            assert start(chain, kind, user) == start(chain, kind, user)
            assert Referral.objects.count() == 1
        else:
            with pytest.raises(NotYoursToStart) as refused:
                start(chain, kind, user)
            assert ReferralKind.objects.get(code=kind).started_by in refused.value.message


def test_not_before_its_precondition_holds(chain, fk, acting):
    with acting(fk), pytest.raises(PreconditionMissing, match="läkarintyg") as refused:
        start(chain, "avstamningsmote", fk, holds=False)
    assert list(refused.value.errors) == ["precondition_holds"]


def test_not_in_the_future(chain, fk, acting):
    with acting(fk), pytest.raises(NotStarted):
        start(chain, "avstamningsmote", fk, on=TODAY + timedelta(days=1))


def test_kinds_are_dated(db):
    ReferralKind.objects.filter(code="sip").update(valid_to=TODAY)
    assert kinds_on(TODAY).filter(code="sip").exists()
    assert not kinds_on(TODAY + timedelta(days=1)).filter(code="sip").exists()
