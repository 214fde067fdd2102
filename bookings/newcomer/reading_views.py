"""The page on which newcomers see who has read about them, by agency and day."""

from django.http import HttpRequest, HttpResponse

from agencies.dates import full_date
from bookings.models import Link
from bookings.newcomer.access import SAFE_METHODS, newcomer_page, site_of
from bookings.newcomer.pages import page
from bookings.readings.queries import days_of_reading


@newcomer_page(paper_code=True, methods=SAFE_METHODS)
def reading_list(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    """Each day on which somebody was shown one of the party."""
    days = [(full_date(found.day, language), found) for found in days_of_reading()]
    return page("bookings/newcomer/readings.html", language, token=token, days=days, help_site=site_of(link))
