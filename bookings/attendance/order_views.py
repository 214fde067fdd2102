"""The secretariat's pages of the order in which agencies are met."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.codes import agency_name
from agencies.models import Role
from agencies.rules.pages import RuleRow, RulesOfAKind, SureForm, rules_page
from agencies.rules.touched import Touched
from agencies.sites.pages import READS_AND_WRITES
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.attendance.ahead import chains_ahead
from bookings.attendance.orders import add_order, check_order, remove_order
from bookings.attendance.rule_forms import OrderForm
from bookings.models import Precedence


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def orders(request: StaffRequest) -> HttpResponse:
    """The orders by track, and a further one."""

    def touched(values: dict[str, Any]) -> list[Touched]:
        check_order(track=values["track"], before=values["before"], after=values["after"])
        return chains_ahead(first=timezone.localdate(), tracks=[values["track"].number])

    return rules_page(
        request,
        OrderForm(request.POST or None),
        RulesOfAKind(
            heading=_("Order of agencies"),
            explanation=_("The planner keeps an order that is never broken, and prefers the others."),
            columns=[_("Track"), _("First"), _("Then"), _("Never broken")],
            rows=[
                RuleRow(
                    [
                        one.track.number,
                        agency_name(one.before),
                        agency_name(one.after),
                        _("yes") if one.is_hard else _("no"),
                    ],
                    resolve_url("bookings:remove-order", one.pk),
                )
                for one in Precedence.objects.select_related("track")
            ],
            back=resolve_url("bookings:orders"),
            act=_("Remove"),
        ),
        verb=lambda values: add_order(**values, by=request.user, at=timezone.now()),
        touched=touched,
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def order(request: StaffRequest, order: int) -> HttpResponse:
    """Take an order away."""
    found = get_object_or_404(Precedence.objects.select_related("track"), pk=order)
    pair = f"{agency_name(found.before)} → {agency_name(found.after)}"
    return rules_page(
        request,
        SureForm(request.POST or None),
        RulesOfAKind(
            heading=_("Remove %(name)s") % {"name": pair},
            explanation=_("Afterwards the two are met in any order in this track."),
            back=resolve_url("bookings:orders"),
        ),
        verb=lambda _values: remove_order(order=found, by=request.user, at=timezone.now()),
        touched=lambda _values: chains_ahead(first=timezone.localdate(), tracks=[found.track.number]),
    )
