"""Proposals: a new party and its day on one page, a day for a party that has none, another time for a chain."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_time
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.clock import at_wall_clock
from agencies.models import User
from agencies.refusals import Refusal
from agencies.web.limits import require_within_both, told_to_wait
from agencies.web.requests import StaffRequest
from bookings.attendance.keys import keys_named
from bookings.attendance.profile import Profile
from bookings.chains.book import AlreadyBooked, ProposalNotValid, book_chain, move_chain
from bookings.chains.forms import PartyForm
from bookings.chains.household_forms import changed_rows
from bookings.chains.member_forms import read_day
from bookings.chains.placement import SlotTaken
from bookings.chains.versions import MovedMeanwhile
from bookings.chains.views import not_booked_page
from bookings.models import Chain, Party
from bookings.parties.queries import chains, keys_of, meetings_by_key, parties, profile_of
from bookings.planner import SLOT_MINUTES
from bookings.proposals.acts import with_acts
from bookings.proposals.answer import Answer, Hint
from bookings.proposals.changes import as_value, changed_fields
from bookings.proposals.forms import SearchForm
from bookings.proposals.hints import sentence_for
from bookings.proposals.propose import CHOICES, propose
from bookings.proposals.timeline import Timeline, grid_over, timeline_of, timelines_of

MORE = 10  # days at a time, when more are asked for
OUTDATED = (SlotTaken, ProposalNotValid, MovedMeanwhile)  # answered with fresh proposals


@dataclass(frozen=True)
class NewParty:
    """A party that is typed in on the same page, and kept when its day is booked."""

    form: PartyForm
    template: str
    party: ClassVar[None] = None
    chain: ClassVar[None] = None
    meeting: ClassVar[str] = ""
    starts: ClassVar[None] = None

    @property
    def language(self) -> str:
        return self.form.spoken

    def profile(self) -> Profile:
        return self.form.check_registration().profile()

    def accept(self, signed_proposal: str) -> Chain:
        """Register the party and book its day, both or neither; a second press finds the first one's day."""
        with transaction.atomic():
            return _book(self.form.register(), self.form, signed_proposal)


@dataclass(frozen=True)
class PartyWithoutDay:
    """A registered party that is to get a day."""

    form: SearchForm
    party: Party
    template: ClassVar[str] = "bookings/chains/book.html"
    chain: ClassVar[None] = None
    meeting: ClassVar[str] = ""
    starts: ClassVar[None] = None

    @property
    def language(self) -> str:
        return self.party.interpreter_language

    def profile(self) -> Profile:
        return profile_of(self.party)

    def accept(self, signed_proposal: str) -> Chain:
        return _book(self.party, self.form, signed_proposal)


@dataclass(frozen=True)
class BookedChain:
    """A chain that is to get another time; only the meeting with the key `meeting`, if that is given."""

    form: SearchForm
    chain: Chain
    meeting: str
    starts: datetime | None = None
    template: ClassVar[str] = "bookings/chains/move.html"

    @property
    def party(self) -> Party:
        return self.chain.party

    @property
    def language(self) -> str:
        return self.party.interpreter_language

    def profile(self) -> Profile:
        return profile_of(self.party)

    def accept(self, signed_proposal: str) -> Chain:
        return move_chain(chain=self.chain, proposal=signed_proposal, by=self.form.by, at=self.form.at)


Subject = NewParty | PartyWithoutDay | BookedChain


@require_http_methods(["GET", "HEAD", "POST"])
def new_party(request: StaffRequest) -> HttpResponse:
    """Type a party in, look at its proposals, book one, or keep the party without a day."""
    form = _party_form(request, by=request.user, at=timezone.now())
    if request.POST.get("do") == "save" and form.may_search and (party := _saved(form)):
        messages.success(request, _("The party is saved. It has no day yet."))
        return redirect("bookings:party", party.reference)
    page = "bookings/chains/new/_fragment.html" if request.htmx else "bookings/chains/new/page.html"
    return proposal_page(request, NewParty(form, page))


