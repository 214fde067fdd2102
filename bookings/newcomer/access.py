"""How a request enters the newcomer's pages: by the link's token, and by the paper code that its session has seen."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial, wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.models import Location, Site
from agencies.secrecy.context import Viewer, acting_as, enter
from agencies.shelf import shelf_of, stamp
from bookings.links.tokens import as_token, hash_of, hash_of_code, link_keys
from bookings.models import ClosedLink, Link
from bookings.newcomer.kept import kept_fields, onward_of
from bookings.newcomer.limit import count_wrong
from bookings.newcomer.pages import code_page, gone, language_of, page
from bookings.newcomer.session import keep, open_session

SAFE_METHODS = ("GET", "HEAD")
FORM_METHODS = (*SAFE_METHODS, "POST")

View = Callable[..., HttpResponse]


def newcomer_page(*, paper_code: bool, methods: Collection[str]) -> Callable[[View], View]:
    """Let a view answer under `/d/<token>` without sign-in; the token is read tolerantly.

    With `paper_code` the view is called as `view(request, token, link, language, ...)`, inside the viewer context
    of the link, and only if this phone has typed the link's paper code; otherwise the page that asks for the code
    answers, with what a form brought, or the page of a link that is closed or unknown. Without it the view is called
    as `view(request, token)` and itself calls `enter_link`, with the code that its form brought.
    """

    def decorate(view: View) -> View:
        behind = _behind_paper_code(view) if paper_code else view
        guarded = login_not_required(require_http_methods(list(methods))(_with_token(behind)))
        guarded.behind_paper_code = paper_code  # type: ignore[attr-defined]
        # With these pages' Referrer-Policy, Django's CSRF check would refuse a POST over HTTPS. It is not needed:
        # no other site's POST brings the SameSite=Lax cookie, and without it a POST needs the token and code.
        return csrf_exempt(guarded) if "POST" in methods else guarded

    return decorate


def _with_token(view: View) -> View:
    @wraps(view)
    def read(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        return view(request, as_token(token), **kwargs)

    return read


def _behind_paper_code(view: View) -> View:
    @wraps(view)
    def enter_first(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        session = open_session(request, token, at=timezone.now())
        language = language_in(request, session)
        if session is None or not session["code"]:
            return _ask_for_code(request, token, language)
        link = enter_link(token, code_hash=session["code"])
        if link is None:
            return no_day(request, token, language)
        if link.code_hash != session["code"]:
            return _ask_for_code(request, token, language)
        return view(request, token, link, language, **kwargs)

    return enter_first


def _ask_for_code(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """200 for a page, 422 for a form: it has not been carried out, and comes along."""
    is_form = request.method == "POST"
    return code_page(
        token,
        language,
        onward=onward_of(request),
        kept=kept_fields(request.POST) if is_form else [],
        status=422 if is_form else 200,
    )


def language_in(request: HttpRequest, session: SessionBase | None) -> str:
    """The page's language; a session remembers the one that was chosen."""
    language = language_of(request, session["language"] if session else "")
    if session and session["language"] != language:
        keep(session, {"language": language})
    return language


def enter_link(token: str, *, code_hash: str = "") -> Link | None:
    """Let the request act for the holder of the link; None if it is unknown, has ended or its day is cancelled."""
    enter(Viewer(link=hash_of(token), code=code_hash))
    links = Link.objects.select_related("chain__site_day", "chain__track").annotate(stamp=stamp())
    link = links.filter(token_hash=hash_of(token)).first()
    if link is not None:
        day = link.chain.site_day
        day.location = shelf_of(link).get(("place", day.location_id), partial(_place, day.location_id))
    return link


def _place(key: int) -> Location:
    return Location.objects.select_related("site").get(pk=key)


def hash_of_typed(token: str, code: str) -> str:
    """The hash of a code typed for this link, with the LINK_KEY with which the link was made."""
    if len(link_keys()) == 1:
        return hash_of_code(code)
    with acting_as(Viewer(link=hash_of(token))):
        return hash_of_code(code, Link.objects.filter(token_hash=hash_of(token)).first())


def closed_link(token: str) -> ClosedLink | None:
    """Why the entered link shows no day any more; None if it is open or unknown."""
    return ClosedLink.objects.select_related("site").filter(token_hash=hash_of(token)).first()


def no_day(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """The page of a cancelled day or of a link that has ended, else 404; after `enter_link` has found nothing."""
    if closed := closed_link(token):
        return closed_page(closed, token, language)
    count_wrong(request)
    return gone(language)


def closed_page(closed: ClosedLink, token: str, language: str) -> HttpResponse:
    """That the day is cancelled, or (410) that the link has ended; whom to call, and nothing else."""
    status = 410 if closed.is_over else 200
    return page(
        "bookings/newcomer/closed.html",
        language,
        status=status,
        closed=closed,
        token=token,
        help_site=closed.site,
    )


def site_of(link: Link) -> Site:
    """The site to which the link's day belongs."""
    site: Site = link.chain.site_day.location.site
    return site


def is_past(link: Link, *, at: datetime) -> bool:
    """Whether the day has been."""
    return link.chain.site_day.closes_at <= at
