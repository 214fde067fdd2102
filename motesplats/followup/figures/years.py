"""The years of which anything is published."""

from motesplats.models import PublishedFigure


def published_years() -> list[int]:
    """Earliest first."""
    years = PublishedFigure.objects.filter(site=None, month=None, measure="participants", dimension="")
    return list(years.order_by("year").values_list("year", flat=True))
