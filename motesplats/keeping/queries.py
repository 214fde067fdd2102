"""Reads of retention: what holds for an agency, and how many rows would go if a decision were applied now."""

from datetime import date, datetime

from django.db.models import DateField, F, Func, Max, Q, QuerySet
from django.db.models.functions import Greatest

from agencies.clock import local
from agencies.models import Agency, RetentionRule
from bookings.models import Disclosure, Party
from motesplats.keeping.decide import DECIDED, Decision


def rules_of(agency: Agency | None, *, today: date) -> QuerySet[RetentionRule]:
    """What is decided, or proposed, for the agency and for all; former decisions are left out."""
    whose = Q(agency=None) | Q(agency=agency) if agency else Q(agency=None)
    rules = RetentionRule.objects.filter(
        whose, Q(valid_to=None) | Q(valid_to__gte=today), data_type__in=DECIDED
    )
    return rules.select_related("agency").order_by(
        "data_type", F("agency").asc(nulls_first=True), "valid_from"
    )


def would_go(decision: Decision, *, agency: Agency, at: datetime) -> int:
    """How many of the agency's rows would go if the decision held tonight; whoever is of another agency counts none."""
    rows, moment = (
        (Disclosure.objects.filter(discloser=agency), "until")
        if decision.data_type == "bookings.disclosure"
        else _parties(decision, agency, at)
    )
    # As the night counts it: bookings/migrations/0004_retention.py.
    interval = f"make_interval(months => {decision.months:d}, days => {decision.days:d})"
    due = Func(
        F(moment),
        template=f"((%(expressions)s AT TIME ZONE 'Europe/Stockholm')::date + {interval})::date",
        output_field=DateField(),
    )
    return rows.annotate(due=due).filter(due__lte=local(at).date()).count()


def _parties(decision: Decision, agency: Agency, at: datetime) -> tuple[QuerySet[Party], str]:
    """The agency's parties whose last day has passed, and the moment from which the time is counted."""
    parties = Party.objects.filter(owner=agency).annotate(
        last_day=Greatest("registered_at", Max("chains__site_day__closes_at"))
    )
    parties = parties.filter(last_day__lt=at)
    if decision.action == RetentionRule.Action.ANONYMISE:
        parties = parties.filter(anonymised_at=None)
    return parties, "registered_at" if decision.since == RetentionRule.Since.REGISTERED else "last_day"
