from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Location
from agencies.models.resources import Resource, same_resource


class SiteDay(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """A date on which a location is open."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="days", verbose_name=_("location"))
    date = models.DateField(_("date"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("opened by"),
        null=True,
        blank=True,
        editable=False,
    )
    notice_days = models.SmallIntegerField(
        _("notice in days"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("How many days ahead it was opened; empty of days opened before that was recorded."),
    )
    closed_at = models.DateTimeField(
        _("closed"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("A day that was called off, and to which cancelled meetings still belong."),
    )
    merges_into = models.DateField(
        _("merged into"),
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "The day of the place to which whoever is booked here is asked to move; nobody new is booked."
        ),
    )

    class Meta:
        verbose_name = _("site day")
        verbose_name_plural = _("site days")
        ordering = ["date", "location"]
        indexes = [models.Index(fields=["date"], name="site_day_by_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "date"],
                name="site_day_once_per_location",
                violation_error_message=_("That day is already open at this location."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="site_day_opens_before_it_closes",
                violation_error_message=_("A day opens before it closes."),
            ),
            models.CheckConstraint(
                condition=Q(merges_into=None) | ~Q(merges_into=F("date")),
                name="site_day_merges_into_another",
                violation_error_message=_("A day is merged into another one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location} {self.date}"


class Weekday(models.IntegerChoices):
    """A day of the week by its ISO number."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class WeeklyPattern(models.Model):
    """On which weekday a location is open between two dates, and from when to when; `valid_to` None: without end."""

    location = models.ForeignKey(
        Location, models.CASCADE, related_name="patterns", verbose_name=_("location")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("weekly pattern")
        verbose_name_plural = _("weekly patterns")
        ordering = ["location", "weekday", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7)),
                name="pattern_is_of_a_weekday",
                violation_error_message=_("A weekday is 1, Monday, to 7, Sunday."),
            ),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")),
                name="pattern_opens_before_it_closes",
                violation_error_message=_("A day opens before it closes."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="pattern_begins_before_it_ends",
                violation_error_message=_("A pattern begins before it ends."),
            ),
            ExclusionConstraint(
                name="pattern_once_per_weekday",
                expressions=[
                    (same_resource("location"), RangeOperators.OVERLAPS),
                    (same_resource("weekday"), RangeOperators.OVERLAPS),
                    (
                        Func("valid_from", "valid_to", Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The location has a pattern for that weekday at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location} {self.get_weekday_display()}"


class PatternShift(models.Model):
    """A resource's working hours on the days of a pattern, in Stockholm's time."""

    pattern = models.ForeignKey(
        WeeklyPattern, models.CASCADE, related_name="shifts", verbose_name=_("weekly pattern")
    )
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+", verbose_name=_("resource"))
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    break_starts = models.TimeField(_("break starts"), null=True, blank=True)
    break_ends = models.TimeField(_("break ends"), null=True, blank=True)
    remote = models.BooleanField(_("remote"), default=False)
    desk = models.CharField(_("desk"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("shift of a pattern")
        verbose_name_plural = _("shifts of a pattern")
        ordering = ["pattern", "starts", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "resource"],
                name="pattern_shift_once_per_resource",
                violation_error_message=_("That person is in the pattern already."),
            ),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="pattern_shift_starts_before_it_ends",
                violation_error_message=_("A shift starts before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(break_starts=None, break_ends=None)
                | Q(
                    starts__lte=F("break_starts"),
                    break_starts__lt=F("break_ends"),
                    break_ends__lte=F("ends"),
                ),
                name="pattern_break_lies_within_its_shift",
                violation_error_message=_("A break lies within its shift."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.starts:%H:%M}-{self.ends:%H:%M}"


class Holiday(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """A public holiday; no site opens on it."""

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return self.name
