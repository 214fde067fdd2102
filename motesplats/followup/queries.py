"""Reads of the secretariat's figures, before small counts are hidden."""

from django.db.models import QuerySet

from bookings.models import Figures


def figures_of(year: int) -> QuerySet[Figures]:
    """The year's figures by site, months in order; sites where nobody was booked have none."""
    return Figures.objects.filter(month__year=year).select_related("site")


def years_with_figures() -> list[int]:
    """The years for which there are figures, earliest first."""
    return [day.year for day in Figures.objects.dates("month", "year")]
