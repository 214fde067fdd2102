"""Reads of a site's day for ordering interpreters."""

from django.db.models import QuerySet

from agencies.models import SiteDay
from interpreters.models import Interpreter


def pool_of(site_day: SiteDay) -> QuerySet[Interpreter]:
    """The interpreters of the day's site."""
    return Interpreter.objects.filter(sites=site_day.location.site).order_by("name", "pk")
