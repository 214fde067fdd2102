"""Database views for whoever holds a link, with or without the code: the day, and nobody in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Municipality
from bookings.models.chains import Chain
from bookings.models.summons import Summons


class LinkParty(models.Model):
    """What the day's page needs of the party: nothing by which anybody is known or reached."""

    chain = models.OneToOneField(Chain, models.DO_NOTHING, primary_key=True, related_name="+")
    owner = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    municipality = models.ForeignKey(Municipality, models.DO_NOTHING, related_name="+")
    interpreter_language = models.CharField(_("language of the interpreter"), max_length=3)
    housing_kind = models.CharField(_("kind of housing"), max_length=10)
    is_protected = models.BooleanField(_("protected identity"))

    class Meta:
        managed = False
        db_table = "link_parties"
        ordering = ["chain_id"]

    def __str__(self) -> str:
        return f"{self.chain_id}"


class LinkSummons(models.Model):
    """A version of the summons; of each meeting how many must come, as so many zeros in the place of keys."""

    id = models.BigIntegerField(primary_key=True)
    chain = models.ForeignKey(Chain, models.DO_NOTHING, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=12, choices=Summons.Kind)
    made_at = models.DateTimeField(_("made"))
    day = models.JSONField(_("the day as it was summoned"))

    class Meta:
        managed = False
        db_table = "link_summonses"
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.chain_id} v{self.version}"
