"""Set what shall be reached from a day on; what has been in force is not changed afterwards."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.dates import stockholm
from agencies.models import Role, Site, User
from agencies.refusals import Refusal
from agencies.sites.saving import check
from agencies.web.roles import require_role
from motesplats.models import Goal, Series

LOCK = "goals"


class GoalNotSet(Refusal):
    """A goal that cannot begin on that day."""

    kind = "goal-not-set"
    field = "valid_from"


@dataclass(frozen=True, slots=True)
class Target:
    """Either so many per cent of a series, or so many persons."""

    percent: int | None = None
    series: Series | None = None
    persons: int | None = None


@transaction.atomic
def set_goal(
    *,
    site: Site | None,
    target: Target,
    valid_from: date,
    why: str,
    decided_by: str,
    by: User,
    at: datetime,
) -> Goal:
    """Let the target hold from the day on; the goal before it ends on the day before.

    Raises NotForYourRole, GoalNotSet and ValueNotAllowed.
    """
    require_role(by, Role.SECRETARIAT, message=_("Goals are set by the secretariat."))
    _wait_for_others()
    before = Goal.objects.filter(site=site).order_by("-valid_from").first()
    if before:
        _require_after(before, valid_from, today=stockholm(at))
    goal = Goal(
        site=site,
        percent=target.percent,
        series=target.series,
        persons=target.persons,
        valid_from=valid_from,
        why=why,
        decided_by=decided_by,
        set_by=by,
        set_at=at,
    )
    check(goal)
    if before and (before.valid_to is None or before.valid_to >= valid_from):
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    goal.save()
    return goal


@transaction.atomic
def end_goal(*, goal: Goal, last: date, by: User, at: datetime) -> None:
    """Let the goal hold until that day, today at the earliest. Raises NotForYourRole and GoalNotSet."""
    require_role(by, Role.SECRETARIAT, message=_("Goals are set by the secretariat."))
    _wait_for_others()
    found = Goal.objects.get(pk=goal.pk)
    if last < max(stockholm(at), found.valid_from):
        _refuse_end(_("It may end today at the earliest."))
    if found.valid_to and found.valid_to <= last:
        _refuse_end(_("It ends on %(day)s already.") % {"day": found.valid_to})
    found.valid_to = last
    found.save(update_fields=["valid_to"])


def _require_after(before: Goal, valid_from: date, *, today: date) -> None:
    if valid_from <= before.valid_from:
        raise GoalNotSet(
            _("The goal before it begins on %(day)s; this one begins after that.")
            % {"day": before.valid_from}
        )
    holds = before.valid_to is None or before.valid_to >= valid_from
    if holds and valid_from <= today:
        raise GoalNotSet(
            _("From tomorrow at the earliest: what has been in force is not changed afterwards.")
        )


def _refuse_end(message: str) -> None:
    raise GoalNotSet(message, errors={"last": [message]})


def _wait_for_others() -> None:
    """One at a time: where a goal begins depends on the one before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
