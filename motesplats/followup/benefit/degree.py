"""The efficiency degree (verkningsgrad): the value made in the first twelve months, as a part of the cost."""

from motesplats.followup.benefit.assumptions import Assumptions
from motesplats.followup.benefit.open_sums import Open, divided
from motesplats.followup.benefit.scenario import yearly_value_of


def efficiency_degree(assumed: Assumptions, economic_cost: Open) -> Open:
    """0.2 is 20 per cent; without a measured value, the alternative's year counts."""
    measured = assumed.number("value_first_year")
    return divided(yearly_value_of(assumed) if measured is None else measured, economic_cost)
