"""Keep the log of decisions and that of visits: the secretariat adds a row, changes one, says that it is done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.dates import is_usual
from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from agencies.web.roles import require_role
from motesplats.models import SiteVisit, SteeringDecision

Row = TypeVar("Row", SteeringDecision, SiteVisit)


class LogRefused(Refusal):
    """A date or a text that the rules of the row do not allow; `errors` says of which field."""

    kind = "value-not-allowed"


class LogChanged(Refusal):
    """Somebody has changed the row since the caller looked."""

    kind = "changed-meanwhile"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody has changed it since you opened the page. What you typed is kept: look, and save again."
            )
        )


@transaction.atomic
def save_decision(
    *, decision: SteeringDecision | None, values: Mapping[str, Any], seen: int, by: User, at: datetime
) -> SteeringDecision:
    """A new decision, or one changed: what, owner, decided_on, due. Raises LogRefused and LogChanged."""
    row = _seen(decision, seen, by) if decision else _new(SteeringDecision(), by)
    return _save(row, values, past="decided_on", by=by, at=at)


@transaction.atomic
def say_done(
    *, decision: SteeringDecision, is_done: bool, seen: int, by: User, at: datetime
) -> SteeringDecision:
    """Say that what was decided is done today, or that it is not after all. Raises LogChanged."""
    row = _seen(decision, seen, by)
    row.done_on = local(at).date() if is_done else None
    return _save(row, {}, past="decided_on", by=by, at=at)


@transaction.atomic
def save_visit(
    *, visit: SiteVisit | None, values: Mapping[str, Any], seen: int, by: User, at: datetime
) -> SiteVisit:
    """A new visit, or one changed: site, date, visitors, purpose, notes. Raises LogRefused and LogChanged."""
    row = _seen(visit, seen, by) if visit else _new(SiteVisit(), by)
    return _save(row, values, past="date", by=by, at=at)


def _new(row: Row, by: User) -> Row:
    _require_secretariat(by)
    row.version = 0
    return row


def _seen(row: Row, seen: int, by: User) -> Row:
    """The row, locked. Raises LogChanged if that is not the version the caller has seen."""
    _require_secretariat(by)
    found: Row = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    if found.version != seen:
        raise LogChanged
    return found


def _require_secretariat(by: User) -> None:
    require_role(by, Role.SECRETARIAT, message=_("The secretariat keeps these lists."))


def _save(row: Row, values: Mapping[str, Any], *, past: str, by: User, at: datetime) -> Row:
    """Save the row as its next version; the date `past` is not one to come."""
    for name, value in values.items():
        setattr(row, name, value)
    row.saved_by, row.saved_at = by, at
    row.version += 1
    errors = {}
    if (day := getattr(row, past)) and (day > local(at).date() or not is_usual(day)):
        errors[past] = [_("That day lies in the future.")]
    for line in getattr(row, "notes", "").splitlines():
        try:
            validate_plain(line)
        except ValidationError as error:
            errors["notes"] = error.messages
    try:
        row.full_clean()
    except ValidationError as error:
        errors = error.message_dict | errors
    if errors:
        raise LogRefused(next(iter(errors.values()))[0], errors=errors)
    row.save()
    return row
