"""The demo has a published survey, decisions and a visit, each once."""

import pytest

from motesplats.demo.steering import DECISIONS, keep_steering
from motesplats.models import SiteVisit, SteeringDecision, SurveyRound
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
    assert SurveyRound.objects.filter(is_imported=True).count() == 2
