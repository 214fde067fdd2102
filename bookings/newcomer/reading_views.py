"""Who has read about the party: for the newcomers, by agency and day."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from agencies.dates import full_date
from bookings.newcomer.code_views import require_code
from bookings.newcomer.pages import language_of, page
from bookings.readings.queries import days_of_reading


@login_not_required
@require_safe
def reading_list(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the paper code: each day on which somebody was shown one of them."""
    link = require_code(request, token)
    if isinstance(link, HttpResponse):
        return link
    language = language_of(request)
    days = [(full_date(found.day, language), found) for found in days_of_reading()]
    return page("bookings/newcomer/readings.html", language, token=token, days=days)
