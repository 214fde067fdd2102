"""How a newcomer's meetings stand at a moment of the day: what is over, now and next, and how late it is. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bookings.summons.letter import LetterStop

GRACE = timedelta(minutes=5)  # nothing is late before
HELD = frozenset({"began", "done"})
ENDED = frozenset({"done", "no_show", "left"})


@dataclass(frozen=True, slots=True)
class HeldToday:
    """Where a meeting is held, and what has been recorded of it, as `Meeting.attendance`."""

    attendance: str = "expected"
    desk: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class StopToday:
    """A stop of the letter with where it is held."""

    stop: LetterStop
    held: HeldToday

    @property
    def is_over(self) -> bool:
        return self.held.attendance in ENDED

    @property
    def was_held(self) -> bool:
        return self.held.attendance in HELD

    @property
    def has_begun(self) -> bool:
        return self.held.attendance == "began"


@dataclass(frozen=True, slots=True)
class Today:
    """The day at a moment; `late` is how many minutes the next meeting waits for its beginning."""

    at: datetime
    stops: tuple[StopToday, ...]

    @property
    def over(self) -> tuple[StopToday, ...]:
        return tuple(each for each in self.stops if each.is_over)

    @property
    def was_held(self) -> bool:
        """Whether any meeting is written down as held."""
        return any(each.was_held for each in self.stops)

    @property
    def now(self) -> StopToday | None:
        return next((each for each in self.stops if each.has_begun), None)

    @property
    def next(self) -> StopToday | None:
        return next((each for each in self.stops if not each.is_over and not each.has_begun), None)

    @property
    def then(self) -> tuple[StopToday, ...]:
        """What comes after the next one."""
        left = [each for each in self.stops if not each.is_over and not each.has_begun]
        return tuple(left[1:])

    @property
    def has_come(self) -> bool:
        """Whether somebody at the place has seen the family today."""
        return any(each.held.attendance in {"arrived", "began", "done", "left"} for each in self.stops)

    @property
    def late(self) -> int:
        """Whole minutes; none while the family itself has not come to the place where the meeting is."""
        if self.next is None or self.at < self.next.stop.starts_at + GRACE:
            return 0
        if not self.has_come and not self.next.stop.form:
            return 0
        return int((self.at - self.next.stop.starts_at).total_seconds()) // 60

    @property
    def is_awaited(self) -> bool:
        """Whether the first meeting at the place has begun without the family."""
        first = next((each.stop for each in self.stops if not each.stop.form and not each.is_over), None)
        return first is not None and not self.has_come and self.at >= first.starts_at + GRACE


def today_of(
    stops: Iterable[LetterStop], held: Mapping[tuple[str, datetime], HeldToday], *, at: datetime
) -> Today:
    """The letter's stops with what the day's record says of them, by agency code and beginning."""
    return Today(
        at, tuple(StopToday(stop, held.get((stop.code, stop.starts_at), HeldToday())) for stop in stops)
    )
