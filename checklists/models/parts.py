from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Site
from bookings.models import Track


class Part(models.Model):
    """A view: an agency whose steps of a chain the viewer sees; its own to tick, others' to read.

    Every door of the checklist is in this view: one's own agency's part, a part that its agency has disclosed,
    and all of them to the party's own link. `people` are the keys by which the read log knows the party.
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

    class Meta:
        managed = False
        db_table = "checklist_parts"
        ordering = ["starts_at", "agency"]

    def __str__(self) -> str:
        return self.reference
