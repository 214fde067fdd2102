"""When a chain may pause for lunch, as bits: which chains need it, and where the party stands after it."""

from dataclasses import dataclass
from functools import cached_property

from bookings.planner.bits import erode, highest, lowest, span
from bookings.planner.problem import Lunch, Problem


@dataclass(frozen=True)
class Meal:
    """A lunch of these lengths, both inclusive; `at_break`: at the break's place, elsewhere, or (None) anywhere."""

    lunch: Lunch
    least: int
    most: int
    break_after: int
    rest: int
    at_break: bool | None = None

    @property
    def added(self) -> int:
        """The slots by which the shortest of them makes a chain longer."""
        return self.least - (self.rest if self.at_break else 0)

    def taken(self, count: int, free: int) -> int:
        """Where the party may stand after lunch, having met so many agencies and being free at these slots."""
        bits = self.began(count, free) << self.least
        for step, within in self._steps if bits else ():
            bits |= (bits << step) & within
        return bits

    def began(self, count: int, free: int) -> int:
        """When lunch may begin, for a party that has met so many agencies and is free at these slots; 0 if never."""
        at_break = count == self.break_after
        if not free or self.at_break not in (None, at_break):
            return 0
        return (free >> self.rest if at_break else free) & self._starts

    @cached_property
    def _starts(self) -> int:
        return erode(self.lunch.window, self.least)

    @cached_property
    def _steps(self) -> list[tuple[int, int]]:
        """The shifts that spread a set of slots from the shortest lunch to the longest, each with where it may lead."""
        steps, done = [], 0
        while done < self.most - self.least:
            step = min(done + 1, self.most - self.least - done)
            steps.append((step, erode(self.lunch.window, step) << step))
            done += step
        return steps


def any_meal(problem: Problem) -> Meal | None:
    """Lunch of any length, anywhere."""
    lunch = problem.lunch
    if lunch is None:
        return None
    return Meal(lunch, lunch.least, lunch.most, problem.break_after, problem.break_slots)


def exact_meals(problem: Problem) -> list[Meal]:
    """Lunch of one length and place each, those first that make a chain the least longer."""
    lunch, meals = problem.lunch, list[Meal]()
    if lunch:
        for slots in range(lunch.least, lunch.most + 1):
            for at_break in (True, False):
                meals.append(Meal(lunch, slots, slots, problem.break_after, problem.break_slots, at_break))
    return sorted(meals, key=lambda meal: meal.added)


class Mealtimes:
    """Which chains may go without lunch: on each day those that begin late enough or end early enough."""

    def __init__(self, problem: Problem) -> None:
        self.opening = problem.opening
        self.late_starts = self.early_ends = 0
        window = problem.lunch.window if problem.lunch else 0
        for day in problem.days:
            close = day.offset + day.slots
            today = window >> day.offset & ((1 << day.slots) - 1)
            first = day.offset + lowest(today) if today else close
            last = day.offset + highest(today) + 1 if today else close
            self.late_starts |= span(first, close)
            self.early_ends |= span(day.offset, last + 1)

    def ends(self, length: int) -> int:
        """The ends that a chain of this length without lunch may have."""
        return (self.late_starts & erode(self.opening, length)) << length | self.early_ends
