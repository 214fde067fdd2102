from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Reading


class KnownReading(models.Model):
    """A database view for a newcomer who has entered the paper code: which agency read about whom, on which day."""

    reading = models.OneToOneField(Reading, models.DO_NOTHING, primary_key=True, related_name="+")
    person = models.UUIDField()
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+", null=True)
    by_link = models.BooleanField(_("by a link of the party's own"))
    day = models.DateField(_("day"))

    class Meta:
        managed = False
        db_table = "known_readings"
        ordering = ["-day", "reading"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}"


class ReadPerson(models.Model):
    """A database view for a manager: the party of each person whom the manager's agency has read about."""

    person = models.UUIDField(primary_key=True)
    party_reference = models.CharField(_("reference"), max_length=7)

    class Meta:
        managed = False
        db_table = "read_people"

    def __str__(self) -> str:
        return self.party_reference
