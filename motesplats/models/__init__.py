"""Day reports, and the figures that are summed up from them."""

from motesplats.models.days import DayCorrection, DayCount, DayReport
from motesplats.models.figures import CoverSite, PublishedFigure, SiteFigure

__all__ = [
    "CoverSite",
    "DayCorrection",
    "DayCount",
    "DayReport",
    "PublishedFigure",
    "SiteFigure",
]
