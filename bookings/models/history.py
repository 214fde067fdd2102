from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.chains import Chain
from bookings.models.parties import Party


class Event(models.Model):
    """What a verb did to a party or its chain, written by the verb; later only its reason is erased."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        OVERRIDDEN = "overridden", _("Legal basis overridden")
        BOOKED = "booked", _("Booked")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        CHECKED_IN = "checked_in", _("Checked in")
        PROTECTED = "protected", _("Identity protected")
        OPENED = "opened", _("Identity opened")
        UNPROTECTED = "unprotected", _("Protection ended")
        RENEWED = "renewed", _("New code and link")
        CONFIRMED = "confirmed", _("Interpreter from outside confirmed")
        UNCONFIRMED = "unconfirmed", _("Confirmation of the interpreter undone")
        CROSSED = "crossed", _("Opened from another site")
        AMENDED = "amended", _("Corrected")
        COVERED = "covered", _("Met by a colleague")
        FORM = "form", _("Form of a meeting changed")
        GROUP = "group", _("Met in a group")
        ASKED = "asked", _("Asked to be moved")
        TOLD = "told", _("Letter made anew")

    party = models.ForeignKey(Party, models.CASCADE, related_name="events", verbose_name=_("party"))
    chain = models.ForeignKey(
        Chain, models.CASCADE, related_name="events", verbose_name=_("chain"), null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
