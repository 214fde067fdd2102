"""What the buttons of the week's days do: which verb with which form."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import User
from agencies.rosters.change import approve_shifts
from agencies.rosters.days import close_day, open_weeks
from agencies.rosters.shifts import DayNotOpened, open_day
from agencies.rosters.weeks import copy_week
from bookings.week.forms import CopyForm, OpenDayForm, OpenWeeksForm
from bookings.week.press import WeekPress, day_named


class DayPress(WeekPress):
    """A press on the week's days; what was opened or copied is shown as a list."""

    def acts(self) -> Mapping[str, Callable[[User, datetime], str]]:
        return {
            "open": self._open,
            "close": self._close,
            "weeks": self._weeks,
            "copy": self._copy,
            "approve": self._approve,
        }

    def _open(self, by: User, at: datetime) -> str:
        on = self.typed.get("on")
        form = OpenDayForm(self.typed, auto_id="on-%s" if on else "day-%s")
        self.context = {"on_form" if on else "day_form": form, "open_card": "" if on else "day"}

        def verb(said: dict[str, Any]) -> object:
            hours = {"day": said["date"], "opens": said["opens"], "closes": said["closes"]}
            short_notice = said["short_notice"]
            return open_day(location=self.week.location, **hours, by=by, at=at, short_notice=short_notice)

        return self.accepted(form, verb, _("The day is open."))

    def _close(self, by: User, at: datetime) -> str:
        day = day_named(self.typed.get("on", ""))
        site_day = self.week.open_days.get(day) if day else None
        if site_day is None:
            raise DayNotOpened(_("That day has been called off."))
        close_day(site_day=site_day, by=by, at=at)
        return _("The day is closed.")

    def _weeks(self, by: User, at: datetime) -> str:
        form = OpenWeeksForm(self.typed, auto_id="weeks-%s")
        self.context = {"weeks_form": form, "open_card": "weeks"}

        def verb(said: dict[str, Any]) -> object:
            self.context["opened"] = open_weeks(location=self.week.location, **said, by=by, at=at)
            self.context["open_card"] = ""
            return self.context["opened"]

        return self.accepted(form, verb, "")

    def _copy(self, by: User, at: datetime) -> str:
        form = CopyForm(self.typed, monday=self.week.monday, auto_id="copy-%s")
        self.context = {"copy_form": form, "open_card": "copy"}

        def verb(said: dict[str, Any]) -> object:
            monday = self.week.monday
            self.context["copied"] = copy_week(
                location=self.week.location, monday=monday, to=said["to"], by=by, at=at
            )
            self.context["open_card"] = ""
            return None

        return self.accepted(form, verb, "")

    def _approve(self, by: User, at: datetime) -> str:
        own = [one for one in self.week.shifts if self.week.is_here(one)]
        code = self.typed.get("agency", "")
        keys = {one.resource for one in self.week.workers if code in ("", one.code)}
        number = approve_shifts(shifts=[one for one in own if one.resource_id in keys], by=by, at=at)
        return ngettext("%(number)s shift is approved.", "%(number)s shifts are approved.", number) % {
            "number": number
        }
