"""Small random problems, of which many have few chains or none."""

from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import strategies as st

from bookings.planner import Calendar, Day, Lunch, Problem, Stop
from bookings.planner.bits import span

AGENCIES = ("MIG", "AF", "FK", "PM", "SKV", "KOM")


def random_problem(rng: Random, *, most_stops: int = 4) -> Problem:
    """A party with up to so many stops, over one to three short days."""
    days = random_days(rng)
    horizon = days[-1].offset + days[-1].slots + 2
    agencies = rng.sample(AGENCIES, max(rng.randint(1, most_stops), rng.randint(1, most_stops)))
    load = rng.choice((0.2, 0.5, 0.7))
    rooms = random_calendars(rng, horizon, rng.randint(1, 2), 500, load / 3) if rng.random() < 0.3 else None
    stops = tuple(
        random_stop(rng, agency, 100 * number, horizon, load, rooms)
        for number, agency in enumerate(agencies, start=1)
    )
    needed = rng.random() < 0.7
    problem = Problem(
        days=days,
        stops=stops,
        interpreters=random_calendars(rng, horizon, rng.randint(0, 12) and rng.randint(1, 2), 900, load / 3)
        if needed
        else None,
        before=random_order(rng, agencies) if rng.random() < 0.6 else frozenset(),
        walk=rng.randint(0, 2),
        break_after=rng.randint(0, 3),
        break_slots=rng.randint(0, 3),
        prefer=random_order(rng, agencies) if rng.random() < 0.4 else frozenset(),
    )
    return replace(problem, lunch=random_lunch(rng, problem)) if rng.random() < 0.6 else problem


def random_lunch(rng: Random, problem: Problem) -> Lunch:
    """A short window on most days, early enough for chains to pass it."""
    window = 0
    for day in problem.days:
        first = day.offset + rng.randint(0, day.slots // 2)
        if rng.random() < 0.9:
            window |= span(first, min(first + rng.randint(1, 8), day.offset + day.slots))
    least = max(rng.randint(1, 4), problem.break_slots)
    return Lunch(window, least, least + rng.randint(0, 4))


def with_break_and_lunch(rng: Random, problem: Problem) -> Problem:
    """The problem, if it has a lunch rule, with a break whose place lunch may have or not."""
    if problem.lunch is None:
        return problem
    rest = rng.randint(1, 3)
    least = max(problem.lunch.least, rest)
    lunch = replace(problem.lunch, least=least, most=least + rng.randint(0, 4))
    return replace(problem, break_after=rng.randint(1, 4), break_slots=rest, lunch=lunch)


def random_days(rng: Random) -> tuple[Day, ...]:
    days, offset = [], rng.randint(0, 2)
    for _ in range(rng.randint(1, 3)):
        days.append(Day(offset, rng.randint(10, 24)))
        offset += days[-1].slots + rng.randint(1, 3)
    return tuple(days)


def random_stop(
    rng: Random, agency: str, first: int, horizon: int, load: float, rooms: tuple[Calendar, ...] | None
) -> Stop:
    slots = rng.randint(1, 4)
    start = rng.randrange(horizon)
    return Stop(
        agency,
        slots,
        random_calendars(rng, horizon, rng.randint(0, 30) and rng.randint(1, 2), first, load),
        rooms if rng.random() < 0.7 else None,
        window=span(start, start + rng.randint(slots, 15)) if rng.random() < 0.04 else None,
        start=rng.randrange(horizon) if rng.random() < 0.04 else None,
    )


def random_calendars(rng: Random, horizon: int, count: int, first: int, load: float) -> tuple[Calendar, ...]:
    return tuple(random_calendar(rng, horizon, first + number, load) for number in range(count))


def random_calendar(rng: Random, horizon: int, resource: int, load: float) -> Calendar:
    """Shifts and gaps; short claims, a few left over from a changed shift; hours reach into the night."""
    hours, at = 0, rng.randint(0, 4)
    while at < horizon:
        length = rng.randint(4, 16)
        hours |= span(at, at + length)
        at += length + rng.randint(1, 4)
    busy = 0
    for at in range(0, horizon, 3):
        if rng.random() < load:
            busy |= span(at, at + rng.randint(1, 3))
    return Calendar(resource, hours, busy if rng.random() < 0.2 else busy & hours)


def random_order(rng: Random, agencies: list[str]) -> frozenset[tuple[str, str]]:
    """One agency before all others, all agencies in one order, or a few pairs out of such an order."""
    kind = rng.random()
    if kind < 0.3:
        return frozenset((agencies[0], other) for other in agencies[1:])
    if kind < 0.7:
        return frozenset(pairwise(rng.sample(agencies, len(agencies))))
    ranking = rng.sample(AGENCIES, len(AGENCIES))
    pairs = [(a, b) for place, a in enumerate(ranking) for b in ranking[place + 1 :]]
    return frozenset(rng.sample(pairs, rng.randint(1, 5)))


problems = st.integers(0, 2**32).map(lambda seed: random_problem(Random(seed)))
