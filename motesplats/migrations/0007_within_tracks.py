"""A day's persons are counted by track, sex and age together; how far parties travel; figures are settled by editions."""

from django.db import migrations, models

# Who came on a date, as numbers; parties of protected identity are left out, as in every figure.
BEFORE = """
    CREATE OR REPLACE FUNCTION counted_day(of_site bigint, of_date date)
    RETURNS TABLE (dimension text, key text, number integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        WITH day AS (
            SELECT chain.id, chain.party_id, track.number AS track,
                   CASE WHEN bool_and(meeting.form <> 'on_site') FILTER (WHERE meeting.checked_in_at IS NOT NULL)
                        THEN 'remote' ELSE min(location.kind) END AS mode,
                   bool_or(meeting.checked_in_at IS NOT NULL) AS came,
                   bool_and(meeting.attendance = 'no_show') AS missed
            FROM bookings_chain chain
            JOIN bookings_party party ON party.id = chain.party_id AND NOT party.is_protected
            JOIN bookings_track track ON track.id = chain.track_id
            JOIN agencies_siteday site_day ON site_day.id = chain.site_day_id AND site_day.date = of_date
            JOIN agencies_location location ON location.id = site_day.location_id AND location.site_id = of_site
            JOIN bookings_meeting meeting ON meeting.chain_id = chain.id
            WHERE chain.state <> 'cancelled'
              AND (viewer_role() = 'figures' OR of_site = ANY(viewer_sites())
                   AND viewer_role() IN ('caseworker', 'coordinator', 'manager'))
            GROUP BY chain.id, track.number
        ), person AS (
            SELECT day.track, day.mode,
                   CASE WHEN newcomer.sex = '' THEN 'U' ELSE newcomer.sex END AS sex,
                   date_part('year', age(of_date, newcomer.birth_date)) AS years
            FROM day JOIN bookings_newcomer newcomer ON newcomer.party_id = day.party_id
            WHERE day.came
        )
        SELECT 'total', 'parties', count(*)::integer FROM day WHERE came
        UNION ALL SELECT 'total', 'no_shows', count(*)::integer FROM day WHERE missed
        UNION ALL
        SELECT 'total', 'referrals', count(DISTINCT referral.id)::integer
        FROM day JOIN checklists_checklist checklist ON checklist.chain_id = day.id
        JOIN checklists_referral referral ON referral.checklist_id = checklist.id AND referral.started_on = of_date
        UNION ALL
        SELECT 'sex_age', sex || '|' || CASE WHEN years < 18 THEN '0-17' WHEN years < 65 THEN '18-64' ELSE '65+' END,
               count(*)::integer
        FROM person GROUP BY 1, 2
        UNION ALL SELECT 'track', track::text, count(*)::integer FROM person GROUP BY 1, 2
        UNION ALL SELECT 'mode', mode, count(*)::integer FROM person GROUP BY 1, 2
    $$;
"""
AFTER = BEFORE.replace(
    "    $$;",
    """\
        UNION ALL
        SELECT 'track_sex_age', track || '|' || sex || '|'
                 || CASE WHEN years < 18 THEN '0-17' WHEN years < 65 THEN '18-64' ELSE '65+' END,
               count(*)::integer
        FROM person GROUP BY 1, 2
    $$;""",
)
COUNTED_DAY = migrations.RunSQL(AFTER, BEFORE)

# From the home municipality's point to the site's, as the crow flies (as in agencies/distance.py); of the parties that
# came to the place itself, not of those that were met at a distance.
COLUMNS = "measure text, dimension text, key text, amount numeric, over numeric, people integer, spread jsonb"
TRAVEL = migrations.RunSQL(
    f"""
    GRANT SELECT ON agencies_site TO motesplats_views;

    CREATE FUNCTION counted_travel(of_site bigint, of_month date) RETURNS TABLE ({COLUMNS})
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        WITH day AS (
            SELECT chain.track, round((2 * 6371 * asin(sqrt(
                       power(sind((home.latitude - site.latitude)::float8 / 2), 2)
                       + cosd(site.latitude::float8) * cosd(home.latitude::float8)
                         * power(sind((home.longitude - site.longitude)::float8 / 2), 2)
                   )))::numeric, 1) AS km
            FROM figure_chains(of_site, of_month) chain
            JOIN bookings_party party ON party.id = chain.party_id
            JOIN agencies_municipality home ON home.id = party.municipality_id
            JOIN agencies_site site ON site.id = of_site
            WHERE chain.came AND home.latitude IS NOT NULL AND home.longitude IS NOT NULL
              AND EXISTS (SELECT FROM bookings_meeting meeting WHERE meeting.chain_id = chain.id
                            AND meeting.checked_in_at IS NOT NULL AND meeting.form = 'on_site')
        )
        SELECT 'travel_km', part.dimension, part.key, sum(day.km), count(*)::numeric, count(*)::integer, '{{}}'::jsonb
        FROM day CROSS JOIN LATERAL (VALUES ('', ''), ('track', day.track)) part(dimension, key)
        GROUP BY part.dimension, part.key
    $$;
    ALTER FUNCTION counted_travel OWNER TO motesplats_views;
    """,
    "DROP FUNCTION counted_travel(bigint, date)",
)
SUBJECTS = ["strain", "time", "hours", "persons", "interpreting", "orders", "no_shows", "answers", "stops", "capacity"]


def counted_month(subjects):
    told = " UNION ALL ".join(f"SELECT * FROM counted_{name}(of_site, of_month)" for name in subjects)
    return f"""
        CREATE OR REPLACE FUNCTION counted_month(of_site bigint, of_month date) RETURNS TABLE ({COLUMNS})
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$ {told} $$;
    """


ALL = migrations.RunSQL(counted_month([*SUBJECTS, "travel"]), counted_month(SUBJECTS))


class Migration(migrations.Migration):

    dependencies = [
        ('motesplats', '0006_calculations'),
        ('agencies', '0041_municipality_points'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='daycount',
            name='day_count_by_what_is_counted',
        ),
        migrations.AddField(
            model_name='sitefigure',
            name='is_settled',
            field=models.BooleanField(default=False, verbose_name="told in its month's edition"),
        ),
        migrations.AlterField(
            model_name='daycount',
            name='dimension',
            field=models.CharField(max_length=20, verbose_name='divided by'),
        ),
        migrations.AlterField(
            model_name='publishedfigure',
            name='dimension',
            field=models.CharField(blank=True, max_length=20, verbose_name='divided by'),
        ),
        migrations.AlterField(
            model_name='sitefigure',
            name='dimension',
            field=models.CharField(blank=True, max_length=20, verbose_name='divided by'),
        ),
        migrations.AddConstraint(
            model_name='daycount',
            constraint=models.CheckConstraint(condition=models.Q(('dimension__in', ['sex_age', 'track', 'mode', 'track_sex_age'])), name='day_count_by_what_is_counted', violation_error_message='A day is counted by sex and age, by track, by all three, and by mode.'),
        ),
        COUNTED_DAY,
        TRAVEL,
        ALL,
    ]
