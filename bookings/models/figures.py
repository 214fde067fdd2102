from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Site


class Figures(models.Model):
    """A database view for the secretariat: counts per site and month, without parties of protected identity."""

    pk = models.CompositePrimaryKey("month", "site_id")
    month = models.DateField(_("month"))
    site = models.ForeignKey(Site, models.DO_NOTHING, related_name="+")
    parties = models.IntegerField(_("parties"))
    people = models.IntegerField(_("people"))
    meetings = models.IntegerField(_("meetings held"))
    cancelled = models.IntegerField(_("cancelled"))

    class Meta:
        managed = False
        db_table = "figures"
        ordering = ["site", "month"]

    def __str__(self) -> str:
        return f"{self.site_id} {self.month}"
