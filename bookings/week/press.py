"""A pressed button of the week's page, with its form."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from agencies.web.forms import RefusableForm
from bookings.week.queries import Week


class NoSuchPress(Refusal):
    """The page names somebody, a day or an act that is not on it."""

    kind = "no-such-press"

    def __init__(self) -> None:
        super().__init__(_("This is no longer on the page. Look at the week as it is now."))


class WeekPress:
    """A pressed button with its form; `context` is what the page needs to show it again."""

    def __init__(self, typed: QueryDict, week: Week) -> None:
        self.typed, self.week = typed, week
        self.form: RefusableForm | None = None
        self.context: dict[str, Any] = {}

    @property
    def status(self) -> int:
        """Of the page on which the form was refused; 0: it was not."""
        return self.form.status if self.form and self.form.errors else 0

    def carry_out(self, *, by: User, at: datetime) -> str:
        """Do it; gives what to say, or nothing if the form or a result is shown. Raises what the verbs raise."""
        act = self.acts().get(self.typed.get("act", ""))
        if act is None:
            raise NoSuchPress
        return act(by, at)

    def acts(self) -> Mapping[str, Callable[[User, datetime], str]]:
        raise NotImplementedError

    def accepted(self, form: RefusableForm, verb: Callable[[dict[str, Any]], object], said: str) -> str:
        """What to say, or nothing with the form to be shown again."""
        self.form = form
        return said if form.is_accepted(verb) else ""


def day_named(typed: str) -> date | None:
    """The date that was typed, if it is one."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
