from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from bookings.models import Party

LONGEST_NOTE = 500


class Note(models.Model):
    """What the party needs, or asks, before its meetings; without `written_by` the party wrote it itself."""

    party = models.OneToOneField(Party, models.CASCADE, related_name="+", verbose_name=_("party"))
    text = models.CharField(_("note before the meeting"), max_length=LONGEST_NOTE)
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("note before the meeting")
        verbose_name_plural = _("notes before the meeting")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="note_says_something",
                violation_error_message=_("A note says something."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id}"

    @property
    def version(self) -> str:
        """16 hexadecimal digits that change with the text; whoever changes it tells which version was seen."""
        return sha256(self.text.encode()).hexdigest()[:16]


class AgencyNote(models.Model):
    """What an agency notes of a party for its own use and to hand over; rows are added, never changed.

    The row written last is the note, one without text says that it was removed; those before are its history.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="+", verbose_name=_("party"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    text = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        verbose_name = _("agency's note")
        verbose_name_plural = _("agencies' notes")
        ordering = ["-pk"]  # the one written last first
        indexes = [models.Index(fields=["party", "agency"], name="agency_note_by_party")]

    def __str__(self) -> str:
        return f"{self.party_id}"

    @property
    def version(self) -> str:
        """16 hexadecimal digits that are those of this row alone; whoever writes the next one tells them."""
        return sha256(f"{self.pk} {self.text}".encode()).hexdigest()[:16]
