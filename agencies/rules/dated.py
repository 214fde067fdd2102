"""What every change of a rule keeps to: who may, from tomorrow at the earliest, and an end that is not in the past."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.sites.saving import ValueNotAllowed, check


class RulesKeptByOthers(Refusal):
    kind = "not-your-rules"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Rules are changed by the secretariat."))


class RuleChanged(Refusal):
    """Somebody has changed the rule since the caller looked."""

    kind = "changed-meanwhile"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody has changed the page since you opened it. What you typed is kept: look, and save again."
            )
        )


def require_secretariat(by: User) -> None:
    """Raises RulesKeptByOthers."""
    if by.role != Role.SECRETARIAT:
        raise RulesKeptByOthers


def require_ahead(day: date, *, at: datetime, field: str = "valid_from") -> None:
    """Raises ValueNotAllowed for today and the past: what has been in force is not changed afterwards."""
    if day <= local(at).date():
        message = _("From tomorrow at the earliest: what has been in force is not changed afterwards.")
        raise ValueNotAllowed(message, errors={field: [message]})


def end_row(*, row: models.Model, last: date, by: User, at: datetime) -> None:
    """Let a dated row hold until that day, which is today or later. Raises RulesKeptByOthers and ValueNotAllowed."""
    require_secretariat(by)
    found: Any = type(row)._default_manager.select_for_update(of=["self"]).get(pk=row.pk)
    if last < local(at).date():
        _refuse(_("It may end today at the earliest."))
    if last < found.valid_from:
        _refuse(_("It would end before it begins."))
    if found.valid_to and found.valid_to < last:
        _refuse(_("It ends before that day already."))
    found.valid_to = last
    check(found)
    found.save()


def _refuse(message: str) -> None:
    raise ValueNotAllowed(message, errors={"last": [message]})
