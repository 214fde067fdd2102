"""Reads of the attendance rules."""

from django.db import connection

from bookings.attendance.rules import Rule

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
