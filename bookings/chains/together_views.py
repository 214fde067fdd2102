"""A press on a day's page that holds two agencies' meetings as one."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.clock import at_wall_clock
from agencies.refusals import Refusal
from agencies.web.fields import in_latin_digits
from agencies.web.requests import StaffRequest
from bookings.attendance.keys import keys_named
from bookings.chains.meet_together import NotTogether, TimeNotUsable, meet_together
from bookings.chains.views import show_chain
from bookings.models import Chain
from bookings.parties.queries import chains, meetings_by_key


@require_POST
def together(request: StaffRequest, reference: str) -> HttpResponse:
    """Hold the named meeting together with that of `with`; then, or with the refusal, the day's page."""
    chain, version = get_object_or_404(chains(), reference=reference), request.POST.get("version")
    meetings = meetings_by_key(chain)
    host, joined = (keys_named(request.POST.get(name, ""), meetings) for name in ("meeting", "with"))
    try:
        if len(host) != 1 or len(joined) != 1:
            raise NotTogether(_("This day has no such meeting."))
        meet_together(
            chain=chain,
            host=host[0],
            joined=joined[0],
            starts=_starts(chain, request.POST.get("starts", "")),
            by=request.user,
            at=timezone.now(),
            seen=[version] if version else None,
        )
    except Refusal as refusal:
        return show_chain(request, reference, refusal)
    return redirect("bookings:chain", reference)


def _starts(chain: Chain, typed: str) -> datetime | None:
    """The typed time on the chain's day; None for none. Raises TimeNotUsable."""
    typed = in_latin_digits(typed).strip().replace(".", ":")
    if not typed:
        return None
    try:
        time = parse_time(typed) if len(typed) in (4, 5) else None
    except ValueError:
        time = None
    if time is None:
        raise TimeNotUsable(_("Write a time as 08:30."))
    return at_wall_clock(chain.site_day.date, time)
