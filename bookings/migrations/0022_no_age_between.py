"""From 2026 the employment service meets people until the pension age of 67, so that nobody of 66 meets neither."""

from django.db import migrations

# Only where the rule is still the one that was loaded.
FORWARDS = """
    WITH ended AS (
        UPDATE bookings_attendancerule SET valid_to = '2025-12-31'
        WHERE agency_code = 'AF' AND min_age = 20 AND max_age = 65 AND valid_from = '2023-01-01' AND valid_to IS NULL
        RETURNING id, agency_code, concerns, min_age, is_default, may_be_switched, who
    ), made AS (
        INSERT INTO bookings_attendancerule
            (agency_code, concerns, min_age, max_age, valid_from, valid_to, is_default, may_be_switched, who)
        SELECT agency_code, concerns, min_age, 66, '2026-01-01', NULL, is_default, may_be_switched, who FROM ended
        RETURNING id
    )
    INSERT INTO bookings_attendancerule_tracks (attendancerule_id, track_id)
    SELECT made.id, tracks.track_id
    FROM made, ended JOIN bookings_attendancerule_tracks tracks ON tracks.attendancerule_id = ended.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0021_amended_parties'),
    ]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
