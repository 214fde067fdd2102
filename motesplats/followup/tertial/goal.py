"""The goal of a tertial report's site, and how far its participants reach it."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from motesplats.followup.goals.attainment import DaysCompared, attainment_of, persons_for
from motesplats.followup.goals.queries import denominator_for
from motesplats.followup.measures import Kind, Measure
from motesplats.followup.tertial.figures import FigureBeside
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.models import Goal, TertialFigure

GOAL, SHARE = TertialFigure.GOAL, TertialFigure.SHARE
GOAL_MEASURES = {
    GOAL: Measure(GOAL, _("goal"), _("Persons that the site's goal asks for.")),
    SHARE: Measure(SHARE, _("attainment"), _("Participants as a part of the goal's series."), Kind.SHARE),
}


def goal_figures(
    goal: Goal | None, site: Site, period: TertialPeriod, *, participants: Decimal | None
) -> dict[str, FigureBeside]:
    """How many persons the goal asks for, and what part of its series came; nothing where the series has no number."""
    if goal is None or goal.series is None or goal.percent is None:
        persons = goal and goal.persons
        return {GOAL: FigureBeside(GOAL_MEASURES[GOAL], Decimal(persons))} if persons else {}
    days = DaysCompared(period.first, period.last)
    number = denominator_for(goal.series, first=days.first, last=days.last, site=site)
    if number is None or number.period != days:
        return {}
    people = None if participants is None else int(participants)
    share = attainment_of(participants=people, period=days, denominator=number).share
    values = {GOAL: Decimal(persons_for(goal.percent, number)), SHARE: share}
    return {
        code: FigureBeside(GOAL_MEASURES[code], value, is_approximate=number.is_approximate)
        for code, value in values.items()
    }
