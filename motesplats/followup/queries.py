"""Named reads of the figures that the secretariat sees, before small ones are hidden."""

from django.db.models import QuerySet

from bookings.models import Figures


def figures_of(year: int) -> QuerySet[Figures]:
    """The year's figures by site, months in order; sites where nobody was booked have none."""
    return Figures.objects.filter(month__year=year).select_related("site")


def years_with_figures() -> list[int]:
    return [day.year for day in Figures.objects.dates("month", "year")]
