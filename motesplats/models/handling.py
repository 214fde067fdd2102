from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.validators import validate_plain

BANDS = ("days_1_7", "days_8_30", "days_over_30")


class HandlingWeek(models.Model):
    """How many notifications of a move Skatteverket decided in a week within 1-7, 8-30 and more than 30 days.

    Of those handed in at a site or, without one, in the whole country; typed from Skatteverket's own count.
    """

    site = models.ForeignKey(
        Site, models.PROTECT, related_name="+", verbose_name=_("site"), null=True, blank=True
    )
    monday = models.DateField(_("week"), help_text=_("Its Monday."))
    days_1_7 = models.PositiveIntegerField(_("1–7 days"))
    days_8_30 = models.PositiveIntegerField(_("8–30 days"))
    days_over_30 = models.PositiveIntegerField(_("more than 30 days"))
    why = models.CharField(_("why corrected"), max_length=200, blank=True, validators=[validate_plain])
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    typed_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("handling times of a week")
        verbose_name_plural = _("handling times of weeks")
        ordering = ["-monday", F("site").asc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(monday__iso_week_day=1),
                name="handling_week_begins_on_monday",
                violation_error_message=_("A week is written by its Monday."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id or ''} {self.monday}"

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.days_1_7, self.days_8_30, self.days_over_30


class HandlingQuarter(models.Model):
    """The weeks of a quarter in all, of a site, of all sites or of the country, as everybody may read.

    A week belongs to the quarter of its Thursday. Told once, some weeks after the quarter's end, and then never
    changed, so that nothing can be worked out by subtraction. A hidden count is None.
    """

    class Scope(models.TextChoices):
        SITE = "site", _("a site")
        SITES = "sites", _("all sites")
        COUNTRY = "country", _("the whole country")

    scope = models.CharField(_("of what"), max_length=7, choices=Scope)
    site = models.ForeignKey(
        Site, models.PROTECT, related_name="+", verbose_name=_("site"), null=True, blank=True
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    days_1_7 = models.PositiveIntegerField(_("1–7 days"), null=True)
    days_8_30 = models.PositiveIntegerField(_("8–30 days"), null=True)
    days_over_30 = models.PositiveIntegerField(_("more than 30 days"), null=True)
    total = models.PositiveIntegerField(_("in all"), null=True)
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("handling times of a quarter")
        verbose_name_plural = _("handling times of quarters")
        ordering = ["year", "quarter", "-scope", "site__order", "site"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "site", "year", "quarter"],
                name="handling_quarter_once_each",
                nulls_distinct=False,
                violation_error_message=_("Each quarter stands once."),
            ),
            models.CheckConstraint(
                condition=Q(scope="site", site__isnull=False) | Q(scope__in=["sites", "country"], site=None),
                name="handling_quarter_names_its_site",
                violation_error_message=_("A site's quarter names the site."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)),
                name="handling_quarter_is_a_quarter",
                violation_error_message=_("A quarter is 1 to 4."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.site_id or ''} {self.year} {self.quarter}"

    @property
    def counts(self) -> tuple[int | None, int | None, int | None]:
        return self.days_1_7, self.days_8_30, self.days_over_30
