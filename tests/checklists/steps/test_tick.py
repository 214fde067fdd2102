"""Ticking a step and taking the tick back."""

from datetime import date, timedelta

import pytest

from bookings.chains.check_in import check_in
from checklists.models import Template, Tick
from checklists.steps.tick import NoSuchOutcome, NotTickable, TickedMeanwhile, tick_step, untick_step
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


def test_a_tick_taken_back_with_an_earlier_moment_than_it_was_made_with_is_taken_back_after_it(
    chain, fk, acting
):
    """The colleague had waited: the moment was read before the tick was made."""
    with acting(fk):
        made = tick(chain, "fk-registered", fk, at=NOW + timedelta(seconds=1))
        untick_step(part=own_part(chain), step=step(chain, "fk-registered"), by=fk, at=NOW)
        again = tick(chain, "fk-registered", fk, at=NOW)
        made.refresh_from_db()
        assert made.ticked_at == made.taken_back_at == again.ticked_at
        assert list(Tick.objects.all()) == [made, again]


def test_a_tick_that_was_not_seen_is_neither_replaced_nor_taken_back(chain, fk, acting):
    with acting(fk):
        part, own = own_part(chain), step(chain, "fk-registered")
        seen = tick(chain, "fk-registered", fk, outcome="done").version
        tick(chain, "fk-registered", fk, outcome="applied")
        for stale in ("", "-", seen):
            with pytest.raises(TickedMeanwhile):
                tick_step(part=part, step=own, done_on=TODAY, outcome="done", seen=stale, by=fk, at=NOW)
        with pytest.raises(TickedMeanwhile):
            untick_step(part=part, step=own, seen=seen, by=fk, at=NOW)
        assert Tick.objects.get(taken_back_at=None).version == f"{TODAY}.applied"
