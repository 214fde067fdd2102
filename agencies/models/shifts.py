from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from agencies.models.days import SiteDay
from agencies.models.resources import Resource, same_resource


def between(starts: str, ends: str) -> Func:
    """The half-open period between two columns."""
    return Func(starts, ends, RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField())


class Shift(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """A resource's working time on one site day; it offers time while it is approved. Travel lies beside it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")
        RELEASED = "released", _("released")

    site_day = models.ForeignKey(SiteDay, models.CASCADE, related_name="shifts", verbose_name=_("site day"))
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="shifts", verbose_name=_("resource"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    remote = models.BooleanField(_("remote"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.APPROVED)
    standby_until = models.DateField(
        _("on stand-by until"),
        null=True,
        blank=True,
        help_text=_("Until that date, on which the shift is released unless something is booked."),
    )
    travel_minutes = models.PositiveSmallIntegerField(_("travel in minutes"), default=0)
    covers = models.ForeignKey(
        "self", models.SET_NULL, related_name="+", verbose_name=_("stands in for"), null=True, blank=True
    )
    desk = models.CharField(
        _("desk"), max_length=20, blank=True, help_text=_("The sign on the desk that day.")
    )

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["resource", "starts_at"], name="shift_by_resource"),
            models.Index(
                fields=["standby_until"],
                condition=Q(standby_until__isnull=False, state="approved"),
                name="shift_on_stand_by",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="shift_starts_before_it_ends",
                violation_error_message=_("A shift starts before it ends."),
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(standby_until__isnull=False),
                name="shift_is_released_from_stand_by",
                violation_error_message=_("Only a shift on stand-by is released."),
            ),
            models.CheckConstraint(
                condition=Q(travel_minutes__lte=600),
                name="shift_travel_is_within_ten_hours",
                violation_error_message=_("Nobody travels for more than ten hours."),
            ),
            models.CheckConstraint(
                condition=Q(covers=None) | ~Q(covers=F("id")),
                name="shift_covers_another",
                violation_error_message=_("A shift stands in for another one, not for itself."),
            ),
            ExclusionConstraint(
                name="shift_in_one_place_at_a_time",
                expressions=[
                    (same_resource("resource"), RangeOperators.OVERLAPS),
                    (between("starts_at", "ends_at"), RangeOperators.OVERLAPS),
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


class Absence(models.Model):
    """A time in which a resource offers nothing, whatever its shifts say."""

    class Kind(models.TextChoices):
        ILL = "ill", _("ill")
        LEAVE = "leave", _("leave")
        TRAINING = "training", _("training")
        OTHER = "other", _("other")

    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="absences", verbose_name=_("resource")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="absence_starts_before_it_ends",
                violation_error_message=_("An absence starts before it ends."),
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=[
                    (same_resource("resource"), RangeOperators.OVERLAPS),
                    (between("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This absence is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.get_kind_display()}"
