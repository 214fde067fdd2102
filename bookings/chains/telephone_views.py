"""A press on a chain's page that writes down what an adult answers by telephone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from bookings.answers.give import Call, give_answer
from bookings.chains.answer_api import links_of
from bookings.chains.views import show_chain
from bookings.messages.call_numbers import number_to_call
from bookings.models import SummonsAnswer
from bookings.parties.queries import chains
from bookings.summons.adults import adults_by_number


@require_POST
def take_answer(request: StaffRequest, reference: str) -> HttpResponse:
    """Write it down; then, or with the refusal, the chain's page."""
    chain = get_object_or_404(chains(), reference=reference)
    link = adults_by_number(links_of(chain)).get(request.POST.get("adult", ""))
    if link is None:
        raise Http404
    try:
        given = give_answer(
            link=link,
            answer=request.POST.get("answer", ""),
            why=request.POST.get("why", ""),
            text=request.POST.get("text", ""),
            call=Call(number=request.POST.get("call_number", "")),
            source=SummonsAnswer.Source.TELEPHONE,
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return show_chain(request, reference, refusal)
    if given.kind == SummonsAnswer.Kind.HELP and not number_to_call(given).number:
        messages.warning(request, _without_number(given))
    return redirect("bookings:chain", reference)


def _without_number(given: SummonsAnswer) -> str:
    if given.party.is_protected:
        return _("It is written down. The number is sealed: whoever calls opens the identity first.")
    return _("It is written down, but no telephone number is known. Ask for one and correct the contact.")
