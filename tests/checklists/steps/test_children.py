"""Steps about children are read and ticked only where there are children: by the owner, a visited agency, the party."""

import pytest

from checklists.models import ReferralKind
from tests.bookings.booking_steps import FAMILY, FIRST, PARENTS, book, open_days, register
from tests.browser import browser_of
from tests.checklists.checklist_steps import sheet
from tests.factories.agencies import UserFactory, the_agency

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("births", "is_there"), [(FAMILY, True), (PARENTS, False)])
def test_only_families_with_children_read_and_tick_the_school_step(births, is_there, acting):
    open_days(FIRST)
    owner, municipal = UserFactory(), UserFactory(agency=the_agency("KOM"))
    with acting(owner):
        chain = book(register(owner, births=births), owner)
    with acting(municipal):
        keys = {line.key for section in sheet(chain).sections for line in section.lines}
    assert {"kom-housing", "kom-swedish"} <= keys
    assert ("kom-school" in keys) is is_there
    answer = browser_of(municipal).post(
        f"/checklists/{chain.reference}/steps/kom-school/", {"done_on": "2026-11-23"}
    )
    assert (answer.status_code != 404) is is_there


def test_a_joint_assessment_names_income_and_medical_evidence_and_a_person_may_ask_for_a_plan():
    assessment, plan = (ReferralKind.objects.get(code=code) for code in ("gemensam-kartlaggning", "sip"))
    assert "SGI" in assessment.precondition_sv  # type: ignore[attr-defined]  # by modeltranslation
    assert "medicinskt underlag" in assessment.precondition_sv  # type: ignore[attr-defined]  # by modeltranslation
    assert plan.started_by_sv.startswith("personen själv kan be om den")  # type: ignore[attr-defined]  # by modeltranslation
