"""In which order agencies are met in a track: add an order from a day on; what is booked keeps its times."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rules.dated import require_ahead, require_secretariat
from agencies.sites.saving import ValueNotAllowed, check
from bookings.attendance.queries import orders_of
from bookings.attendance.rules import is_valid
from bookings.models import Precedence, Track


def check_order(
    *, track: Track, before: str, after: str, is_hard: bool, valid_from: date, at: datetime
) -> None:
    """Raises ValueNotAllowed if the order is there, or if others lead the other way, directly or over others."""
    require_ahead(valid_from, at=at)
    orders = [one for one in orders_of(track.pk) if one.valid_to is None or one.valid_to >= valid_from]
    for day in {valid_from, *(one.valid_from for one in orders if one.valid_from > valid_from)}:
        pairs = [(one.before, one.after) for one in orders if is_valid(one.valid_from, one.valid_to, day)]
        if before in _reached(after, pairs):
            _refuse(_("In this track it is the other way round already."))
    for one in orders:
        is_same = (one.before, one.after) == (before, after)
        if is_same and (one.is_hard == is_hard or one.valid_from >= valid_from):
            _refuse(_("That order is already there."))


@transaction.atomic
def add_order(
    *, track: Track, before: str, after: str, is_hard: bool, valid_from: date, by: User, at: datetime
) -> Precedence:
    """Let one agency be met before another from that day on; whether it may be broken until then ends the day before.

    Raises RulesKeptByOthers and ValueNotAllowed.
    """
    require_secretariat(by)
    Track.objects.select_for_update().get(pk=track.pk)
    check_order(track=track, before=before, after=after, is_hard=is_hard, valid_from=valid_from, at=at)
    former = Precedence.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=valid_from), track=track, before=before, after=after
    )
    former.update(valid_to=valid_from - timedelta(days=1))
    order = Precedence(track=track, before=before, after=after, is_hard=is_hard, valid_from=valid_from)
    check(order)
    order.save()
    return order


def _reached(first: str, pairs: Collection[tuple[str, str]]) -> set[str]:
    """All that come after it, and itself."""
    reached, new = {first}, {first}
    while new := {after for before, after in pairs if before in new} - reached:
        reached |= new
    return reached


def _refuse(message: str) -> None:
    raise ValueNotAllowed(message, errors={"after": [message]})
