"""The four questions after the day, and their receipt."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.refusals import Refusal
from bookings.models import SurveyAnswer
from bookings.newcomer.access import (
    FORM_METHODS,
    enter_link,
    is_past,
    language_in,
    newcomer_page,
    no_day,
    site_of,
)
from bookings.newcomer.pages import page, see
from bookings.newcomer.session import open_session
from bookings.newcomer.survey import NO_FACES, answer_survey, has_answered


@newcomer_page(paper_code=False, methods=FORM_METHODS)
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or thank whoever has answered; a form of before the day, or one that is sent twice, changes nothing.

    Pressed for another language, it asks in that one, with the faces that were chosen.
    """
    at, day = timezone.now(), reverse("bookings:open-link", args=[token])
    session = open_session(request, token, at=at)
    if session is None:
        return see(day)
    language = language_in(request, session)
    link = enter_link(token, code_hash=session["code"])
    if link is None:
        return no_day(request, token, language)
    if not is_past(link, at=at):
        return see(day)
    refusal, switched = None, request.POST.get("switch", "")
    typed = {name: face for name, face in request.POST.items() if name in SurveyAnswer.QUESTIONS}
    if switched in LANGUAGES and not typed:
        return see(f"{day}?language={switched}")
    if request.method == "POST" and switched not in LANGUAGES:
        try:
            with override(language):
                answer_survey(link=link, answers=request.POST.dict(), language=language)
            return see(reverse("bookings:survey", args=[token]))
        except Refusal as refused:
            refusal = refused
    return page(
        "bookings/newcomer/survey.html",
        switched if switched in LANGUAGES else language,
        status=refusal.status if refusal else 200,
        token=token,
        help_site=site_of(link),
        refusal=refusal,
        typed=NO_FACES | typed,
        is_sent=has_answered(link),
    )
