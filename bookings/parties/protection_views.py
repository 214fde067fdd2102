"""Pages of protected identity: protect, open with a reason, end; and the manager's alerts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from agencies.models import Role
from agencies.read_log.notes import note_person
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.models import Party, SealedIdentity
from bookings.parties.forms import ReasonForm
from bookings.parties.identities import answers_for, identity_openings, may_open, opened_identity, openers_of
from bookings.parties.protect import look_at_openings, open_identity, protect_party, unprotect_party
from bookings.parties.queries import parties

LATEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def protect(request: StaffRequest, reference: str) -> HttpResponse:
    """GET explains the protection and asks for a reason, POST protects; a second browser's POST finds it done."""
    party = get_object_or_404(parties(), reference=reference)
    if party.is_protected:
        if request.method != "POST":
            raise Http404
        return redirect("bookings:party", reference)
    return _with_reason(request, party, protect_party, page="protect", then="bookings:party")


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: StaffRequest, reference: str) -> HttpResponse:
    """The names, for a user who has given a reason in the last quarter of an hour; else the form for the reason."""
    party = _party(reference, is_protected=True)
    sealed = opened_identity(party)
    if request.method != "POST" and sealed:
        return _shown(request, party, sealed)
    return _with_reason(
        request, party, open_identity, page="open_identity", then="bookings:identity", more=_openers
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.MANAGER, hidden=True)
def unprotect(request: StaffRequest, reference: str) -> HttpResponse:
    """GET asks a manager for a reason, POST puts the names back."""
    party = _party(reference, is_protected=True)
    return _with_reason(request, party, unprotect_party, page="unprotect", then="bookings:party")


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.MANAGER, of_an_agency=True, hidden=True)
def opening_list(request: StaffRequest) -> HttpResponse:
    """The alerts that the manager answers for; POST marks those that the page showed, but for one's own."""
    if request.method == "POST":
        until = _moment(request.POST.get("until", ""))
        if until:
            look_at_openings(until=until, by=request.user, at=timezone.now())
        return redirect("bookings:openings")
    openings = list(identity_openings()[:LATEST])
    is_open = [one for one in openings if one.seen_at is None and one.by_id != request.user.pk]
    return render(request, "bookings/parties/openings.html", {"openings": openings, "open": is_open})


def _party(reference: str, *, is_protected: bool) -> Party:
    return get_object_or_404(parties(), reference=reference, is_protected=is_protected)


def _with_reason(
    request: StaffRequest,
    party: Party,
    verb: Callable[..., Any],
    *,
    page: str,
    then: str,
    more: Callable[[Party], dict[str, Any]] = lambda _party: {},
) -> HttpResponse:
    """The form for the reason, then the verb; `more` is what the form's page shows beside it."""
    form, at = ReasonForm(request.POST if request.method == "POST" else None), timezone.now()
    if form.is_accepted(lambda said: verb(party=party, **said, by=request.user, at=at)):
        return redirect(then, party.reference)
    context = {"party": party, "form": form} | more(party)
    return render(request, f"bookings/parties/{page}.html", context, status=form.status)


def _openers(party: Party) -> dict[str, Any]:
    return {"may_open": may_open(party), "openers": openers_of(party)}


def _shown(request: StaffRequest, party: Party, sealed: SealedIdentity) -> HttpResponse:
    """Every name beside the alias that others see; noted for the read log."""
    people = [(member, sealed.people[str(member.pk)]) for member in party.members.all()]
    note_person(*(member.key for member, _person in people))
    context = {
        "party": party,
        "people": people,
        "contact": sealed.contact,
        "may_end": request.user.role == Role.MANAGER and answers_for(party),
    }
    return render(request, "bookings/parties/identity.html", context)


def _moment(text: str) -> datetime | None:
    """The moment in ISO 8601 with its zone, or None."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
