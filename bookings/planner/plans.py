"""The best chains for one party over the coming days; claims already held do not move."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bookings.planner.bits import free_run, lowest, span
from bookings.planner.interpreting import cheapest_end
from bookings.planner.meals import Meal, Mealtimes, any_meal, exact_meals
from bookings.planner.problem import Calendar, Placed, Plan, Problem, Stop
from bookings.planner.search import Lane, least_length, make_lanes

PREFERENCE_SLOTS = 3  # the most waiting that following the preferred order may add
APART_SLOTS = 6  # the least difference between the starts of two plans on one day


class Candidate(NamedTuple):
    """A chain whose end is known but not its meetings; the smallest tuple is the best day's.

    `rank`: index of its lane. `length`: slots from first start to last end. `meal`: index of its lunch; -1: none.
    """

    waiting: int
    added_pay: int
    end: int
    rank: int
    day: int
    length: int
    meal: int = -1

    @property
    def on_its_day(self) -> tuple[int, ...]:
        """Of one day's chains with equally little waiting the shorter is best: lunch only if there must be one."""
        return self.waiting, self.length, self.added_pay, self.end, self.rank


def best_plans(problem: Problem, *, limit: int = 3) -> tuple[Plan, ...]:
    """The best chain of each of the best days, as of `plans_and_days`."""
    return plans_and_days(problem, limit=limit)[0]


def plans_and_days(problem: Problem, *, limit: int) -> tuple[tuple[Plan, ...], tuple[int, ...]]:
    """The best plans, and the numbers of all days that have a chain.

    The best chain of each of the best days; best is least waiting, then least added pay, then earliest end.

    If there are fewer days than `limit`, further chains of the same days follow, starting APART_SLOTS apart.
    Of one day's chains with equally little waiting the shortest is best: one without lunch rather than with.
    A day follows the preferred order if that adds at most PREFERENCE_SLOTS of waiting.
    """
    search = _Search(problem)
    starts = problem.opening
    plans: list[Plan] = []
    while len(plans) < limit and (found := search.best_days(starts, limit - len(plans))):
        plans += found
        for plan in found:
            start = plan.meetings[0].start
            near = span(max(start - APART_SLOTS + 1, 0), start + APART_SLOTS)
            starts &= ~(near & problem.days[plan.day].opening)
    plans.sort(key=lambda plan: (plan.waiting, plan.added_pay, plan.meetings[-1].end))
    days = [number for number, _ in search.split(search.possible)]
    return tuple(plans), tuple(days)


