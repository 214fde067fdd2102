"""Which agencies there are is data: a code is two to five letters that some agency has, no longer one of six."""

import django.core.validators
from django.db import migrations, models

from agencies.walls import known_agencies


# What the municipalities are called together, and that a day is planned without them where they have no desk.
MUNICIPALITIES = """
    UPDATE agencies_service
    SET is_local = true, agency_name = 'kommunen', agency_name_sv = 'kommunen', agency_name_en = 'the municipality',
        agency_name_ar = 'البلدية', agency_name_prs = 'شاروالی', agency_name_so = 'degmada', agency_name_ti = 'ኮሙን'
    WHERE agency_code = 'KOM';
"""
# A code stays where it was written for as long as there is an agency, so an agency keeps it, and its service keeps it.
KNOWN = """
    CREATE FUNCTION require_known_agencies() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        written jsonb := to_jsonb(NEW) -> TG_ARGV[0];
        asked text[] := ARRAY(
            SELECT jsonb_array_elements_text(
                CASE jsonb_typeof(written) WHEN 'array' THEN written ELSE jsonb_build_array(written) END
            )
        );
        unknown text := (
            SELECT string_agg(code, ', ') FROM unnest(asked) AS asked_for (code)
            WHERE code NOT IN (SELECT agency.code FROM agencies_agency agency)
        );
    BEGIN
        IF unknown IS NOT NULL THEN
            RAISE EXCEPTION 'There is no agency %.', unknown
              USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_TABLE_NAME || '_' || TG_ARGV[0] || '_is_known';
        END IF;
        RETURN NEW;
    END $$;

    CREATE FUNCTION require_kept_code() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            RAISE EXCEPTION 'An agency keeps its code.'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'agency_keeps_its_code';
        END IF;
        IF EXISTS (SELECT FROM agencies_service WHERE agency_code = OLD.code)
           AND NOT EXISTS (SELECT FROM agencies_agency WHERE code = OLD.code AND id <> OLD.id) THEN
            RAISE EXCEPTION 'An agency that has a service is not deleted.'
              USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'agency_with_a_service_stays';
        END IF;
        RETURN OLD;
    END $$;
    CREATE TRIGGER keep_code BEFORE UPDATE OF code ON agencies_agency FOR EACH ROW
      WHEN (NEW.code <> OLD.code) EXECUTE FUNCTION require_kept_code();
    CREATE TRIGGER keep_agency BEFORE DELETE ON agencies_agency FOR EACH ROW EXECUTE FUNCTION require_kept_code();
"""
NOT_KNOWN = """
    DROP TRIGGER keep_code ON agencies_agency;
    DROP TRIGGER keep_agency ON agencies_agency;
    DROP FUNCTION require_kept_code();
    DROP FUNCTION require_known_agencies();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0019_subject_of_an_issuer'),
    ]

    operations = [
        migrations.AddField(
            model_name='service',
            name='agency_name',
            field=models.CharField(blank=True, help_text='What agencies that share the code are called together; one agency is called by its own name.', max_length=120, verbose_name='common name'),
        ),
        migrations.AddField(
            model_name='service',
            name='agency_name_ar',
            field=models.CharField(blank=True, help_text='What agencies that share the code are called together; one agency is called by its own name.', max_length=120, null=True, verbose_name='common name'),
        ),
        migrations.AddField(
            model_name='service',
            name='agency_name_en',
            field=models.CharField(blank=True, help_text='What agencies that share the code are called together; one agency is called by its own name.', max_length=120, null=True, verbose_name='common name'),
        ),
        migrations.AddField(
            model_name='service',
            name='agency_name_prs',
            field=models.CharField(blank=True, help_text='What agencies that share the code are called together; one agency is called by its own name.', max_length=120, null=True, verbose_name='common name'),
        ),
        migrations.AddField(
            model_name='service',
            name='agency_name_so',
            field=models.CharField(blank=True, help_text='What agencies that share the code are called together; one agency is called by its own name.', max_length=120, null=True, verbose_name='common name'),
        ),
        migrations.AddField(
            model_name='service',
            name='agency_name_sv',
            field=models.CharField(blank=True, help_text='What agencies that share the code are called together; one agency is called by its own name.', max_length=120, null=True, verbose_name='common name'),
        ),
        migrations.AddField(
            model_name='service',
            name='agency_name_ti',
            field=models.CharField(blank=True, help_text='What agencies that share the code are called together; one agency is called by its own name.', max_length=120, null=True, verbose_name='common name'),
        ),
        migrations.AddField(
            model_name='service',
            name='is_local',
            field=models.BooleanField(default=False, help_text='At other sites days are planned without it.', verbose_name='met only where it has a desk'),
        ),
        migrations.AlterField(
            model_name='agency',
            name='code',
            field=models.CharField(help_text="Two to five capital letters. It is never changed. A municipality's is KOM.", max_length=5, validators=[django.core.validators.RegexValidator('^[A-Z]{2,5}\\Z', 'A code is two to five capital letters, A to Z.')], verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='service',
            name='agency_code',
            field=models.CharField(max_length=5, unique=True, verbose_name='agency'),
        ),
        migrations.AlterField(
            model_name='textblock',
            name='agency_code',
            field=models.CharField(blank=True, max_length=5, verbose_name='agency'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{2,5}$')), name='agency_code_is_capital_letters', violation_error_message='A code is two to five capital letters, A to Z.'),
        ),
        migrations.AlterConstraint(
            model_name='agency',
            name='agency_is_one_of_its_code',
            constraint=models.UniqueConstraint(condition=models.Q(('municipality', None)), fields=('code',), name='agency_is_one_of_its_code', violation_error_message='Another agency has that code.'),
        ),
        migrations.RunSQL(MUNICIPALITIES, migrations.RunSQL.noop),
        migrations.RunSQL(KNOWN, NOT_KNOWN),
        known_agencies('agencies_service', 'agency_code'),
        known_agencies('agencies_textblock', 'agency_code'),
    ]
