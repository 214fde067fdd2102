"""Agreements with dated terms, and orders of interpreters behind a wall: they are of an agency and of a site."""

import agencies.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import interpreters.models.interpreters
from django.conf import settings
from django.db import migrations, models

from agencies.walls import diary, guard, question

# Whether each number of an array is greater (way 1) or less (way -1) than the one before it.
GOES_STRICTLY = migrations.RunSQL(
    """
    CREATE FUNCTION goes_strictly(numbers smallint[], way integer) RETURNS boolean
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN (SELECT coalesce(bool_and((numbers[n] - numbers[n - 1]) * way > 0), true)
              FROM generate_series(2, cardinality(numbers)) AS n);
    """,
    "DROP FUNCTION goes_strictly(smallint[], integer)",
)
# The site's coordinator orders for every agency; an agency's staff at the site see its own orders.
WALLS = [
    question(
        "sees_order_of",
        "day_sought bigint, orderer bigint",
        """(viewer_role() = 'coordinator' OR orderer = viewer_agency()) AND EXISTS (
            SELECT FROM agencies_siteday day JOIN agencies_location location ON location.id = day.location_id
            WHERE day.id = day_sought AND location.site_id = ANY(viewer_sites()))""",
    ),
    question(
        "sees_order", "sought bigint", "EXISTS (SELECT FROM interpreters_interpreterorder WHERE id = sought)"
    ),
    guard(
        "interpreters_interpreterorder",
        read="sees_order_of(site_day_id, agency_id)",
        write="sees_order_of(site_day_id, agency_id) AND (former_id IS NULL OR sees_order(former_id))",
    ),
    diary(
        "interpreters_orderevent",
        read="sees_order(order_id)",
        write="by_id = viewer_user() AND sees_order(order_id)",
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0021_rosters'),
        ('interpreters', '0002_spoken_languages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        GOES_STRICTLY,
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contract_number', models.CharField(max_length=40, unique=True, verbose_name='contract number')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('kind', models.CharField(choices=[('framework', "the state's framework agreement"), ('own', "an agency's own contract"), ('municipal', "the municipality's contract")], max_length=10, verbose_name='kind of agreement')),
                ('supplier', models.CharField(max_length=100, verbose_name='supplier')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('agencies', models.ManyToManyField(related_name='+', to='agencies.agency', verbose_name='agencies')),
                ('orderer', models.ForeignKey(blank=True, help_text='Who orders when nobody says; the supplier knows one customer for each order.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='ordering agency')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'ordering': ['contract_number'],
            },
        ),
        migrations.CreateModel(
            name='AgreementRank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=60, verbose_name='county')),
                ('rank', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='rank')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ranks', to='interpreters.agreement', verbose_name='agreement')),
            ],
            options={
                'verbose_name': 'rank in a county',
                'verbose_name_plural': 'ranks in counties',
                'ordering': ['county', 'rank'],
            },
        ),
        migrations.CreateModel(
            name='AgreementTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('unit_minutes', models.PositiveSmallIntegerField(default=30, help_text='30: by started half hour; 1: by minute.', verbose_name='minutes of a started unit')),
                ('minimum_minutes', models.PositiveSmallIntegerField(default=0, verbose_name='minimum charge in minutes')),
                ('travel_unit_minutes', models.PositiveSmallIntegerField(default=30, verbose_name='minutes of a started unit of travel')),
                ('travel_unit_ore', models.PositiveIntegerField(default=0, verbose_name='öre for a unit of travel')),
                ('km_ore', models.PositiveIntegerField(default=0, verbose_name='öre for a kilometre')),
                ('cancel_hours', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='cancelled less than so many hours before')),
                ('cancel_percents', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)]), blank=True, default=list, size=None, verbose_name='percent of the charge')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='interpreters.agreement', verbose_name='agreement')),
            ],
            options={
                'verbose_name': 'terms',
                'verbose_name_plural': 'terms',
                'ordering': ['valid_from'],
            },
        ),
        migrations.CreateModel(
            name='AgreementPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('site', 'on site'), ('phone', 'by telephone'), ('screen', 'on screen')], max_length=6, verbose_name='form')),
                ('level', models.CharField(choices=[('RT', 'legal interpreter (RT)'), ('ST', 'health care interpreter (ST)'), ('AT', 'authorised interpreter (AT)'), ('UT', 'trained interpreter (UT)'), ('ÖT', 'other interpreter (ÖT)')], max_length=2, verbose_name='level')),
                ('unit_ore', models.PositiveIntegerField(verbose_name='öre for a started unit')),
                ('terms', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='interpreters.agreementterms', verbose_name='terms')),
            ],
            options={
                'verbose_name': 'price',
                'verbose_name_plural': 'prices',
                'ordering': ['form', 'level'],
            },
        ),
        migrations.CreateModel(
            name='InterpreterOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=7, unique=True, verbose_name='reference')),
                ('request', models.UUIDField(editable=False, null=True, unique=True, verbose_name='request')),
                ('language', models.CharField(max_length=3, validators=[interpreters.models.interpreters.validate_spoken], verbose_name='language')),
                ('form', models.CharField(choices=[('site', 'on site'), ('phone', 'by telephone'), ('screen', 'on screen')], max_length=6, verbose_name='form')),
                ('level', models.CharField(choices=[('RT', 'legal interpreter (RT)'), ('ST', 'health care interpreter (ST)'), ('AT', 'authorised interpreter (AT)'), ('UT', 'trained interpreter (UT)'), ('ÖT', 'other interpreter (ÖT)')], max_length=2, verbose_name='level')),
                ('sex', models.CharField(blank=True, choices=[('F', 'woman'), ('M', 'man')], max_length=1, verbose_name='interpreter of this sex')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('travel_minutes', models.PositiveSmallIntegerField(default=0, verbose_name='travel in minutes')),
                ('travel_km', models.PositiveSmallIntegerField(default=0, verbose_name='travel in kilometres')),
                ('state', models.CharField(choices=[('asked', 'asked for'), ('received', 'received'), ('confirmed', 'confirmed'), ('declined', 'declined'), ('cancelled', 'cancelled'), ('done', 'past')], default='asked', max_length=9, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='asked for at')),
                ('cancellation_ore', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='cost of cancelling in öre')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='ordering agency')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='interpreters.agreement', verbose_name='agreement')),
                ('former', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='interpreters.interpreterorder', verbose_name='the order that was declined before')),
                ('interpreter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='interpreters.interpreter', verbose_name='interpreter')),
                ('site_day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.siteday', verbose_name='site day')),
            ],
            options={
                'verbose_name': 'interpreter order',
                'verbose_name_plural': 'interpreter orders',
                'ordering': ['starts_at', 'reference'],
            },
        ),
        migrations.CreateModel(
            name='OrderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('asked', 'Asked for'), ('received', 'Received by the supplier'), ('confirmed', 'Confirmed'), ('declined', 'Declined by the supplier'), ('cancelled', 'Cancelled'), ('complained', 'Complaint made')], max_length=10, verbose_name='kind')),
                ('fault', models.CharField(blank=True, choices=[('late', 'came late'), ('absent', 'did not come'), ('language', 'wrong language or dialect'), ('skill', 'not understood'), ('conduct', 'not impartial, or did not keep to the role'), ('line', 'telephone or picture failed')], max_length=8, verbose_name='what was wrong')),
                ('why', models.CharField(blank=True, help_text='Name nobody.', max_length=200, validators=[agencies.validators.validate_plain], verbose_name='why')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='interpreters.interpreterorder', verbose_name='order')),
            ],
            options={
                'verbose_name': 'event of an order',
                'verbose_name_plural': 'events of orders',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('contract_number', ''), _negated=True), name='agreement_has_a_contract_number', violation_error_message='An agreement has a contract number.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='agreement_begins_before_it_ends', violation_error_message='An agreement begins before it ends.'),
        ),
        migrations.AddConstraint(
            model_name='agreementrank',
            constraint=models.UniqueConstraint(fields=('agreement', 'county'), name='agreement_has_one_rank_in_a_county', violation_error_message='The agreement already has a rank in that county.'),
        ),
        migrations.AddConstraint(
            model_name='agreementrank',
            constraint=models.CheckConstraint(condition=models.Q(('rank__gte', 1)), name='agreement_rank_counts_from_one', violation_error_message='Ranks count from 1.'),
        ),
        migrations.AddConstraint(
            model_name='agreementterms',
            constraint=models.UniqueConstraint(fields=('agreement', 'valid_from'), name='terms_once_from_a_day', violation_error_message='The agreement already has terms from that day.'),
        ),
        migrations.AddConstraint(
            model_name='agreementterms',
            constraint=models.CheckConstraint(condition=models.Q(('travel_unit_minutes__range', (1, 240)), ('unit_minutes__range', (1, 240))), name='terms_units_are_minutes_to_hours', violation_error_message='A unit is 1 to 240 minutes.'),
        ),
        migrations.AddConstraint(
            model_name='agreementterms',
            constraint=models.CheckConstraint(condition=models.Q(('cancel_hours__len', models.F('cancel_percents__len')), models.Func(models.F('cancel_hours'), models.Value(-1), function='goes_strictly', output_field=models.BooleanField()), models.Func(models.F('cancel_percents'), models.Value(1), function='goes_strictly', output_field=models.BooleanField()), ('cancel_percents__contained_by', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100])), name='terms_cancelling_later_costs_more', violation_error_message='For each number of hours one percentage, up to 100: fewer hours before cost more.'),
        ),
        migrations.AddConstraint(
            model_name='agreementprice',
            constraint=models.UniqueConstraint(fields=('terms', 'form', 'level'), name='price_once_by_form_and_level', violation_error_message='There is already a price for that form and level.'),
        ),
        migrations.AddIndex(
            model_name='interpreterorder',
            index=models.Index(fields=['site_day', 'starts_at'], name='order_by_site_day'),
        ),
        migrations.AddConstraint(
            model_name='interpreterorder',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='order_starts_before_it_ends', violation_error_message='An order starts before it ends.'),
        ),
        migrations.AddConstraint(
            model_name='interpreterorder',
            constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{3}$')), name='order_is_of_a_spoken_language', violation_error_message='Write one of the three-letter codes of ISO 639-3.'),
        ),
        migrations.AddConstraint(
            model_name='interpreterorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancellation_ore__isnull', False), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancellation_ore', None)), _connector='OR'), name='order_is_cancelled_at_a_cost', violation_error_message='A cancelled order says what that costs, and no other.'),
        ),
        migrations.AddConstraint(
            model_name='interpreterorder',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'done'), _negated=True), name='order_is_past_by_the_clock', violation_error_message='That an order is past is told by the clock.'),
        ),
        migrations.AddConstraint(
            model_name='interpreterorder',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('interpreter__isnull', False), ('state__in', ['asked', 'received', 'confirmed'])), expressions=[(models.Func(models.F('interpreter_id'), models.F('interpreter_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='order_of_an_interpreter_never_overlaps', violation_error_message='The interpreter is already ordered for a part of that time.'),
        ),
        migrations.AddConstraint(
            model_name='orderevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'complained'), models.Q(('fault', ''), _negated=True)), models.Q(models.Q(('kind', 'complained'), _negated=True), ('fault', '')), _connector='OR'), name='order_complaint_says_what_was_wrong', violation_error_message='A complaint says what was wrong, and nothing else does.'),
        ),
        *WALLS,
    ]
