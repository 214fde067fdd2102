"""The page of one kind of rules: a table, a form, and the form's second step, which shows whom the change touches."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.rules.told import ToldChange
from agencies.rules.touched import Touched
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm, with_capitals
from agencies.web.requests import StaffRequest


class EndForm(RefusableForm):
    """The last day of a rule."""

    last = DayField(label=gettext_lazy("valid to"), help_text=gettext_lazy("The last day on which it holds."))


class SureForm(RefusableForm):
    """Nothing to fill in; one only has to be sure."""

    sure = forms.CharField(widget=forms.HiddenInput, initial="yes")


class OnForm(RefusableForm):
    """A day on which one wants to know what held."""

    on = DayField(label=gettext_lazy("what held on"))


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A line of the table; `address` is where it is ended or removed, if it may be, `edit` where its texts are changed.

    It holds from the `first` to the `last` day; None: since ever, without an end.
    """

    cells: Sequence[Any]
    address: str = ""
    edit: str = ""
    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and not self.has_passed(day)

    def has_passed(self, day: date) -> bool:
        return self.last is not None and self.last < day


@dataclass(frozen=True, slots=True)
class RulesOfAKind:
    """What stands on the page beside the form; `act` is what a row's address does, `back` where a change leads.

    With `today` the rows are dated: those that have passed stand apart, and one may ask what held on a day.
    `touches` and `touches_nothing` say what the preview tells, if that is not the usual.
    """

    heading: str
    explanation: str
    back: str
    columns: Sequence[str] = ()
    rows: Sequence[RuleRow] = ()
    today: date | None = None
    act: str = ""
    changes: Sequence[ToldChange] = ()
    touches: str = ""
    touches_nothing: str = ""


def rules_page(
    request: StaffRequest,
    form: RefusableForm,
    kind: RulesOfAKind,
    *,
    verb: Callable[[dict[str, Any]], object],
    touched: Callable[[dict[str, Any]], Iterable[Touched]],
) -> HttpResponse:
    """The page; at the first press it says what the change touches, at the second it makes it.

    `touched` refuses what the verb would refuse, as far as it can know. With `?on=` it shows what held on a day.
    """
    with_capitals(form)
    context: dict[str, Any] = {"kind": kind, "form": form, "act": kind.act or _("End")}
    context |= _shown(request, kind, kind.today) if kind.today else {"rows": kind.rows}
    if request.POST.get("do") == "make":
        if form.is_accepted(verb):
            messages.success(request, _("The change is made."))
            return redirect(kind.back)
    elif form.is_accepted(lambda values: context.update(touched=list(touched(values)))):
        form.status, context["is_preview"] = 200, True
    is_wrong = "on_form" in context and context["on_form"].errors
    status = 422 if is_wrong else form.status
    return render(request, "agencies/rules/rules.html", context, status=status)


def _shown(request: StaffRequest, kind: RulesOfAKind, today: date) -> dict[str, Any]:
    """The rows that hold on the day that is asked for; else those that hold or come, apart those that have passed."""
    on_form = OnForm(request.GET if "on" in request.GET else None)
    with_capitals(on_form)
    if on_form.is_bound and on_form.is_valid():
        on = on_form.cleaned_data["on"]
        return {"on_form": on_form, "on": on, "rows": [row for row in kind.rows if row.holds_on(on)]}
    return {
        "on_form": on_form,
        "rows": [row for row in kind.rows if not row.has_passed(today)],
        "earlier": [row for row in kind.rows if row.has_passed(today)],
    }
