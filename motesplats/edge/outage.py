"""The 503 while the database is away: problem details in the API, else a page in the reader's language."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.sites.phones import remembered_phones
from agencies.web.outages import RETRY_AFTER
from agencies.web.problems import is_api, problem
from agencies.web.typed_fields import typed_fields
from bookings.newcomer.errors import OURS
from bookings.newcomer.pages import language_of, page
from motesplats.locale import staff_language

CODES = {"code", "typed", "k"}


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
    if OURS.match(request.path):
        return page("bookings/newcomer/unavailable.html", language_of(request), status=503, phones=phones)
    language = staff_language(request)
    with translation.override(language):
        if is_api(request):
            return problem(
                request.path, status=503, detail=_("Nothing can be shown just now. Try again later.")
            )
        typed = {"fields": _fields_of(request), "action": request.get_full_path()}
        body = render_to_string("503.html", typed | {"phones": phones})
    return HttpResponse(body, status=503, headers={"Content-Language": language})


def _fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The form as it was typed, to be sent again from the page; without passwords and codes, which nobody keeps.

    Going back would not bring it back: a browser keeps nothing of a page that may not be stored.
    """
    try:
        fields = typed_fields(request.POST)
    except (UnreadablePostError, SuspiciousOperation, MultiPartParserError):
        return []
    return [(name, value) for name, value in fields if "password" not in name and name not in CODES]
