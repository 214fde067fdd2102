from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.validators import validate_plain
from motesplats.models.corrections import ReportCorrection


class DayReport(models.Model):
    """Who came to a site on a date, as numbers: counted from attendance, or typed by a site that does not book here.

    What came to a branch or a mobile team counts at the main site. `counted`: what attendance said when it was filled
    in, by the name of the field. Once locked it counts in the figures; not `was_open`: there was no day to count.
    """

    class Source(models.TextChoices):
        COUNTED = "counted", _("counted from check-ins")
        REPORTED = "reported", _("typed")

    class Trouble(models.TextChoices):
        ROOM = "room", _("rooms")
        TECHNOLOGY = "technology", _("technology")
        INTERPRETER = "interpreter", _("interpreter did not come")
        OTHER = "other", _("something else")

    class Interpreting(models.IntegerChoices):
        BAD = 1, _("badly")
        POOR = 2, _("so-so")
        GOOD = 3, _("well")
        VERY_GOOD = 4, _("very well")

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    date = models.DateField(_("date"))
    source = models.CharField(_("source"), max_length=8, choices=Source)
    was_open = models.BooleanField(_("the site was open"), default=True)
    parties = models.PositiveIntegerField(_("parties that came"), default=0)
    no_shows = models.PositiveIntegerField(_("parties that did not come"), default=0)
    referrals = models.PositiveIntegerField(_("referred onwards"), default=0)
    counted = models.JSONField(_("as attendance counted them"), default=dict, blank=True)
    interpreting = models.PositiveSmallIntegerField(
        _("how the interpreting went"), choices=Interpreting, null=True, blank=True
    )
    trouble = ArrayField(
        models.CharField(max_length=11, choices=Trouble), verbose_name=_("trouble"), default=list, blank=True
    )
    note = models.CharField(
        _("what happened"),
        max_length=500,
        blank=True,
        validators=[validate_plain],
        help_text=_("No names."),
    )
    why = models.CharField(_("why corrected"), max_length=300, blank=True, validators=[validate_plain])
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    filled_at = models.DateTimeField(_("filled in"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("saved by"),
        null=True,
        blank=True,
    )
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("locked by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("day report")
        verbose_name_plural = _("day reports")
        ordering = ["-date", "site"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "date"],
                name="day_report_once_a_day",
                violation_error_message=_("That day has a report."),
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None, locked_by=None)
                | Q(locked_at__isnull=False, locked_by__isnull=False),
                name="day_report_is_locked_by_somebody",
                violation_error_message=_("A report is locked by somebody."),
            ),
            models.CheckConstraint(
                condition=Q(interpreting=None) | Q(interpreting__range=(1, 4)),
                name="day_report_interpreting_is_a_grade",
                violation_error_message=_("A grade is 1 to 4."),
            ),
            models.CheckConstraint(
                condition=Q(was_open=True) | Q(source="reported", parties=0, no_shows=0, referrals=0),
                name="day_report_of_no_day_has_nobody",
                violation_error_message=_("On a day on which the site was not open nobody came."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.date}"


class DayCount(models.Model):
    """How many persons of a day report are of one sex and age, of one track, of all three, or came in one mode.

    A report of several tracks from before they were counted together lacks the three. `dimension` and `key` as in
    motesplats/followup/dimensions.py. `counted`: what attendance said, None where typed.
    """

    report = models.ForeignKey(DayReport, models.CASCADE, related_name="counts", verbose_name=_("day report"))
    dimension = models.CharField(_("divided by"), max_length=20)
    key = models.CharField(_("part"), max_length=20)
    people = models.PositiveIntegerField(_("persons"))
    counted = models.PositiveIntegerField(_("persons by attendance"), null=True, blank=True)

    class Meta:
        verbose_name = _("count of a day report")
        verbose_name_plural = _("counts of day reports")
        ordering = ["report", "dimension", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "dimension", "key"],
                name="day_count_once_each",
                violation_error_message=_("Each part stands once in a day report."),
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=["sex_age", "track", "mode", "track_sex_age"]),
                name="day_count_by_what_is_counted",
                violation_error_message=_(
                    "A day is counted by sex and age, by track, by all three, and by mode."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key} {self.people}"


class DayCorrection(ReportCorrection):
    """A number of a day report that was changed after it was locked."""

    report = models.ForeignKey(
        DayReport, models.CASCADE, related_name="corrections", verbose_name=_("day report")
    )
    field = models.CharField(_("what"), max_length=40)

    class Meta(ReportCorrection.Meta):
        verbose_name = _("correction of a day report")
        verbose_name_plural = _("corrections of day reports")
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="day_correction_has_a_reason",
                violation_error_message=_("Say why a locked report is corrected."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.before} {self.after}"
