from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models import Track


class ChecklistRule(models.Model):
    """When a track's checklists open to the party itself; without a row they are shut until the party is met.

    In a track whose summoning agency tells an outcome at its meeting, the other agencies' steps would tell it before.
    """

    track = models.OneToOneField(Track, models.CASCADE, related_name="+", verbose_name=_("track"))
    shut_until_met = models.BooleanField(
        _("shut to the party until the agency that summons has checked it in"), default=True
    )

    class Meta:
        verbose_name = _("rule of checklists")
        verbose_name_plural = _("rules of checklists")
        ordering = ["track"]

    def __str__(self) -> str:
        return f"{self.track_id}"
