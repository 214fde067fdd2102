"""How a request enters the newcomer's pages: by the link's token, and by the paper code kept in a cookie."""

from collections.abc import Callable, Collection
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.secrecy.context import Viewer, acting_as, enter
from bookings.links.tokens import hash_of, hash_of_code, link_keys
from bookings.models import Chain, Link
from bookings.newcomer.pages import code_page, gone, language_of

COOKIE = "key"
# Long enough to read and decide with an interpreter, short enough for a phone that is lent or left on a table.
KEPT_FOR = timedelta(minutes=30)
SAFE_METHODS = ("GET", "HEAD")
FORM_METHODS = (*SAFE_METHODS, "POST")

View = Callable[..., HttpResponse]


def newcomer_page(*, paper_code: bool, methods: Collection[str]) -> Callable[[View], View]:
    """Let a view answer under `/d/<token>` without sign-in.

    With `paper_code` the view is called as `view(request, token, link, language, ...)`, inside the viewer context
    of the link, and only if this phone has typed the link's paper code; otherwise the page that asks for the code
    or the 404 of an unknown link answers. Without it the view is called as `view(request, token)` and itself
    calls `enter_link`, with the code that its form brought.
    """

    def decorate(view: View) -> View:
        guarded = require_http_methods(list(methods))(_behind_paper_code(view) if paper_code else view)
        guarded = login_not_required(guarded)
        # With these pages' Referrer-Policy, Django's CSRF check would refuse a POST over HTTPS. It is not needed:
        # no other site can send the SameSite=Strict cookie, and without it a POST needs the token and code.
        return csrf_exempt(guarded) if "POST" in methods else guarded

    return decorate


def _behind_paper_code(view: View) -> View:
    @wraps(view)
    def enter_first(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        onward = request.path.rsplit("/", 1)[1]
        code_hash = kept_code(request, token)
        if not code_hash:
            return code_page(request, token, onward=onward)
        link = enter_link(token, code_hash=code_hash)
        if link is None:
            return gone(language_of(request))
        if link.code_hash != code_hash:
            return code_page(request, token, onward=onward)
        return view(request, token, link, language_of(request), **kwargs)

    return enter_first


def enter_link(token: str, *, code_hash: str = "") -> Link | None:
    """Let the request act for the holder of the link; None if there is no such link or its day is cancelled."""
    enter(Viewer(link=hash_of(token), code=code_hash))
    links = Link.objects.exclude(chain__state=Chain.State.CANCELLED)
    return links.select_related("chain").filter(token_hash=hash_of(token)).first()


def hash_of_typed(token: str, code: str) -> str:
    """The hash of a code typed for this link, with the LINK_KEY with which the link was made."""
    if len(link_keys()) == 1:
        return hash_of_code(code)
    with acting_as(Viewer(link=hash_of(token))):
        return hash_of_code(code, Link.objects.filter(token_hash=hash_of(token)).first())


def kept_code(request: HttpRequest, token: str) -> str:
    """The hash of the paper code that this phone has typed for this link, or "" after half an hour."""
    return request.get_signed_cookie(COOKIE, "", salt=token, max_age=KEPT_FOR) or ""


def keep_code(answer: HttpResponse, token: str, code_hash: str) -> HttpResponse:
    """Let the phone keep the right code's hash: for this link only, out of reach of scripts and of other sites."""
    answer.set_signed_cookie(
        COOKIE,
        code_hash,
        salt=token,
        max_age=KEPT_FOR,
        path=reverse("bookings:open-link", args=[token]),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return answer
