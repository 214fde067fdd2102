"""Send somebody's reminders as one e-mail, of what still waits; never twice, and not at all where there is no mail."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import override

from agencies.clock import local
from agencies.dispatches.channels.deliver import EMAIL, deliver
from agencies.dispatches.channels.outgoing import (
    ChannelMissing,
    ChannelRefused,
    ChannelUnreachable,
    OutcomeUnknown,
    Outgoing,
)
from agencies.dispatches.outbox import viewer_for
from agencies.models import Dispatch
from agencies.secrecy.context import acting_as
from motesplats.followup.reminders.words import LANGUAGE, subject_of, text_of
from motesplats.followup.reports.lacking import MissingDay, missing
from motesplats.followup.tertial.queries import ReportDue, reports_due
from motesplats.models import ReportReminder

KIND = "motesplats.reminders"
OLDEST = timedelta(days=3)  # what could not leave by then is told by the page of tasks alone


def send_reminders(dispatch: Dispatch, *, at: datetime) -> None:
    """Send what the user was reminded of and has not been sent. Raises ChannelUnreachable for another attempt."""
    viewer = viewer_for(dispatch)
    with acting_as(viewer):
        claimed, outgoing = _claim(dispatch, at=at)
    if outgoing is None:
        return
    try:
        deliver(outgoing)
    except OutcomeUnknown:
        return  # it may have arrived
    except (ChannelMissing, ChannelRefused, ChannelUnreachable) as error:
        with acting_as(viewer):
            ReportReminder.objects.filter(pk__in=claimed).update(sent_at=None)
        if isinstance(error, ChannelUnreachable):
            raise


def _claim(dispatch: Dispatch, *, at: datetime) -> tuple[Collection[int], Outgoing | None]:
    """Mark as sent what still waits, before it is: a worker that is killed sends too little, never twice."""
    user = dispatch.by
    rows = ReportReminder.objects.select_for_update().filter(user=user, sent_at=None, at__gte=at - OLDEST)
    waiting = {(row.site_id, row.of) for row in rows}
    if not waiting or not user.is_active or not user.email:
        return (), None
    sites, today = list(user.sites.all()), local(at).date()
    days = [one for one in missing(sites, today=today) if (one.site.pk, one.day) in waiting]
    tertials = [one for one in reports_due(sites, today=today) if (one.site.pk, one.period.first) in waiting]
    if not days and not tertials:
        return (), None
    claimed = [row.pk for row in rows]
    ReportReminder.objects.filter(pk__in=claimed).update(sent_at=at)
    return claimed, _outgoing(dispatch, days, tertials)


def _outgoing(dispatch: Dispatch, days: list[MissingDay], tertials: list[ReportDue]) -> Outgoing:
    key = uuid5(NAMESPACE_URL, f"{KIND} {dispatch.pk}")
    with override(LANGUAGE):
        subject, text = subject_of(len(days) + len(tertials)), text_of(days, tertials)
    return Outgoing(key, EMAIL, dispatch.by.email, subject, text, LANGUAGE)
