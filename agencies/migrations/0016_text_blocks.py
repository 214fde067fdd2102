"""Text blocks, which take over the sentences of services; lengths and documents by track; places told whole."""

import datetime

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

LANGUAGES = ("sv", "en", "ar", "prs", "so", "ti")
MOVED = ("about", "sheet", "after")
CARRY_OVER = "".join(
    f"""
    INSERT INTO agencies_textblock
        (slot, agency_code, service_id, condition, language, state, valid_from, text)
    SELECT '{slot}', '', id, '', '{language}', coalesce(state_{language}, 'draft'), '2016-01-01', {slot}_{language}
    FROM agencies_service WHERE coalesce({slot}_{language}, '') <> '';
    """
    for slot in MOVED
    for language in LANGUAGES
)
# A municipality's name in Arabic has no article before the place.
RENAME = """
    UPDATE agencies_location SET directions_sv = directions;
    UPDATE agencies_agency SET name_ar = regexp_replace(name_ar, '^البلدية ', 'بلدية ')
    WHERE municipality_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0015_municipal_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceLength",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lengths",
                        to="agencies.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.municipality",
                        verbose_name="municipality",
                    ),
                ),
                ("track", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="track")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(5)], verbose_name="minutes"
                    ),
                ),
                (
                    "minutes_per_person",
                    models.PositiveSmallIntegerField(default=0, verbose_name="minutes per further person"),
                ),
                (
                    "extra_minutes",
                    models.PositiveSmallIntegerField(
                        default=15, verbose_name="minutes more where extra time is needed"
                    ),
                ),
            ],
            options={
                "verbose_name": "length of a service",
                "verbose_name_plural": "lengths of services",
                "ordering": ["service", "track", "municipality"],
            },
        ),
        migrations.CreateModel(
            name="TextBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("why", "why one is summoned"),
                            ("about", "in one plain sentence"),
                            ("sheet", "what happens there"),
                            ("after", "what comes after"),
                        ],
                        max_length=8,
                        verbose_name="place in the letter",
                    ),
                ),
                (
                    "agency_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("MIG", "Swedish Migration Agency"),
                            ("AF", "Swedish Public Employment Service"),
                            ("FK", "Swedish Social Insurance Agency"),
                            ("PM", "Swedish Pensions Agency"),
                            ("SKV", "Swedish Tax Agency"),
                            ("KOM", "Municipality"),
                        ],
                        max_length=3,
                        verbose_name="agency",
                    ),
                ),
                ("track", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="track")),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alone", "one person alone"),
                            ("children", "with children"),
                            ("pensioner", "somebody is 65 or older"),
                        ],
                        max_length=20,
                        verbose_name="only parties",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("sv", "svenska"),
                            ("en", "English"),
                            ("ar", "العربية"),
                            ("prs", "دری"),
                            ("so", "Soomaali"),
                            ("ti", "ትግርኛ"),
                        ],
                        max_length=3,
                        verbose_name="language",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("checked", "checked")],
                        default="draft",
                        max_length=8,
                        verbose_name="state of the text",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(default=datetime.date(2016, 1, 1), verbose_name="valid from"),
                ),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("text", models.TextField(verbose_name="text")),
            ],
            options={
                "verbose_name": "text block",
                "verbose_name_plural": "text blocks",
                "ordering": [
                    "slot",
                    "service",
                    "agency_code",
                    "track",
                    "municipality",
                    "condition",
                    "language",
                    "pk",
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="servicedocument",
            name="service_document_once",
        ),
        migrations.AddField(
            model_name="agency",
            name="phone",
            field=models.CharField(blank=True, max_length=20, verbose_name="telephone"),
        ),
        migrations.AddField(
            model_name="agency",
            name="web",
            field=models.URLField(blank=True, verbose_name="web page"),
        ),
        migrations.AddField(
            model_name="location",
            name="postcode",
            field=models.CharField(
                blank=True,
                help_text="Without it no letter is printed.",
                max_length=6,
                verbose_name="postcode",
            ),
        ),
        migrations.AddField(
            model_name="location",
            name="premises",
            field=models.CharField(
                choices=[
                    ("service", "service office"),
                    ("migration", "the Migration Agency's office"),
                    ("town_hall", "town hall"),
                    ("library", "library"),
                    ("other", "another place"),
                ],
                default="service",
                max_length=10,
                verbose_name="kind of house",
            ),
        ),
        migrations.AddField(
            model_name="location",
            name="town",
            field=models.CharField(
                blank=True, help_text="Without it no letter is printed.", max_length=60, verbose_name="town"
            ),
        ),
        migrations.AddField(
            model_name="servicedocument",
            name="municipality",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="agencies.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="servicedocument",
            name="track",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="track"),
        ),
        *(
            migrations.AddField(
                "location",
                f"directions_{language}",
                models.CharField(blank=True, max_length=200, null=True, verbose_name="how to get there"),
            )
            for language in LANGUAGES
        ),
        migrations.AddConstraint(
            model_name="servicedocument",
            constraint=models.UniqueConstraint(
                fields=("service", "document", "track", "municipality"),
                name="service_document_once",
                nulls_distinct=False,
                violation_error_message="The service already asks for that document.",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicelength",
            constraint=models.UniqueConstraint(
                fields=("service", "track", "municipality"),
                name="service_length_once",
                nulls_distinct=False,
                violation_error_message="That length is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicelength",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("track__isnull", False), ("municipality__isnull", False), _connector="OR"
                ),
                name="service_length_of_track_or_municipality",
                violation_error_message="Name a track, a municipality or both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicelength",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("extra_minutes__lte", 60), ("minutes__range", (5, 240)), ("minutes_per_person__lte", 60)
                ),
                name="service_length_is_sensible",
                violation_error_message="A meeting lasts between 5 and 240 minutes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="textblock",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.Func(
                                models.F("slot"),
                                models.F("agency_code"),
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("service"), models.Value(0)
                                    ),
                                    models.TextField(),
                                ),
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("track"), models.Value(0)
                                    ),
                                    models.TextField(),
                                ),
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("municipality"), models.Value(0)
                                    ),
                                    models.TextField(),
                                ),
                                models.F("condition"),
                                models.F("language"),
                                arg_joiner=" || '/' || ",
                                template="hashtextextended(%(expressions)s, 0)",
                            ),
                            models.Func(
                                models.F("slot"),
                                models.F("agency_code"),
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("service"), models.Value(0)
                                    ),
                                    models.TextField(),
                                ),
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("track"), models.Value(0)
                                    ),
                                    models.TextField(),
                                ),
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("municipality"), models.Value(0)
                                    ),
                                    models.TextField(),
                                ),
                                models.F("condition"),
                                models.F("language"),
                                arg_joiner=" || '/' || ",
                                template="hashtextextended(%(expressions)s, 0)",
                            ),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("valid_from"),
                            models.F("valid_to"),
                            models.Value("[]"),
                            function="daterange",
                        ),
                        "&&",
                    ),
                ],
                name="text_block_one_at_a_time",
                violation_error_message="There is already a text for exactly those people at that time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="textblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_from__lte", models.F("valid_to")), _connector="OR"
                ),
                name="text_block_begins_before_it_ends",
                violation_error_message="A text begins before it ends.",
            ),
        ),
        migrations.AddConstraint(
            model_name="textblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("service", None), ("agency_code", ""), _connector="OR"),
                name="text_block_of_service_or_agency",
                violation_error_message="A text belongs to an agency or to one of its services, not to both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="textblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="text_block_says_something",
                violation_error_message="A text is not empty.",
            ),
        ),
        migrations.RunSQL(CARRY_OVER + RENAME + "SET CONSTRAINTS ALL IMMEDIATE;", migrations.RunSQL.noop),
        *(
            migrations.RemoveField("service", f"{field}{language}")
            for field in MOVED
            for language in ("", *(f"_{code}" for code in LANGUAGES))
        ),
    ]
