"""Starting joint efforts: by which agencies, on what conditions."""

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
def test_an_agency_starts_only_the_kinds_that_name_it_and_each_once(chain, desk, acting, kind, code):
    user = desk(code)
    with acting(user):
        if code in STARTERS[kind]:
            assert start(chain, kind, user) == start(chain, kind, user)
            assert Referral.objects.count() == 1
        else:
            with pytest.raises(NotYoursToStart) as refused:
                start(chain, kind, user)
            assert ReferralKind.objects.get(code=kind).started_by in refused.value.message


def test_a_referral_without_its_precondition_is_refused(chain, fk, acting):
    with acting(fk), pytest.raises(PreconditionMissing, match="läkarintyg") as refused:
        start(chain, "avstamningsmote", fk, holds=False)
    assert list(refused.value.errors) == ["precondition_holds"]


def test_a_referral_in_the_future_is_refused(chain, fk, acting):
    with acting(fk), pytest.raises(NotStarted):
        start(chain, "avstamningsmote", fk, on=TODAY + timedelta(days=1))


def test_a_kind_is_offered_until_its_last_day(db):
    ReferralKind.objects.filter(code="sip").update(valid_to=TODAY)
    assert kinds_on(TODAY).filter(code="sip").exists()
    assert not kinds_on(TODAY + timedelta(days=1)).filter(code="sip").exists()
