"""Rules, all kinds; holidays, and an agency that joins."""

from datetime import date
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Agency, AgencyChange, Holiday, HolidayChange, Role
from agencies.rules import forms
from agencies.rules.holidays import add_holiday, check_holiday, remove_holiday
from agencies.rules.join import add_agency, check_code
from agencies.rules.pages import RuleRow, RulesOfAKind, SureForm, rules_page
from agencies.rules.told import told_changes
from agencies.rules.touched import Touched
from agencies.sites.pages import READS_AND_WRITES
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles


@for_roles(Role.SECRETARIAT)
@require_safe
def rules_index(request: StaffRequest) -> HttpResponse:
    """The kinds of rules."""
    return render(request, "agencies/rules/index.html")


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def holidays(request: StaffRequest) -> HttpResponse:
    """The days on which no site opens, and a further one."""
    today = timezone.localdate()

    def touched(values: dict[str, date]) -> list[Touched]:
        check_holiday(values["date"], at=timezone.now())
        return []

    return rules_page(
        request,
        forms.HolidayForm(request.POST or None),
        RulesOfAKind(
            heading=_("Holidays"),
            explanation=_(
                "No site opens on these days. A day on which a site is open already is called off there first."
            ),
            columns=[_("Date"), _("Name")],
            rows=[
                RuleRow(
                    [one.date, one.name],
                    resolve_url("agencies:remove-holiday", one.pk) if one.date > today else "",
                    first=one.date,
                    last=one.date,
                )
                for one in Holiday.objects.all()
            ],
            today=today,
            changes=told_changes((HolidayChange, lambda one: f"{one.date} {one.name}")),
            back=resolve_url("agencies:holidays"),
            act=_("Remove"),
        ),
        verb=lambda values: add_holiday(**values, by=request.user, at=timezone.now()),
        touched=touched,
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def holiday(request: StaffRequest, holiday: int) -> HttpResponse:
    """Remove a holiday."""
    found = get_object_or_404(Holiday, pk=holiday)
    return rules_page(
        request,
        SureForm(request.POST or None),
        RulesOfAKind(
            heading=_("Remove %(name)s") % {"name": f"{found.date} {found.name}"},
            explanation=_("Sites may open on that day afterwards; none opens by itself."),
            back=resolve_url("agencies:holidays"),
        ),
        verb=lambda _values: remove_holiday(holiday=found, by=request.user, at=timezone.now()),
        touched=lambda _values: [],
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def new_agency(request: StaffRequest) -> HttpResponse:
    """Let an agency join."""
    form = forms.NewAgencyForm(request.POST or None)

    def touched(values: dict[str, str]) -> list[Touched]:
        check_code(values["code"])
        return []

    return rules_page(
        request,
        form,
        RulesOfAKind(
            heading=_("Agencies"),
            explanation=_(
                "An agency that joins, such as a region, is met when a rule of attendance says so. Its texts,"
                " documents and contact card are written on its own page."
            ),
            columns=[_("Code"), _("Name")],
            rows=[RuleRow([one.code, one.name]) for one in Agency.objects.filter(municipality=None)],
            changes=told_changes((AgencyChange, attrgetter("name")), pgh_obj__municipality=None),
            back=resolve_url("agencies:new-agency"),
        ),
        verb=lambda values: add_agency(
            code=values["code"],
            values={name: value for name, value in values.items() if name != "code"},
            by=request.user,
            at=timezone.now(),
        ),
        touched=touched,
    )
