"""The paper code: asked for once, then kept for half an hour by the phone that typed it."""

import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.read_log.notes import current_notes
from agencies.refusals import Refusal
from bookings.links.paper_code import CodeClosed, verify_code
from bookings.links.tokens import hash_of_code
from bookings.models import Link
from bookings.newcomer.pages import QUIET, enter_link, gone, language_of, page
from bookings.references import as_printed

COOKIE = "key"
# Long enough to read and decide with an interpreter, short enough for a phone that is lent or left on a table.
KEPT_FOR = timedelta(minutes=30)
ONWARD = re.compile("[a-z]+")


def require_code(request: HttpRequest, token: str) -> Link | HttpResponse:
    """The link whose paper code this phone has shown, or the page to answer instead; the request acts for it."""
    code = request.get_signed_cookie(COOKIE, "", salt=token, max_age=KEPT_FOR)
    if not code:
        return _ask(request, token, onward=request.path.rsplit("/", 1)[1])
    link = enter_link(token, code=code)
    if link is None:
        return gone(language_of(request))
    return link if link.code_hash == code else _ask(request, token, onward=request.path.rsplit("/", 1)[1])


# Nobody can forge a code that they do not have, and a browser that sends no referrer passes no CSRF check.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the paper code; with the right one, go on to where it was needed."""
    onward = request.POST.get("onward", "")
    if request.method != "POST" or not ONWARD.fullmatch(onward):
        return _ask(request, token, onward="consents")
    language, typed = language_of(request), request.POST.get("code", "")
    link = enter_link(token, code=hash_of_code(as_printed(typed)))
    if link is None:
        return gone(language)
    try:
        with override(language):
            code = verify_code(link=link, typed=typed, at=timezone.now())
    except Refusal as refusal:
        current_notes().refused = refusal.kind
        return _ask(request, token, onward=onward, refusal=refusal)
    answer = HttpResponseRedirect(f"/d/{token}/{onward}?language={language}", headers=QUIET)
    return keep_code(answer, token, code)


def keep_code(answer: HttpResponse, token: str, code: str) -> HttpResponse:
    """Let the phone keep the right code's hash: for this link only, out of reach of scripts and of other sites."""
    answer.set_signed_cookie(
        COOKIE,
        code,
        salt=token,
        max_age=KEPT_FOR,
        path=f"/d/{token}",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _ask(request: HttpRequest, token: str, *, onward: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page that asks, the same whatever the token."""
    lost = 422 if request.method == "POST" else 200  # what was pressed has not been done
    return page(
        "bookings/newcomer/code.html",
        language_of(request),
        status=refusal.status if refusal else lost,
        token=token,
        onward=onward,
        typed=request.POST.get("code", ""),
        refusal=refusal,
        is_closed=isinstance(refusal, CodeClosed),
    )
