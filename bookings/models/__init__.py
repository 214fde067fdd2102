"""Parties, the rules of who meets whom, and the chains booked for them."""

from bookings.models.answers import SummonsAnswer
from bookings.models.attendance import AttendanceEvent
from bookings.models.by_link import LinkParty, LinkSummons
from bookings.models.chains import Chain, Claim, Meeting
from bookings.models.changes import (
    AttendanceRuleChange,
    ChainChange,
    DisclosureChange,
    LegalBasisChange,
    MeetingChange,
    NewcomerChange,
    OwnContactChange,
    PartyChange,
    PrecedenceChange,
)
from bookings.models.contacts import OwnContact
from bookings.models.disclosures import Disclosure
from bookings.models.expected import ExpectedParty, MeetingOnBoard, OccupiedDesk, PartyHere
from bookings.models.extracts import Extract, ExtractWish, OwnReading
from bookings.models.forecasts import Forecast, SiteDayLoad, SiteMonth
from bookings.models.groups import GroupCondition, GroupMeeting
from bookings.models.history import Event
from bookings.models.interpreting import (
    ChainOrder,
    InterpretedMeeting,
    OrderMinutes,
    Understanding,
    Understood,
    UnwantedInterpreter,
)
from bookings.models.keys import CodeTries
from bookings.models.messages import Channel, ContactBlock, Message
from bookings.models.parties import Newcomer, Party, StopChoice
from bookings.models.readings import KnownReading, ReadPerson
from bookings.models.remote import MeetingForm, RemoteRule
from bookings.models.replies import Reply
from bookings.models.rules import AttendanceRule, LegalBasis, Precedence, Track
from bookings.models.sealed import Opening, SealedIdentity, SealedWord
from bookings.models.search_words import SearchWord
from bookings.models.summons import ClosedLink, Link, Summons, SummonsCopy, TypedLink
from bookings.models.surveys import LinkMeeting, SurveyAnswer, SurveyMarker
from bookings.models.waiting import FreedTime, WaitingParty

__all__ = [
    "AttendanceEvent",
    "AttendanceRule",
    "AttendanceRuleChange",
    "Chain",
    "ChainChange",
    "ChainOrder",
    "Channel",
    "Claim",
    "ClosedLink",
    "CodeTries",
    "ContactBlock",
    "Disclosure",
    "DisclosureChange",
    "Event",
    "ExpectedParty",
    "Extract",
    "ExtractWish",
    "Forecast",
    "FreedTime",
    "GroupCondition",
    "GroupMeeting",
    "InterpretedMeeting",
    "KnownReading",
    "LegalBasis",
    "LegalBasisChange",
    "Link",
    "LinkMeeting",
    "LinkParty",
    "LinkSummons",
    "Meeting",
    "MeetingChange",
    "MeetingForm",
    "MeetingOnBoard",
    "Message",
    "Newcomer",
    "NewcomerChange",
    "OccupiedDesk",
    "Opening",
    "OrderMinutes",
    "OwnContact",
    "OwnContactChange",
    "OwnReading",
    "Party",
    "PartyChange",
    "PartyHere",
    "Precedence",
    "PrecedenceChange",
    "ReadPerson",
    "RemoteRule",
    "Reply",
    "SealedIdentity",
    "SealedWord",
    "SearchWord",
    "SiteDayLoad",
    "SiteMonth",
    "StopChoice",
    "Summons",
    "SummonsAnswer",
    "SummonsCopy",
    "SurveyAnswer",
    "SurveyMarker",
    "Track",
    "TypedLink",
    "Understanding",
    "Understood",
    "UnwantedInterpreter",
    "WaitingParty",
]
