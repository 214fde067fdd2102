"""Checklists with their templates and ticks, notes before the meeting, referrals and consent events."""

from checklists.models.changes import ConsentPeriodChange, OutcomeChange, ReferralKindChange
from checklists.models.checklists import Checklist, Tick
from checklists.models.consents import ConsentEvent
from checklists.models.notes import AgencyNote, Note
from checklists.models.parts import Part
from checklists.models.periods import ConsentPeriod
from checklists.models.referrals import Referral, ReferralKind
from checklists.models.rules import ChecklistRule
from checklists.models.templates import Outcome, Step, Template

__all__ = [
    "AgencyNote",
    "Checklist",
    "ChecklistRule",
    "ConsentEvent",
    "ConsentPeriod",
    "ConsentPeriodChange",
    "Note",
    "Outcome",
    "OutcomeChange",
    "Part",
    "Referral",
    "ReferralKind",
    "ReferralKindChange",
    "Step",
    "Template",
    "Tick",
]
