"""The texts of the day read aloud."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.clock import local
from agencies.texts.queries import sound_of
from agencies.web.sound_file import sound_file
from bookings.newcomer.access import SAFE_METHODS, enter_link, language_in, newcomer_page
from bookings.newcomer.pages import QUIET, gone
from bookings.newcomer.session import open_session


@newcomer_page(paper_code=False, methods=SAFE_METHODS)
def listen(request: HttpRequest, token: str, text: int) -> HttpResponse:
    """The sound of a text that holds on the link's day, for a phone that has opened the day; otherwise 404.

    Texts are the same for all who may read them: whose day it is decides only of which date they are.
    """
    session = open_session(request, token, at=timezone.now())
    language = language_in(request, session)
    link = enter_link(token, code_hash=session["code"]) if session else None
    audio = sound_of(text, on=local(link.chain.site_day.opens_at).date()) if link else None
    if audio is None:
        return gone(language)
    answer = sound_file(request, bytes(audio.sound), audio.KINDS[audio.kind])
    for name, value in QUIET.items():
        answer[name] = value
    return answer
