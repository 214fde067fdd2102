"""The checklist: each agency ticks its own steps, the party hides and shows it, and either writes the note."""

import re
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from checklists.models import Checklist, Note, Part, Step, Tick
from checklists.models.notes import LONGEST_NOTE
from checklists.steps.sheet import template_in_force, ticks_of

OLDEST = timedelta(days=2 * 365)


class NotTickable(Refusal):
    kind = "step-not-tickable"
    field = "done_on"


class NoSuchOutcome(Refusal):
    kind = "no-such-outcome"
    field = "outcome"


class TickedMeanwhile(Refusal):
    kind = "ticked-meanwhile"
    status = 409


class ChecklistDeleted(Refusal):
    kind = "checklist-deleted"
    status = 409


class NoteRefused(Refusal):
    kind = "note-refused"
    field = "text"


def open_checklist(*, part: Part, at: datetime) -> Checklist:
    """The chain's checklist, made with the template of that day if nobody has written in it before."""
    template = template_in_force(part, on=local(at).date())
    defaults = {"template": template, "opened_at": at}
    return Checklist.objects.get_or_create(chain_id=part.chain_id, defaults=defaults)[0]


def tick_step(*, part: Part, step: Step, done_on: date, outcome: str = "", by: User, at: datetime) -> Tick:
    """Say that the agency's own step is done; saying it otherwise takes the former word back."""
    _check(step, done_on, today=local(at).date())
    found = next((each for each in step.outcomes.all() if each.code == outcome), None)
    if outcome and found is None:
        raise NoSuchOutcome(_("This step does not end like that. Choose from the list."))
    checklist = open_checklist(part=part, at=at)
    before = _standing(checklist, part, step)
    if before and (before.done_on, before.outcome_id) == (done_on, found and found.pk):
        return before
    try:
        with transaction.atomic():
            if before:
                _take_back(before, by=by, at=at)
            return Tick.objects.create(
                checklist=checklist,
                step=step,
                agency=part.agency,
                done_on=done_on,
                outcome=found,
                ticked_at=at,
                ticked_by=by,
            )
    except IntegrityError as error:
        raise TickedMeanwhile(_("Somebody has just ticked this step. Look at the page again.")) from error


def untick_step(*, part: Part, step: Step, by: User, at: datetime) -> None:
    """Take the agency's own word back; that it was said stays as history."""
    checklist = Checklist.objects.filter(chain=part.chain_id).first()
    if checklist and (tick := _standing(checklist, part, step)):
        _take_back(tick, by=by, at=at)


def hide_checklist(*, part: Part, at: datetime) -> None:
    """The party keeps the checklist to itself: what was disclosed of it closes with the next statement."""
    _alter(part, at=at, hidden_at=at)


def show_checklist(*, part: Part, at: datetime) -> None:
    """What the party's consents opened is open again, as far as they still hold."""
    _alter(part, at=at, hidden_at=None)


def delete_checklist(*, part: Part, at: datetime) -> None:
    """The party's list and note are gone for good; what an agency has ticked stays that agency's own record.

    Records of an authority are kept until its decision on retention lets them go, which the nightly task sees to.
    """
    _alter(part, at=at, hidden_at=at, deleted_at=at)
    Note.objects.filter(party=part.party_id).delete()


def write_note(*, party_id: int, text: str, by: User | None, at: datetime) -> Note | None:
    """Write the party's note before the meeting; nobody's name means the party itself, no text removes it."""
    text = _clean(text)
    if not text:
        Note.objects.filter(party=party_id).delete()
        return None
    written = {"text": text, "written_at": at, "written_by": by}
    return Note.objects.update_or_create(party_id=party_id, defaults=written)[0]


def _check(step: Step, done_on: date, *, today: date) -> None:
    if step.by_check_in:
        raise NotTickable(_("This step is done when you check the party in."))
    if done_on > today:
        raise NotTickable(_("The date lies in the future."))
    if done_on < today - OLDEST:
        raise NotTickable(_("The date lies more than two years back."))


def _standing(checklist: Checklist, part: Part, step: Step) -> Tick | None:
    return (
        ticks_of(checklist).filter(step=step, agency=part.agency_id).select_for_update(of=("self",)).first()
    )


def _take_back(tick: Tick, *, by: User, at: datetime) -> None:
    tick.taken_back_at, tick.taken_back_by = at, by
    tick.save(update_fields=["taken_back_at", "taken_back_by"])


def _alter(part: Part, *, at: datetime, **changes: datetime | None) -> None:
    checklist = open_checklist(part=part, at=at)
    if not Checklist.objects.filter(pk=checklist.pk, deleted_at=None).update(**changes):
        raise ChecklistDeleted(_("The checklist has been deleted."))


def _clean(text: str) -> str:
    """Plain text: line breaks stay, other hidden characters are refused."""
    text = re.sub(r"\r\n?", "\n", text).strip()
    if len(text) > LONGEST_NOTE:
        raise NoteRefused(_("Write at most %(most)s characters.") % {"most": LONGEST_NOTE})
    try:
        validate_plain(text.replace("\n", " "))
    except ValidationError as error:
        raise NoteRefused(error.message) from error
    return text
