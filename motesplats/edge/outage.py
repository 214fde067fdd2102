"""The 503 while the database is away: problem details in the API, else a page in the reader's language."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.sites.phones import remembered_phones
from agencies.web.outages import RETRY_AFTER
from agencies.web.problems import is_api, problem
from bookings.newcomer.pages import language_of, page
from motesplats.locale import staff_language

NEWCOMER = "/d/"


class OutageMiddleware:
    """Fills in every 503 that comes without a content, and says when to try again; reads no database itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 503:
            return response
        if not getattr(response, "content", True):
            response = _filled_in(request)
        response.headers.setdefault("Retry-After", str(RETRY_AFTER))
        return response


def _filled_in(request: HttpRequest) -> HttpResponse:
    phones = remembered_phones()
    if request.path.startswith(NEWCOMER):
        return page("bookings/newcomer/unavailable.html", language_of(request), status=503, phones=phones)
    language = staff_language(request)
    with translation.override(language):
        if is_api(request):
            return problem(
                request.path, status=503, detail=_("Nothing can be shown just now. Try again later.")
            )
        body = render_to_string("503.html", {"phones": phones, "is_post": request.method == "POST"})
    return HttpResponse(body, status=503, headers={"Content-Language": language})
