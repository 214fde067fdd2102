from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Site


class Figures(models.Model):
    """A view for the secretariat: how many came to a site in a month; protected identities are in none of it."""

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
