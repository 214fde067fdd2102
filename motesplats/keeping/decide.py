"""Decide how long an agency's data are kept, and withdraw a decision; who decides names it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Agency, RetentionRule, Role, User
from agencies.refusals import Refusal
from agencies.sites.saving import ValueNotAllowed, check
from motesplats.retention import DATES, can_do

Action, Since = RetentionRule.Action, RetentionRule.Since
# What an agency decides of; all else follows it, is kept, or is working data of the installation.
DECIDED = ("bookings.party", "bookings.disclosure")


class DecidedByOthers(Refusal):
    kind = "not-your-decision"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("An agency's manager decides for the own agency, the secretariat for all."))


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to a type of data when its time is up, by which decision, from when on."""

    data_type: str
    action: str
    since: str
    months: int
    days: int
    decision: str
    registration_number: str
    decided_on: date
    valid_from: date


def may_decide(by: User, agency: Agency | None) -> bool:
    """Whether somebody decides for the agency, or with None for all that have not decided for themselves."""
    if by.role == Role.SECRETARIAT:
        return True
    return by.role == Role.MANAGER and agency is not None and by.agency_id == agency.pk


def check_decision(decision: Decision, *, at: datetime) -> None:
    """Raises ValueNotAllowed for what no night could carry out, and for a decision that would hold in the past."""
    today = local(at).date()
    if decision.data_type not in DECIDED or not can_do(decision.data_type, decision.action):
        _refuse("action", _("There is no way to do that with this type of data."))
    if decision.since not in DATES[decision.data_type]:
        _refuse("since", _("This type of data has no such date."))
    if decision.valid_from <= today:
        _refuse("valid_from", _("From tomorrow at the earliest."))
    if decision.decided_on > today:
        _refuse("decided_on", _("The day of the decision lies in the future."))


@transaction.atomic
def decide(*, agency: Agency | None, decision: Decision, by: User, at: datetime) -> RetentionRule:
    """Let the decision hold from its day on; a former one holds until the day before, a draft goes.

    Raises DecidedByOthers and ValueNotAllowed.
    """
    if not may_decide(by, agency):
        raise DecidedByOthers
    check_decision(decision, at=at)
    same = _rules(agency).filter(data_type=decision.data_type, action=decision.action)
    later = Q(valid_from__gte=decision.valid_from)
    same.filter(later, is_decided=False).delete()
    if same.filter(later).exists():
        _refuse("valid_from", _("A later decision is there already; withdraw it first."))
    for rule in same.filter(Q(valid_to=None) | Q(valid_to__gte=decision.valid_from)):
        rule.valid_to = decision.valid_from - timedelta(days=1)
        rule.save()
    rule = RetentionRule(
        agency=agency,
        data_type=decision.data_type,
        action=decision.action,
        since=decision.since,
        months=decision.months,
        days=decision.days,
        decision=decision.decision,
        registration_number=decision.registration_number,
        decided_on=decision.decided_on,
        is_decided=True,
        valid_from=decision.valid_from,
    )
    check(rule)
    rule.save()
    return rule


@transaction.atomic
def withdraw(*, rule: RetentionRule, by: User, at: datetime) -> None:
    """Let a decision hold no longer: what is left is kept. Raises DecidedByOthers and ValueNotAllowed."""
    if not may_decide(by, rule.agency):
        raise DecidedByOthers
    rule = RetentionRule.objects.select_for_update().get(pk=rule.pk)
    if rule.data_type not in DECIDED:
        _refuse("", _("That is decided for the installation, not here."))
    today = local(at).date()
    if rule.valid_from >= today or not rule.is_decided:
        rule.delete()
    else:
        rule.valid_to = today - timedelta(days=1)
        rule.save()


def _rules(agency: Agency | None) -> QuerySet[RetentionRule]:
    rules = RetentionRule.objects.select_for_update()
    return rules.filter(agency=agency) if agency else rules.filter(agency__isnull=True)


def _refuse(field: str, message: str) -> None:
    raise ValueNotAllowed(message, errors={field: [message]})
