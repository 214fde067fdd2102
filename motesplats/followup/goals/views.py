"""Goals and series: what holds and held, a new goal, and the numbers of a series."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role
from agencies.web.forms import RefusableForm, with_capitals
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.goals.forms import EndGoalForm, GoalForm, ValueForm
from motesplats.followup.goals.queries import goals
from motesplats.followup.goals.set_goal import end_goal, set_goal
from motesplats.followup.goals.set_values import NewValue, set_values
from motesplats.followup.goals.tables import current, table_of
from motesplats.models import Series, SeriesValue

READERS = (Role.COORDINATOR, Role.MANAGER, Role.SECRETARIAT)
READS_AND_WRITES = ["GET", "HEAD", "POST"]


@require_safe
@for_roles(*READERS)
def goals_page(request: StaffRequest) -> HttpResponse:
    """Every goal with its days and reason, and every series with its definition and the country's numbers."""
    rows = list(SeriesValue.objects.filter(site=None))
    context = {
        "goals": goals(),
        "today": timezone.localdate(),
        "tables": [table_of(series, rows) for series in Series.objects.all()],
    }
    return render(request, "motesplats/followup/goals/goals.html", context)


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def new_goal(request: StaffRequest) -> HttpResponse:
    """Set a goal."""
    form = GoalForm(request.POST or None)

    def verb(typed: dict[str, Any]) -> None:
        told = {name: typed[name] for name in ("site", "valid_from", "why", "decided_by")}
        set_goal(target=form.target, by=request.user, at=timezone.now(), **told)

    if form.is_accepted(verb):
        messages.success(request, _("The goal is set."))
        return redirect("followup:goals")
    return _form_page(request, form, _("Set a goal"), _("Set the goal"))


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def end_goal_page(request: StaffRequest, goal: int) -> HttpResponse:
    """End a goal without a next one."""
    found = get_object_or_404(goals(), pk=goal)
    form = EndGoalForm(request.POST or None)
    if form.is_accepted(
        lambda typed: end_goal(goal=found, last=typed["last"], by=request.user, at=timezone.now())
    ):
        messages.success(request, _("The goal has an end."))
        return redirect("followup:goals")
    return _form_page(request, form, _("End a goal"), _("End the goal"), goal=found)


@require_http_methods(READS_AND_WRITES)
@for_roles(*READERS)
def series_page(request: StaffRequest, code: str) -> HttpResponse:
    """A series with all that was ever written of it; the secretariat writes a further number."""
    series = get_object_or_404(Series, code=code)
    writes = request.user.role == Role.SECRETARIAT
    if request.method == "POST" and not writes:
        raise PermissionDenied
    form = ValueForm(request.POST or None) if writes else None
    said = 0

    def verb(typed: dict[str, Any]) -> None:
        nonlocal said
        value, is_approximate = typed.pop("value")
        new = NewValue(series=series, value=value, is_approximate=is_approximate, **typed)
        said = set_values(values=[new], by=request.user, at=timezone.now())

    if form and form.is_accepted(verb):
        messages.success(request, said_words(said))
        return redirect("followup:series", series.code)
    if form:
        with_capitals(form)
    rows = list(series.numbers.select_related("site", "set_by").order_by("-pk"))
    context = {
        "table": table_of(series, rows),
        "sites": [row for row in current(rows) if row.site_id],
        "written": rows[:100],
        "form": form,
    }
    status = form.status if form else 200
    return render(request, "motesplats/followup/goals/series.html", context, status=status)


def said_words(number: int) -> str:
    """What is told after saving."""
    if not number:
        return _("Nothing has changed since it was last written.")
    return ngettext("%(number)s number is saved.", "%(number)s numbers are saved.", number) % {
        "number": number
    }


def _form_page(
    request: StaffRequest, form: RefusableForm, heading: str, act: str, **context: object
) -> HttpResponse:
    with_capitals(form)
    context |= {"form": form, "heading": heading, "act": act}
    return render(request, "motesplats/followup/goals/form.html", context, status=form.status)
