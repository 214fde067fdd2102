"""A round is started by the secretariat, or at the own site by a coordinator, and asks somebody."""

from datetime import date

import pytest

from motesplats.followup.surveys.start import RoundNotStarted, RoundOfOthers
from motesplats.models import SurveyRound
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, SecretariatFactory, the_site
from tests.factories.reporting import open_round

pytestmark = pytest.mark.django_db
FORM = {
    "instrument": "staff",
    "phase": "once",
    "invited": "12",
    "opens_on": "2026-11-23",
    "closes_on": "2026-12-04",
}


def test_a_coordinator_asks_at_the_own_site_alone(norrkoping):
    coordinator = CoordinatorFactory()
    assert open_round(coordinator, site=norrkoping).started_by == coordinator
    for site in (None, the_site("malmo")):
        with pytest.raises(RoundOfOthers):
            open_round(coordinator, site=site)
    with pytest.raises(RoundOfOthers):
        open_round(ManagerFactory(), site=norrkoping)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"invited": 0}, "invited"),
        ({"closes_on": date(2026, 11, 22)}, "closes_on"),
        ({"opens_on": date(2026, 12, 1), "closes_on": date(2026, 11, 30)}, "closes_on"),
        ({"closes_on": date(2036, 1, 1)}, "closes_on"),
    ],
)
def test_a_round_that_asks_nobody_or_on_no_day_is_refused(changed, field):
    with pytest.raises(RoundNotStarted) as refused:
        open_round(SecretariatFactory(), **changed)
    assert list(refused.value.errors) == [field]
    assert not SurveyRound.objects.exists()


def test_the_page_starts_one_and_says_what_is_wrong():
    browser = browser_of(SecretariatFactory())
    answer = browser.post("/surveys/new/", FORM | {"invited": "0"})
    assert answer.status_code == 422
    assert "At least one is asked" in words_of(answer)
    answer = browser.post("/surveys/new/", FORM, follow=True)
    assert "Personalens enkät · everywhere · once" in words_of(answer)


def test_a_coordinators_page_offers_the_own_sites(norrkoping):
    browser = browser_of(CoordinatorFactory())
    assert browser.post("/surveys/new/", FORM).status_code == 422
    malmo = str(the_site("malmo").pk)
    assert browser.post("/surveys/new/", FORM | {"site": malmo}).status_code == 422
    assert browser.post("/surveys/new/", FORM | {"site": str(norrkoping.pk)}).status_code == 302