@require_http_methods(["GET", "HEAD", "POST"])
def book_party(request: StaffRequest, reference: str) -> HttpResponse:
    """A day for a party that has none."""
    party = get_object_or_404(parties(), reference=reference)
    if change := request.POST.get("change"):
        return _search_again(request, change)
    form = SearchForm.prefilled(request.GET.dict(), by=request.user, at=timezone.now())
    return proposal_page(request, PartyWithoutDay(form, party))


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: StaffRequest, reference: str) -> HttpResponse:
    """Another time for the chain, or with `?meeting=` for one of its meetings on the same day, `starts` near which."""
    chain, at = get_object_or_404(chains(), reference=reference), timezone.now()
    if chain.state_at(at) != Chain.State.BOOKED:
        return not_booked_page(request, chain)
    if change := request.POST.get("change"):
        return _search_again(request, change)
    meeting = _meeting_named(request.GET.get("meeting", ""), chain)
    fixed: dict[str, Any] = {"track": chain.track_id}
    if meeting:
        day = chain.site_day
        fixed |= {"site": day.location.site_id, "first": day.date, "to": day.date}
    search = request.GET.dict() | fixed
    form = SearchForm.prefilled(search, by=request.user, at=at, chain=chain)
    starts = _time_wanted(request.GET.get("starts", ""), chain, meeting)
    return proposal_page(request, BookedChain(form, chain, meeting, starts))


def _time_wanted(typed: str, chain: Chain, meeting: str) -> datetime | None:
    """When the meeting is to begin, in steps of five minutes; None if nothing is said, or the time that it has."""
    try:
        found = parse_time(typed.strip()) if meeting else None
    except ValueError:
        return None
    if found is None:
        return None
    minutes = found.minute // SLOT_MINUTES * SLOT_MINUTES
    starts = at_wall_clock(chain.site_day.date, time(found.hour, minutes))
    return None if meetings_by_key(chain)[meeting].starts_at == starts else starts


def _meeting_named(typed: str, chain: Chain) -> str:
    """The key of the meeting that is meant; 404 if there is none, or if it could be either of two."""
    if not typed:
        return ""
    keys = keys_named(typed, keys_of(chain, list(chain.meetings.all())))
    if len(keys) != 1:
        raise Http404
    return keys[0]


def proposal_page(request: StaffRequest, subject: Subject) -> HttpResponse:
    """Accept the proposal that was pressed; if none was, or it is outdated, show fresh ones."""
    form, outdated = subject.form, None
    if not form.may_search:
        return render(request, "bookings/chains/not_summoning.html", status=403)
    if not form.is_valid() or form.has_errors:
        return _page(request, subject, status=422 if form.is_bound else 200)
    try:
        if signed_proposal := request.POST.get("proposal"):
            try:
                return redirect("bookings:chain", subject.accept(signed_proposal).reference)
            except OUTDATED as refusal:
                outdated = refusal
        require_within_both("proposals", request, request.user)
        answer = _propose(request, subject)
    except Refusal as refusal:
        form.refuse(refusal)
        page = _page(request, subject, outdated=outdated, status=refusal.status)
        return told_to_wait(page, refusal)
    return _page(request, subject, answer, outdated=outdated, status=outdated.status if outdated else 200)


def _propose(request: StaffRequest, subject: Subject) -> Answer:
    """The proposals; where there is none, what gives a day."""
    form, after = subject.form, read_day(request.POST.get("after"))
    search = {
        "profile": subject.profile(),
        **form.search(),
        "at": form.at,
        "moving": subject.chain,
        "meeting": subject.meeting,
        "starts": subject.starts,
    }
    answer = propose(**search, after=after, limit=MORE if after else CHOICES, explain=True)
    return with_acts(answer, by=form.by, **search)


