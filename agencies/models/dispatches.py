from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Agency


class Dispatch(models.Model):
    """A row of the outbox: one letter, extract or message that must go out once; the subject by kind and key only."""

    class State(models.TextChoices):
        DUE = "due", _("waiting")
        SENDING = "sending", _("being sent")
        DONE = "done", _("sent")
        FAILED = "failed", _("given up")

    UNFINISHED = (State.DUE, State.SENDING)

    kind = models.CharField(_("kind"), max_length=40)
    subject = models.BigIntegerField(_("key of the subject"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("agency"), null=True, blank=True
    )
    asked_at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.DUE)
    due_at = models.DateTimeField(
        _("due"), help_text=_("While it is being sent: when its lease runs out and it is taken again.")
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=60, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=["due", "sending"]),
                name="dispatch_waits_once",
                violation_error_message=_("It is already waiting to be sent."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["due", "sending"], ended_at=None)
                | Q(state__in=["done", "failed"], ended_at__isnull=False),
                name="dispatch_ends_when_sent_or_given_up",
                violation_error_message=_("What is sent or given up has an end, what waits has none."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["due", "sending"]), name="dispatch_due"),
            models.Index(fields=["kind", "subject"], name="dispatch_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
