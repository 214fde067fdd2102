"""Where a mail system posts mail that has come back: a secret address, without a sign-in."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.refusals import Refusal
from agencies.web.problems import problem_of
from agencies.web.secret_addresses import at_secret_address
from bookings.mails.take import take_mail


@at_secret_address("MAIL_SECRET")
def receive_mail(request: HttpRequest) -> HttpResponse:
    """Take the mail that is the body; 204 also for what changes nothing, 409 for what is to come again."""
    try:
        take_mail(raw=request.body, at=timezone.now())
    except Refusal as refusal:
        transaction.set_rollback(True)
        return problem_of(request, refusal)
    return HttpResponse(status=204)
