"""Replies that became no answer, for whoever calls the family."""

from datetime import datetime

from django.db.models import QuerySet

from agencies.models import Role, User
from bookings.models import Reply


def open_replies(viewer: User) -> QuerySet[Reply]:
    """Those that somebody should call about, the oldest first; row level security leaves the viewer's agency's own."""
    found = (
        Reply.objects.filter(outcome__in=Reply.TASKS, handled_at=None)
        .select_related("party", "chain__site_day__location__site")
        .prefetch_related("party__own_contacts")
    )
    if viewer.role != Role.SECRETARIAT:
        found = found.filter(chain__site_day__location__site__in=viewer.sites.values("pk"))
    return found.order_by("at", "pk")


def handle_reply(*, reply: Reply, by: User, at: datetime) -> None:
    """The family has been called; a second press changes nothing."""
    Reply.objects.filter(pk=reply.pk, handled_at=None).update(handled_at=at, handled_by=by)
