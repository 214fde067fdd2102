from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Municipality, Site, SiteDay
from agencies.validators import validate_plain

MOST_EXPECTED = 9999  # people of one municipality in a month
LONGEST_SOURCE = 60


class Forecast(models.Model):
    """How many newcomers a municipality expects in a month, as said on a day; a later day's replaces it, none goes.

    `lowest` and `highest`: between which, in eight cases of ten, the number will lie.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    said_on = models.DateField(_("said on"))
    lowest = models.PositiveSmallIntegerField(_("lowest"))
    likely = models.PositiveSmallIntegerField(_("likely"))
    highest = models.PositiveSmallIntegerField(_("highest"))
    source = models.CharField(_("source"), max_length=LONGEST_SOURCE, blank=True, validators=[validate_plain])
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    said_at = models.DateTimeField(_("written down"))

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        ordering = ["month", "municipality", "said_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "month", "said_on"],
                name="forecast_once_a_day",
                violation_error_message=_("That municipality has a forecast of today for the month."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="forecast_is_of_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(lowest__lte=F("likely"), likely__lte=F("highest"), highest__lte=MOST_EXPECTED),
                name="forecast_lies_between_its_ends",
                violation_error_message=_("Lowest, likely and highest come in that order."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.month:%Y-%m}"


class SiteDayLoad(models.Model):
    """A database view: how many parties and people are booked on a day, for coordinators and managers of its site.

    The secretariat sees every site without protected identities, 1 to 5 parties or people as 6.
    """

    site_day = models.OneToOneField(SiteDay, models.DO_NOTHING, primary_key=True, related_name="+")
    parties = models.IntegerField(_("parties"))
    people = models.IntegerField(_("people"))

    class Meta:
        managed = False
        db_table = "site_day_loads"

    def __str__(self) -> str:
        return f"{self.site_day_id} {self.parties}"


class SiteMonth(models.Model):
    """A database view: how many parties and people came to a site in a month, for those who see its loads.

    To the secretariat it shows no month in which fewer than 6 parties or people came.
    """

    pk = models.CompositePrimaryKey("month", "site_id")
    month = models.DateField(_("month"))
    site = models.ForeignKey(Site, models.DO_NOTHING, related_name="+")
    parties = models.IntegerField(_("parties"))
    people = models.IntegerField(_("people"))

    class Meta:
        managed = False
        db_table = "site_months"
        ordering = ["month", "site"]

    def __str__(self) -> str:
        return f"{self.site_id} {self.month}"
