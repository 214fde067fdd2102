from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Site
from bookings.models import Track


class Part(models.Model):
    """A database view: the agencies whose steps of a chain the viewer sees, one row per chain and agency.

    Staff see their own agency's part and those disclosed to it, the holder of a link with the paper code all parts.
    `is_own` parts may be ticked; of `is_shut` parts the holder of a link does not see the steps yet. `people` are the
    newcomers' keys in the read log.
    """

    pk = models.CompositePrimaryKey("chain_id", "agency_id")
    chain_id = models.BigIntegerField()
    reference = models.CharField(_("reference"), max_length=7)
    party_id = models.BigIntegerField()
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    owner = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    track = models.ForeignKey(Track, models.DO_NOTHING, related_name="+")
    site = models.ForeignKey(Site, models.DO_NOTHING, related_name="+")
    is_own = models.BooleanField()
    starts_at = models.DateTimeField(_("starts"), null=True)
    came_on = models.DateField(_("checked in"), null=True)
    people = ArrayField(models.UUIDField(), verbose_name=_("people"))
    is_shut = models.BooleanField()

    class Meta:
        managed = False
        db_table = "checklist_parts"
        ordering = ["starts_at", "agency"]

    def __str__(self) -> str:
        return self.reference
