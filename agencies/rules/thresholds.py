"""Say what a threshold is from a day on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Threshold, ThresholdCode, User
from agencies.models.thresholds import KINDS
from agencies.rules.dated import require_ahead, require_secretariat
from agencies.sites.saving import ValueNotAllowed


def check_threshold(*, code: ThresholdCode, value: int, valid_from: date, at: datetime) -> None:
    """Raises ValueNotAllowed for today and the past, and for what is too little or too much."""
    require_ahead(valid_from, at=at)
    kind = KINDS[code]
    if not kind.least <= value <= kind.most:
        message = _("From %(least)s to %(most)s %(unit)s.") % {
            "least": kind.least,
            "most": kind.most,
            "unit": kind.unit,
        }
        raise ValueNotAllowed(message, errors={"value": [message]})


@transaction.atomic
def set_threshold(*, code: ThresholdCode, value: int, valid_from: date, by: User, at: datetime) -> Threshold:
    """Let the threshold be that from the day on, until the next one; a value from the same day is replaced.

    Raises RulesKeptByOthers and ValueNotAllowed.
    """
    require_secretariat(by)
    check_threshold(code=code, value=value, valid_from=valid_from, at=at)
    row, _is_new = Threshold.objects.update_or_create(
        code=code, valid_from=valid_from, defaults={"value": value, "set_by": by}
    )
    return row
