"""Ticking a step and taking the tick back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from agencies.models import User
from agencies.read_log.notes import taking_notes
from agencies.secrecy.context import acting_as, viewer_of
from bookings.chains.check_in import check_in
from checklists.models import Template, Tick
from checklists.steps.open import open_checklist
from checklists.steps.tick import NoSuchOutcome, NotTickable, TickedMeanwhile, untick_step
from tests.checklists.checklist_steps import TODAY, own_line, own_part, sheet, step, tick
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def test_a_tick_has_its_date_and_outcome(chain, fk, acting):
    with acting(fk):
        tick(chain, "fk-registered", fk, on=date(2026, 11, 20), outcome="applied")
        line = own_line(chain)
        assert (line.done_on, line.outcome) == (date(2026, 11, 20), "ansökan eller anmälan lämnad")


def test_a_second_press_makes_no_second_tick(chain, fk, acting):
    with acting(fk):
        assert tick(chain, "fk-registered", fk) == tick(chain, "fk-registered", fk)
        assert Tick.objects.count() == 1


def test_a_changed_tick_and_one_taken_back_both_stay_as_history(chain, fk, acting):
    later = NOW + timedelta(hours=1)
    with acting(fk):
        tick(chain, "fk-registered", fk, outcome="done")
        tick(chain, "fk-registered", fk, outcome="applied", at=later)
        untick_step(part=own_part(chain), step=step(chain, "fk-registered"), by=fk, at=later)
        untick_step(part=own_part(chain), step=step(chain, "fk-registered"), by=fk, at=later)
        assert [each.taken_back_by for each in Tick.objects.all()] == [fk, fk]
        assert sheet(chain).progress.done == 0


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), TODAY - timedelta(days=800), date(1, 1, 1)])
def test_an_implausible_date_is_refused(chain, fk, acting, on):
    with acting(fk), pytest.raises(NotTickable) as refused:
        tick(chain, "fk-registered", fk, on=on)
    assert list(refused.value.errors) == ["done_on"]


@pytest.mark.parametrize("outcome", ["informed", "bankrupt", "x" * 500, "klart"])
def test_an_outcome_that_the_step_does_not_have_is_refused(chain, fk, acting, outcome):
    with acting(fk), pytest.raises(NoSuchOutcome):
        tick(chain, "fk-registered", fk, outcome=outcome)


def test_a_step_done_by_check_in_is_done_on_that_day_and_cannot_be_ticked(chain, owner, acting, clock):
    with acting(owner):
        with pytest.raises(NotTickable):
            tick(chain, "mig-talk", owner)
        meeting = chain.meetings.get(agency=owner.agency)
    clock.move_to(meeting.starts_at)
    with acting(meeting.caseworker):
        check_in(reference=chain.reference, agency="MIG", by=meeting.caseworker, at=meeting.starts_at)
        assert own_line(chain).done_on == date(2026, 12, 8)
        assert Tick.objects.count() == 0


def test_a_begun_checklist_keeps_its_template_when_there_is_a_newer_one(chain, fk, acting):
    with acting(fk):
        begun = tick(chain, "fk-registered", fk).checklist.template
        newer = Template.objects.create(track=begun.track, version=9, valid_from=TODAY)
        assert sheet(chain).template == begun
        assert newer.version > begun.version


def at_once(*users: User, do: Callable[[User], int]) -> list[int | str]:
    """What `do` gives for each user, or the kind of its refusal, when all begin at the same moment."""
    gate = Barrier(len(users))

    def begin(user: User) -> int | str:
        try:
            gate.wait()
            with acting_as(viewer_of(user)), taking_notes():
                return do(user)
        except TickedMeanwhile as refusal:
            return refusal.kind
        finally:
            connection.close()

    with ThreadPoolExecutor(len(users)) as pool:
        return list(pool.map(begin, users))


@pytest.mark.django_db(transaction=True)
def test_users_who_write_at_once_have_one_checklist_and_one_tick(chain, owner, fk, af, acting):
    begun = at_once(owner, fk, af, do=lambda user: open_checklist(part=own_part(chain), at=NOW).pk)
    assert len(set(begun)) == 1
    outcomes = iter(["done", "applied"])
    results = at_once(fk, fk, do=lambda user: tick(chain, "fk-registered", user, outcome=next(outcomes)).pk)
    with acting(fk):
        assert Tick.objects.filter(taken_back_at=None).count() == 1
        assert Tick.objects.count() + results.count("ticked-meanwhile") == 2
