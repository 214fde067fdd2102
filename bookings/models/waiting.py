from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Site, SiteDay
from bookings.models.chains import Chain
from bookings.models.parties import Party
from interpreters.models import Interpreter


class WaitingParty(models.Model):
    """That a party waits for a day at a site, why, and the freed day that it has been offered, if any.

    `chain`: the day that it cannot come on, or to which it did not come.
    """

    class Why(models.TextChoices):
        NO_DAY = "no_day", _("has no day yet")
        ANOTHER_TIME = "another_time", _("needs another time")
        MISSED = "missed", _("did not come")

    class End(models.TextChoices):
        BOOKED = "booked", _("has a day")
        LEFT = "left", _("waits no longer")

    party = models.ForeignKey(Party, models.CASCADE, related_name="waiting", verbose_name=_("party"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    chain = models.ForeignKey(
        Chain, models.CASCADE, related_name="+", verbose_name=_("chain"), null=True, blank=True
    )
    why = models.CharField(_("why"), max_length=12, choices=Why)
    since = models.DateTimeField(_("since"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    offered_day = models.ForeignKey(
        SiteDay, models.SET_NULL, related_name="+", verbose_name=_("freed day"), null=True, blank=True
    )
    offered_at = models.DateTimeField(_("offered"), null=True, blank=True)
    passed_at = models.DateTimeField(_("last offer passed on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=6, choices=End, blank=True)

    class Meta:
        verbose_name = _("waiting party")
        verbose_name_plural = _("waiting parties")
        ordering = ["since", "pk"]
        indexes = [
            models.Index(fields=["site", "since"], condition=Q(ended_at=None), name="waiting_by_site"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(ended_at=None),
                name="waiting_once",
                violation_error_message=_("This party waits already."),
            ),
            models.UniqueConstraint(
                fields=["chain"],
                condition=Q(why="missed"),
                name="waiting_once_for_a_missed_day",
                violation_error_message=_("This missed day is being dealt with already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="waiting_ends_somehow",
                violation_error_message=_("Waiting ends in one of the known ways."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.why}"


class FreedTime(models.Model):
    """Hours of a site's day that a party has given back; whose they were is not kept."""

    site_day = models.ForeignKey(SiteDay, models.CASCADE, related_name="+", verbose_name=_("site day"))
    interpreter = models.ForeignKey(
        Interpreter, models.SET_NULL, related_name="+", verbose_name=_("interpreter"), null=True, blank=True
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    freed_at = models.DateTimeField(_("freed"))

    class Meta:
        verbose_name = _("freed time")
        verbose_name_plural = _("freed times")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="freed_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="freed_time_has_a_length",
                violation_error_message=_("Freed time starts before it ends."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.site_day_id} {self.starts_at}"
