"""Day and tertial reports, surveys, decisions; figures summed up from day reports, and what they are compared with."""

from motesplats.models.calculations import Calculation
from motesplats.models.days import DayCorrection, DayCount, DayReport
from motesplats.models.decisions import SiteVisit, SteeringDecision
from motesplats.models.figures import CoverSite, PublishedFigure, SiteFigure
from motesplats.models.goals import Goal, Series, SeriesValue
from motesplats.models.handling import HandlingQuarter, HandlingWeek
from motesplats.models.imported import ImportedFigure
from motesplats.models.reminders import ReportReminder
from motesplats.models.surveys import (
    ImportedMean,
    Instrument,
    RoundAnswer,
    RoundMarker,
    SurveyQuestion,
    SurveyRound,
)
from motesplats.models.tertial import (
    TertialCode,
    TertialCorrection,
    TertialFigure,
    TertialReport,
    TertialText,
)

__all__ = [
    "Calculation",
    "CoverSite",
    "DayCorrection",
    "DayCount",
    "DayReport",
    "Goal",
    "HandlingQuarter",
    "HandlingWeek",
    "ImportedFigure",
    "ImportedMean",
    "Instrument",
    "PublishedFigure",
    "ReportReminder",
    "RoundAnswer",
    "RoundMarker",
    "Series",
    "SeriesValue",
    "SiteFigure",
    "SiteVisit",
    "SteeringDecision",
    "SurveyQuestion",
    "SurveyRound",
    "TertialCode",
    "TertialCorrection",
    "TertialFigure",
    "TertialReport",
    "TertialText",
]
