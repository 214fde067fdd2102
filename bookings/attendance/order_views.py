"""The secretariat's pages of the order in which agencies are met."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.codes import agency_name
from agencies.models import Role
from agencies.rules.dated import end_row
from agencies.rules.pages import EndForm, RuleRow, RulesOfAKind, rules_page
from agencies.rules.told import told_changes
from agencies.rules.touched import Touched
from agencies.sites.pages import READS_AND_WRITES
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.attendance.ahead import chains_ahead
from bookings.attendance.change_rules import ONE_DAY
from bookings.attendance.orders import add_order, check_order
from bookings.attendance.rule_forms import OrderForm
from bookings.models import Precedence, PrecedenceChange


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def orders(request: StaffRequest) -> HttpResponse:
    """The orders by track, and a further one."""

    def touched(values: dict[str, Any]) -> list[Touched]:
        check_order(**values, at=timezone.now())
        return chains_ahead(first=values["valid_from"], tracks=[values["track"].number])

    return rules_page(
        request,
        OrderForm(request.POST or None),
        RulesOfAKind(
            heading=_("Order of agencies"),
            explanation=_(
                "The planner keeps an order that is never broken, and prefers the others."
                " What is booked keeps its times."
            ),
            columns=[_("Track"), _("First"), _("Then"), _("Never broken"), _("From"), _("Until")],
            rows=[_row(one) for one in Precedence.objects.select_related("track")],
            today=timezone.localdate(),
            changes=told_changes((PrecedenceChange, _what)),
            back=resolve_url("bookings:orders"),
        ),
        verb=lambda values: add_order(**values, by=request.user, at=timezone.now()),
        touched=touched,
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def order(request: StaffRequest, order: int) -> HttpResponse:
    """Let an order end."""
    found = get_object_or_404(Precedence.objects.select_related("track"), pk=order)
    return rules_page(
        request,
        EndForm(request.POST or None),
        RulesOfAKind(
            heading=_("End: %(rule)s") % {"rule": _pair(found)},
            explanation=_("After that day the two are met in any order in this track."),
            back=resolve_url("bookings:orders"),
        ),
        verb=lambda values: end_row(row=found, **values, by=request.user, at=timezone.now()),
        touched=lambda values: chains_ahead(first=values["last"] + ONE_DAY, tracks=[found.track.number]),
    )


def _row(one: Precedence) -> RuleRow:
    return RuleRow(
        [
            one.track.number,
            agency_name(one.before),
            agency_name(one.after),
            _("yes") if one.is_hard else _("no"),
            one.valid_from,
            one.valid_to,
        ],
        resolve_url("bookings:end-order", one.pk)
        if one.valid_to is None or one.valid_to > timezone.localdate()
        else "",
        first=one.valid_from,
        last=one.valid_to,
    )


def _pair(one: Precedence | PrecedenceChange) -> str:
    return f"{agency_name(one.before)} → {agency_name(one.after)}"


def _what(one: PrecedenceChange) -> str:
    return f"{_pair(one)} ({one.track.number})"