def _page(
    request: StaffRequest,
    subject: Subject,
    answer: Answer | None = None,
    *,
    outdated: Refusal | None = None,
    status: int,
) -> HttpResponse:
    if status != 200:
        subject.form.point_at_error()
    context = {
        "form": subject.form,
        "party": subject.party,
        "chain": subject.chain,
        "meeting": subject.meeting,
        "typed_time": request.GET.get("starts", "")[:5],
        "said": outdated and outdated.message,
        "registration": uuid4(),
    }
    return render(request, subject.template, context | _answer_context(subject, answer), status=status)


def _answer_context(subject: Subject, answer: Answer | None) -> dict[str, Any]:
    """The proposals and the day as it is now as timelines on one grid; or why there are no proposals."""
    chain, options = subject.chain, answer.options if answer else ()
    hints = (*answer.not_possible, *_to_show(answer.why_not)) if answer else ()
    first = next((hint.option for hint in hints if hint.kind == "first"), None)
    options = options or ((first,) if first else ())
    days = [option.site_day for option in options] + ([chain.site_day] if chain else [])
    grid = grid_over(days) if days else None
    told = [_shown_hint(hint) for hint in hints if hint.kind != "first"]
    pictures = timelines_of(options, grid, language=subject.language) if grid else []
    return {
        "answered": answer is not None,
        "pictures": _in_their_places(pictures, told),
        "now": timeline_of(chain, grid) if chain else None,
        "ours_are_busy": answer is not None and answer.ours_are_busy,
        "is_later": first is not None,
        "why_not": told,
        "more_after": answer.more_after if answer else None,
    }


def _in_their_places(pictures: list[Timeline], told: list[dict[str, Any]]) -> list[Timeline]:
    """Each proposal with why the days since the one before it do not work."""
    placed, since = [], date.min
    for picture in pictures:
        before = tuple(one for one in told if since <= (one["day"] or date.min) < picture.day)
        placed.append(replace(picture, before=before))
        since = picture.day
    return placed


def _shown_hint(hint: Hint) -> dict[str, Any]:
    """The hint's sentence, its day, and the search that its button makes."""
    sentence = sentence_for(hint, language=get_language())
    return {"sentence": sentence, "day": hint.day, "change": hint.change and as_value(hint.change)}


def _to_show(hints: Sequence[Hint]) -> Sequence[Hint]:
    """What gives a day; only if nothing does, the first reason why there is none."""
    return [hint for hint in hints if hint.option] or hints[:1]


def _search_again(request: StaffRequest, change: str) -> HttpResponse:
    """To the page of the search as a hint's button changes it, so that whatever is pressed there keeps to it."""
    query = request.GET.copy()
    for name, value in changed_fields(change).items():
        query[name] = value
    return redirect(f"{request.path}?{query.urlencode()}#proposals")


def _book(party: Party, form: SearchForm, signed_proposal: str) -> Chain:
    try:
        return book_chain(party=party, proposal=signed_proposal, by=form.by, at=form.at)
    except AlreadyBooked as booked:
        return booked.chain


def _saved(form: PartyForm) -> Party | None:
    """The party, registered without a day; None, with errors in the form, if that is refused."""
    if not form.is_valid():
        return None
    try:
        return form.register()
    except Refusal as refusal:
        form.refuse(refusal)
        return None


def _party_form(request: StaffRequest, *, by: User, at: datetime) -> PartyForm:
    """The form as it was sent, unless the request only adds or removes a member."""
    if request.method != "POST":
        return PartyForm(by=by, at=at)
    if rows := changed_rows(request.POST):
        return PartyForm(typed=request.POST, rows=rows, by=by, at=at)
    return PartyForm(_as_changed(request.POST), by=by, at=at)


def _as_changed(typed: QueryDict) -> QueryDict:
    """What was typed, with the search as a hint's button changes it; stops are cleared among those that are ticked."""
    changed = typed.copy()
    fields = changed_fields(typed.get("change", ""))
    without = fields.pop("without", "").split()
    changed.setlist("stops", [code for code in typed.getlist("stops") if code not in without])
    for name, value in fields.items():
        changed[name] = value
    return changed
