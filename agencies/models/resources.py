from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Location


class Resource(models.Model):
    """A desk, room, interpreter or party: anything that can be in only one place at a time."""

    class Kind(models.TextChoices):
        DESK = "desk", _("desk")
        ROOM = "room", _("room")
        INTERPRETER = "interpreter", _("interpreter")
        PARTY = "party", _("party")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


def same_resource(column: str) -> Func:
    """The key as a range of one number: an exclusion constraint compares it without the extension btree_gist."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


class Room(models.Model):
    """A room of a location, with the resource that meetings claim."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="rooms", verbose_name=_("location"))
    name = models.CharField(_("name"), max_length=60)
    step_free = models.BooleanField(_("step-free"), default=True)
    resource = models.OneToOneField(
        Resource, models.PROTECT, related_name="room", verbose_name=_("resource"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["location", "name"]

    def __str__(self) -> str:
        return self.name


class SiteDay(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """A date on which a location is open."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="days", verbose_name=_("location"))
    date = models.DateField(_("date"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

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
        ]

    def __str__(self) -> str:
        return f"{self.location} {self.date}"


class Shift(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """A resource's working time on one site day."""

    site_day = models.ForeignKey(SiteDay, models.CASCADE, related_name="shifts", verbose_name=_("site day"))
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="shifts", verbose_name=_("resource"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    remote = models.BooleanField(_("remote"), default=False)
    desk = models.CharField(
        _("desk"), max_length=20, blank=True, help_text=_("The sign on the desk that day.")
    )

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["resource", "starts_at"], name="shift_by_resource")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="shift_starts_before_it_ends",
                violation_error_message=_("A shift starts before it ends."),
            ),
            ExclusionConstraint(
                name="shift_in_one_place_at_a_time",
                expressions=[
                    (same_resource("resource_id"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("This person already works elsewhere at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.site_day}"


class Break(models.Model):
    """A part of a shift without meetings."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="breaks", verbose_name=_("shift"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="break_starts_before_it_ends",
                violation_error_message=_("A break starts before it ends."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}-{self.ends_at:%H:%M}"


class Holiday(models.Model):
    """A public holiday; no site opens on it."""

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return self.name
