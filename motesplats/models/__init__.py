"""Day reports, the figures that are summed up from them, and what they are compared with."""

from motesplats.models.days import DayCorrection, DayCount, DayReport
from motesplats.models.figures import CoverSite, PublishedFigure, SiteFigure
from motesplats.models.goals import Goal, Series, SeriesValue
from motesplats.models.handling import HandlingQuarter, HandlingWeek
from motesplats.models.imported import ImportedFigure

__all__ = [
    "CoverSite",
    "DayCorrection",
    "DayCount",
    "DayReport",
    "Goal",
    "HandlingQuarter",
    "HandlingWeek",
    "ImportedFigure",
    "PublishedFigure",
    "Series",
    "SeriesValue",
    "SiteFigure",
]
