"""Reads of the pool."""

from collections.abc import Sequence

from agencies.models import SiteDay
from agencies.rosters.queries import ResourceHours, shift_hours
from interpreters.models import Level

# The columns that `shift_hours` asks for.
INTERPRETERS = """
    SELECT interpreter.id AS holder, resource_id, NULL::bigint AS agency_id, sex,
           ARRAY[remote::int, array_position(%(levels)s::varchar[], level)] AS place
    FROM interpreters_interpreter interpreter
    JOIN interpreters_mastery mastery ON mastery.interpreter_id = interpreter.id
    WHERE language = %(language)s
"""


def interpreter_hours(
    site_days: Sequence[SiteDay], *, language: str, sex: str = "", only: Sequence[int] | None = None
) -> list[ResourceHours]:
    """The shifts of those who interpret the language: on site before remote, then the highest level; one query."""
    return shift_hours(INTERPRETERS, site_days, sex=sex, only=only, language=language, levels=Level.values)