class _Search:
    """The search in one problem, without and with the preferred order."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.possible = problem, 0
        self.stops = sorted(problem.stops, key=lambda stop: stop.agency)
        self.length = least_length(problem)
        self.offsets = [day.offset for day in problem.days]
        self.day_ends = [day.opening << 1 for day in problem.days]
        self.mealtimes, self.meals = Mealtimes(problem), exact_meals(problem)
        self.free = make_lanes(problem, self.stops, problem.before)
        self.barren = set[int](), set[int]()  # the ranks of lanes without a chain, preferred and free
        agencies = {stop.agency for stop in problem.stops}
        soft = {pair for pair in problem.prefer - problem.before if agencies.issuperset(pair)}
        self.preferred = make_lanes(problem, self.stops, problem.before | soft) if soft else []

    def best_days(self, starts: int, limit: int) -> list[Plan]:
        """The best days' best chains, best first."""
        preferred = self._first_chains(self.preferred, starts)
        in_order: dict[int, Candidate] = {}
        for _ in range(PREFERENCE_SLOTS):
            in_order |= next(preferred, {})
        chosen: list[tuple[Candidate, list[Lane]]] = []
        for waiting, found in enumerate(self._first_chains(self.free, starts)):
            in_order |= next(preferred, {})
            for day, chain in found.items():
                chosen.append((in_order[day], self.preferred) if day in in_order else (chain, self.free))
            if sum(chain.waiting <= waiting for chain, _ in chosen) >= limit:
                break
        chosen.sort(key=lambda choice: choice[0])
        return [self._plan(chain, lanes[chain.rank]) for chain, lanes in chosen[:limit]]

    def _first_chains(self, lanes: Sequence[Lane], starts: int) -> Iterator[dict[int, Candidate]]:
        """For 0, 1, 2 ... slots of waiting: by day, the best chain of those days whose least waiting this is."""
        runs, left, meal = list[_Run](), 0, any_meal(self.problem)
        for rank, lane in enumerate(lanes):
            if rank in self.barren[lanes is self.free]:
                continue  # fewer starts give no more chains
            if within := self._whole_days(lane.ends(starts, self.mealtimes, meal)):
                runs.append(_Run(rank, lane, starts & (within >> 1), within, self.meals, meal))
                left |= within
            else:
                self.barren[lanes is self.free].add(rank)
        if lanes is self.free:
            self.possible |= left
        waiting = 0
        while left:
            best: dict[int, Candidate] = {}
            may_end, fed = self.mealtimes.ends(self.length + waiting), 0
            for run in runs:
                if run.within & left:
                    plain, with_lunch = next(run.layer)
                    fed |= with_lunch
                    self._keep_best(best, run, plain & may_end & left, waiting)
            self._lunch(best, [run for run in runs if run.within & left], fed & left, waiting)
            for day in best:
                left &= ~self.day_ends[day]
            yield best
            waiting += 1

    def _lunch(self, best: dict[int, Candidate], runs: Sequence["_Run"], ends: int, waiting: int) -> None:
        """Find the shortest chains with lunch on the days of these ends, unless a shorter one is found already."""
        if not ends:
            return
        days = {number for number, _ in self.split(ends)}
        for place, meal in enumerate(self.meals):
            length = self.length + waiting + meal.added
            days = {day for day in days if day not in best or best[day].length >= length}
            if not days:
                return
            within = sum(self.day_ends[day] for day in days)
            for run in runs:
                if run.within & within:
                    self._keep_best(best, run, run.with_meal(place, waiting) & within, waiting, place)

    def _keep_best(
        self, best: dict[int, Candidate], run: "_Run", ends: int, waiting: int, meal: int = -1
    ) -> None:
        """Keep of each day that has one of these ends its best chain."""
        length = self.length + waiting + (self.meals[meal].added if meal >= 0 else 0)
        for number, today in self.split(ends):
            day = self.problem.days[number]
            pay, end = cheapest_end(run.lane.interpreter, day, today, length)
            chain = Candidate(waiting, pay, end, run.rank, number, length, meal)
            if number not in best or chain.on_its_day < best[number].on_its_day:
                best[number] = chain

    def split(self, ends: int) -> Iterator[tuple[int, int]]:
        """The ends by the number of their day."""
        while ends:
            number = bisect_right(self.offsets, lowest(ends) - 1) - 1
            today = ends & self.day_ends[number]
            yield number, today
            ends ^= today

    def _whole_days(self, ends: int) -> int:
        """All slots at which a chain may end on the days in which these ends lie."""
        return sum(self.day_ends[number] for number, _ in self.split(ends))

    def _plan(self, chain: Candidate, lane: Lane) -> Plan:
        meal = self.meals[chain.meal] if chain.meal >= 0 else None
        traced = lane.trace(chain.end - chain.length, chain.end, meal)
        meetings = [place(self.stops[index], at) for index, at in traced]
        interpreter = lane.interpreter.resource if lane.interpreter else None
        return Plan(chain.day, tuple(meetings), interpreter, chain.waiting, chain.added_pay)


class _Run:
    """One lane's layers, and those of each exact lunch, which are only gone through when a day needs them."""

    def __init__(
        self, rank: int, lane: Lane, starts: int, within: int, meals: Sequence[Meal], meal: Meal | None
    ) -> None:
        self.rank, self.lane, self.starts, self.within, self.meals = rank, lane, starts, within, meals
        self.layer = lane.layers(starts, meal)
        self._exact: dict[int, tuple[Iterator[tuple[int, int]], list[int]]] = {}

    def with_meal(self, place: int, waiting: int) -> int:
        """The ends of chains with the lunch of this index and exactly so much waiting."""
        if place not in self._exact:
            self._exact[place] = self.lane.layers(self.starts, self.meals[place]), []
        layers, found = self._exact[place]
        while len(found) <= waiting:
            found.append(next(layers)[1])
        return found[waiting]


def place(stop: Stop, start: int) -> Placed:
    """The meeting at the desk and in the room whose free time around it is shortest, so that long gaps stay whole."""
    end = start + stop.slots
    room = _tightest(stop.rooms, start, end) if stop.rooms is not None else None
    return Placed(stop.agency, start, end, _tightest(stop.desks, start, end), room)


def _tightest(calendars: Sequence[Calendar], start: int, end: int) -> int:
    needed = span(start, end)
    return min(
        (free_run(calendar.free, start, end), calendar.resource)
        for calendar in calendars
        if not needed & ~calendar.free
    )[1]
