"""The secretariat's pages of whom a party meets and of legal bases."""

from operator import attrgetter
from typing import Any

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
from bookings.attendance.change_rules import (
    ONE_DAY,
    NewRule,
    add_legal_basis,
    add_rule,
    check_rule,
    touched_by,
)
from bookings.attendance.rule_forms import LegalBasisForm, RuleForm
from bookings.models import AttendanceRule, AttendanceRuleChange, LegalBasis, LegalBasisChange


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def attendance_rules(request: StaffRequest) -> HttpResponse:
    """Whom a party meets by track and age, and a further rule."""

    def touched(values: dict[str, Any]) -> list[Touched]:
        check_rule(NewRule(**values), at=timezone.now())
        return touched_by(NewRule(**values))

    return rules_page(
        request,
        RuleForm(request.POST or None, initial={"agency_code": request.GET.get("agency", "")}),
        RulesOfAKind(
            heading=_("Whom a party meets"),
            explanation=_(
                "A new rule ends the agency's former one for the same tracks the day before."
                " What is booked keeps its meetings."
            ),
            columns=[_("Agency"), _("Tracks"), _("Age"), _("Who must come"), _("Met"), _("From"), _("Until")],
            rows=[_row(rule) for rule in AttendanceRule.objects.prefetch_related("tracks")],
            today=timezone.localdate(),
            changes=told_changes((AttendanceRuleChange, _what)),
            back=resolve_url("bookings:attendance-rules"),
        ),
        verb=lambda values: add_rule(rule=NewRule(**values), by=request.user, at=timezone.now()),
        touched=touched,
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def end_attendance_rule(request: StaffRequest, rule: int) -> HttpResponse:
    """Let a rule end, so that the agency meets nobody of its tracks afterwards."""
    found = get_object_or_404(AttendanceRule.objects.prefetch_related("tracks"), pk=rule)
    tracks = [track.number for track in found.tracks.all()]
    return rules_page(
        request,
        EndForm(request.POST or None),
        RulesOfAKind(
            heading=_("End: %(rule)s") % {"rule": agency_name(found.agency_code)},
            explanation=_(
                "After that day the agency meets nobody of these tracks, unless another rule says so."
            ),
            back=resolve_url("bookings:attendance-rules"),
        ),
        verb=lambda values: end_row(row=found, **values, by=request.user, at=timezone.now()),
        touched=lambda values: chains_ahead(
            first=values["last"] + ONE_DAY, tracks=tracks, least=found.min_age, most=found.max_age
        ),
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def legal_bases(request: StaffRequest) -> HttpResponse:
    """The sections of law that make somebody part of the target group, and a further one."""

    def touched(values: dict[str, Any]) -> list[Touched]:
        require_ahead(values["valid_from"], at=timezone.now())
        return []

    return rules_page(
        request,
        LegalBasisForm(request.POST or None),
        RulesOfAKind(
            heading=_("Legal bases"),
            explanation=_("Who has none of them is not part of the target group."),
            columns=[_("Code"), _("Section"), _("Meaning"), _("Usual track"), _("From"), _("Until")],
            rows=[
                RuleRow(
                    [one.code, one.paragraph, one.meaning, one.default_track, one.valid_from, one.valid_to],
                    "" if one.valid_to else resolve_url("bookings:end-legal-basis", one.pk),
                    first=one.valid_from,
                    last=one.valid_to,
                )
                for one in LegalBasis.objects.select_related("default_track")
            ],
            today=timezone.localdate(),
            changes=told_changes((LegalBasisChange, attrgetter("paragraph"))),
            back=resolve_url("bookings:legal-bases"),
        ),
        verb=lambda values: add_legal_basis(
            code=values["code"],
            paragraph=values["paragraph"],
            meaning={name: values[name] for name in ("meaning_sv", "meaning_en")},
            track=values["default_track"],
            valid_from=values["valid_from"],
            by=request.user,
            at=timezone.now(),
        ),
        touched=touched,
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def end_legal_basis(request: StaffRequest, basis: int) -> HttpResponse:
    """Let a legal basis end."""
    found = get_object_or_404(LegalBasis, pk=basis)
    return rules_page(
        request,
        EndForm(request.POST or None),
        RulesOfAKind(
            heading=_("End: %(rule)s") % {"rule": found},
            explanation=_("After that day nobody is registered with it."),
            back=resolve_url("bookings:legal-bases"),
        ),
        verb=lambda values: end_row(row=found, **values, by=request.user, at=timezone.now()),
        touched=lambda values: chains_ahead(first=values["last"] + ONE_DAY, legal_basis=found.pk),
    )


def _row(rule: AttendanceRule) -> RuleRow:
    ages = [str(age) if age is not None else "" for age in (rule.min_age, rule.max_age)]
    today = timezone.localdate()
    may_end = rule.valid_to is None or rule.valid_to > today
    return RuleRow(
        [
            agency_name(rule.agency_code),
            ", ".join(str(track.number) for track in rule.tracks.all()),
            "–".join(ages) if any(ages) else _("all"),
            rule.get_who_display(),
            _("yes") if rule.is_default else _("if switched on"),
            rule.valid_from,
            rule.valid_to,
        ],
        resolve_url("bookings:end-attendance-rule", rule.pk) if may_end else "",
        first=rule.valid_from,
        last=rule.valid_to,
    )


def _what(one: AttendanceRuleChange) -> str:
    return f"{agency_name(one.agency_code)} ({one.valid_from})"
