"""Goals, series and imported figures are for all staff; handling times of a week are of their site."""

import agencies.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from agencies.walls import diary, guard

STAFF = "site_id = ANY(viewer_sites()) AND viewer_role() IN"
FIGURES = "viewer_role() = 'figures'"
WALLS = [
    diary(
        "motesplats_handlingweek",
        read=f"site_id IS NULL OR {FIGURES} OR {STAFF} ('caseworker', 'coordinator', 'manager')",
        write=f"site_id IS NULL AND viewer_role() = 'secretariat' OR {STAFF} ('coordinator', 'manager')",
    ),
    # Whoever reads them sees what everybody may see.
    guard("motesplats_handlingquarter", read="true", write=FIGURES),
    # What was once said of a period stays.
    migrations.RunSQL(
        "REVOKE UPDATE, DELETE ON motesplats_seriesvalue FROM motesplats_app",
        "GRANT UPDATE, DELETE ON motesplats_seriesvalue TO motesplats_app",
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0034_telephone_hours'),
        ('motesplats', '0001_day_reports_and_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name_sv', models.CharField(max_length=120, validators=[agencies.validators.validate_plain], verbose_name='name in Swedish')),
                ('name_en', models.CharField(max_length=120, validators=[agencies.validators.validate_plain], verbose_name='name in English')),
                ('definition_sv', models.CharField(max_length=300, validators=[agencies.validators.validate_plain], verbose_name='definition in Swedish')),
                ('definition_en', models.CharField(max_length=300, validators=[agencies.validators.validate_plain], verbose_name='definition in English')),
                ('exclusions_sv', models.CharField(blank=True, max_length=300, validators=[agencies.validators.validate_plain], verbose_name='not counted, in Swedish')),
                ('exclusions_en', models.CharField(blank=True, max_length=300, validators=[agencies.validators.validate_plain], verbose_name='not counted, in English')),
                ('unit', models.CharField(default='persons', max_length=20, verbose_name='unit')),
                ('is_default', models.BooleanField(default=False, verbose_name='compared with unless another is chosen')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series (plural)',
                'ordering': ['order', 'code'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='series_one_is_the_default', violation_error_message='One series is the default.')],
            },
        ),
        migrations.CreateModel(
            name='HandlingQuarter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('site', 'a site'), ('sites', 'all sites'), ('country', 'the whole country')], max_length=7, verbose_name='of what')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('days_1_7', models.PositiveIntegerField(null=True, verbose_name='1–7 days')),
                ('days_8_30', models.PositiveIntegerField(null=True, verbose_name='8–30 days')),
                ('days_over_30', models.PositiveIntegerField(null=True, verbose_name='more than 30 days')),
                ('total', models.PositiveIntegerField(null=True, verbose_name='in all')),
                ('told_at', models.DateTimeField(verbose_name='told')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'handling times of a quarter',
                'verbose_name_plural': 'handling times of quarters',
                'ordering': ['year', 'quarter', '-scope', 'site__order', 'site'],
                'constraints': [models.UniqueConstraint(fields=('scope', 'site', 'year', 'quarter'), name='handling_quarter_once_each', nulls_distinct=False, violation_error_message='Each quarter stands once.'), models.CheckConstraint(condition=models.Q(models.Q(('scope', 'site'), ('site__isnull', False)), models.Q(('scope__in', ['sites', 'country']), ('site', None)), _connector='OR'), name='handling_quarter_names_its_site', violation_error_message="A site's quarter names the site."), models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='handling_quarter_is_a_quarter', violation_error_message='A quarter is 1 to 4.')],
            },
        ),
        migrations.CreateModel(
            name='HandlingWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('monday', models.DateField(help_text='Its Monday.', verbose_name='week')),
                ('days_1_7', models.PositiveIntegerField(verbose_name='1–7 days')),
                ('days_8_30', models.PositiveIntegerField(verbose_name='8–30 days')),
                ('days_over_30', models.PositiveIntegerField(verbose_name='more than 30 days')),
                ('why', models.CharField(blank=True, max_length=200, validators=[agencies.validators.validate_plain], verbose_name='why corrected')),
                ('typed_at', models.DateTimeField(verbose_name='when')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
                ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'handling times of a week',
                'verbose_name_plural': 'handling times of weeks',
                'ordering': ['-monday', models.OrderBy(models.F('site'), nulls_first=True), '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('monday__iso_week_day', 1)), name='handling_week_begins_on_monday', violation_error_message='A week is written by its Monday.')],
            },
        ),
        migrations.CreateModel(
            name='ImportedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, validators=[agencies.validators.validate_plain], verbose_name='figure')),
                ('period', models.CharField(max_length=40, validators=[agencies.validators.validate_plain], verbose_name='period as printed')),
                ('scope', models.CharField(blank=True, max_length=80, validators=[agencies.validators.validate_plain], verbose_name='of what')),
                ('printed', models.CharField(blank=True, max_length=120, validators=[agencies.validators.validate_plain], verbose_name='value as printed')),
                ('number', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, verbose_name='as a number')),
                ('unit', models.CharField(max_length=40, validators=[agencies.validators.validate_plain], verbose_name='unit')),
                ('source', models.CharField(max_length=40, validators=[agencies.validators.validate_plain], verbose_name='source')),
                ('section', models.CharField(blank=True, max_length=80, validators=[agencies.validators.validate_plain], verbose_name='section')),
                ('note', models.CharField(blank=True, max_length=200, validators=[agencies.validators.validate_plain], verbose_name='note')),
                ('why', models.CharField(blank=True, max_length=300, validators=[agencies.validators.validate_plain], verbose_name='why it was replaced')),
                ('imported_at', models.DateTimeField(verbose_name='when')),
                ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='replaced')),
                ('imported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'imported figure',
                'verbose_name_plural': 'imported figures',
                'ordering': [models.OrderBy(models.F('replaced_at'), descending=True, nulls_first=True), 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('name', 'period', 'scope', 'source'), name='imported_figure_once_each', violation_error_message='Each figure stands once.')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='per cent of a series')),
                ('persons', models.PositiveIntegerField(blank=True, null=True, verbose_name='persons')),
                ('why', models.CharField(max_length=300, validators=[agencies.validators.validate_plain], verbose_name='why it was set or changed')),
                ('decided_by', models.CharField(max_length=120, validators=[agencies.validators.validate_plain], verbose_name='decided by')),
                ('set_at', models.DateTimeField(verbose_name='when')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('site', models.ForeignKey(blank=True, help_text='None: the whole country.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='motesplats.series', verbose_name='series')),
            ],
            options={
                'verbose_name': 'goal',
                'verbose_name_plural': 'goals',
                'ordering': [models.OrderBy(models.F('site__order'), nulls_first=True), 'site', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('site', 'valid_from'), name='goal_once_from_a_day', nulls_distinct=False, violation_error_message='There is already a goal from that day.'), models.CheckConstraint(condition=models.Q(models.Q(('percent', None), ('persons__gte', 1), ('persons__isnull', False), ('series', None)), models.Q(('percent__isnull', False), ('percent__range', (1, 100)), ('persons', None), ('series__isnull', False)), _connector='OR'), name='goal_is_a_share_or_a_number', violation_error_message='A goal is a share of a series, 1 to 100 per cent, or a number of persons.'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='goal_ends_after_it_begins', violation_error_message='A goal ends after it begins.')],
            },
        ),
        migrations.CreateModel(
            name='SeriesValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='month')),
                ('value', models.PositiveIntegerField(verbose_name='value')),
                ('is_approximate', models.BooleanField(default=False, verbose_name='ca')),
                ('source', models.CharField(max_length=120, validators=[agencies.validators.validate_plain], verbose_name='source')),
                ('fetched_on', models.DateField(blank=True, null=True, verbose_name='fetched on')),
                ('set_at', models.DateTimeField(verbose_name='when')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='motesplats.series', verbose_name='series')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'value of a series',
                'verbose_name_plural': 'values of series',
                'ordering': ['series', 'year', models.OrderBy(models.F('month'), nulls_first=True), 'site', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('month', None), ('month__range', (1, 12)), _connector='OR'), name='series_value_is_of_a_month', violation_error_message='A month is 1 to 12.'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='series_value_is_of_a_year', violation_error_message='Write a year as 2027.')],
            },
        ),
        *WALLS,
    ]
