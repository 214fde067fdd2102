"""A colleague takes over what is booked against an absent caseworker's shift: all or nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from agencies.models import Shift
from agencies.rosters.change import remove_shift
from agencies.rosters.substitute import substitute
from agencies.web.roles import NotForYourRole
from bookings.chains.check_in import check_in
from bookings.chains.cover import CannotCover, cover_shift
from bookings.models import Chain, Event, Meeting, Summons
from bookings.templatetags.staff import event_sentence
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(chain) -> Shift:
    """FK's, against which the family's meeting is booked."""
    found = Shift.objects.select_related("site_day__location__site")
    return found.get(resource__caseworker__agency__code="FK", site_day=chain.site_day)


@pytest.fixture
def coordinator(db):
    return CoordinatorFactory()


@pytest.fixture
def cover(shift, coordinator) -> Shift:
    return substitute(shift=shift, colleague=UserFactory(agency="FK"), by=coordinator, at=NOW)


def met_by(chain: Chain) -> int | None:
    return chain.meetings.get(agency__code="FK").caseworker.resource_id


@pytest.mark.parametrize("who", [CoordinatorFactory, lambda: ManagerFactory(agency="FK")])
def test_the_meeting_is_the_colleagues_at_the_same_time_and_the_letter_stays(
    chain, shift, cover, by, acting, who
):
    editor = who()
    with acting(by):
        before = chain.meetings.get(agency__code="FK")
        letters = Summons.objects.count()
    with acting(editor):
        assert cover_shift(shift=shift, colleague=cover, by=editor, at=NOW).meetings == 1
        remove_shift(shift=shift, by=editor, at=NOW)
    with acting(by):
        after = chain.meetings.get(agency__code="FK")
        assert (after.starts_at, after.ends_at, met_by(chain)) == (
            before.starts_at,
            before.ends_at,
            cover.resource_id,
        )
        assert set(after.claims.values_list("resource", flat=True)) >= {cover.resource_id}
        assert Chain.objects.get(pk=chain.pk).version == chain.version + 1
        assert Summons.objects.count() == letters
        event = Event.objects.get(kind=Event.Kind.COVERED)
        assert event.by == editor
        assert "annan handläggare" in event_sentence(event)


def test_a_meeting_outside_the_colleagues_hours_is_named_and_nothing_is_moved(
    chain, shift, cover, acting, by
):
    Shift.objects.filter(pk=cover.pk).update(ends_at=cover.starts_at + timedelta(minutes=5))
    manager = ManagerFactory(agency="FK")
    with acting(manager), pytest.raises(CannotCover) as refused:
        cover_shift(shift=shift, colleague=cover, by=manager, at=NOW)
    assert refused.value.chains == [chain.reference]
    with acting(by):
        assert met_by(chain) == shift.resource_id


def test_a_draft_covers_nothing(chain, shift, cover, coordinator, acting):
    Shift.objects.filter(pk=cover.pk).update(state=Shift.State.DRAFT)
    with acting(coordinator), pytest.raises(CannotCover):
        cover_shift(shift=shift, colleague=cover, by=coordinator, at=NOW)


def test_whom_the_party_may_not_meet_takes_nothing_over(chain, shift, cover, coordinator, acting, by):
    with acting(by):
        type(chain.party).objects.filter(pk=chain.party_id).update(caseworker_sex="F")
    with acting(coordinator), pytest.raises(CannotCover):
        cover_shift(shift=shift, colleague=cover, by=coordinator, at=NOW)
    with acting(by):
        assert met_by(chain) == shift.resource_id


def test_a_meeting_that_has_begun_is_not_handed_over(chain, shift, cover, coordinator, acting, by):
    with acting(by):
        check_in(reference=chain.reference, agency="FK", by=by, at=chain.site_day.opens_at)
    with acting(coordinator), pytest.raises(CannotCover):
        cover_shift(shift=shift, colleague=cover, by=coordinator, at=NOW)


def test_another_agencys_manager_hands_nothing_over(chain, shift, cover, acting, by):
    manager = ManagerFactory(agency="AF")
    with acting(manager), pytest.raises(NotForYourRole):
        cover_shift(shift=shift, colleague=cover, by=manager, at=NOW)


def test_whoever_is_met_still_changes_no_caseworker_without_that_verb(chain, shift, cover, acting):
    colleague = UserFactory(agency="FK")
    with acting(colleague), pytest.raises(ProgrammingError), transaction.atomic():
        Meeting.objects.filter(agency__code="FK").update(caseworker=colleague)
