"""Where the SMS gateway posts what people answer: a secret address, without a sign-in."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.web.secret_addresses import at_secret_address
from bookings.replies.take import take_reply


@at_secret_address("REPLY_SECRET")
def receive_reply(request: HttpRequest) -> HttpResponse:
    """Take the form's `from` and `message`; what is answered in plain text, the gateway sends to the sender."""
    words = take_reply(
        sender=request.POST.get("from", ""),
        message=request.POST.get("message", "").replace("\x00", ""),
        number=request.POST.get("id", "").replace("\x00", ""),
        at=timezone.now(),
    )
    return HttpResponse(words, content_type="text/plain; charset=utf-8")
