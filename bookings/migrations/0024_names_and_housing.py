"""Who has one name only, housing as a kind beside the free text, and indexes to know people again."""

import agencies.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0017_housing'),
        ('bookings', '0023_search_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='party',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='newcomer',
            name='newcomer_has_names',
        ),
        migrations.AddField(
            model_name='party',
            name='housing_kind',
            field=models.CharField(blank=True, choices=[('own', 'own home'), ('rented', 'rented, first hand'), ('sublet', 'sublet or lodger'), ('abo', "the Migration Agency's housing (ABO)"), ('ebo', 'own arrangement, with others (EBO)'), ('assigned', 'assigned by the municipality'), ('temporary', 'temporary'), ('none', 'none yet')], max_length=10, verbose_name='kind of housing'),
        ),
        migrations.AddField(
            model_name='partychange',
            name='housing_kind',
            field=models.CharField(blank=True, choices=[('own', 'own home'), ('rented', 'rented, first hand'), ('sublet', 'sublet or lodger'), ('abo', "the Migration Agency's housing (ABO)"), ('ebo', 'own arrangement, with others (EBO)'), ('assigned', 'assigned by the municipality'), ('temporary', 'temporary'), ('none', 'none yet')], max_length=10, verbose_name='kind of housing'),
        ),
        migrations.AlterField(
            model_name='newcomer',
            name='family_name',
            field=models.CharField(blank=True, max_length=100, validators=[agencies.validators.validate_name], verbose_name='family name'),
        ),
        migrations.AlterField(
            model_name='newcomerchange',
            name='family_name',
            field=models.CharField(blank=True, max_length=100, validators=[agencies.validators.validate_name], verbose_name='family name'),
        ),
        migrations.AlterField(
            model_name='party',
            name='email',
            field=models.EmailField(blank=True, max_length=254, validators=[agencies.validators.validate_plain], verbose_name='e-mail'),
        ),
        migrations.AlterField(
            model_name='partychange',
            name='email',
            field=models.EmailField(blank=True, max_length=254, validators=[agencies.validators.validate_plain], verbose_name='e-mail'),
        ),
        migrations.AddIndex(
            model_name='newcomer',
            index=models.Index(fields=['birth_date'], name='newcomer_by_birth_date'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['phone'], name='party_by_phone'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('case_reference', ''), _negated=True), fields=['case_reference'], name='party_by_case'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."case_reference" IS DISTINCT FROM (NEW."case_reference") OR OLD."caseworker_sex" IS DISTINCT FROM (NEW."caseworker_sex") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."extra_time" IS DISTINCT FROM (NEW."extra_time") OR OLD."housing" IS DISTINCT FROM (NEW."housing") OR OLD."housing_kind" IS DISTINCT FROM (NEW."housing_kind") OR OLD."interpreter_sex" IS DISTINCT FROM (NEW."interpreter_sex") OR OLD."is_protected" IS DISTINCT FROM (NEW."is_protected") OR OLD."is_quota" IS DISTINCT FROM (NEW."is_quota") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."legal_basis_id" IS DISTINCT FROM (NEW."legal_basis_id") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."step_free" IS DISTINCT FROM (NEW."step_free"))', func='INSERT INTO "bookings_partychange" ("address", "case_reference", "caseworker_sex", "decided_on", "email", "extra_time", "housing", "housing_kind", "interpreter_sex", "is_protected", "is_quota", "language", "legal_basis_id", "municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "step_free") VALUES (OLD."address", OLD."case_reference", OLD."caseworker_sex", OLD."decided_on", OLD."email", OLD."extra_time", OLD."housing", OLD."housing_kind", OLD."interpreter_sex", OLD."is_protected", OLD."is_quota", OLD."language", OLD."legal_basis_id", OLD."municipality_id", viewer_moment(), \'update\', OLD."id", OLD."phone", OLD."step_free"); RETURN NULL;', hash='ebb24d3ed56f174f9849b90b3a09dacf78d07646', operation='UPDATE', pgid='pgtrigger_update_update_596a8', table='bookings_party', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='newcomer',
            constraint=models.CheckConstraint(condition=models.Q(('given_name', ''), _negated=True), name='newcomer_has_a_name', violation_error_message='A name is needed; an only name is a given name.'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(('housing_kind__in', ['', 'own', 'rented', 'sublet', 'abo', 'ebo', 'assigned', 'temporary', 'none'])), name='party_of_known_housing', violation_error_message='There is no such kind of housing.'),
        ),
    ]
