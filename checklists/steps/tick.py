"""Tick a step of one's own agency, and take the tick back."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import User
from agencies.refusals import Refusal
from checklists.models import Checklist, Outcome, Part, Step, Tick
from checklists.order import lock_party, moment_after
from checklists.steps.open import open_checklist
from checklists.steps.sheet import ticks_of

OLDEST_TICK = timedelta(days=2 * 365)


class NotTickable(Refusal):
    kind = "step-not-tickable"
    field = "done_on"


class NoSuchOutcome(Refusal):
    kind = "no-such-outcome"
    field = "outcome"


class TickedMeanwhile(Refusal):
    kind = "ticked-meanwhile"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Somebody has just changed this step. Look at it again."))


def tick_step(
    *,
    part: Part,
    step: Step,
    done_on: date,
    outcome: str = "",
    seen: str = "",
    by: User,
    at: datetime,
) -> Tick:
    """Record that the agency's own step is done; a tick of version `seen` is taken back first.

    Raises NotTickable, NoSuchOutcome, or TickedMeanwhile if there is a tick of another version that says otherwise.
    """
    _check_day(step, done_on, today=local(at).date())
    found = _outcome(step, outcome)
    with transaction.atomic():
        lock_party(part.party_id)
        checklist = open_checklist(part=part, at=at)
        moment = moment_after(_moments(checklist, part, step), at=at)
        if before := _current_tick(checklist, part, step):
            if (before.done_on, before.outcome_id) == (done_on, found and found.pk):
                return before
            if before.version != seen:
                raise TickedMeanwhile
            _take_back(before, by=by, at=moment)
        return Tick.objects.create(
            checklist=checklist,
            step=step,
            agency=part.agency,
            done_on=done_on,
            outcome=found,
            ticked_at=moment,
            ticked_by=by,
        )


def untick_step(*, part: Part, step: Step, seen: str = "", by: User, at: datetime) -> None:
    """Take the agency's own tick back, if there is one; the row stays as history.

    Raises TickedMeanwhile if `seen` is not empty and not the version of that tick.
    """
    with transaction.atomic():
        lock_party(part.party_id)
        checklist = Checklist.objects.filter(chain=part.chain_id).first()
        tick = _current_tick(checklist, part, step) if checklist else None
        if checklist is None or tick is None:
            return
        if seen not in ("", tick.version):
            raise TickedMeanwhile
        _take_back(tick, by=by, at=moment_after(_moments(checklist, part, step), at=at))


def _check_day(step: Step, done_on: date, *, today: date) -> None:
    if step.by_check_in:
        raise NotTickable(_("This step is done when you check the party in."))
    if done_on > today:
        raise NotTickable(_("The date lies in the future."))
    if done_on < today - OLDEST_TICK:
        raise NotTickable(_("The date lies more than two years back."))


def _outcome(step: Step, code: str) -> Outcome | None:
    found = next((each for each in step.outcomes.all() if each.code == code), None)
    if code and found is None:
        raise NoSuchOutcome(_("This step does not end like that. Choose from the list."))
    return found


def _current_tick(checklist: Checklist, part: Part, step: Step) -> Tick | None:
    """The agency's tick that has not been taken back."""
    return ticks_of(checklist).filter(step=step, agency=part.agency_id).first()


def _moments(checklist: Checklist, part: Part, step: Step) -> Iterator[datetime | None]:
    """When the step was ticked and taken back before."""
    own = checklist.ticks.filter(step=step, agency=part.agency_id)
    return chain.from_iterable(own.values_list("ticked_at", "taken_back_at"))


def _take_back(tick: Tick, *, by: User, at: datetime) -> None:
    tick.taken_back_at, tick.taken_back_by = at, by
    tick.save(update_fields=["taken_back_at", "taken_back_by"])
