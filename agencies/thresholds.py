"""What a threshold is on a day: the one way to read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from agencies.models import Threshold, ThresholdCode
from agencies.models.thresholds import KINDS

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dated:
    """The values of a threshold: what it is at first, and what from which day on, the earliest first."""

    at_first: int
    later: tuple[tuple[date, int], ...] = ()

    def on(self, day: date) -> int:
        """The value on the day."""
        return next((value for since, value in reversed(self.later) if since <= day), self.at_first)

    def spans(self) -> Iterator[tuple[date | None, date | None, int]]:
        """Each value with its first and its last day; None: from the beginning, without an end."""
        firsts: list[date | None] = [None, *(since for since, _value in self.later)]
        lasts = [*(since - ONE_DAY for since, _value in self.later), None]
        values = [self.at_first, *(value for _since, value in self.later)]
        yield from zip(firsts, lasts, values, strict=True)

    def changed(self, since: date, value: int) -> "Dated":
        """The same with a further value, which replaces one from that day."""
        return Dated(self.at_first, tuple(sorted((dict(self.later) | {since: value}).items())))


def dated(*codes: ThresholdCode) -> Mapping[ThresholdCode, Dated]:
    """The values of these thresholds; one query."""
    rows = list(Threshold.objects.filter(code__in=codes).order_by("valid_from"))
    return {
        code: Dated(
            KINDS[code].at_first, tuple((row.valid_from, row.value) for row in rows if row.code == code)
        )
        for code in codes
    }


def threshold(code: ThresholdCode, *, on: date) -> int:
    """What the threshold is on the day; one query."""
    return dated(code)[code].on(on)
