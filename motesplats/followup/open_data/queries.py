"""Reads of what everybody may read."""

from collections.abc import Collection, Iterator
from itertools import islice

from django.db.models import QuerySet

from agencies.secrecy.context import NOBODY, acting_as
from motesplats.models import PublishedFigure

AT_ONCE = 2000  # rows


def published(*, measure: str = "", year: int | None = None, site: str = "") -> QuerySet[PublishedFigure]:
    """The figures in a stable order, all of them or those that are asked for; `site`: a site's code."""
    found = PublishedFigure.objects.select_related("site").order_by(
        "year", "month", "site__code", "measure", "dimension", "key"
    )
    asked = {"measure": measure, "year": year, "site__code": site}
    return found.filter(**{name: value for name, value in asked.items() if value})


def parts_told(dimensions: Collection[str]) -> list[tuple[str, str]]:
    """The parts of these dimensions of which anything is published, in order; one query."""
    found = PublishedFigure.objects.filter(dimension__in=dimensions).order_by("dimension", "key")
    return list(found.values_list("dimension", "key").distinct())


def streamed(figures: QuerySet[PublishedFigure]) -> Iterator[PublishedFigure]:
    """The figures one by one, in a transaction of their own: the request's is over when they are sent."""
    with acting_as(NOBODY):
        yield from figures.iterator(chunk_size=AT_ONCE)


def in_pieces(lines: Iterator[str]) -> Iterator[bytes]:
    """Many lines at a time, so that few pieces are sent."""
    while batch := "".join(islice(lines, AT_ONCE)):
        yield batch.encode()
