"""The pages of a chain: its day, its cancellation, its summons as PDF."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.dispatches.outbox import Delivery, delivery_of
from agencies.models import Agency, Reading, Shift
from agencies.read_log.log import read_for
from agencies.refusals import Refusal
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from bookings.answers.queries import answers_of
from bookings.attendance.keys import address_of, adult_of
from bookings.chains.book import cancel_chain
from bookings.chains.meet_together import may_be_together
from bookings.chains.outside import (
    confirm_outside_interpreter,
    order_state_of,
    tell_interpreter,
    unconfirm_outside_interpreter,
)
from bookings.history import history_of_chain
from bookings.links.paper_code import closed_codes
from bookings.models import Chain, Meeting, RemoteRule, SummonsAnswer
from bookings.parties.forms import ReasonForm
from bookings.parties.queries import chains, day_ahead, keys_of
from bookings.parties.unwanted import allow_interpreter, leave_out_interpreter, unwanted_by
from bookings.proposals.timeline import timeline_of
from bookings.summons.adults import adults_by_number
from bookings.summons.copies import KIND, PrinterBusy, copies_of, copy_of
from bookings.summons.interpreted import disagreement_of
from bookings.summons.missing import SiteIncomplete, what_is_missing
from bookings.summons.summoned_day import SummonedDay
from interpreters.models import Interpreter


@require_safe
def chain_page(request: StaffRequest, reference: str) -> HttpResponse:
    """The day as a timeline and as a list, the versions of the summons, the history."""
    return show_chain(request, reference)


def show_chain(request: StaffRequest, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused on it."""
    chain, at = get_object_or_404(chains(), reference=reference), timezone.now()
    is_open = chain.state_at(at) == Chain.State.BOOKED
    closed = closed_codes([link.token_hash for link in chain.links.all()])
    context = {
        "chain": chain,
        "closed_codes": [link for link in chain.links.all() if link.token_hash in closed],
        "party": chain.party,
        "letter_languages": _letter_languages(chain),
        "picture": timeline_of(chain),
        "unwanted": unwanted_by(chain.party),
        "stops": list(_stops(chain, at=at)),
        "history": history_of_chain(chain),
        "disagreement": disagreement_of(chain) if is_open else None,
        "order_state": order_state_of(chain) if is_open and chain.outside_interpreter else "",
        "printing": _printing(chain),
        "missing": what_is_missing(location=chain.site_day.location, home=chain.party.municipality),
        "answers": [answer for answer in answers_of(chain) if answer.replaced_at is None],
        "answer_reasons": SummonsAnswer.Why.choices,
        "is_open": is_open,
        "state": chain.state_at(at),
        "is_today": chain.site_day.date == timezone.localdate() and chain.state != Chain.State.CANCELLED,
        "may_book_anew": not is_open and day_ahead(chain.party, at=at) is None,
        "refusal": refusal,
    }
    return render(request, "bookings/chains/chain.html", context, status=refusal.status if refusal else 200)


def not_booked_page(request: StaffRequest, chain: Chain) -> HttpResponse:
    """The answer to whoever would move or cancel a day that is cancelled or past."""
    at = timezone.now()
    context = {
        "chain": chain,
        "state": chain.state_at(at),
        "may_book_anew": day_ahead(chain.party, at=at) is None,
    }
    return render(request, "bookings/chains/not_booked.html", context, status=409)


@require_POST
def outside_interpreter(request: StaffRequest, reference: str) -> HttpResponse:
    """Confirm the interpreter from outside, with `do=undo` take that back, with `do=tell` write a letter that agrees.

    Then, or with the refusal, the page.
    """
    chain, version = get_object_or_404(chains(), reference=reference), request.POST.get("version")
    verbs = {"undo": unconfirm_outside_interpreter, "tell": tell_interpreter}
    verb = verbs.get(request.POST.get("do", ""), confirm_outside_interpreter)
    try:
        verb(chain=chain, by=request.user, at=timezone.now(), seen=[version] if version else None)
    except Refusal as refusal:
        return show_chain(request, reference, refusal)
    return redirect("bookings:chain", reference)


@require_POST
def unwanted_interpreter(request: StaffRequest, reference: str) -> HttpResponse:
    """Never choose an interpreter for the party again, or with `do=undo` choose it as any other; then the page."""
    chain = get_object_or_404(chains(), reference=reference)
    named = request.POST.get("interpreter", "").replace("\x00", "")
    interpreter = get_object_or_404(Interpreter, resource__reference=named)
    verb = allow_interpreter if request.POST.get("do") == "undo" else leave_out_interpreter
    verb(party=chain.party, interpreter=interpreter, by=request.user, at=timezone.now())
    return redirect("bookings:chain", reference)


