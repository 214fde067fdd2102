from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.chains import Chain
from bookings.models.parties import Party


class Reply(models.Model):
    """What a party has answered by SMS or e-mail and what followed; its words stay only where they became no answer."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("kept as an answer")
        STOPPED = "stopped", _("no more messages to that address")
        SHARED = "shared", _("several families have that number")
        LATE = "late", _("the day has been, or no longer holds")
        NOT_TAKEN = "not_taken", _("could not be kept as an answer")

    # Somebody calls the family.
    TASKS = (Outcome.SHARED, Outcome.LATE, Outcome.NOT_TAKEN)

    party = models.ForeignKey(Party, models.CASCADE, related_name="replies", verbose_name=_("party"))
    chain = models.ForeignKey(
        Chain, models.CASCADE, related_name="replies", verbose_name=_("chain"), null=True, blank=True
    )
    outcome = models.CharField(_("what followed"), max_length=9, choices=Outcome)
    answer = models.CharField(_("answer"), max_length=12, blank=True)
    text = models.CharField(_("text"), max_length=500, blank=True)
    sender = models.CharField(_("digest of the address"), max_length=64)
    said = models.CharField(_("digest of what was said"), max_length=64)
    provider_id = models.CharField(_("number at the gateway"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=3)
    at = models.DateTimeField(_("when"))
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("handled by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["sender"], name="reply_by_sender"),
            models.Index(
                fields=["at"],
                condition=Q(outcome__in=["shared", "late", "not_taken"], handled_at=None),
                name="reply_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "provider_id"],
                condition=~Q(provider_id=""),
                name="reply_once",
                violation_error_message=_("That reply is there already."),
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="reply_handled_by_somebody",
                violation_error_message=_("What is handled is handled by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.outcome}"
