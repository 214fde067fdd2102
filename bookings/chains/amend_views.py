"""The page on which a registered party is corrected."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from bookings.chains.amend import Amended
from bookings.chains.amend_forms import AmendForm
from bookings.chains.household_forms import changed_rows
from bookings.chains.member_forms import AmendedMemberForm
from bookings.models import Party
from bookings.parties.queries import parties


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: StaffRequest, reference: str) -> HttpResponse:
    """Correct a party; then its page, its day with the letter's next version, or other days if it must move."""
    party = get_object_or_404(parties(), reference=reference)
    form = _form(request, party)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return _answer(request, party, form.amend())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
    if status != 200:
        form.point_at_error()
    return render(request, "bookings/chains/amend.html", {"party": party, "form": form}, status=status)


def _form(request: StaffRequest, party: Party) -> AmendForm:
    """The form as it was sent, unless the request only adds or removes a member."""
    by, at = request.user, timezone.now()
    if request.method != "POST":
        return AmendForm(party=party, by=by, at=at)
    if rows := changed_rows(request.POST, AmendedMemberForm):
        return AmendForm(typed=request.POST, rows=rows, party=party, by=by, at=at)
    return AmendForm(request.POST, party=party, by=by, at=at)


def _answer(request: StaffRequest, party: Party, amended: Amended) -> HttpResponse:
    if not amended.changed:
        messages.info(request, _("Nothing was changed."))
    elif amended.must_move and amended.chain:
        messages.warning(request, _("Saved. The booked day no longer fits: choose another time."))
        return redirect("bookings:move-chain", amended.chain.reference)
    elif amended.letter and amended.chain:
        words = {"version": amended.letter.version}
        messages.success(request, _("Saved. Version %(version)s of the letter is being printed.") % words)
        return redirect("bookings:chain", amended.chain.reference)
    else:
        messages.success(request, _("Saved."))
    return redirect("bookings:party", party.reference)
