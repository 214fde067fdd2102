"""A person asks an agency, on the own page, what it holds about oneself; the agency settles it."""

from datetime import datetime

from django.db.models import QuerySet

from agencies.models import Agency, User
from bookings.models import ExtractWish, Link, Newcomer


def ask_as_person(*, link: Link, agency: Agency, at: datetime) -> None:
    """Ask the agency, once until it has settled it; a second time changes nothing."""
    wish = ExtractWish(
        newcomer_id=link.newcomer_id, agency=agency, chain_reference=link.chain.reference, asked_at=at
    )
    ExtractWish.objects.bulk_create([wish], ignore_conflicts=True)


def settle_wishes(*, newcomer: Newcomer, agency: Agency, by: User, at: datetime) -> None:
    """What the person has asked of the agency is settled: somebody has the extract made, or has answered."""
    open_wishes().filter(newcomer=newcomer, agency=agency).update(settled_at=at, settled_by=by)


def settle_wish(*, wish: ExtractWish, by: User, at: datetime) -> None:
    """The agency has answered in another way, also somebody whose name it may not see."""
    open_wishes().filter(pk=wish.pk).update(settled_at=at, settled_by=by)


def open_wishes() -> "QuerySet[ExtractWish]":
    """What is asked of the viewer's agency and not settled, the longest waiting first."""
    return ExtractWish.objects.filter(settled_at=None).order_by("asked_at", "pk")
