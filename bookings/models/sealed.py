from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pgtrigger import ReadOnly

from agencies.secrecy.fields import SealedJSONField
from agencies.validators import validate_plain
from bookings.models.parties import Party


class SealedIdentity(models.Model):
    """The names, birth dates and contacts of a protected party, encrypted; read by a user who has just opened them."""

    party = models.OneToOneField(
        Party,
        models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        verbose_name=_("party"),
        db_constraint=False,
    )
    contact = SealedJSONField(_("contact"))
    people = SealedJSONField(_("names and birth dates"))

    class Meta:
        verbose_name = _("sealed identity")
        verbose_name_plural = _("sealed identities")

    def __str__(self) -> str:
        return f"{self.party_id}"


class Opening(models.Model):
    """A record that a user opened a sealed identity, and why; an alert until a manager has looked at it."""

    party = models.ForeignKey(
        Party, models.DO_NOTHING, related_name="openings", verbose_name=_("party"), db_constraint=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    reason = models.CharField(_("reason"), max_length=300, validators=[validate_plain])
    seen_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("looked at by"),
        null=True,
        blank=True,
    )
    ends_protection = models.BooleanField(_("to end the protection"), default=False)

    class Meta:
        verbose_name = _("opening of a sealed identity")
        verbose_name_plural = _("openings of sealed identities")
        ordering = ["-at", "-pk"]
        triggers = [ReadOnly(name="stays_as_it_was", exclude=["seen_at", "seen_by"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="opening_has_a_reason",
                violation_error_message=_("Say why you need to know who it is."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.at}"


class SealedWord(models.Model):
    """A keyed hash of a word that would tell who a protected party is, so that later text is kept free of it."""

    party = models.ForeignKey(
        Party, models.DO_NOTHING, related_name="+", verbose_name=_("party"), db_constraint=False
    )
    digest = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("sealed word")
        verbose_name_plural = _("sealed words")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "digest"],
                name="sealed_word_once_per_party",
                violation_error_message=_("That word is sealed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id}"
