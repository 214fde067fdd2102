"""Where a mail system posts mail that has come back: a secret address, without a sign-in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from agencies.refusals import Refusal
from agencies.web.limits import require_within_address
from agencies.web.problems import no_such_address, problem_of
from bookings.mails.take import take_mail


@csrf_exempt  # the address itself is the secret
@login_not_required
def receive_mail(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the mail that is the body; 204 also for what changes nothing, 409 for what is to come again."""
    known = settings.MAIL_SECRET
    if request.method != "POST":
        return no_such_address(request)
    if not known or not constant_time_compare(secret, known):
        require_within_address("wrong-token", request)
        return no_such_address(request)
    try:
        take_mail(raw=request.body, at=timezone.now())
    except Refusal as refusal:
        transaction.set_rollback(True)
        return problem_of(request, refusal)
    return HttpResponse(status=204)
