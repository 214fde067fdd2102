from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Reading
from bookings.models.parties import Newcomer


class Extract(models.Model):
    """A copy of what one agency holds about one person: asked for by its staff, made by a worker, then deleted."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        BEGUN = "begun", _("being made")
        READY = "ready", _("ready")

    key = models.UUIDField(_("key"), unique=True, default=uuid4, editable=False)
    newcomer = models.ForeignKey(
        Newcomer, models.CASCADE, related_name="extracts", verbose_name=_("newcomer")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    language = models.CharField(_("language"), max_length=3)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder, null=True, blank=True)
    pdf = models.BinaryField(_("PDF"), null=True, blank=True)

    class Meta:
        verbose_name = _("extract")
        verbose_name_plural = _("extracts")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, content__isnull=True, pdf__isnull=True)
                | Q(made_at__isnull=False, content__isnull=False, pdf__isnull=False),
                name="extract_is_made_whole",
                violation_error_message=_("An extract is made with all its parts."),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def state(self) -> State:
        """Ready once it is made, begun once a worker has started."""
        if self.made_at:
            return self.State.READY
        return self.State.BEGUN if self.begun_at else self.State.QUEUED


class ExtractWish(models.Model):
    """That a person asks an agency, on the own page, what it holds; settled when the agency has had it written out."""

    newcomer = models.ForeignKey(
        Newcomer, models.CASCADE, related_name="extract_wishes", verbose_name=_("newcomer")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    chain_reference = models.CharField(_("reference"), max_length=7)
    asked_at = models.DateTimeField(_("asked"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("settled by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("extract that a person asks for")
        verbose_name_plural = _("extracts that people ask for")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["newcomer", "agency"],
                condition=Q(settled_at=None),
                name="extract_wish_once",
                violation_error_message=_("That has been asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="extract_wish_is_settled_by_somebody",
                violation_error_message=_("What is settled has been settled by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_reference} {self.agency_id}"


class OwnReading(models.Model):
    """A database view: the readings, by the viewer's agency, of people of whom the viewer has asked for an extract."""

    reading = models.OneToOneField(Reading, models.DO_NOTHING, primary_key=True, related_name="+")
    person = models.UUIDField()
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+", verbose_name=_("agency"))
    at = models.DateTimeField(_("when"))
    what = models.CharField(_("what was shown"), max_length=6, choices=Reading.What)
    why = models.CharField(_("why"), max_length=9, choices=Reading.Why)

    class Meta:
        managed = False
        db_table = "own_readings"
        ordering = [
            "at",
            "reading_id",
        ]  # ordering by `reading` would join the log, which the viewer may not read

    def __str__(self) -> str:
        return f"{self.what} {self.at}"
