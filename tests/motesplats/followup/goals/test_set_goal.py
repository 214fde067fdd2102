"""Goals are dated, have a reason, and are never changed backwards."""

from datetime import date
from functools import partial
from itertools import pairwise

import pytest
from django.utils import timezone

from agencies.sites.saving import ValueNotAllowed
from agencies.web.roles import NotForYourRole
from motesplats.followup.goals.queries import goal_for
from motesplats.followup.goals.set_goal import GoalNotSet, Target, end_goal, set_goal
from motesplats.models import Goal
from tests.factories.agencies import CoordinatorFactory, SecretariatFactory, the_site
from tests.factories.goals import half_of_the_permits
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db
TODAY, TOMORROW, LATER = date(2026, 11, 23), date(2026, 11, 24), date(2027, 3, 1)


def persons(number: int, valid_from: date, by, *, site=None, why: str = "Fewer permits") -> Goal:
    return set_goal(
        site=site,
        target=Target(persons=number),
        valid_from=valid_from,
        why=why,
        decided_by="The steering group",
        by=by,
        at=timezone.now(),
    )


def test_the_goal_before_ends_on_the_day_before(eva):
    first = half_of_the_permits(eva)
    second = persons(6000, TOMORROW, eva)
    first.refresh_from_db()
    assert first.valid_to == TODAY
    assert (second.valid_to, second.set_by, second.why) == (None, eva, "Fewer permits")
    assert goal_for(None, on=TODAY) == first
    assert goal_for(None, on=TOMORROW) == second
    assert goal_for(None, on=date(2016, 1, 1)) is None


def test_what_is_in_force_is_not_changed_backwards(eva):
    goal = half_of_the_permits(eva)
    for day in (TODAY, date(2020, 1, 1), goal.valid_from, date(2010, 1, 1)):
        with pytest.raises(GoalNotSet) as refusal:
            persons(6000, day, eva)
        assert "valid_from" in refusal.value.errors
    assert list(Goal.objects.values_list("percent", "valid_to")) == [(50, None)]


def test_a_time_without_a_goal_may_be_written_afterwards(eva):
    goal = half_of_the_permits(eva)
    end_goal(goal=goal, last=LATER, by=eva, at=timezone.now())
    assert persons(6000, date(2028, 1, 1), eva).valid_from == date(2028, 1, 1)


@pytest.mark.parametrize(
    "target",
    [
        Target(),
        Target(percent=50),
        Target(percent=0, persons=None),
        Target(persons=0),
        Target(persons=5, percent=50),
    ],
)
def test_a_goal_is_a_share_of_a_series_or_a_number_and_a_refused_one_leaves_nothing(eva, target):
    half_of_the_permits(eva)
    with pytest.raises(ValueNotAllowed):
        set_goal(
            site=None, target=target, valid_from=LATER, why="Why", decided_by="X", by=eva, at=timezone.now()
        )
    assert Goal.objects.get().valid_to is None


def test_a_goal_without_a_reason_is_refused(eva):
    with pytest.raises(ValueNotAllowed) as refusal:
        persons(6000, LATER, eva, why="")
    assert "why" in refusal.value.errors


def test_only_the_secretariat_sets_and_ends_goals(eva):
    goal, other = half_of_the_permits(eva), CoordinatorFactory()
    with pytest.raises(NotForYourRole):
        persons(6000, LATER, other)
    with pytest.raises(NotForYourRole):
        end_goal(goal=goal, last=LATER, by=other, at=timezone.now())


def test_a_goal_ends_today_at_the_earliest_and_no_later_than_it_does(eva):
    goal = half_of_the_permits(eva)
    with pytest.raises(GoalNotSet):
        end_goal(goal=goal, last=date(2026, 11, 22), by=eva, at=timezone.now())
    end_goal(goal=goal, last=TODAY, by=eva, at=timezone.now())
    assert goal_for(None, on=TOMORROW) is None
    with pytest.raises(GoalNotSet):
        end_goal(goal=goal, last=LATER, by=eva, at=timezone.now())


def test_a_site_has_its_own_goal_or_shares_the_countrys(eva, norrkoping):
    country, own = half_of_the_permits(eva), persons(400, TOMORROW, eva, site=norrkoping)
    assert goal_for(norrkoping, on=TODAY) == country
    assert goal_for(norrkoping, on=TOMORROW) == own
    assert goal_for(the_site("malmo"), on=TOMORROW) == country
    persons(6000, LATER, eva)
    assert goal_for(the_site("malmo"), on=LATER) is None, "A number of persons is the country's alone."


@pytest.mark.django_db(transaction=True)
def test_of_two_goals_set_at_once_one_ends_the_other():
    eva, ada = SecretariatFactory(), SecretariatFactory()
    half_of_the_permits(eva)
    acts = [
        acting_for(user, partial(persons, 6000, day, user)) for user, day in ((eva, TOMORROW), (ada, LATER))
    ]
    with Together(2) as together:
        together.do(*acts)
    rows = list(Goal.objects.order_by("valid_from").values_list("valid_from", "valid_to"))
    assert len([row for row in rows if row[1] is None]) == 1
    assert all(until and until < begins for (_, until), (begins, _) in pairwise(rows))
