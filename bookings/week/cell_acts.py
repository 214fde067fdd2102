"""What the buttons of a person's day do: which verb with which form."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Resource, Shift, User
from agencies.rosters.absences import release_standby, report_absence, withdraw_absence
from agencies.rosters.change import ShiftGone, approve_shifts, change_shift, remove_shift
from agencies.rosters.shifts import add_shifts
from bookings.chains.ask_from import ask_to_move_from
from bookings.chains.cover import Covered
from bookings.chains.share_out import share_out
from bookings.interpreting.cover import cover_interpreter
from bookings.week.forms import AbsenceForm, DutyForm
from bookings.week.press import NoSuchPress, WeekPress, day_named
from bookings.week.queries import Week
from bookings.week.stand_in import stand_in
from interpreters.models import Interpreter


class CellPress(WeekPress):
    """A press on a person's day."""

    def __init__(self, typed: QueryDict, week: Week) -> None:
        super().__init__(typed, week)
        self.worker = week.worker(typed.get("person", ""))
        self.day = day_named(typed.get("day", ""))
        self.site_day = week.open_days.get(self.day) if self.day else None
        self.shift = next((one for one in week.shifts if str(one.pk) == typed.get("shift")), None)

    @property
    def anchor(self) -> str:
        return f"{self.worker.key}-{self.day}" if self.worker else ""

    def acts(self) -> Mapping[str, Callable[[User, datetime], str]]:
        if self.worker is None or self.site_day is None:
            return {}
        acts = {"save": self._save, "absent": self._absent, "withdraw": self._withdraw}
        on_shift = {"remove": self._remove, "approve": self._approve, "release": self._release}
        return acts | on_shift | {"cover": self._cover, "share-out": self._share_out, "ask": self._ask}

    def _own_shift(self) -> Shift:
        """The shift that is named. Raises ShiftGone."""
        if self.shift is None or self.worker is None or self.shift.resource_id != self.worker.resource:
            raise ShiftGone(_("Somebody has removed this shift."))
        return self.shift

    def _resource(self) -> Resource:
        assert self.worker
        return Resource.objects.get(pk=self.worker.resource)

    def _save(self, by: User, at: datetime) -> str:
        shift = self._own_shift() if self.typed.get("shift") else None
        form = DutyForm(self.typed, auto_id=f"s{shift.pk}-%s" if shift else "new-%s")
        self.context = {"bound_shift": shift.pk if shift else None, "bound_form": form}

        def verb(_said: dict[str, Any]) -> object:
            duty = form.duty(self._resource())
            if shift:
                return change_shift(shift=shift, duty=duty, by=by, at=at, seen=self.typed.get("seen", ""))
            assert self.site_day
            return add_shifts(site_day=self.site_day, duties=[duty], by=by, at=at)

        return self.accepted(form, verb, _("The shift is saved."))

    def _absent(self, by: User, at: datetime) -> str:
        form = AbsenceForm(self.typed, auto_id="away-%s")
        self.context = {"absence_form": form}

        def verb(said: dict[str, Any]) -> object:
            assert self.day
            starts_at, ends_at = form.span(self.day)
            return report_absence(
                resource=self._resource(),
                site=self.week.location.site,
                starts_at=starts_at,
                ends_at=ends_at,
                kind=said["kind"],
                by=by,
                at=at,
            )

        return self.accepted(form, verb, _("The absence is recorded."))

    def _withdraw(self, by: User, at: datetime) -> str:
        own = (one for one in self.week.absences if self.worker and one.resource_id == self.worker.resource)
        absence = next((one for one in own if str(one.pk) == self.typed.get("absence")), None)
        if absence is None:
            raise NoSuchPress
        withdraw_absence(absence=absence, site=self.week.location.site, by=by, at=at)
        return _("The absence is taken back.")

    def _remove(self, by: User, at: datetime) -> str:
        remove_shift(shift=self._own_shift(), by=by, at=at)
        return _("The shift is removed.")

    def _approve(self, by: User, at: datetime) -> str:
        approve_shifts(shifts=[self._own_shift()], by=by, at=at)
        return _("The shift is approved.")

    def _release(self, by: User, at: datetime) -> str:
        shift = Shift.objects.filter(pk=self._own_shift().pk)
        released, _kept = release_standby(today=at.date(), shifts=shift, by=by)
        return (
            _("The shift is released.") if released else _("Something is booked: the shift is to be present.")
        )

    def _cover(self, by: User, at: datetime) -> str:
        found = self.week.worker(self.typed.get("colleague", ""))
        if found is None:
            raise NoSuchPress
        if found.is_interpreter:
            other = Interpreter.objects.get(resource=found.resource)
            covered = cover_interpreter(shift=self._own_shift(), other=other, by=by, at=at)
        else:
            colleague = User.objects.get(resource=found.resource)
            covered = stand_in(shift=self._own_shift(), colleague=colleague, by=by, at=at)
        return covered.sentence(found.name)

    def _share_out(self, by: User, at: datetime) -> str:
        return shared_words(*share_out(shift=self._own_shift(), by=by, at=at))

    def _ask(self, by: User, at: datetime) -> str:
        number = ask_to_move_from(shift=self._own_shift(), by=by, at=at)
        said = ngettext(
            "The agency of %(number)s family is asked to move it.",
            "The agencies of %(number)s families are asked to move them.",
            number,
        )
        return said % {"number": number}


def shared_words(taken: Mapping[Shift, Covered], left: int) -> str:
    """Who takes over how many, and how many are left."""
    said = [covered.sentence(other.resource.caseworker) for other, covered in taken.items()]
    if left:
        said.append(
            ngettext(
                "%(number)s meeting is left: nobody is free then.",
                "%(number)s meetings are left: nobody is free then.",
                left,
            )
            % {"number": left}
        )
    return " ".join(said)
