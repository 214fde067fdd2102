"""Keep the lists of obstacles and of what helps: the secretariat adds a code, words it anew, retires it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.web.roles import require_role
from motesplats.models import TertialCode


class TertialCodeRefused(Refusal):
    """A code that is there already, or words that the rules of the row do not allow."""

    kind = "value-not-allowed"


@transaction.atomic
def add_code(*, code: str, kind: str, name: str, is_draft: bool, by: User, at: datetime) -> TertialCode:
    """A new code at the end of its list. Raises TertialCodeRefused."""
    require_role(by, Role.SECRETARIAT, message=_("The secretariat keeps these lists."))
    row = TertialCode(code=code, kind=kind, name=name, is_draft=is_draft)
    _check(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        message = _("There is a code %(code)s already.") % {"code": code}
        raise TertialCodeRefused(message, errors={"code": [message]}) from None
    return row


@transaction.atomic
def change_code(
    *, code: TertialCode, name: str, is_draft: bool, is_retired: bool, by: User, at: datetime
) -> TertialCode:
    """Word a code anew, or retire it; reports that have chosen it keep it. Raises TertialCodeRefused."""
    require_role(by, Role.SECRETARIAT, message=_("The secretariat keeps these lists."))
    row = TertialCode.objects.select_for_update(no_key=True).get(pk=code.pk)
    row.name, row.is_draft, row.is_retired = name, is_draft, is_retired
    _check(row)
    row.save(update_fields=["name", "is_draft", "is_retired"])
    return row


def _check(row: TertialCode) -> None:
    try:
        row.full_clean(validate_unique=False)
    except ValidationError as error:
        raise TertialCodeRefused(error.messages[0], errors=error.message_dict) from error
