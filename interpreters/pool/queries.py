"""Reads of the pool."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from agencies.models import Site, SiteDay
from agencies.rosters.queries import ResourceHours, shift_hours
from agencies.spoken import interpreted_as
from interpreters.models import Interpreter, Level, Mastery

# The columns that `shift_hours` asks for.
INTERPRETERS = """
    SELECT interpreter.id AS holder, resource_id, NULL::bigint AS agency_id, sex,
           ARRAY[(language <> (%(languages)s::varchar[])[1])::int, remote::int,
                 array_position(%(levels)s::varchar[], level)] AS place
    FROM interpreters_interpreter interpreter
    JOIN interpreters_mastery mastery ON mastery.interpreter_id = interpreter.id
    WHERE mastery.id = (
        SELECT id FROM interpreters_mastery WHERE interpreter_id = interpreter.id AND language = ANY(%(languages)s)
        ORDER BY array_position(%(languages)s::varchar[], language) LIMIT 1
    )
"""
# Whoever stands by for others is offered to nobody until that is over.
NO_SPARES = "AND NOT EXISTS (SELECT FROM interpreters_spare spare WHERE spare.shift_id = shift.id)"


def interpreter_hours(
    site_days: Sequence[SiteDay],
    *,
    language: str,
    sex: str = "",
    only: Sequence[int] | None = None,
    but: str = "",
    **values: Any,
) -> list[ResourceHours]:
    """The shifts of those who interpret it: it before its macrolanguage, on site first, highest level; one query.

    Without spares, and without those whom the SQL `but` leaves out with its `values`, as `shift_hours` has it.
    """
    return shift_hours(
        INTERPRETERS,
        site_days,
        sex=sex,
        only=only,
        but=f"{NO_SPARES} {but}",
        languages=interpreted_as(language),
        levels=Level.values,
        **values,
    )


def languages_in_pool(sites: Iterable[Site]) -> set[tuple[str, str]]:
    """Each language that interpreters of the sites interpret, with the sex of one who does; one query."""
    found = Mastery.objects.filter(interpreter__sites__in=sites)
    return set(found.values_list("language", "interpreter__sex"))


def pool_of(
    sites: Iterable[Site], *, search: str = "", languages: Sequence[str] = ()
) -> QuerySet[Interpreter]:
    """The interpreters of the sites by name, with languages; `search`: a part of the name, or these languages."""
    found = Interpreter.objects.filter(sites__in=list(sites))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(masteries__language__in=list(languages)))
    return found.distinct().select_related("resource").prefetch_related("masteries", "sites").order_by("name")


def pool_speaks(sites: Iterable[Site], *, language: str, sex: str = "") -> bool:
    """Whether an interpreter of the sites interprets the language, and is of that sex if one is asked for."""
    found = Interpreter.objects.filter(
        sites__in=list(sites), masteries__language__in=interpreted_as(language)
    )
    return (found.filter(sex=sex) if sex else found).exists()
