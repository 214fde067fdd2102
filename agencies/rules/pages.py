"""The page of one kind of rules: a table, a form, and the form's second step, which shows whom the change touches."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A line of the table, and the address at which it is ended or removed, if it may be."""

    cells: Sequence[Any]
    address: str = ""


@dataclass(frozen=True, slots=True)
class RulesOfAKind:
    """What stands on the page beside the form; `act` is what a row's address does, `back` where a change leads."""

    heading: str
    explanation: str
    back: str
    columns: Sequence[str] = ()
    rows: Sequence[RuleRow] = ()
    act: str = ""


def rules_page(
    request: StaffRequest,
    form: RefusableForm,
    kind: RulesOfAKind,
    *,
    verb: Callable[[dict[str, Any]], object],
    touched: Callable[[dict[str, Any]], Iterable[Touched]],
) -> HttpResponse:
    """The page; at the first press it says what the change touches, at the second it makes it.

    `touched` refuses what the verb would refuse, as far as it can know.
    """
    with_capitals(form)
    context: dict[str, Any] = {"kind": kind, "form": form, "act": kind.act or _("End")}
    if request.POST.get("do") == "make":
        if form.is_accepted(verb):
            messages.success(request, _("The change is made."))
            return redirect(kind.back)
    elif form.is_accepted(lambda values: context.update(touched=list(touched(values)))):
        form.status, context["is_preview"] = 200, True
    return render(request, "agencies/rules/rules.html", context, status=form.status)
