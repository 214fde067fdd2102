"""The pages on which a newcomer answers: yes, another time, call me back; the token of the link is enough."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.models import Reading
from agencies.read_log.log import flush_notes
from agencies.refusals import Refusal
from agencies.secrecy.context import Viewer, acting_as
from agencies.spoken import OF_LETTERS, spoken_name
from bookings.answers.give import (
    ANOTHER_LANGUAGE,
    NO_CALL,
    AnswerTooLate,
    Call,
    give_answer,
    take_back_call,
)
from bookings.answers.queries import is_number_known, own_answers
from bookings.chains.book import NotBooked
from bookings.links.tokens import hash_of
from bookings.models import Link, LinkParty, SummonsAnswer
from bookings.newcomer.access import (
    FORM_METHODS,
    SAFE_METHODS,
    enter_link,
    is_past,
    language_in,
    newcomer_page,
    no_day,
    site_of,
)
from bookings.newcomer.another_day import Booking, booking_of, choose_day, day_choices
from bookings.newcomer.day import day_page
from bookings.newcomer.pages import language_of, page, said_beside, see
from bookings.newcomer.session import begin_session, open_session, send_cookie

Kind, Why = SummonsAnswer.Kind, SummonsAnswer.Why
NOTHING_TYPED = dict.fromkeys(("why", "text", "day", "spoken", "period", "number"), "")
CALL = "call"  # in the place of a proposal: no day fits
WHYS = (
    (Why.ILL, "sick"),
    (Why.CHILDREN, "child"),
    (Why.WORK, "work"),
    (Why.JOURNEY, "bus"),
    (Why.PAPERS, "documents"),
    (Why.OTHER, "other"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """An entered link, in the language of the page."""

    request: HttpRequest
    token: str
    link: Link
    session: SessionBase
    language: str

    def go(self, name: str) -> HttpResponseRedirect:
        """To a page of the same link, in the same language."""
        return see(f"{reverse(f'bookings:{name}', args=[self.token])}?language={self.language}")

    def give(self, answer: str, *, why: str = "", text: str = "", call: Call = NO_CALL) -> None:
        with override(self.language):
            give_answer(link=self.link, answer=answer, why=why, text=text, call=call, at=timezone.now())


View = Callable[[Visit], HttpResponse]


def _entered(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Call the view with the entered link. A form opens the link by itself, for a session that has ended meanwhile."""

    @wraps(view)
    def enter(request: HttpRequest, token: str) -> HttpResponse:
        session = open_session(request, token, at=timezone.now())
        if session is None and request.method != "POST":
            return see(reverse("bookings:open-link", args=[token]))
        language = language_in(request, session) if session else language_of(request)
        link = enter_link(token, code_hash=session["code"] if session else "")
        if link is None:
            return no_day(request, token, language)
        begun = session or begin_session(request, token, code_hash="", language=language, at=timezone.now())
        answer = view(Visit(request, token, link, begun, language))
        return answer if session else send_cookie(answer, token, begun)

    return enter


@newcomer_page(paper_code=False, methods=("POST",))
@_entered
def answer(visit: Visit) -> HttpResponse:
    """Yes is written down at once; the other answers have pages."""
    given = visit.request.POST.get("answer", "")
    if given == Kind.ANOTHER_TIME:
        return visit.go("another-time")
    if given == Kind.HELP:
        return visit.go("call-me")
    try:
        visit.give(given)
    except Refusal:  # too late, or no answer at all: the day says how it stands
        return visit.go("open-link")
    return visit.go("answered")


@newcomer_page(paper_code=False, methods=SAFE_METHODS)
@_entered
def answered(visit: Visit) -> HttpResponse:
    """What the adult has answered, and what comes before the day."""
    held = own_answers(visit.link).get("presence")
    if held is None:
        return visit.go("open-link")
    return _page(visit, "bookings/newcomer/answered.html", answer=held)


@newcomer_page(paper_code=False, methods=FORM_METHODS)
def another_time(request: HttpRequest, token: str) -> HttpResponse:
    """Why, and another day where the rules let the family choose one; otherwise the caseworker gets a task.

    As two viewers, one after the other: the link is entered by its holder, the days are looked for by the agency.
    """
    found: list[tuple[Visit, Booking]] = []

    def read(visit: Visit) -> HttpResponse:
        found.append((visit, booking_of(visit.link)))
        return HttpResponse()

    with _as_holder(request, token):
        stopped = _entered(read)(request, token)
    if not found:
        return stopped
    response = _another_time(*found[0])
    response.cookies.update(stopped.cookies)
    return response


