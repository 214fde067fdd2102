"""Reads of services."""

from django.db import connection

from agencies.models import Service

FIELDS = (
    "id",
    "agency_code",
    "is_local",
    "checks_identity",
    "minutes",
    "minutes_per_person",
    "extra_minutes",
)
# Every proposal and every booking reads these; models with all their texts would take longer than the planner.
OFFERED = """
    SELECT service.id, agency_code, is_local, checks_identity, coalesce(own.minutes, service.minutes),
           coalesce(own.minutes_per_person, service.minutes_per_person),
           coalesce(own.extra_minutes, service.extra_minutes), agency.id
    FROM agencies_service service JOIN agencies_agency agency ON agency.code = agency_code
    LEFT JOIN LATERAL (
        SELECT * FROM agencies_servicelength length
        WHERE length.service_id = service.id
          AND (length.municipality_id IS NULL OR length.municipality_id = %(municipality)s)
          AND (length.track IS NULL OR length.track = %(track)s)
        ORDER BY length.municipality_id NULLS LAST, length.track NULLS LAST LIMIT 1
    ) own ON true
    WHERE agency.municipality_id IS NULL OR agency.municipality_id = %(municipality)s
"""


def offered_services(municipality: int, *, track: int) -> list[tuple[Service, int]]:
    """The services that the national agencies and this municipality offer, each with its agency's key; one query.

    Their lengths are those of the track of this number and of the municipality, where these have own ones.
    Only FIELDS are loaded; Django reads the others when they are asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute(OFFERED, {"municipality": municipality, "track": track})
        return [
            (Service.from_db(connection.alias, FIELDS, values), agency)
            for *values, agency in cursor.fetchall()
        ]
