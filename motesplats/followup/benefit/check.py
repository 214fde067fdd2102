"""What makes no sense together although each number is possible; by the name of the number to change."""

from enum import StrEnum

from motesplats.followup.benefit.assumptions import Assumptions


class Nonsense(StrEnum):
    MORE_THAN_TAKE_PART = "more_than_take_part"
    NOTHING = "nothing"


def nonsense_in(assumed: Assumptions) -> dict[str, Nonsense]:
    """The first number of each contradiction; empty if there is none."""
    if assumed.is_empty:
        return {"cost": Nonsense.NOTHING}
    found = {}
    people = assumed.number("participants")
    if people is not None:
        working = [assumed.number(name) or 0 for name in ("in_work", "in_work_subsidised")]
        if sum(working) > people:
            found["in_work" if working[0] else "in_work_subsidised"] = Nonsense.MORE_THAN_TAKE_PART
        if (assumed.number("without_in_work") or 0) > people:
            found["without_in_work"] = Nonsense.MORE_THAN_TAKE_PART
    return found
