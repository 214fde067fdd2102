"""Reads of services."""

from django.db import connection

from agencies.models import Service

FIELDS = ("id", "agency_code", "minutes", "minutes_per_person", "extra_minutes")
# Every proposal and every booking reads these; models with all their texts would take longer than the planner.
OFFERED = """
    SELECT service.id, agency_code, minutes, minutes_per_person, extra_minutes, agency.id
    FROM agencies_service service JOIN agencies_agency agency ON agency.code = agency_code
    WHERE municipality_id IS NULL OR municipality_id = %s
"""


def offered_services(municipality: int) -> list[tuple[Service, int]]:
    """The services that the national agencies and this municipality offer, each with its agency's key; one query.

    Only FIELDS are loaded; Django reads the others when they are asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute(OFFERED, [municipality])
        return [
            (Service.from_db(connection.alias, FIELDS, values), agency)
            for *values, agency in cursor.fetchall()
        ]
