"""The page that takes the paper code."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agencies.read_log.notes import current_notes
from agencies.refusals import Refusal
from bookings.links.paper_code import verify_code
from bookings.newcomer.access import FORM_METHODS, enter_link, hash_of_typed, keep_code, newcomer_page
from bookings.newcomer.pages import QUIET, code_page, gone, language_of
from bookings.references import as_printed

ONWARD = re.compile("[a-z]+")


@newcomer_page(paper_code=False, methods=FORM_METHODS)
def type_code(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the paper code; with the right one, keep it and go on to the page that needed it."""
    onward = request.POST.get("onward", "")
    if request.method != "POST" or not ONWARD.fullmatch(onward):
        return code_page(request, token, onward="consents")
    language, typed = language_of(request), request.POST.get("code", "")
    link = enter_link(token, code_hash=hash_of_typed(token, as_printed(typed)))
    if link is None:
        return gone(language)
    try:
        with override(language):
            code_hash = verify_code(link=link, typed=typed, at=timezone.now())
    except Refusal as refusal:
        current_notes().refused = refusal.kind
        return code_page(request, token, onward=onward, refusal=refusal)
    address = f"{reverse('bookings:open-link', args=[token])}/{onward}?language={language}"
    return keep_code(HttpResponseRedirect(address, headers=QUIET), token, code_hash)
