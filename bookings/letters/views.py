"""The page of the print queue, and its PDF."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Reading
from agencies.read_log.log import read_for
from agencies.refusals import Refusal
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from bookings.letters.bundle import bundle_of
from bookings.letters.post import mark_posted
from bookings.letters.queue import next_bundle, waiting_letters
from bookings.summons.copies import PrinterBusy


@for_roles(*AGENCY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def print_queue(request: StaffRequest) -> HttpResponse:
    """The letters that wait; a press marks those that were printed as posted."""
    if request.method == "POST":
        number = mark_posted(keys=_keys(request.POST.getlist("letter")), by=request.user, at=timezone.now())
        messages.success(
            request,
            ngettext("%(number)s letter is posted.", "%(number)s letters are posted.", number)
            % {"number": number},
        )
        return redirect("bookings:post")
    waiting = waiting_letters(request.user)
    bundle = next_bundle(waiting)
    named = urlencode([("letter", letter.key) for letter in bundle])
    context = {"waiting": waiting, "bundle": bundle, "pdf": f"{reverse('bookings:post-pdf')}?{named}"}
    return render(request, "bookings/letters/queue.html", context)


@for_roles(*AGENCY_ROLES)
@read_for(Reading.Why.SUMMONS)
@require_safe
def post_pdf(request: StaffRequest) -> HttpResponse:
    """The next letters to post, each household's behind its address page.

    Where the address names letters, those of them that still wait: what is printed is what the page marks as posted.
    """
    letters = next_bundle(waiting_letters(request.user), named=_keys(request.GET.getlist("letter")))
    if not letters:
        raise Http404
    require_within_both("letters", request, request.user)
    try:
        pdf = bundle_of(letters)
    except Refusal as refusal:
        page = render(
            request, "bookings/letters/not_printed.html", {"refusal": refusal}, status=refusal.status
        )
        if isinstance(refusal, PrinterBusy):
            page["Retry-After"] = str(refusal.wait)
        return page
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="letters.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _keys(typed: list[str]) -> list[UUID]:
    """The keys among what was sent."""
    found = []
    for text in typed:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
