"""In which order agencies are met in a track: add an order, and take one away; what is booked keeps its times."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rules.dated import require_secretariat
from agencies.sites.saving import ValueNotAllowed, check
from bookings.models import Precedence, Track


def check_order(*, track: Track, before: str, after: str) -> None:
    """Raises ValueNotAllowed if orders that are there already lead the other way, directly or over others."""
    pairs = list(Precedence.objects.filter(track=track).values_list("before", "after"))
    reached, new = {after}, {after}
    while new := {last for first, last in pairs if first in new} - reached:
        reached |= new
    if before in reached:
        message = _("In this track it is the other way round already.")
        raise ValueNotAllowed(message, errors={"after": [message]})


@transaction.atomic
def add_order(*, track: Track, before: str, after: str, is_hard: bool, by: User, at: datetime) -> Precedence:
    """Let one agency be met before another from now on. Raises RulesKeptByOthers and ValueNotAllowed."""
    require_secretariat(by)
    Track.objects.select_for_update().get(pk=track.pk)
    check_order(track=track, before=before, after=after)
    order = Precedence(track=track, before=before, after=after, is_hard=is_hard)
    check(order)
    order.save()
    return order


@transaction.atomic
def remove_order(*, order: Precedence, by: User, at: datetime) -> None:
    """Let the two agencies be met in any order from now on. Raises RulesKeptByOthers."""
    require_secretariat(by)
    order.delete()
