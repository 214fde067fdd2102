from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Room, Sex, SiteDay, Who
from bookings.models.chains import Chain, Meeting
from interpreters.models import Interpreter


class ExpectedParty(models.Model):
    """A database view: a meeting that the viewer's agency expects at its sites, with the party's needs but no names."""

    meeting = models.OneToOneField(Meeting, models.DO_NOTHING, primary_key=True, related_name="+")
    chain_id = models.BigIntegerField()
    party_id = models.BigIntegerField()
    chain_reference = models.CharField(_("reference"), max_length=7)
    party_reference = models.CharField(_("reference"), max_length=7)
    state = models.CharField(_("state"), max_length=10, choices=Chain.State)
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    owner = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    site_day = models.ForeignKey(SiteDay, models.DO_NOTHING, related_name="+")
    caseworker = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    room = models.ForeignKey(Room, models.DO_NOTHING, related_name="+", null=True)
    interpreter = models.ForeignKey(Interpreter, models.DO_NOTHING, related_name="+", null=True)
    who = models.CharField(_("who must come"), max_length=10, choices=Who)
    date = models.DateField(_("date"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    attendance = models.CharField(_("attendance"), max_length=10, choices=Meeting.Attendance)
    checked_in_at = models.DateTimeField(_("checked in"), null=True)
    language = models.CharField(_("language"), max_length=3)
    step_free = models.BooleanField(_("step-free"))
    extra_time = models.BooleanField(_("extra time"))
    caseworker_sex = models.CharField(_("caseworkers of this sex"), max_length=1, choices=Sex)
    interpreter_sex = models.CharField(_("interpreter of this sex"), max_length=1, choices=Sex)
    infants = models.IntegerField(_("0–5 years"))
    children = models.IntegerField(_("6–17 years"))
    adults = models.IntegerField(_("18–64 years"))
    seniors = models.IntegerField(_("65 years and older"))

    class Meta:
        managed = False
        db_table = "expected_parties"
        ordering = ["starts_at", "meeting"]

    def __str__(self) -> str:
        return self.chain_reference

    @property
    def size(self) -> int:
        return self.infants + self.children + self.adults + self.seniors


class OccupiedDesk(models.Model):
    """A database view for a site's coordinator and host: which chain is at which desk when, by its reference alone."""

    meeting = models.OneToOneField(Meeting, models.DO_NOTHING, primary_key=True, related_name="+")
    chain_reference = models.CharField(_("reference"), max_length=7)
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    site_day = models.ForeignKey(SiteDay, models.DO_NOTHING, related_name="+")
    caseworker = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    room = models.ForeignKey(Room, models.DO_NOTHING, related_name="+", null=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    checked_in_at = models.DateTimeField(_("checked in"), null=True)

    class Meta:
        managed = False
        db_table = "occupied_desks"
        ordering = ["starts_at", "meeting"]

    def __str__(self) -> str:
        return self.chain_reference
