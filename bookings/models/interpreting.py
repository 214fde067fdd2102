from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, SiteDay
from bookings.models.chains import Chain, Meeting
from interpreters.models import Interpreter, InterpreterOrder


class ChainOrder(models.Model):
    """The order whose interpreter comes from outside to this chain; one of the pool is known by the claims."""

    chain = models.OneToOneField(
        Chain, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("chain")
    )
    order = models.ForeignKey(
        InterpreterOrder, models.PROTECT, related_name="+", verbose_name=_("interpreter order")
    )

    class Meta:
        verbose_name = _("order of a chain")
        verbose_name_plural = _("orders of chains")

    def __str__(self) -> str:
        return f"{self.chain_id} {self.order_id}"


class OrderMinutes(models.Model):
    """A database view: for how many minutes each agency meets somebody with an order's interpreter; no parties."""

    order = models.OneToOneField(
        InterpreterOrder, models.DO_NOTHING, primary_key=True, related_name="+"
    )  # one of several rows: Django asks for a key
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    minutes = models.IntegerField()

    class Meta:
        managed = False
        db_table = "order_minutes"

    def __str__(self) -> str:
        return f"{self.order_id} {self.agency_id} {self.minutes}"


class InterpretedMeeting(models.Model):
    """A database view for a site's coordinator: the meetings that need an interpreter, by number, without parties.

    `language` is empty where the identity is protected and the party another agency's.
    """

    meeting = models.OneToOneField(Meeting, models.DO_NOTHING, primary_key=True, related_name="+")
    chain_id = models.BigIntegerField()
    site_day = models.ForeignKey(SiteDay, models.DO_NOTHING, related_name="+")
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    interpreter = models.ForeignKey(Interpreter, models.DO_NOTHING, related_name="+", null=True)
    order_id = models.BigIntegerField(null=True)
    outside_interpreter = models.CharField(
        _("interpreter from outside"), max_length=9, choices=Chain.Outside, blank=True
    )
    language = models.CharField(_("language"), max_length=3)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        managed = False
        db_table = "interpreted_meetings"
        ordering = ["starts_at", "meeting_id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.starts_at}"
