"""Spot checks: a manager checks a sample of last month's readings and signs each."""

import re
from datetime import date, datetime, time

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat
from django.utils.translation import gettext as _

from agencies.clock import at_wall_clock, local
from agencies.models import Agency, Reading, SpotCheck, ThresholdCode, User
from agencies.refusals import Refusal
from agencies.thresholds import threshold

INITIALS = re.compile(r"[^\W\d_]{1,5}")


class NotSigned(Refusal):
    """The verdict or the initials are missing."""

    kind = "not-signed"


def last_month(*, at: datetime) -> date:
    """The first day of the previous month in Stockholm."""
    today = local(at).date()
    return date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)


def sample_of(*, agency: Agency, month: date) -> QuerySet[Reading]:
    """Some readings of the agency in that month, in an order hashed from the month: always the same ones.

    How many is the threshold of the month's first day.
    """
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    number = threshold(ThresholdCode.SPOT_CHECKS, on=month)
    order = MD5(Concat(Value(f"{agency.pk} {month}"), Cast("pk", CharField())))
    during = Reading.objects.filter(
        agency=agency, at__gte=at_wall_clock(month, time()), at__lt=at_wall_clock(following, time())
    )
    return during.order_by(order)[:number].select_related("user").prefetch_related("spot_checks__by")


def sign_reading(*, reading: Reading, verdict: str, initials: str, by: User, at: datetime) -> SpotCheck:
    """Record the manager's verdict and initials (one to five letters) for the reading. Raises NotSigned."""
    assert by.agency_id is not None
    initials = initials.strip()
    errors = {}
    if verdict not in SpotCheck.Verdict:
        errors["verdict"] = [_("Choose a result.")]
    if not INITIALS.fullmatch(initials):
        errors["initials"] = [_("Type your initials: one to five letters.")]
    if errors:
        raise NotSigned(_("Look at the marked fields."), errors=errors)
    return SpotCheck.objects.create(
        reading=reading, agency_id=by.agency_id, verdict=verdict, initials=initials, by=by, at=at
    )