def _as_holder(request: HttpRequest, token: str) -> AbstractContextManager[None]:
    """Acts for whoever holds the link, with the paper code if this phone has typed it."""
    session = open_session(request, token, at=timezone.now())
    return acting_as(Viewer(link=hash_of(token), code=session["code"] if session else ""))


def _another_time(visit: Visit, booking: Booking) -> HttpResponse:
    typed = visit.request.POST
    if typed.get("switch", "") in LANGUAGES:
        return _wish_page(visit, booking, language=typed["switch"])
    if visit.request.method != "POST":
        return _wish_page(visit, booking)
    why, text, chosen = typed.get("why", ""), typed.get("text", ""), typed.get("day", "")
    try:
        if chosen and chosen != CALL:
            with override(visit.language):
                choose_day(booking, proposal=chosen, why=why, text=text, at=timezone.now())
            return visit.go("open-link")
        with _as_holder(visit.request, visit.token):
            visit.give(Kind.ANOTHER_TIME, why=why, text=text)
    except (AnswerTooLate, NotBooked):
        return visit.go("open-link")
    except Refusal as refusal:
        return _wish_page(visit, booking, refusal=refusal)
    return visit.go("answered")


def _wish_page(
    visit: Visit, booking: Booking, *, language: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    """The form as it was sent, with the days that are free now."""
    at = timezone.now()
    choices = day_choices(booking, at=at)
    is_typed = refusal is not None and "text" in refusal.errors
    with _as_holder(visit.request, visit.token):
        answer = _page(
            visit,
            "bookings/newcomer/another_time.html",
            spoken=language,
            status=refusal.status if refusal else 200,
            whys=[(why.value, pictogram) for why, pictogram in WHYS],
            choices=choices,
            typed=NOTHING_TYPED | visit.request.POST.dict(),
            wrong_text=refusal.message if refusal and is_typed else "",
            is_taken=refusal is not None and not is_typed,
        )
        # Here, because afterwards the request acts for nobody.
        flush_notes(what=Reading.What.PAGE, at=at)
    return answer


@newcomer_page(paper_code=False, methods=FORM_METHODS)
@_entered
def call_me(visit: Visit) -> HttpResponse:
    """Ask to be called in one's own language, or take that back."""
    typed = visit.request.POST
    if visit.request.method != "POST" or typed.get("switch", "") in LANGUAGES:
        return _call_page(visit, language=typed.get("switch", ""))
    if "back" in typed:
        take_back_call(link=visit.link, at=timezone.now())
        return visit.go("call-me")
    call = Call(typed.get("spoken", ""), typed.get("period", ""), typed.get("number", ""))
    try:
        visit.give(Kind.HELP, text=typed.get("text", ""), call=call)
    except AnswerTooLate:
        return visit.go("open-link")
    except Refusal as refusal:
        return _call_page(visit, refusal=refusal)
    return visit.go("call-me")


def _call_page(visit: Visit, *, language: str = "", refusal: Refusal | None = None) -> HttpResponse:
    wish, is_known = own_answers(visit.link).get("help"), is_number_known(visit.link)
    # Who has asked by e-mail has said no number: nobody can call before there is one.
    is_heard = wish is not None and wish.settled_at is None and (is_known or wish.call_number != "")
    elsewhere = _spoken_elsewhere(visit.link)
    return _page(
        visit,
        "bookings/newcomer/call_me.html",
        spoken=language,
        status=refusal.status if refusal else 200,
        wish=wish if is_heard else None,
        is_number_known=is_known,
        is_past=is_past(visit.link, at=timezone.now()),
        spoken_languages=[(OF_LETTERS[code], each) for code, each in LANGUAGES.items()],
        elsewhere=elsewhere,
        elsewhere_name=spoken_name(elsewhere, language or visit.language),
        another=ANOTHER_LANGUAGE,
        own=elsewhere or OF_LETTERS[visit.language],
        typed=NOTHING_TYPED | visit.request.POST.dict(),
        wrong=said_beside(refusal, "call_language", "call_number", "text"),
    )


def _spoken_elsewhere(link: Link) -> str:
    """The language in which the party is interpreted, if it is none of the pages'; else empty."""
    spoken = LinkParty.objects.values_list("interpreter_language", flat=True).get(chain=link.chain_id)
    return "" if spoken in OF_LETTERS.values() else spoken


def _page(
    visit: Visit, template: str, *, spoken: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    language = spoken or visit.language
    day = day_page(visit.link, visit.session, language)
    shared = {"page": day, "token": visit.token, "help_site": site_of(visit.link)}
    return page(template, language, status=status, **shared, **context)
