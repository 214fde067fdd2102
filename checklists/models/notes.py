from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
