"""Saved calculations of what an effort costs and is worth."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.references import new_reference

SCHEMA = 1  # of what stands in `assumptions`


class Calculation(models.Model):
    """The assumptions of a calculation as they stand in its address, by a name; never changed, names nobody."""

    reference = models.CharField(_("reference"), max_length=7, unique=True, default=new_reference)
    name = models.CharField(_("name"), max_length=80)
    schema = models.PositiveSmallIntegerField(_("version of the assumptions"), default=SCHEMA)
    assumptions = models.JSONField(_("assumptions"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    made_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("calculation")
        verbose_name_plural = _("calculations")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name
