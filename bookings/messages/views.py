"""The pages of messages: a chain's, those that have failed at one's sites, and when a site reminds."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import ReminderTime, Role, Site
from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from bookings.messages.fates import words_of
from bookings.messages.forms import ReminderHourField, RemindersForm
from bookings.messages.pages import lines_of
from bookings.messages.preview import preview_of, reminders_before
from bookings.messages.queries import failed_messages, letters_to_post, messages_of, places_in_queue, rules_at
from bookings.messages.send_again import send_again
from bookings.messages.settle import NothingFailed, mark_handled, may_set, reopen_contact, set_reminders
from bookings.messages.ways import all_ways_to
from bookings.models import Chain, Channel, Message
from bookings.parties.queries import chains

READS_AND_WRITES = ["GET", "HEAD", "POST"]
A_WHILE = timedelta(days=14)  # to the day of the example


@require_http_methods(READS_AND_WRITES)
def dispatches(request: StaffRequest, reference: str) -> HttpResponse:
    """What has gone out and is to come; a press says that the family was told otherwise, or sends it again."""
    chain = get_object_or_404(chains(), reference=reference)
    refusal = None
    if request.method == "POST":
        try:
            _press(chain, request)
        except Refusal as refused:
            refusal = refused
        else:
            return redirect("bookings:dispatches", reference)
    found = list(messages_of(chain).select_related("link", "handled_by"))
    lines = lines_of(found, chain.party.members.all(), queue=places_in_queue(chain))
    chosen = _chosen(found, request.GET.get("message", ""))
    if chosen:
        chosen.chain = chain
    ways = all_ways_to(chain.party)
    context = {
        "chain": chain,
        "party": chain.party,
        "lines": lines,
        "preview": preview_of(chosen) if chosen else None,
        "rules": rules_at(chain.site_day.location.site),
        "has_contact": bool(ways),
        "closed": [(way, words_of(way.why)) for way in ways if way.why],
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "bookings/messages/chain.html", context, status=status)


@for_roles(*AGENCY_ROLES)
@require_safe
def failed_list(request: StaffRequest) -> HttpResponse:
    """What has not arrived at the viewer's sites, and how much waits for the post or for a gateway."""
    failed = [(one, words_of(one.why)) for one in failed_messages(request.user, at=timezone.now())]
    waits = Message.objects.filter(state=Message.State.PLANNED, why="no_gateway").count()
    context = {
        "failed": failed,
        "waits_for_gateway": waits,
        "letters": letters_to_post(agency=request.user.agency_id).count(),
    }
    return render(request, "bookings/messages/failed.html", context)


@for_roles(Role.COORDINATOR, Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def site_reminders(request: StaffRequest, site: str) -> HttpResponse:
    """When the site reminds, with what a family gets that is booked for a day in a fortnight."""
    found = get_object_or_404(Site, code=site)
    if not may_set(request.user, found):
        raise Http404
    rules = rules_at(found)
    form = RemindersForm(request.POST if request.method == "POST" else None, rules=rules)
    if form.is_accepted(lambda _said: set_reminders(site=found, rules=form.rules(), by=request.user)):
        messages.success(request, _("The change is made."))
        return redirect("bookings:reminders", site)
    at = timezone.now()
    day, clock = timezone.localdate() + A_WHILE, ReminderHourField().clean("09:00")
    kinds = dict(ReminderTime.Kind.choices)
    sent = reminders_before(rules, day=day, clock=clock, at=at)
    context = {"site": found, "form": form, "day": day, "sent": [(kinds[kind], due) for kind, due in sent]}
    return render(request, "bookings/messages/reminders.html", context, status=form.status)


def _press(chain: Chain, request: StaffRequest) -> None:
    """Do what the button says. Raises NothingFailed or NothingToSendAgain."""
    do, at = request.POST.get("do"), timezone.now()
    if do == "reopen":
        reopen_contact(party=chain.party, digest=request.POST.get("address", ""), at=at)
        return
    verb = send_again if do == "again" else mark_handled
    verb(message=_named(chain, request.POST.get("message")), by=request.user, at=at)


def _named(chain: Chain, key: str | None) -> Message:
    """The chain's message of that key. Raises NothingFailed."""
    try:
        return messages_of(chain).get(key=UUID(key or ""))
    except (ValueError, Message.DoesNotExist):
        raise NothingFailed(_("This is no longer on the page. Look at it as it is now.")) from None


def _chosen(found: list[Message], key: str) -> Message | None:
    """The message whose text is shown: the named one, else the last that went out, else the next."""
    worded = [one for one in found if one.channel != Channel.LETTER]
    sent = [one for one in worded if one.sent_at]
    named = (one for one in worded if str(one.key) == key)
    return next(named, sent[0] if sent else worded[-1] if worded else None)
