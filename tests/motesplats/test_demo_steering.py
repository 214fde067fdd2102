"""The demo has a published survey, decisions, a visit and two calculations to compare, each once."""

import pytest

from agencies.secrecy.context import acting_as, viewer_of
from motesplats.demo.steering import DECISIONS, INVITED, VISITS, keep_steering
from motesplats.followup.benefit.forms import BenefitForm
from motesplats.followup.benefit.queries import saved_data
from motesplats.followup.surveys.results import results_beside
from motesplats.models import Calculation, SiteVisit, SteeringDecision, SurveyRound
from tests.factories.agencies import SecretariatFactory, UserFactory
from tests.moment import NOW


@pytest.mark.django_db
def test_they_are_there_once(acting):
    by = SecretariatFactory()
    for _ in range(2):
        keep_steering(by=by, at=NOW)
    with acting(by):
        assert SteeringDecision.objects.count() == len(DECISIONS)
        assert SiteVisit.objects.count() == len(VISITS)
        forms = [BenefitForm(saved_data(one)) for one in Calculation.objects.all()]
        assert [form.is_valid() for form in forms] == [True, True]
        assert {form.assumptions().number("payback_years") for form in forms} == {3, 5}
    assert SurveyRound.objects.filter(is_imported=True).count() == 2


@pytest.mark.django_db
def test_the_staff_has_answered_a_survey_of_which_the_results_are_told():
    by = SecretariatFactory()
    UserFactory.create_batch(INVITED)
    for _ in range(2):
        keep_steering(by=by, at=NOW)
    one = SurveyRound.objects.get(is_imported=False)
    with acting_as(viewer_of(by)):
        [column] = results_beside(one, today=NOW.date()).columns
    assert INVITED > (column.answered or 0) >= INVITED // 2
