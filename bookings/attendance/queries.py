"""Reads of the attendance rules."""

from datetime import date

from django.db import connection

from bookings.attendance.rules import Order, Rule, orders_on
from bookings.models import Precedence

RULES = """
    SELECT rule.agency_code, array_agg(track.number), rule.concerns = 'members', rule.min_age, rule.max_age,
           rule.valid_from, rule.valid_to, rule.is_default, rule.may_be_switched, rule.who
    FROM bookings_attendancerule rule
    JOIN bookings_attendancerule_tracks held ON held.attendancerule_id = rule.id
    JOIN bookings_track track ON track.id = held.track_id
    GROUP BY rule.id
"""


def rules_in_force() -> tuple[Rule, ...]:
    """All attendance rules, each with its tracks and dates; one query."""
    with connection.cursor() as cursor:
        cursor.execute(RULES)
        return tuple(Rule(agency, frozenset(tracks), *rest) for agency, tracks, *rest in cursor.fetchall())


def orders_of(track: int) -> tuple[Order, ...]:
    """All orders of the track with this key, with their dates; one query."""
    fields = ("before", "after", "is_hard", "valid_from", "valid_to")
    rows = Precedence.objects.filter(track=track).values_list(*fields)
    return tuple(Order(*row) for row in rows)


def hard_orders(track: int, *, on: date) -> frozenset[tuple[str, str]]:
    """The orders (before, after) of the track with this key that are never broken on the day; one query."""
    return orders_on(orders_of(track), on, is_hard=True)
