from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Site


class ReminderTime(models.Model):
    """When a site reminds the families it awaits, by the clock on the wall; a kind without a row is as everywhere."""

    class Kind(models.TextChoices):
        WEEK = "week", _("some days before")
        DAY = "day", _("shortly before")
        MORNING = "morning", _("the same morning")

    site = models.ForeignKey(Site, models.CASCADE, related_name="+", verbose_name=_("site"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    days_before = models.PositiveSmallIntegerField(_("days before"))
    at = models.TimeField(_("time"))
    is_on = models.BooleanField(_("is sent"), default=True)

    class Meta:
        verbose_name = _("time of a reminder")
        verbose_name_plural = _("times of reminders")
        ordering = ["site", "-days_before", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind"],
                name="reminder_time_once_each",
                violation_error_message=_("That reminder has a time already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="morning", days_before=0)
                | Q(kind__in=["week", "day"], days_before__gte=1, days_before__lte=30),
                name="reminder_time_in_days_before",
                violation_error_message=_("A reminder goes out 1 to 30 days before, or the same morning."),
            ),
            models.CheckConstraint(
                condition=Q(at__gte="06:30", at__lt="20:00"),
                name="reminder_time_in_waking_hours",
                violation_error_message=_("A reminder goes out between 06:30 and 20:00."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.kind}"
