import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.chains import Chain
from bookings.models.parties import Newcomer, Party
from bookings.models.summons import Link


class Channel(models.TextChoices):
    """By which way a message reaches a family."""

    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")


class Message(models.Model):
    """A message to a party: planned with a version of its summons, worded when it is sent, and what became of it."""

    class Kind(models.TextChoices):
        SUMMONS = "summons", _("summons")
        CHANGE = "change", _("change")
        CANCELLATION = "cancellation", _("cancellation")
        REMINDER_WEEK = "reminder_week", _("reminder some days before")
        REMINDER_DAY = "reminder_day", _("reminder shortly before")
        REMINDER_MORNING = "reminder_morning", _("reminder the same morning")
        RECEIPT = "receipt", _("receipt")
        MISSED = "missed", _("a new day after a missed one")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SENT = "sent", _("sent")
        DELIVERED = "delivered", _("has arrived")
        FAILED = "failed", _("has failed")
        DROPPED = "dropped", _("not sent")

    REMINDERS = (Kind.REMINDER_WEEK, Kind.REMINDER_DAY, Kind.REMINDER_MORNING)

    party = models.ForeignKey(Party, models.CASCADE, related_name="messages", verbose_name=_("party"))
    chain = models.ForeignKey(Chain, models.CASCADE, related_name="messages", verbose_name=_("chain"))
    link = models.ForeignKey(
        Link, models.SET_NULL, related_name="+", verbose_name=_("link"), null=True, blank=True
    )
    newcomer = models.ForeignKey(
        Newcomer, models.CASCADE, related_name="+", verbose_name=_("recipient"), null=True, blank=True
    )
    version = models.PositiveSmallIntegerField(_("version of the summons"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    channel = models.CharField(_("channel"), max_length=6, choices=Channel)
    language = models.CharField(_("language"), max_length=3)
    key = models.UUIDField(_("key of the message"), unique=True, default=uuid.uuid4, editable=False)
    planned_at = models.DateTimeField(_("planned"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    why = models.CharField(_("why"), max_length=30, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    address_digest = models.CharField(_("digest of the address"), max_length=64, blank=True)
    provider_id = models.CharField(_("number at the gateway"), max_length=100, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
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
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["chain", "due_at"], name="message_by_chain"),
            models.Index(
                fields=["due_at"], condition=Q(state="failed", handled_at=None), name="message_failed"
            ),
            models.Index(
                fields=["address_digest"], condition=~Q(address_digest=""), name="message_by_address"
            ),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="message_by_provider_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "link", "version", "kind", "channel"],
                condition=~Q(kind="receipt") & (Q(link__isnull=False) | Q(channel="letter")),
                nulls_distinct=False,
                name="message_once_per_version",
                violation_error_message=_("That message is there already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "delivered"], sent_at__isnull=False)
                | Q(state__in=["planned", "dropped"], sent_at=None)
                | Q(state="failed"),
                name="message_is_sent_at_a_time",
                violation_error_message=_("What was sent has a time, what was not has none."),
            ),
            models.CheckConstraint(
                condition=~Q(why="") | ~Q(state__in=["failed", "dropped"]),
                name="message_says_why_not",
                violation_error_message=_("What did not go out says why."),
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None)
                | Q(state="failed", handled_at__isnull=False, handled_by__isnull=False),
                name="message_handled_when_failed",
                violation_error_message=_("What has failed is handled by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.kind} {self.channel}"


class ContactBlock(models.Model):
    """An address of a party to which nothing goes any more, by its digest, until that is lifted."""

    class Why(models.TextChoices):
        STOPPED = "stopped", _("asked for no more messages")
        BOUNCED = "bounced", _("nothing arrives there")
        WRONG = "wrong", _("is somebody else's")

    party = models.ForeignKey(Party, models.CASCADE, related_name="contact_blocks", verbose_name=_("party"))
    channel = models.CharField(_("channel"), max_length=6, choices=Channel)
    digest = models.CharField(_("digest of the address"), max_length=64)
    why = models.CharField(_("why"), max_length=7, choices=Why)
    at = models.DateTimeField(_("when"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    class Meta:
        verbose_name = _("closed contact")
        verbose_name_plural = _("closed contacts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "channel", "digest"],
                condition=Q(lifted_at=None),
                name="contact_block_once",
                violation_error_message=_("That contact is closed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.channel}"
