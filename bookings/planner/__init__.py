"""The planner: finds the best chains for a party and explains why there are none. Pure: no Django, no clock."""

from bookings.planner.checker import check
from bookings.planner.elsewhere import other_times
from bookings.planner.interpreting import claim_end
from bookings.planner.one_time import at_or_near, what_prevents
from bookings.planner.plans import best_plans, plans_and_days
from bookings.planner.problem import Calendar, Day, Lunch, Placed, Plan, Problem, Stop
from bookings.planner.relax import Reason, why_not
from bookings.planner.slots import (
    SLOT_MINUTES,
    SLOT_SECONDS,
    Span,
    ceil_div,
    slots_for,
    touched_slots,
    whole_slots,
)
from bookings.planner.together import Joint, fold

__all__ = [
    "SLOT_MINUTES",
    "SLOT_SECONDS",
    "Calendar",
    "Day",
    "Joint",
    "Lunch",
    "Placed",
    "Plan",
    "Problem",
    "Reason",
    "Span",
    "Stop",
    "at_or_near",
    "best_plans",
    "ceil_div",
    "check",
    "claim_end",
    "fold",
    "other_times",
    "plans_and_days",
    "slots_for",
    "touched_slots",
    "what_prevents",
    "whole_slots",
    "why_not",
]
