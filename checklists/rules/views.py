"""The secretariat's pages of outcomes, kinds of referrals and how long a consent holds."""

from operator import attrgetter
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.codes import agency_name
from agencies.models import Role
from agencies.rules.dated import end_row, require_ahead
from agencies.rules.pages import EndForm, RuleRow, RulesOfAKind, rules_page
from agencies.rules.told import told_changes
from agencies.rules.touched import Touched
from agencies.sites.pages import READS_AND_WRITES
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.attendance.ahead import chains_ahead
from bookings.models import Disclosure
from checklists.models import ConsentPeriodChange, Outcome, OutcomeChange, ReferralKind, ReferralKindChange
from checklists.rules import forms
from checklists.rules.change import add_outcome, add_referral_kind, set_period
from checklists.rules.periods import said_periods
from checklists.rules.texts import drafts_of


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def outcomes(request: StaffRequest) -> HttpResponse:
    """How a step may end, and a further way."""
    return rules_page(
        request,
        forms.OutcomeForm(request.POST or None),
        RulesOfAKind(
            heading=_("Outcomes of steps"),
            explanation=_("A coordinator chooses among them for each step of the own site's checklist."),
            columns=[_("Code"), _("Name"), _("Not checked"), _("From"), _("Until")],
            rows=[
                _row(one, [one.code, one.name, drafts_of(one)], "outcome") for one in Outcome.objects.all()
            ],
            today=timezone.localdate(),
            changes=told_changes((OutcomeChange, attrgetter("name"))),
            back=resolve_url("checklists:outcomes"),
        ),
        verb=lambda values: add_outcome(
            code=values["code"],
            names=_in_languages(values, "name"),
            valid_from=values["valid_from"],
            by=request.user,
            at=timezone.now(),
        ),
        touched=_ahead,
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def end_outcome(request: StaffRequest, outcome: int) -> HttpResponse:
    """Let an outcome end."""
    found = get_object_or_404(Outcome, pk=outcome)
    return _end(request, found, back=resolve_url("checklists:outcomes"))


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def referral_kinds(request: StaffRequest) -> HttpResponse:
    """The kinds of joint efforts, and a further one."""
    return rules_page(
        request,
        forms.ReferralKindForm(request.POST or None),
        RulesOfAKind(
            heading=_("Kinds of referrals"),
            explanation=_("Whoever starts one first makes sure of what must hold."),
            columns=[
                _("Name"),
                _("What must hold first"),
                _("Agencies that may start it"),
                _("Not checked"),
                _("From"),
                _("Until"),
            ],
            rows=[
                _row(
                    one,
                    [one.name, one.precondition, ", ".join(map(agency_name, one.starters)), drafts_of(one)],
                    "referral-kind",
                )
                for one in ReferralKind.objects.all()
            ],
            today=timezone.localdate(),
            changes=told_changes((ReferralKindChange, attrgetter("name"))),
            back=resolve_url("checklists:referral-kinds"),
        ),
        verb=lambda values: add_referral_kind(
            code=values["code"],
            texts={key: text for field in forms.TEXTS for key, text in _in_languages(values, field).items()},
            starters=values["starters"],
            valid_from=values["valid_from"],
            by=request.user,
            at=timezone.now(),
        ),
        touched=_ahead,
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def end_referral_kind(request: StaffRequest, kind: int) -> HttpResponse:
    """Let a kind of referral end."""
    found = get_object_or_404(ReferralKind, pk=kind)
    return _end(request, found, back=resolve_url("checklists:referral-kinds"))


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def consent_periods(request: StaffRequest) -> HttpResponse:
    """How long a yes holds after the day, and a new period."""
    names = dict(Disclosure.Category.choices)

    def touched(values: dict[str, Any]) -> list[Touched]:
        _ahead(values)
        return chains_ahead(first=values["valid_from"])

    return rules_page(
        request,
        forms.PeriodForm(request.POST or None),
        RulesOfAKind(
            heading=_("How long a consent holds"),
            explanation=_(
                "Counted from the booked day. What is given already holds as long as it was said to the person."
            ),
            columns=[_("Category"), _("Days after the day"), _("For days from"), _("Until")],
            rows=[
                RuleRow([names[category], days, since or _("the beginning"), until], first=since, last=until)
                for category, said in said_periods().items()
                for since, until, days in said.spans()
            ],
            today=timezone.localdate(),
            changes=told_changes((ConsentPeriodChange, lambda one: one.get_category_display())),
            back=resolve_url("checklists:consent-periods"),
        ),
        verb=lambda values: set_period(**values, by=request.user, at=timezone.now()),
        touched=touched,
    )


def _end(request: StaffRequest, row: Model, *, back: str) -> HttpResponse:
    return rules_page(
        request,
        EndForm(request.POST or None),
        RulesOfAKind(
            heading=_("End: %(rule)s") % {"rule": row},
            explanation=_("After that day nobody chooses it; where it was chosen it stays."),
            back=back,
        ),
        verb=lambda values: end_row(row=row, **values, by=request.user, at=timezone.now()),
        touched=lambda _values: [],
    )


def _ahead(values: dict[str, Any]) -> list[Touched]:
    require_ahead(values["valid_from"], at=timezone.now())
    return []


def _row(row: Outcome | ReferralKind, cells: list[Any], name: str) -> RuleRow:
    """A row with its days, and where it is ended and its texts are written."""
    return RuleRow(
        [*cells, row.valid_from, row.valid_to],
        "" if row.valid_to else resolve_url(f"checklists:end-{name}", row.pk),
        resolve_url(f"checklists:{name}-texts", row.pk),
        row.valid_from,
        row.valid_to,
    )


def _in_languages(values: dict[str, Any], field: str) -> dict[str, str]:
    return {name: text for name, text in values.items() if name.startswith(f"{field}_")}
