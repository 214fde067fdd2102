"""Day and tertial reports, surveys and decisions, and the figures that are summed up from day reports."""

from motesplats.models.days import DayCorrection, DayCount, DayReport
from motesplats.models.decisions import SiteVisit, SteeringDecision
from motesplats.models.figures import CoverSite, PublishedFigure, SiteFigure
from motesplats.models.surveys import (
    ImportedMean,
    Instrument,
    RoundAnswer,
    RoundMarker,
    SurveyQuestion,
    SurveyRound,
)
from motesplats.models.tertial import TertialCode, TertialCorrection, TertialReport, TertialText

__all__ = [
    "CoverSite",
    "DayCorrection",
    "DayCount",
    "DayReport",
    "ImportedMean",
    "Instrument",
    "PublishedFigure",
    "RoundAnswer",
    "RoundMarker",
    "SiteFigure",
    "SiteVisit",
    "SteeringDecision",
    "SurveyQuestion",
    "SurveyRound",
    "TertialCode",
    "TertialCorrection",
    "TertialReport",
    "TertialText",
]
