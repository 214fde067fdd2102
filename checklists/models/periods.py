from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models import Disclosure


class ConsentPeriod(models.Model):  # type: ignore[django-manager-missing]  # that of `changes` is made at run time
    """How many days a yes to a category holds after the day, for days from a date on."""

    category = models.CharField(_("category"), max_length=10, choices=Disclosure.Category)
    days = models.PositiveSmallIntegerField(_("days after the day"))
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("period of consent")
        verbose_name_plural = _("periods of consent")
        ordering = ["category", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "valid_from"],
                name="consent_period_once_from_a_day",
                violation_error_message=_("There is already a period from that day."),
            ),
            models.CheckConstraint(
                condition=Q(days__range=(1, 365)),
                name="consent_period_is_at_most_a_year",
                violation_error_message=_("A consent holds 1 to 365 days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.days}"
