"""The secretariat's page of thresholds."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models import Role, ThresholdChange, ThresholdCode
from agencies.models.thresholds import KINDS
from agencies.rules.pages import RuleRow, RulesOfAKind, rules_page
from agencies.rules.thresholds import check_threshold, set_threshold
from agencies.rules.told import told_changes
from agencies.rules.touched import FEW, Touched
from agencies.sites.pages import READS_AND_WRITES
from agencies.thresholds import dated
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.thresholds.forms import ThresholdForm
from bookings.thresholds.touched import touched_by


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def thresholds(request: StaffRequest) -> HttpResponse:
    """What each threshold is, since when and what comes next, and a further value."""

    def touched(values: dict[str, Any]) -> list[Touched]:
        check_threshold(**values, at=timezone.now())
        return touched_by(**values, today=timezone.localdate())

    return rules_page(
        request,
        ThresholdForm(request.POST or None),
        RulesOfAKind(
            heading=_("Thresholds"),
            explanation=_(
                "That fewer than %(few)s people are never told exactly in figures is a promise, and no setting."
            )
            % {"few": FEW},
            columns=[_("Threshold"), _("Value"), _("From"), _("Until"), _("What it does"), _("May be")],
            rows=list(_rows()),
            today=timezone.localdate(),
            back=resolve_url("bookings:thresholds"),
            changes=told_changes((ThresholdChange, _what)),
            touches=_("From that day on it touches, until somebody changes it again:"),
            touches_nothing=_(
                "Nobody is touched before that day, and nothing that is booked already changes."
            ),
        ),
        verb=lambda values: set_threshold(**values, by=request.user, at=timezone.now()),
        touched=touched,
    )


def _rows() -> Iterator[RuleRow]:
    """Each threshold's values, one after the other."""
    values = dated(*ThresholdCode)
    for code, kind in KINDS.items():
        found = values[code]
        for since, until, value in found.spans():
            yield RuleRow(
                [
                    capfirst(code.label),
                    f"{value} {kind.unit}",
                    since or _("the beginning"),
                    until,
                    kind.meaning,
                    f"{kind.least}–{kind.most}",
                ],
                first=since,
                last=until,
            )


def _what(change: ThresholdChange) -> str:
    return f"{capfirst(change.get_code_display())}, {change.value} ({change.valid_from})"
