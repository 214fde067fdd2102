"""Where the SMS gateway posts what people answer: a secret address, without a sign-in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from agencies.web.limits import require_within_address
from agencies.web.problems import no_such_address
from bookings.replies.take import take_reply


@csrf_exempt  # the address itself is the secret
@login_not_required
def receive_reply(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the form's `from` and `message`; what is answered in plain text, the gateway sends to the sender."""
    known = settings.REPLY_SECRET
    if not known or not constant_time_compare(secret, known) or request.method != "POST":
        require_within_address("wrong-token", request)
        return no_such_address(request)
    words = take_reply(
        sender=request.POST.get("from", ""),
        message=request.POST.get("message", "").replace("\x00", ""),
        number=request.POST.get("id", "").replace("\x00", ""),
        at=timezone.now(),
    )
    return HttpResponse(words, content_type="text/plain; charset=utf-8")
