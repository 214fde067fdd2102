"""Which figures are asked for: a measure, how it is divided, and of what."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Site
from agencies.refusals import Refusal
from motesplats.followup.dimensions import PARTS, SEX_AGE, divided_by
from motesplats.followup.figures.period import Period
from motesplats.followup.measures import MEASURES, Measure

BY_PLACE = ("year", "month", "site")
PARTED = ("track", "agency", "sex", "age", "mode", "language", "notice", "reminder", "why")


class NotCountedSo(Refusal):
    """The measure is not divided in that way."""

    kind = "not-counted-so"
    field = "by"


@dataclass(frozen=True, slots=True)
class Choice:
    """`by`: a word of BY_PLACE or PARTED, or empty for one figure; `only`: the part asked for of each dimension."""

    measure: Measure
    by: str
    period: Period
    site: Site | None
    only: dict[str, str]

    @property
    def dimension(self) -> str:
        """The one by which the rows are counted, "" for whole ones."""
        return self.part()[0]

    def part(self, key: str = "") -> tuple[str, str]:
        """The dimension and part, where a row stands for the part `key` of `by`."""
        return divided_by(self.only | ({self.by: key} if self.by in PARTED else {}))


def choose(*, measure: str, by: str, period: Period, site: Site | None, only: dict[str, Any]) -> Choice:
    """The choice. Raises NotCountedSo if the measure is not counted by these dimensions, or not by them together."""
    choice = Choice(
        MEASURES[measure], by, period, site, {name: str(part) for name, part in only.items() if part}
    )
    named = [*choice.only, *([by] if by in PARTED and by not in choice.only else [])]
    counted = choice.measure.by
    unknown = [name for name in named if name not in counted]
    together = len(named) > 1 and not (set(named) == {"sex", "age"} and SEX_AGE in counted)
    if unknown or together:
        ways = ", ".join((*BY_PLACE, *(name for name in counted if name != SEX_AGE)))
        raise NotCountedSo(
            _("%(measure)s is told by one of these at a time, sex and age also together: %(ways)s.")
            % {"measure": choice.measure.name, "ways": ways},
        )
    return choice


def known_parts(dimension: str) -> tuple[str, ...]:
    """The parts of the dimension in their order, where they are known beforehand."""
    return tuple(PARTS.get(dimension, ()))
