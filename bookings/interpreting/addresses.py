"""Addresses of the pages of a day's interpreters."""

from django.urls import reverse
from django.utils.http import urlencode

from agencies.models import Location, SiteDay


def address(site_day: SiteDay, *, name: str = "interpreters", **query: str) -> str:
    """A page of the day; a location is named where it is not the main place."""
    location = site_day.location
    if location.kind != Location.Kind.MAIN:
        query = {"location": location.name} | query
    told = urlencode({key: value for key, value in query.items() if value})
    path = reverse(f"bookings:{name}", args=[location.site.code, site_day.date])
    return f"{path}?{told}" if told else path
