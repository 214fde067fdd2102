"""Participants as a share of a named denominator, or why there is none; without the database."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HUNDRED = Decimal(100)


class WhyNone(StrEnum):
    """Why there is no share."""

    NO_PARTICIPANTS = "no_participants"  # nobody knows how many came, or it is hidden
    NO_DENOMINATOR = "no_denominator"  # nobody has typed the series' number
    ZERO = "zero"  # nothing to divide by
    OTHER_PERIOD = "other_period"  # the two are not of the same time


@dataclass(frozen=True, slots=True)
class DaysCompared:
    """From the first to the last day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Denominator:
    """A series' number of a period, and what it is called; `is_approximate`: published as "ca"."""

    name: str
    value: int
    period: DaysCompared
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Attainment:
    """Participants out of `denominator`; `share` is a part of 1, unrounded, or None with the reason."""

    participants: int | None
    denominator: Denominator | None
    share: Decimal | None
    why_none: WhyNone | None = None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, as everything that is compared with "ca" numbers is told."""
        if self.share is None:
            return None
        return int((self.share * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def is_approximate(self) -> bool:
        return self.denominator is not None and self.denominator.is_approximate


def attainment_of(
    *, participants: int | None, period: DaysCompared, denominator: Denominator | None
) -> Attainment:
    """The participants of the period as a share of the denominator, which must be of the same period."""
    why = _why_none(participants, period, denominator)
    if why or participants is None or denominator is None:
        return Attainment(participants, denominator, None, why)
    return Attainment(participants, denominator, Decimal(participants) / denominator.value)


def _why_none(
    participants: int | None, period: DaysCompared, denominator: Denominator | None
) -> WhyNone | None:
    if participants is None:
        return WhyNone.NO_PARTICIPANTS
    if denominator is None:
        return WhyNone.NO_DENOMINATOR
    if denominator.period != period:
        return WhyNone.OTHER_PERIOD
    return None if denominator.value else WhyNone.ZERO


def persons_for(percent: int, denominator: Denominator) -> int:
    """How many persons at least are that share of the denominator."""
    return -(-percent * denominator.value // 100)


def margin(attainment: Attainment, percent: int) -> int | None:
    """How many persons more, or with a minus fewer, than the goal asks for; None where there is no share."""
    if attainment.share is None or attainment.denominator is None or attainment.participants is None:
        return None
    return attainment.participants - persons_for(percent, attainment.denominator)
