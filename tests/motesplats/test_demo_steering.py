"""The demo has a published survey, decisions, a visit and two calculations to compare, each once."""

import pytest

from motesplats.demo.steering import DECISIONS, keep_steering
from motesplats.followup.benefit.forms import BenefitForm
from motesplats.followup.benefit.queries import saved_data
from motesplats.models import Calculation, SiteVisit, SteeringDecision, SurveyRound
from tests.factories.agencies import SecretariatFactory
from tests.moment import NOW


@pytest.mark.django_db
def test_they_are_there_once(acting, norrkoping):
    by = SecretariatFactory()
    for _ in range(2):
        keep_steering(by=by, at=NOW)
    with acting(by):
        assert (SteeringDecision.objects.count(), SiteVisit.objects.get().site) == (
            len(DECISIONS),
            norrkoping,
        )
        forms = [BenefitForm(saved_data(one)) for one in Calculation.objects.all()]
        assert [form.is_valid() for form in forms] == [True, True]
        assert {form.assumptions().number("payback_years") for form in forms} == {3, 5}
    assert SurveyRound.objects.filter(is_imported=True).count() == 2
