"""The page for whoever has no camera: the typed address and the paper code together open the day."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.languages import LANGUAGES
from agencies.refusals import Refusal
from bookings.links.typed_address import verify_typed
from bookings.newcomer.access import FORM_METHODS
from bookings.newcomer.limit import count_wrong, is_limited
from bookings.newcomer.pages import language_of, page, see, too_many_tries
from bookings.newcomer.session import begin_session, send_cookie

LONGEST = 40  # characters of what is shown again


@csrf_exempt  # as the other pages of the newcomer: without both codes a POST does nothing
@login_not_required
@require_http_methods(list(FORM_METHODS))
def typed_link(request: HttpRequest, typed: str = "") -> HttpResponse:
    """Ask for both, whatever the address; a POST with both right leads to the link's own page."""
    language = language_of(request)
    if request.method != "POST":
        return _ask(language, typed=typed)
    typed, code = request.POST.get("typed", ""), request.POST.get("code", "")
    if (switched := request.POST.get("switch", "")) in LANGUAGES:
        return _ask(switched, typed=typed, code=code)
    if is_limited(request):
        return too_many_tries(language)
    try:
        with override(language):
            opened = verify_typed(typed=typed, code=code, at=timezone.now())
    except Refusal as refusal:
        count_wrong(request)
        return _ask(language, typed=typed, code=code, refusal=refusal)
    session = begin_session(
        request, opened.token, code_hash=opened.code_hash, language=language, at=timezone.now()
    )
    return send_cookie(see(reverse("bookings:open-link", args=[opened.token])), opened.token, session)


def _ask(language: str, *, typed: str, code: str = "", refusal: Refusal | None = None) -> HttpResponse:
    return page(
        "bookings/newcomer/typed.html",
        language,
        status=refusal.status if refusal else 200,
        typed=typed[:LONGEST],
        code=code[:LONGEST],
        refusal=refusal,
    )
