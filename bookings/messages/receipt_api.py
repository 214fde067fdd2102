"""Where gateways and mail systems report what became of a message: by its signed address, without a sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from agencies.dispatches.sweep import SWEEPER
from agencies.refusals import Refusal
from agencies.secrecy.context import acting_as
from agencies.web.limits import require_within_address
from agencies.web.problems import no_such_address, problem_of
from bookings.messages.fall_back import fall_back
from bookings.messages.receipt_addresses import key_of
from bookings.messages.receive import NOT_ARRIVED, record_receipt


@csrf_exempt  # the address itself is the secret
@login_not_required
def receive_receipt(request: HttpRequest, signed: str) -> HttpResponse:
    """Settle the message of the address by the form's `id` and `status`; 204 also for what changes nothing.

    What has failed as a text message goes as an e-mail, where there is an address.
    """
    if request.method != "POST":
        return no_such_address(request)
    key = key_of(signed)
    if key is None:
        require_within_address("wrong-token", request)
        return no_such_address(request)
    at = timezone.now()
    number, status = request.POST.get("id", ""), request.POST.get("status", "").strip().casefold()
    try:
        with acting_as(SWEEPER):
            found = record_receipt(key=key, number=number, status=status, at=at)
    except Refusal as refusal:
        transaction.set_rollback(True)
        return problem_of(request, refusal)
    if found and status in NOT_ARRIVED:
        fall_back(message=found, at=at)
    return HttpResponse(status=204) if found else no_such_address(request)
