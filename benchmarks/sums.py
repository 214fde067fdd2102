"""Sums of a site's month as if it had been counted, of every measure and part."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from random import Random

from agencies.models import Site
from motesplats.followup.dimensions import PARTS, TOGETHER
from motesplats.followup.measures import Kind, Measure
from motesplats.models import SiteFigure

LANGUAGES = ("ar", "ti", "so", "prs", "en", "sv", "uk", "fa", "ku", "tr")
AGENCIES = ("AF", "FK", "KOM", "MIG", "PM", "SKV")
FURTHER = {
    "agency": AGENCIES,
    "language": LANGUAGES,
    **{
        code: ["|".join(key) for key in product(*(PARTS[name] for name in names))]
        for code, names in TOGETHER.items()
    },
}
OF_NOBODY = {"days", "hours_given", "capacity_hours", "inflow_persons"}


def sums_of_month(
    site: Site, month: date, measures: Iterable[Measure], size: int, dice: Random
) -> Iterator[SiteFigure]:
    """About so many people behind each measure, told as they are; unsaved."""
    for each in measures:
        people = 0 if each.code in OF_NOBODY else max(0, int(dice.gauss(size, size / 3)))
        yield _row(site, month, each, "", "", people)
        for dimension in each.by:
            keys = list(FURTHER.get(dimension) or PARTS[dimension])
            for place, key in enumerate(keys):
                part = int(people / (place + 1) ** 1.3 / 2 + dice.random())
                if part or not people:
                    yield _row(site, month, each, dimension, key, part)


def _row(site: Site, month: date, each: Measure, dimension: str, key: str, people: int) -> SiteFigure:
    over = 0 if each.kind == Kind.COUNT else people
    spread = {str(days): people // 5 + 1 for days in range(5)} if each.kind == Kind.MEDIAN and people else {}
    numbers = {"amount": people, "over": over, "people": people, "spread": spread}
    told = {f"told_{name}": number for name, number in numbers.items()}
    return SiteFigure(
        site=site, month=month, measure=each.code, dimension=dimension, key=key, **numbers, **told
    )
