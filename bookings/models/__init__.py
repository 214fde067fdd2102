"""Parties, the rules of who meets whom, and the chains booked for them."""

from bookings.models.chains import Chain, Claim, Meeting
from bookings.models.history import Event
from bookings.models.parties import Newcomer, Party, StopChoice
from bookings.models.rules import AttendanceRule, LegalBasis, Precedence, Track
from bookings.models.summons import Link, Summons, SummonsCopy

__all__ = [
    "AttendanceRule",
    "Chain",
    "Claim",
    "Event",
    "LegalBasis",
    "Link",
    "Meeting",
    "Newcomer",
    "Party",
    "Precedence",
    "StopChoice",
    "Summons",
    "SummonsCopy",
    "Track",
]
