"""The outbox, and who sees its rows: whoever asked and their agency, the sweep, the night, the superuser."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import door, guard

# A row is written in the writer's own name; a colleague's that still waits may be asked for anew, in one's own.
OURS = "agency_id = viewer_agency() OR by_id = viewer_user()"
MINE = "by_id = viewer_user()"
ASK_ANEW = migrations.RunSQL(
    f"CREATE POLICY ask_anew ON agencies_dispatch FOR UPDATE TO motesplats_app USING ({OURS}) WITH CHECK ({MINE})",
    "DROP POLICY ask_anew ON agencies_dispatch",
)
SWEEP = "viewer_role() = 'outbox'"
ENDED = "viewer_role() = 'retention' AND ended_at IS NOT NULL"
SUPERUSER = "EXISTS (SELECT FROM agencies_user viewer WHERE viewer.id = viewer_user() AND viewer.is_superuser)"

WALLS = [
    guard("agencies_dispatch", read=OURS, write=MINE),
    ASK_ANEW,
    door("agencies_dispatch", "outbox_see", command="SELECT", when=SWEEP),
    door("agencies_dispatch", "outbox_change", command="UPDATE", when=SWEEP),
    door("agencies_dispatch", "retention_see", command="SELECT", when=ENDED),
    door("agencies_dispatch", "retention_remove", command="DELETE", when=ENDED),
    door("agencies_dispatch", "admin_see", command="SELECT", when=SUPERUSER),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_site_day_by_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('subject', models.BigIntegerField(verbose_name='key of the subject')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('state', models.CharField(choices=[('due', 'waiting'), ('sending', 'being sent'), ('done', 'sent'), ('failed', 'given up')], default='due', max_length=7, verbose_name='state')),
                ('due_at', models.DateTimeField(help_text='While it is being sent: when its lease runs out and it is taken again.', verbose_name='due')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('error', models.CharField(blank=True, max_length=60, verbose_name='last error')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
            ],
            options={
                'verbose_name': 'dispatch',
                'verbose_name_plural': 'dispatches',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['due', 'sending'])), fields=['due_at'], name='dispatch_due'), models.Index(fields=['kind', 'subject'], name='dispatch_by_subject')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['due', 'sending'])), fields=('kind', 'subject'), name='dispatch_waits_once', violation_error_message='It is already waiting to be sent.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['due', 'sending'])), models.Q(('ended_at__isnull', False), ('state__in', ['done', 'failed'])), _connector='OR'), name='dispatch_ends_when_sent_or_given_up', violation_error_message='What is sent or given up has an end, what waits has none.')],
            },
        ),
    ] + WALLS
