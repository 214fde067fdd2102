"""What somebody has ticked off to bring: sent by a form, kept on the phone."""

import re

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from agencies.languages import LANGUAGES
from bookings.newcomer.access import newcomer_page
from bookings.newcomer.pages import see
from bookings.newcomer.session import open_session
from bookings.newcomer.ticks import keep_ticks

KEY = re.compile(r"[\w-]{1,40}", re.ASCII)
MOST = 30  # documents


@newcomer_page(paper_code=False, methods=("POST",))
def tick_documents(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the ticks of a day that is open on this phone, and show the day again where they stand.

    Pressed for another language, it shows the day in that one.
    """
    day = reverse("bookings:open-link", args=[token])
    if open_session(request, token, at=timezone.now()) is None:
        return see(day)
    chosen = [key for key in request.POST.getlist("bring")[:MOST] if KEY.fullmatch(key)]
    switched = request.POST.get("switch", "")
    shown = f"{day}?language={switched}" if switched in LANGUAGES else f"{day}#bring"
    return keep_ticks(see(shown), token, chosen)
