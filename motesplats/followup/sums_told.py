"""The sums of what may be told, of sites and months and of all of them; one query for each way to sum up.

A year's are of the months until the running one; what is known of months ahead is told of single months.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection

from motesplats.followup.collect import Sums
from motesplats.followup.year import Place, Year

SUMS = """
    SELECT figure.measure, {site}, date_part('month', {month})::integer, figure.dimension, figure.key,
           sum(figure.told_amount), sum(figure.told_over), sum(figure.told_people), bool_or(figure.is_reported),
           jsonb_agg(figure.told_spread) FILTER (WHERE figure.told_spread <> '{{}}')::text
    FROM {tables}
    WHERE figure.month BETWEEN %(first)s AND %(last)s AND figure.told_amount IS NOT NULL
      AND (figure.dimension = '' OR figure.month < %(parted)s) {only}
      AND ({of_month} OR figure.month <= %(running)s)
    GROUP BY 1, 2, 3, 4, 5
"""
ALL = "motesplats_sitefigure figure"
# Of single sites and months few are asked for: the index finds them.
EACH = """
    unnest(%(measures)s::text[], %(sites)s::bigint[], %(months)s::date[], %(dimensions)s::text[], %(keys)s::text[])
      wanted(measure, site_id, month, dimension, key)
    JOIN motesplats_sitefigure figure ON (figure.measure, figure.site_id, figure.month, figure.dimension, figure.key)
       = (wanted.measure, wanted.site_id, wanted.month, wanted.dimension, wanted.key)
"""


def sums_told(year: Year, places: Iterable[Place]) -> dict[Place, Sums]:
    """Those at the places, as far as anything is told there."""
    ways: dict[tuple[bool, bool], list[Place]] = {}
    for place in places:
        ways.setdefault((place[1] is not None, place[2] is not None), []).append(place)
    found: dict[Place, Sums] = {}
    for (of_site, of_month), wanted in ways.items():
        summed = dict(_summed_up(year, wanted, of_site=of_site, of_month=of_month))
        found.update((place, summed[place]) for place in wanted if place in summed)
    return found


def _summed_up(
    year: Year, places: list[Place], *, of_site: bool, of_month: bool
) -> Iterator[tuple[Place, Sums]]:
    query = SUMS.format(
        site="figure.site_id" if of_site else "NULL::bigint",
        month="figure.month" if of_month else "NULL::date",
        tables=EACH if of_site and of_month else ALL,
        of_month="true" if of_month else "false",
        only="AND figure.measure = ANY(%(codes)s)"
        + " AND figure.site_id = ANY(%(sites)s)" * of_site
        + " AND figure.month = ANY(%(months)s)" * of_month,
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {**year.bounds, **_columns(year, places)})
        for *place, amount, over, people, is_reported, spreads in cursor.fetchall():
            sums = Sums(amount, over, people, is_reported=is_reported)
            for spread in json.loads(spreads or "[]"):
                sums.add(Sums(spread=spread))
            yield tuple(place), sums


def _columns(year: Year, places: list[Place]) -> dict[str, list[object]]:
    measures, sites, months, dimensions, keys = map(list, zip(*places, strict=True))
    return {
        "measures": measures,
        "codes": sorted(set(map(str, measures))),
        "sites": sites,
        "months": [month and date(year.number, month, 1) for month in months],
        "dimensions": dimensions,
        "keys": keys,
    }
