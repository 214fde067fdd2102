"""Agencies, sites, staff, services; resources and their shifts; the outbox; the read log; retention rules."""

from agencies.models.blocks import Condition, TextAudio, TextBlock
from agencies.models.changes import (
    AgencyChange,
    HolidayChange,
    IdentityProviderChange,
    LocationChange,
    MunicipalityChange,
    ServiceChange,
    ServiceDocumentChange,
    ServiceLengthChange,
    ShiftChange,
    SiteChange,
    SiteDayChange,
    TextBlockChange,
    ThresholdChange,
)
from agencies.models.credentials import AccountEvent, ApiToken, CalendarAddress
from agencies.models.days import Holiday, PatternShift, SiteDay, Weekday, WeeklyPattern
from agencies.models.dispatches import Dispatch
from agencies.models.identity import IdentityProvider, KnownBy
from agencies.models.openers import NamedOpener
from agencies.models.organisation import Agency, Location, Municipality, Site
from agencies.models.people import Role, Sex, User
from agencies.models.premises import Premises
from agencies.models.readings import Attempt, Reading, SpotCheck, UnusualReading
from agencies.models.reminders import ReminderTime
from agencies.models.resources import Resource, Room, RoomEquipment
from agencies.models.retention import RetentionRule
from agencies.models.services import Document, Housing, Service, ServiceDocument, ServiceLength, Who
from agencies.models.shifts import Absence, Break, Shift
from agencies.models.stamps import ReferenceStamp
from agencies.models.texts import TextState, Translated
from agencies.models.thresholds import Threshold, ThresholdCode
from agencies.models.ways import WayOfWorking
from agencies.models.worker import Heartbeat

__all__ = [
    "Absence",
    "AccountEvent",
    "Agency",
    "AgencyChange",
    "ApiToken",
    "Attempt",
    "Break",
    "CalendarAddress",
    "Condition",
    "Dispatch",
    "Document",
    "Heartbeat",
    "Holiday",
    "HolidayChange",
    "Housing",
    "IdentityProvider",
    "IdentityProviderChange",
    "KnownBy",
    "Location",
    "LocationChange",
    "Municipality",
    "MunicipalityChange",
    "NamedOpener",
    "PatternShift",
    "Premises",
    "Reading",
    "ReferenceStamp",
    "ReminderTime",
    "Resource",
    "RetentionRule",
    "Role",
    "Room",
    "RoomEquipment",
    "Service",
    "ServiceChange",
    "ServiceDocument",
    "ServiceDocumentChange",
    "ServiceLength",
    "ServiceLengthChange",
    "Sex",
    "Shift",
    "ShiftChange",
    "Site",
    "SiteChange",
    "SiteDay",
    "SiteDayChange",
    "SpotCheck",
    "TextAudio",
    "TextBlock",
    "TextBlockChange",
    "TextState",
    "Threshold",
    "ThresholdChange",
    "ThresholdCode",
    "Translated",
    "UnusualReading",
    "User",
    "WayOfWorking",
    "Weekday",
    "WeeklyPattern",
    "Who",
]
