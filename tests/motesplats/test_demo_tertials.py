"""The demo's tertial reports: most sites have handed them in, one late, a few have not; made once, by the verbs."""

from datetime import datetime

import pytest

from agencies.clock import STOCKHOLM, local
from agencies.models import Role, Site
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.demo.leaders import leader_of
from motesplats.demo.national import report_months
from motesplats.demo.tertials import BEGUN, LATE, OVERDUE, hand_in_tertials
from motesplats.followup.tertial.queries import reports_due
from motesplats.models import TertialFigure, TertialReport
from tests.factories.agencies import SecretariatFactory

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 8, 8, tzinfo=STOCKHOLM)


@pytest.fixture
def made(clock) -> int:
    """January to May are reported, and so the first tertial is due."""
    clock.move_to(JUNE)
    report_months(at=JUNE)
    return hand_in_tertials(at=JUNE)


def test_most_are_handed_in_and_the_secretariat_sees_who_owes_one(made):
    assert made == Site.objects.count() - len(OVERDUE | BEGUN)
    with acting_as(viewer_of(SecretariatFactory())):
        handed_in = list(TertialReport.objects.select_related("site"))
        assert len(handed_in) == made
        late = {
            one.site.code
            for one in handed_in
            if one.submitted_at and local(one.submitted_at).date() > one.due
        }
        assert late == LATE
        assert TertialFigure.objects.filter(is_published=True).count() > 10 * made
        owed = [one for one in reports_due(Site.objects.all(), today=JUNE.date()) if one.is_late]
    assert {one.site.code for one in owed} == OVERDUE | BEGUN


def test_a_report_has_an_answer_to_each_question_and_what_was_begun_stays(made):
    site = Site.objects.get(code="kalmar")
    by = leader_of(site, Role.MANAGER)
    with acting_as(viewer_of(by)):
        begun = TertialReport.objects.get(site=site)
        assert (begun.state, begun.texts.exclude(text="").count()) == ("open", 5)
    assert hand_in_tertials(at=JUNE) == 0


def test_nothing_is_owed_before_the_day(clock):
    early = datetime(2026, 3, 9, 8, tzinfo=STOCKHOLM)
    clock.move_to(early)
    report_months(at=early)
    assert hand_in_tertials(at=early) == 0
