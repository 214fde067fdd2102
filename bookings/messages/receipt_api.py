"""Where gateways report what became of a message: by its signed address, without a sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from agencies.refusals import Refusal
from agencies.web.limits import require_within_address
from agencies.web.problems import no_such_address, problem_of
from bookings.messages.receipt_addresses import key_of
from bookings.messages.take_report import take_report


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
    number, status = request.POST.get("id", ""), request.POST.get("status", "").strip().casefold()
    try:
        is_known = take_report(key=key, number=number, status=status, at=timezone.now())
    except Refusal as refusal:
        transaction.set_rollback(True)
        return problem_of(request, refusal)
    return HttpResponse(status=204) if is_known else no_such_address(request)
