"""The planner, pure: dataclasses in, dataclasses out; no Django, no clock."""

from bookings.planner.checker import check
from bookings.planner.elsewhere import other_times
from bookings.planner.interpreting import claim_end
from bookings.planner.plans import best_plans
from bookings.planner.problem import SLOT_MINUTES, Calendar, Day, Placed, Plan, Problem, Stop
from bookings.planner.relax import Reason, why_not

__all__ = [
    "SLOT_MINUTES",
    "Calendar",
    "Day",
    "Placed",
    "Plan",
    "Problem",
    "Reason",
    "Stop",
    "best_plans",
    "check",
    "claim_end",
    "other_times",
    "why_not",
]
