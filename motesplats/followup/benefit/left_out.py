"""What the figures leave out, which stands under each result."""

from django.utils.translation import gettext as _

from motesplats.followup.benefit.assumptions import Assumptions
from motesplats.followup.benefit.calculate import BenefitResult


def left_out_of_needs(assumed: Assumptions) -> list[str]:
    found = [
        _("health, safety and the life of those who do not reach work, and of their children"),
        _("whom else the effort helped"),
        _("years after the horizon, interest, and changes of prices"),
    ]
    if assumed.number("without_in_work") is None:
        found.append(_("what would have happened without the effort: that is open"))
    return found


def left_out_of_scenario() -> list[str]:
    return [
        _("who stops working, works part-time or earns more: each year is worth the same"),
        _("years after the horizon, interest, and changes of prices"),
    ]


def left_out_of_stakes(result: BenefitResult) -> list[str]:
    found = [_("what employers pay and gain"), _("what is open: it is unknown, not 0")]
    if None in (stake.free for stake in result.shared.stakes.values()):
        found.append(_("who gave how much of what was free"))
    return found


def left_out(result: BenefitResult) -> list[str]:
    """All of it, each once."""
    parts = (
        *left_out_of_needs(result.assumed),
        *left_out_of_scenario(),
        *left_out_of_stakes(result),
    )
    return list(dict.fromkeys(parts))
