"""A colleague stands in."""

import pytest

from agencies.models import Shift
from agencies.rosters.shifts import ShiftNotAdded
from agencies.rosters.substitute import NotASubstitute, substitute
from tests.factories.agencies import HostFactory, UserFactory, the_site

pytestmark = pytest.mark.django_db


def test_a_colleague_gets_the_same_hours_and_covers_the_shift(shift, said):
    shift.breaks.create(starts_at=shift.starts_at, ends_at=shift.ends_at)
    cover = substitute(shift=shift, colleague=UserFactory(agency="FK"), **said)
    assert (cover.starts_at, cover.ends_at, cover.covers) == (shift.starts_at, shift.ends_at, shift)
    assert cover.breaks.get().starts_at == shift.starts_at


@pytest.mark.parametrize(
    "colleague",
    [
        lambda: UserFactory(agency="AF"),
        lambda: UserFactory(agency="FK", is_active=False),
        lambda: UserFactory(agency="FK", sites=[the_site("malmo")]),
        lambda: UserFactory(agency="FK", desk=False),
        HostFactory,
    ],
)
def test_others_stand_in_for_nobody(shift, said, colleague):
    with pytest.raises(NotASubstitute):
        substitute(shift=shift, colleague=colleague(), **said)
    assert Shift.objects.count() == 1


def test_whoever_is_absent_does_not_stand_in_and_a_colleague_only_once(shift, worker, said):
    with pytest.raises(NotASubstitute):
        substitute(shift=shift, colleague=worker, **said)
    colleague = UserFactory(agency="FK")
    substitute(shift=shift, colleague=colleague, **said)
    with pytest.raises(ShiftNotAdded):
        substitute(shift=shift, colleague=colleague, **said)
