from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Agency


class IdentityProvider(models.Model):
    """An agency's OpenID Connect provider, at which its staff sign in instead of with a password here."""

    agency = models.OneToOneField(
        Agency, models.CASCADE, related_name="identity_provider", verbose_name=_("agency")
    )
    key = models.SlugField(_("key"), unique=True, help_text=_("Part of the address it answers to."))
    issuer = models.URLField(_("issuer"), help_text=_("Its configuration is found below this address."))
    client_id = models.CharField(_("client id"), max_length=200)
    sealed_secret = models.TextField(_("client secret"), editable=False)
    has_second_factor = models.BooleanField(
        _("asks for a second factor itself"),
        default=False,
        help_text=_("Then we do not ask for another one."),
    )

    class Meta:
        verbose_name = _("identity provider")
        verbose_name_plural = _("identity providers")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
