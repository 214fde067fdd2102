from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.validators import validate_plain

LONGEST = 300


class Series(models.Model):
    """Numbers of the country with which participants are compared: permits, enrolments, first payments.

    Series count other people by other rules, and are never added to each other.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=120, validators=[validate_plain])
    name_en = models.CharField(_("name in English"), max_length=120, validators=[validate_plain])
    definition_sv = models.CharField(
        _("definition in Swedish"), max_length=LONGEST, validators=[validate_plain]
    )
    definition_en = models.CharField(
        _("definition in English"), max_length=LONGEST, validators=[validate_plain]
    )
    exclusions_sv = models.CharField(
        _("not counted, in Swedish"), max_length=LONGEST, blank=True, validators=[validate_plain]
    )
    exclusions_en = models.CharField(
        _("not counted, in English"), max_length=LONGEST, blank=True, validators=[validate_plain]
    )
    unit = models.CharField(_("unit"), max_length=20, default="persons")
    is_default = models.BooleanField(_("compared with unless another is chosen"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series (plural)")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="series_one_is_the_default",
                violation_error_message=_("One series is the default."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self._in_language("name")

    @property
    def definition(self) -> str:
        return self._in_language("definition")

    @property
    def exclusions(self) -> str:
        return self._in_language("exclusions")

    def _in_language(self, field: str) -> str:
        """The field in Swedish for whoever reads Swedish, else in English."""
        language = "sv" if get_language() == "sv" else "en"
        return str(getattr(self, f"{field}_{language}"))


class SeriesValue(models.Model):
    """A series' number of a year or, with `month`, a month; of the country or, with `site`, where the site is.

    Rows are never changed: the one that was written last counts. `is_approximate`: published as "ca", to be shown
    without decimals and as such.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers", verbose_name=_("series"))
    site = models.ForeignKey(
        Site, models.PROTECT, related_name="+", verbose_name=_("site"), null=True, blank=True
    )
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    value = models.PositiveIntegerField(_("value"))
    is_approximate = models.BooleanField(_("ca"), default=False)
    source = models.CharField(_("source"), max_length=120, validators=[validate_plain])
    fetched_on = models.DateField(_("fetched on"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"), null=True
    )
    set_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("value of a series")
        verbose_name_plural = _("values of series")
        ordering = ["series", "year", F("month").asc(nulls_first=True), "site", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__range=(1, 12)),
                name="series_value_is_of_a_month",
                violation_error_message=_("A month is 1 to 12."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)),
                name="series_value_is_of_a_year",
                violation_error_message=_("Write a year as 2027."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.year} {self.month or ''} {self.value}"


class Goal(models.Model):
    """What shall be reached from a day on, nationally or at a site: a share of a series, or a number of persons.

    The last day is written when the next goal begins; a goal in force is never changed otherwise.
    """

    site = models.ForeignKey(
        Site,
        models.PROTECT,
        related_name="+",
        verbose_name=_("site"),
        null=True,
        blank=True,
        help_text=_("None: the whole country."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("per cent of a series"), null=True, blank=True)
    series = models.ForeignKey(
        Series, models.PROTECT, related_name="+", verbose_name=_("series"), null=True, blank=True
    )
    persons = models.PositiveIntegerField(_("persons"), null=True, blank=True)
    why = models.CharField(_("why it was set or changed"), max_length=LONGEST, validators=[validate_plain])
    decided_by = models.CharField(_("decided by"), max_length=120, validators=[validate_plain])
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    set_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = [F("site__order").asc(nulls_first=True), "site", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "valid_from"],
                name="goal_once_from_a_day",
                nulls_distinct=False,
                violation_error_message=_("There is already a goal from that day."),
            ),
            models.CheckConstraint(
                condition=Q(percent=None, series=None, persons__isnull=False, persons__gte=1)
                | Q(percent__isnull=False, percent__range=(1, 100), series__isnull=False, persons=None),
                name="goal_is_a_share_or_a_number",
                violation_error_message=_(
                    "A goal is a share of a series, 1 to 100 per cent, or a number of persons."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="goal_ends_after_it_begins",
                violation_error_message=_("A goal ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id or ''} {self.valid_from} {self.percent or self.persons}"
