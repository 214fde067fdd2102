"""Sealed identities: behind an opening of one's own, which a manager sees."""

import agencies.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import door, falls_with, guard, question


HAS_OPENED = question(
    "has_opened",
    "sought bigint",
    """EXISTS (
        SELECT FROM bookings_opening
        WHERE party_id = sought AND by_id = viewer_user() AND at > viewer_moment() - interval '15 minutes'
    )""",
)
OWNED = "owns_party(party_id)"
OPENED = f"{OWNED} AND has_opened(party_id)"
OPENS = f"""
    {OWNED} AND by_id = viewer_user() AND at < viewer_moment() + interval '1 minute'
    AND viewer_role() IN ('caseworker', 'coordinator', 'manager')
"""
MANAGES = "viewer_role() = 'manager'"
NOBODY = "false"

WALLS = [
    HAS_OPENED,
    falls_with("bookings_sealedidentity", "party_id", "bookings_party"),
    falls_with("bookings_opening", "party_id", "bookings_party"),
    guard(
        "bookings_opening",
        read=f"{OWNED} AND (by_id = viewer_user() OR {MANAGES})",
        write=NOBODY,
    ),
    door("bookings_opening", "open", command="INSERT", when=OPENS),
    door("bookings_opening", "look_at", command="UPDATE", when=f"{OWNED} AND {MANAGES}"),
    guard("bookings_sealedidentity", read=OPENED, write=NOBODY),
    door("bookings_sealedidentity", "seal", command="INSERT", when=OWNED),
    door("bookings_sealedidentity", "unseal", command="DELETE", when=f"{OWNED} AND {MANAGES}"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0004_retention'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SealedIdentity',
            fields=[
                ('party', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.party', verbose_name='party')),
                ('contact', models.JSONField(verbose_name='contact')),
                ('people', models.JSONField(verbose_name='names and birth dates')),
            ],
            options={
                'verbose_name': 'sealed identity',
                'verbose_name_plural': 'sealed identities',
            },
        ),
        migrations.AddField(
            model_name='party',
            name='is_protected',
            field=models.BooleanField(default=False, verbose_name='protected identity'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('protected', 'Identity protected'), ('opened', 'Identity opened'), ('unprotected', 'Protection ended'), ('renewed', 'New code and link')], max_length=12, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('reason', models.CharField(max_length=300, validators=[agencies.validators.validate_plain], verbose_name='reason')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='looked at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='openings', to='bookings.party', verbose_name='party')),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked at by')),
            ],
            options={
                'verbose_name': 'opening of a sealed identity',
                'verbose_name_plural': 'openings of sealed identities',
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='opening_has_a_reason', violation_error_message='Say why you need to know who it is.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opening',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='26d6c2cef7e536a184c75c6a22ca5311dff50d53', operation='UPDATE', pgid='pgtrigger_stays_as_it_was_e33d8', table='bookings_opening', when='BEFORE')),
        ),
    ] + WALLS
