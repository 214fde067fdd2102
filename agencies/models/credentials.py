from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.people import User


class ApiToken(models.Model):
    """A user's token for the API: only its hash, and when it was made, ends and was last used."""

    user = models.OneToOneField(User, models.CASCADE, related_name="api_token", verbose_name=_("user"))
    key_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    made_as = models.CharField(_("role and agency when it was made"), max_length=40)
    ends_at = models.DateTimeField(_("ends"))
    used_on = models.DateField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("token for the API")
        verbose_name_plural = _("tokens for the API")

    def __str__(self) -> str:
        return str(self.user)


class CalendarAddress(models.Model):
    """The secret address of a user's shifts as a calendar: only its hash, and when it was made."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_address", verbose_name=_("user"))
    key_hash = models.CharField(_("hash of the address"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)


class AccountEvent(models.Model):
    """What somebody else has done to a user's account; the user is told, and whoever decides with them looks back."""

    class Kind(models.TextChoices):
        ADDED = "added", _("The account was made")
        CHANGED = "changed", _("Role, sites or e-mail were changed")
        CLOSED = "closed", _("The account was closed")
        OPENED = "opened", _("The account was opened again")
        RESET_ASKED = "reset_asked", _("Somebody has asked to reset the sign-in; a second person decides")
        RESET = "reset", _("Password, second factor and token were forgotten")

    user = models.ForeignKey(User, models.CASCADE, related_name="account_events", verbose_name=_("user"))
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="account_event_by_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
