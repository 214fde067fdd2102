"""Proposals: a new party and its day on one page, a day for a party that has none, another time for a chain."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from agencies.refusals import Refusal
from bookings.attendance.profile import Profile
from bookings.chains.book import AlreadyBooked, ProposalNotValid, book_chain, move_chain
from bookings.chains.forms import PartyForm
from bookings.chains.member_forms import rows_of
from bookings.chains.placement import SlotTaken
from bookings.models import Chain, Party
from bookings.parties.queries import chains, parties, profile_of
from bookings.proposals.forms import SearchForm
from bookings.proposals.hints import sentence_for
from bookings.proposals.propose import Answer, propose
from bookings.proposals.timeline import grid_over, timeline_of, timelines_of

OUTDATED = (SlotTaken, ProposalNotValid)  # answered with fresh proposals


@require_http_methods(["GET", "HEAD", "POST"])
def new_party(request: HttpRequest) -> HttpResponse:
    """Type a party in, look at its proposals, book one; nothing is kept before that."""
    who = {"by": request.user, "at": timezone.now()}
    page = "bookings/chains/new/_fragment.html" if request.htmx else "bookings/chains/new/page.html"
    if request.method != "POST":
        form = PartyForm(**who)
    elif rows := _other_rows(request.POST):
        form = PartyForm(typed=request.POST, rows=rows, **who)
    else:
        form = PartyForm(request.POST, **who)
    book = partial(_register_and_book, form)
    return _choose(request, form, page=page, profile=partial(_rehearse, form), act=book)


@require_http_methods(["GET", "HEAD", "POST"])
def book_party(request: HttpRequest, reference: str) -> HttpResponse:
    """A day for a party that has none."""
    party = get_object_or_404(parties(), reference=reference)
    form = _search_form(request)
    return _choose(
        request,
        form,
        page="bookings/chains/book.html",
        profile=partial(profile_of, party),
        act=partial(_book, party, form),
        party=party,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Another time for the chain, or with `?meeting=` for one of its meetings on the same day."""
    chain = get_object_or_404(chains(), reference=reference)
    meeting = request.GET.get("meeting", "")
    fixed: dict[str, Any] = {"track": chain.track_id}
    if meeting:
        fixed |= {
            "site": chain.site_day.location.site_id,
            "first": chain.site_day.date,
            "to": chain.site_day.date,
        }
    form = _search_form(request, fixed, chain=chain)
    return _choose(
        request,
        form,
        page="bookings/chains/move.html",
        profile=partial(profile_of, chain.party),
        act=partial(_move, chain, form),
        party=chain.party,
        chain=chain,
        meeting=meeting,
    )


def _choose(
    request: HttpRequest,
    form: SearchForm,
    *,
    page: str,
    profile: Callable[[], Profile],
    act: Callable[[str], Chain],
    chain: Chain | None = None,
    meeting: str = "",
    party: Party | None = None,
) -> HttpResponse:
    """Act on the proposal that was pressed; else, or when it is outdated, show fresh ones."""
    if not form.may_search:
        return render(request, "bookings/chains/not_summoning.html", status=403)
    answer, said, status = None, None, 200 if form.is_valid() or not form.is_bound else 422
    try:
        if form.is_valid() and (note := request.POST.get("proposal")):
            try:
                return redirect("bookings:chain", act(note).reference)
            except OUTDATED as refusal:
                said, status = refusal.message, refusal.status
        if form.is_valid():
            answer = propose(profile=profile(), **form.search(), at=form.at, moving=chain, meeting=meeting)
    except Refusal as refusal:
        form.refuse(refusal)
        status = refusal.status
    if status != 200:
        form.point_at_error()
    context = {"form": form, "party": party, "chain": chain, "meeting": meeting, "said": said}
    context["registration"] = uuid4()
    language = party.language if party else form["language"].value()
    return render(request, page, context | _shown(answer, chain, language=language), status=status)


def _shown(answer: Answer | None, chain: Chain | None, *, language: str) -> dict[str, Any]:
    """The answer as pictures on one grid, beside the day as it is now; or why there is none."""
    options = answer.options if answer else ()
    days = [option.site_day for option in options] + ([chain.site_day] if chain else [])
    grid = grid_over(days) if days else None
    return {
        "answered": answer is not None,
        "pictures": timelines_of(options, grid, language=language) if options else [],
        "now": timeline_of(chain, grid) if chain else None,
        "why_not": [sentence_for(hint, language=get_language()) for hint in answer.why_not] if answer else [],
    }


def _register_and_book(form: PartyForm, note: str) -> Chain:
    """Register the party and book its day, both or neither; a second press finds the first one's day."""
    with transaction.atomic():
        return _book(form.register(registration=form.cleaned_data["registration"]), form, note)


def _book(party: Party, form: SearchForm, note: str) -> Chain:
    try:
        return book_chain(party=party, proposal=note, by=form.by, at=form.at)
    except AlreadyBooked as booked:
        return booked.chain


def _move(chain: Chain, form: SearchForm, note: str) -> Chain:
    return move_chain(chain=chain, proposal=note, by=form.by, at=form.at)


def _rehearse(form: PartyForm) -> Profile:
    """The party's profile: registered and undone again, so that every refusal is the verb's own."""
    with transaction.atomic():
        profile = replace(profile_of(form.register()), reference="")
        transaction.set_rollback(True)
    return profile


def _search_form(
    request: HttpRequest, fixed: dict[str, Any] | None = None, *, chain: Chain | None = None
) -> SearchForm:
    """What the address asks for; the rest as usual, so that proposals come at once."""
    asked = request.GET.dict() | (fixed or {})
    return SearchForm.asking(asked, by=request.user, at=timezone.now(), chain=chain)


def _other_rows(typed: QueryDict) -> list[dict[str, str]]:
    """The people after one was added or taken away; nobody when the page asks for something else."""
    do, rows = typed.get("do", ""), rows_of(typed)
    if do == "add":
        return [*rows, {"family_name": rows[-1]["family_name"] if rows else ""}]
    if do.startswith("remove-"):
        return [row for n, row in enumerate(rows, start=1) if do != f"remove-{n}"] or [{}]
    return []
