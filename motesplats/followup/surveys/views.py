"""The pages of surveys: which there are, starting a round, and answering one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role
from agencies.web.forms import with_capitals
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles, has_role
from motesplats.followup.surveys.answer import answer_round
from motesplats.followup.surveys.forms import AnswerForm, RoundForm
from motesplats.followup.surveys.queries import (
    LEADERS,
    Audience,
    answered_by,
    may_answer,
    rounds_of,
    rounds_to_answer,
)
from motesplats.followup.surveys.start import start_round

METHODS = ["GET", "HEAD", "POST"]
SHOWN = 200


@require_safe
def surveys(request: StaffRequest) -> HttpResponse:
    """What the reader is asked, and for whoever leads the rounds with their results."""
    today = timezone.localdate()
    leads = has_role(request.user, *LEADERS)
    to_answer = rounds_to_answer(request.user, today=today)
    context = {
        "to_answer": to_answer,
        "answered": answered_by(request.user, to_answer),
        "rounds": list(rounds_of(request.user)[:SHOWN]) if leads else [],
        "leads": leads,
        "may_start": has_role(request.user, Role.SECRETARIAT, Role.COORDINATOR),
        "today": today,
    }
    return render(request, "motesplats/followup/surveys/list.html", context)


@require_http_methods(METHODS)
@for_roles(Role.SECRETARIAT, Role.COORDINATOR)
def new_round(request: StaffRequest) -> HttpResponse:
    """Start a round."""
    form = RoundForm(request.POST if request.method == "POST" else None, user=request.user)
    with_capitals(form)
    if request.method == "POST" and form.is_accepted(
        lambda values: start_round(by=request.user, at=timezone.now(), **values)
    ):
        messages.success(request, _("The survey is started. Its address is on this page."))
        return redirect("followup:surveys")
    return render(request, "motesplats/followup/surveys/start.html", {"form": form}, status=form.status)


@require_http_methods(METHODS)
def survey_round(request: StaffRequest, row: int) -> HttpResponse:
    """Answer a round, or type a paper."""
    one = get_object_or_404(rounds_of(request.user), pk=row)
    is_paper = one.instrument.audience == Audience.NEWCOMERS
    form = AnswerForm(request.POST if request.method == "POST" else None, instrument=one.instrument)
    if request.method == "POST" and form.is_accepted(
        lambda _values: answer_round(round=one, grades=form.grades, by=request.user, at=timezone.now())
    ):
        if is_paper:
            messages.success(request, _("The paper is kept. Type the next one, or leave the page."))
            return redirect("followup:survey-round", row)
        messages.success(request, _("Thank you. Your answer is kept without your name."))
        return redirect("followup:surveys")
    context: dict[str, Any] = {
        "round": one,
        "form": form,
        "is_paper": is_paper,
        "is_open": one.opens_on <= timezone.localdate() <= one.closes_on,
        "may_answer": may_answer(request.user, one),
        "has_answered": not is_paper and bool(answered_by(request.user, [one])),
    }
    return render(request, "motesplats/followup/surveys/answer.html", context, status=form.status)