def _letter_languages(chain: Chain) -> list[str]:
    """The languages of the adults' letters, Swedish last."""
    links = chain.links.all()
    codes = [link.newcomer.letter_language or chain.party.language for link in links]
    return list(dict.fromkeys([*codes, "sv"])) if codes else list(dict.fromkeys([chain.party.language, "sv"]))


def _printing(chain: Chain) -> Delivery:
    """How far the printing of the latest version is."""
    latest = max(chain.summonses.all(), key=lambda summons: summons.version, default=None)
    return delivery_of(kind=KIND, subject=latest.pk, at=timezone.now()) if latest else Delivery.GONE


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, reference: str) -> HttpResponse:
    """Cancel the day, with a reason; if somebody has changed it since the page was shown, say what."""
    chain, at = get_object_or_404(chains(), reference=reference), timezone.now()
    if chain.state_at(at) != Chain.State.BOOKED:
        return not_booked_page(request, chain)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    seen = [request.POST["version"]] if "version" in request.POST else None
    if form.is_accepted(lambda data: cancel_chain(chain=chain, **data, by=request.user, at=at, seen=seen)):
        return redirect("bookings:chain", reference)
    return render(request, "bookings/chains/cancel.html", {"chain": chain, "form": form}, status=form.status)


@read_for(Reading.Why.SUMMONS)
@require_safe
def summons_pdf(request: StaffRequest, reference: str) -> HttpResponse:
    """A version of the summons, the latest by default: one adult's copy, or all copies."""
    chain = get_object_or_404(chains(), reference=reference)
    summonses = {str(summons.version): summons for summons in chain.summonses.all()}
    links = adults_by_number(chain.links.all())
    latest = max(summonses, key=int, default="")
    version, adult = request.GET.get("version", latest), request.GET.get("adult", "")
    if version not in summonses or (adult and adult not in links):
        raise Http404
    require_within_both("letters", request, request.user)
    summons = summonses[version]
    try:
        pdf = copy_of(summons, links[adult]) if adult else copies_of(summons)
    except SiteIncomplete:
        return redirect("bookings:chain", reference)  # which says what is missing
    except Refusal as refusal:
        context = {"chain": chain, "refusal": refusal}
        page = render(request, "bookings/summons/not_printed.html", context, status=refusal.status)
        if isinstance(refusal, PrinterBusy):
            page["Retry-After"] = str(refusal.wait)
        return page
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{chain.reference}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _stops(chain: Chain, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Each meeting with the members who must come, the sign on its desk and the forms in which it may be held."""
    members = {member.pk: member for member in chain.party.members.all()}
    latest = max(chain.summonses.all(), key=lambda summons: summons.version, default=None)
    stops = SummonedDay.from_json(latest.day).stops if latest else ()
    summoned = {(stop.code, stop.alone): stop.members for stop in stops}
    meetings = list(chain.meetings.all())
    keys = keys_of(chain, meetings)
    resources = [meeting.caseworker.resource_id for meeting in meetings]
    shifts = Shift.objects.filter(site_day=chain.site_day_id, resource__in=resources)
    signs: dict[int | None, str] = dict(shifts.values_list("resource", "desk"))
    rules = RemoteRule.objects.in_bulk({meeting.agency_id for meeting in meetings})
    hosts = {meeting.together_with_id for meeting in meetings}
    for key, meeting in zip(keys, meetings, strict=True):
        called = summoned.get((meeting.agency.code, meeting.person_id), ())
        people = [members[pk] for pk in called if pk in members]
        rule = rules.get(meeting.agency_id)
        forms = rule.forms if rule and not meeting.service.checks_identity else ()
        yield {
            "forms": forms,
            "holds_video": Meeting.Form.VIDEO in forms,
            "key": address_of(key, keys),
            "adult": adult_of(key),
            "meeting": meeting,
            "people": people,
            "desk": signs.get(meeting.caseworker.resource_id, ""),
            "together": [one.agency for one in meetings if one != meeting and _are_together(one, meeting)],
            "may_join": _may_join(meeting, dict(zip(keys, meetings, strict=True)), hosts),
            "is_past": chain.state_at(at) == Chain.State.DONE,
        }


def _are_together(one: Meeting, other: Meeting) -> bool:
    return (one.together_with_id or one.pk) == (other.together_with_id or other.pk)


def _may_join(
    meeting: Meeting, meetings: dict[str, Meeting], hosts: Collection[int | None]
) -> list[tuple[str, Agency]]:
    """The names and agencies of the meetings that could be held together with this one."""
    if meeting.together_with_id or not may_be_together(meeting):
        return []
    alone = {key: one for key, one in meetings.items() if one != meeting and one.pk not in hosts}
    free = {key: one for key, one in alone.items() if not one.together_with_id and may_be_together(one)}
    return [(address_of(key, meetings), one.agency) for key, one in free.items()]
